"""The places round a word of motion, each with what the words say of it: left, reached, passed, or been at.

A slot is read from the parse: direct object, prepositions and their chains, coordinated names, relative clauses that
point back to a place ("Shannon, where it had begun"). What a slot means is decided by the frame of the cue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import Cue, Frame, load_lexicon, word_set
from routes.extract.places.noun_places import RELATIVE, antecedent, chain, named_place, points_back
from routes.model import MentionRole, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed


PAIR = 2


class Part(StrEnum):
    """What a clause says of a mover and a place."""

    LEFT = "left"
    REACHED = "reached"
    STOPPED = "stopped"
    PASSED = "passed"
    AT = "at"
    BOUND = "bound"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the clause of a word of motion.

    Attributes:
        part: What is said of it.
        token: Index of the token that names it or points to it.
        mention: The place named, or None for a pointer ("there", "the airfield").
        words: The words that give it its part ("arrived in").
    """

    part: Part
    token: int
    mention: PlaceMention | None
    words: str


@cache
def _parts() -> dict[str, Part]:
    return {"origin": Part.LEFT, "goal": Part.REACHED, "stop": Part.STOPPED, "via": Part.PASSED, "at": Part.AT}


def preposition(token: Token) -> tuple[str, list[Token]]:
    """The phrase a preposition makes with what follows it ("out of", "by way of") and its objects."""
    words, current = token.lower_, token
    for _ in range(4):
        objects = [c for c in current.children if c.dep_ in ("pobj", "pcomp")]
        way = next(
            (o for o in objects if o.lower_ in ("way", "direction") and any(c.lower_ == "of" for c in o.children)), None
        )
        if way is not None:
            current = next(c for c in way.children if c.lower_ == "of")
            words = "via" if way.lower_ == "way" else "towards"
            continue
        far = next((o for o in objects if o.dep_ == "pcomp" and o.lower_ in ("afield", "away", "off")), None)
        if far is not None:  # "from as far afield as Kent"
            distance = [g for c in far.children if c.lower_ == "as" and c.dep_ == "prep" for g in c.children]
            return words, [g for g in distance if g.dep_ == "pobj"] or objects
        if objects:
            return words, objects
        inner = [c for c in current.children if c.dep_ in ("prep", "advmod") and c.i > current.i]
        if not inner:
            return words, []
        current = inner[0]
        words = f"{words} {current.lower_}"
    return words, []


def _stays(phrase: str) -> bool:
    """Whether one is somewhere by a phrase: "in", "at", not "to", nor "back in", which is an arrival (phrases.py)."""
    first, *_, last = (*phrase.split(), phrase.rsplit(maxsplit=1)[-1])
    return first not in ("back", "home") and load_lexicon().prepositions.get(last) in ("at", "origin")


def part_of(frame: Frame, phrase: str) -> Part | None:
    """What a preposition says of its place under a frame."""
    table = load_lexicon().prepositions
    if frame.name == "stay" and not _stays(phrase):
        return None
    if frame.name == "none" or (phrase != "up" and phrase.split(maxsplit=1)[0] in word_set("other_phrases")):
        return None
    if phrase.endswith("between"):  # "back and forth between"
        return Part.BETWEEN
    if phrase == "for":
        return (Part.REACHED if frame.reached else Part.BOUND) if frame.for_ == "goal" else None
    last = phrase.rsplit(maxsplit=1)[-1]
    role = table.get(phrase) or (table.get("out of") if phrase == "out of" else table.get(last))
    role = "origin" if phrase.startswith("from ") else role  # "from outside", "from near"
    if phrase == "off" and frame.name not in ("depart", "setoff", "move"):
        role = "at"
    if role == "goal":
        if frame.to != "goal":
            return None
        return Part.REACHED if frame.reached and last not in ("towards", "toward") else Part.BOUND
    if role == "at":
        if frame.at == "goal_on":
            return Part.REACHED if phrase == "on" else None
        return _parts().get(frame.at.removesuffix("_in") if phrase in ("in", "at") else frame.at)
    return _parts().get(role or "")


def _from_trip(objects: list[Token], words: str) -> Iterator[tuple[Part | None, Token, str]]:
    """The place left in "returned from his visit to Japan"."""
    for thing in objects:
        if thing.lower_ in load_lexicon().nouns:
            for inner in thing.children:
                if inner.dep_ == "prep" and inner.lower_ in ("to", "in", "of"):
                    yield from ((Part.LEFT, g, f"{words} … {inner.text}") for g in inner.children)


def _stay_before(prep: Token) -> Iterator[tuple[Part | None, Token, str]]:
    """Where it was before it moved: "after some days in Rio they steered for …"."""
    for time in prep.children if prep.lower_ in ("after", "following") else ():
        if time.lower_ not in word_set("stays"):
            continue  # "after a fire at a mill in Leeds"
        for inner in time.children:
            if time.dep_ == "pobj" and inner.dep_ == "prep" and inner.lower_ in ("in", "at", "off"):
                yield from ((Part.STOPPED, g, f"{prep.text} … {inner.text}") for g in inner.children)


def _round_theme(cue: Cue, theme: Token) -> Iterator[tuple[Part | None, Token, str]]:
    """Places the parse has hung on what is moved: "brought [the singer from Tokyo]", "took [the road for Kigali]"."""
    own = theme.lower_ in cue.words
    for child in theme.children:
        loads = cue.frame.name in ("load", "unload") and child.lower_ in ("at", "in", "off")
        if child.dep_ == "prep" and (child.lower_ in word_set("with_theme") or own or loads):
            phrase, objects = preposition(child)
            for thing in objects:
                yield part_of(cue.frame, phrase), thing, f"{cue.words[0]} … {phrase}"
        elif child.lower_ == "there":
            yield _there_part(cue.frame), child, cue.words[0]


def _part_here(frame: Frame, phrase: str, slots: list[Slot]) -> Part | None:
    """The part a preposition gives, knowing the places before it: "crossed into Rwanda at Rubavu"."""
    if phrase == "at" and frame.at == "none" and any(s.part is Part.REACHED for s in slots):
        return Part.REACHED
    return part_of(frame, phrase)


def find_slots(parsed: Parsed, token: Token, cue: Cue, skip: set[int]) -> list[Slot]:
    """The places round a cue, in the order of the text.

    Args:
        parsed: The parsed sentence.
        token: The verb or noun.
        cue: Its entry in the lexicon.
        skip: Tokens that only qualify another place.
    """
    slots: list[Slot] = []

    for part, head, words in _round(parsed, token, cue, skip, slots):
        if part is not None:
            _add(slots, parsed, part, head, words, skip, sure=cue.frame.name in ("arrive", "call"))
    stops = cue.frame.name in ("call", "stay", "arrive") and any(s.part is not Part.BETWEEN for s in slots)
    if stops and sum(s.part is Part.BETWEEN for s in slots) == PAIR:
        ends = iter((Part.LEFT, Part.REACHED))  # "overnighted in Windhoek between Luanda and Cape Town"
        slots = [replace(s, part=next(ends)) if s.part is Part.BETWEEN else s for s in slots]
    return sorted(slots, key=lambda s: s.token)


ARRIVALS = frozenset(("arrivals", "customs", "immigration"))
"""Who came through these has landed there."""


def _add(slots: list[Slot], parsed: Parsed, part: Part, head: Token, words: str, skip: set[int], *, sure: bool) -> None:
    """Add the places that a noun phrase and what is coordinated with it name.

    ``sure`` says that the word of motion brings in nothing but places with "in" and "at".
    """
    known = words.rsplit(maxsplit=1)[-1] in word_set("unsure") or (head.dep_ == "dobj" and part is Part.PASSED)
    known = known and head.text not in word_set("name_heads") | word_set("roads")
    known = known and not (sure and words.endswith((" in", " at")))
    if part is Part.PASSED and head.lower_ in ARRIVALS:
        part = Part.REACHED
    for link in chain(head):
        got = named_place(parsed, link, known=known) if link.i not in skip else None
        if got is None:
            continue
        # "the port from which it sailed" tells a second thing of a place: it keeps the pronoun's own token
        found = [(link.i if link.lower_ in RELATIVE else got[0].i, got[1])]
        if got[0] is not link:  # "hospitals in Baghdad and Basra"
            more = (named_place(parsed, other, known=True) for other in chain(got[0]) if other != got[0])
            found += [(other[0].i, other[1]) for other in more if other is not None and other[1] is not None]
        for at, mention in found:
            if got[0].i not in skip and at not in skip and at not in {s.token for s in slots}:
                slots.append(Slot(part=part, token=at, mention=mention, words=words))


def _round(
    parsed: Parsed, token: Token, cue: Cue, skip: set[int], slots: list[Slot]
) -> Iterator[tuple[Part | None, Token, str]]:
    """What may be a place round a cue: the part it has, its head, and the words that give it."""
    for child in _dependents(token):
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and token.pos_ in ("VERB", "AUX"):
            named = child.dep_ != "nsubjpass" or parsed.mention(child) is not None
            named = named and not (child.dep_ == "dobj" and cue.words[0] in word_set("moves_object"))
            if named and _is_place(parsed, child, cue.frame, skip):
                yield Part.LEFT if _opens_way(cue, child) else _parts().get(cue.frame.object), child, token.text
                yield from _where_object_lies(parsed, token, child, cue)
            elif child.dep_ == "dobj":
                yield from _round_theme(cue, child)
        elif child.lower_ == "there" and child.dep_ != "expl":
            yield _there_part(cue.frame), child, token.text
        elif child.lower_ == "where":
            yield _where(cue.frame), child, f"where … {token.text}"
        elif child.dep_ == "npadvmod" and child.text in word_set("name_heads"):
            yield _named_way(token, child), child, token.text
        elif child.dep_ in BRINGERS or (child.dep_ == "conj" and child.tag_ == "IN"):
            yield from _behind(cue, token, child, slots)


def _dependents(token: Token) -> Iterator[Token]:
    """The dependents of a cue, and the prepositions of "is to" over it: "from Yerevan it is to fly to Delhi"."""
    yield from token.children
    if token.dep_ == "xcomp" and token.head.lower_ in ("is", "are", "was", "were"):
        yield from (c for c in token.head.children if c.dep_ == "prep" and c.lower_ in word_set("with_theme"))


def _opens_way(cue: Cue, place: Token) -> bool:
    """Whether an object is where the way begins: "flew Madrid to Larnaca to Athens"."""
    following = next(iter(place.doc[place.i + 1 : place.i + 2]), None)
    goal = following is not None and following.lower_ == "to" and following.tag_ == "IN"
    return goal and cue.frame.name == "move" and place.dep_ == "dobj"


def _where_object_lies(
    parsed: Parsed, token: Token, thing: Token, cue: Cue
) -> Iterator[tuple[Part | None, Token, str]]:
    """Where a house or market that is entered lies, hung on the verb: "entered a house in Mill Street"."""
    if cue.frame.name != "reach" or thing.dep_ != "dobj" or thing.lower_ not in word_set("place_nouns"):
        return
    if parsed.mention(thing) is None and not points_back(parsed, thing):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at") and child.i == thing.i + 1:
                yield from ((Part.REACHED, place, f"{token.text} … {child.text}") for place in child.children)


def _named_way(token: Token, name: Token) -> Part | None:
    """A road taken for an adverb: "crawled down Bond Street"."""
    before = token.doc[name.left_edge.i - 1].lower_ if name.left_edge.i else ""
    return Part.PASSED if load_lexicon().prepositions.get(before) == "via" else None


BRINGERS = frozenset(("prep", "dative", "prt", "advmod", "npadvmod", "agent"))
"""Dependents of a cue that bring in places."""


def _behind(cue: Cue, token: Token, child: Token, slots: list[Slot]) -> Iterator[tuple[Part | None, Token, str]]:
    """What a preposition or particle of the cue brings in."""
    yield from _stay_before(child)
    if child.lower_ == "of" and token.pos_ == "NOUN":
        yield from (found for thing in child.children for found in _round_theme(cue, thing))
    for phrase, objects in _prepositions(child):
        part = _part_here(cue.frame, phrase, slots) or _along(cue.frame, phrase, objects)
        if part is Part.LEFT:
            yield from _from_trip(objects, f"{token.text} {phrase}")
        yield from ((part, thing, f"{token.text} {phrase}") for thing in objects)


def _along(frame: Frame, phrase: str, objects: list[Token]) -> Part | None:
    """What is passed by going on or beside it: "proceeded on Mill Road", "strolled by the bank of the Ouse"."""
    if frame.name not in ("move", "advance"):
        return None
    on = phrase == "on" and any(o.pos_ == "PROPN" and o.text in word_set("roads") for o in objects)
    by = phrase == "by" and any(o.lower_ in word_set("sides") for o in objects)
    return Part.PASSED if on or by else None


def _there_part(frame: Frame) -> Part | None:
    """What "there" is to a verb: where it set off from, or where it came to."""
    if frame.name in ("depart", "setoff", "load"):
        return Part.LEFT
    return _parts().get("goal" if frame.to == "goal" else frame.at)


def _where(frame: Frame) -> Part | None:
    if frame.name in ("depart", "setoff", "load"):
        return Part.LEFT
    return _parts().get(frame.at) or (Part.REACHED if frame.name == "arrive" else None)


def _lies_in(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is said to be in a place: "the sites in Baghdad"."""
    return any(
        parsed.mention(thing) is not None or (child.lower_ in ("in", "over") and thing.text in word_set("name_heads"))
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("in", "at", "between", "near", "outside", "over")
        for thing in child.children
    )


def _is_place(parsed: Parsed, token: Token, frame: Frame, skip: set[int]) -> bool:
    """Whether an object is itself a place, and not a thing that is somewhere ("butter to Britain")."""
    if token.i in skip:
        return False
    mention = parsed.mention(token)
    if mention is not None:
        return mention.role is MentionRole.LITERAL
    if token.lower_ in ("which", "that"):
        got = antecedent(parsed, token)
        return got is not None and got[1] is not None
    if token.pos_ == "PROPN":
        return token.text in word_set("name_heads") or frame.object in ("origin", "goal")
    if frame.name in ("reach", "pass") and token.pos_ == "NOUN" and _lies_in(parsed, token):
        return True
    return points_back(parsed, token) or token.lower_ in word_set("place_nouns")


def _prepositions(child: Token) -> Iterator[tuple[str, list[Token]]]:
    if child.dep_ == "npadvmod":
        for grandchild in child.children:
            if grandchild.dep_ == "prep":
                yield preposition(grandchild)
        return
    yield preposition(child)
    objects = [c for c in child.children if c.dep_ == "pobj"]
    inner = [c for c in child.children if c.dep_ == "prep" and c.lower_ == "of"]  # "out of Bantry and into Cork"
    holders = (child, *(c for c in inner if any(g.dep_ == "pobj" for g in c.children))) if not objects else (child,)
    behind = [c for holder in holders for c in holder.children if c not in inner and (objects or c.dep_ == "conj")]
    for link in [c for c in behind if c.dep_ in ("conj", "prep") and c.tag_ == "IN"]:
        bound = child.lower_ == "from" and link.lower_ == "for"  # "from Newcastle for Philadelphia"
        if link.dep_ == "conj" or link.lower_ in word_set("with_theme") or bound:
            yield preposition(link)
    own = load_lexicon().nouns if child.lower_ in ("on", "during") else {}
    for thing in (o for o in objects if o.lower_ not in own):  # "on a voyage to" is told by the noun
        for link in thing.children:
            rides = link.lower_ == "for" and thing.lower_ in load_lexicon().carriers
            if link.dep_ == "prep" and (link.lower_ in word_set("with_theme") or rides):
                yield preposition(link)
