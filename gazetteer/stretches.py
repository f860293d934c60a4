"""Which stretches of a line lie over which of many polygons: found along the line, without cutting the polygons.

The sides of all polygons lie in cells of a grid. A line meets sides in the cells it passes; between two meetings that
follow each other nothing changes, so that one point between them tells in which polygons the whole stretch lies. That
costs a small part of what intersecting the line with the polygons does, and gives the same (docs/paths.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Geod

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

HALF_TURN, TURN = 180.0, 360.0
_CELL_DEGREES = 0.5
_COLUMNS, _ROWS = round(TURN / _CELL_DEGREES) + 1, round(HALF_TURN / _CELL_DEGREES) + 1
# Meetings closer than this part of a step are one; a corner that lies on the line is met by both its sides.
_SAME = 1e-9
_METRES_PER_KM = 1000.0


class Steps:
    """A line as steps between its vertices. A position on it counts steps: 2.5 is the middle of the third.

    Args:
        vertices: (lon, lat) in degrees; longitudes may be unwrapped. A step that passes ±180 is cut there.

    Attributes:
        starts: Where each step starts (n, 2), longitudes within ±180.
        breaks: Positions of the vertices where the longitude goes on from ±180 to ∓180.
        moves: From there to where it ends (n, 2), degrees.
        degrees: Length in the plane of longitude and latitude travelled at each vertex (n + 1).
    """

    def __init__(self, vertices: Sequence[tuple[float, float]]) -> None:
        import numpy as np

        points = _cut_at_half_turns(np.array(vertices, dtype=np.float64).reshape(len(vertices), -1)[:, :2])
        moves = np.diff(points, axis=0)
        kept = moves.any(axis=1)
        self.moves: Floats = moves[kept]
        self.starts: Floats = points[:-1][kept]
        turns = np.floor((self.starts[:, 0] + self.moves[:, 0] / 2 + HALF_TURN) / TURN)
        self.starts[:, 0] = self.starts[:, 0] - TURN * turns
        self.breaks: Floats = (np.flatnonzero(np.diff(turns)) + 1).astype(np.float64)
        self.degrees: Floats = _summed(np.sqrt((self.moves**2).sum(axis=1)))

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.moves)

    @cached_property
    def km(self) -> Floats:
        """Km travelled at each vertex (n + 1), each step measured as a geodesic on the WGS84 ellipsoid."""
        return _summed(_geodesics_km(self.starts, self.starts + self.moves))

    def points(self, positions: Floats) -> Floats:
        """Points (k, 2) at positions (k), longitudes within ±180."""
        step = self._step(positions)
        made: Floats = self.starts[step] + (positions - step)[:, None] * self.moves[step]
        return made

    def travelled(self, measure: Floats, positions: Floats) -> Floats:
        """What ``km`` or ``degrees`` come to at positions (k), evenly within a step."""
        step = self._step(positions)
        made: Floats = measure[step] + (positions - step) * (measure[step + 1] - measure[step])
        return made

    def positions(self, degrees: Floats) -> Floats:
        """Positions (k) at which so many degrees are travelled."""
        import numpy as np

        return np.interp(degrees, self.degrees, np.arange(len(self.degrees)))

    def lengths_km(self, starts: Floats, ends: Floats) -> Floats:
        """Km from each start to its end, both positions (k): every step or part of one measured as a geodesic."""
        import numpy as np

        first, last = self._step(starts), self._step(ends)
        here, there = self.points(starts), self.points(ends)
        within = (first == last)[:, None]
        corner = np.where(within, there, self.starts[first] + self.moves[first])
        last_corner = np.where(within, there, self.starts[last])
        parts = _geodesics_km(np.concatenate([here, last_corner]), np.concatenate([corner, there]))
        between = np.where(within[:, 0], 0.0, self.km[last] - self.km[np.minimum(first + 1, len(self))])
        made: Floats = parts[: len(starts)] + between + parts[len(starts) :]
        return made

    def _step(self, positions: Floats) -> Numbers:
        import numpy as np

        return np.minimum(positions.astype(np.int64), len(self) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """Sides of polygons in the order of the cells they may pass, each once for every such cell.

    Attributes:
        ends: lon, lat of one end and of the other (n, 4).
        polygon: Number of each side's polygon (n).
        first: Where the sides of each cell begin, and at last n.
    """

    ends: Floats
    polygon: Numbers
    first: Numbers


class Polygons:
    """Many polygons, asked at once for the points and the lines that lie in them.

    Args:
        polygons: Shapely polygons in degrees, longitudes within ±180; their numbers are their places in the list.
    """

    def __init__(self, polygons: Sequence[Any]) -> None:
        import numpy as np
        import shapely

        self._polygons = np.array(polygons, dtype=object)
        shapely.prepare(self._polygons)
        self._tree = shapely.STRtree(self._polygons)

    def holding(self, points: Floats) -> tuple[Numbers, Numbers]:
        """Polygons that hold points (k, 2), by their inside or their edge: numbers of points, numbers of polygons."""
        import shapely

        made: Any = shapely.points(points)
        point, polygon = self._tree.query(made)
        # Asked of the tree, each point would be prepared, and every corner of a large polygon be looked at.
        held = shapely.intersects(self._polygons[polygon], made[point])
        return point[held], polygon[held]

    def under(self, steps: Steps) -> tuple[Numbers, Floats, Floats]:
        """Stretches of a line over each polygon: the polygon's number, position of start, position of end."""
        import numpy as np

        at = self._meetings(steps)
        between, polygon = self.holding(steps.points((at[:-1] + at[1:]) / 2))
        order = np.lexsort((between, polygon))
        between, polygon = between[order], polygon[order]
        first = np.append(True, (np.diff(polygon) != 0) | (np.diff(between) != 1))[: len(polygon)]
        last = np.roll(first, -1)
        return polygon[first], at[between[first]], at[between[last] + 1]

    def near(self, low: Floats, high: Floats) -> tuple[Numbers, Floats, Numbers]:
        """Sides in the cells that boxes touch: number of the box, side (lon, lat, lon, lat), number of its polygon.

        Args:
            low: One corner of each box (n, 2).
            high: The opposite one, (n, 2).
        """
        import numpy as np

        box, cells = _cells_of(low, high)
        counts = self._sides.first[cells + 1] - self._sides.first[cells]
        filled = counts > 0
        box, cells, counts = box[filled], cells[filled], counts[filled]
        found = np.repeat(self._sides.first[cells], counts) + _count_within(counts)
        return np.repeat(box, counts), self._sides.ends[found], self._sides.polygon[found]

    @cached_property
    def _sides(self) -> _Sides:
        import numpy as np
        import shapely

        rings, owners = shapely.get_rings(self._polygons, return_index=True)
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        joined = ring[1:] == ring[:-1]
        sides = np.concatenate([corners[:-1], corners[1:]], axis=1)[joined]
        which, cells = _cells_of(sides[:, :2], sides[:, 2:])
        order = np.argsort(cells, kind="stable")
        which, cells = which[order], cells[order]
        return _Sides(
            ends=sides[which],
            polygon=owners[ring[:-1][joined]][which],
            first=np.searchsorted(cells, np.arange(_COLUMNS * _ROWS + 1)),
        )

    def _meetings(self, steps: Steps) -> Floats:
        """Positions at which a line meets any side, sorted, with its start, its breaks and its end."""
        import numpy as np

        step, side, _ = self.near(steps.starts, steps.starts + steps.moves)
        start, move = steps.starts[step], steps.moves[step]
        before, after = side[:, :2] - start, side[:, 2:] - start
        # On which side of the line the ends of each side lie; it is met where they differ.
        left = move[:, 0] * before[:, 1] - move[:, 1] * before[:, 0]
        right = move[:, 0] * after[:, 1] - move[:, 1] * after[:, 0]
        met = left * right <= 0.0
        step, move, left, right = step[met], move[met], left[met], right[met]
        before, after = before[met], after[met]
        # A side along the line is met at both its ends.
        along = left == right
        share = np.where(along, 0.0, left / np.where(along, 1.0, left - right))[:, None]
        ends = np.concatenate([before + share * (after - before), after[along]])
        step, move = np.concatenate([step, step[along]]), np.concatenate([move, move[along]])
        way = (ends * move).sum(axis=1) / (move * move).sum(axis=1)
        inside = (way >= -_SAME) & (way <= 1.0 + _SAME)
        met_at = step[inside] + way[inside].clip(0.0, 1.0)
        at = np.sort(np.concatenate([[0.0], met_at, steps.breaks, [float(len(steps))]]))
        made: Floats = at[np.append(True, np.diff(at) > _SAME)]
        made[-1] = len(steps)
        return made


def _summed(steps: Floats) -> Floats:
    import numpy as np

    made: Floats = np.append(0.0, np.cumsum(steps))
    return made


def _count_within(counts: Numbers) -> Numbers:
    """0, 1, … within each group of so many."""
    import numpy as np

    ends = np.cumsum(counts)
    made: Numbers = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    return made


def _cells_of(low: Floats, high: Floats) -> tuple[Numbers, Numbers]:
    """Every cell that each box touches: the number of the box, the number of the cell."""
    import numpy as np

    corners = np.stack([np.minimum(low, high), np.maximum(low, high)])
    corners = (corners + np.array([HALF_TURN, HALF_TURN / 2])) / _CELL_DEGREES
    grid = np.floor(corners).astype(np.int64).clip(0, (_COLUMNS - 1, _ROWS - 1))
    wide, tall = (grid[1] - grid[0] + 1).T
    box = np.repeat(np.arange(len(low)), wide * tall)
    number = _count_within(wide * tall)
    column, row = grid[0, box, 0] + number % wide[box], grid[0, box, 1] + number // wide[box]
    return box, row * _COLUMNS + column


@cache
def _wgs84() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _geodesics_km(here: Floats, there: Floats) -> Floats:
    _, _, metres = _wgs84().inv(here[:, 0], here[:, 1], there[:, 0], there[:, 1])
    made: Floats = metres / _METRES_PER_KM
    return made


def _cut_at_half_turns(points: Floats) -> Floats:
    """The line with a vertex wherever a step passes an odd multiple of 180 degrees."""
    import numpy as np

    turns = (points[:, 0] + HALF_TURN) / TURN
    low, high = np.minimum(turns[:-1], turns[1:]), np.maximum(turns[:-1], turns[1:])
    passed = np.ceil(high) - np.floor(low) - 1
    made, taken = [], 0
    for number in np.flatnonzero(passed > 0).tolist():
        (x1, y1), (x2, y2) = points[number], points[number + 1]
        cuts = (np.floor(low[number]) + 1 + np.arange(passed[number])) * TURN - HALF_TURN
        cuts = cuts if x1 < x2 else cuts[::-1]
        made += [points[taken : number + 1], np.stack([cuts, y1 + (y2 - y1) * (cuts - x1) / (x2 - x1)], axis=1)]
        taken = number + 1
    return np.concatenate([*made, points[taken:]]) if made else points
