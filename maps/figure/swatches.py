"""The samples of a key: a colour, a line with all its grammar gives it, a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maps import style
from maps.figure.canvas import Canvas
from maps.figure.furniture import SMALL
from maps.figure.legs import ARROW, CUT_SHAPE, dash_of
from maps.figure.marks import FORCE_MARK, FORCE_SIZE, RINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the key.

    Attributes:
        group: The part of the key it belongs to.
        words: What it means.
        swatch: How its sample is drawn: "chip", "line", "widths", "dot", "hollow", "ring" or "cut".
        colour: Of the sample.
        look: The line that is shown, for "line"; the first of the lines for "widths".
        count: How many widths.
    """

    group: str
    words: str
    swatch: str
    colour: str
    look: style.LineStyle | None = None
    widths: tuple[float, ...] = ()


def draw_swatch(canvas: Canvas, entry: Entry, x: float, end: float, y: float) -> None:
    """Draw the sample of an entry between two x."""
    em, unit, middle = canvas.pixels(canvas.size.text_pt * SMALL), canvas.size.text_pt, (x + end) / 2
    if entry.swatch == "chip":
        _line(canvas, [(x, y), (end, y)], color=entry.colour, linewidth=unit * 0.55, solid_capstyle="butt")
    elif entry.swatch == "line" and entry.look:
        _draw_line(canvas, entry, x, end, y)
    elif entry.swatch == "widths":
        step = (end - x) / len(entry.widths)
        for index, width in enumerate(entry.widths):
            ends = [(x + index * step, y), (x + (index + 0.8) * step, y)]
            _line(canvas, ends, color=entry.colour, linewidth=canvas.scaled(width), solid_capstyle="butt")
    elif entry.swatch == "cut":
        last = end - 0.3 * em
        _line(canvas, [(x, y), (last, y)], color=entry.colour, linewidth=canvas.scaled(style.WIDTHS[0]))
        for tip in (last, last - 0.27 * em):
            corners = [(tip + em * 0.4 * dx, y + em * 0.4 * dy) for dx, dy in CUT_SHAPE]
            _line(canvas, corners, color=entry.colour, linewidth=canvas.scaled(style.WIDTHS[0]))
    elif entry.swatch == "ring":
        for size, alpha in RINGS:
            _dot(canvas, middle, y, color=entry.colour, markersize=unit * size * 0.55, alpha=alpha + 0.06)
    else:
        face = "#ffffff" if entry.swatch == "hollow" else entry.colour
        _dot(canvas, middle, y, color=face, markersize=unit * FORCE_SIZE, rim=entry.colour, marker=FORCE_MARK)


def _draw_line(canvas: Canvas, entry: Entry, x: float, end: float, y: float) -> None:
    """A sample of a line with all its grammar gives it: dash, head, bar, question mark."""
    assert entry.look is not None
    stroke, width = entry.look.stroke, canvas.line_width(entry.look)
    gaps = ((0.0, 0.36), (0.64, 1.0)) if stroke.question else ((0.0, 1.0),)
    for start, stop in gaps:
        ends = [(x + start * (end - x), y), (x + stop * (end - x), y)]
        _line(canvas, ends, color=entry.colour, linewidth=width, linestyle=dash_of(entry.look))
    if stroke.end_bar:
        bar = canvas.pixels(width * 2.2)
        _line(canvas, [(end, y - bar), (end, y + bar)], color=entry.colour, linewidth=width * 1.4)
    if stroke.question:
        write(canvas, (x + end) / 2, y, "?", color=entry.colour, fontweight="bold", ha="center")
    if stroke.head is style.Head.HOLLOW:
        scale = canvas.pixels(width * 1.6 + 0.9)
        tip = x + (end - x) * style.ARROW_AT
        corners = [(tip + scale * dx, y + scale * dy) for dx, dy in ARROW]
        _area(canvas, corners, facecolor="#ffffff", edgecolor=entry.colour, linewidth=width * 0.6)


def shares(canvas: Canvas, x: float, y: float) -> tuple[float, float]:
    """Pixels as shares of the figure, which hold at every resolution it is written in."""
    width, height = canvas.sheet()
    return (x / width, y / height)


def write(canvas: Canvas, x: float, y: float, text: str, **look: Any) -> None:
    """Write small print at a point of the sheet, in pixels."""
    at = shares(canvas, x, y)
    asked: dict[str, Any] = {"ha": "left", "va": "center_baseline", "fontsize": canvas.size.text_pt * SMALL} | look
    canvas.figure.text(*at, text, **asked)


def _line(canvas: Canvas, points: Sequence[tuple[float, float]], **look: Any) -> None:
    from matplotlib.lines import Line2D

    x, y = zip(*(shares(canvas, *point) for point in points), strict=True)
    canvas.figure.add_artist(Line2D(x, y, transform=canvas.figure.transFigure, **look))


def _dot(canvas: Canvas, x: float, y: float, *, rim: str | None = None, marker: str = "o", **look: Any) -> None:
    edge = {"markeredgecolor": rim, "markeredgewidth": canvas.size.text_pt * 0.14} if rim else {"markeredgewidth": 0}
    _line(canvas, [(x, y)], marker=marker, linestyle="none", **edge, **look)


def _area(canvas: Canvas, points: Sequence[tuple[float, float]], **look: Any) -> None:
    from matplotlib.patches import Polygon

    corners = [shares(canvas, *point) for point in points]
    canvas.figure.add_artist(Polygon(corners, closed=True, transform=canvas.figure.transFigure, zorder=4, **look))
