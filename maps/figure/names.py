"""The labels of a figure: what they say of places, forces and cut lines, and how they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.captions import days
from maps.figure.canvas import Canvas, is_located
from maps.figure.labels import Box, Label, Placed
from maps.figure.marks import NOT_THERE, RINGS, hue_of, is_soft, located_stops, pixel, where
from maps.figure.text import printable, short_lines
from maps.headline import counted
from routes.model import Status

if TYPE_CHECKING:
    from maps.figure.legs import LaidLeg
    from routes.model import Atlas, Deployment, RouteEvent, Stop

Points = NDArray[np.float64]

_FORCE_COLUMNS = 26
_CARRIER_COLUMNS = 30
_MOST_NAMED = 2
"""So many carriers or forces at one place are named; the rest are counted."""
_BULLET, _INDENT = "• ", "\u00a0\u00a0\u00a0"
"""Viewers of SVG fold ordinary spaces."""
_HALO_PT = 2.0
_MINOR = 2
"""A label of less weight than this is left out rather than led away from its point, where there are many."""
_MANY_PER_MM = 0.14
"""So many labels a millimetre of width are many."""
_CUT_SIZE = 0.85
_LOSSES = {"bold": 4.0, "plain": 40.0, "small": 0.0}
"""What a shorter wording costs: a place without its date little, forces without their names more than a leader."""
_GAPS = {"bold": 0.55, "plain": 0.55, "small": 0.8}
"""Space between a point and its label, in text heights; the brackets at a cut are larger than a dot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A label asked for.

    Attributes:
        texts: Its wordings, the fullest first.
        colour: ``#rrggbb``.
        at: The anchor in pixels, shape (2,).
        weight: How much the reader needs it: the routes that touch the place, and one if it is an end of any.
        look: "bold" for places, "plain" for forces, "small" for where a line goes on to.
        soft: True where the mark is the soft ring of an area.
    """

    texts: tuple[str, ...]
    colour: str
    at: Points
    weight: int
    look: str
    soft: bool = False


def wanted_labels(canvas: Canvas, atlas: Atlas, legs: Sequence[LaidLeg]) -> tuple[Wanted, ...]:
    """The labels that places, forces and cut lines ask for, the most needed first."""
    made = [*_stop_labels(canvas, atlas), *_force_labels(canvas, atlas)]
    cuts = [
        Wanted(texts=(cut.words,), colour=leg.look.hue.ink, at=cut.at, weight=_MINOR - 1, look="small")
        for leg in legs
        for cut in leg.cuts
    ]
    return (*cuts, *sorted(made, key=lambda label: -label.weight))


def measured(canvas: Canvas, wanted: Sequence[Wanted]) -> list[Label]:
    """The labels with the sizes their texts have on this sheet."""
    many = len(wanted) > canvas.size.width_mm * _MANY_PER_MM
    gaps = {look: canvas.pixels(canvas.size.text_pt * gap) for look, gap in _GAPS.items()}
    return [
        Label(
            x=float(label.at[0]),
            y=float(label.at[1]),
            sizes=tuple(canvas.size_of(text, **_look(canvas, label)) for text in label.texts),
            gap=gaps[label.look],
            radius=canvas.pixels(canvas.size.text_pt * RINGS[0][0] / 2) if label.soft else 0.0,
            loss=_LOSSES[label.look],
            leader=label.look != "small" and (not many or label.weight >= _MINOR),
        )
        for label in wanted
    ]


def write_labels(canvas: Canvas, wanted: Sequence[Wanted], places: Sequence[Placed | None]) -> None:
    """Write the labels that found a place, and their leaders."""
    for label, place in zip(wanted, places, strict=True):
        if place is None:
            continue
        x, y = canvas.from_pixels(np.array(place.box[:2]))
        if place.leader:
            _draw_leader(canvas, label, place.leader)
        text = label.texts[place.wording]
        side = "left" if text.startswith(_BULLET) else _side(place.box, float(label.at[0]))
        canvas.write(float(x), float(y), text, halo_pt=_HALO_PT, **_look(canvas, label), multialignment=side)
        canvas.taken.append(place.box)


def _side(box: Box, x: float) -> str:
    """Towards which side the lines of a label are set: the side its point is on."""
    return "left" if x <= box[0] else "right" if x >= box[2] else "center"


def _draw_leader(canvas: Canvas, label: Wanted, leader: tuple[float, float, float, float]) -> None:
    ends = np.array(leader).reshape(2, 2)
    x, y = canvas.from_pixels(ends).T
    unit = canvas.size.text_pt
    canvas.axes.plot(x, y, color=style.LIGHT.halo, linewidth=unit * 0.2, zorder=7.5)
    canvas.axes.plot(x, y, color=label.colour, linewidth=unit * 0.07, zorder=7.6, gid=f"leader-{len(canvas.lines)}")
    canvas.lines.append(ends)


def _stop_labels(canvas: Canvas, atlas: Atlas) -> list[Wanted]:
    visits: dict[tuple[str, int, int], list[tuple[RouteEvent, Stop]]] = defaultdict(list)
    for event in atlas.routes:
        for stop in located_stops(event):
            at = where(canvas, stop.position)
            visits[(printable(stop.position.name), *pixel(at))].append((event, stop))
    made = []
    for (name, x, y), found in visits.items():
        events = {event.id: event for event, _ in found}
        ends = any(stop.seq in _end_seqs(event) for event, stop in found)
        # As with the marks: what was flown speaks before what is denied, the longer route before the shorter.
        first = max(events.values(), key=lambda e: (e.merged.status is not Status.DENIED, len(e.merged.stops), e.id))
        label = Wanted(
            texts=_stop_texts(name, found),
            colour=hue_of(first).ink,
            at=np.array([x, y], dtype=float),
            weight=len(events) + ends,
            look="bold",
            soft=is_soft(found[0][1].position),
        )
        made.append((-label.weight, -len(first.merged.stops), name, label))
    return [row[-1] for row in sorted(made, key=lambda row: row[:-1])]


def _stop_texts(name: str, visits: Sequence[tuple[RouteEvent, Stop]]) -> tuple[str, ...]:
    """The place's name, what went there where no line says so, and the day where all routes there have the same."""
    lone = [event.merged.carrier or "" for event, _ in visits if sum(1 for _ in located_stops(event)) == 1]
    if len(lone) == len(visits) and all(lone):
        name = short_lines(f"{'; '.join(_counted(lone))}: {name}", _CARRIER_COLUMNS)
    flown = [stop for event, stop in visits if event.merged.status is not Status.DENIED]
    dates = {(stop.date.start, stop.date.end) for stop in flown or [stop for _, stop in visits]}
    start, end = dates.pop()
    if dates or start is None or end is None:
        return (name,)
    return (f"{name}\n{days(start, end)}", name)


def _force_labels(canvas: Canvas, atlas: Atlas) -> list[Wanted]:
    """One label for all forces at one place."""
    found: dict[tuple[int, int], list[Deployment]] = defaultdict(list)
    for deployment in atlas.deployments:
        if is_located(deployment.merged.position):
            found[pixel(where(canvas, deployment.merged.position))].append(deployment.merged)
    return [
        Wanted(
            texts=_force_texts(forces),
            colour=style.DEPLOYMENT_HUE.ink,
            at=np.array(at, dtype=float),
            weight=_MINOR,
            look="plain",
            soft=is_soft(forces[0].position),
        )
        for at, forces in sorted(found.items(), key=lambda item: -len(item[1]))
    ]


def _force_texts(forces: Sequence[Deployment]) -> tuple[str, ...]:
    """Forces one below the other, each with a point before it where they are several, or else how many they are."""
    each = list(dict.fromkeys(_force_text(force) for force in forces))
    if len(each) == 1:
        return (each[0],)
    listed = "\n".join(_BULLET + text.replace("\n", "\n" + _INDENT) for text in _counted(each))
    return (listed, counted(len(each), "force"))


def _force_text(force: Deployment) -> str:
    size = f" ({force.size_text})" if force.size_text else ""
    status = f", {style.STATUS_WORDS[force.status]}" if force.status in NOT_THERE else ""
    return short_lines(f"{force.unit or force.force or 'Force'}{size}{status}", _FORCE_COLUMNS)


def _counted(names: Sequence[str]) -> list[str]:
    """Names, each once; where there are many the first few and how many more."""
    each = list(dict.fromkeys(names))
    if len(each) <= _MOST_NAMED + 1:
        return each
    return [*each[:_MOST_NAMED], f"and {len(each) - _MOST_NAMED} more"]


def _look(canvas: Canvas, label: Wanted) -> dict[str, Any]:
    return {
        "fontsize": canvas.size.text_pt * (_CUT_SIZE if label.look == "small" else 1.0),
        "color": label.colour,
        "fontweight": "bold" if label.look == "bold" else "normal",
        "va": "bottom",
        "ha": "left",
        "zorder": 10,
        "linespacing": 1.1,
    }


def _end_seqs(event: RouteEvent) -> set[int]:
    return {event.merged.stops[0].seq, event.merged.stops[-1].seq}
