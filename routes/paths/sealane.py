"""The way of a ship between two points, along the lanes where these are narrow and straight where the sea is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from routes.paths.geodesic import MAX_GAP_KM, distance_km, great_circle, joined, length_km
from routes.paths.landmask import LAND, OPEN, SPHERE_KM, course_classes, unit_vector
from routes.paths.network import Point, bits_of, chokepoints, network, shortest_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.model import Line

HARBOUR_KM = 9.0
"""A port's own point may lie this far behind the water's edge: town centres do."""

MAX_JOIN_KM = 800.0
"""A point farther than this from every lane is joined to none."""

MAX_TURN_POLEWARD_DEG = 3.0
"""A short cut goes no further towards the pole than this beyond the lane it replaces: lanes keep clear of ice."""

_JOINS = 10
_JOINS_TRIED = 120
_STEP_KM = 2.5
_COURSE_STEP_KM = 5.0
_CACHED = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaLane:
    """A ship's way.

    Attributes:
        line: Vertices (lon, lat), longitudes unwrapped. It begins and ends at the points asked for where the gaps
            are 0, else at the water's edge before them.
        length_km: Its length on the ellipsoid.
        chokepoints: Names of the straits, canals and capes it passes, in order.
        start_gap_km: What is left between the line and the first point, 0 where it reaches it.
        end_gap_km: Likewise for the last.
    """

    line: Line
    length_km: float
    chokepoints: tuple[str, ...]
    start_gap_km: float
    end_gap_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Landfall:
    """How a point is reached from the lanes.

    Attributes:
        shore: The point itself if it lies at the water, else where the water ends on the way to it.
        gap_km: Distance between the two.
        joins: Indices of the lane points it is joined to (``Network.snap_points``), each with the km to it.
    """

    shore: Point
    gap_km: float
    joins: tuple[tuple[int, float], ...]


@lru_cache(maxsize=_CACHED)
def sea_lane(start: Point, end: Point, *, avoid: frozenset[str]) -> SeaLane | None:
    """The shortest way by sea that the lanes give, with the corners cut where the water is open.

    Args:
        start: (lon, lat) in degrees.
        end: Likewise.
        avoid: Keys of the straits and canals not to take (chokepoints.tsv); ``voyage.DEFAULT_AVOID`` is what most
            callers mean.

    Returns:
        The way, or None where no lane leads from one to the other or one of them is farther than 800 km from any.
        A point more than 9 km behind the water's edge is not sailed to: the line ends at the edge and the gap says
        how far that is.

    Raises:
        UnknownChokepointError: A key in ``avoid`` is unknown.
    """
    avoided = bits_of(avoid)
    first, last = landfall(start), landfall(end)
    if first is None or last is None:
        return None
    corners = _corners(first, last, avoided)
    if corners is None:
        return None
    line = joined([_course(a, b) for a, b in pairwise(corners)])
    return SeaLane(
        line=line,
        length_km=length_km(line),
        chokepoints=_passed(line),
        start_gap_km=first.gap_km,
        end_gap_km=last.gap_km,
    )


@lru_cache(maxsize=_CACHED)
def landfall(point: Point) -> Landfall | None:
    """How a point is reached from the lanes: over water but for the last 9 km, else from the water's edge.

    Args:
        point: (lon, lat) in degrees.

    Returns:
        None where no lane is within 800 km.
    """
    import numpy as np

    graph = network()
    cosines = graph.snap_vectors @ np.array(unit_vector(point))
    near = np.flatnonzero(cosines >= np.cos(MAX_JOIN_KM / SPHERE_KM))
    near = near[np.argsort(-cosines[near], kind="stable")]
    free: list[tuple[int, float]] = []
    edges: set[tuple[int, int]] = set()
    nearest_blocked: tuple[float, Point] | None = None
    for index in near[:_JOINS_TRIED].tolist():
        ends = (int(graph.snap_ends[index, 0]), int(graph.snap_ends[index, 1]))
        if ends in edges:
            continue
        lane_point = _snap_point(index)
        gap_km, shore = _shore(lane_point, point)
        if gap_km <= HARBOUR_KM:
            edges.add(ends)
            free.append((index, distance_km(lane_point, point)))
            if len(free) == _JOINS:
                break
        elif nearest_blocked is None or gap_km < nearest_blocked[0]:
            nearest_blocked = (gap_km, shore)
            blocked_at = index
    if free:
        return Landfall(shore=point, gap_km=0.0, joins=tuple(free))
    if nearest_blocked is None:
        return None
    gap_km, shore = nearest_blocked
    lane_point = _snap_point(blocked_at)
    return Landfall(shore=shore, gap_km=gap_km, joins=((blocked_at, distance_km(lane_point, shore)),))


def _snap_point(index: int) -> Point:
    lon, lat = network().snap_points[index].tolist()
    return lon, lat


def _shore(lane_point: Point, point: Point) -> tuple[float, Point]:
    """How far from a point the water of a lane ends on the straight way to it, and where that is."""
    classes, step_km = course_classes(lane_point, point, step_km=_STEP_KM)
    on_land = (classes == LAND).tolist()
    if True not in on_land:
        return 0.0, point
    # The lane itself may lie in a strait or canal narrower than a cell: a little land there is not yet the shore.
    banks = 0
    while banks < len(on_land) - 1 and on_land[banks] and banks * step_km < HARBOUR_KM:
        banks += 1
    first = next((index for index in range(banks, len(on_land)) if on_land[index]), None)
    if first is None:
        return 0.0, point
    count = len(classes) - 1
    gap_km = (count - first) * step_km
    if gap_km <= HARBOUR_KM:
        return gap_km, point
    line = great_circle(lane_point, point, max_gap_km=max(step_km, 0.1))
    lon, lat = line[min(max(first - 1, 0), len(line) - 1)]
    return gap_km, (lon, lat)


def _corners(first: Landfall, last: Landfall, avoided: int) -> list[Point] | None:
    """Points at which the way may turn, from shore to shore."""
    graph = network()
    straight = _straight(first, last)
    if straight is not None:
        return straight
    starts, start_at = _ends(first, avoided)
    ends, end_at = _ends(last, avoided)
    if not starts or not ends:
        return None
    found = shortest_path(starts, ends, last.shore, avoid=avoided)
    if found is None:
        return None
    nodes = found[1]
    points = [
        first.shore,
        _snap_point(start_at[nodes[0]]),
        *(graph.nodes[node] for node in nodes),
        _snap_point(end_at[nodes[-1]]),
        last.shore,
    ]
    return _cut_corners([p for p, q in zip(points, [None, *points], strict=False) if p != q])


def _straight(first: Landfall, last: Landfall) -> list[Point] | None:
    """The two shores alone where nothing lies between them."""
    if first.shore == last.shore or distance_km(first.shore, last.shore) < HARBOUR_KM:
        return [first.shore, last.shore]
    return [first.shore, last.shore] if _free(first.shore, last.shore, ends=(first.shore, last.shore)) else None


def _ends(landfall_: Landfall, avoided: int) -> tuple[dict[int, float], dict[int, int]]:
    """Nodes by which a landfall is joined to the graph, with the km to each and the lane point gone by."""
    graph = network()
    costs: dict[int, float] = {}
    by: dict[int, int] = {}
    for index, km in landfall_.joins:
        if graph.snap_bits[index] & avoided:
            continue
        for node, along in zip(graph.snap_ends[index].tolist(), graph.snap_km[index].tolist(), strict=True):
            if km + along < costs.get(node, float("inf")):
                costs[node], by[node] = km + along, index
    return costs, by


def _cut_corners(points: Sequence[Point]) -> list[Point]:
    """Leave out points wherever the straight course past them is free, farthest first from each that is kept."""
    made = [points[0]]
    at = 0
    last = len(points) - 1
    while at < last:
        reach, step = at + 1, 2
        while at + step <= last and _may_cut(points, at, at + step):
            reach, step = at + step, step * 2
        low, high = reach, min(at + step, last + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _may_cut(points, at, middle) else (low, middle)
        made.append(points[low])
        at = low
    return made


def _may_cut(points: Sequence[Point], first: int, last: int) -> bool:
    """Whether the straight course between two points of a way may replace the points between them."""
    start, end = points[first], points[last]
    if not _free(start, end, ends=(points[0], points[-1])):
        return False
    poleward = max(abs(lat) for _, lat in points[first : last + 1]) + MAX_TURN_POLEWARD_DEG
    return max(abs(lat) for _, lat in great_circle(start, end, max_gap_km=4 * MAX_GAP_KM)) <= poleward


def _free(start: Point, end: Point, *, ends: tuple[Point, Point]) -> bool:
    """Whether a straight course keeps to open water; near the ends of the way the coast may be close."""
    classes, step_km = course_classes(start, end, step_km=_COURSE_STEP_KM)
    harbour, approach = int(HARBOUR_KM / step_km) + 1, int(4 * HARBOUR_KM / step_km) + 1
    allowed_land = [harbour if point in ends else 0 for point in (start, end)]
    allowed_coast = [approach if point in ends else 0 for point in (start, end)]
    count = len(classes)
    land = (classes == LAND).nonzero()[0]
    if len(land) and not ((land < allowed_land[0]) | (land >= count - allowed_land[1])).all():
        return False
    coast = (classes != OPEN).nonzero()[0]
    return bool(((coast < allowed_coast[0]) | (coast >= count - allowed_coast[1])).all())


def _course(start: Point, end: Point) -> Line:
    """The line between two corners: a great circle, or straight on the chart where that would touch land."""
    if distance_km(start, end) <= MAX_GAP_KM:
        return start, (start[0] + (end[0] - start[0] + 180.0) % 360.0 - 180.0, end[1])
    line = great_circle(start, end)
    classes, _ = course_classes(start, end, step_km=_COURSE_STEP_KM)
    if not (classes == LAND).any():
        return line
    turn = (end[0] - start[0] + 180.0) % 360.0 - 180.0
    count = len(line) - 1
    return tuple((start[0] + turn * i / count, start[1] + (end[1] - start[1]) * i / count) for i in range(count + 1))


def _passed(line: Line) -> tuple[str, ...]:
    """Names of the chokepoints that a line passes, in order."""
    import numpy as np

    vectors = np.array([unit_vector(vertex) for vertex in line])
    order = []
    for place in chokepoints():
        distances = np.arccos(np.clip(vectors @ np.array(unit_vector((place.lon, place.lat))), -1, 1)) * SPHERE_KM
        nearest = int(distances.argmin())
        # Vertices are up to 100 km apart: look between the nearest and its neighbours too.
        around = line[max(nearest - 1, 0) : nearest + 2]
        if distances[nearest] <= place.radius_km + MAX_GAP_KM and _near(around, place.lon, place.lat, place.radius_km):
            order.append((nearest, place.name))
    return tuple(name for _, name in sorted(order))


def _near(line: Line, lon: float, lat: float, radius_km: float) -> bool:
    """Whether a short line comes within a distance of a point."""
    fine = [p for a, b in pairwise(line) for p in great_circle(a, b, max_gap_km=10.0)]
    return any(distance_km(vertex, (lon, lat)) <= radius_km for vertex in fine)
