"""corrections.toml → judgements by hand; every fault is told with its entry and what to write instead."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gazetteer.errors import UnknownPlaceError
from gazetteer.place import Kind, NameKind, Place, Precision
from routes.errors import SettingsError
from routes.model import Certainty, DateInterval, Mode, Position, Status
from routes.weigh.corrections import (
    AddedRoute,
    Correction,
    Corrections,
    Different,
    PlaceMeans,
    Same,
    SetByHand,
    Wrong,
)
from routes.weigh.words import fold

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer

FILE_NAME = "corrections.toml"
_MOST_CANDIDATES = 5
_FIELDS = {
    "place": {"name", "means", "report"},
    "wrong": {"id"},
    "same": {"ids"},
    "different": {"ids"},
    "set": {"id", "status", "certainty", "date"},
    "route": {
        *("mode", "carrier", "operator", "identifiers", "stops", "status", "certainty", "date", "source", "url"),
    },
}
_SIGNED = frozenset({"by", "reason"})
E_ = TypeVar("E_", bound=StrEnum)


class _Entry:
    """One entry while it is read: its fields, and where it stands for messages."""

    def __init__(self, file: str, kind: str, number: int, raw: object) -> None:
        self.where = f"{file}, {kind} {number}"
        if not isinstance(raw, dict):
            raise SettingsError(f"{self.where}: write [[{kind}]] and fields below it")
        unknown = sorted(set(raw) - _FIELDS[kind] - _SIGNED)
        if unknown:
            allowed = ", ".join(sorted(_FIELDS[kind] | _SIGNED))
            raise SettingsError(f"{self.where}: {', '.join(unknown)} is not known here; the fields are {allowed}")
        self.raw: Mapping[str, object] = raw

    def text(self, name: str) -> str:
        value = self.maybe(name)
        if not value:
            raise SettingsError(f'{self.where}: {name} is missing; write {name} = "…"')
        return value

    def maybe(self, name: str) -> str | None:
        value = self.raw.get(name)
        if value is not None and not isinstance(value, str):
            raise SettingsError(f'{self.where}: {name} must be text in quotes, not {value!r}; write {name} = "…"')
        return value.strip() if value and value.strip() else None

    def texts(self, name: str, least: int) -> tuple[str, ...]:
        value = self.raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise SettingsError(f'{self.where}: {name} must be a list of texts; write {name} = ["…", "…"]')
        if len(value) < least:
            raise SettingsError(f"{self.where}: {name} needs at least {least}, not {len(value)}")
        return tuple(one.strip() for one in value)

    def one_of(self, name: str, choices: type[E_]) -> E_ | None:
        value = self.maybe(name)
        if value is None:
            return None
        try:
            return choices(value)
        except ValueError:
            names = ", ".join(choice.value for choice in choices)
            raise SettingsError(f"{self.where}: {name} = {value!r} is none of {names}") from None

    def interval(self, name: str) -> DateInterval | None:
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, str) and (found := read_interval(value.strip())):
            return found
        raise SettingsError(
            f'{self.where}: {name} = {value!r} is no date; write 2025-10-22, "2025-10" or "2025-10-22/2025-10-24"'
        )

    @property
    def signature(self) -> dict[str, str | None]:
        return {"by": self.maybe("by"), "reason": self.maybe("reason")}


def read_interval(text: str) -> DateInterval | None:
    """A day, month, year or "2025-10-22/2025-10-24" (last day included) as a half-open interval; None if it is none."""
    first, _, last = text.partition("/")
    begun, done = _period(first.strip()), _period((last or first).strip())
    if begun is None or done is None or done[1] <= begun[0]:
        return None
    return DateInterval(start=begun[0], end=done[1], text=text)


def _period(text: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
    if not found:
        return None
    try:
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31) + timedelta(days=1)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=1)
        return date(year, month, day), date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def read_corrections(path: Path, gazetteer: Gazetteer) -> Corrections:
    """Read a corrections file and look up the places it names.

    Args:
        path: The file; its name stands in every message.
        gazetteer: Where names, ids and codes of places are looked up.

    Raises:
        SettingsError: The file is no TOML, or an entry says something it cannot; the message names the entry.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: not readable as TOML ({error}); corrections.example.toml beside any map shows how it is written"
        ) from error
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be opened ({error.strerror}); check the name given with --corrections. A file called"
            f" {FILE_NAME} beside the reports is found without it"
        ) from error
    unknown = sorted(raw.keys() - _FIELDS)
    if unknown:
        kinds = ", ".join(f"[[{kind}]]" for kind in _FIELDS)
        raise SettingsError(f"{path.name}: {', '.join(unknown)} is not known; the entries are {kinds}")
    entries: list[Correction] = []
    for kind in _FIELDS:
        listed = raw.get(kind, [])
        if not isinstance(listed, list):
            raise SettingsError(f"{path.name}: write [[{kind}]] with two brackets, one for each entry")
        entries += [_READERS[kind](_Entry(path.name, kind, at, one), gazetteer) for at, one in enumerate(listed, 1)]
    _check(entries)
    return Corrections(entries=tuple(entries))


def find_beside(inputs: Sequence[str | Path], name: str) -> Path | None:
    """A file of this name beside the reports: in an input folder, or in the folder of an input file.

    Raises:
        SettingsError: Several inputs have one each; one must be chosen on the command line.
    """
    named = [Path(one) for one in inputs if str(one) not in {"", "-"}]
    try:
        folders = dict.fromkeys(path if path.is_dir() else path.parent for path in named if path.exists())
        found = [folder / name for folder in folders if (folder / name).is_file()]
    except (OSError, ValueError):  # a name that no file can have; the readers say so
        return None
    if len(found) > 1:
        option = f"--{name.removesuffix('.toml')}"
        raise SettingsError(
            f"{name} lies in {' and '.join(str(one.parent) for one in found)}; choose one with {option}"
        )
    return found[0] if found else None


def _check(entries: Sequence[Correction]) -> None:
    """Two entries that say different things of one thing are a mistake, whichever was meant."""
    said: dict[tuple[object, ...], tuple[object, str]] = {}
    for entry in entries:
        for about, value in _statements(entry):
            before = said.setdefault(about, (value, entry.where))
            if before[0] != value:
                raise SettingsError(f"{entry.where}: contradicts {before[1]} ({about[-1]}); keep one of them")


def _statements(entry: Correction) -> list[tuple[tuple[object, ...], object]]:
    if isinstance(entry, PlaceMeans):
        return [(("place", entry.report, fold(entry.name)), entry.position)]
    if isinstance(entry, SetByHand):
        values = {"status": entry.status, "certainty": entry.certainty, "date": entry.date}
        return [((entry.id, name), value) for name, value in values.items() if value is not None]
    return []


# -- the kinds of entries ------------------------------------------------------------------------------------------


def _place(entry: _Entry, gazetteer: Gazetteer) -> Correction:
    position, place = _meant(entry, "means", entry.text("means"), gazetteer)
    return PlaceMeans(
        where=entry.where,
        name=entry.text("name"),
        report=entry.maybe("report"),
        position=position,
        place=place,
        **entry.signature,
    )


def _wrong(entry: _Entry, _: Gazetteer) -> Correction:
    made = Wrong(where=entry.where, id=_id(entry, entry.text("id")), **entry.signature)
    if not made.by or not made.reason:
        raise SettingsError(f'{entry.where}: say who judged and why; write by = "…" and reason = "…"')
    return made


def _same(entry: _Entry, _: Gazetteer) -> Correction:
    return Same(where=entry.where, ids=_ids(entry), **entry.signature)


def _different(entry: _Entry, _: Gazetteer) -> Correction:
    return Different(where=entry.where, ids=_ids(entry), **entry.signature)


def _set(entry: _Entry, _: Gazetteer) -> Correction:
    made = SetByHand(
        where=entry.where,
        id=_id(entry, entry.text("id")),
        status=entry.one_of("status", Status),
        certainty=entry.one_of("certainty", Certainty),
        date=entry.interval("date"),
        **entry.signature,
    )
    if made.status is None and made.certainty is None and made.date is None:
        raise SettingsError(f"{entry.where}: sets nothing; write status, certainty or date")
    return made


def _route(entry: _Entry, gazetteer: Gazetteer) -> Correction:
    stops = entry.texts("stops", 1)
    return AddedRoute(
        where=entry.where,
        mode=entry.one_of("mode", Mode) or Mode.UNKNOWN,
        stops=tuple((_plain(name), _meant(entry, "stops", name, gazetteer)[0]) for name in stops),
        source=entry.text("source"),
        url=entry.maybe("url"),
        carrier=entry.maybe("carrier"),
        operator=entry.maybe("operator"),
        identifiers=entry.texts("identifiers", 0),
        status=entry.one_of("status", Status) or Status.COMPLETED,
        certainty=entry.one_of("certainty", Certainty) or Certainty.ATTRIBUTED,
        date=entry.interval("date") or DateInterval(),
        **entry.signature,
    )


_READERS: dict[str, Callable[[_Entry, Gazetteer], Correction]] = {
    "place": _place,
    "wrong": _wrong,
    "same": _same,
    "different": _different,
    "set": _set,
    "route": _route,
}
_ID = re.compile(r"[mcrd]-[0-9a-f-]+")


def _id(entry: _Entry, text: str) -> str:
    if not _ID.fullmatch(text):
        raise SettingsError(
            f"{entry.where}: {text!r} is no id; ids of claims begin with m- or c-, of events with r- or d-"
        )
    return text


def _ids(entry: _Entry) -> tuple[str, ...]:
    ids = tuple(_id(entry, text) for text in entry.texts("ids", 2))
    if len(set(ids)) != len(ids):
        raise SettingsError(f"{entry.where}: the same id stands there twice")
    if len({text[0] in "cd" for text in ids}) > 1:
        raise SettingsError(f"{entry.where}: movements (m-, r-) and deployments (c-, d-) cannot be one event")
    return ids


# -- places --------------------------------------------------------------------------------------------------------

_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,2}(?:\.\d+)?)\s*")


def _plain(written: str) -> str:
    return written.partition(",")[0].strip() if not _POINT.fullmatch(written) else written.strip()


def _meant(entry: _Entry, field: str, written: str, gazetteer: Gazetteer) -> tuple[Position, Place | None]:
    """A place by id ("gn:3646738"), code ("SVMI"), "lon,lat", or name with what it lies in ("Tripoli, Libya")."""
    if point := _POINT.fullmatch(written):
        return _point(entry, field, float(point[1]), float(point[2])), None
    if re.fullmatch(r"[a-z0-9]+:\S+", written):
        try:
            place = gazetteer.by_id(written)
        except UnknownPlaceError as error:
            raise SettingsError(f"{entry.where}: {field}: {error}") from error
        return Position.of(place), place
    candidates = _named(written, gazetteer)
    if not candidates:
        raise SettingsError(
            f'{entry.where}: {field} = {written!r} is in no gazetteer; give an id from `dateline lookup`, or "lon,lat"'
        )
    best, *rivals = candidates
    if any(_TIMES_LARGER * max(rival.population, 1) > best.population for rival in rivals):
        listed = "; ".join(
            f"{place.id} ({place.name}, {place.admin1 or '-'}, {place.country_code or '-'})"
            for place in candidates[:_MOST_CANDIDATES]
        )
        raise SettingsError(f"{entry.where}: {field} = {written!r} may mean {listed}; write one of these ids")
    return Position.of(best), best


def _point(entry: _Entry, field: str, lon: float, lat: float) -> Position:
    if abs(lon) > 180 or abs(lat) > 90:  # noqa: PLR2004
        raise SettingsError(f"{entry.where}: {field}: longitude first, in degrees: lon,lat, not {lon},{lat}")
    return Position(name=f"{lat:g}, {lon:g}", kind=Kind.SITE, precision=Precision.SITE, lon=lon, lat=lat)


_TIMES_LARGER = 20
"""A namesake this many times larger than the next is meant by its bare name (Moscow, not Moscow, Idaho)."""
_DIVISIONS = frozenset({Kind.ADMIN1, Kind.ADMIN2})


def _named(written: str, gazetteer: Gazetteer) -> list[Place]:
    """Places of this name, largest first; those whose own name it is alone, where there are any."""
    name, _, within = (part.strip() for part in written.partition(","))
    found = [named.place for named in gazetteer.lookup(name) if named.name_kind is not NameKind.DEMONYM]
    if re.fullmatch(r"[A-Z]{4,5}", name) and (coded := gazetteer.by_code(name)):
        found = list(coded)
    if within:
        inside = fold(within)
        codes = {named.place.country_code for named in gazetteer.lookup(within) if named.place.kind is Kind.COUNTRY}
        found = [place for place in found if place.country_code in codes or fold(place.admin1 or "") == inside]
    found = [place for place in found if fold(place.name) == fold(name)] or found
    cities = {(place.country_code, place.admin1) for place in found if place.kind is Kind.CITY}
    found = [place for place in found if place.kind not in _DIVISIONS or not _has_seat(place, cities)]
    return sorted(found, key=lambda place: (-place.population, place.id))


def _has_seat(division: Place, cities: set[tuple[str | None, str | None]]) -> bool:
    """Whether a city of the division's name lies in it: then the city is meant."""
    return (division.country_code, division.admin1 or division.name) in cities or (
        (division.country_code, division.name) in cities
    )
