"""Cut an unwrapped line at the antimeridian, as RFC 7946 asks of files. Cut each leg by itself, never a round trip."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from routes.paths.geodesic import POLE_LAT_DEG, wgs84

if TYPE_CHECKING:
    from routes.model import Line

ANTIMERIDIAN_DEG = 180.0

_BISECTIONS = 60


def split_line(line: Line) -> tuple[Line, ...]:
    """Cut a line where it crosses the antimeridian.

    Args:
        line: At least two vertices (lon, lat), longitudes unwrapped, neighbours less than 180 degrees apart.

    Returns:
        Parts in travelled order, each of two vertices or more with longitudes in [-180, 180]. Where the line crosses,
        one part ends at ±180 and the next begins at ∓180 at the same latitude, found on the geodesic. A line that
        runs along the antimeridian, or touches it and turns back, is not cut.
    """
    parts: list[Line] = []
    current: list[tuple[float, float]] = [line[0]]
    for vertex in line[1:]:
        previous = current[-1]
        for edge in _edges_between(previous[0], vertex[0]):
            crossing = (edge, _latitude_at(previous, vertex, edge))
            if current[-1] != crossing:
                current.append(crossing)
            parts.append(_brought_home(tuple(current)))
            current = [crossing]
        current.append(vertex)
    parts.append(_brought_home(tuple(current)))
    kept = [part for part in parts if any(vertex != part[0] for vertex in part)]
    return tuple(_rejoined(kept or parts[:1]))


def _edges_between(lon_a: float, lon_b: float) -> list[float]:
    """Antimeridians (180 + whole turns) that lie between two longitudes, an end on one included, in travelled order.

    A vertex exactly on an antimeridian counts when the line leaves it, so that a crossing there is cut once.
    """
    low, high = min(lon_a, lon_b), max(lon_a, lon_b)
    first = math.ceil((low - 180.0) / 360.0)
    last = math.floor((high - 180.0) / 360.0)
    edges = [180.0 + 360.0 * turn for turn in range(first, last + 1)]
    # Division rounds: an edge may come out that lies a hair outside.
    edges = [edge for edge in edges if low <= edge <= high and edge != lon_b]
    return edges if lon_a <= lon_b else edges[::-1]


def _latitude_at(start: tuple[float, float], end: tuple[float, float], lon: float) -> float:
    """Latitude at which the geodesic between two neighbouring vertices meets a meridian, by bisection."""
    if start[0] == lon:
        return start[1]
    if abs(start[1]) == abs(end[1]) == POLE_LAT_DEG:
        return start[1]
    geod = wgs84()
    azimuth, _, length_m = geod.inv(*start, *end)
    near_m, far_m = 0.0, length_m
    for _ in range(_BISECTIONS):
        middle_m = (near_m + far_m) / 2.0
        at = geod.fwd(*start, azimuth, middle_m)[0]
        # Compare as an offset from the start in the direction of travel, free of whole turns.
        gone = abs((at - start[0] + 180.0) % 360.0 - 180.0)
        near_m, far_m = (middle_m, far_m) if gone < abs(lon - start[0]) else (near_m, middle_m)
    return float(geod.fwd(*start, azimuth, (near_m + far_m) / 2.0)[1])


def _brought_home(part: Line) -> Line:
    """Shift a part that crosses no antimeridian by whole turns into [-180, 180]."""
    low, high = min(lon for lon, _ in part), max(lon for lon, _ in part)
    turns = math.floor(((low + high) / 2.0 + 180.0) / 360.0)
    if high - 360.0 * (turns - 1) <= ANTIMERIDIAN_DEG:
        # All of it on the antimeridian: it is +180. Or the division above rounded up.
        turns -= 1
    return tuple((lon - 360.0 * turns, lat) for lon, lat in part)


def _rejoined(parts: list[Line]) -> list[Line]:
    """Join neighbours that a touch without a crossing set apart: they share their end point and side."""
    made = [parts[0]]
    for part in parts[1:]:
        if made[-1][-1] == part[0]:
            made[-1] = made[-1] + part[1:]
        else:
            made.append(part)
    return made
