"""Move → what it says of each of its places: where, when, how sure, and where that stands in the order of things."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.certainty import Judgement, judge
from routes.extract.extent import pointed_at, position_of
from routes.extract.itinerary import Told
from routes.extract.lexicon.tables import word_set
from routes.extract.slots import Part
from routes.model import DateInterval, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.motion import Move
    from routes.extract.slots import Slot
    from routes.extract.spans import Names
    from routes.model import PlaceMention, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known of a report while its moves are read."""

    report: Report
    places: Sequence[PlaceMention]
    visited: Sequence[PlaceMention]
    gazetteer: Names | None


def tell(move: Move, scene: Scene) -> tuple[Judgement, list[Told]]:
    """What a move says of its places, in travelled order; nothing where it did not and will not happen."""
    head = move.parsed.doc[move.token]
    judgement = judge(head, move.parsed, scene.report.text)
    status = judgement.status
    if judgement.negated and not judgement.hypothetical and _reaches(move):
        status = Status.ATTEMPTED if judgement.past or judgement.attempted else None
    if _first_to(head) and status is Status.PLANNED:
        status = Status.COMPLETED
    if move.thwarted:
        status = Status.ATTEMPTED
    if status is None:
        return judgement, []
    told = []
    for slot in move.slots:
        token = move.parsed.doc[slot.token]
        mention = slot.mention or pointed_at(
            move.parsed, token, scene.visited if token.lower_ == "there" else scene.places, scene.gazetteer
        )
        if mention is not None:
            told.append(_told(move, slot, mention, status, scene))
    return judgement, told


def _first_to(head: Token) -> bool:
    """Whether "to" tells what was done: "the first ship to leave" has left."""
    return head.dep_ in ("acl", "relcl") and any(
        c.lower_ in ("first", "second", "third", "last", "latest", "only") for c in head.head.children
    )


def _was_making(head: Token) -> bool:
    """Whether it is "had been making for": it was on its way and something came between."""
    aux = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
    return head.tag_ == "VBG" and {"had", "been"} <= aux


def _reaches(move: Move) -> bool:
    return any(slot.part in (Part.REACHED, Part.BOUND) for slot in move.slots)


def _told(move: Move, slot: Slot, mention: PlaceMention, status: Status, scene: Scene) -> Told:
    head = move.parsed.doc[move.token]
    part = slot.part
    position = position_of(scene.report.text, mention)
    if status is Status.PLANNED and part is Part.REACHED:
        part = Part.BOUND
    if part is Part.LEFT and mention.place is not None and position.name != mention.place.name:
        part = Part.AT  # "80 km out from Galveston"
    if part is Part.STOPPED and position.kind in (Kind.SEA, Kind.WATERWAY):
        part = Part.PASSED
    if part is Part.REACHED and position.kind is Kind.SEA and move.cue.frame.name in ("move", "pass", "setoff"):
        part = Part.PASSED  # "turned west into the Atlantic"
    if part is Part.BOUND and status is Status.COMPLETED and _was_making(head):
        status = Status.ATTEMPTED
    return Told(
        part=part,
        mention=mention,
        position=position,
        at=move.parsed.spans[slot.token].start,
        date=DateInterval(),
        status=status,
        earlier=_is_earlier(head),
        onward=_is_onward(head) or slot.words.endswith(": …"),
        words=slot.words,
        move=move,
    )


def _is_earlier(head: Token) -> bool:
    """Told as having happened before: "had left", "having left", "after leaving", "since leaving"."""
    verb = head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if aux & {"had", "having"} or _on_the_way(verb):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since", "following"):
        return True
    if head.dep_ == "pobj" and head.head.lower_ in ("after", "since", "following"):
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"after", "since"})


def _on_the_way(verb: Token) -> bool:
    """Whether it happened on the way ("en route", "along the way"), so before the end told last."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("along", "on", "en"):
            for noun in child.children:
                if noun.lower_ in ("way", "route", "passage") and not any(c.lower_ == "to" for c in noun.children):
                    return True
    return False


def _is_onward(head: Token) -> bool:
    """Told as what came next: "then", "from there", "before heading", "after X it …"."""
    verb = head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    for child in verb.children:
        if child.lower_ in word_set("next_words") or (child.lower_ == "from" and _has_there(child)):
            return True
        if child.dep_ in ("prep", "advcl") and child.lower_ == "after" and child.i < verb.i:
            return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("before", "until"):
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"before", "until"})


def _has_there(token: Token) -> bool:
    return any(c.lower_ in ("there", "here") for c in token.children)


def dated(told: Told, date: DateInterval) -> Told:
    """The same with a date."""
    return replace(told, date=date)
