"""Where labels go, so that none covers another: greedy placement, the most constrained first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels."""

_DIRECTIONS = ((1, 0.15), (-1, 0.15), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))
_DISTANCES = (1.0, 2.2, 4.0, 6.5)
_LINE_COST = 1.5
_DISTANCE_COST = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text to be placed by its anchor, all in pixels.

    Attributes:
        x, y: The anchor.
        width, height: Size of the text as drawn.
        gap: Space to leave between anchor and text.
    """

    x: float
    y: float
    width: float
    height: float
    gap: float


def place_labels(labels: Sequence[Label], *, frame: Box, taken: Sequence[Box], lines: Points) -> list[Box | None]:
    """Find a box for every label inside the frame that touches no other box.

    Args:
        labels: The labels, most important first.
        frame: What they must stay inside.
        taken: Boxes already used (legend, title, marks).
        lines: Points (x, y) along the drawn lines, shape (n, 2); a label avoids them where it can.

    Returns:
        One box a label, or None where no place was free: better no label than two in one place.
    """
    used = list(taken)
    placed: list[Box | None] = []
    for label in labels:
        free = [
            (_cost(box, step, order, lines), box)
            for step in _DISTANCES
            for order, direction in enumerate(_DIRECTIONS)
            if _inside(box := _box(label, direction, step), frame) and not any(overlap(box, other) for other in used)
        ]
        best = min(free, key=lambda pair: pair[0])[1] if free else None
        placed.append(best)
        if best:
            used.append(best)
    return placed


def overlap(one: Box, other: Box) -> bool:
    """True where two boxes share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(label: Label, direction: tuple[float, float], step: float) -> Box:
    reach = label.gap * step
    dx, dy = direction
    left = label.x + dx * reach - (label.width if dx < 0 else label.width / 2 if dx == 0 else 0)
    bottom = label.y + dy * reach - (label.height if dy < 0 else 0 if dy == 1 else label.height / 2)
    return (left, bottom, left + label.width, bottom + label.height)


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _cost(box: Box, step: float, order: int, lines: Points) -> float:
    crossed = 0
    if len(lines):
        x, y = lines[:, 0], lines[:, 1]
        crossed = int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())
    return _LINE_COST * crossed + _DISTANCE_COST * step + 0.02 * order
