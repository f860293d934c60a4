"""How much line lies where: the drawn lines as points on a fine grid, counted box by box in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maps.figure.pixels import every

Points = NDArray[np.float64]

CELL_PX = 4.0
"""Side of a cell, and the distance at which lines are sampled: finer than any letter is wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Points along lines, summed over a grid: ``sums[i, j]`` counts those in the first i rows and j columns."""

    sums: NDArray[np.int64]

    def count(self, boxes: Points) -> NDArray[np.int64]:
        """Number of points in each box.

        Args:
            boxes: Left, bottom, right, top in pixels, shape (n, 4).
        """
        rows, columns = self.sums.shape
        cells = boxes / CELL_PX
        left, bottom = (np.clip(np.floor(cells[:, i]), 0, top - 1).astype(int) for i, top in ((0, columns), (1, rows)))
        right, upper = (np.clip(np.ceil(cells[:, i]), 0, top - 1).astype(int) for i, top in ((2, columns), (3, rows)))
        sums = self.sums
        counted = sums[upper, right] - sums[bottom, right] - sums[upper, left] + sums[bottom, left]
        return np.asarray(counted, dtype=np.int64)

    def at(self, points: Points) -> NDArray[np.int64]:
        """Number of points in the cells round each of some points, shape (n, 2)."""
        return self.count(np.hstack([points - CELL_PX, points + CELL_PX]))


def ink_of(lines: Sequence[Points], width_px: float, height_px: float) -> Ink:
    """Sample lines, arrays of shape (n, 2) in pixels, on a sheet of this size; what lies off it is not counted."""
    rows, columns = int(height_px / CELL_PX) + 1, int(width_px / CELL_PX) + 1
    cells = np.zeros((rows, columns), dtype=np.int64)
    sampled = [every(line, CELL_PX) for line in lines if len(line) > 1]
    if sampled:
        points = np.vstack(sampled)
        points = points[np.isfinite(points).all(axis=1)]
        x, y = (np.floor(points[:, i] / CELL_PX).astype(int) for i in (0, 1))
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
        np.add.at(cells, (y[inside], x[inside]), 1)
    sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    sums[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)
    return Ink(sums=sums)
