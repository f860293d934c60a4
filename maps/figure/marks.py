"""Stops and forces on a figure, and the labels that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.captions import days
from maps.figure.canvas import Canvas, is_located
from maps.figure.labels import Label, place_labels
from maps.figure.pixels import every
from maps.figure.text import printable, short_lines
from routes.model import Status

if TYPE_CHECKING:
    from routes.model import Atlas, Position, RouteEvent, Stop

Points = NDArray[np.float64]

_FORCE_COLUMNS = 26
_CARRIER_COLUMNS = 30
_HALO_PT = 2.0
FORCE_MARK, FORCE_SIZE = "D", 0.72
"""A square on its corner, as on the page, large enough to be seen round the dot of a stop (in text heights)."""
_RINGS = ((2.6, 0.10), (2.0, 0.10), (1.4, 0.12))
"""Size (in text heights) and opacity of the discs that make a soft ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A label asked for: its text, colour, anchor in pixels, and whether it is bold."""

    text: str
    colour: str
    at: Points
    bold: bool


def draw_marks(canvas: Canvas, atlas: Atlas) -> list[Wanted]:
    """Draw stops and deployments; give the labels they ask for, the stops of the longest routes first."""
    wanted: dict[tuple[str, int, int], Wanted] = {}
    drawn: set[tuple[object, ...]] = set()
    # What is denied is drawn first, so that a mark shared with a route that was flown has the route's colour.
    ordered = sorted(atlas.routes, key=lambda e: (e.merged.status is not Status.DENIED, len(e.merged.stops), e.id))
    for event in ordered:
        for stop in _located(event):
            hue = style.line_style(event.merged.mode, event.merged.status, event.merged.certainty).hue
            at = _draw_mark(canvas, stop.position, hue, drawn)
            label = Wanted(text=_stop_text(event, stop), colour=hue.ink, at=at, bold=True)
            wanted[_key(stop.position.name, at)] = label
    made = list(wanted.values())[::-1]
    for deployment in atlas.deployments:
        force = deployment.merged
        if is_located(force.position):
            at = _draw_mark(canvas, force.position, style.DEPLOYMENT_HUE, drawn)
            size = f" ({force.size_text})" if force.size_text else ""
            text = short_lines(f"{force.unit or force.force or 'Force'}{size}", _FORCE_COLUMNS)
            made.append(Wanted(text=text, colour=style.DEPLOYMENT_HUE.ink, at=at, bold=False))
    return made


def write_labels(canvas: Canvas, wanted: list[Wanted]) -> None:
    """Write the labels where there is room; one that finds none is left out rather than put on another."""
    labels = [_measured(canvas, label) for label in wanted]
    lines = np.vstack([every(line, 4.0) for line in canvas.lines]) if canvas.lines else np.empty((0, 2))
    places = place_labels(labels, frame=canvas.frame(), taken=canvas.taken, lines=lines)
    for label, place in zip(wanted, places, strict=True):
        if place is not None:
            x, y = canvas.from_pixels(np.array(place[:2]))
            canvas.write(float(x), float(y), label.text, halo_pt=_HALO_PT, **_look(canvas, label))
            canvas.taken.append(place)


def _measured(canvas: Canvas, label: Wanted) -> Label:
    text = canvas.axes.text(0, 0, label.text, **_look(canvas, label))
    box = text.get_window_extent()
    text.remove()
    gap = canvas.pixels(canvas.size.text_pt * 0.55)
    return Label(x=float(label.at[0]), y=float(label.at[1]), width=box.width, height=box.height, gap=gap)


def _look(canvas: Canvas, label: Wanted) -> dict[str, Any]:
    return {
        "fontsize": canvas.size.text_pt,
        "color": label.colour,
        "fontweight": "bold" if label.bold else "normal",
        "va": "bottom",
        "ha": "left",
        "zorder": 10,
        "linespacing": 1.1,
    }


def _located(event: RouteEvent) -> Iterator[Stop]:
    return (stop for stop in event.merged.stops if is_located(stop.position))


def _stop_text(event: RouteEvent, stop: Stop) -> str:
    """The stop's name, what went there where no line says so, and the day where it is known."""
    name = printable(stop.position.name)
    if sum(1 for _ in _located(event)) == 1 and event.merged.carrier:
        name = short_lines(f"{event.merged.carrier}: {name}", _CARRIER_COLUMNS)
    if stop.date.start and stop.date.end:
        name += f"\n{days(stop.date.start, stop.date.end)}"
    return name


def _key(name: str, at: Points) -> tuple[str, int, int]:
    return (name, round(float(at[0])), round(float(at[1])))


def _draw_mark(canvas: Canvas, position: Position, hue: style.Hue, drawn: set[tuple[object, ...]]) -> Points:
    """Draw the mark of a stop or force, once a place and hue: soft rings over each other would look hard."""
    at = canvas.where(position.lon or 0.0, position.lat or 0.0)
    look = (hue, *_key("", at), style.mark_of(position.precision))
    if look in drawn:
        return at
    drawn.add(look)
    x, y = canvas.from_pixels(at)
    unit = canvas.size.text_pt
    force = hue is style.DEPLOYMENT_HUE
    if style.mark_of(position.precision) is style.Mark.DOT:
        canvas.axes.plot(
            [x],
            [y],
            FORCE_MARK if force else "o",
            color=hue.light,
            markersize=unit * (FORCE_SIZE if force else 0.6),
            markeredgecolor="#ffffff",
            markeredgewidth=unit * 0.08,
            zorder=9 if force else 9.1,
        )
    else:
        for size, alpha in _RINGS:
            canvas.axes.plot(
                [x], [y], "o", color=hue.light, markersize=unit * size, alpha=alpha, markeredgewidth=0, zorder=4.5
            )
    half = canvas.pixels(unit * 0.35)
    canvas.taken.append((at[0] - half, at[1] - half, at[0] + half, at[1] + half))
    return at
