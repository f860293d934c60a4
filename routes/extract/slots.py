"""The places round a word of motion, each with what the words say of it: left, reached, passed, or been at.

A slot is read from the parse: direct object, prepositions and their chains, coordinated names, relative clauses that
point back to a place ("Shannon, where it had begun"). What a slot means is decided by the frame of the cue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.lexicon.tables import Cue, Frame, load_lexicon, word_set
from routes.model import MentionRole, MentionStatus, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

MAX_CHAIN = 400
"""So many links of one coordination or chain of heads are followed; a parse has fewer tokens."""

MAX_DEPTH = 3
"""How deep a noun phrase is searched for its place: "the bar of a hotel in a suburb of Rome"."""

MAX_BETWEEN = 7
"""Words between a place and the place that says where it lies."""

MIN_NAME = 3
"""A name the gazetteer does not know has at least so many letters."""

SIZE = {
    Kind.SITE: 0,
    Kind.CITY: 1,
    Kind.ADMIN2: 2,
    Kind.ADMIN1: 3,
    Kind.REGION: 4,
    Kind.COUNTRY: 4,
    Kind.SEA: 4,
    Kind.WATERWAY: 1,
    Kind.CONTINENT: 5,
}
"""Which kind of place may hold which: a larger number holds a smaller one."""


STATION = "station"
"""Of a warship: "on station" is the area it is sent to, named before."""

RELATIVE = ("which", "where", "that", "whence")


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


def chain(token: Token) -> Iterator[Token]:
    """A token and everything coordinated with it, in the order of the text."""
    waiting, seen = [token], 0
    while waiting and seen < MAX_CHAIN:
        current = waiting.pop(0)
        seen += 1
        yield current
        waiting += [child for child in current.children if child.dep_ == "conj"]


def named_place(
    parsed: Parsed, token: Token, depth: int = 0, *, known: bool = False
) -> tuple[Token, PlaceMention | None] | None:
    """The place a noun phrase names or points to, looked for at its head and then inside it.

    Returns:
        The token that names it with its mention; a pointer has None for the mention; None where there is no place.
    """
    mention = parsed.mention(token)
    if mention is not None:
        slotted = token.dep_ in ("pobj", "conj") and mention.role is MentionRole.METONYM
        return (token, mention) if slotted or mention.role is MentionRole.LITERAL else None
    if token.lower_ == "there":
        return token, None
    if token.lower_ in RELATIVE:
        return antecedent(parsed, token, depth)
    inner = _inner_place(parsed, token, depth)
    if inner is not None:
        return inner
    if _points(parsed, token):
        return token, None
    return None if known else _unknown_name(parsed, token)


def antecedent(parsed: Parsed, token: Token, depth: int = 0) -> tuple[Token, PlaceMention | None] | None:
    """The place that a relative pronoun points back to."""
    head = token
    for _ in range(MAX_CHAIN):
        if head.dep_ == "relcl":
            noun = head.head
            if noun.dep_ == "appos" and parsed.mention(noun) is None and parsed.mention(noun.head) is not None:
                noun = noun.head
            return named_place(parsed, noun, depth + 1) if depth < MAX_DEPTH else None
        if head.head == head:
            return None
        head = head.head
    return None


Found = tuple["Token", PlaceMention | None]


def _inner_place(parsed: Parsed, token: Token, depth: int) -> Found | None:
    if depth > MAX_DEPTH or token.pos_ in ("ADP", "PUNCT", "DET", "CCONJ", "SCONJ", "PART"):
        return None
    found: Found | None = None
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in word_set("inner"):
            inner = (named_place(parsed, g, depth + 1) for g in child.children if g.dep_ == "pobj")
            got = next((g for g in inner if g is not None and g[1] is not None), None)
            if got is not None:
                return got
        elif found is None:
            found = _beside(parsed, token, child, depth)
    return found


def _beside(parsed: Parsed, token: Token, child: Token, depth: int) -> Found | None:
    """A place that stands with a noun: "a London school", "Toronto's market", "the capital, Caracas"."""
    if child.dep_ in ("compound", "nmod", "poss", "amod", "appos"):
        mention = parsed.mention(child)
        if mention is not None and mention.role is MentionRole.LITERAL:
            return child, mention
        return _inner_place(parsed, child, depth + 1) if child.dep_ == "appos" else None
    if child.dep_ in ("attr", "acl") and token.pos_ in ("AUX", "VERB"):
        return named_place(parsed, child, depth + 1)
    return None


def _points(parsed: Parsed, token: Token) -> bool:
    """Whether a noun points to a place: "the airfield", "its capital", "the Lebanese port", "on station"."""
    if token.lower_ == STATION:
        return token.head.lower_ == "on" and not any(
            child.dep_ in ("det", "amod", "compound") for child in token.children
        )
    if token.lower_ not in word_set("pointer_nouns"):
        return False
    if any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.children):
        return False  # "the Jose terminal" has a name of its own
    return (
        any(child.lower_ in ("the", "that", "this", "its", "their") for child in token.children) and parsed is not None
    )


def _unknown_name(parsed: Parsed, token: Token) -> tuple[Token, PlaceMention] | None:
    """A capitalised name that the gazetteer does not know, standing where a place stands."""
    named = token.lower_ in word_set("pointer_nouns") and any(
        c.dep_ == "compound" and c.pos_ == "PROPN" for c in token.children
    )
    if not named and (token.pos_ != "PROPN" or not token.text[:1].isupper() or token.text in word_set("never_names")):
        return None
    first = token.i
    while first > 0 and token.doc[first - 1].dep_ == "compound" and token.doc[first - 1].head.i in (token.i, first):
        first -= 1
    if any(parsed.mentions[i] is not None for i in range(first, token.i + 1)):
        return None
    span = parsed.span(first, token.i + 1)
    text = " ".join(parsed.doc[i].text for i in range(first, token.i + 1))
    head, tail = text.split(maxsplit=1)[0].rstrip("."), text.rsplit(maxsplit=1)[-1]
    if head in word_set("never_names") or tail in word_set("organisation_nouns") or len(text) < MIN_NAME:
        return None
    return token, PlaceMention(span=span, text=text, status=MentionStatus.UNRESOLVED)


def qualifiers(parsed: Parsed) -> set[int]:
    """Tokens that only say where another place lies: "Mersin, in southern Turkey", "Yerevan, Armenia"."""
    found: set[int] = set()
    before: int | None = None
    for token in parsed.doc:
        mention = parsed.mentions[token.i]
        if mention is None or mention.role is not MentionRole.LITERAL:
            continue
        if before is not None and _only_where(parsed, before, token.i):
            found.add(token.i)
        before = token.i
    return found


def _only_where(parsed: Parsed, first: int, second: int) -> bool:
    between = [t.lower_ for t in parsed.doc[first + 1 : second]]
    if len(between) > MAX_BETWEEN or "and" in between or "to" in between:
        return False
    a, b = parsed.mentions[first], parsed.mentions[second]
    if a is None or b is None:
        return False
    near = [w for w in between if w not in (",", "(", "the", "just", "far", "now", "what", "is", "also", "itself")]
    linked = (
        not near
        or near[0] in word_set("where")
        or (between[0] == "," and near[0] in ("a", "an", "one") and near[-1] in word_set("where"))
    )
    if not linked or not between:
        return False
    if a.place is None or b.place is None:
        return bool(near) and near[0] in ("in", "near", "outside")
    holds = SIZE[b.place.kind] > SIZE[a.place.kind]
    same = a.place.country_code is None or b.place.country_code in (None, a.place.country_code)
    if near and near[-1] in ("near", "outside", "off"):
        return between[0] == "," or holds
    return holds and same


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
        if objects:
            return words, objects
        inner = [c for c in current.children if c.dep_ in ("prep", "advmod") and c.i > current.i]
        if not inner:
            return words, []
        current = inner[0]
        words = f"{words} {current.lower_}"
    return words, []


def part_of(frame: Frame, phrase: str) -> Part | None:
    """What a preposition says of its place under a frame."""
    table = load_lexicon().prepositions
    if frame.name == "stay" and table.get(phrase.rsplit(maxsplit=1)[-1]) not in ("at", "origin"):
        return None
    if frame.name == "none" or phrase.split(maxsplit=1)[0] in word_set("other_phrases"):
        return None
    if phrase == "between":
        return Part.BETWEEN
    if phrase == "for":
        return (Part.REACHED if frame.reached else Part.BOUND) if frame.for_ == "goal" else None
    last = phrase.rsplit(maxsplit=1)[-1]
    role = table.get(phrase) or (table.get("out of") if phrase == "out of" else table.get(last))
    if phrase == "off" and frame.name not in ("depart", "setoff", "move"):
        role = "at"
    if role == "goal":
        if frame.to != "goal":
            return None
        return Part.REACHED if frame.reached and last not in ("towards", "toward") else Part.BOUND
    if role == "at":
        if frame.at == "goal_on":
            return Part.REACHED if phrase == "on" else None
        return _parts().get(frame.at)
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
        for inner in time.children:
            if time.dep_ == "pobj" and inner.dep_ == "prep" and inner.lower_ in ("in", "at", "off"):
                yield from ((Part.STOPPED, g, f"{prep.text} … {inner.text}") for g in inner.children)


def _round_theme(cue: Cue, theme: Token) -> Iterator[tuple[Part | None, Token, str]]:
    """Places the parse has hung on what is moved: "brought [the singer from Tokyo]", "took [the road for Kigali]"."""
    own = theme.lower_ in cue.words
    for child in theme.children:
        if child.dep_ == "prep" and (child.lower_ in word_set("with_theme") or own):
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
            _add(slots, parsed, part, head, words, skip)
    return sorted(slots, key=lambda s: s.token)


def _add(slots: list[Slot], parsed: Parsed, part: Part, head: Token, words: str, skip: set[int]) -> None:
    """Add the places that a noun phrase and what is coordinated with it name."""
    known = words.rsplit(maxsplit=1)[-1] in word_set("unsure") or (head.dep_ == "dobj" and part is Part.PASSED)
    known = known and head.text not in word_set("name_heads")
    for link in chain(head):
        got = named_place(parsed, link, known=known) if link.i not in skip else None
        if got is None:
            continue
        # "the port from which it sailed" tells a second thing of a place: it keeps the pronoun's own token
        found = [(link.i if link.lower_ in RELATIVE else got[0].i, got[1])]
        if got[0] is not link:  # "hospitals in Baghdad and Basra"
            found += [(more.i, parsed.mention(more)) for more in chain(got[0]) if parsed.mention(more) is not None]
        for at, mention in found:
            if got[0].i not in skip and at not in skip and at not in {s.token for s in slots}:
                slots.append(Slot(part=part, token=at, mention=mention, words=words))


def _round(
    parsed: Parsed, token: Token, cue: Cue, skip: set[int], slots: list[Slot]
) -> Iterator[tuple[Part | None, Token, str]]:
    """What may be a place round a cue: the part it has, its head, and the words that give it."""
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and token.pos_ in ("VERB", "AUX"):
            if _is_place(parsed, child, cue.frame, skip):
                yield _parts().get(cue.frame.object), child, token.text
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
        part = _part_here(cue.frame, phrase, slots)
        if part is Part.LEFT:
            yield from _from_trip(objects, f"{token.text} {phrase}")
        yield from ((part, thing, f"{token.text} {phrase}") for thing in objects)


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
        parsed.mention(thing) is not None
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in ("in", "at", "between", "near", "outside")
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
    return _points(parsed, token) or token.lower_ in word_set("place_nouns")


def _prepositions(child: Token) -> Iterator[tuple[str, list[Token]]]:
    if child.dep_ == "npadvmod":
        for grandchild in child.children:
            if grandchild.dep_ == "prep":
                yield preposition(grandchild)
        return
    yield preposition(child)
    objects = [c for c in child.children if c.dep_ == "pobj"]
    for link in [c for c in child.children if c.dep_ in ("conj", "prep") and c.tag_ == "IN" and objects]:
        if link.dep_ == "conj" or link.lower_ in word_set("with_theme"):
            yield preposition(link)
    for thing in objects:
        for link in thing.children:
            rides = link.lower_ == "for" and thing.lower_ in load_lexicon().carriers
            if link.dep_ == "prep" and (link.lower_ in word_set("with_theme") or rides):
                yield preposition(link)
