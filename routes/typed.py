"""An itinerary typed by the user ("Moscow > Yerevan > Caracas"), or a CSV of many → claims like those of a report."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.place import Kind, Place, Precision
from routes.errors import ItineraryError
from routes.geojson import encodable
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Evidence,
    Finding,
    MentionStatus,
    Mode,
    Movement,
    PlaceMention,
    Position,
    Report,
    Role,
    Severity,
    Span,
    Status,
    Stop,
    Unreadable,
)
from routes.paths.geodesic import distance_km
from routes.read.raw import clean, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer.store import Gazetteer

MAX_CHARACTERS = 20_000
MAX_STOPS = 500

SURE = 0.6
"""Below this share the first meaning of a name is taken with a finding that names the second."""

SAME_PLACE_KM = 60.0
POLE, HALF_TURN = 90.0, 180.0

_ARROW = re.compile(r"\s*(?:>|→|⟶|➔)\s*")
_DEGREES = r"[+-]?(?:\d{1,3}(?:\.\d{0,15})?|\.\d{1,15})"
_LON_LAT = re.compile(rf"\(?\s*({_DEGREES})\s*,\s*({_DEGREES})\s*\)?")
_LIKE_A_NUMBER = re.compile(
    r"[NSEW]?[+\-−]?(?:nan|inf(?:inity)?|(?:\d|[.°º'′’\"″”])+(?:e[+-]?\d+)?)[NSEW]?", re.IGNORECASE
)
_QUARTERS = ("", *"NSEW")
_BETWEEN_NUMBERS = re.compile(r"[\s,;()]+")
_NO_NUMBER = re.compile(r"nan|NaN|NAN|[+-]?inf(?:inity)?|INF", re.ASCII)
"""How programs write a number that is none; Nan with a capital alone is a town in Thailand."""
_CODE = re.compile(r"[A-Z]{2} ?[A-Z0-9]{3}|[A-Z0-9]{3,4}")
_DATED = re.compile(r"(.+?)\s*@\s*(\S*)", re.DOTALL)
_VIA = re.compile(r"via\s+(.+)", re.IGNORECASE | re.DOTALL)
_CARRIERS = {Mode.AIR: "aircraft", Mode.SEA: "vessel"}
_SITES = {"airport": Mode.AIR, "base": Mode.AIR, "port": Mode.SEA}
COLUMNS = ("stops", "id", "mode", "date", "carrier", "status", "operator", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A stop as typed and the place it was taken for."""

    text: str
    span: Span
    position: Position
    role: Role | None
    date: DateInterval
    reasons: tuple[str, ...]
    place: Place | None = None
    code_of: Mode | None = None
    second: Place | None = None


def read_typed(
    itinerary: str,
    gazetteer: Gazetteer,
    *,
    mode: Mode | None = None,
    when: str | None = None,
    carrier: str | None = None,
) -> Iterable[Claims | Unreadable]:
    """Read what was typed: an itinerary, or the name of a CSV file of many.

    Args:
        itinerary: As for ``read_itinerary``, or a path that ends in ``.csv``.
        gazetteer: Knows the names and codes.
        mode: By what it moved.
        when: Day, month or year.
        carrier: What moved.

    Raises:
        ItineraryError: It is not understood, or the file cannot be read.
    """
    if itinerary.lower().endswith(".csv"):
        return read_itineraries(Path(itinerary), gazetteer, mode=mode, when=when, carrier=carrier)
    return (read_itinerary(itinerary, gazetteer, mode=mode, when=when, carrier=carrier),)


def read_itinerary(
    text: str,
    gazetteer: Gazetteer,
    *,
    mode: Mode | None = None,
    when: str | None = None,
    carrier: str | None = None,
    status: Status = Status.COMPLETED,
    report_id: str = "typed",
    **told: str | None,
) -> Claims:
    """Read one itinerary.

    Stops stand in travelled order with ``>`` or an arrow between them. Each is a name ("Tripoli, Lebanon"), an ICAO,
    IATA or UN/LOCODE code in capitals, or ``lon,lat`` in degrees; ``via`` before it says it was passed without
    stopping, ``@2025-10-22`` after it when the carrier was there.

    Args:
        text: The itinerary.
        gazetteer: Knows the names and codes.
        mode: By what it moved; where not told, taken from the codes (airports: air, ports: sea), else unknown.
        when: Day, month or year of the whole trip (``2025-10-22``, ``2025-10``, ``2025``).
        carrier: What moved ("Il-76"); the range and speed checks read it.
        status: How far it got.
        report_id: Identifier of the report that stands for the typed line.
        **told: ``operator`` and ``url``.

    Raises:
        ItineraryError: A stop is not understood, or there is none; the message names it and says what to type.
    """
    if len(text) > MAX_CHARACTERS:
        raise ItineraryError(f"The itinerary has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read.")
    text = encodable(text)
    named = [_named(part, span, gazetteer) for part, span in _parts(text)]
    if not named:
        raise ItineraryError('The itinerary names no stop. Type for example "Moscow > Yerevan > Caracas".')
    if len(named) > MAX_STOPS:
        raise ItineraryError(f"The itinerary has {len(named):,} stops; at most {MAX_STOPS} are drawn.")
    mode = mode or _mode_of(named)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    report = Report(id=report_id, text=text, sha256=digest, title="Itinerary typed by hand", url=told.get("url"))
    key = hashlib.sha256(f"{report_id}\0{digest}\0{mode}\0{when}\0{carrier}".encode("utf-8", "surrogatepass"))
    movement = Movement(
        id=f"m-{key.hexdigest()[:12]}",
        mode=mode,
        stops=_stops(named),
        status=status,
        certainty=Certainty.STATED,
        evidence=(Evidence(span=Span(start=0, end=len(text)), quote=text),),
        carrier=carrier or None,
        carrier_type=_CARRIERS.get(mode),
        operator=told.get("operator"),
        date=_interval(when) if when else DateInterval(),
        reasons=("typed by hand, in this order",),
    )
    findings = tuple(_doubt(one, report_id) for one in named if one.second is not None)
    places = tuple(
        PlaceMention(
            span=one.span,
            text=one.text,
            status=MentionStatus.RESOLVED,
            place=one.place,
            confidence=1.0,
            reasons=one.reasons,
        )
        for one in named
        if one.place is not None
    )
    return Claims(report=report, places=places, movements=(movement,), findings=findings)


def read_itineraries(
    path: Path,
    gazetteer: Gazetteer,
    *,
    mode: Mode | None = None,
    when: str | None = None,
    carrier: str | None = None,
) -> Iterator[Claims | Unreadable]:
    """Read a CSV of itineraries, one to a row.

    Args:
        path: A file in UTF-8 with a column ``stops`` and, if wanted, ``id``, ``mode``, ``date``, ``carrier``,
            ``status``, ``operator`` and ``url``.
        gazetteer: Knows the names and codes.
        mode: For rows that give none.
        when: Likewise.
        carrier: Likewise.

    Yields:
        Claims of each row, or what is wrong with it; the rows after it are read all the same.

    Raises:
        ItineraryError: The file cannot be read or has no column ``stops``.
    """
    taken: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            names = [name.strip().lower() for name in next(rows, ())]
            _check_columns(path, names)
            for number, row in enumerate((row for row in rows if row), 1):
                if any(cell.strip() for cell in row[len(names) :]):
                    reason = f"the row has {len(row)} cells, the first line has {len(names)}"
                    advice = "put stops that hold a comma in double quotes"
                    yield Unreadable(path=f"{shown(path)}:{number}", reason=reason, advice=advice)
                    continue
                given = dict(zip(names, row, strict=False))
                cells = {name: clean(given.get(name, "")).strip() or None for name in COLUMNS}
                for name, value in (("mode", mode), ("date", when), ("carrier", carrier)):
                    cells[name] = cells[name] or value
                yield _row(path, number, cells, taken, gazetteer)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ItineraryError(f"{path} cannot be read: {reason}. Give a CSV file in UTF-8.") from error


def _check_columns(path: Path, names: list[str]) -> None:
    known = f"Its columns may be: {', '.join(COLUMNS)}"
    if "stops" not in names:
        raise ItineraryError(f"{path} has no column “stops”. {known}, with commas between them.")
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice:
        raise ItineraryError(f"{path} has {names.count(twice)} columns “{twice}”. Rename those that are not meant.")


def _row(
    path: Path, number: int, cells: dict[str, str | None], taken: dict[str, int], gazetteer: Gazetteer
) -> Claims | Unreadable:
    report_id = cells["id"] or f"{shown(path.stem)}-{number}"
    try:
        if taken.setdefault(report_id, number) != number:
            raise ItineraryError(f"Row {taken[report_id]} has the id “{report_id}” too. Give each row one of its own.")
        return read_itinerary(
            cells["stops"] or "",
            gazetteer,
            mode=_member(Mode, cells["mode"]) if cells["mode"] else None,
            when=cells["date"],
            carrier=cells["carrier"],
            status=_member(Status, cells["status"]) if cells["status"] else Status.COMPLETED,
            report_id=report_id,
            operator=cells["operator"],
            url=cells["url"],
        )
    except ItineraryError as error:
        reason, _, advice = str(error).partition(". ")
        return Unreadable(
            path=f"{shown(path)}:{number}", reason=reason, advice=advice[:1].lower() + advice[1:] or "correct the row"
        )


def _member(kind: type[Mode] | type[Status], value: str):  # type: ignore[no-untyped-def]
    try:
        return kind(value.lower())
    except ValueError:
        raise ItineraryError(f"“{value}” is no {kind.__name__.lower()}. Known: {', '.join(kind)}.") from None


def _parts(text: str) -> Iterator[tuple[str, Span]]:
    """The stops as typed, with where they stand; empty ones (a trailing arrow) left out."""
    start = 0
    for cut in [*_ARROW.finditer(text), None]:
        end = cut.start() if cut else len(text)
        part = text[start:end]
        stripped = part.strip()
        if stripped:
            at = start + part.index(stripped)
            yield stripped, Span(start=at, end=at + len(stripped))
        start = cut.end() if cut else len(text)


def _named(part: str, span: Span, gazetteer: Gazetteer) -> _Named:
    """The place a stop as typed is taken for."""
    dated = _DATED.fullmatch(part)
    when = _interval(dated[2]) if dated else DateInterval()
    words = dated[1] if dated else part
    via = _VIA.fullmatch(words)
    words = via[1] if via else words
    role = Role.VIA if via else None
    point = _LON_LAT.fullmatch(words)
    if point:
        position = _point(float(point[1]), float(point[2]), words)
        return _Named(text=words, span=span, position=position, role=role, date=when, reasons=("typed as lon,lat",))
    if _is_numbers(words):
        raise _no_point(words)
    coded = gazetteer.by_code(words.replace(" ", "")) if _CODE.fullmatch(words) else ()
    if coded and not _is_country(words, gazetteer):
        place, second = coded[0], None
        reasons: tuple[str, ...] = (f"{words} is a code of {place.name}",)
    else:
        place, reasons, second = _by_name(words, gazetteer)
    return _Named(
        text=words,
        span=span,
        position=Position.of(place),
        place=place,
        role=role,
        date=when,
        reasons=reasons,
        code_of=_SITES.get(place.site_type or "") if coded else None,
        second=second,
    )


def _by_name(words: str, gazetteer: Gazetteer) -> tuple[Place, tuple[str, ...], Place | None]:
    """The likeliest place of a name, why, and the second where the first is not sure."""
    from gazetteer.lookup import look_up

    candidates = look_up(words, gazetteer).candidates
    if not candidates:
        raise ItineraryError(
            f"“{words}” is no place, code or lon,lat that is known. "
            "Try another spelling, add the country (“Valencia, Venezuela”), or give lon,lat."
        )
    first = candidates[0]
    if first.place.kind in (Kind.ADMIN1, Kind.ADMIN2):
        # One travels to the town, not to the province that bears its name.
        towns = (one for one in candidates if one.place.kind is Kind.CITY and not _apart(one.place, first.place))
        first = next(towns, first)
    # A town and the district or province of its name are no two meanings that a map would tell apart.
    apart = [one for one in candidates if _apart(one.place, first.place)]
    share = sum(one.score for one in candidates if not _apart(one.place, first.place))
    return first.place, first.reasons, apart[0].place if apart and share < SURE else None


def _apart(one: Place, other: Place) -> bool:
    return distance_km((one.lon, one.lat), (other.lon, other.lat)) > SAME_PLACE_KM


def _is_country(words: str, gazetteer: Gazetteer) -> bool:
    """Whether capitals spell a country: CUBA is no airport."""
    return any(named.place.kind is Kind.COUNTRY for named in gazetteer.lookup(words))


def _is_numbers(words: str) -> bool:
    """Whether what was typed stands for coordinates, or for a number missing from a table, and for no name."""
    parts = [part for part in _BETWEEN_NUMBERS.split(words) if part not in _QUARTERS]
    if len(parts) > 1:
        return all(_LIKE_A_NUMBER.fullmatch(part) for part in parts)
    return _NO_NUMBER.fullmatch(words) is not None


def _no_point(words: str) -> ItineraryError:
    return ItineraryError(
        f"“{words}” is no position. Type lon,lat in degrees, longitude first, with a comma between them: "
        "-66.88,10.49 is Caracas."
    )


def _point(lon: float, lat: float, words: str) -> Position:
    if abs(lat) > POLE >= abs(lon) and abs(lat) <= HALF_TURN:
        raise ItineraryError(
            f"“{words}” has no latitude: {lat:g} is beyond the pole. Type longitude first: {lat:g},{lon:g}."
        )
    if abs(lon) > HALF_TURN or abs(lat) > POLE:
        raise ItineraryError(f"“{words}” lies outside the globe. Type lon,lat in degrees: -66.88,10.49 is Caracas.")
    north, east = ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")
    name = f"{abs(lat):.3f}° {north}, {abs(lon):.3f}° {east}"
    return Position(name=name, kind=Kind.SITE, precision=Precision.SITE, lon=lon, lat=lat)


def _mode_of(named: list[_Named]) -> Mode:
    """The mode that all codes typed agree on, or unknown."""
    modes = {one.code_of for one in named if one.code_of is not None}
    return modes.pop() if len(modes) == 1 else Mode.UNKNOWN


def _stops(named: list[_Named]) -> tuple[Stop, ...]:
    """Stops in order: the first is the origin, the last the destination, unless typed as passed."""
    last = len(named)
    roles = {1: Role.ORIGIN, last: Role.DESTINATION} if last > 1 else {1: Role.DESTINATION}
    return tuple(
        Stop(
            seq=seq,
            role=one.role or roles.get(seq, Role.STOP),
            position=one.position,
            text=one.text,
            span=one.span,
            date=one.date,
            reasons=one.reasons,
        )
        for seq, one in enumerate(named, 1)
    )


def _interval(text: str) -> DateInterval:
    """A day, month or year as a half-open interval."""
    parts = [int(part) for part in text.split("-")] if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) else []
    try:
        year, month, day = (*parts, *(1,) * (3 - len(parts))) if parts else (0, 0, 0)
        start = date(year, month, day)
        if len(parts) == 1:
            end = date(year + 1, 1, 1)
        elif len(parts) == 2:  # noqa: PLR2004
            end = (start + timedelta(days=31)).replace(day=1)
        else:
            end = start + timedelta(days=1)
    except (ValueError, OverflowError):
        told = f"“{text}” is no date" if text else "There is no date after @"
        raise ItineraryError(f"{told}. Type it as 2025-10-22, 2025-10 or 2025.") from None
    return DateInterval(start=start, end=end, text=text)


def _doubt(one: _Named, report_id: str) -> Finding:
    from gazetteer.reasons import describe

    assert one.second is not None
    return Finding(
        code="typed.ambiguous",
        severity=Severity.WARNING,
        message=(
            f"“{one.text}” was taken for {one.position.name}, {one.position.country_code or 'no one country'}; "
            f"it may be {describe(one.second)}. Add the country to say which."
        ),
        about=report_id,
    )
