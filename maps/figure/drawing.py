"""An atlas drawn as one static figure."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.captions import BASE_CREDIT, SCHEMATIC, alternative_text, headline, period, source_line
from maps.errors import MapError
from maps.figure.ground import ground_map
from maps.figure.labels import Box, Label, overlap, place_labels
from maps.figure.projection import Projection, choose_projection
from maps.figure.pixels import along, every, length, shifted, sides
from maps.figure.svg import finish_svg
from maps.figure.text import printable, short_lines, wrapped
from routes.model import PathKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from routes.model import Atlas, Leg, Position, RouteEvent

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in millimetres, and the size of small text in points."""

    width_mm: float
    height_mm: float
    text_pt: float


SIZES = {
    "column": Size(width_mm=85, height_mm=85, text_pt=5.5),
    "page": Size(width_mm=180, height_mm=125, text_pt=7.5),
    "slide": Size(width_mm=320, height_mm=180, text_pt=12),
}
"""A newspaper or journal column, a report's page, a 16:9 slide."""
_MM_PER_INCH = 25.4
_PT_PER_PX = 0.75
_DPI = 300
_MARGIN = 0.12
_SMALLEST_VIEW_M = 600_000.0
_SCALE_BAR_REACH_DEG = 25.0
"""Beyond this reach one scale does not hold across an equal-area map."""


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
    kind = path.suffix.lower().lstrip(".")
    if kind not in ("svg", "png", "pdf"):
        raise MapError(f"cannot write a figure as “{path.suffix}”: give a name that ends in .svg, .png or .pdf")
    if size not in SIZES:
        raise MapError(f"no figure size “{size}”: use one of {', '.join(SIZES)}")
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    settings = {
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        "svg.hashsalt": "dateline",
        "text.parse_math": False,
        "font.family": "DejaVu Sans",
        "font.size": SIZES[size].text_pt,
    }
    with mpl.rc_context(settings):
        page = SIZES[size]
        figure = Figure(figsize=(page.width_mm / _MM_PER_INCH, page.height_mm / _MM_PER_INCH), dpi=_DPI)
        FigureCanvasAgg(figure)
        _Drawing(figure, page, atlas, title or headline(atlas)).draw()
        buffer = io.BytesIO()
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}[kind]
        figure.savefig(buffer, format=kind, metadata=metadata, facecolor="#ffffff")
    data = buffer.getvalue()
    path.write_bytes(finish_svg(data, title or headline(atlas), alternative_text(atlas)) if kind == "svg" else data)


class _Drawing:
    """One figure while it is drawn; holds matplotlib's objects and the boxes already used."""

    def __init__(self, figure: Figure, size: Size, atlas: Atlas, title: str) -> None:
        self.figure = figure
        self.size = size
        self.atlas = atlas
        self.title = printable(title)
        self.located = list(_positions(atlas))
        points = [*((p.lon, p.lat) for p in self.located), *(xy for leg in atlas.legs for xy in leg.line)]
        self.projection: Projection = choose_projection(np.asarray(points, dtype=float).reshape(-1, 2))
        self.taken: list[Box] = []
        self.line_points: list[Points] = []
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))

    def draw(self) -> None:
        self._set_view()
        self._draw_ground()
        events = {event.id: event for event in self.atlas.routes}
        beside = sides(self.atlas.legs)
        for leg in self.atlas.legs:
            self._draw_leg(leg, events[leg.route_id], beside[leg.id])
        labels = self._draw_marks()
        self._draw_legend()
        self._write_labels(labels)
        self._name_ground()

    # -- view ----------------------------------------------------------------------------------------------------

    def _set_view(self) -> None:
        """Title above and sources below the map; the map's window is filled by what is shown."""
        text = self.size.text_pt
        inch_h, inch_w = self.figure.get_figheight(), self.figure.get_figwidth()
        top = self._write_title(text, inch_h)
        bottom = self._write_foot(text, inch_h, inch_w)
        self.axes.set_position((0, bottom, 1, top - bottom))
        self.axes.set_facecolor(style.LIGHT.water)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        for spine in self.axes.spines.values():
            spine.set_visible(False)
        shape = inch_w / (inch_h * (top - bottom))
        x0, x1, y0, y1 = self._extent(shape)
        self.axes.set_xlim(x0, x1)
        self.axes.set_ylim(y0, y1)

    def _write_title(self, text: float, inch_h: float) -> float:
        lines = wrapped(self.title, self.size.width_mm, text * 1.55)
        y = 1 - 0.9 * text / 72 / inch_h
        title = self.figure.text(0.02, y, lines, fontsize=text * 1.55, fontweight="bold", va="top", color="#1a1a1a")
        height = title.get_window_extent().height / self.figure.dpi
        when = period(self.atlas)
        if when:
            self.figure.text(
                0.02, y - (height + 0.35 * text / 72) / inch_h, when, fontsize=text * 1.1, va="top", color="#444444"
            )
            height += 1.8 * text / 72
        return y - (height + 0.6 * text / 72) / inch_h

    def _write_foot(self, text: float, inch_h: float, inch_w: float) -> float:
        small = text * 0.85
        schematic = SCHEMATIC if any(leg.path is not PathKind.TRACK for leg in self.atlas.legs) else ""
        words = " ".join(filter(None, [printable(source_line(self.atlas.reports)), schematic, BASE_CREDIT]))
        words += f" Projection: {self.projection.name}. Made with dateline."
        foot = self.figure.text(
            0.02,
            0.7 * small / 72 / inch_h,
            wrapped(words, inch_w * _MM_PER_INCH, small),
            fontsize=small,
            va="bottom",
            color="#444444",
        )
        return float((foot.get_window_extent().height / self.figure.dpi + 1.5 * small / 72) / inch_h)

    def _extent(self, shape: float) -> tuple[float, float, float, float]:
        parts = [self.projection.project(np.array([[p.lon, p.lat] for p in self.located]))] if self.located else []
        parts += [part for leg in self.atlas.legs for part in self.projection.lines(leg.line)]
        if not parts:
            parts = [self.projection.project(np.array([[-179.9, 0], [179.9, 0], [0, -60], [0, 80]]))]
        shown = np.vstack(parts)
        (x0, y0), (x1, y1) = shown.min(axis=0), shown.max(axis=0)
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        width = max(x1 - x0, _SMALLEST_VIEW_M) * (1 + 2 * _MARGIN)
        height = max(y1 - y0, _SMALLEST_VIEW_M) * (1 + 2 * _MARGIN)
        width, height = max(width, height * shape), max(height, width / shape)
        return middle_x - width / 2, middle_x + width / 2, middle_y - height / 2, middle_y + height / 2

    # -- ground --------------------------------------------------------------------------------------------------

    def _draw_ground(self) -> None:
        from matplotlib.collections import LineCollection, PolyCollection

        ground, look, thin = ground_map(), style.LIGHT, self.size.text_pt / 15
        land = list(self.projection.areas(ground.land))
        self.axes.add_collection(
            PolyCollection(land, facecolors=look.land, edgecolors=look.coast, linewidths=thin * 0.8, zorder=1)
        )
        lakes = list(self.projection.areas(ground.lakes))
        self.axes.add_collection(
            PolyCollection(lakes, facecolors=look.water, edgecolors=look.coast, linewidths=thin * 0.5, zorder=2)
        )
        for lines, dash in ((ground.borders, "solid"), (ground.disputed, (0, (3, 2)))):
            drawn = [p for line in lines for p in self._ground_lines(line)]
            self.axes.add_collection(
                LineCollection(drawn, colors=look.border, linewidths=thin, linestyles=[dash], zorder=3)
            )

    def _ground_lines(self, line: Points) -> Iterator[Points]:
        for part in self.projection.lines([(float(x), float(y)) for x, y in line]):
            if np.isfinite(part).all():
                yield part

    def _name_ground(self) -> None:
        """Names of seas and countries where there is room, below everything else."""
        ground, look, text = ground_map(), style.LIGHT, self.size.text_pt
        for names, colour, options in (
            (ground.water, look.water_label, {"fontstyle": "italic", "fontfamily": "DejaVu Serif"}),
            (ground.countries, look.country_label, {}),
        ):
            for name, lon, lat, _ in names:
                spaced = name if options else " ".join(name.upper())
                self._name_at(spaced, lon, lat, colour, text * 0.78, options)

    def _name_at(self, name: str, lon: float, lat: float, colour: str, size: float, options: dict[str, Any]) -> None:
        x, y = self.projection.project(np.array([[lon, lat]]))[0]
        x0, x1 = self.axes.get_xlim()
        y0, y1 = self.axes.get_ylim()
        if not (math.isfinite(x) and x0 < x < x1 and y0 < y < y1):
            return
        text = self.axes.text(x, y, name, fontsize=size, color=colour, ha="center", va="center", zorder=4, **options)
        box = self._box_of(text)
        frame = self._frame()
        inside = box[0] > frame[0] and box[1] > frame[1] and box[2] < frame[2] and box[3] < frame[3]
        if not inside or any(overlap(box, other) for other in self.taken) or self._lines_inside(box):
            text.remove()
        else:
            self.taken.append(box)

    # -- routes --------------------------------------------------------------------------------------------------

    def _draw_leg(self, leg: Leg, event: RouteEvent, side: float) -> None:
        trip = event.merged
        look = style.line_style(
            trip.mode, trip.status, trip.certainty, support=event.support, track=leg.path is PathKind.TRACK
        )
        width = look.width * _PT_PER_PX * self.size.text_pt / 9
        parts = [
            shifted(self.axes.transData.transform(part), side * width * 2.2 * _DPI / 72)
            for part in self.projection.lines(leg.line)
        ]
        for pixels in parts:
            part = self.axes.transData.inverted().transform(pixels)
            self.line_points.append(pixels)
            dash: Any = (0, tuple(d / 2 for d in look.dash)) if look.dash else "solid"
            self.axes.plot(
                part[:, 0],
                part[:, 1],
                color="#ffffff",
                linewidth=width + 1.2,
                alpha=0.7,
                zorder=5,
                solid_capstyle="round",
            )
            self.axes.plot(
                part[:, 0],
                part[:, 1],
                color=look.colour,
                linewidth=width,
                linestyle=dash,
                zorder=6,
                dash_capstyle="butt",
            )
        if parts:
            self._draw_head(max(parts, key=length), look, width)
        last = leg.to_seq == max(other.to_seq for other in self.atlas.legs if other.route_id == leg.route_id)
        if look.stroke.end_bar and last and parts:
            self._draw_bar(parts[-1], look.colour, width)

    def _draw_head(self, pixels: Points, look: style.LineStyle, width: float) -> None:
        at, direction = along(pixels, style.ARROW_AT)
        self._draw_shape(at, direction, [(1.0, 0.0), (-0.7, 0.62), (-0.35, 0.0), (-0.7, -0.62)], look, width)
        if look.stroke.question:
            middle, _ = along(pixels, 0.5)
            x, y = self.axes.transData.inverted().transform(middle)
            self.axes.text(
                x,
                y,
                "?",
                color=look.colour,
                fontsize=self.size.text_pt * 1.4,
                fontweight="bold",
                ha="center",
                va="center",
                zorder=8,
                path_effects=_halo(2.5),
            )

    def _draw_bar(self, pixels: Points, colour: str, width: float) -> None:
        at, direction = along(pixels, 1.0)
        across = np.array([-direction[1], direction[0]]) * width * 2.2 * _DPI / 72
        ends = self.axes.transData.inverted().transform(np.vstack([at - across, at + across]))
        self.axes.plot(ends[:, 0], ends[:, 1], color=colour, linewidth=width * 1.4, zorder=7, solid_capstyle="butt")

    def _draw_shape(
        self, at: Points, direction: Points, shape: Sequence[tuple[float, float]], look: style.LineStyle, width: float
    ) -> None:
        from matplotlib.patches import Polygon

        scale = (width * 2.1 + 1.2) * _DPI / 72
        across = np.array([-direction[1], direction[0]])
        corners = np.array([at + scale * (x * direction + y * across) for x, y in shape])
        hollow = look.stroke.head is style.Head.HOLLOW
        self.axes.add_patch(
            Polygon(
                self.axes.transData.inverted().transform(corners),
                closed=True,
                facecolor="#ffffff" if hollow else look.colour,
                edgecolor=look.colour,
                linewidth=width * 0.6,
                zorder=7,
            )
        )

    # -- marks and labels ----------------------------------------------------------------------------------------

    def _draw_marks(self) -> list[tuple[str, str, Points, bool]]:
        """Draw stops and deployments; give (text, colour, pixel position, bold) for their labels."""
        wanted: dict[tuple[str, int, int], tuple[str, str, Points, bool]] = {}
        for event in self.atlas.routes:
            hue = style.line_style(event.merged.mode, event.merged.status, event.merged.certainty).hue
            alone = sum(1 for s in event.merged.stops if _located(s.position)) == 1
            for stop in event.merged.stops:
                if _located(stop.position):
                    at = self._draw_mark(stop.position, hue)
                    text = (
                        f"{event.merged.carrier}: {stop.position.name}"
                        if alone and event.merged.carrier
                        else stop.position.name
                    )
                    key = (stop.position.name, round(float(at[0])), round(float(at[1])))
                    if key not in wanted or alone:
                        wanted[key] = (text, hue.ink, at, True)
        for deployment in self.atlas.deployments:
            force = deployment.merged
            if _located(force.position):
                at = self._draw_mark(force.position, style.DEPLOYMENT_HUE)
                size = f" ({force.size_text})" if force.size_text else ""
                text = short_lines(f"{force.unit or force.force or 'Force'}{size}", 26)
                wanted[(text, round(float(at[0])), round(float(at[1])))] = (text, style.DEPLOYMENT_HUE.ink, at, False)
        return list(wanted.values())

    def _draw_mark(self, position: Position, hue: style.Hue) -> Points:
        at = self.projection.project(np.array([[position.lon, position.lat]], dtype=float))
        unit = self.size.text_pt
        if style.mark_of(position.precision) is style.Mark.DOT:
            self.axes.plot(
                at[:, 0],
                at[:, 1],
                "o",
                color=hue.light,
                markersize=unit * 0.6,
                markeredgecolor="#ffffff",
                markeredgewidth=unit * 0.08,
                zorder=9,
            )
        else:
            for size, alpha in ((2.6, 0.10), (2.0, 0.10), (1.4, 0.12)):
                self.axes.plot(
                    at[:, 0],
                    at[:, 1],
                    "o",
                    color=hue.light,
                    markersize=unit * size,
                    alpha=alpha,
                    markeredgewidth=0,
                    zorder=4.5,
                )
        pixel = self.axes.transData.transform(at)[0]
        half = unit * 0.35 * _DPI / 72
        self.taken.append((pixel[0] - half, pixel[1] - half, pixel[0] + half, pixel[1] + half))
        return np.asarray(pixel, dtype=float)

    def _write_labels(self, wanted: list[tuple[str, str, Points, bool]]) -> None:
        gap = self.size.text_pt * 0.55 * _DPI / 72
        drawn, labels = [], []
        for text, colour, at, bold in wanted:
            made = self.axes.text(
                0,
                0,
                printable(text),
                fontsize=self.size.text_pt,
                color=colour,
                fontweight="bold" if bold else "normal",
                va="bottom",
                ha="left",
                zorder=10,
                path_effects=_halo(2.0),
                linespacing=1.1,
            )
            box = made.get_window_extent()
            drawn.append(made)
            labels.append(Label(x=float(at[0]), y=float(at[1]), width=box.width, height=box.height, gap=gap))
        lines = np.vstack([every(p, 4.0) for p in self.line_points]) if self.line_points else np.empty((0, 2))
        for made, box_or_none in zip(
            drawn, place_labels(labels, frame=self._frame(), taken=self.taken, lines=lines), strict=True
        ):
            if box_or_none is None:
                made.remove()
                continue
            made.set_position(tuple(self.axes.transData.inverted().transform(box_or_none[:2])))
            self.taken.append(box_or_none)

    def _draw_legend(self) -> None:
        from matplotlib.lines import Line2D

        handles: dict[str, Any] = {}
        for event in self.atlas.routes:
            trip = event.merged
            if not any(leg.route_id == event.id for leg in self.atlas.legs):
                continue
            look = style.line_style(trip.mode, trip.status, trip.certainty)
            dash: Any = (0, tuple(d / 2 for d in look.dash)) if look.dash else "solid"
            words = (
                look.stroke.words
                if look.stroke.neutral
                else f"{style.MODE_WORDS[trip.mode]}: {look.stroke.words.lower()}"
            )
            handles.setdefault(
                words,
                Line2D(
                    [], [], color=look.colour, linestyle=dash, linewidth=look.width * _PT_PER_PX * self.size.text_pt / 9
                ),
            )
        dot = {"linestyle": "none", "marker": "o", "markeredgewidth": 0}
        if self.atlas.deployments:
            handles["Force reported here"] = Line2D(
                [], [], color=style.DEPLOYMENT_HUE.light, markersize=self.size.text_pt * 0.6, **dot
            )
        if any(style.mark_of(p.precision) is style.Mark.SOFT_RING for p in self.located):
            handles["Place known to a region, country or sea only"] = Line2D(
                [], [], color="#888888", alpha=0.3, markersize=self.size.text_pt * 1.4, **dot
            )
        if not handles:
            return
        legend = self.axes.legend(
            handles.values(),
            handles.keys(),
            loc="upper left",
            fontsize=self.size.text_pt * 0.85,
            frameon=True,
            framealpha=0.92,
            edgecolor="none",
            borderaxespad=0.8,
            handlelength=3.2,
        )
        legend.set_zorder(11)
        self.taken.append(self._box_of(legend))
        if self.projection.azimuthal and self.projection.reach_deg <= _SCALE_BAR_REACH_DEG:
            self._draw_scale()

    def _draw_scale(self) -> None:
        x0, x1 = self.axes.get_xlim()
        y0, y1 = self.axes.get_ylim()
        bar = 10 ** math.floor(math.log10((x1 - x0) / 4))
        bar *= 5 if (x1 - x0) / 4 >= 5 * bar else 2 if (x1 - x0) / 4 >= 2 * bar else 1
        left, y = x1 - bar - 0.03 * (x1 - x0), y0 + 0.04 * (y1 - y0)
        self.axes.plot([left, left + bar], [y, y], color="#444444", linewidth=1.2, zorder=11, solid_capstyle="butt")
        text = self.axes.text(
            left + bar / 2,
            y + 0.012 * (y1 - y0),
            f"{bar / 1000:,.0f} km",
            fontsize=self.size.text_pt * 0.85,
            ha="center",
            va="bottom",
            color="#444444",
            zorder=11,
            path_effects=_halo(1.5),
        )
        self.taken.append(self._box_of(text))

    # -- boxes ---------------------------------------------------------------------------------------------------

    def _box_of(self, artist: Any) -> Box:
        box = artist.get_window_extent()
        return (float(box.x0), float(box.y0), float(box.x1), float(box.y1))

    def _frame(self) -> Box:
        box = self.axes.get_window_extent()
        pad = self.size.text_pt * 0.4 * _DPI / 72
        return (float(box.x0) + pad, float(box.y0) + pad, float(box.x1) - pad, float(box.y1) - pad)

    def _lines_inside(self, box: Box) -> bool:
        return any(
            bool(((p[:, 0] > box[0]) & (p[:, 0] < box[2]) & (p[:, 1] > box[1]) & (p[:, 1] < box[3])).any())
            for p in self.line_points
        )


def _positions(atlas: Atlas) -> Iterator[Position]:
    for event in atlas.routes:
        yield from (stop.position for stop in event.merged.stops if _located(stop.position))
    yield from (d.merged.position for d in atlas.deployments if _located(d.merged.position))


def _located(position: Position) -> bool:
    return position.lon is not None and position.lat is not None


def _halo(width: float) -> list[Any]:
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground=style.LIGHT.halo)]
