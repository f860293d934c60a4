"""Legs on a figure: line, arrowhead, bar and question mark, as the line grammar has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.canvas import Canvas
from maps.figure.pixels import along, length, shifted, sides
from routes.model import PathKind

if TYPE_CHECKING:
    from routes.model import Atlas, Leg, RouteEvent

Points = NDArray[np.float64]

_RIM_PT = 1.2
_LANE = 2.2
"""Distance between legs side by side, in line widths."""
_ARROW = ((1.0, 0.0), (-0.7, 0.62), (-0.35, 0.0), (-0.7, -0.62))
_REFERENCE_PX = 2.0
"""The dashes of the grammar are given for this line width."""


_TINY = 1e-9
_POLE_DOTS = ((2.5, 1.2), (5.0, 0.95), (7.5, 0.7))
"""Distance from the line's end and size of each dot, in widths of the line."""


def draw_legs(canvas: Canvas, atlas: Atlas) -> None:
    """Draw every leg; those between the same two places lie side by side."""
    events = {event.id: event for event in atlas.routes}
    lanes = sides(atlas.legs)
    last = {leg.route_id: leg.to_seq for leg in sorted(atlas.legs, key=lambda leg: leg.to_seq)}
    for leg in atlas.legs:
        _draw_leg(canvas, leg, events[leg.route_id], lanes[leg.id], ends=leg.to_seq == last[leg.route_id])


def dash_of(look: style.LineStyle) -> Any:
    """The line style's dash in matplotlib's form, in units of the line's width."""
    return (0, tuple(part / _REFERENCE_PX for part in look.dash)) if look.dash else "solid"


def _draw_leg(canvas: Canvas, leg: Leg, event: RouteEvent, lane: float, *, ends: bool) -> None:
    trip = event.merged
    track = leg.path is PathKind.TRACK
    look = style.line_style(trip.mode, trip.status, trip.certainty, support=event.support, track=track)
    width = canvas.line_width(look)
    aside = lane * canvas.pixels(width * _LANE)
    parts = [shifted(canvas.to_pixels(part), aside) for part in canvas.projection.lines(leg.line)]
    for part in parts:
        x, y = canvas.from_pixels(part).T
        canvas.axes.plot(x, y, color=style.LIGHT.halo, linewidth=width + _RIM_PT, alpha=0.7, zorder=5)
        canvas.axes.plot(
            x, y, color=look.colour, linewidth=width, linestyle=dash_of(look), zorder=6, dash_capstyle="butt"
        )
    canvas.lines.extend(parts)
    _draw_pole_ends(canvas, leg, look, width)
    if not parts:
        return
    _draw_head(canvas, max(parts, key=length), look, width)
    if look.stroke.question:
        _draw_question(canvas, max(parts, key=length), look)
    if look.stroke.end_bar and ends:
        _draw_bar(canvas, parts[-1], look, width)


def _draw_pole_ends(canvas: Canvas, leg: Leg, look: style.LineStyle, width: float) -> None:
    """Three dots towards the pole where a line is cut before it."""
    for end in canvas.projection.pole_ends(leg.line):
        inner, outer = canvas.to_pixels(end)
        direction = (outer - inner) / max(float(np.linalg.norm(outer - inner)), _TINY)
        for away, share in _POLE_DOTS:
            x, y = canvas.from_pixels(inner + direction * canvas.pixels(width * away))
            canvas.axes.plot(x, y, marker="o", markersize=width * share, color=look.colour, markeredgewidth=0, zorder=6)


def _draw_head(canvas: Canvas, part: Points, look: style.LineStyle, width: float) -> None:
    from matplotlib.patches import Polygon

    at, direction = along(part, style.ARROW_AT)
    across = np.array([-direction[1], direction[0]])
    scale = canvas.pixels(width * 2.1 + 1.2)
    corners = np.array([at + scale * (x * direction + y * across) for x, y in _ARROW])
    canvas.taken.append((*corners.min(axis=0), *corners.max(axis=0)))
    hollow = look.stroke.head is style.Head.HOLLOW
    head = Polygon(
        _sequence(canvas.from_pixels(corners)),
        closed=True,
        facecolor="#ffffff" if hollow else look.colour,
        edgecolor=look.colour,
        linewidth=width * 0.6,
        zorder=7,
    )
    canvas.axes.add_patch(head)


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
