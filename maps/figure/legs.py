"""Legs on a figure: line, arrowhead, bar and question mark, as the line grammar has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.canvas import Canvas
from maps.figure.labels import Box
from maps.figure.pixels import along, length, shifted, sides
from maps.figure.text import printable
from routes.model import PathKind

if TYPE_CHECKING:
    from routes.model import Atlas, Leg, RouteEvent

Points = NDArray[np.float64]

_RIM_PT = 1.2
_LANE = 2.2
"""Distance between legs side by side, in line widths."""
ARROW = ((1.0, 0.0), (-0.7, 0.62), (-0.35, 0.0), (-0.7, -0.62))
_TINY = 1e-9
_POLE_DOTS = ((2.5, 1.2), (5.0, 0.95), (7.5, 0.7))
"""Distance from the line's end and size of each dot, in widths of the line."""
CUT_SHAPE = ((-0.7, 1.0), (0.0, 0.0), (-0.7, -1.0))
"""One of the two angle brackets where the map's edge cuts a line, in its own size."""
_REFERENCE_PX = 2.0
"""The dashes of the grammar are given for this line width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidLeg:
    """A leg as it lies on the sheet, in pixels.

    Attributes:
        look, width: How it is drawn; width in points.
        parts: Its line, in as many parts as the map's edge leaves of it, each of shape (n, 2).
        head: Corners of its arrowhead, shape (4, 2).
        ends: True for the last leg of its route.
        cuts: Where the map's edge cuts it.
        pole_ends: Where it is cut before a pole: the last point shown and one nearer to the pole, shape (2, 2) each.
    """

    look: style.LineStyle
    width: float
    parts: tuple[Points, ...]
    head: Points
    ends: bool
    cuts: tuple[Cut, ...]
    pole_ends: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where the map's edge cuts a leg.

    Attributes:
        at, direction: The point in pixels and the unit direction of travel, shape (2,) each.
        words: Where the leg goes on to or comes from.
    """

    at: Points
    direction: Points
    words: str


def lay_legs(canvas: Canvas, atlas: Atlas) -> tuple[LaidLeg, ...]:
    """Bring every leg into the window as it is; those between the same two places lie side by side."""
    events = {event.id: event for event in atlas.routes}
    lanes = sides(atlas.legs)
    last = {leg.route_id: leg.to_seq for leg in sorted(atlas.legs, key=lambda leg: leg.to_seq)}
    laid = (
        _laid(canvas, leg, events[leg.route_id], lanes[leg.id], ends=leg.to_seq == last[leg.route_id])
        for leg in atlas.legs
    )
    return tuple(leg for leg in laid if leg is not None)


def _laid(canvas: Canvas, leg: Leg, event: RouteEvent, lane: float, *, ends: bool) -> LaidLeg | None:
    trip = event.merged
    track = leg.path is PathKind.TRACK
    look = style.line_style(trip.mode, trip.status, trip.certainty, support=event.support, track=track)
    width = canvas.line_width(look)
    aside = lane * canvas.pixels(width * _LANE)
    parts = tuple(shifted(canvas.to_pixels(part), aside) for part in canvas.projection.lines(leg.line))
    if not parts:
        return None
    names = {stop.seq: printable(stop.position.name) for stop in trip.stops}
    cuts = []
    for one, other in pairwise(parts):
        if not all(canvas.projection.on_edge(end) for end in canvas.from_pixels(np.vstack([one[-1], other[0]]))):
            continue
        out, back = along(one, 1.0)[1], along(other, 0.0)[1]
        cuts.append(Cut(at=one[-1], direction=out, words=f"to {names[leg.to_seq]}"))
        cuts.append(Cut(at=other[0], direction=back, words=f"from {names[leg.from_seq]}"))
    at, direction = along(max(parts, key=length), style.ARROW_AT)
    head = _pointed(at, direction, canvas.pixels(width * 2.1 + 1.2), ARROW)
    poles = tuple(canvas.to_pixels(end) for end in canvas.projection.pole_ends(leg.line))
    return LaidLeg(look=look, width=width, parts=parts, head=head, ends=ends, cuts=tuple(cuts), pole_ends=poles)


def draw_legs(canvas: Canvas, laid: Sequence[LaidLeg]) -> None:
    """Draw legs with all that the line grammar gives them."""
    for leg in laid:
        for part in leg.parts:
            x, y = canvas.from_pixels(part).T
            canvas.axes.plot(x, y, color=style.LIGHT.halo, linewidth=leg.width + _RIM_PT, alpha=0.7, zorder=5)
            dash = dash_of(leg.look)
            canvas.axes.plot(
                x, y, color=leg.look.colour, linewidth=leg.width, linestyle=dash, zorder=6, dash_capstyle="butt"
            )
        _draw_head(canvas, leg)
        _draw_pole_ends(canvas, leg)
        for cut in leg.cuts:
            _draw_cut(canvas, cut, leg)
        if leg.look.stroke.question:
            _draw_question(canvas, max(leg.parts, key=length), leg.look)
        if leg.look.stroke.end_bar and leg.ends:
            _draw_bar(canvas, leg.parts[-1], leg.look, leg.width)


def boxes_of(canvas: Canvas, leg: LaidLeg) -> list[Box]:
    """The boxes of a leg that no label may touch: its arrowhead, its question mark and the brackets at its cuts."""
    boxes: list[Box] = [(*leg.head.min(axis=0), *leg.head.max(axis=0))]
    spots = [(cut.at, cut_size(canvas)) for cut in leg.cuts]
    if leg.look.stroke.question:
        spots.append((along(max(leg.parts, key=length), 0.5)[0], canvas.pixels(canvas.size.text_pt * 0.6)))
    return boxes + [(at[0] - half, at[1] - half, at[0] + half, at[1] + half) for at, half in spots]


def dash_of(look: style.LineStyle) -> Any:
    """The line style's dash in matplotlib's form, in units of the line's width."""
    return (0, tuple(part / _REFERENCE_PX for part in look.dash)) if look.dash else "solid"


def _pointed(at: Points, direction: Points, scale: float, shape: Sequence[tuple[float, float]]) -> Points:
    """A shape given in lengths along and across a direction, set at a point."""
    across = np.array([-direction[1], direction[0]])
    return np.array([at + scale * (x * direction + y * across) for x, y in shape])


def _draw_head(canvas: Canvas, leg: LaidLeg) -> None:
    from matplotlib.patches import Polygon

    hollow = leg.look.stroke.head is style.Head.HOLLOW
    head = Polygon(
        _sequence(canvas.from_pixels(leg.head)),
        closed=True,
        facecolor="#ffffff" if hollow else leg.look.colour,
        edgecolor=leg.look.colour,
        linewidth=leg.width * 0.6,
        zorder=7,
    )
    canvas.axes.add_patch(head)


def _draw_pole_ends(canvas: Canvas, leg: LaidLeg) -> None:
    """Three dots towards the pole where a line is cut before it."""
    for inner, outer in leg.pole_ends:
        direction = (outer - inner) / max(float(np.linalg.norm(outer - inner)), _TINY)
        for away, share in _POLE_DOTS:
            x, y = canvas.from_pixels(inner + direction * canvas.pixels(leg.width * away))
            look: dict[str, Any] = {"markersize": leg.width * share, "color": leg.look.colour, "markeredgewidth": 0}
            canvas.axes.plot(x, y, marker="o", zorder=6, clip_on=False, **look)


def _draw_cut(canvas: Canvas, cut: Cut, leg: LaidLeg) -> None:
    """Draw the two angle brackets that say: the line goes on at the other edge of the map."""
    scale = cut_size(canvas)
    for step in (0.0, -0.7):
        corners = _pointed(cut.at + step * scale * cut.direction, cut.direction, scale, CUT_SHAPE)
        x, y = canvas.from_pixels(corners).T
        canvas.axes.plot(x, y, color=leg.look.colour, linewidth=max(leg.width, 0.8), linestyle="solid", zorder=7)


def cut_size(canvas: Canvas) -> float:
    """Half the width of the brackets at a cut, in pixels."""
    return canvas.pixels(canvas.size.text_pt * 0.38)


def _draw_question(canvas: Canvas, part: Points, look: style.LineStyle) -> None:
    middle, _ = along(part, 0.5)
    x, y = canvas.from_pixels(middle)
    canvas.write(
        x,
        y,
        "?",
        halo_pt=2.5,
        color=look.colour,
        fontsize=canvas.size.text_pt * 1.4,
        fontweight="bold",
        ha="center",
        va="center",
        zorder=8,
    )


def _draw_bar(canvas: Canvas, part: Points, look: style.LineStyle, width: float) -> None:
    at, direction = along(part, 1.0)
    across = np.array([-direction[1], direction[0]]) * canvas.pixels(width * 2.2)
    x, y = canvas.from_pixels(np.vstack([at - across, at + across])).T
    canvas.axes.plot(x, y, color=look.colour, linewidth=width * 1.4, zorder=7, solid_capstyle="butt")


def _sequence(points: Points) -> Sequence[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in points]
