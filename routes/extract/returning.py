"""Going home and going back: a goal that no name tells, and trips of another time.

"She travels home" ends where the trip began. "On her previous voyage" tells of another trip, after which the report
goes on with the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.clause import read_group
from routes.extract.slots import Part, Slot
from routes.model import MentionStatus, PlaceMention, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.clauses import Move
    from routes.extract.halts import Told, Trip
    from routes.extract.lexicon.tables import Cue
    from routes.extract.parsing import Parsed

HOME = "home"
HOMEWARD = frozenset((HOME, "homeward", "homewards"))
GOING = frozenset(("move", "depart", "setoff", "bound", "arrive"))
"""Frames of verbs with which "home" is where one goes."""

FORMER = frozenset(("previous", "preceding", "earlier", "former", "prior", "penultimate"))
TRIPS = frozenset(
    ("trip", "voyage", "journey", "flight", "run", "cruise", "crossing", "tour", "visit", "passage", "call")
)


def home_slot(token: Token, cue: Cue, slots: list[Slot]) -> list[Slot]:
    """The goal in "flew home", where the clause names no other."""
    if cue.frame.name not in GOING or any(s.part in (Part.REACHED, Part.BOUND) for s in slots):
        return []
    part = Part.REACHED if cue.frame.reached else Part.BOUND
    found = (c for c in token.children if c.lower_ in HOMEWARD and c.dep_ in ("advmod", "npadvmod", "dobj", "prt"))
    return [Slot(part=part, token=c.i, mention=None, words=f"{token.text} {HOME}") for c in found][:1]


def home_mention(parsed: Parsed, token: Token) -> PlaceMention:
    """The place called home, still to be known: where it is, the trip tells."""
    span = parsed.span(token.i, token.i + 1)
    return PlaceMention(span=span, text=parsed.written[token.i], status=MentionStatus.UNRESOLVED)


def is_home(told: Told) -> bool:
    """Whether a place is only called home."""
    return told.mention.place is None and told.mention.text.lower() in HOMEWARD


def scheduled(trip: Trip, told: Told) -> bool:
    """Whether the present tense goes on with a plan: "He leaves on Sunday. There is a stop in Lyon"."""
    group = read_group(told.move.parsed.doc[told.move.token])
    open_ = told.status is Status.COMPLETED and told.judgement.present and not (group.perfect or group.past)
    return open_ and bool(trip.halts) and all(halt.status is Status.PLANNED for halt in trip.halts)


def of_former_trip(move: Move) -> bool:
    """Whether a move is told of a trip before the one the report tells of: "on her previous voyage"."""
    return any(
        token.lower_ in TRIPS and any(c.lower_ in FORMER and c.dep_ == "amod" for c in token.children)
        for token in move.parsed.doc[: move.token + 1]
    )
