"""What stands round the map: headline, period, sources, legend, scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from maps import style
from maps.captions import BASE_CREDIT, POLE_CUT, SCHEMATIC, source_line
from maps.figure.canvas import POINTS_PER_INCH, Canvas, box_of
from maps.figure.legs import dash_of
from maps.figure.marks import FORCE_MARK, FORCE_SIZE
from maps.figure.text import printable, wrapped
from maps.headline import period_words
from routes.model import PathKind

if TYPE_CHECKING:
    from routes.model import Atlas

_LEFT = 0.02
_TITLE = 1.55
_PERIOD = 1.1
_SMALL = 0.85
_DARK, _GREY = "#1a1a1a", "#444444"
_SCALE_BAR_REACH_DEG = 25.0
"""Beyond this reach one scale does not hold across an equal-area map."""


def write_title(canvas: Canvas, atlas: Atlas, title: str) -> float:
    """Write headline and period; give the map's upper edge as a share of the figure's height."""
    text = canvas.size.text_pt
    height = canvas.figure.get_figheight() * POINTS_PER_INCH
    y = 1 - 0.9 * text / height
    lines = wrapped(printable(title), canvas.size.width_mm, text * _TITLE)
    written = canvas.figure.text(_LEFT, y, lines, fontsize=text * _TITLE, fontweight="bold", va="top", color=_DARK)
    y -= _height(canvas, written) + 0.35 * text / height
    written = canvas.figure.text(_LEFT, y, period_words(atlas), fontsize=text * _PERIOD, va="top", color=_GREY)
    return y - _height(canvas, written) - 0.6 * text / height


def write_foot(canvas: Canvas, atlas: Atlas) -> float:
    """Write sources and credits; give the map's lower edge as a share of the figure's height."""
    small = canvas.size.text_pt * _SMALL
    height = canvas.figure.get_figheight() * POINTS_PER_INCH
    schematic = SCHEMATIC if any(leg.path is not PathKind.TRACK for leg in atlas.legs) else ""
    cut = any(True for leg in atlas.legs for _ in canvas.projection.pole_ends(leg.line))
    words = [printable(source_line(atlas.reports)), schematic, POLE_CUT if cut else "", BASE_CREDIT]
    words.append(f"Projection: {canvas.projection.name}. Made with dateline.")
    lines = wrapped(" ".join(filter(None, words)), canvas.size.width_mm, small)
    written = canvas.figure.text(_LEFT, 0.7 * small / height, lines, fontsize=small, va="bottom", color=_GREY)
    return _height(canvas, written) + 1.5 * small / height


def draw_legend(canvas: Canvas, atlas: Atlas, *, areas: bool) -> None:
    """Draw a key of what is on this map and of nothing else.

    Args:
        canvas: The sheet.
        atlas: What is shown.
        areas: True where some place is known to a region, country or sea only.
    """
    from matplotlib.lines import Line2D

    handles: dict[str, Any] = {}
    drawn = {leg.route_id for leg in atlas.legs}
    for trip in (event.merged for event in atlas.routes if event.id in drawn):
        look = style.line_style(trip.mode, trip.status, trip.certainty)
        words = look.stroke.words
        if not look.stroke.neutral:
            words = f"{style.MODE_WORDS[trip.mode]}: {words[0].lower()}{words[1:]}"
        line = Line2D([], [], color=look.colour, linestyle=dash_of(look), linewidth=canvas.line_width(look))
        handles.setdefault(words, line)
    bare: dict[str, Any] = {"linestyle": "none", "markeredgewidth": 0}
    text = canvas.size.text_pt
    if atlas.deployments:
        colour, size = style.DEPLOYMENT_HUE.light, text * FORCE_SIZE
        handles["Force reported here"] = Line2D([], [], color=colour, marker=FORCE_MARK, markersize=size, **bare)
    if areas:
        ring = Line2D([], [], color=style.NEUTRAL_HUE.light, alpha=0.3, marker="o", markersize=text * 1.4, **bare)
        handles["Place known to a region, country or sea only"] = ring
    if not handles:
        return
    legend = canvas.axes.legend(
        list(handles.values()),
        list(handles),
        loc="upper left",
        fontsize=text * _SMALL,
        framealpha=0.92,
        edgecolor="none",
        borderaxespad=0.8,
        handlelength=3.2,
    )
    legend.set_zorder(11)
    canvas.taken.append(box_of(legend))


def draw_scale(canvas: Canvas) -> None:
    """Draw a scale bar where one scale holds over the whole map."""
    if not canvas.projection.azimuthal or canvas.projection.reach_deg > _SCALE_BAR_REACH_DEG:
        return
    x0, x1 = canvas.axes.get_xlim()
    y0, y1 = canvas.axes.get_ylim()
    quarter = (x1 - x0) / 4
    unit = 10 ** math.floor(math.log10(quarter))
    bar = unit * max(step for step in (1, 2, 5) if step * unit <= quarter)
    left, y = x1 - bar - 0.03 * (x1 - x0), y0 + 0.04 * (y1 - y0)
    canvas.axes.plot([left, left + bar], [y, y], color=_GREY, linewidth=1.2, zorder=11, solid_capstyle="butt")
    written = canvas.axes.text(
        left + bar / 2,
        y + 0.012 * (y1 - y0),
        f"{bar / 1000:,.0f} km",
        fontsize=canvas.size.text_pt * _SMALL,
        ha="center",
        va="bottom",
        color=_GREY,
        zorder=11,
    )
    canvas.taken.append(box_of(written))


def _height(canvas: Canvas, written: Any) -> float:
    box = box_of(written)
    return (box[3] - box[1]) / (canvas.figure.get_figheight() * canvas.figure.dpi)
