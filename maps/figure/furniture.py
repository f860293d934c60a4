"""What stands round the map: headline, period, sources, scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.captions import BASE_CREDIT, POLE_CUT, SCHEMATIC, days, source_line
from maps.figure.canvas import POINTS_PER_INCH, Canvas, box_of
from maps.figure.labels import Box
from maps.figure.text import printable, wrapped
from maps.headline import counted, period_words
from routes.model import PathKind

if TYPE_CHECKING:
    from routes.model import Atlas, Report

LEFT = 0.02
"""Where titles, key and sources begin, as a share of the width."""
SMALL = 0.85
"""Size of small print, in text heights."""
DARK, GREY = "#1a1a1a", "#444444"
_TITLE = 1.55
_PERIOD = 1.1
_NARROWEST = 0.5
"""Letters twice as wide as running text are the widest there are."""
_MOST_SOURCES, _MOST_SOURCE_LINES = 5, 3
"""More sources, or longer names, are counted on the figure; its metadata and the summary name every one."""
_SCALE_BAR_REACH_DEG = 25.0
"""Beyond this reach one scale does not hold across an equal-area map."""


def write_title(canvas: Canvas, atlas: Atlas, title: str) -> float:
    """Write headline and period; give the map's upper edge as a share of the figure's height."""
    text = canvas.size.text_pt
    height = canvas.figure.get_figheight() * POINTS_PER_INCH
    y = 1 - 0.9 * text / height
    lines = _lines(canvas, printable(title), text * _TITLE, weight="bold")
    written = canvas.figure.text(LEFT, y, lines, fontsize=text * _TITLE, fontweight="bold", va="top", color=DARK)
    y -= _height(canvas, written) + 0.35 * text / height
    written = canvas.figure.text(LEFT, y, period_words(atlas), fontsize=text * _PERIOD, va="top", color=GREY)
    return y - _height(canvas, written) - 0.6 * text / height


def write_foot(canvas: Canvas, atlas: Atlas) -> float:
    """Write sources and credits; give the map's lower edge as a share of the figure's height."""
    small = canvas.size.text_pt * SMALL
    height = canvas.figure.get_figheight() * POINTS_PER_INCH
    schematic = SCHEMATIC if any(leg.path is not PathKind.TRACK for leg in atlas.legs) else ""
    cut = any(True for leg in atlas.legs for _ in canvas.projection.pole_ends(leg.line))
    words = [_sources(canvas, atlas.reports), schematic, POLE_CUT if cut else "", BASE_CREDIT]
    words.append(f"Projection: {canvas.projection.name}. Made with dateline.")
    lines = _lines(canvas, " ".join(filter(None, words)), small)
    written = canvas.figure.text(LEFT, 0.7 * small / height, lines, fontsize=small, va="bottom", color=GREY)
    return _height(canvas, written) + 1.5 * small / height


def _sources(canvas: Canvas, reports: Sequence[Report]) -> str:
    """The sources by name where they are few; else how many, and from when to when: all are named in the metadata."""
    named = printable(source_line(reports))
    lines = _lines(canvas, named, canvas.size.text_pt * SMALL).count("\n") + 1
    if len({report.publisher or report.id for report in reports}) <= _MOST_SOURCES and lines <= _MOST_SOURCE_LINES:
        return named
    known = [report.published for report in reports if report.published]
    words = f"Sources: {counted(len(reports), 'report')}"
    if known:
        words += f", {_day(min(known))}" + (f" to {_day(max(known))}" if min(known) < max(known) else "")
        words += f" ({len(reports) - len(known)} undated)" if len(known) < len(reports) else ""
    return f"{words}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A scale bar laid out: its length, its ends in projected metres, and the box it fills in pixels."""

    length_km: float
    left: float
    right: float
    y: float
    box: Box


def lay_scale(canvas: Canvas) -> Scale | None:
    """A scale bar at the lower right, where one scale holds over the whole map; None elsewhere."""
    if not canvas.projection.azimuthal or canvas.projection.reach_deg > _SCALE_BAR_REACH_DEG:
        return None
    x0, x1 = canvas.axes.get_xlim()
    y0, y1 = canvas.axes.get_ylim()
    quarter = (x1 - x0) / 4
    unit = 10 ** math.floor(math.log10(quarter))
    bar = unit * max(step for step in (1, 2, 5) if step * unit <= quarter)
    right, y = x1 - 0.03 * (x1 - x0), y0 + 0.04 * (y1 - y0)
    left = right - bar
    ends = canvas.to_pixels(np.array([[left, y], [right, y]]))
    height = canvas.pixels(canvas.size.text_pt * SMALL * 2)
    box = (float(ends[0, 0]), float(ends[0, 1]) - height / 4, float(ends[1, 0]), float(ends[0, 1]) + height)
    return Scale(length_km=bar / 1000, left=left, right=right, y=y, box=box)


def draw_scale(canvas: Canvas, scale: Scale) -> None:
    """Draw a scale bar."""
    ends = [scale.left, scale.right]
    canvas.axes.plot(ends, [scale.y, scale.y], color=GREY, linewidth=1.2, zorder=11, solid_capstyle="butt")
    y0, y1 = canvas.axes.get_ylim()
    canvas.axes.text(
        (scale.left + scale.right) / 2,
        scale.y + 0.012 * (y1 - y0),
        f"{scale.length_km:,.0f} km",
        fontsize=canvas.size.text_pt * SMALL,
        ha="center",
        va="bottom",
        color=GREY,
        zorder=11,
    )


def _lines(canvas: Canvas, text: str, size_pt: float, *, weight: str = "normal") -> str:
    """Text broken into lines that fit the sheet as they are drawn, whatever letters they are of."""
    room = canvas.sheet()[0] * (1 - 2 * LEFT)
    share = 1.0
    while True:
        lines = wrapped(text, canvas.size.width_mm * share, size_pt)
        if canvas.size_of(lines, fontsize=size_pt, fontweight=weight)[0] <= room or share < _NARROWEST:
            return lines
        share *= 0.96


def _height(canvas: Canvas, written: Any) -> float:
    box = box_of(written)
    return (box[3] - box[1]) / (canvas.figure.get_figheight() * canvas.figure.dpi)


def _day(day: date) -> str:
    return days(day, day + timedelta(days=1))
