"""An atlas drawn as one static figure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.captions import alternative_text
from maps.errors import MapError
from maps.figure import furniture, ground, legs, marks
from maps.figure.canvas import DPI, MM_PER_INCH, Canvas, Size, is_located
from maps.figure.projection import choose_projection
from maps.figure.svg import finish_svg
from maps.headline import headline

if TYPE_CHECKING:
    from routes.model import Atlas, Position

SIZES = {
    "column": Size(width_mm=85, height_mm=85, text_pt=5.5),
    "page": Size(width_mm=180, height_mm=125, text_pt=7.5),
    "slide": Size(width_mm=320, height_mm=180, text_pt=12),
}
"""A newspaper or journal column, a report's page, a 16:9 slide."""
FORMATS = ("svg", "png", "pdf")
_MARGIN = 0.12
_SMALLEST_VIEW_M = 600_000.0
_WORLD = np.array([[-179.9, 0.0], [179.9, 0.0], [0.0, -60.0], [0.0, 80.0]])


def draw_figure(atlas: Atlas, path: Path, *, size: str = "page", title: str | None = None) -> None:
    """Draw the atlas and write it; the same atlas gives the same bytes.

    Args:
        atlas: What to show, legs drawn.
        path: Where to; the ending (.svg, .png, .pdf) says what. Text stays text in SVG and PDF.
        size: One of ``SIZES``.
        title: Headline; by default one is made from the routes.

    Raises:
        MapError: If the ending or the size is unknown.
    """
    kind = check_figure(path, size)
    data = _render(atlas, kind, SIZES[size], title or headline(atlas))
    path.write_bytes(finish_svg(data, title or headline(atlas), alternative_text(atlas)) if kind == "svg" else data)


def check_figure(path: Path, size: str) -> str:
    """The format a figure of this name is written in.

    Raises:
        MapError: If the ending or the size is unknown.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise MapError(f"Cannot write a figure as “{path.name}”: give a name that ends in .svg, .png or .pdf.")
    if size not in SIZES:
        raise MapError(f"There is no figure size “{size}”: use one of {', '.join(SIZES)}.")
    return kind


def _render(atlas: Atlas, kind: str, size: Size, title: str) -> bytes:
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "svg.hashsalt": "dateline",
        "text.parse_math": False,
        "font.family": "DejaVu Sans",
        "font.size": size.text_pt,
    }
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(size.width_mm / MM_PER_INCH, size.height_mm / MM_PER_INCH), dpi=DPI)
        FigureCanvasAgg(figure)
        shown = [(p.lon, p.lat) for p in _positions(atlas)] + [xy for leg in atlas.legs for xy in leg.line]
        canvas = Canvas(
            figure=figure,
            axes=figure.add_axes((0, 0, 1, 1)),
            kind=kind,
            size=size,
            projection=choose_projection(np.asarray(shown, dtype=float).reshape(-1, 2)),
        )
        _draw(canvas, atlas, title)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, metadata=undated[kind], facecolor="#ffffff")
    return buffer.getvalue()


def _draw(canvas: Canvas, atlas: Atlas, title: str) -> None:
    """The order matters: what is drawn or written first has the first choice of room."""
    _set_view(canvas, atlas, title)
    ground.draw_ground(canvas)
    legs.draw_legs(canvas, atlas)
    wanted = marks.draw_marks(canvas, atlas)
    furniture.draw_legend(canvas, atlas, areas=any(_is_area(p) for p in _positions(atlas)))
    furniture.draw_scale(canvas)
    marks.write_labels(canvas, wanted)
    ground.write_names(canvas)


def _set_view(canvas: Canvas, atlas: Atlas, title: str) -> None:
    """Title above and sources below; the window between them is filled by what is shown."""
    top = furniture.write_title(canvas, atlas, title)
    bottom = furniture.write_foot(canvas, atlas)
    axes = canvas.axes
    axes.set_position((0, bottom, 1, top - bottom))
    axes.set_facecolor(style.LIGHT.water)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    shape = canvas.size.width_mm / (canvas.size.height_mm * (top - bottom))
    x0, x1, y0, y1 = _extent(canvas, atlas, shape)
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)


def _extent(canvas: Canvas, atlas: Atlas, shape: float) -> tuple[float, float, float, float]:
    points = np.array([[p.lon, p.lat] for p in _positions(atlas)], dtype=float).reshape(-1, 2)
    parts: list[NDArray[np.float64]] = [canvas.projection.project(points)] if len(points) else []
    parts += [part for leg in atlas.legs for part in canvas.projection.lines(leg.line)]
    shown = np.vstack(parts or [canvas.projection.project(_WORLD)])
    (x0, y0), (x1, y1) = shown.min(axis=0), shown.max(axis=0)
    width = max(x1 - x0, _SMALLEST_VIEW_M) * (1 + 2 * _MARGIN)
    height = max(y1 - y0, _SMALLEST_VIEW_M) * (1 + 2 * _MARGIN)
    width, height = max(width, height * shape), max(height, width / shape)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return middle_x - width / 2, middle_x + width / 2, middle_y - height / 2, middle_y + height / 2


def _positions(atlas: Atlas) -> Iterator[Position]:
    for event in atlas.routes:
        yield from (stop.position for stop in event.merged.stops if is_located(stop.position))
    yield from (d.merged.position for d in atlas.deployments if is_located(d.merged.position))


def _is_area(position: Position) -> bool:
    return style.mark_of(position.precision) is style.Mark.SOFT_RING
