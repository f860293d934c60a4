"""Ways there and back told in one breath: "from Lisbon to Erbil and back", "a round trip from Vienna to Split"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.trips.clauses import travelled
from routes.extract.trips.slots import Part, Slot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.trips.clauses import Move

NEAR = 4
"""So many words may stand between the goal and "and back"."""

ROUND = frozenset(("round", "round-trip", "there-and-back", "out-and-back"))
WAYS = frozenset(("move", "pass", "depart", "setoff", "advance"))


def and_back(move: Move) -> Move:
    """The move with its way back, where the words tell that one and do not say where it ended."""
    left = next((s for s in move.slots if s.part in (Part.LEFT, Part.BETWEEN)), None)
    goals = [s for s in move.slots if s.part in (Part.REACHED, Part.BOUND, Part.BETWEEN) and s is not left]
    if left is None or not goals or move.cue.frame.name not in WAYS:
        return move
    word = _and_back(move, goals[-1].token) or _round_trip(move)
    if word is None:
        return move
    home = Slot(
        part=Part.REACHED,
        token=word.i,
        mention=left.mention,
        words=f"{word.text} back" if word.text in ROUND else "and back",
    )
    ends = {s.token: Part.LEFT if s is left else Part.REACHED for s in (left, *goals)}
    slots = [replace(s, part=ends[s.token]) if s.part is Part.BETWEEN else s for s in move.slots]
    if word.i > goals[-1].token:
        return replace(move, slots=travelled([*slots, home]))
    return replace(move, slots=(*travelled(slots), home))


def _and_back(move: Move, goal: int) -> Token | None:
    """The "back" in "to Erbil and back", "to Paris and back again": not followed by a place of its own."""
    doc = move.parsed.doc
    for at in range(goal + 1, min(goal + 1 + NEAR, len(doc) - 1)):
        if doc[at].lower_ in ("and", "then") and doc[at + 1].lower_ == "back":
            after = doc[at + 2 : at + 4]
            return None if any(t.lower_ in ("to", "from", "in", "at") for t in after[:1]) else doc[at + 1]
    return None


def _round_trip(move: Move) -> Token | None:
    """The "round" in "a round trip from Vienna to Split"."""
    noun = move.parsed.doc[move.token]
    if noun.pos_ != "NOUN":
        return None
    return next((c for c in noun.lefts if c.lower_ in ROUND or (c.lower_ == "back" and c.dep_ == "amod")), None)
