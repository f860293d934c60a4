"""Polylines on the page, in pixels: arrays of shape (n, 2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from routes.model import Leg

Points = NDArray[np.float64]


def length(line: Points) -> float:
    """Length of a polyline."""
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def along(line: Points, share: float) -> tuple[Points, Points]:
    """The point at a share of a polyline's length, and the unit direction there."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    reached = np.concatenate([[0.0], np.cumsum(lengths)])
    wanted = share * reached[-1]
    index = min(int(np.searchsorted(reached, wanted, side="right")) - 1, len(steps) - 1)
    while index > 0 and lengths[index] == 0:
        index -= 1
    size = lengths[index]
    if size == 0:
        return line[0], np.array([1.0, 0.0])
    direction = steps[index] / size
    return line[index] + direction * (wanted - reached[index]), direction


def shifted(line: Points, distance: float) -> Points:
    """The line bowed to its left by a distance that is full in the middle and nothing at its ends."""
    if distance == 0 or len(line) <= 1:
        return line
    chord = line[-1] - line[0]
    size = float(np.hypot(*chord))
    if size == 0:
        return line
    share = np.linspace(0, 1, len(line))
    bow = np.minimum(1.0, 6 * np.minimum(share, 1 - share))
    return line + np.outer(bow * distance, np.array([-chord[1], chord[0]]) / size)


def every(line: Points, step: float) -> Points:
    """Points at equal steps along a polyline."""
    count = max(2, int(length(line) / step))
    reached = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    wanted = np.linspace(0, reached[-1], count)
    return np.column_stack([np.interp(wanted, reached, line[:, i]) for i in (0, 1)])


def sides(legs: Sequence[Leg]) -> dict[str, float]:
    """For each leg its lane beside other legs between the same two places: 0 alone, else numbers round 0.

    Legs the other way count in the opposite sense, so that there and back lie side by side.
    """
    ends = {leg.id: (_rounded(leg.line[0]), _rounded(leg.line[-1])) for leg in legs}
    total = Counter(tuple(sorted(pair)) for pair in ends.values())
    seen: dict[tuple[tuple[float, float], ...], int] = defaultdict(int)
    lanes = {}
    for leg in legs:
        pair = ends[leg.id]
        key = tuple(sorted(pair))
        lane = seen[key] - (total[key] - 1) / 2
        seen[key] += 1
        lanes[leg.id] = lane if pair == key else -lane
    return lanes


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    lon, lat = point
    return (round((lon + 180) % 360, 3), round(lat, 3))
