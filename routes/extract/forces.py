"""Who is deployed: the noun phrase that names a force, whose it is, its unit, its commander, its size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.clause import NEAR, children
from routes.extract.lexicon import load_table
from routes.extract.sizes import Size, find_sizes, find_vague
from routes.model import MentionRole, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

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
LED_BY_SHIP = re.compile(rf" (?:led|headed) by (?:the )?(?:aircraft carrier |carrier |destroyer |frigate )?(?:{SHIP.pattern})")
"""What shows that a group is one of warships."""
NO_UNIT = re.compile(r"^(?:Armed|Air|Special|Defen[cs]e|Security|Russian|American|British|French)\s(?:Forces?|Guard)$")
LED = r"(?:led|headed|commanded|run|under|under the command of|commander,?|chief,?)"
NAME_WORDS = 4
"""A force's name has at most so many words before its last."""
MAX_FORCE_CHARS = 90
BEFORE_FORCE = 24
"""Characters before a force's phrase in which its number may begin."""
AFTER_FORCE = 60
"""Characters behind a force's noun in which "of roughly 120 men" is looked for."""


class Kinds:
    """Names of the sorts of force."""

    PEOPLE = "people"
    UNITS = "units"
    VESSELS = "vessels"
    AIRCRAFT = "aircraft"
    WEAPONS = "weapons"
    PRESENCE = "presence"
    NAMED = "named"
    NATIONALS = "nationals"


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


@cache
def table(section: str, key: str) -> frozenset[str]:
    """A word list of deployments.toml."""
    return frozenset(load_table("deployments")[section][key])


@cache
def rank_pattern() -> re.Pattern[str]:
    """A rank with the name behind it."""
    ranks = "|".join(re.escape(r) for r in sorted(load_table("deployments")["titles"]["ranks"], key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{ranks})\s){{1,3}}(?P<name>(?:[A-Z][\w'’-]+|[A-Z]\.)(?:\s(?:[A-Z][\w'’-]+|[A-Z]\.|de|von|van|al)){{0,3}})"
    )


def force_kind(parsed: Parsed, token: Token) -> str | None:
    """Which sort of force a noun names, or None; ``marked`` is for the caller to ask."""
    word = parsed.written[token.i].lower()
    if word == "helmets" and token.i > 0 and parsed.written[token.i - 1].lower() == "blue":
        return Kinds.PEOPLE
    for kind in (Kinds.PEOPLE, Kinds.UNITS, Kinds.VESSELS, Kinds.AIRCRAFT, Kinds.WEAPONS, Kinds.PRESENCE):
        if word in table("forces", kind):
            return kind
    if word in {"fighters", "fighter"} and _fly(parsed, token):
        return Kinds.AIRCRAFT
    if word in table("forces", "people_if_marked"):
        return Kinds.PEOPLE
    if craft_pattern().fullmatch(parsed.written[token.i]):
        return Kinds.AIRCRAFT
    if word in table("marks", "names") or SHIP_PREFIX.match(word):
        return Kinds.NAMED
    if token.pos_ == "PROPN" and token.dep_ != "compound":
        before = parsed.written[max(token.left_edge.i, token.i - NAME_WORDS) : token.i]
        if any(w.lower() in table("marks", "names") for w in before):
            return Kinds.NAMED
        if any(w.lower() in table("forces", "vessels") for w in before):
            return Kinds.VESSELS
    return None


@cache
def craft_pattern() -> re.Pattern[str]:
    """A designation of military aircraft: "F-35s"."""
    return re.compile("|".join(load_table("deployments")["forces"]["craft"]))


def _fly(parsed: Parsed, token: Token) -> bool:
    """Whether "fighters" are aircraft: "jet fighters", "F-16 fighters"."""
    before = parsed.written[max(0, token.i - 2) : token.i]
    return any(w.lower() in table("forces", "jets") or craft_pattern().fullmatch(w) for w in before)


COUNTED = frozenset(("a", "an", "one", "two", "three", "four", "five", "six"))
SHIP_PREFIX = re.compile(r"^(?:uss|hms|usns|uscgc|hmcs|hmas|ins)$")


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
    if kind is None:
        return None
    start, end = _phrase(token)
    span = parsed.span(start, end)
    phrase = text[span.start : span.end]
    size = _size(text, span, parsed.spans[token.i].end, kind)
    unit_name = _ship_name(parsed, start, token.i, text) if kind == Kinds.VESSELS else None
    inside = [parsed.written[i] for i in range(start, end) if i != token.i]
    words_in = {w.lower() for w in inside}
    owner = _owner(parsed, token, start, end)
    named = any(w in table("marks", "names") for w in words_in)
    word = parsed.written[token.i].lower()
    strong = (
        kind == Kinds.NAMED
        or word == "helmets"
        or (kind == Kinds.VESSELS and not words_in.isdisjoint(table("forces", "vessels_alone")))
        or (kind == Kinds.UNITS and LED_BY_SHIP.match(text, span.end) is not None)
        or word in (table("forces", "people") | table("forces", "units_alone") | table("forces", "vessels_alone"))
    )
    marked = strong or named or _marked(word, words_in, kind, owned=owner is not None, counted=size is not None)
    marked = marked or any(craft_pattern().fullmatch(w) for w in inside)
    unit = ship or unit_name or _unit(phrase) or _ship_behind(text, span.end)
    words = _clean(phrase, size)
    vague = find_vague(text, span.start, span.end)
    size_text = size.text if size is not None else vague
    if size_text is None and kind == Kinds.UNITS:
        size_text = _bodies(parsed, token)
    return Force(
        token=token.i,
        span=span,
        words=words,
        kind=kind,
        marked=marked or unit is not None,
        owner=owner,
        unit=unit,
        size=size if kind != Kinds.UNITS or (size is not None and size.start > parsed.spans[token.i].start) else None,
        size_text=size_text,
    )


def _marked(word: str, words_in: set[str], kind: str, *, owned: bool, counted: bool) -> bool:
    """Whether a nationality, a number or a military word shows that a noun is a force; firms and civilians need the last."""
    civil = word in table("forces", "civilian") or (kind == Kinds.UNITS and word in table("forces", "civil"))
    military = table("marks", "military") - (table("marks", "broad") if civil else frozenset())
    if not military.isdisjoint(words_in):
        return True
    if word == "members" and "service" in words_in:
        return True
    return not civil and (owned or (counted and word not in table("forces", "weak")))


def _nationals(parsed: Parsed, token: Token, text: str) -> Force | None:
    """People called by their nationality: "1,500 Germans", "the Russians"."""
    mention = parsed.mention(token)
    if mention is None or (token.tag_ not in {"NNPS", "NNS"} and not mention.text.endswith("s")):
        return None
    start, end = _phrase(token)
    span = parsed.span(start, end)
    size = _size(text, span, parsed.spans[token.i].end, Kinds.PEOPLE)
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


def _bodies(parsed: Parsed, token: Token) -> str | None:
    """The number of bodies of troops, in words: "a battalion", "two brigades"."""
    if parsed.written[token.i].lower() not in table("forces", "bodies"):
        return None
    for child in children(token):
        if child.dep_ in {"nummod", "det"} and child.lower_ in COUNTED:
            return f"{parsed.written[child.i]} {parsed.written[token.i]}".lower()
    return None


def _size(text: str, span: Span, noun_end: int, kind: str) -> Size | None:
    """The number in the phrase; or behind the noun in "a mission of roughly 120 men", "a force, 900 strong"."""
    begin = max(0, span.start - BEFORE_FORCE)  # "a quarter of" a million men stands before the phrase of the men
    inside = [s for s in find_sizes(text, begin, noun_end) if s.end > span.start and not _is_name(text, s)]
    if inside and kind != Kinds.UNITS:
        return inside[-1]
    strong = next((s for s in inside if "strong" in s.text), None)
    if strong is not None:
        return strong
    after = re.compile(r"\s*[”\"’']?,?\s(?:of|numbering|comprising|totalling|totaling|consisting of|counting)\s").match(
        text, noun_end
    )
    if after is not None:
        found = find_sizes(text, after.end(), min(len(text), after.end() + AFTER_FORCE))
        if found and found[0].start - after.end() < 3:  # noqa: PLR2004 (right behind the "of")
            return found[0]
    return _set_beside(text, noun_end)


def _set_beside(text: str, at: int) -> Size | None:
    """A number between commas or brackets behind a noun: "monitors, some 200 of them,", "troops (about 300)"."""
    gap = re.compile(r"(?:, (?:perhaps |maybe |now )?|\s\((?:perhaps )?)").match(text, at)
    found = find_sizes(text, gap.end(), min(len(text), gap.end() + AFTER_FORCE)) if gap is not None else []
    if gap is None or not found or found[0].start != gap.end():
        return None
    bracket = text[gap.start() : gap.end()].lstrip().startswith("(")
    behind = re.compile(r"\)" if bracket else r" (?:of them|strong|in (?:all|number|total)|at (?:its|their|the) (?:peak|height))\b")
    return found[0] if behind.match(text, found[0].end) else None


def _is_name(text: str, size: Size) -> bool:
    """Whether a number belongs to a name ("S-300", "Type 26") or is a year."""
    before = text[max(0, size.start - 8) : size.start]
    year = size.low is not None and size.low == size.high and re.fullmatch(r"(?:19|20)\d\d", size.text) is not None
    return year or re.search(r"(?:[A-Za-z]-|Type |Mk |No\. |class )$", before) is not None


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
    return words.strip(" ,'’-")[:MAX_FORCE_CHARS].strip() or phrase.strip()[:MAX_FORCE_CHARS]


def find_commander(text: str, span: Span) -> str | None:
    """Who leads it, where a sentence names a rank with a name beside a word of leading."""
    sentence = text[span.start : span.end]
    if not re.search(
        r"\b(?:lead|leads|led|leading|head|heads|headed|heading|command|commands|commanded|commander|commanding|under)\b",
        sentence,
    ):
        return None
    match = rank_pattern().search(sentence)
    if match is None:
        # "a senior general, Oleg Petrov, …"
        match = re.search(
            r"\b(?:general|admiral|colonel|commander),\s(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,3})", sentence
        )
    return " ".join(match["name"].split()).removesuffix("’s").removesuffix("'s") if match else None
