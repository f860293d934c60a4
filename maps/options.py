"""What the user chose for a run: kept in run.json, and read from there again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from routes.geojson import encodable
from routes.model import Certainty, Status
from routes.weigh.gate import Gate

Row = dict[str, object]
_SCHEME = "file:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one run.

    Attributes:
        published: Day of publication of reports that give none.
        corrections: Judgements by hand; corrections.toml beside the inputs, if there is one, where None.
        sources: Grades of sources; sources.toml beside the inputs, if there is one, where None.
        gate: What an event must have to be published.
        avoid: Keys of straits and canals that no voyage takes, beside the Northwest Passage (chokepoints.tsv).
        tracks: Files of recorded tracks (CSV, readsb JSON, GPX, KML) to draw and compare.
        online: Host of the Nominatim service asked for names the gazetteer lacks, or None.
        title: Headline of the map; made from what it shows if None.
        tiles: Address template of an online base map, or None for the bundled one.
        inline: Whether embed.html holds the whole map instead of its address.
    """

    published: date | None = None
    corrections: Path | None = None
    sources: Path | None = None
    gate: Gate = field(default_factory=Gate)
    avoid: tuple[str, ...] = ()
    tracks: tuple[Path, ...] = ()
    online: str | None = None
    title: str | None = None
    tiles: str | None = None
    inline: bool = False


def options_row(inputs: Iterable[str | Path], options: Options) -> Row:
    """The ``options`` object of run.json."""
    return {
        "inputs": [_written(one) for one in inputs],
        "published": options.published.isoformat() if options.published else None,
        "corrections": _path(options.corrections),
        "sources": _path(options.sources),
        "min_support": options.gate.min_support,
        "min_certainty": options.gate.min_certainty,
        "exclude_status": list(options.gate.exclude_status),
        "min_reliability": options.gate.min_reliability,
        "min_credibility": options.gate.min_credibility,
        "avoid": list(options.avoid),
        "tracks": [_written(file) for file in options.tracks],
        "online": options.online,
        "title": encodable(options.title) if options.title else options.title,
        "tiles": options.tiles,
        "inline": options.inline,
    }


def options_of(row: Mapping[str, object]) -> tuple[tuple[str, ...], Options]:
    """Inputs and options from the ``options`` object of run.json.

    Raises:
        KeyError, TypeError, ValueError: The object is not one that ``options_row`` made.
    """
    published, certainty = row["published"], row["min_certainty"]
    gate = Gate(
        min_support=int(str(row["min_support"])),
        min_certainty=Certainty(str(certainty)) if certainty else None,
        exclude_status=tuple(Status(name) for name in _texts(row["exclude_status"])),
        min_reliability=_text(row["min_reliability"]),
        min_credibility=int(str(row["min_credibility"])) if row["min_credibility"] else None,
    )
    options = Options(
        published=date.fromisoformat(str(published)) if published else None,
        corrections=_as_path(row["corrections"]),
        sources=_as_path(row["sources"]),
        gate=gate,
        avoid=_texts(row["avoid"]),
        tracks=tuple(Path(_read(file)) for file in _texts(row.get("tracks", []))),
        online=_text(row["online"]),
        title=_text(row["title"]),
        tiles=_text(row["tiles"]),
        inline=bool(row["inline"]),
    )
    return tuple(map(_read, _texts(row["inputs"]))), options


def _written(path: str | Path) -> str:
    """A path as JSON can hold it: as it is, or as a file: address where its bytes are not UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return _SCHEME + quote(os.fsencode(path))
    return str(path)


def _read(written: str) -> str:
    """The path that was written so."""
    return os.fsdecode(unquote_to_bytes(written.removeprefix(_SCHEME))) if written.startswith(_SCHEME) else written


def _path(path: Path | None) -> str | None:
    return _written(path) if path else None


def _as_path(value: object) -> Path | None:
    return Path(_read(str(value))) if value else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {value!r}")
    return tuple(map(str, value))
