"""Make ``lane_repairs.tsv``: the way round for lanes that cut across land: ``python -m routes.paths.lanes_build``.

Some lanes of the network are drawn so coarsely that they cross a cape or run behind a beach. For each of these that has
water at both ends, the shortest way over water cells of the land mask is found and written down as a line. Lanes up
rivers and through canals have no water cells and stay as they are. Not used at run time.
"""

from __future__ import annotations

import heapq
import math
from functools import partial
from pathlib import Path

from routes.paths.geodesic import distance_km, length_km
from routes.paths.landmask import CELLS_PER_DEG, LAND, course_classes, land_grid
from routes.paths.network import Point, nodes_and_pairs, raw_lanes

LEAST_LAND_KM = 3.0
MARGIN_DEG = 2.0
MOST_DETOUR = 1.6
MOST_EXTRA_KM = 60.0
MOST_COLUMNS = 40 * CELLS_PER_DEG
_NEAR_CELLS = 3
_CELL_KM = 111.2 / CELLS_PER_DEG
Cell = tuple[int, int]


def build(target: Path) -> None:
    """Find the way round for every lane that needs one and write the table."""
    nodes, pairs = nodes_and_pairs(raw_lanes())
    rows = []
    for a, b, _ in pairs:
        start, end = nodes[a], nodes[b]
        if _land_km(start, end) < LEAST_LAND_KM:
            continue
        line = way_round(start, end)
        if line is not None and len(line) > len((start, end)):
            rows.append("\t".join(f"{lon:.4f} {lat:.4f}" for lon, lat in line))
    target.write_text("\n".join(["line", *sorted(rows)]) + "\n", encoding="utf-8")


def way_round(start: Point, end: Point) -> tuple[Point, ...] | None:
    """The shortest way over water between two nodes of a lane, or None where it is no mere detour."""
    first, last = _water_near(start), _water_near(end)
    if first is None or last is None:
        return None
    cells = _search(first, last)
    if cells is None:
        return None
    line = _straightened([start, *map(_centre, cells), end])
    straight_km = distance_km(start, end)
    return line if length_km(line) <= straight_km * MOST_DETOUR + MOST_EXTRA_KM else None


def _land_km(start: Point, end: Point) -> float:
    classes, step_km = course_classes(start, end, step_km=1.0)
    return float((classes == LAND).sum()) * step_km


def _cell(point: Point) -> Cell:
    return int((90.0 - point[1]) * CELLS_PER_DEG), int((point[0] + 180.0) * CELLS_PER_DEG) % (360 * CELLS_PER_DEG)


def _centre(cell: Cell) -> Point:
    return (cell[1] + 0.5) / CELLS_PER_DEG - 180.0, 90.0 - (cell[0] + 0.5) / CELLS_PER_DEG


def _water_near(point: Point) -> Cell | None:
    """The nearest water cell within three of a node."""
    row, column = _cell(point)
    reach = range(-_NEAR_CELLS, _NEAR_CELLS + 1)
    near = sorted((abs(i) + abs(j), row + i, (column + j) % (360 * CELLS_PER_DEG)) for i in reach for j in reach)
    return next(((i, j) for _, i, j in near if land_grid()[i, j] != LAND), None)


def _search(first: Cell, last: Cell) -> list[Cell] | None:
    """The shortest way from cell to cell over water (A*), within two degrees around both; none across ±180."""
    margin = int(MARGIN_DEG * CELLS_PER_DEG)
    rows = range(max(min(first[0], last[0]) - margin, 0), min(max(first[0], last[0]) + margin, 180 * CELLS_PER_DEG))
    columns = range(max(min(first[1], last[1]) - margin, 0), min(max(first[1], last[1]) + margin, 360 * CELLS_PER_DEG))
    if len(columns) > MOST_COLUMNS:
        return None
    width = math.cos(math.radians(_centre(first)[1]))
    grid = land_grid()
    came: dict[Cell, Cell | None] = {}
    best = partial(_apart, last, width)
    queue: list[tuple[float, float, Cell, Cell | None]] = [(best(first), 0.0, first, None)]
    while queue:
        _, gone, cell, before = heapq.heappop(queue)
        if cell in came:
            continue
        came[cell] = before
        if cell == last:
            break
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                there = (cell[0] + i, cell[1] + j)
                if there in came or there[0] not in rows or there[1] not in columns or grid[there] == LAND:
                    continue
                total = gone + math.hypot(i, j * width)
                heapq.heappush(queue, (total + best(there), total, there, cell))
    if last not in came:
        return None
    path, at = [], came[last]
    while at is not None:
        path.append(at)
        at = came[at]
    return [*reversed(path), last]


def _apart(goal: Cell, width: float, cell: Cell) -> float:
    return math.hypot(cell[0] - goal[0], (cell[1] - goal[1]) * width)


def _straightened(line: list[Point]) -> tuple[Point, ...]:
    """The line without the points that a straight course over water makes needless; its ends stay."""
    made, at = [line[0]], 0
    while at < len(line) - 1:
        reach = len(line) - 1
        while reach > at + 1 and _crosses(line[at], line[reach], at == 0, reach == len(line) - 1):
            reach -= 1
        made.append(line[reach])
        at = reach
    return tuple(made)


def _crosses(start: Point, end: Point, from_node: bool, to_node: bool) -> bool:
    """Whether a course touches land, but for the cells right at a node, which may itself lie in a harbour."""
    classes, step_km = course_classes(start, end, step_km=1.0)
    harbour = math.ceil(_NEAR_CELLS * _CELL_KM / step_km) if step_km else 0
    land = (classes == LAND).tolist()
    while from_node and land and land[0] and len(classes) - len(land) < harbour:
        land.pop(0)
    removed = 0
    while to_node and land and land[-1] and removed < harbour:
        land.pop()
        removed += 1
    return any(land)


if __name__ == "__main__":
    build(Path(__file__).parent / "lane_repairs.tsv")
