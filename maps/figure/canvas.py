"""The sheet a figure is drawn on: matplotlib's objects, the projection, and the room already used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.ink import Ink, ink_of
from maps.figure.labels import Box, overlap
from maps.figure.projection import Projection

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maps.style import LineStyle
    from routes.model import Position

Points = NDArray[np.float64]

DPI = 300
"""Dots per inch of the PNG, and the unit all placing is done in."""
POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
HALO_ID = "halo-"
"""Ids of texts in an SVG that have a light rim begin so."""
_POINTS_PER_PX = 0.75
_REFERENCE_TEXT_PT = 9.0
"""Text size at which line widths are those of the line grammar; smaller figures have thinner lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in millimetres, and the size of label text in points."""

    width_mm: float
    height_mm: float
    text_pt: float


@dataclass(slots=True, kw_only=True)
class Canvas:
    """A figure while it is drawn. Boxes and lines are in pixels at ``DPI``.

    Attributes:
        kind: Format it will be written in: "svg", "png" or "pdf".
        taken: Boxes that no label may touch.
        lines: The drawn legs and leaders, one array of shape (n, 2) each.
        sizes: Width and height of texts measured before.
    """

    figure: Figure
    axes: Axes
    kind: str
    size: Size
    projection: Projection
    taken: list[Box] = field(default_factory=list)
    lines: list[Points] = field(default_factory=list)
    sizes: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def pixels(self, points: float) -> float:
        """Typographic points as pixels."""
        return points * DPI / POINTS_PER_INCH

    def to_pixels(self, projected: Points) -> Points:
        """Projected metres, shape (n, 2), as pixels."""
        return np.asarray(self.axes.transData.transform(projected), dtype=float)

    def from_pixels(self, pixels: Points) -> Points:
        """Pixels, shape (n, 2) or (2,), as projected metres."""
        return np.asarray(self.axes.transData.inverted().transform(pixels), dtype=float)

    def where(self, lon: float, lat: float) -> Points:
        """A place in pixels, shape (2,); not finite where the projection does not show it."""
        pixels = self.to_pixels(self.projection.project(np.array([[lon, lat]], dtype=float)))
        return np.asarray(pixels[0], dtype=float)

    def line_width(self, look: LineStyle) -> float:
        """Width in points of a line of the grammar on this sheet."""
        return self.scaled(look.width)

    def scaled(self, width: float) -> float:
        """A width of the line grammar in points on this sheet."""
        return width * _POINTS_PER_PX * self.size.text_pt / _REFERENCE_TEXT_PT

    def write(self, x: float, y: float, text: str, *, halo_pt: float, **look: Any) -> None:
        """Write text with the thin light rim that keeps it readable on lines, at projected metres.

        Matplotlib turns text with an effect into outlines. So that text stays text, an SVG gets its rim from
        ``finish_svg``, which knows it by the id set here, and a PDF has the rim drawn below.
        """
        from matplotlib.patheffects import Stroke, withStroke

        if self.kind == "pdf":
            rim = self.axes.text(x, y, text, **look)
            rim.set_path_effects([Stroke(linewidth=halo_pt, foreground=style.LIGHT.halo)])
        written = self.axes.text(x, y, text, **look)
        if self.kind == "png":
            written.set_path_effects([withStroke(linewidth=halo_pt, foreground=style.LIGHT.halo)])
        if self.kind == "svg":
            written.set_gid(f"{HALO_ID}{len(self.axes.texts)}")

    def frame(self) -> Box:
        """The map's window, a little inside its edge."""
        box = self.axes.get_window_extent()
        pad = self.pixels(self.size.text_pt * 0.4)
        return (float(box.x0) + pad, float(box.y0) + pad, float(box.x1) - pad, float(box.y1) - pad)

    def sheet(self) -> tuple[float, float]:
        """Width and height of the whole figure in pixels."""
        return (self.size.width_mm / MM_PER_INCH * DPI, self.size.height_mm / MM_PER_INCH * DPI)

    def ink(self) -> Ink:
        """Where lines lie."""
        return ink_of(self.lines, *self.sheet())

    def size_of(self, text: str, **look: Any) -> tuple[float, float]:
        """Width and height of a text, were it written."""
        key = (text, repr(sorted(look.items())))
        if key not in self.sizes:
            written = self.axes.text(0, 0, text, **look)
            box = box_of(written)
            written.remove()
            self.sizes[key] = (box[2] - box[0], box[3] - box[1])
        return self.sizes[key]

    def is_free(self, box: Box, ink: Ink) -> bool:
        """True where a box lies in the window and touches neither a label nor a line."""
        frame = self.frame()
        inside = box[0] > frame[0] and box[1] > frame[1] and box[2] < frame[2] and box[3] < frame[3]
        return inside and not any(overlap(box, other) for other in self.taken) and not ink.count(np.array([box])).any()


def box_of(artist: Any) -> Box:
    """The box an artist of matplotlib fills, in pixels."""
    box = artist.get_window_extent()
    return (float(box.x0), float(box.y0), float(box.x1), float(box.y1))


def is_located(position: Position) -> bool:
    """True where a position has coordinates."""
    return position.lon is not None and position.lat is not None
