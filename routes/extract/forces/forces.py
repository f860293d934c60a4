"""Who is deployed: the noun phrase that names a force, whose it is, its unit, its commander, its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.forces.force_kinds import (
    Kinds,
    craft_pattern,
    figure_of_speech,
    force_kind,
    shows_force,
    table,
)
from routes.extract.forces.force_sizes import bodies, force_size, size_beside
from routes.extract.text.clause import NEAR, children
from routes.extract.text.sizes import Size, find_vague
from routes.model import MentionRole, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

SHIP = re.compile(
    r"\b(?:USS|USNS|USCGC|HMS|HMCS|HMAS|HMNZS|INS|ROKS|JS|BRP|KRI|FS|ITS|TCG|FGS|HNLMS|HDMS|ORP|PNS)\s[A-Z][\w.'’-]*"
    r"(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+)){0,3}"
)
UNIT = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth))"
    r"(?:\s(?:and\s)?[A-Z][\w'’-]+){1,5}(?:\s(?:brigade|battalion|division|regiment|squadron|company|fleet))?"
    r"|\b(?:Wagner|Africa|Afrika|Foreign|Task|Quick|Rapid|Joint|Multinational|Carrier|Operation)"
    r"(?:\s[A-Z][\w'’-]+){1,4}"
    r"|\b(?:[A-Z][\w'’-]+\s){1,4}(?:Brigade|Battalion|Division|Regiment|Corps|Legion|Task Force|Group|Force"
    r"|Mission|Battlegroup|Command|Squadron|Wing|Fleet|Company|Unit|Guard|Guards|Rifles|Fusiliers)\b"
)
LED_BY_SHIP = re.compile(
    rf" (?:led|headed) by (?:the )?(?:aircraft carrier |carrier |destroyer |frigate )?(?:{SHIP.pattern})"
)
"""What shows that a group is one of warships."""
NO_UNIT = re.compile(r"^(?:Armed|Air|Special|Defen[cs]e|Security|Russian|American|British|French)\s(?:Forces?|Guard)$")
CARGO = frozenset(("bulk", "ore", "gas", "car", "lng", "crude", "grain", "livestock", "cargo"))
"""What other carriers carry than aircraft."""
MAX_FORCE_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A force as a report names it.

    Attributes:
        token: Index of the noun that heads the phrase.
        span: Where the phrase stands in the report.
        words: The phrase without articles and numbers.
        kind: One of ``Kinds``.
        marked: Whether a nationality, a number or a military word shows that it is a force.
        owner: Id and name of the country whose it is, if told.
        unit: Its proper name, if it has one.
        size: How many.
        size_text: The wording of the size, also where it gives no number.
        noun: The noun that heads the phrase, in lower case; "" where a name does.
    """

    token: int
    span: Span
    words: str
    kind: str
    marked: bool
    owner: tuple[str, str] | None = None
    unit: str | None = None
    size: Size | None = None
    size_text: str | None = None
    noun: str = ""

    @property
    def batteries(self) -> bool:
        """Whether weapons come with those who man them: a battery, not missiles."""
        return bool({"battery", "batteries", "system", "systems"} & set(self.words.lower().split()))


def read_force(parsed: Parsed, token: Token, text: str) -> Force | None:
    """The force that a noun heads, or None where it is none ("the company said", "police officers")."""
    mention = parsed.mention(token)
    if mention is not None:
        return _nationals(parsed, token, text) if mention.role is MentionRole.DEMONYM else None
    kind = force_kind(parsed, token)
    ship = None
    if kind is None and token.pos_ == "PROPN":
        ship = _ship(parsed, token, text)
        kind = Kinds.NAMED if ship is not None else None
    if kind is None or figure_of_speech(parsed, token):
        return None
    start, end = _phrase(token)
    span = parsed.span(start, end)
    phrase = text[span.start : span.end]
    size = force_size(text, span, parsed.spans[token.i].end, kind) or size_beside(parsed, token, text)
    unit_name = _ship_name(parsed, start, token.i, text) if kind == Kinds.VESSELS else None
    inside = [parsed.written[i] for i in range(start, end) if i != token.i]
    words_in = {w.lower() for w in inside} | {w.lower() for w in phrase.split() if "-" in w}
    owner = _owner(parsed, token, start, end)
    named = any(w in table("marks", "names") for w in words_in)
    word = parsed.written[token.i].lower()
    strong = (
        kind == Kinds.NAMED
        or word == "helmets"
        or (kind == Kinds.VESSELS and not words_in.isdisjoint(table("forces", "vessels_alone")))
        or (kind == Kinds.VESSELS and "carrier" in words_in and token.pos_ == "PROPN" and not words_in & CARGO)
        or (kind == Kinds.UNITS and LED_BY_SHIP.match(text, span.end) is not None)
        or word in (table("forces", "people") | table("forces", "units_alone") | table("forces", "vessels_alone"))
    )
    strong = strong and (size is not None or words_in.isdisjoint(table("marks", "past")))
    marked = (
        strong or named or shows_force(word, words_in, kind, owned=_of_country(owner, word), counted=size is not None)
    )
    marked = marked or any(craft_pattern().fullmatch(w) for w in inside)
    unit = ship or unit_name or _unit(phrase) or _ship_behind(text, span.end)
    words = _clean(phrase, size)
    vague = find_vague(text, span.start, span.end)
    size_text = size.text if size is not None else vague
    if size_text is None and kind == Kinds.UNITS:
        size_text = bodies(parsed, token)
    return Force(
        token=token.i,
        span=span,
        words=words,
        kind=kind,
        marked=marked or unit is not None,
        owner=owner,
        unit=unit,
        noun=word,
        size=size if kind != Kinds.UNITS or (size is not None and size.start > parsed.spans[token.i].start) else None,
        size_text=size_text,
    )


def _of_country(owner: tuple[str, str] | None, word: str) -> bool:
    """Whether an owner shows a force: for officers, guards or ships only a country, by its two-letter code."""
    return owner is not None and (len(owner[0]) == 2 or word not in table("forces", "weak"))  # noqa: PLR2004


def _nationals(parsed: Parsed, token: Token, text: str) -> Force | None:
    """People called by their nationality: "1,500 Germans", "the Russians"."""
    mention = parsed.mention(token)
    if mention is None or (token.tag_ not in {"NNPS", "NNS"} and not mention.text.endswith("s")):
        return None
    start, end = _phrase(token)
    span = parsed.span(start, end)
    size = force_size(text, span, parsed.spans[token.i].end, Kinds.PEOPLE)
    owner = (mention.place.id, mention.place.name) if mention.place is not None else None
    return Force(
        token=token.i,
        span=span,
        words=_clean(text[span.start : span.end], size),
        kind=Kinds.NATIONALS,
        marked=True,
        owner=owner,
        size=size,
        size_text=size.text if size else find_vague(text, span.start, span.end),
    )


def _phrase(token: Token) -> tuple[int, int]:
    """The noun phrase of a force: what stands before its noun, and "of the Wagner Group" behind it."""
    start, end = token.i, token.i + 1
    for child in children(token):
        if child.i < token.i and child.dep_ in {
            "compound",
            "amod",
            "nummod",
            "nmod",
            "poss",
            "quantmod",
            "det",
            "advmod",
        }:
            start = min(start, child.left_edge.i)
        elif child.i == end and child.dep_ == "prep" and child.lower_ == "of":
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and inner.right_edge.i - token.i < NEAR and inner.pos_ in {"PROPN", "NOUN", "NUM"}:
                end = _end_of(inner)
        elif child.i == end and child.dep_ in {"appos", "nmod", "nummod"} and child.pos_ in {"PROPN", "NUM"}:
            end = child.i + 1
    return start, end


def _end_of(noun: Token) -> int:
    """The end of a noun phrase before any clause or further preposition hung on it."""
    cuts = [
        c.left_edge.i for c in children(noun) if c.i > noun.i and c.dep_ in {"relcl", "acl", "prep", "punct", "appos"}
    ]
    return min([noun.right_edge.i + 1, *cuts])


def _owner(parsed: Parsed, token: Token, start: int, end: int) -> tuple[str, str] | None:
    """The country named in the phrase: a demonym, a possessive, "of Russia"."""
    for i in range(start, end):
        mention = parsed.mentions[i]
        if i != token.i and mention is not None and mention.place is not None:
            town = mention.place.kind is not Kind.COUNTRY and mention.role is MentionRole.LITERAL
            local = town and parsed.doc[i].dep_ == "compound"  # "Chicago police", but "Moscow's troops"
            code = mention.place.id if local else mention.place.country_code or mention.place.id
            code = "EU" if mention.text == "EU" else code
            return code, mention.place.name
    origins = (n for c in children(token) if c.dep_ == "prep" and c.lower_ == "from" for n in c.children)
    for noun in origins:
        mention = parsed.mention(noun)
        if mention is not None and mention.place is not None and mention.place.kind is Kind.COUNTRY:
            return mention.place.country_code or mention.place.id, mention.place.name
    return None


def _ship(parsed: Parsed, token: Token, text: str) -> str | None:
    left = parsed.spans[token.left_edge.i].start
    match = SHIP.search(text, left, parsed.spans[token.i].end + 40)
    return match.group() if match and match.start() <= parsed.spans[token.i].start <= match.end() else None


def _ship_name(parsed: Parsed, start: int, end: int, text: str) -> str | None:
    """The name behind the sort of a ship within one phrase: "the aircraft carrier Charles de Gaulle"."""
    for i in range(end - 1, start - 1, -1):
        if parsed.written[i].lower() in table("forces", "vessels"):
            span = parsed.span(i + 1, end + 1)
            return " ".join(text[span.start : span.end].split())
    return None


def _ship_behind(text: str, end: int) -> str | None:
    """The ship's name right behind its sort: "the destroyer USS Porter"."""
    gap = re.compile(r"\s|, (?:the )?").match(text, end)
    match = SHIP.match(text, gap.end()) if gap is not None else None
    return " ".join(match.group().split()) if match is not None else None


def _unit(phrase: str) -> str | None:
    match = SHIP.search(phrase) or UNIT.search(phrase)
    if match is None:
        return None
    name = " ".join(match.group().split()).removeprefix("The ")
    return None if NO_UNIT.match(name) or " " not in name else name


def _clean(phrase: str, size: Size | None) -> str:
    words = " ".join(phrase.split())
    if size is not None:
        words = words.replace(size.text, "", 1)
    words = re.sub(
        r"^(?:(?:the|a|an|its|their|his|her|some|about|of|more|these|those|this|that|our|such|least|roughly)\s)+",
        "",
        words.strip(),
        flags=re.I,
    )
    words = re.sub(r"[“”\"]", "", words)
    words = re.sub(r"(?:\s(?:of|the|some|about|and|or))+$", "", words.strip())
    return words.strip(" ,'’-")[:MAX_FORCE_CHARS].strip() or phrase.strip()[:MAX_FORCE_CHARS]
