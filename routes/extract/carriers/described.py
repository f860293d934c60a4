"""What a noun phrase says of a mover: its type, its names, whether it points back, which of several it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.carriers.marks import Mark, marks_of
from routes.extract.lexicon.tables import CarrierNoun, load_lexicon, word_set
from routes.extract.text.choosing import REGISTRATION
from routes.extract.text.parsing import STAND_IN_CRAFT, STAND_IN_ONE
from routes.extract.trips.members import is_bare, rank_of
from routes.model import MentionRole, Mode, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

VEHICLES = frozenset(("aircraft", "vessel", "convoy"))
FLIGHT_NUMBER = re.compile(r"^[A-Z]{2,3}\s?-?\d{1,4}[A-Z]?$|^[A-Z0-9]{1,2}-[A-Z0-9]{3,5}$")
BREAK = re.compile(r"[:;→(]| [—–] ")
"""Where the words for a carrier end, whatever the parse has hung on them."""

MAX_DISPLAY = 8
"""A carrier is shown by at most so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a noun phrase says of a mover."""

    type: str | None
    mode: Mode
    names: frozenset[str]
    words: str
    noun: str
    pronoun: str | None
    indefinite: bool
    definite: bool
    plural: bool
    anaphoric: bool
    hollow: bool
    none: bool
    other: bool
    rank: str | None
    bare: bool
    at: int
    owned: bool = False
    partitive: bool = False
    marks: frozenset[Mark] = frozenset()


def describe(parsed: Parsed, token: Token) -> Described:
    """Read a noun phrase: what type of mover, its names, whether it can point back."""
    lexicon = load_lexicon()
    phrase = _phrase(token)
    noun = _carrier_noun(parsed, token, phrase)
    names: set[str] = set()
    kind, mode = (noun.type, noun.mode) if noun else (None, Mode.UNKNOWN)
    owners = {g.i for c in token.children if c.dep_ == "poss" for g in (c, *c.children)}
    for part in phrase:
        if part.i in owners:
            continue
        mention = parsed.mentions[part.i]
        written = parsed.written[part.i]
        if part.text == STAND_IN_CRAFT and written != STAND_IN_CRAFT:
            kind, mode = "aircraft", Mode.AIR
            names.add(_model(written))
        elif part.text in lexicon.ship_prefixes:
            kind, mode = "vessel", Mode.SEA
        elif FLIGHT_NUMBER.match(part.text):
            names.add(part.text.lower())
            kind, mode = (kind or "aircraft"), (mode if mode is not Mode.UNKNOWN else Mode.AIR)
        elif (
            part.pos_ == "PROPN"
            and part.text[:1].isupper()
            and (mention is None)
            and part.lower_ not in lexicon.carriers
        ):
            names.add(part.lower_)
        elif (
            mention is not None
            and mention.role is MentionRole.LITERAL
            and token.pos_ == "PROPN"
            and (part is not token or _has_ships_article(part, mention))
        ):
            names |= set(written.lower().split())
    first = {t.lower_ for t in phrase if t.dep_ in ("det", "poss", "amod", "nummod", "predet")}
    if token.dep_ == "compound":  # "the jet calling" taken for a noun
        first |= {t.lower_ for t in token.head.children if t.dep_ == "det"}
    pronoun = (
        token.lower_ if token.pos_ == "PRON" or token.lower_ in word_set("singular") | word_set("plural") else None
    )
    return Described(
        type=kind,
        mode=mode,
        names=frozenset(names - word_set("not_names")),
        words=_display(parsed, phrase),
        noun=_spoken(parsed, token, noun),
        pronoun=pronoun,
        indefinite=bool(first & word_set("indefinite"))
        or (not first & word_set("definite") and not names and pronoun is None and token.pos_ != "PROPN")
        or is_brought_up(token),
        definite=bool(first & word_set("definite")),
        plural=(token.tag_ in ("NNS", "NNPS") and not (token.pos_ == "PROPN" and token.is_upper))
        or (token.pos_ == "PROPN" and any(_is_number(t) for t in phrase if t.i < token.i))
        or token.lower_ in word_set("plural")
        or (
            token.lower_ in ("aircraft", "craft", "hovercraft")
            and not first & (word_set("indefinite") | {"the", "this"})
        ),
        anaphoric=noun.anaphoric if noun else False,
        none=bool(first & {"no", "any", "neither"}),
        other=noun is None and token.text != STAND_IN_ONE and _is_body_or_person(token),
        hollow=bool(first & {"no", "any", "every", "each", "such"}) or (token.tag_ == "NNS" and not first),
        rank=rank_of(parsed, token),
        bare=is_bare(parsed, token),
        partitive=_of_several(token) is not None or _of_them(token),
        owned=any(t.lower_ in ("sister", "twin") for t in phrase)
        or (token.tag_ == "NNS" and kind in VEHICLES and any(c.lower_ == "its" for c in token.children)),
        at=parsed.spans[token.i].start,
        marks=marks_of(parsed, token, min(t.i for t in phrase)) if pronoun is None else frozenset(),
    )


def _has_ships_article(token: Token, mention: PlaceMention) -> bool:
    """Whether a town's name has an article, as a ship's has that is called after it: "the Bergen left Odesa"."""
    town = mention.place is not None and mention.place.kind is Kind.CITY
    return town and token.i > 0 and token.doc[token.i - 1].lower_ == "the"


def is_brought_up(token: Token) -> bool:
    """Whether "there is" brings up something not told of before: "then there is the Learjet of his brother"."""
    told_to_be = token.dep_ in ("attr", "nsubj") and token.head.lower_ in ("is", "are", "was", "were", "'s", "’s")
    return told_to_be and token.i > token.head.i and any(c.dep_ == "expl" for c in token.head.children)


def _is_number(token: Token) -> bool:
    """Whether a word counts two or more: "Two C-17"."""
    return token.tag_ == "CD" and token.dep_ in ("nummod", "compound") and token.lower_ not in ("one", "1")


def _spoken(parsed: Parsed, token: Token, noun: CarrierNoun | None) -> str:
    """The noun as the report has it, and not the stand-in it was parsed under."""
    written = parsed.written[token.i]
    if written != token.text and token.text == STAND_IN_CRAFT:
        return "aircraft"
    return noun.word if noun is not None else written.lower()


def _phrase(token: Token) -> list[Token]:
    """The head with its determiners, adjectives, compounds and appositions, in order."""
    found = [token]
    for child in token.children:
        if child.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod", "predet"):
            found.append(child)
            found += [g for g in child.children if g.dep_ in ("compound", "amod", "det", "nmod")]
        elif child.dep_ == "appos":
            found.append(child)
            found += [g for g in child.children if g.dep_ in ("compound", "amod", "nmod")]
    return sorted(found + _name_beside(token), key=lambda t: t.i)


def _name_beside(token: Token) -> list[Token]:
    """The name behind a vehicle's noun where the parse has both for subjects: "The tanker Star One sailed"."""
    noun = load_lexicon().carriers.get(token.lower_)
    if noun is None or noun.type not in VEHICLES or token.dep_ != "nsubj":
        return []
    for name in (c for c in token.head.children if c.dep_ == "nsubj" and c.pos_ == "PROPN" and c.i > token.i):
        before = [c for c in name.children if token.i < c.i < name.i and c.dep_ in ("compound", "nmod")]
        if len(before) == name.i - token.i - 1:
            return [*before, name]
    return []


def _is_body_or_person(token: Token) -> bool:
    """Whether a head that is no carrier's says what it is: "the expert", "the Foreign Ministry"."""
    if token.pos_ == "PROPN":
        return token.text in word_set("organisation_nouns")
    return token.pos_ == "NOUN" and token.lower_ not in word_set("trip_nouns") | word_set("groups")


def _with_word_before(token: Token) -> str:
    """A noun and the word before it as one: "bulk carrier", "low-loaders"."""
    before = [str(t.lower_) for t in token.doc[max(0, token.i - 2) : token.i]]
    if before[-1:] == ["-"]:
        return f"{before[0]}-{token.lower_}"
    return f"{before[-1] if before else ''} {token.lower_}"


def _carrier_noun(parsed: Parsed, token: Token, phrase: list[Token]) -> CarrierNoun | None:
    carriers = load_lexicon().carriers
    made = token.pos_ == "PROPN" and token.text[:1].isupper() and token.text != STAND_IN_CRAFT
    makers = [c.lower_ for c in token.children if c.dep_ == "compound" and c.lower_ in carriers] if made else []
    if makers and carriers[makers[-1]].type == "aircraft":
        return carriers[makers[-1]]  # "a Cessna Caravan" is no caravan
    for word in (_with_word_before(token), token.lower_):
        if word in carriers and parsed.mentions[token.i] is None and not _is_traffic(token):
            return carriers[word]
    if token.pos_ == "PROPN" or token.text == STAND_IN_CRAFT:
        parts = [part for part in reversed(phrase) if part.dep_ in ("compound", "nmod", "appos") or _is_craft(part)]
        parts = [part for part in parts if part.lower_ != "transport"]
        words = [word for part in parts for word in (_with_word_before(part), part.lower_)]
        if found := next((carriers[word] for word in words if word in carriers), None):
            return found
    else:
        for part in phrase:
            if part.dep_ == "appos" and part.lower_ in carriers:
                return carriers[part.lower_]
            if part.dep_ == "compound" and part.lower_ in carriers and carriers[part.lower_].type in VEHICLES:
                return carriers[part.lower_] if token.lower_ in ("group", "group", "fleet", "crew", "party") else None
    of = _of_several(token)
    return carriers[of.lower_] if of is not None else None


def _of_them(token: Token) -> bool:
    """Whether it is "thirty of them": of several told of before."""
    if token.lower_ not in word_set("groups") and token.tag_ != "CD":
        return False
    return any(g.lower_ == "them" for c in token.children if c.lower_ == "of" for g in c.children)


def _of_several(token: Token) -> Token | None:
    """The vehicles of which "eleven of the buses", "a convoy of lorries" tells."""
    if token.lower_ not in word_set("groups") and token.tag_ != "CD":
        return None
    objects = (g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
    return next((g for g in objects if g.dep_ == "pobj" and g.lower_ in load_lexicon().carriers), None)


def _is_craft(word: Token) -> bool:
    """Whether a word before a name, taken for an adjective, says what it is: "the frigate Vega"."""
    noun = load_lexicon().carriers.get(word.lower_)
    return word.dep_ == "amod" and noun is not None and noun.type in VEHICLES and word.text.islower()


def _is_traffic(token: Token) -> bool:
    """Whether "transport" is the trade and not a craft: "arms transports", "public transport"; not "two transports"."""
    return token.lower_.startswith("transport") and not any(
        c.lower_ in ("the", "this", "that", "a", "its", "one") or c.dep_ == "nummod" or c.text == STAND_IN_CRAFT
        for c in token.children
        if c.dep_ in ("det", "nummod", "compound")
    )


@cache
def _model(designation: str) -> str:
    """What tells one designation from another: "Ilyushin Il-76TD" → "il76", without maker and suffix."""
    if REGISTRATION.fullmatch(designation):
        return designation.lower()
    match = re.search(
        r"([A-Za-z]{0,3})[-‑–\s]?(\d{1,4})", designation.split(maxsplit=1)[-1] if " " in designation else designation
    )
    return (match[1] + match[2]).lower() if match else designation.lower()


def _display(parsed: Parsed, phrase: Sequence[Token]) -> str:
    """The phrase as written, without its article."""
    kept = _together([t for t in phrase if t.dep_ not in ("det", "predet", "poss") or t.pos_ == "PROPN"])
    if not kept:
        return ""
    start, end = kept[0].i, kept[-1].i + 1
    end += end < len(parsed.doc) and _numbers(parsed.doc[end], parsed.doc[end - 1])
    if end - start > MAX_DISPLAY:
        start = max(start, end - MAX_DISPLAY)
        while start + 1 < end and (parsed.doc[start].is_punct or parsed.doc[start].dep_ == "det"):
            start += 1
    while (
        start > 0 and parsed.spans[start - 1].end == parsed.spans[start].start and parsed.doc[start - 1].dep_ != "poss"
    ):
        start -= 1  # "four-engined"
    text = "".join(
        parsed.written[i] + (" " if i + 1 < end and parsed.spans[i].end < parsed.spans[i + 1].start else "")
        for i in range(start, end)
    )
    return BREAK.split(text)[0].strip(" ,-–—'’\"“”")


def _numbers(token: Token, name: Token) -> bool:
    """Whether a number is the last word of the name before it: "Star 1"."""
    return token.tag_ == "CD" and token.dep_ == "nummod" and token.head == name and name.pos_ == "PROPN"


def _together(phrase: list[Token]) -> list[Token]:
    """The part of a phrase round its head that no verb parts from it."""
    at = next((n for n, t in enumerate(phrase) if t.head not in phrase or t.head == t), 0)
    low, high = at, at
    while low > 0 and not _parts(phrase[low - 1], phrase[low]):
        low -= 1
    while high + 1 < len(phrase) and not _parts(phrase[high], phrase[high + 1]):
        high += 1
    return phrase[low : high + 1]


def _parts(before: Token, after: Token) -> bool:
    """Whether a verb stands between two words."""
    return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in before.doc[before.i + 1 : after.i])
