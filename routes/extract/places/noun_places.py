"""The place that a noun phrase names or points to: at its head, inside it, or as a name no gazetteer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.places.people import titles
from routes.extract.places.word_uses import word_uses
from routes.model import MentionRole, MentionStatus, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from gazetteer.place import Place
    from routes.extract.text.parsing import Parsed

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


GIVEN = 2
"""From this grade on a word is common enough as a first name (word_uses.tsv)."""

STATION = "station"
"""Of a warship: "on station" is the area it is sent to, named before."""

RELATIVE = ("which", "where", "that", "whence")


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
    if points_back(parsed, token):
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
        if child.dep_ == "prep" and (child.lower_ in word_set("inner") or (child.lower_ == "over" and _spans(token))):
            inner = (named_place(parsed, g, depth + 1) for g in child.children if g.dep_ == "pobj")
            got = next((g for g in inner if g is not None and g[1] is not None), None)
            if got is not None:
                return got
        elif found is None:
            found = _beside(parsed, token, child, depth)
    return found


def _spans(token: Token) -> bool:
    """Whether a noun is for a way over something: "the bridge over the River Ouse"."""
    return token.lower_ in ("bridge", "bridges", "viaduct", "pass")


def _beside(parsed: Parsed, token: Token, child: Token, depth: int) -> Found | None:
    """A place that stands with a noun: "a London school", "Toronto's market", "the capital, Caracas"."""
    if child.dep_ in ("compound", "nmod", "poss", "amod", "appos"):
        mention = parsed.mention(child)
        if mention is not None and mention.role is MentionRole.LITERAL:
            return child, mention
        if child.dep_ == "compound" and token.pos_ == "NOUN" and child.text in word_set("name_heads"):
            return _unknown_name(parsed, child)  # "the Aire Valley line"
        return _inner_place(parsed, child, depth + 1) if child.dep_ == "appos" else None
    if child.dep_ in ("attr", "acl") and token.pos_ in ("AUX", "VERB"):
        return named_place(parsed, child, depth + 1)
    return None


def points_back(parsed: Parsed, token: Token) -> bool:
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
    if not named and (
        token.tag_ == "NNPS"
        or token.pos_ != "PROPN"
        or not token.text[:1].isupper()
        or token.text in word_set("never_names")
    ):
        return None
    first = token.i
    while first > 0 and token.doc[first - 1].dep_ == "compound" and token.doc[first - 1].head.i in (token.i, first):
        first -= 1
    if any(parsed.mentions[i] is not None for i in range(first, token.i + 1)):
        return None
    span = parsed.span(first, token.i + 1)
    text = " ".join(parsed.doc[i].text for i in range(first, token.i + 1))
    head = text.split(maxsplit=1)[0].rstrip(".")
    if text in word_set("roads"):
        return None  # what stands before it is no part of the name, and "Road" alone names none
    if any(token.doc[i].text in load_lexicon().carriers for i in range(first, token.i)):
        return None  # "the tug Stella"
    if head in word_set("never_names") or len(text) < MIN_NAME or _is_no_place(token, first):
        return None
    return token, PlaceMention(span=span, text=text, status=MentionStatus.UNRESOLVED)


_CRAFT = frozenset(("cessna", "piper", "dornier", "boeing", "airbus", "antonov", "ilyushin", "gulfstream", "hercules"))


def _is_no_place(token: Token, first: int) -> bool:
    """Whether a name is that of a person or a body: a title before it, a body's last word, "Wagner, the army"."""
    before = token.doc[first - 1].lower_.rstrip(".") if first else ""
    start = token.doc[first].lower_.rstrip(".")
    if before in titles() or (start in titles() and first < token.i) or token.text in word_set("organisation_nouns"):
        return True
    if any(t.text in load_lexicon().carriers for t in token.doc[max(first - 1, 0) : token.i]) or token.lower_ in _CRAFT:
        return True  # "the tug Anna Maria"
    given = word_uses().get(start, 0) // 100 >= GIVEN and token.text not in word_set("name_heads")
    if given and first < token.i:
        return True  # "to visit George Burnett"
    kinds = word_set("place_nouns") | word_set("pointer_nouns")
    return any(c.dep_ == "appos" and c.pos_ == "NOUN" and c.lower_ not in kinds for c in token.children)


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


BAY_KM = 60.0
"""A bay of a smaller radius is an anchorage with its towns, and one may call there."""


def _is_bay(place: Place) -> bool:
    return place.kind is Kind.SEA and 0 < place.radius_km <= BAY_KM


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
        country = b.place is not None and b.place.kind is Kind.COUNTRY
        return (bool(near) and near[0] in ("in", "near", "outside")) or (country and between == [","])
    holds = SIZE[b.place.kind] > (SIZE[Kind.CITY] if _is_bay(a.place) else SIZE[a.place.kind])
    same = a.place.country_code is None or b.place.country_code in (None, a.place.country_code)
    if near and near[-1] in ("near", "outside", "off"):
        return between[0] == "," or holds
    return holds and same
