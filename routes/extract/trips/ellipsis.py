"""Second carriers that share the verb of the first: "one ship went to Haifa, the other to Ashdod".

The parse has no place for such a clause without a verb, so it is looked for in the words: a carrier after a comma, a
colon or "and", a preposition, a place, and no verb of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.slots import Part, Slot, part_of
from routes.model import MentionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move

FRAMES = frozenset(("move", "depart", "setoff", "arrive", "reach", "call", "bound", "pass", "advance"))
VEHICLES = ("aircraft", "vessel", "convoy")
OPENS = frozenset((",", ";", ":", "and", "while", "but", "—", "–", "-"))
ENDS = frozenset((";", ".", "!", "?", "(", ")"))
ARTICLES = frozenset(("the", "a", "an", "another", "one", "two", "three", "four", "its", "his", "her", "their"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SHIP_BEFORE = (",", "and", "while")
"""What may stand between a place and the ship whose way is told next."""

MAX_NOUN = 6
"""Words of the phrase that names the carrier."""

MAX_ASIDE = 7
"""Words of an aside between the carrier and its preposition: ", an hour later,"."""

MAX_CLAUSE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A clause without a verb: index of its carrier's noun, and its places."""

    carrier: int
    slots: tuple[Slot, ...]


def with_gaps(parsed: Parsed, moves: Sequence[Move], skip: set[int]) -> list[Move]:
    """The moves, with those of clauses that share the verb before them and leave it out.

    Args:
        parsed: The parsed sentence.
        moves: Its moves in the order of the text.
        skip: Tokens that only qualify another place.
    """
    out = list(moves)
    for number, move in enumerate(moves):
        head = parsed.doc[move.token]
        if move.cue.frame.name not in FRAMES or head.pos_ != "VERB" or not move.slots:
            continue
        following = min((m.token for m in moves if m.token > move.token and m.slots), default=len(parsed.doc))
        gaps = list(_gaps(parsed, move, following, skip))
        if not gaps:
            continue
        if any(m.token == move.token and m.beside is not None for m in out):
            continue  # found by another move of the same verb
        common = tuple(_of_both(parsed, move, gaps[-1], skip))
        taken = {slot.token for slot in common} | {gap.carrier for gap in gaps}
        taken |= {slot.token for gap in gaps for slot in gap.slots}
        kept = tuple(s for s in move.slots if s.token not in taken)
        shared = tuple(s for s in kept if s.part is Part.LEFT) if _is_several(parsed, move) else ()
        out = [replace(m, slots=tuple(s for s in m.slots if s.token not in taken)) for m in out]
        out[number] = replace(move, slots=() if shared == kept and not common else (*kept, *common))
        goals = tuple(s for s in kept if s.part is Part.REACHED)
        for gap in gaps:
            start = () if any(s.part is Part.LEFT for s in gap.slots) else shared
            own = tuple(s for s in gap.slots if s not in common)
            goal = common or (goals if {s.part for s in own} == {Part.LEFT} else ())  # "one came to Bonn from Rome …"
            places = (*start, *own, *goal)
            out.append(replace(move, subject=gap.carrier, theme=None, aboard=None, slots=places, beside=_leader(move)))
    return [m for m in out if m.slots or not any(m.token == one.token and one.slots for one in moves)]


def _of_both(parsed: Parsed, move: Move, last: Gap, skip: set[int]) -> Iterator[Slot]:
    """The places told of all the carriers behind them: "…, both to El Arish"."""
    doc = parsed.doc
    for at in range(last.carrier + 1, min(last.carrier + MAX_CLAUSE, len(doc) - 2)):
        if doc[at].lower_ in ("both", "all", "each") and doc[at - 1].text in OPENS and doc[at + 1].pos_ == "ADP":
            yield from _places(parsed, move, at, _end(parsed, at + 1, len(doc)), skip)
            return


def _leader(move: Move) -> int | None:
    """Whose verb it is, as carriers.py reads it."""
    from routes.extract.carriers.movers import mover

    return mover(move)


def _is_several(parsed: Parsed, move: Move) -> bool:
    """Whether the carriers of the clauses are those of the verb: "three ships sailed: the Hana to …"."""
    return move.subject is not None and parsed.doc[move.subject].tag_ in ("NNS", "NNPS")


def _gaps(parsed: Parsed, move: Move, following: int, skip: set[int]) -> Iterator[Gap]:
    doc = parsed.doc
    at = min((s.token for s in move.slots if s.token > move.token), default=move.token) + 1
    while at < min(following, len(doc) - 2):
        if doc[at - 1].text in OPENS:
            noun = _carrier(parsed, at)
            if noun is not None:
                end = _end(parsed, noun + 1, following)
                slots = tuple(_places(parsed, move, noun, end, skip))
                if slots and not any(t.tag_ in FINITE for t in doc[noun + 1 : end]):
                    yield Gap(carrier=noun, slots=slots)
                    at = slots[-1].token
        at += 1


def _carrier(parsed: Parsed, start: int) -> int | None:
    """The noun of a carrier that begins here: "the other", "an An-124", "the Hana"; None for anything else."""
    doc, lexicon = parsed.doc, load_lexicon()
    first = doc[start]
    if first.text in lexicon.ship_prefixes:
        return ship_from(parsed, start)
    if first.lower_ not in ARTICLES:
        return None
    for at in range(start, min(start + MAX_NOUN, len(doc) - 1)):
        token = doc[at]
        written = parsed.written[at].lower()
        noun = lexicon.carriers.get(token.lower_)
        after = doc[at + 1]
        ends = after.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and after.text != STAND_IN_CRAFT
        if (noun is not None and noun.type in VEHICLES and ends) or token.text == STAND_IN_CRAFT:
            return at
        if ends and (written in word_set("ranks") or written in ("one", "another", "other", "others")):
            return at
        if ends and at > start and first.lower_ == "the" and token.pos_ == "PROPN" and after.pos_ == "ADP":
            return at
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"):
            return None
    return None


def ship_from(parsed: Parsed, start: int) -> int | None:
    """The name of a ship with a prefix that sets out from somewhere, behind a place: "to Lisbon, HMS York from …"."""
    doc = parsed.doc
    behind_place = 1 < start < len(doc) and parsed.mentions[start - 2] is not None
    if not behind_place or doc[start - 1].text not in SHIP_BEFORE:
        return None
    if doc[start].text not in load_lexicon().ship_prefixes:
        return None
    at = start + 1
    while at < len(doc) - 1 and at - start < MAX_NOUN and doc[at].pos_ in ("PROPN", "NUM"):
        at += 1
    return at - 1 if at > start + 1 and doc[at].lower_ == "from" else None


def _end(parsed: Parsed, start: int, following: int) -> int:
    """Where the clause ends: at a stronger stop, or where the next carrier begins."""
    doc = parsed.doc
    for at in range(start, min(start + MAX_CLAUSE, len(doc))):
        if doc[at].text in ENDS or at >= following:
            return at
        if at > start + 1 and doc[at - 1].text in OPENS and _carrier(parsed, at) is not None:
            return at
    return min(start + MAX_CLAUSE, len(doc))


def _places(parsed: Parsed, move: Move, noun: int, end: int, skip: set[int]) -> Iterator[Slot]:
    """The places of the clause, each with its preposition; none where the preposition does not follow the carrier."""
    at = _past_aside(parsed, noun + 1, end)
    part: Part | None = None
    words = ""
    for token in parsed.doc[at:end]:
        role = load_lexicon().prepositions.get(token.lower_)
        mention = parsed.mentions[token.i]
        if token.pos_ == "ADP" and (role is not None or token.lower_ == "for"):
            part, words = _part(move, token, role), token.lower_
        elif token.i == at:
            return
        elif mention is not None and mention.role is not MentionRole.DEMONYM and token.i not in skip and part:
            yield Slot(part=part, token=token.i, mention=mention, words=f"{parsed.doc[move.token].text} … {words}")


def _part(move: Move, preposition: Token, role: str | None) -> Part | None:
    found = part_of(move.cue.frame, preposition.lower_)
    if found is not None or preposition.lower_ == "for":
        return found or Part.BOUND
    return {"origin": Part.LEFT, "goal": Part.REACHED, "via": Part.PASSED}.get(role or "")


def _past_aside(parsed: Parsed, at: int, end: int) -> int:
    """The word after an aside between commas, or after words of time without them."""
    doc = parsed.doc
    if at < end and doc[at].text == ",":
        close = next((i for i in range(at + 1, min(at + MAX_ASIDE, end)) if doc[i].text == ","), None)
        if close is not None and not any(parsed.mentions[i] is not None for i in range(at, close)):
            return close + 1
        return at + 1
    return at
