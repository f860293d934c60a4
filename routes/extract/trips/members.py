"""Which of several: "the first", "the second", "a third" of vehicles told of together.

What a report tells of "two tankers" it tells of each of them: where it then goes on with "the first" and "the second",
each has what was told of both, and the set has no trip of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import word_set
from routes.extract.trips.sequence import is_onward
from routes.extract.trips.slots import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.carriers.carriers import Carrier
    from routes.extract.carriers.described import Described
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move

PAIR = 2


def rank_of(parsed: Parsed, token: Token) -> str | None:
    """Which of several a noun phrase means: "the second", "a third tanker"; None where it says none."""
    written = parsed.written[token.i].lower()
    if written in word_set("ranks") and _has_article(token):
        return written
    alone = not any(c.lower_ == "of" or c.dep_ in ("compound", "nummod") for c in token.children)
    if written == "one" and token.dep_ in ("nsubj", "nsubjpass") and alone:
        return written  # "two tankers … one, the Vega, … the other"
    beside = (c for c in token.children if c.dep_ in ("amod", "det", "nummod"))
    return next((str(c.lower_) for c in beside if c.lower_ in word_set("ranks")), None)


def is_bare(parsed: Parsed, token: Token) -> bool:
    """Whether a phrase has no noun but says which: "the first", "another one"."""
    return parsed.written[token.i].lower() in word_set("ranks") or token.lower_ in ("one", "ones")


def _has_article(token: Token) -> bool:
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return before in ("the", "a", "an") or token.lower_ in ("another", "others")


def is_set(carrier: Carrier) -> bool:
    """Whether several vehicles are told of as one: "two tankers", "a convoy"."""
    return carrier.plural or "convoy" in carrier.nouns


def set_meant(told: Described, recent: Sequence[Carrier]) -> Carrier | None:
    """The vehicles told of together that "the second" is one of, or another of them that it stands beside.

    Args:
        told: A phrase that says which of several it means.
        recent: The carriers told of before, the last first.
    """
    ranked = next((c for c in recent if c.rank in word_set("ranks") and c.kin is not None and is_set(c.kin)), None)
    if told.bare and ranked is not None and ranked.rank != told.rank and not told.indefinite:
        return ranked.kin
    for carrier in recent:
        if carrier.type not in ("aircraft", "vessel", "convoy") or (
            carrier.type != told.type and told.type is not None
        ):
            continue
        if carrier.kin is not None and is_set(carrier.kin):
            return carrier.kin
        if is_set(carrier) or carrier.rank is not None:
            return carrier
    return None


def _is_goal(move: Move, whole: Carrier) -> bool:
    """Whether a move tells where all of them are bound: that comes after what is told of each."""
    return move in whole.moves and bool(move.slots) and all(slot.part is Part.BOUND for slot in move.slots)


def goes_on(member: Carrier) -> bool:
    """Whether it begins where all of them ended: "both landed in Rome; one then flew on to Bari"."""
    first = next((move for move in member.moves if move.slots), None)
    return member.rank == "one" and first is not None and is_onward(first.parsed.doc[first.token])


def share(carriers: Sequence[Carrier]) -> None:
    """Give each of several vehicles what is told of all of them."""
    for whole in carriers:
        members = [c for c in carriers if c.kin is whole and not c.apart and c.moves and not goes_on(c)]
        if not (is_set(whole) and members and any(move.slots for move in whole.moves)):
            continue
        for member in members:
            both = [*zip(whole.moves, whole.modes, strict=True), *zip(member.moves, member.modes, strict=True)]
            both.sort(key=lambda pair: (_is_goal(pair[0], whole), pair[0].parsed.index, pair[0].token))
            member.moves, member.modes = [move for move, _ in both], [mode for _, mode in both]
        if len(members) >= PAIR:
            whole.moves, whole.modes = [], []
