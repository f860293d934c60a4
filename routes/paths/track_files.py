"""Recorded tracks (ADS-B, AIS) from files: CSV, readsb trace JSON, GPX, KML."""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from routes.errors import TrackError
from routes.model import Mode

MAX_BYTES = 300 * 1024 * 1024
"""Larger files are refused, also once unpacked."""

MAX_POINTS = 2_000_000

_COLUMNS = {
    "time": ("time", "timestamp", "utc", "datetime", "basedatetime", "date_time", "when"),
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "lat": ("lat", "latitude", "y"),
}
_EXPECTED = {
    ".csv": "CSV in UTF-8 with the columns time, lon and lat",
    ".json": "the trace of one aircraft that readsb or tar1090 keeps",
    ".gpx": "GPX with <trkpt> points",
    ".kml": "KML with a gx:Track or a LineString",
}
_IDENTIFIERS = {
    Mode.AIR: ("registration", "reg", "tail", "callsign", "call_sign", "flight", "icao", "icao24", "hex"),
    Mode.SEA: ("mmsi", "imo", "vesselname", "vessel_name", "shipname"),
}
_UNREADABLE = (
    OSError, EOFError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip
"""What the readers meet in files that are not what their name says; XML's parse errors are SyntaxErrors."""

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One recorded track.

    Attributes:
        source: File it comes from.
        identifiers: Registrations, call signs, ICAO addresses, MMSI and IMO numbers, names, as written.
        mode: Air or sea where the identifiers tell, else None.
        points: Positions (lon, lat) in the order recorded.
        times: Time of each, UTC; empty where the file has none.
    """

    source: str
    identifiers: tuple[str, ...]
    mode: Mode | None
    points: tuple[tuple[float, float], ...]
    times: tuple[datetime, ...] = ()


def read_tracks(path: Path) -> tuple[Track, ...]:
    """Read the tracks of a file.

    Args:
        path: ``.csv`` (columns time, lon, lat and any of registration, callsign, icao, mmsi, imo, vessel_name),
            ``.json`` (a readsb trace), ``.gpx`` or ``.kml``; each may be packed as ``.gz``.

    Returns:
        Tracks of two points or more, each carrier of a CSV one track.

    Raises:
        TrackError: The file cannot be read or holds no track; the message names it and says what is expected.
    """
    kind = next((suffix for suffix in reversed(path.suffixes) if suffix != ".gz"), "").lower()
    readers: dict[str, Callable[[bytes, Path], Iterable[Track]]] = {
        ".csv": _read_csv,
        ".json": _read_readsb,
        ".gpx": _read_gpx,
        ".kml": _read_kml,
    }
    if kind not in readers:
        raise TrackError(f"{path} is no track file. Give a .csv (time, lon, lat), readsb .json, .gpx or .kml.")
    try:
        tracks = tuple(_checked(track) for track in readers[kind](_content(path), path))
    except TrackError:
        raise
    except OSError as error:
        raise TrackError(
            f"{path} cannot be opened: {error.strerror or error}. Check the name and who may read it."
        ) from error
    except _UNREADABLE as error:
        raise TrackError(
            f"{path} cannot be read as a {kind} track: {error}. Save it anew, as {_EXPECTED[kind]}."
        ) from error
    found = tuple(track for track in tracks if len(track.points) > 1)
    if not found:
        raise TrackError(f"{path} holds no track of two points or more. {kind} tracks are read as {_EXPECTED[kind]}.")
    return found


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        packed = stream.read(2) == _GZIP_MAGIC
    with gzip.open(path) if packed else path.open("rb") as stream:
        content: bytes = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TrackError(f"{path} holds more than {MAX_BYTES // 1024 // 1024} MB. Cut it to the days in question.")
    return content


def _checked(track: Track) -> Track:
    if len(track.points) > MAX_POINTS:
        raise TrackError(f"{track.source} has more than {MAX_POINTS:,} points. Cut it to the days in question.")
    for lon, lat in track.points:
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 360 and abs(lat) <= 90):  # noqa: PLR2004
            raise TrackError(f"{track.source} has the position {lon}, {lat}, which lies outside the globe.")
    return track


def _read_csv(content: bytes, path: Path) -> Iterator[Track]:
    lines = content.decode("utf-8-sig").splitlines()
    rows = csv.DictReader(lines)
    names = {name.strip().lower(): name for name in rows.fieldnames or ()}
    lon, lat = _column("lon", names), _column("lat", names)
    if lon is None or lat is None:
        raise TrackError(f"{path} has no columns lon and lat. Its first line must name them, and time if there is one.")
    time = _column("time", names)
    known = {mode: [names[name] for name in listed if name in names] for mode, listed in _IDENTIFIERS.items()}
    modes = [mode for mode, columns in known.items() if columns]
    groups: dict[tuple[str, ...], list[tuple[float, float, datetime | None]]] = {}
    for row in rows:
        key = tuple(value for columns in known.values() for name in columns if (value := (row[name] or "").strip()))
        when = _time(row[time]) if time and row[time] else None
        groups.setdefault(key, []).append((float(row[lon]), float(row[lat]), when))
    for key, points in groups.items():
        yield _track(path, key or _from_name(path.stem), modes[0] if len(modes) == 1 else None, points)


def _column(wanted: str, names: dict[str, str]) -> str | None:
    return next((names[name] for name in _COLUMNS[wanted] if name in names), None)


def _read_readsb(content: bytes, path: Path) -> Iterator[Track]:
    """One aircraft's day as readsb and tar1090 keep it: icao, r (registration), timestamp and trace rows."""
    trace: Any = json.loads(content)
    if not (isinstance(trace, dict) and "timestamp" in trace and isinstance(trace.get("trace"), list)):
        raise TrackError(f"{path} is no readsb trace: it needs an object with timestamp and a list called trace.")
    start = float(trace["timestamp"])
    rows = trace["trace"]
    flights = {row[8]["flight"].strip() for row in rows if len(row) > 8 and row[8] and row[8].get("flight")}  # noqa: PLR2004
    identifiers = tuple(filter(None, (trace.get("r"), trace.get("icao"), *sorted(flights))))
    points = [(float(row[2]), float(row[1]), datetime.fromtimestamp(start + float(row[0]), UTC)) for row in rows]
    yield _track(path, identifiers, Mode.AIR, points)


def _read_gpx(content: bytes, path: Path) -> Iterator[Track]:
    from defusedxml.ElementTree import fromstring

    for element in _all(fromstring(content), "trk"):
        name = element.findtext("{*}name") or ""
        points = [
            (float(point.get("lon")), float(point.get("lat")), _time(point.findtext("{*}time") or ""))
            for point in _all(element, "trkpt")
        ]
        yield _track(path, _from_name(name) or _from_name(path.stem), None, points)


def _read_kml(content: bytes, path: Path) -> Iterator[Track]:
    from defusedxml.ElementTree import fromstring

    for mark in _all(fromstring(content), "Placemark"):
        name = _from_name(mark.findtext("{*}name") or "") or _from_name(path.stem)
        for line in _all(mark, "Track"):
            times = [_time(when.text or "") for when in _all(line, "when")]
            places = [tuple(map(float, (coord.text or "").split()[:2])) for coord in _all(line, "coord")]
            yield _track(path, name, None, [(p[0], p[1], t) for p, t in zip(places, times, strict=True)])
        for line in _all(mark, "LineString"):
            text = (line.findtext("{*}coordinates") or "").split()
            pairs = [tuple(map(float, item.split(",")[:2])) for item in text]
            yield _track(path, name, None, [(p[0], p[1], None) for p in pairs])


def _all(element: Any, name: str) -> Iterator[Any]:
    """Elements of a name in any namespace; versions of GPX and KML differ in theirs."""
    return (one for one in element.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def _track(
    path: Path,
    identifiers: tuple[str, ...],
    mode: Mode | None,
    recorded: Sequence[tuple[float, float, datetime | None]],
) -> Track:
    """A track, its points in order of time where all are timed."""
    points = list(recorded)
    times = [when for *_, when in points if when is not None]
    if len(times) == len(points):
        points = sorted(points, key=lambda point: point[2] or datetime.min.replace(tzinfo=UTC))
        times = sorted(times)
    else:
        times = []
    return Track(
        source=path.name,
        identifiers=identifiers,
        mode=mode,
        points=tuple((lon, lat) for lon, lat, _ in points),
        times=tuple(times),
    )


def _time(text: str) -> datetime | None:
    """An ISO 8601 time or seconds since 1970; without a zone it is UTC."""
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\d{9,11}(\.\d+)?", text):
        return datetime.fromtimestamp(float(text), UTC)
    when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def _from_name(name: str) -> tuple[str, ...]:
    """Words of a name that may be identifiers: those with a digit in them, and the name itself."""
    words = [word for word in re.split(r"[\s_,;()]+", name) if any(letter.isdigit() for letter in word)]
    return tuple(dict.fromkeys([*words, *([name.strip()] if name.strip() else [])]))
