"""Names that stand where a place stands and that the gazetteer lacks: listed, and asked online if chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from gazetteer.place import Place
from routes.model import Claims, Deployment, MentionStatus, Movement, PlaceMention, Position, Stop

Ask = Callable[[str], Place | None]
"""A name → the likeliest place or None; ``gazetteer.online.open_online`` gives one."""

Told = TypeVar("Told", Stop, Deployment)

ONLINE_CONFIDENCE = 0.5
"""Of an answer: the service takes no account of the report, so its place is as good as a coin's until someone looks."""


def with_unresolved(
    places: Sequence[PlaceMention], movements: Iterable[Movement], deployments: Iterable[Deployment]
) -> tuple[PlaceMention, ...]:
    """The place mentions and those of stops and deployments that could not be resolved, in the order of the text.

    Args:
        places: What the recogniser found.
        movements: The trips the report tells.
        deployments: The forces it tells of.
    """
    named: list[Stop | Deployment] = [stop for movement in movements for stop in movement.stops]
    named += deployments
    taken = {at for place in places for at in range(place.span.start, place.span.end)}
    added: dict[tuple[int, int], PlaceMention] = {}
    for one in named:
        if _is_lacking(one.position) and taken.isdisjoint(range(one.span.start, one.span.end)):
            added[one.span.start, one.span.end] = PlaceMention(
                span=one.span,
                text=one.text,
                status=MentionStatus.UNRESOLVED,
                reasons=("it stands where a place stands, and the gazetteer does not know it",),
            )
    return tuple(sorted((*places, *added.values()), key=lambda place: (place.span.start, place.span.end)))


def ask_online(claims: Claims, ask: Ask) -> Claims:
    """The claims, with the places that the gazetteer lacks and the online geocoder knows.

    Args:
        claims: What a report says, unresolved names among its places.
        ask: Asked once for each of these names.

    Raises:
        OnlineLookupError: The service cannot be asked.
    """
    lacking = dict.fromkeys(one.text for one in claims.places if one.status is MentionStatus.UNRESOLVED)
    answers = {name: ask(name) for name in lacking}
    if not answers:
        return claims
    return replace(
        claims,
        places=tuple(_answered(one, answers) for one in claims.places),
        movements=tuple(
            replace(one, stops=tuple(_moved(stop, answers) for stop in one.stops)) for one in claims.movements
        ),
        deployments=tuple(_moved(one, answers) for one in claims.deployments),
    )


def _answered(mention: PlaceMention, answers: dict[str, Place | None]) -> PlaceMention:
    if mention.status is not MentionStatus.UNRESOLVED:
        return mention
    place = answers[mention.text]
    if place is None:
        return replace(mention, reasons=(*mention.reasons, "the online geocoder does not know it either"))
    return replace(
        mention,
        status=MentionStatus.RESOLVED,
        place=place,
        confidence=ONLINE_CONFIDENCE,
        reasons=(*mention.reasons, f"found online: {place.source}"),
    )


def _moved(told: Told, answers: dict[str, Place | None]) -> Told:
    place = answers.get(told.text) if _is_lacking(told.position) else None
    if place is None:
        return told
    return replace(told, position=Position.of(place), reasons=(*told.reasons, f"{told.text} was found online"))


def _is_lacking(position: Position) -> bool:
    return position.lon is None and position.place_id is None
