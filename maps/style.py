"""The line grammar: one table from (mode, status, certainty) to how it looks and what it is called.

Every output reads it: the page, the figure, the QGIS styles, the KML. Two questions are kept apart on every line, as in
FGDC-STD-013-2006: *did it happen, and who says so* (dash, arrowhead, width) and *is the path known* (the words in
``PATH_WORDS``, the softness of a place). Hue carries the mode alone. Hues are those of Okabe and Ito (2008), which the
colour-blind tell apart; the ``ink`` shades are the same hues darkened (or lightened) to a contrast of 4.5 for text.

Lengths are CSS pixels (1/96 inch), dashes (drawn, skipped, drawn, skipped …) in the same unit at a width of 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gazetteer.place import Precision
from routes.model import Certainty, Mode, PathKind, Role, Status


class Head(StrEnum):
    """The arrowhead that stands at two thirds of each leg."""

    FILLED = "filled"
    HOLLOW = "hollow"


class Mark(StrEnum):
    """How a stop or deployment is drawn: a crisp dot only where the place is a point."""

    DOT = "dot"
    SOFT_RING = "soft_ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hue:
    """A colour on the light and on the dark ground.

    Attributes:
        light, dark: ``#rrggbb`` of lines and marks.
        ink, ink_dark: ``#rrggbb`` of text that belongs to them.
    """

    light: str
    dark: str
    ink: str
    ink_dark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """What a status and certainty look like, whatever the mode.

    Attributes:
        dash: Drawn and skipped lengths; empty for a solid line.
        head: Arrowhead.
        end_bar: A bar across the line's end: begun or tried, not carried through.
        question: A "?" at mid-leg: a source denies it.
        neutral: Grey instead of the mode's hue.
        words: What it means, for legends.
    """

    dash: tuple[int, ...] = ()
    head: Head = Head.FILLED
    end_bar: bool = False
    question: bool = False
    neutral: bool = False
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle:
    """How one route or leg is drawn: hue by mode, stroke by status and certainty, width by support."""

    hue: Hue
    stroke: Stroke
    width: float
    words: str

    @property
    def colour(self) -> str:
        """``#rrggbb`` on the light ground."""
        return self.hue.light

    @property
    def dash(self) -> tuple[int, ...]:
        """Drawn and skipped lengths; empty for a solid line."""
        return self.stroke.dash


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The colours of the base map; pale, so that the lines speak."""

    land: str
    water: str
    coast: str
    border: str
    disputed: str
    graticule: str
    country_label: str
    water_label: str
    city_label: str
    halo: str


MODE_HUES = {
    Mode.AIR: Hue(light="#0072b2", dark="#56b4e9", ink="#005a8e", ink_dark="#7cc5ef"),
    Mode.SEA: Hue(light="#d55e00", dark="#e69f00", ink="#9c4400", ink_dark="#f0b43c"),
    Mode.LAND: Hue(light="#009e73", dark="#2bb98f", ink="#00684c", ink_dark="#56cfa9"),
    Mode.UNKNOWN: Hue(light="#3d3d3d", dark="#d9d9d9", ink="#2b2b2b", ink_dark="#e4e4e4"),
}
DEPLOYMENT_HUE = Hue(light="#b5558b", dark="#cc79a7", ink="#863c66", ink_dark="#e0a0c4")
"""Okabe–Ito reddish purple, darkened on the light ground, where #CC79A7 itself is too weak for an outline."""
NEUTRAL_HUE = Hue(light="#767676", dark="#9a9a9a", ink="#595959", ink_dark="#b5b5b5")

_LONG_DASH = (8, 5)
_SAID = {
    Certainty.STATED: Stroke(words="Completed or under way, stated by the report"),
    Certainty.ATTRIBUTED: Stroke(dash=_LONG_DASH, words="According to a source, or hedged"),
    Certainty.HEDGED: Stroke(dash=_LONG_DASH, words="According to a source, or hedged"),
}
_PLANNED = Stroke(dash=(2, 5), head=Head.HOLLOW, words="Planned or expected")
_ATTEMPTED = Stroke(dash=(8, 4, 2, 4), end_bar=True, words="Attempted, not carried through")
_DENIED = Stroke(dash=_LONG_DASH, question=True, neutral=True, words="Denied or disputed")

STROKES: dict[tuple[Status, Certainty], Stroke] = {
    (status, certainty): {
        Status.PLANNED: _PLANNED,
        Status.ATTEMPTED: _ATTEMPTED,
        Status.DENIED: _DENIED,
    }.get(status, _SAID[certainty])
    for status in Status
    for certainty in Certainty
}

WIDTHS = (2.0, 3.0, 4.0)
"""Line width for one, two, and three or more independent reports."""
TRACK_WIDTH = 2.5
"""Width of a recorded track (ADS-B, AIS) told by one report."""
ARROW_AT = 2 / 3
"""Where on a leg its arrowhead stands, as a share of its length."""

MARKS = {
    Precision.SITE: Mark.DOT,
    Precision.CITY: Mark.DOT,
    Precision.REGION: Mark.SOFT_RING,
    Precision.COUNTRY: Mark.SOFT_RING,
    Precision.SEA: Mark.SOFT_RING,
}

LIGHT = Ground(
    land="#f3f2ee",
    water="#e3ebf0",
    coast="#b4c0c8",
    border="#c6c3bb",
    disputed="#a8a59d",
    graticule="#d8e2e8",
    country_label="#66645e",
    water_label="#4a6d86",
    city_label="#5c5a55",
    halo="#fbfaf8",
)
DARK = Ground(
    land="#2a2e33",
    water="#1b2026",
    coast="#4a525a",
    border="#474c52",
    disputed="#666c73",
    graticule="#262c33",
    country_label="#a6abb1",
    water_label="#86a7bf",
    city_label="#a9aeb4",
    halo="#16191d",
)

MODE_WORDS = {Mode.AIR: "Air", Mode.SEA: "Sea", Mode.LAND: "Land", Mode.UNKNOWN: "Mode not told"}
STATUS_WORDS = {
    Status.PLANNED: "planned",
    Status.ONGOING: "under way",
    Status.COMPLETED: "completed",
    Status.ATTEMPTED: "attempted, not carried through",
    Status.DENIED: "denied",
    Status.WITHDRAWN: "withdrawn",
}
CERTAINTY_WORDS = {
    Certainty.STATED: "stated by the report",
    Certainty.ATTRIBUTED: "according to a source",
    Certainty.HEDGED: "unconfirmed",
}
ROLE_WORDS = {
    Role.ORIGIN: "origin",
    Role.STOP: "stop",
    Role.VIA: "passed without stopping",
    Role.DESTINATION: "destination",
}
PRECISION_WORDS = {
    Precision.SITE: "site",
    Precision.CITY: "city",
    Precision.REGION: "known to a region only",
    Precision.COUNTRY: "known to a country only",
    Precision.SEA: "known to a sea only",
}
PATH_WORDS = {
    PathKind.GREAT_CIRCLE: "path is schematic: the shortest way between the stops",
    PathKind.SEA_LANE: "path is schematic: along usual sea lanes",
    PathKind.SCHEMATIC: "path is schematic",
    PathKind.TRACK: "recorded track",
}


def line_style(mode: Mode, status: Status, certainty: Certainty, *, support: int = 1, track: bool = False) -> LineStyle:
    """How a route or leg is drawn.

    Args:
        mode: By what it moved.
        status: How far it got.
        certainty: Who vouches for it.
        support: Number of independent reports that tell it.
        track: True where the line is a recorded track.
    """
    stroke = STROKES[status, certainty]
    width = WIDTHS[min(max(support, 1), len(WIDTHS)) - 1]
    return LineStyle(
        hue=NEUTRAL_HUE if stroke.neutral else MODE_HUES[mode],
        stroke=stroke,
        width=max(width, TRACK_WIDTH) if track else width,
        words=f"{MODE_WORDS[mode]}: {status_words(status, certainty)}",
    )


def status_words(status: Status, certainty: Certainty) -> str:
    """Status and certainty as a reader says them: "completed, according to a source"."""
    return f"{STATUS_WORDS[status]}, {CERTAINTY_WORDS[certainty]}"


def mark_of(precision: Precision | None) -> Mark:
    """How a place of this precision is marked; an unknown precision counts as vague."""
    return MARKS[precision] if precision is not None else Mark.SOFT_RING


def every_line_style() -> Iterator[tuple[Mode, Status, Certainty, LineStyle]]:
    """The whole table for one report's support, row by row: for legends, QGIS rules and KML styles."""
    for mode in Mode:
        for status in Status:
            if status is Status.WITHDRAWN:
                continue
            for certainty in Certainty:
                yield mode, status, certainty, line_style(mode, status, certainty)
