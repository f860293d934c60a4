"""An atlas drawn as one static figure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.captions import alternative_text
from maps.errors import MapError
from maps.figure import furniture, ground, legend, legs, marks, names
from maps.figure.canvas import DPI, MM_PER_INCH, Canvas, Size, is_located
from maps.figure.labels import Box, Placed, place_labels
from maps.figure.projection import choose_projection
from maps.figure.svg import finish_svg
from maps.figure.swatches import Entry
from maps.figure.text import printable
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
_WORLD_MARGIN = 1.02
_NEARLY_ALL = 0.85
"""A view wider than this share of the world shows all of it, rather than all but a strip."""
_KEY_GAP = 1.2
"""Space between map and key, in text heights."""
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
    words = printable(alternative_text(atlas))
    about: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None},
        "pdf": {"CreationDate": None, "Title": printable(title), "Subject": words},
        "png": {"Software": None, "Title": printable(title), "Description": words},
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(size.width_mm / MM_PER_INCH, size.height_mm / MM_PER_INCH), dpi=DPI)
        FigureCanvasAgg(figure)
        shown = np.array([(p.lon, p.lat) for p in _positions(atlas)], dtype=float).reshape(-1, 2)
        canvas = Canvas(
            figure=figure,
            axes=figure.add_axes((0, 0, 1, 1)),
            kind=kind,
            size=size,
            projection=choose_projection(shown, [leg.line for leg in atlas.legs]),
        )
        _draw(canvas, atlas, title)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=kind, metadata=about[kind], facecolor="#ffffff")
    return buffer.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is shown, laid on the sheet.

    Attributes:
        legs, dots, scale: Lines, marks and scale bar.
        wanted, places: Labels, and where each goes.
        key, key_box: The key, and where it stands; on the map itself if ``in_corner``.
    """

    legs: tuple[legs.LaidLeg, ...]
    dots: tuple[marks.Dot, ...]
    wanted: tuple[names.Wanted, ...]
    scale: furniture.Scale | None
    places: tuple[Placed | None, ...] = ()
    key: legend.Key | None = None
    key_box: Box = (0.0, 0.0, 0.0, 0.0)
    in_corner: bool = False


def _draw(canvas: Canvas, atlas: Atlas, title: str) -> Scene:
    """Lay out everything, then draw it from the ground up."""
    top = furniture.write_title(canvas, atlas, title)
    bottom = furniture.write_foot(canvas, atlas)
    scene = _lay_out(canvas, atlas, bottom, top)
    ground.draw_ground(canvas)
    legs.draw_legs(canvas, scene.legs)
    marks.draw_marks(canvas, scene.dots, {marks.pixel(label.at): label.weight for label in scene.wanted[::-1]})
    names.write_labels(canvas, scene.wanted, scene.places)
    if scene.scale:
        furniture.draw_scale(canvas, scene.scale)
    if scene.key:
        legend.draw_key(canvas, scene.key, scene.key_box, ground=scene.in_corner)
    ground.write_names(canvas)
    return scene


def _lay_out(canvas: Canvas, atlas: Atlas, bottom: float, top: float) -> Scene:
    """Everything in its place: the key in a corner of the map where that costs no label its own, else outside it."""
    width, height = canvas.sheet()
    window = (0.0, bottom * height, width, top * height)
    scene = _lay(canvas, atlas, window)
    entries = legend.key_entries(atlas, scene.legs, scene.dots)
    plain = _placed(canvas, scene)
    if not entries:
        return replace(scene, places=plain)
    key = legend.corner_key(canvas, entries)
    for box in legend.free_corners(canvas, key, [*canvas.taken, *(dot.box(canvas) for dot in scene.dots)]):
        places = _placed(canvas, scene, box)
        if _kept(places) >= _kept(plain):
            canvas.taken.append(box)
            return replace(scene, places=places, key=key, key_box=box, in_corner=True)
    return _with_key_outside(canvas, atlas, entries, window)


def _with_key_outside(canvas: Canvas, atlas: Atlas, entries: Sequence[Entry], window: Box) -> Scene:
    """The key in a band below the map or a column beside it, whichever leaves the larger map."""
    left, bottom, right, top = window
    gap = canvas.pixels(canvas.size.text_pt * _KEY_GAP)
    band, column = legend.band_key(canvas, entries), legend.corner_key(canvas, entries)
    indent = canvas.sheet()[0] * furniture.LEFT
    below = (left, bottom + band.height + gap, right, top)
    beside = (indent + column.width + gap, bottom, right, top)
    if column.height <= top - bottom and _scale(canvas, atlas, beside) > _scale(canvas, atlas, below):
        key, window, box = column, beside, (indent, top - column.height, indent + column.width, top)
    else:
        key, window, box = band, below, (indent, bottom, indent + band.width, bottom + band.height)
    scene = _lay(canvas, atlas, window)
    return replace(scene, places=_placed(canvas, scene), key=key, key_box=box)


def _scale(canvas: Canvas, atlas: Atlas, window: Box) -> float:
    """How many pixels of a window show a metre of the map."""
    width = window[2] - window[0]
    x0, x1, _, _ = _extent(canvas, atlas, width / (window[3] - window[1]))
    return width / (x1 - x0)


def _lay(canvas: Canvas, atlas: Atlas, window: Box) -> Scene:
    """Lines, marks and scale bar with the map in this window, in pixels."""
    _set_view(canvas, atlas, window)
    laid, dots = legs.lay_legs(canvas, atlas), marks.lay_marks(canvas, atlas)
    canvas.lines = [part for leg in laid for part in leg.parts]
    canvas.taken = [dot.core(canvas) for dot in dots]
    canvas.taken += [box for leg in laid for box in legs.boxes_of(canvas, leg)]
    scale = furniture.lay_scale(canvas)
    canvas.taken += [scale.box] if scale else []
    return Scene(legs=laid, dots=dots, scale=scale, wanted=names.wanted_labels(canvas, atlas, laid))


def _placed(canvas: Canvas, scene: Scene, *more: Box) -> tuple[Placed | None, ...]:
    labels = names.measured(canvas, scene.wanted)
    return tuple(place_labels(labels, frame=canvas.frame(), taken=[*canvas.taken, *more], ink=canvas.ink()))


def _kept(places: Sequence[Placed | None]) -> tuple[int, int]:
    """How many labels found a place, and how many of them need no leader."""
    found = [place for place in places if place]
    return (len(found), -sum(place.leader is not None for place in found))


def _set_view(canvas: Canvas, atlas: Atlas, window: Box) -> None:
    """The window, filled by what is shown."""
    axes, (width, height) = canvas.axes, canvas.sheet()
    left, bottom, right, top = window
    axes.set_position((left / width, bottom / height, (right - left) / width, (top - bottom) / height))
    axes.set_facecolor(style.LIGHT.water)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    x0, x1, y0, y1 = _extent(canvas, atlas, (right - left) / (top - bottom))
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
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    outline = canvas.projection.outline()
    if outline is None:
        width, height = max(width, height * shape), max(height, width / shape)
    else:
        (west, south), (east, north) = outline.min(axis=0) * _WORLD_MARGIN, outline.max(axis=0) * _WORLD_MARGIN
        width = width if width < _NEARLY_ALL * (east - west) else east - west
        height = min(height, north - south)
        width, height = max(width, height * shape), max(height, width / shape)
        middle_x = _within(middle_x, width, west, east)
        middle_y = _within(middle_y, height, south, north)
    return middle_x - width / 2, middle_x + width / 2, middle_y - height / 2, middle_y + height / 2


def _within(middle: float, size: float, low: float, high: float) -> float:
    """The middle of a window of this size, moved so that it does not look beyond an edge it need not look beyond."""
    if size >= high - low:
        return (low + high) / 2
    return min(max(middle, low + size / 2), high - size / 2)


def _positions(atlas: Atlas) -> Iterator[Position]:
    for event in atlas.routes:
        yield from (stop.position for stop in event.merged.stops if is_located(stop.position))
    yield from (d.merged.position for d in atlas.deployments if is_located(d.merged.position))
