"""Which projection a figure uses, and how lines and areas are brought into it.

One trip, or several in one part of the world, are drawn in Lambert's azimuthal equal-area projection centred on them;
what spans the globe in Equal Earth (Šavrič, Patterson and Jenny 2019), turned so that the routes are not cut.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pyproj import Proj

Points = NDArray[np.float64]
"""Array of shape (n, 2)."""

LARGEST_CAP_DEG = 78.0
"""Routes that reach further than this from their centre are drawn on the whole world."""
POLAR_CAP_DEG, HIGHEST_CENTRE_DEG = 40.0, 50.0
"""Nearer to a pole only what reaches less far is drawn round its centre: a hemisphere seen from the pole puts
north nowhere, and readers lose their way."""
POLE_CUT_DEG, POLAR_REACH_DEG = 84.0, 90.0
"""A line that comes nearer to a pole than the first runs along the edge of a world map; it is drawn round its centre
as far as the second, and beyond that cut on both sides of the pole."""
_HORIZON_DEG = 150.0
"""Land is drawn up to here round the centre; the view ends well before, and the antipode cannot be shown."""
_MAX_STEP_DEG = 1.0
_HALF_TURN_DEG = 179.999
"""The edge of a world map as seen from its middle; at 180 itself it would jump to the other side."""
_SMALLEST_SHARE = 1 / 200
"""An island smaller than this share of the reach would be less than a pixel on a screen."""
_SEEN_BEYOND, _SEEN_ROUND_DEG = 2.0, 15.0
"""The corners of a view lie within this many times the reach, and so much more, of its centre."""
_EDGE_DEG = 179.9
"""Further than this from the middle of a world map is its edge."""
_USUAL_EDGE_DEG = -169.0
"""The meridian in the Bering Strait, which cuts no mainland."""
_OCEAN_EDGES_DEG, _OCEAN_WIDTH_DEG = (_USUAL_EDGE_DEG, -30.0), 12.0
"""Mid-Pacific and mid-Atlantic, and how far to each side an edge cuts hardly any land."""
_CONTINENT_COST = 3.0
"""An edge through a continent is worth it where it cuts more than so many lines fewer."""
_AS_GOOD_DEG = 10.0
"""Edges whose distances to the nearest mark differ by less than this are equally good."""
_TINY = 1e-9
EARTH_RADIUS_M = 6371007.0
"""Radius of the sphere with the area of the WGS84 ellipsoid (Snyder 1987, table 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A projection chosen for a figure.

    Attributes:
        name: In words, for the caption.
        azimuthal: True for the azimuthal, False for Equal Earth.
        lon, lat: Centre (lat 0 for Equal Earth), degrees.
        reach_deg: Largest angular distance of the routes from the centre, degrees.
    """

    name: str
    azimuthal: bool
    lon: float
    lat: float
    reach_deg: float

    def project(self, points: Points) -> Points:
        """Project (lon, lat) in degrees, shape (n, 2), to metres, shape (n, 2)."""
        x, y = _formula(self.azimuthal, self.lon, self.lat)(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    def lines(self, line: Sequence[tuple[float, float]] | Points) -> Iterator[Points]:
        """Project a line with unwrapped longitudes; cut where the projection's edge cuts it."""
        points = densify(np.asarray(line, dtype=float))
        if self.azimuthal:
            yield self.project(points)
            return
        beyond = np.abs(points[:, 1]) > POLE_CUT_DEG
        for part in np.split(points, np.nonzero(np.diff(beyond))[0] + 1):
            if len(part) > 1 and abs(part[0, 1]) <= POLE_CUT_DEG:
                yield from (self.project(piece) for piece in self._cut(part))

    def pole_ends(self, line: Sequence[tuple[float, float]]) -> Iterator[Points]:
        """Where a line is cut before a pole: the last vertex shown and the first beyond, projected, shape (2, 2)."""
        points = densify(np.asarray(line, dtype=float))
        beyond = np.abs(points[:, 1]) > POLE_CUT_DEG
        if self.azimuthal or not beyond.any():
            return
        for at in np.nonzero(np.diff(beyond.astype(int)))[0].tolist():
            inner, outer = (at, at + 1) if beyond[at + 1] else (at + 1, at)
            upward = np.array([points[inner], [points[inner, 0], points[outer, 1]]])
            yield self.project(upward)

    def outline(self) -> Points | None:
        """The edge of the whole world, projected; None where the map is a part of it."""
        if self.azimuthal:
            return None
        side = np.column_stack([np.full(181, self.lon + _HALF_TURN_DEG), np.linspace(-90, 90, 181)])
        return self.project(np.vstack([side, side[::-1] - [2 * _HALF_TURN_DEG, 0]]))

    def on_edge(self, point: Points) -> bool:
        """True where a projected point, shape (2,), lies on the edge that cuts a world map."""
        if self.azimuthal:
            return False
        lon, _ = _formula(self.azimuthal, self.lon, self.lat)(point[0], point[1], inverse=True)
        return bool(abs((lon - self.lon + 180) % 360 - 180) > _EDGE_DEG)

    def _cut(self, points: Points) -> Iterator[Points]:
        """A line in the parts that the map's edge leaves of it, each running up to the edge itself."""
        turn = np.floor((points[:, 0] - self.lon + 180) / 360)
        breaks = np.nonzero(np.diff(turn))[0] + 1
        edges = self.lon - 180 + 360 * np.maximum(turn[breaks - 1], turn[breaks])
        (before, after) = (points[breaks - 1], points[breaks])
        share = (edges - before[:, 0]) / (after[:, 0] - before[:, 0])
        at_edge = np.column_stack([edges, before[:, 1] + share * (after[:, 1] - before[:, 1])])
        for index, part in enumerate(np.split(points, breaks)):
            middle = self.lon + 360 * np.floor((part[0, 0] - self.lon + 180) / 360)
            whole = np.vstack([at_edge[index - 1 : index] if index else at_edge[:0], part, at_edge[index : index + 1]])
            whole[:, 0] = np.clip(whole[:, 0], middle - _HALF_TURN_DEG, middle + _HALF_TURN_DEG)
            if len(whole) > 1 and np.ptp(whole, axis=0).max() > _TINY:
                yield whole

    def areas(self, rings: Sequence[Points]) -> Iterator[Points]:
        """Project closed rings of areas; a ring may come out in parts or, far away or too small, not at all."""
        smallest = self.reach_deg * _SMALLEST_SHARE
        for ring in rings:
            if np.ptp(ring, axis=0).max() >= smallest:
                yield from self._cap_area(ring) if self.azimuthal else self._world_area(ring)

    def _world_area(self, ring: Points) -> Iterator[Points]:
        from shapely import Polygon, box
        from shapely.affinity import translate

        window = box(self.lon - _HALF_TURN_DEG, -90, self.lon + _HALF_TURN_DEG, 90)
        for turn in (-360.0, 0.0, 360.0):
            if ring[:, 0].max() + turn <= self.lon - 180 or ring[:, 0].min() + turn >= self.lon + 180:
                continue
            area = translate(Polygon(ring), xoff=turn).buffer(0).intersection(window)
            for part in _polygons(area):
                yield self.project(densify(np.asarray(part.exterior.coords)))

    def _cap_area(self, ring: Points) -> Iterator[Points]:
        from shapely import Point, Polygon

        ring = densify(ring)
        distance = self._angles(ring)
        if distance.min() > min(_HORIZON_DEG, self.reach_deg * _SEEN_BEYOND + _SEEN_ROUND_DEG):
            return
        flat = self.project(ring)
        far = distance > _HORIZON_DEG
        if not far.any():
            yield flat
            return
        radius = 2 * EARTH_RADIUS_M * math.sin(math.radians(_HORIZON_DEG) / 2)
        with np.errstate(invalid="ignore"):
            flat = np.where(far[:, None], flat * (radius / np.hypot(flat[:, 0], flat[:, 1]))[:, None], flat)
        flat = flat[np.isfinite(flat).all(axis=1)]
        area: Any = Polygon(flat).buffer(0)
        antipode = Point((self.lon + 360) % 360 - 180, -self.lat)
        if Polygon(ring).buffer(0).contains(antipode):
            area = Point(0, 0).buffer(radius, 64).difference(area)
        for part in _polygons(area):
            yield np.asarray(part.exterior.coords)

    def _angles(self, points: Points) -> Points:
        centre = unit_vectors(np.array([[self.lon, self.lat]]))[0]
        return np.asarray(np.degrees(np.arccos(np.clip(unit_vectors(points) @ centre, -1, 1))), dtype=float)


@lru_cache(maxsize=8)
def _formula(azimuthal: bool, lon: float, lat: float) -> Proj:
    from pyproj import Proj

    if azimuthal:
        return Proj(proj="laea", lon_0=lon, lat_0=lat, R=EARTH_RADIUS_M)
    return Proj(proj="eqearth", lon_0=lon, R=EARTH_RADIUS_M)


def choose_projection(points: Points, lines: Sequence[Sequence[tuple[float, float]]] = ()) -> Projection:
    """The projection for what is to be shown.

    Args:
        points: (lon, lat) in degrees of every mark, shape (n, 2); none gives the whole world.
        lines: Vertices of every line, longitudes unwrapped.
    """
    shown = np.vstack([points, *(np.asarray(line, dtype=float) for line in lines)])
    if len(shown) == 0:
        return Projection(name="Equal Earth", azimuthal=False, lon=0.0, lat=0.0, reach_deg=180.0)
    vectors = unit_vectors(shown)
    centre = _middle(vectors)
    reach = float(np.degrees(np.arccos(np.clip((vectors @ centre).min(), -1, 1))))
    lon = math.degrees(math.atan2(centre[1], centre[0]))
    lat = math.degrees(math.asin(max(-1.0, min(1.0, float(centre[2])))))
    polar = reach <= POLAR_REACH_DEG and float(np.abs(shown[:, 1]).max()) > POLE_CUT_DEG
    if polar or reach <= POLAR_CAP_DEG or (reach <= LARGEST_CAP_DEG and abs(lat) <= HIGHEST_CENTRE_DEG):
        return Projection(name="azimuthal equal-area", azimuthal=True, lon=lon, lat=lat, reach_deg=reach)
    return Projection(name="Equal Earth", azimuthal=False, lon=_middle_lon(points, lines), lat=0.0, reach_deg=reach)


def unit_vectors(points: Points) -> Points:
    """(lon, lat) in degrees, shape (n, 2), as unit vectors, shape (n, 3)."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def densify(points: Points) -> Points:
    """Add vertices so that neighbours are at most one degree apart in longitude and latitude."""
    if len(points) <= 1:
        return points
    steps = np.maximum(1, np.ceil(np.abs(np.diff(points, axis=0)).max(axis=1) / _MAX_STEP_DEG).astype(int))
    start = np.repeat(np.arange(len(steps)), steps)
    share = (np.arange(len(start)) - np.repeat(np.cumsum(steps) - steps, steps)) / np.repeat(steps, steps)
    between = points[start] + (points[start + 1] - points[start]) * share[:, None]
    return np.vstack([between, points[-1:]])


def _middle(vectors: Points) -> NDArray[np.float64]:
    """The centre of the smallest cap round unit vectors, nearly: Badoiu and Clarkson's walk towards the farthest."""
    mean = vectors.mean(axis=0)
    norm = float(np.linalg.norm(mean))
    centre = mean / norm if norm > _TINY else vectors[0]
    for step in range(2, 200):
        farthest = vectors[int(np.argmin(vectors @ centre))]
        moved = centre + (farthest - centre) / step
        centre = moved / max(float(np.linalg.norm(moved)), _TINY)
    return np.asarray(centre, dtype=float)


def _middle_lon(points: Points, lines: Sequence[Sequence[tuple[float, float]]]) -> float:
    """The central meridian that puts the map's edge where it cuts the fewest lines and is far from any mark, degrees.

    An edge in mid-ocean, where readers expect it, may cut a few lines more than one through a continent; of edges
    equally good the one nearest to the Bering Strait is taken.
    """
    edges = np.arange(-180.0, 180.0)
    cuts = np.zeros(len(edges))
    for line in lines:
        lons = np.asarray(line, dtype=float)[:, 0]
        cuts += np.floor((lons.max() - edges) / 360) - np.floor((lons.min() - edges) / 360)
    ends = [line[index][0] for line in lines for index in (0, -1)]
    marks = np.concatenate([points[:, 0], ends])
    away = np.abs((edges[:, None] - marks[None, :] + 180) % 360 - 180).min(axis=1)
    usual = np.abs((edges - _USUAL_EDGE_DEG + 180) % 360 - 180)
    ocean = np.abs((edges[:, None] - np.array(_OCEAN_EDGES_DEG) + 180) % 360 - 180).min(axis=1) <= _OCEAN_WIDTH_DEG
    cuts += _CONTINENT_COST * ~ocean
    best = np.lexsort((usual, -np.round(away / _AS_GOOD_DEG), cuts))[0]
    return float((edges[best] + 360) % 360 - 180)


def _polygons(area: Any) -> list[Any]:
    return [p for p in getattr(area, "geoms", [area]) if p.geom_type == "Polygon" and not p.is_empty]
