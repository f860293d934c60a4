"""The key of a figure: each colour and each line once, of what is on this map and of nothing else.

It stands in a corner of the map where it covers no line, mark or label, and else in a band under the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maps import style
from maps.figure.canvas import Canvas
from maps.figure.furniture import DARK, GREY, LEFT, SMALL
from maps.figure.labels import Box, overlap
from maps.figure.marks import NOT_THERE
from maps.figure.swatches import Entry, draw_swatch, shares, write
from routes.model import Certainty, Mode, Status

if TYPE_CHECKING:
    from maps.figure.legs import LaidLeg
    from maps.figure.marks import Dot
    from routes.model import Atlas

MOVED, SAID, MARKS = "Moved by", "Who says so", "Marks"
"""What the parts of the key tell apart, in the words of the map page."""
ORDER = (
    *((Status.COMPLETED, certainty) for certainty in Certainty),
    *((status, Certainty.STATED) for status in (Status.PLANNED, Status.ATTEMPTED, Status.DENIED)),
)
"""Status and certainty as the key lists them: the surest first."""
_SWATCHES_EM = {"chip": 1.1, "line": 3.6, "widths": 3.6, "cut": 1.6, "dot": 1.1, "hollow": 1.1, "ring": 1.6}
"""Width of each kind of sample."""
_GAP_EM, _ROW_EM, _PAD_EM = 0.6, 1.65, 0.8
_BETWEEN_EM = 2.0
_WIDEST, _LARGEST = 0.55, 0.14
"""A key in a corner takes up no more of the map's width, and of its area, than this: land is worth seeing too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key laid out: its entries with the lower left corners of each and of each heading, in pixels from its own."""

    width: float
    height: float
    entries: tuple[tuple[Entry, float, float], ...]
    headings: tuple[tuple[str, float, float], ...]


def key_entries(atlas: Atlas, legs: Sequence[LaidLeg], dots: Sequence[Dot]) -> tuple[Entry, ...]:
    """What the key has to explain: modes, statuses and marks that occur on this map, each once."""
    drawn = {leg.route_id for leg in atlas.legs}
    looks = [
        (event.merged.mode, style.line_style(event.merged.mode, event.merged.status, event.merged.certainty))
        for event in atlas.routes
    ]
    lines = [look for event, (_, look) in zip(atlas.routes, looks, strict=True) if event.id in drawn]
    modes = {mode for mode, look in looks if not look.stroke.neutral}
    strokes = {look.stroke.words: look.stroke for look in lines}
    entries = [
        Entry(group=MOVED, words=style.MODE_WORDS[mode], swatch="chip", colour=style.MODE_HUES[mode].light)
        for mode in Mode
        if mode in modes
    ]
    ordered = dict.fromkeys(style.STROKES[key].words for key in ORDER)
    only = lines[0].colour if len({look.colour for look in lines}) == 1 else None
    for words in (words for words in ordered if words in strokes):
        look = next(look for look in lines if look.stroke.words == words)
        colour = look.colour if look.stroke.neutral else only or GREY
        entries.append(Entry(group=SAID, words=words, swatch="line", colour=colour, look=look))
    if len(modes) == len(strokes) == 1 and lines and not lines[0].stroke.neutral:
        words = f"{entries[0].words}: {entries[1].words[0].lower()}{entries[1].words[1:]}"
        entries = [Entry(group="", words=words, swatch="line", colour=lines[0].colour, look=lines[0])]
    return (*entries, *_mark_entries(atlas, legs, dots))


def _mark_entries(atlas: Atlas, legs: Sequence[LaidLeg], dots: Sequence[Dot]) -> list[Entry]:
    forces, made = [event.merged.status for event in atlas.deployments if event.merged.position.lon is not None], []
    colour = style.DEPLOYMENT_HUE.light
    if any(status not in NOT_THERE for status in forces):
        made.append(Entry(group=MARKS, words="Force reported here", swatch="dot", colour=colour))
    absent = [style.STATUS_WORDS[status] for status in NOT_THERE if status in forces]
    if absent:
        made.append(Entry(group=MARKS, words=f"Force: {' or '.join(absent)}", swatch="hollow", colour=colour))
    if any(dot.soft for dot in dots):
        words = "Place known to a region, country or sea only"
        made.append(Entry(group=MARKS, words=words, swatch="ring", colour=style.NEUTRAL_HUE.light))
    widths = sorted({leg.look.width for leg in legs if leg.look.width in style.WIDTHS})
    if len(widths) > 1:
        counts = [str(style.WIDTHS.index(width) + 1) for width in widths]
        more = " or more" if widths[-1] == style.WIDTHS[-1] else ""
        words = f"Told by {', '.join(counts[:-1])} or {counts[-1]}{more} independent reports"
        made.append(Entry(group=MARKS, words=words, swatch="widths", colour=GREY, widths=tuple(widths)))
    if any(leg.cuts for leg in legs):
        words = "Goes on at the other edge of the map"
        made.append(Entry(group=MARKS, words=words, swatch="cut", colour=GREY))
    return made


def band_key(canvas: Canvas, entries: Sequence[Entry]) -> Key:
    """The key as a band as wide as the sheet: a row or more for each part, its heading before it."""
    em = canvas.pixels(canvas.size.text_pt * SMALL)
    indent = max((_width(canvas, entry.group, bold=True) + em for entry in entries if entry.group), default=0.0)
    room = canvas.sheet()[0] * (1 - 2 * LEFT)
    return _flow(canvas, entries, room, indent=indent, above=False)


def corner_key(canvas: Canvas, entries: Sequence[Entry]) -> Key:
    """The key as a block as wide as its longest entry, headings above its parts."""
    widest = max(_entry_width(canvas, entry, entries) for entry in entries)
    return _flow(canvas, entries, widest, indent=0.0, above=len({entry.group for entry in entries}) > 1)


def _flow(canvas: Canvas, entries: Sequence[Entry], width: float, *, indent: float, above: bool) -> Key:
    """Entries one after the other in rows of a width; each part begins a row, its heading above it or before it."""
    em = canvas.pixels(canvas.size.text_pt * SMALL)
    placed: list[tuple[Entry, float, float]] = []
    headings: list[tuple[str, float, float]] = []
    row, at, group = -1, 0.0, None
    for entry in entries:
        wide = _entry_width(canvas, entry, entries)
        if entry.group != group:
            row, at, group = row + 1, indent, entry.group
            if group and (above or indent):
                headings.append((group, 0.0, -row * em * _ROW_EM))
                row += above
        elif at + wide > width:
            row, at = row + 1, indent
        placed.append((entry, at, -row * em * _ROW_EM))
        at += wide + em * _BETWEEN_EM
    return Key(width=width, height=(row + 1) * em * _ROW_EM, entries=tuple(placed), headings=tuple(headings))


def free_corners(canvas: Canvas, key: Key, boxes: Sequence[Box]) -> list[Box]:
    """The corners of the map where a key covers no line and none of these boxes: top left first."""
    frame, ink = canvas.frame(), canvas.ink()
    pad = canvas.pixels(canvas.size.text_pt * SMALL * _PAD_EM)
    width, height = key.width + 2 * pad, key.height + 2 * pad
    room = (frame[2] - frame[0], frame[3] - frame[1])
    if width > _WIDEST * room[0] or width * height > _LARGEST * room[0] * room[1]:
        return []
    corners = [
        (left, bottom, left + width, bottom + height)
        for bottom in (frame[3] - height, frame[1])
        for left in (frame[0], frame[2] - width)
    ]
    return [
        box
        for box in corners
        if not ink.count(np.array([box])).any() and not any(overlap(box, other) for other in boxes)
    ]


def draw_key(canvas: Canvas, key: Key, box: Box, *, ground: bool) -> None:
    """Draw a key.

    Args:
        canvas: The sheet.
        key: What to draw.
        box: Where, in pixels; the key stands at its upper left, padded where it has a ground.
        ground: True to set it on a light ground of its own.
    """
    from matplotlib.patches import Rectangle

    em = canvas.pixels(canvas.size.text_pt * SMALL)
    pad = em * _PAD_EM if ground else 0.0
    if ground:
        low, high = shares(canvas, box[0], box[1]), shares(canvas, box[2], box[3])
        canvas.figure.add_artist(
            Rectangle(low, high[0] - low[0], high[1] - low[1], facecolor="#ffffff", alpha=0.92, gid="key")
        )
    left, top = box[0] + pad, box[3] - pad - em * _ROW_EM / 2
    for name, x, y in key.headings:
        write(canvas, left + x, top + y, name, fontweight="bold", color=DARK)
    shown = [entry for entry, _, _ in key.entries]
    for entry, x, y in key.entries:
        sample = em * _swatch_em(entry, shown)
        draw_swatch(canvas, entry, left + x, left + x + sample, top + y)
        write(canvas, left + x + sample + em * _GAP_EM, top + y, entry.words, color=DARK)


def _swatch_em(entry: Entry, entries: Iterable[Entry]) -> float:
    """Width of a sample: that of the widest in its part of the key, so that words line up."""
    return max(_SWATCHES_EM[other.swatch] for other in entries if other.group == entry.group)


def _entry_width(canvas: Canvas, entry: Entry, entries: Iterable[Entry]) -> float:
    em = canvas.pixels(canvas.size.text_pt * SMALL)
    return em * (_swatch_em(entry, entries) + _GAP_EM) + _width(canvas, entry.words)


def _width(canvas: Canvas, text: str, *, bold: bool = False) -> float:
    look = {"fontsize": canvas.size.text_pt * SMALL, "fontweight": "bold" if bold else "normal"}
    return canvas.size_of(text, **look)[0]
