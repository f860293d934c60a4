"""Recorded tracks beside the reported routes: matched by identifier, drawn as recorded, compared stop by stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.model import Finding, Leg, Mode, PathKind, Severity
from routes.paths.geodesic import length_km
from routes.paths.way import is_located, point_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from routes.model import Line, RouteEvent, Stop
    from routes.paths.track_files import Track

NEAR_KM = 30.0
"""A track that comes this near a town or site was there: airports lie up to this far out, anchorages too."""

NEAR_AREA_KM = 100.0
"""Likewise for a stop known to an area of less radius than this."""

GAP = {Mode.AIR: timedelta(hours=1), Mode.SEA: timedelta(hours=12)}
"""Longer silences are gaps, in which the carrier may have been anywhere it could reach."""

GAP_KM = 300.0
"""Likewise for the distance between neighbouring points."""

MAX_VERTICES = 3000
_KM_PER_DEG = 111.195
_THINNING_DEG = 0.002
_ZONES = timedelta(hours=14)
"""A reported day is a local one, a track's time is UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a track says of a stop: ``confirmed``, ``contradicted`` or ``not covered``, and how near it came."""

    stop: Stop
    word: str
    nearest_km: float


def match(event: RouteEvent, tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Tracks of the event's carrier: one identifier is the same, spaces, hyphens and case apart, and the mode agrees.

    Args:
        event: The event; the identifiers of all its claims count.
        tracks: Tracks to choose from.
    """
    told = {
        _plain(identifier)
        for movement in (event.merged, *(claim.movement for claim in event.claims))
        for identifier in (*movement.identifiers, movement.carrier or "")
    } - {""}
    mode = event.merged.mode
    return tuple(
        track
        for track in tracks
        if (track.mode is None or mode in (track.mode, Mode.UNKNOWN)) and told & {_plain(i) for i in track.identifiers}
    )


def compare(event: RouteEvent, track: Track) -> tuple[Verdict, ...]:
    """What a track says of each located stop of an event.

    A stop is confirmed where the track comes near it, on its day if both are dated. It is contradicted where the track
    covers its whole day, or the way between two confirmed stops around it, without a gap and elsewhere. Otherwise the
    track does not cover it.
    """
    stops = [stop for stop in event.merged.stops if is_located(stop.position)]
    distances = [_distances_km(track, point_of(stop.position)) for stop in stops]
    near = [d <= _reach_km(stop) for stop, d in zip(stops, distances, strict=True)]
    gaps = _gaps(track, event.merged.mode)
    seen = [_seen_at(stop, here, track) for stop, here in zip(stops, near, strict=True)]
    verdicts = []
    for index, stop in enumerate(stops):
        if seen[index] is not None:
            word = "confirmed"
        elif _elsewhere_that_day(stop, track, gaps) or _passed_by(index, seen, gaps):
            word = "contradicted"
        else:
            word = "not covered"
        verdicts.append(Verdict(stop=stop, word=word, nearest_km=float(distances[index].min())))
    return tuple(verdicts)


def track_leg(event: RouteEvent, track: Track, number: int) -> Leg | None:
    """A track as a leg of its own beside the reported ones, from the first to the last located stop.

    Args:
        event: The event it belongs to.
        track: The track.
        number: Its number among the event's tracks, from 1.

    Returns:
        A leg whose path is ``track`` and whose line is the one recorded, thinned to about 200 m where it has thousands
        of points; None where the event has no located stop.
    """
    stops = [stop for stop in event.merged.stops if is_located(stop.position)]
    if not stops:
        return None
    line = _line(track)
    names = ", ".join(track.identifiers)
    return Leg(
        id=f"l-{event.id.removeprefix('r-')}-t{number}",
        route_id=event.id,
        seq=len(event.merged.stops) + number,
        from_seq=stops[0].seq,
        to_seq=stops[-1].seq,
        line=line,
        length_km=length_km(line),
        path=PathKind.TRACK,
        notes=(f"Recorded track of {names}, from {track.source}{_period(track)}.",),
    )


def track_finding(event: RouteEvent, track: Track) -> Finding:
    """The comparison of a track with an event in words."""
    verdicts = compare(event, track)
    by_word = {
        word: [verdict for verdict in verdicts if verdict.word == word]
        for word in ("confirmed", "contradicted", "not covered")
    }
    said = []
    if by_word["confirmed"]:
        said.append(f"confirms {_names(by_word['confirmed'])}")
    if by_word["contradicted"]:
        told = (f"{v.stop.position.name} (nearest {v.nearest_km:,.0f} km)" for v in by_word["contradicted"])
        said.append(f"contradicts {', '.join(told)}")
    if by_word["not covered"]:
        said.append(f"does not cover {_names(by_word['not covered'])}")
    return Finding(
        code="track.compared",
        severity=Severity.WARNING if by_word["contradicted"] else Severity.INFO,
        message=f"The recorded track of {', '.join(track.identifiers)}{_period(track)} {'; '.join(said)}.",
        about=event.id,
        values=tuple((word.replace(" ", "_"), len(found)) for word, found in by_word.items()),
        source=track.source,
    )


def unmatched(track: Track) -> Finding:
    """Say that a track belongs to no route, and what would make it belong."""
    return Finding(
        code="track.unmatched",
        severity=Severity.WARNING,
        message=(
            f"The recorded track of {', '.join(track.identifiers) or 'an unnamed carrier'} fits no route: no report "
            "gives that registration, call sign, MMSI or IMO number."
        ),
        about=track.source,
        source=track.source,
    )


def _names(verdicts: Sequence[Verdict]) -> str:
    return ", ".join(verdict.stop.position.name for verdict in verdicts)


def _plain(identifier: str) -> str:
    return re.sub(r"[^0-9a-z]", "", identifier.casefold()).removeprefix("imo").removeprefix("mmsi")


def _reach_km(stop: Stop) -> float:
    exact = stop.position.precision in (Precision.SITE, Precision.CITY, None)
    return NEAR_KM if exact else max(stop.position.radius_km, NEAR_AREA_KM)


def _distances_km(track: Track, point: tuple[float, float]) -> NDArray[np.float64]:
    """Distance of a point from each step of the track, on a plane that touches the globe there."""
    import numpy as np

    lons, lats = np.array(track.points).T
    x = ((lons - point[0] + 180.0) % 360.0 - 180.0) * np.cos(np.radians(point[1]))
    y = lats - point[1]
    dx, dy = np.diff(x), np.diff(y)
    length2 = np.where(dx * dx + dy * dy > 0, dx * dx + dy * dy, 1.0)
    t = np.clip(-(x[:-1] * dx + y[:-1] * dy) / length2, 0.0, 1.0)
    # A step as wide as a gap tells nothing of what lies between its ends.
    t = np.where(np.sqrt(length2) * _KM_PER_DEG > GAP_KM, np.round(t), t)
    distances: NDArray[np.float64] = np.hypot(x[:-1] + t * dx, y[:-1] + t * dy) * _KM_PER_DEG
    return distances


def _gaps(track: Track, mode: Mode) -> list[int]:
    """Steps of the track that are silences."""
    longest = GAP.get(track.mode or mode, max(GAP.values()))
    late = {i for i, (a, b) in enumerate(pairwise(track.times)) if b - a > longest}
    far = {i for i, step in enumerate(pairwise(track.points)) if length_km(step) > GAP_KM}
    return sorted(late | far)


def _seen_at(stop: Stop, here: NDArray[np.bool_], track: Track) -> int | None:
    """The step at which the track is at a stop, on its day if both are dated; None where it never is."""
    steps = here.nonzero()[0].tolist()
    if track.times and stop.date.start is not None and stop.date.end is not None:
        first, last = _day_start(stop.date.start) - _ZONES, _day_start(stop.date.end) + _ZONES
        steps = [step for step in steps if track.times[step] < last and track.times[step + 1] >= first]
    return steps[0] if steps else None


def _elsewhere_that_day(stop: Stop, track: Track, gaps: list[int]) -> bool:
    """Whether the track covers the whole of a stop's day without a gap; it was not near, or it would be confirmed."""
    if not track.times or stop.date.start is None or stop.date.end is None:
        return False
    first, last = _day_start(stop.date.start), _day_start(stop.date.end)
    if track.times[0] > first or track.times[-1] < last:
        return False
    return not any(track.times[gap] < last and track.times[gap + 1] > first for gap in gaps)


def _passed_by(index: int, seen: list[int | None], gaps: list[int]) -> bool:
    """Whether the track runs without a gap from a confirmed stop before to one after, the nearest on either side."""
    before = next((step for step in reversed(seen[:index]) if step is not None), None)
    after = next((step for step in seen[index + 1 :] if step is not None), None)
    if before is None or after is None or before >= after:
        return False
    return not any(before <= gap < after for gap in gaps)


def _day_start(day) -> datetime:  # type: ignore[no-untyped-def]
    return datetime.combine(day, time(), UTC)


def _period(track: Track) -> str:
    if not track.times:
        return ""
    first, last = track.times[0], track.times[-1]
    return f", {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"


def _line(track: Track) -> Line:
    """The recorded points, longitudes unwrapped, repeats left out, thinned where there are thousands."""
    line: list[tuple[float, float]] = []
    for lon, lat in track.points:
        turn = 360.0 * round((line[-1][0] - lon) / 360.0) if line else 0.0
        if not line or (lon + turn, lat) != line[-1]:
            line.append((lon + turn, lat))
    if len(line) > MAX_VERTICES:
        from shapely import LineString

        line = [(x, y) for x, y in LineString(line).simplify(_THINNING_DEG, preserve_topology=False).coords]
    return tuple(line) if len(line) > 1 else (line[0], line[0])
