"""Where labels go, so that none covers another and each is seen to belong to its point: greedy, most important first.

A label stands beside its point, nearer to it than to any other. One that cannot is set off and joined to its point by
a leader, a thin line that runs over no label and no other point; one that finds no such place is left out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maps.figure.ink import CELL_PX, Ink, ink_of

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels."""
Segment = tuple[float, float, float, float]
"""Start and end (x, y, x, y) in pixels."""

_BESIDE = ((1, 0.15), (-1, 0.15), (1, 1), (1, -1), (-1, 1), (-1, -1), (0, 1), (0, -1))
BESIDE_GAPS = 1.5
"""A label further from its point than this many gaps (the corner of a box set diagonally) has a leader."""
_AROUND = tuple((math.cos(turn), math.sin(turn)) for turn in np.linspace(0, 2 * math.pi, 16, endpoint=False))
_AWAY = (2.4, 3.4, 4.8, 6.5, 9.0)
"""How far off, in gaps, a label with a leader may stand."""
_UPRIGHT = 0.3
"""Below this share of a direction to one side, a label is centred over or under its point."""
_APART_GAPS = 0.2
"""Space between two labels, in gaps: two lines of type that touch read as one name."""
_SAME_GAPS = 0.6
"""Points nearer than this many gaps lie on each other; a label cannot show which of them it means."""
_NEAREST = 1.25
"""Every other point is at least this many times further from a label than its own."""
_OFF_AREA = 0.75
"""How much of an area's radius other labels keep off; its rim is too pale to matter."""
_LINE_COST, _LEADER_LINE_COST = 1.5, 0.6
_LEADER_COST, _AWAY_COST = 15.0, 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text to be placed by its anchor, all in pixels.

    Attributes:
        x, y: The anchor.
        sizes: Width and height of the text as drawn, in each of its wordings, the fullest first.
        gap: Space to leave between anchor and text.
        radius: How far round the anchor its mark reaches, where that is an area; other labels keep off it.
        leader: True where it may stand away from its anchor, joined by a leader.
        loss: What each shorter wording costs: for a date a little, for a list of forces more than a leader.
    """

    x: float
    y: float
    sizes: tuple[tuple[float, float], ...]
    gap: float
    radius: float = 0.0
    leader: bool = True
    loss: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a label goes: its box, which of its wordings, and the leader that joins it to its point, if any."""

    box: Box
    wording: int = 0
    leader: Segment | None = None


def place_labels(
    labels: Sequence[Label], *, frame: Box, taken: Sequence[Box], ink: Ink | None = None
) -> list[Placed | None]:
    """Find a place for every label inside the frame that touches no other box.

    Args:
        labels: The labels, most important first.
        frame: What they must stay inside.
        taken: Boxes already used (legend, title, marks).
        ink: The drawn lines; a label avoids them where it can.

    Returns:
        One place a label, or None where none was free: better no label than one that could belong to two points.
    """
    sheet = _Sheet(
        frame=frame,
        ink=ink or ink_of((), frame[2], frame[3]),
        anchors=np.array([(label.x, label.y, label.radius) for label in labels], dtype=float).reshape(-1, 3),
        boxes=[*taken],
        leaders=[],
        named=[],
    )
    placed: list[Placed | None] = []
    for label in labels:
        best = sheet.best(label)
        placed.append(best)
        if best:
            apart = label.gap * _APART_GAPS
            left, bottom, right, top = best.box
            sheet.boxes.append((left - apart, bottom - apart, right + apart, top + apart))
            sheet.named.append((label.x, label.y))
            sheet.leaders += [best.leader] if best.leader else []
    return placed


def overlap(one: Box, other: Box) -> bool:
    """True where two boxes share an area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def distance(box: Box, x: float, y: float) -> float:
    """From a point to the nearest point of a box."""
    return math.hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3]))


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """What stands already while labels are placed one by one."""

    frame: Box
    ink: Ink
    anchors: Points
    boxes: list[Box]
    leaders: list[Segment]
    named: list[tuple[float, float]]

    def best(self, label: Label) -> Placed | None:
        """The cheapest free place of a label."""
        apart = [math.hypot(x - label.x, y - label.y) for x, y in self.named]
        if any(1 < away < label.gap * _SAME_GAPS for away in apart):
            return None
        others = self.anchors[
            np.hypot(self.anchors[:, 0] - label.x, self.anchors[:, 1] - label.y) > label.gap * _SAME_GAPS
        ]
        found: list[tuple[float, Placed]] = []
        for wording, size in enumerate(label.sizes):
            beside = np.array([_box(label, size, way, 1.0) for way in _BESIDE])
            own = _distances(beside, np.array([[label.x, label.y]]))[:, 0]
            kept = np.nonzero(self._free(beside) & _clear(beside, others, _NEAREST * own))[0]
            costs = _LINE_COST * self.ink.count(beside[kept]) + 0.02 * kept + label.loss * wording
            found += [
                (float(cost), Placed(box=_as_box(box), wording=wording))
                for cost, box in zip(costs, beside[kept], strict=True)
            ]
        cheapest = min(found, key=lambda pair: pair[0], default=None)
        if label.leader and (cheapest is None or cheapest[0] > _LEADER_COST):
            led = (self._led(label, wording, others) for wording in range(len(label.sizes)))
            cheapest = min(filter(None, [cheapest, *led]), key=lambda pair: pair[0], default=None)
        return cheapest[1] if cheapest else None

    def _led(self, label: Label, wording: int, others: Points) -> tuple[float, Placed] | None:
        """The cheapest free place of a wording away from the anchor, with its leader."""
        steps = np.array([step for step in _AWAY for _ in _AROUND])
        boxes = np.array([_box(label, label.sizes[wording], way, step) for step in _AWAY for way in _AROUND])
        clear = self._free(boxes) & _clear(boxes, others, np.full(len(boxes), label.gap))
        costs = _LEADER_COST + _AWAY_COST * steps + _LINE_COST * self.ink.count(boxes) + label.loss * wording
        for index in sorted(np.nonzero(clear)[0], key=lambda i: costs[i]):
            box = _as_box(boxes[index])
            leader = _leader(label, box)
            points = _sampled(leader)
            if self._runs_free(leader, points, label):
                cost = float(costs[index]) + _LEADER_LINE_COST * float((self.ink.at(points) > 0).sum())
                return cost, Placed(box=box, wording=wording, leader=leader)
        return None

    def _free(self, boxes: Points) -> NDArray[np.bool_]:
        """Which boxes lie in the frame and touch no box and no leader."""
        frame = self.frame
        free = (boxes[:, 0] >= frame[0]) & (boxes[:, 1] >= frame[1])
        free &= (boxes[:, 2] <= frame[2]) & (boxes[:, 3] <= frame[3])
        if self.boxes:
            used = np.array(self.boxes)
            free &= ~(
                (boxes[:, None, 0] < used[None, :, 2])
                & (used[None, :, 0] < boxes[:, None, 2])
                & (boxes[:, None, 1] < used[None, :, 3])
                & (used[None, :, 1] < boxes[:, None, 3])
            ).any(axis=1)
        for leader in self.leaders:
            free &= ~_inside(_sampled(leader), boxes).any(axis=0)
        return np.asarray(free, dtype=bool)

    def _runs_free(self, leader: Segment, points: Points, label: Label) -> bool:
        """True where a leader runs over no box but its own point's and crosses no other leader."""
        away = points[np.hypot(points[:, 0] - label.x, points[:, 1] - label.y) > label.gap]
        if len(away) and self.boxes and _inside(away[:-1], np.array(self.boxes)).any():
            return False
        return not any(_cross(leader, other) for other in self.leaders)


def _box(label: Label, size: tuple[float, float], direction: tuple[float, float], step: float) -> Box:
    (width, height), (dx, dy), reach = size, direction, label.gap * step
    left = label.x + dx * reach - _share(dx) * width
    bottom = label.y + dy * reach - _share(dy) * height
    return (left, bottom, left + width, bottom + height)


def _share(part: float) -> float:
    """How much of a text lies on the near side of where it is hung up, by its direction there."""
    return 0.5 if abs(part) < _UPRIGHT else float(part < 0)


def _leader(label: Label, box: Box) -> Segment:
    """From the anchor to the nearest point of the box."""
    return (label.x, label.y, min(max(label.x, box[0]), box[2]), min(max(label.y, box[1]), box[3]))


def _as_box(row: Points) -> Box:
    left, bottom, right, top = (float(value) for value in row)
    return (left, bottom, right, top)


def _clear(boxes: Points, others: Points, least: Points) -> NDArray[np.bool_]:
    """Which boxes lie at least so far from every other point, and not on the area of any.

    Args:
        boxes: Shape (n, 4).
        others: x, y and radius of the other points, shape (m, 3).
        least: For each box, shape (n,).
    """
    wanted = np.maximum(least[:, None], others[None, :, 2] * _OFF_AREA)
    return np.asarray((_distances(boxes, others) > wanted).all(axis=1), dtype=bool)


def _distances(boxes: Points, points: Points) -> Points:
    """From each box to each point, shape (boxes, points)."""
    x, y = points[None, :, 0], points[None, :, 1]
    across = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0)
    along = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0)
    return np.asarray(np.hypot(across, along), dtype=float)


def _sampled(segment: Segment) -> Points:
    start, end = np.array(segment[:2]), np.array(segment[2:])
    count = max(2, int(float(np.hypot(*(end - start))) / CELL_PX) + 1)
    return np.asarray(start + np.linspace(0, 1, count)[:, None] * (end - start), dtype=float)


def _inside(points: Points, boxes: Points) -> NDArray[np.bool_]:
    """Whether each point lies in each box, shape (points, boxes)."""
    x, y = points[:, 0, None], points[:, 1, None]
    return np.asarray((x > boxes[:, 0]) & (x < boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 3]), dtype=bool)


def _cross(one: Segment, other: Segment) -> bool:
    """True where two segments cross."""

    def side(line: Segment, x: float, y: float) -> float:
        return (line[2] - line[0]) * (y - line[1]) - (line[3] - line[1]) * (x - line[0])

    return (
        side(one, *other[:2]) * side(one, *other[2:]) < 0 and side(other, *one[:2]) * side(other, *one[2:]) < 0
    )  # both pairs of ends on different sides
