"""Great-circle lines on the WGS84 ellipsoid: Karney's geodesics, densified, longitudes unwrapped."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Geod

    from routes.model import Line

MAX_GAP_KM = 100.0
"""Largest distance between neighbouring vertices: under one degree of arc, so that curves look like curves."""

MAX_LON_STEP_DEG = 6.0
"""Largest change of longitude between neighbours: near the poles 100 km can be half the globe of longitudes."""

KM_PER_NMI = 1.852
"""Kilometres in an international nautical mile (First International Extraordinary Hydrographic Conference, 1929)."""

POLE_LAT_DEG = 90.0

_POLE_STEP_M = 0.001
"""Below this step a jump of longitude is a passage over the pole itself, not a curve to be followed more finely."""

_POLE_JUMP_DEG = 90.0
"""Wider steps than this are left only where the line passes within a millimetre of a pole."""


@cache
def wgs84() -> Geod:
    """The WGS84 ellipsoid as pyproj's geodesic calculator."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def great_circle(start: tuple[float, float], end: tuple[float, float], *, max_gap_km: float = MAX_GAP_KM) -> Line:
    """Shortest line between two points.

    Args:
        start: (lon, lat) in degrees, WGS84; the longitude may be unwrapped.
        end: Likewise.
        max_gap_km: Largest distance between neighbouring vertices.

    Returns:
        At least two vertices; the first is ``start`` itself, the last is ``end`` with its longitude unwrapped (it may
        differ from the one given by a multiple of 360). Neighbours differ by less than 180 degrees of longitude.
        A line over a pole has vertices at the pole, each on its own meridian.
    """
    import numpy as np

    geod = wgs84()
    azimuth, _, length_m = geod.inv(*start, *end)
    along = np.linspace(0.0, length_m, max(int(np.ceil(length_m / (max_gap_km * 1000.0))), 1) + 1)
    lons, lats = _vertices(start, end, azimuth, along)
    while True:
        wide = (np.abs(_turn(np.diff(lons))) > MAX_LON_STEP_DEG) & (np.diff(along) > _POLE_STEP_M)
        if not wide.any():
            break
        middles = ((along[:-1] + along[1:]) / 2.0)[wide]
        along = np.sort(np.concatenate([along, middles]))
        lons, lats = _vertices(start, end, azimuth, along)
    turned = start[0] + np.concatenate([[0.0], np.cumsum(_turn(np.diff(lons)))])
    # Adding up small steps loses the last digit; the whole turns are all that unwrapping is about.
    unwrapped = lons + 360.0 * np.round((turned - lons) / 360.0)
    return _over_poles(tuple(zip(unwrapped.tolist(), lats.tolist(), strict=True)))


def _vertices(
    start: tuple[float, float], end: tuple[float, float], azimuth: float, along_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes at distances along the geodesic; the first and last are the given points exactly."""
    import numpy as np

    count = len(along_m)
    lons, lats, _ = wgs84().fwd(
        np.full(count, start[0]), np.full(count, start[1]), np.full(count, azimuth), np.asarray(along_m)
    )
    lons[0], lats[0] = start
    lons[-1], lats[-1] = end
    return lons, lats


def _turn(difference: NDArray[np.float64]) -> NDArray[np.float64]:
    """Differences of longitude brought to [-180, 180)."""
    return (difference + 180.0) % 360.0 - 180.0


def _over_poles(line: Line) -> Line:
    """Put vertices at the pole where the line passes over it, so that no step is as wide as 180 degrees."""
    made = [line[0]]
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(line):
        if abs(lon_b - lon_a) > _POLE_JUMP_DEG:
            pole = POLE_LAT_DEG if lat_a + lat_b > 0 else -POLE_LAT_DEG
            made += [(lon_a, pole), ((lon_a + lon_b) / 2.0, pole), (lon_b, pole)]
        made.append((lon_b, lat_b))
    return tuple(made)


def densify(line: Line, *, max_gap_km: float = MAX_GAP_KM) -> Line:
    """The same line with geodesic vertices added wherever a gap is wider than ``max_gap_km``.

    Args:
        line: Vertices (lon, lat), longitudes unwrapped.
        max_gap_km: Largest distance between neighbouring vertices.

    Returns:
        A line through all the given vertices, longitudes unwrapped.
    """
    made = [line[0]]
    gaps_m = segment_lengths_m(line)
    for start, end, gap_m in zip(line, line[1:], gaps_m, strict=False):
        if gap_m > max_gap_km * 1000.0:
            made += great_circle(start, end, max_gap_km=max_gap_km)[1:-1]
        made.append(end)
    return tuple(made)


def joined(parts: list[Line]) -> Line:
    """Lines laid end to end as one, each brought to the turn of longitude where the one before it stopped.

    Args:
        parts: Lines of which each starts where the one before ends, up to whole turns of longitude.
    """
    made: list[tuple[float, float]] = list(parts[0])
    for part in parts[1:]:
        shift = 360.0 * round((made[-1][0] - part[0][0]) / 360.0)
        made += [(lon + shift, lat) for lon, lat in part[1:]]
    return tuple(made)


def segment_lengths_m(line: Line) -> list[float]:
    """Geodesic length in metres of each step of the line."""
    lons = [vertex[0] for vertex in line]
    lats = [vertex[1] for vertex in line]
    _, _, lengths = wgs84().inv(lons[:-1], lats[:-1], lons[1:], lats[1:])
    return list(lengths)


def length_km(line: Line) -> float:
    """Length of a line in km, each step measured on the ellipsoid."""
    return sum(segment_lengths_m(line)) / 1000.0


def distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Geodesic distance between two points (lon, lat) in km."""
    _, _, length_m = wgs84().inv(*start, *end)
    return float(length_m) / 1000.0
