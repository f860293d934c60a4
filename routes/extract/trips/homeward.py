"""Going home: a goal that no name tells. "She travels home" ends where the trip began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.trips.slots import Part, Slot
from routes.model import MentionStatus, PlaceMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.lexicon.tables import Cue
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.halts import Told

HOME = "home"
HOMEWARD = frozenset((HOME, "homeward", "homewards"))
GOING = frozenset(("move", "depart", "setoff", "bound", "arrive"))
"""Frames of verbs with which "home" is where one goes."""


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
