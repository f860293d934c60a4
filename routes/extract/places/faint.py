"""Names too weak to be listed by themselves, but standing where a place stands: "continued to Zalingei", "ex Aqaba".

The recogniser weighs a name by what it is elsewhere. Right behind "from", "to" or "via", in a sentence of moving, a
name of the gazetteer is most likely the place; it is offered to the words of motion, and listed only where one of them
takes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import word_set
from routes.extract.text.choosing import worth_parsing
from routes.model import MentionStatus, PlaceMention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.extract.places.mentions import Judged
    from routes.extract.places.spans import Names
    from routes.model import Deployment, Movement, Report, Sentence

LEAST = 0.15
"""Least probability that the name is a place, as the recogniser has it."""

LEAST_SINGLE = 0.12
"""The same of a name that only one place bears."""

SINGLE = 0.95
LEAST_BEHIND = 0.05
"""The same behind words that bring in hardly anything but places: "ex", "out of", "via"."""

BRINGS = re.compile(
    r"(?:\b(?:from|to|into|onto|for|off|near|at|in|of|left|leaving|leaves|reached|reaches|reaching|entered|towards?"
    r"|through|ex|via|past|passed|eta|due|arrived|and|port)(?: the)? |\w: |[,–—>→/-] ?)(?=['’]?(?:[A-ZÀ-Þ]|t [A-Z]))",
    re.IGNORECASE,
)
"""Behind these a name may be a place that somebody left, passed or reached."""

BRINGS_PLACES = re.compile(r"\b(?:ex|out of|via|bound for|en route (?:to|for)|sailed (?:from|for)|eta|next port) $")
LOOK_BACK = 24


def faint_places(
    report: Report, sentences: Sequence[Sentence], places: Sequence[PlaceMention], gazetteer: Names
) -> tuple[PlaceMention, ...]:
    """The names of the gazetteer that only their place in a sentence of moving makes likely.

    Args:
        report: The report.
        sentences: Its sentences.
        places: The mentions found by the recogniser, in order.
        gazetteer: The open gazetteer.

    Returns:
        Mentions that overlap none of ``places``, in order.
    """
    from routes.extract.places import mentions

    open_at = _openings(report.text, sentences, places)
    if not open_at:
        return ()
    found = []
    for judged in mentions.judge_names(report.text, mentions._reader(gazetteer)):
        right = judged.right if judged.places else 0.0
        if judged.span.start in open_at and right >= mentions.RESOLVED and _is_likely(report.text, judged, right):
            found.append(_mention(report.text, judged, right))
    return tuple(found)


def _openings(text: str, sentences: Sequence[Sentence], places: Sequence[PlaceMention]) -> set[int]:
    """Where, in sentences of moving, a name stands behind a word that brings in places and is not listed yet."""
    taken = {at for place in places for at in range(place.span.start, place.span.end)}
    starts = [place.span.start for place in places]
    found: set[int] = set()
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        here = {m.end() + k for m in BRINGS.finditer(text, start, end) for k in range(1 + (text[m.end()] in "'’"))}
        here -= taken
        known = bisect_left(starts, end) - bisect_left(starts, start) if here else 0
        if here and worth_parsing(text[start:end], places=known + 1):
            found |= here
    return found


GOES_ON = re.compile(r" ([A-ZÀ-Þ][\w'’-]*)")


def _is_likely(text: str, judged: Judged, right: float) -> bool:
    """Whether a name may be the place there: likely enough, and no part of a longer name ("Charing Cross")."""
    following = GOES_ON.match(text, judged.span.end)
    if following is not None and following[1] not in word_set("never_names"):
        return False
    name, behind = text[judged.span.start : judged.span.end], text[judged.span.end : judged.span.end + 1]
    if name in word_set("never_names") or behind in ("'", "’"):
        return False  # "in August", "to Paris' residence"
    before = text[max(0, judged.span.start - LOOK_BACK) : judged.span.start]
    if BRINGS_PLACES.search(before):
        return judged.sure >= LEAST_BEHIND
    return judged.sure >= (LEAST_SINGLE if right >= SINGLE else LEAST)


def _mention(text: str, judged: Judged, right: float) -> PlaceMention:
    start, end = judged.span.start, judged.span.end
    return PlaceMention(
        span=Span(start=start, end=end),
        text=text[start:end],
        status=MentionStatus.RESOLVED,
        place=judged.places[0].sense.named.place,
        confidence=round(judged.sure * right, 3),
        reasons=("a name of the gazetteer where words of motion bring in a place",),
    )


def taken_up(
    faint: Sequence[PlaceMention], movements: Iterable[Movement], deployments: Iterable[Deployment]
) -> tuple[PlaceMention, ...]:
    """Those of the faint names that a movement or a deployment stops at.

    Args:
        faint: What ``faint_places`` gave.
        movements: The trips the report tells.
        deployments: The forces it tells of.
    """
    used = {(stop.span.start, stop.span.end) for movement in movements for stop in movement.stops}
    used |= {(one.span.start, one.span.end) for one in deployments}
    return tuple(mention for mention in faint if (mention.span.start, mention.span.end) in used)
