"""Airports written by their codes: "KDOV-ETAR-OKAS", "LIS > RAI > LIS"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routes.extract.text.choosing import designations
from routes.model import MentionStatus, PlaceMention, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.place import Place
    from routes.extract.places.spans import Names

CODE = re.compile(r"(?<![\w.-])[A-Z]{3,4}(?: ?(?:-{0,2}>|→|⇒|–|—|-|/) ?[A-Z]{3,4})+(?![\w-])")
"""Two or more codes joined by arrows or dashes."""

ONE = re.compile(r"[A-Z]{3,4}")
ICAO = 4
LOOK_AROUND = 160
FLYING = re.compile(
    r"\b(?:flights?|flew|flown|flying|aircraft|plane|jet|squawk\w*|call ?sign|rotations?|routing|legs?)\b"
)
"""Words near codes of three letters, which spell much else, that say they are airports."""

CONFIDENCE = 0.95


def coded_places(text: str, places: Sequence[PlaceMention], gazetteer: Names) -> tuple[PlaceMention, ...]:
    """The airports in ways written in codes; a way is read only if the gazetteer has all of its codes.

    Args:
        text: The report's text.
        places: The mentions found by their names.
        gazetteer: The open gazetteer; one that knows no codes gives nothing.
    """
    by_code = getattr(gazetteer, "by_code", None)
    if by_code is None:
        return ()
    taken = {i for place in places for i in range(place.span.start, place.span.end)}
    found: list[PlaceMention] = []
    for way in CODE.finditer(text):
        around = text[max(0, way.start() - LOOK_AROUND) : way.end() + LOOK_AROUND]
        codes = list(ONE.finditer(text, way.start(), way.end()))
        short = any(len(m.group()) < ICAO for m in codes)
        if short and not (FLYING.search(around) or designations().search(around)):
            continue
        airports = [next(iter(by_code(m.group())), None) for m in codes]
        if all(airport is not None for airport in airports) and taken.isdisjoint(range(way.start(), way.end())):
            found += [_mention(m, place) for m, place in zip(codes, airports, strict=True) if place is not None]
    return tuple(found)


def _mention(match: re.Match[str], place: Place) -> PlaceMention:
    return PlaceMention(
        span=Span(start=match.start(), end=match.end()),
        text=match.group(),
        status=MentionStatus.RESOLVED,
        place=place,
        confidence=CONFIDENCE,
        reasons=(f"{match.group()} is the code of {place.name}",),
    )
