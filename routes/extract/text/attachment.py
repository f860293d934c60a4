"""Phrases of place that the parse has hung on the wrong word, given to the word of motion they follow.

"A stroll along the towpath to Barnes": where the parser hangs "to" on a verb further up, or on a noun between, the
phrase still belongs to the stroll. It is taken by nearness, where nothing between begins another clause and the noun
it hangs on takes no such phrase itself ("a letter from", "the road to").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.places.noun_places import chain, named_place
from routes.extract.trips.clauses import Move, travelled
from routes.extract.trips.slots import Slot, part_of, preposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

REACH = 20
"""So many tokens may stand between a word of motion and the phrase of place given to it."""

FRAMES = frozenset(("move", "depart", "setoff", "advance", "pass", "divert", "turnback", "reach", "arrive", "bound"))
"""Frames of words that say where from, where to or which way."""

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
BREAKS = frozenset(
    (";", ":", "--", "—", "who", "which", "where", "when", "while", "that", "because", "if", "after", "before", "(")
)


def with_nearest(parsed: Parsed, moves: Sequence[Move], skip: set[int]) -> list[Move]:
    """The moves, those with a stray phrase of place behind them with its places too.

    Args:
        parsed: The parsed sentence.
        moves: All its moves, with and without places.
        skip: Tokens that only qualify another place.
    """
    out = list(moves)
    sure = (m for m in moves if m.cue.frame.name != "stay" and (len(m.slots) > 1 or not m.cue.carrier_only))
    used = {slot.token for move in sure for slot in move.slots} | skip
    for prep in parsed.doc:
        if prep.pos_ != "ADP" or prep.lower_ not in word_set("stray"):
            continue
        at = _nearest(parsed, out, prep)
        if at is None:
            continue
        found = _slots(parsed, out[at], prep, used)
        used |= {slot.token for slot in found}
        out[at] = replace(out[at], slots=travelled([*out[at].slots, *found]))
    return out


def _slots(parsed: Parsed, move: Move, prep: Token, used: set[int]) -> list[Slot]:
    """The places of a stray phrase that no move has yet."""
    phrase, objects = preposition(prep)
    part = part_of(move.cue.frame, phrase)
    found: list[Slot] = []
    for thing in objects if part is not None else ():
        for link in chain(thing):
            got = named_place(parsed, link)
            if part is not None and got is not None and got[1] is not None and got[0].i not in used:
                found.append(
                    Slot(part=part, token=got[0].i, mention=got[1], words=f"{parsed.doc[move.token].text} … {phrase}")
                )
    return found


def _nearest(parsed: Parsed, moves: Sequence[Move], prep: Token) -> int | None:
    """Index of the move whose word of motion a phrase follows in one clause, or None."""
    before = [n for n, m in enumerate(moves) if m.token < prep.i]
    if not before:
        return None
    if _goes_on(prep):
        ways = [n for n in before if moves[n].cue.frame.name in FRAMES and prep.i - moves[n].token <= REACH]
        return max(ways, key=lambda n: moves[n].token, default=None)
    at = max(before, key=lambda n: moves[n].token)
    cue = parsed.doc[moves[at].token]
    if moves[at].cue.frame.name not in FRAMES or prep.i - cue.i > REACH or not _is_stray(cue, prep):
        return None
    between = parsed.doc[cue.i + 1 : prep.i]
    onward = word_set("next_words")
    cut = any(
        t.tag_ in FINITE or t.lower_ in BREAKS or (t.dep_ == "conj" and t.pos_ == "VERB")
        for t in between
        if t.lower_ not in onward  # "and thence to Praia"
    )
    return None if cut else at


def _goes_on(prep: Token) -> bool:
    """Whether it is "and on to", which goes on with the way past what is told of a stop on it."""
    before = [t.lower_ for t in prep.doc[max(0, prep.i - 2) : prep.i]]
    return prep.lower_ == "to" and before[1:] == ["on"] and before[0] in ("and", ",", "then")


def _is_stray(cue: Token, prep: Token) -> bool:
    """Whether a phrase hangs on something that does not take it: a word before the cue, or a plain noun behind it."""
    head = prep.head
    if head == cue or head.i > prep.i:
        return False
    if head.lower_ in word_set("next_words"):
        return True
    if (
        head.dep_ in ("acl", "advcl") and head.tag_ == "VBN" and prep.i and prep.doc[prep.i - 1].text == ","
    ):  # "a convoy, led by two tanks, to Mosul"
        return True
    if head.i < cue.i:
        return head.lower_ not in word_set("takes_way")
    if head.lower_ == "from" and prep.lower_ == "to":
        return any(c.lower_ == "there" for c in head.children)  # "from there to Bath"
    if head.dep_ == "prep" or head.pos_ == "ADP":  # "out of", "on towards": the whole phrase is looked at
        return False
    if head.pos_ not in ("NOUN", "NUM", "PROPN", "ADV"):
        return False
    if head.lower_ in word_set("takes_way") or head.lower_ in load_lexicon().nouns:
        return False
    # "with a friend from Rome" says where the friend is from, "at two from Rome" where the trip began
    return prep.lower_ != "from" or head.pos_ in ("NUM", "ADV")
