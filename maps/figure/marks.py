"""Stops and forces on a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.canvas import Canvas, is_located
from maps.figure.labels import Box
from routes.model import Status

if TYPE_CHECKING:
    from routes.model import Atlas, Position, RouteEvent, Stop

Points = NDArray[np.float64]

NOT_THERE = (Status.PLANNED, Status.ATTEMPTED, Status.DENIED, Status.WITHDRAWN)
"""Forces of these statuses are not said to stand where they are marked: their marks are hollow."""
RINGS = ((2.6, 0.10), (2.0, 0.10), (1.4, 0.12))
"""Size (in text heights) and opacity of the discs that make a soft ring."""
DOT = 0.6
"""Size of a dot, in text heights."""
FORCE_MARK, FORCE_SIZE = "D", 0.85
"""A square on its corner, as on the page, large enough to be seen round the dot of a stop (in text heights)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A mark as it lies on the sheet.

    Attributes:
        at: Its centre in pixels, shape (2,).
        hue: Its colour.
        soft: True for a place known to a region, country or sea only.
        hollow: True for a force not said to be there.
    """

    at: Points
    hue: style.Hue
    soft: bool
    hollow: bool = False

    def box(self, canvas: Canvas) -> Box:
        """The box it fills, soft rim and all."""
        half = canvas.pixels(canvas.size.text_pt * (RINGS[0][0] if self.soft else DOT) / 2)
        return (self.at[0] - half, self.at[1] - half, self.at[0] + half, self.at[1] + half)

    def core(self, canvas: Canvas) -> Box:
        """The box no label may touch."""
        half = canvas.pixels(canvas.size.text_pt * 0.35)
        return (self.at[0] - half, self.at[1] - half, self.at[0] + half, self.at[1] + half)


def lay_marks(canvas: Canvas, atlas: Atlas) -> tuple[Dot, ...]:
    """Where stops and forces lie: one mark for all stops at a place, in the colour of its label, one for all forces."""
    dots: dict[tuple[Any, ...], Dot] = {}
    # What is denied comes first, so that a mark shared with a route that was flown has the route's colour on top.
    for event in sorted(atlas.routes, key=lambda e: (e.merged.status is not Status.DENIED, len(e.merged.stops), e.id)):
        hue = hue_of(event)
        for stop in located_stops(event):
            _lay(canvas, dots, stop.position, hue, hollow=False)
    for deployment in atlas.deployments:
        force = deployment.merged
        if is_located(force.position):
            _lay(canvas, dots, force.position, style.DEPLOYMENT_HUE, hollow=force.status in NOT_THERE)
    return tuple(dots.values())


def draw_marks(canvas: Canvas, dots: Iterable[Dot], weights: Mapping[tuple[int, int], int]) -> None:
    """Draw the marks: crisp dots for points, soft rings for areas, hollow where no force is said to be.

    Args:
        canvas: The sheet.
        dots: The marks.
        weights: How much the place at a pixel matters: of marks on each other the weightiest lies on top.
    """
    for dot in sorted(dots, key=lambda dot: weights.get(pixel(dot.at), 0)):
        if dot.soft:
            _draw_ring(canvas, dot)
        else:
            _draw_dot(canvas, dot)


def _draw_dot(canvas: Canvas, dot: Dot) -> None:
    """Draw a crisp mark; that of a force lies under that of a stop at the same place."""
    (x, y), unit = canvas.from_pixels(dot.at), canvas.size.text_pt
    shape, size, order = (FORCE_MARK, FORCE_SIZE, 9.0) if dot.hue is style.DEPLOYMENT_HUE else ("o", DOT, 9.1)
    look: dict[str, Any] = {"color": dot.hue.light, "markeredgecolor": "#ffffff", "markeredgewidth": unit * 0.08}
    if dot.hollow:
        look = {"color": "#ffffff", "markeredgecolor": dot.hue.light, "markeredgewidth": unit * 0.14}
    canvas.axes.plot([x], [y], shape, markersize=unit * size, zorder=order, **look)


def _draw_ring(canvas: Canvas, dot: Dot) -> None:
    (x, y), unit = canvas.from_pixels(dot.at), canvas.size.text_pt
    for size, alpha in RINGS:
        look: dict[str, Any] = {"color": dot.hue.light, "alpha": alpha, "markeredgewidth": 0, "zorder": 4.5}
        canvas.axes.plot([x], [y], "o", markersize=unit * size, **look)
    if dot.hollow:
        canvas.axes.plot([x], [y], "o", color="#ffffff", markersize=unit * RINGS[-1][0], alpha=0.8, zorder=4.6)


def pixel(at: Points) -> tuple[int, int]:
    """The pixel a point lies in."""
    return (round(float(at[0])), round(float(at[1])))


def located_stops(event: RouteEvent) -> Iterator[Stop]:
    """The stops of an event that are on the map."""
    return (stop for stop in event.merged.stops if is_located(stop.position))


def hue_of(event: RouteEvent) -> style.Hue:
    """The colour of an event's marks."""
    return style.line_style(event.merged.mode, event.merged.status, event.merged.certainty).hue


def is_soft(position: Position) -> bool:
    """True where a place is known to a region, country or sea only."""
    return style.mark_of(position.precision) is style.Mark.SOFT_RING


def where(canvas: Canvas, position: Position) -> Points:
    """A located position in pixels, shape (2,)."""
    return canvas.where(position.lon or 0.0, position.lat or 0.0)


def _lay(canvas: Canvas, dots: dict[tuple[Any, ...], Dot], position: Position, hue: style.Hue, *, hollow: bool) -> None:
    soft, force = is_soft(position), hue is style.DEPLOYMENT_HUE
    at = where(canvas, position)
    key = (*pixel(at), force, soft)
    known = dots.pop(key, None)  # set in anew, so that the last drawn lies on top
    # Where a force is said to be at a place and another only to be planned there, one is there.
    dots[key] = Dot(at=at, hue=hue, soft=soft, hollow=hollow and (known is None or known.hollow))
