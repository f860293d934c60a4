"""Names that are certainly not of a place: ships, diseases, clubs, initials, designations, sums of money.

A ship is told by its prefix ("HMS London", "USS Carl Vinson"), by the word for what it is right before it ("the
submarine Georgia") or right after ("the Mediterranean Voyager, a tanker"), a disease by the word after it ("Marburg
virus"). Once a report has named a ship or a disease, its bare name means that, unless a word of place stands before it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from gazetteer.place import Kind, NameKind
from routes.extract.places.evidence import NameSpan
from routes.extract.places.profiles import Profile
from routes.extract.places.word_uses import LEXICON, heads
from routes.extract.places.words import Word

_BEFORE = 24
_QUOTES = " \u00a0\"'“‘*_"
_DESIGNATION = re.compile(r"-?\d|\$")
"""After a name: "Il-76", "US-24", "A320", "US$5"."""
_LOCATIVE = frozenset(
    "in at after from to near off into for toward towards outside via around leaving".split(" ")  # noqa: SIM905
)
_MAX_DESIGNATION = 4
_INITIALS = 3
_AFTER = 60
_NEXT = re.compile(r"[ \u00a0]([A-Za-z]+)(?! Control)\b")
"""The word after a name; a Disease Control Center is a place's own."""
_ARTICLES = ", a ", ", an ", ", the "
_APPOSITION = re.compile(
    r", (?:an?|the) ((?:(?!(?:at|by|for|from|in|of|on|that|to|where|which|with) )[\w-]+ ?){1,4})(?![’'])"
)
"""After a ship's name, what it is: "the Mediterranean Voyager, a tanker"."""
_LARGE_CLASSES = frozenset({"country", "state", "region", "demonym"})
"""Places so great that their bare name means them though a disease is named after them ("Sudan virus")."""


@cache
def ship_prefixes() -> frozenset[str]:
    """Prefixes that stand before a ship's name, as written."""
    return _lines("ship_prefixes.txt")


@cache
def acronyms() -> frozenset[str]:
    """Initials of bodies and diseases that the gazetteer has as towns."""
    return _lines("acronyms.txt")


@cache
def _vessels() -> frozenset[str]:
    """Words before a name that tell of a ship: the prefixes, and nouns such as "tanker"."""
    return ship_prefixes() | {word for word, kind in heads().items() if kind == "vessel"}


@cache
def _ails() -> tuple[str, ...]:
    """What a text with a disease named after a place has in it."""
    return tuple(f" {word}" for word in sorted(others()["diseases"] | others()["ailments"]))


def _lines(table: str) -> frozenset[str]:
    rows = (LEXICON / table).read_text(encoding="utf-8").split("\n")
    return frozenset(row.strip() for row in rows if row and row[0] != "#")


@cache
def others() -> dict[str, frozenset[str]]:
    """The words of ``lexicon/others.toml``, by list."""
    with (LEXICON / "others.toml").open("rb") as table:
        return {name: frozenset(words) for name, words in tomllib.load(table).items()}


def without_others(text: str, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The names that may be places, without those that are certainly none, by themselves or by an earlier naming."""
    kept = []
    named: set[str] = set()
    ails = any(word in text for word in _ails())
    for span in spans:
        if span.name.is_other or (
            span.end - span.start <= _MAX_DESIGNATION and _DESIGNATION.match(text, span.end) is not None
        ):
            continue
        if _is_ship(text, span) or (text.startswith(_ARTICLES, span.chain_end) and _is_called_ship(text, span)):
            named.add(span.name.key)
        elif ails and _is_disease(text, span):
            if span.name.profile.coarse not in _LARGE_CLASSES:
                named.add(span.name.key)
        else:
            kept.append(span)
    if not named:
        return kept
    return [span for span in kept if span.name.key not in named or _word_before(text, span) in _LOCATIVE]


def has_ship_prefix(words: Sequence[Word]) -> bool:
    """Whether a ship's prefix is among these words, which stand before a name in its chain."""
    return any(word.text in ship_prefixes() for word in words)


def is_other_in_chain(words: Sequence[Word], first: int, raw: str, profile: Profile) -> bool:
    """Whether the chain a name stands in, or how it is written, says that it is none of a place.

    Args:
        words: The words of the chain.
        first: Index of the name's first word.
        raw: The name as written.
        profile: What is known of it.
    """
    before = {"": "prefixes", "of": "orders"}.get(words[first].link) if first else None
    if raw in acronyms() or (before is not None and words[first - 1].text in others()[before]):
        return True
    return len(raw) <= _INITIALS and raw[1:].islower() and _is_initials(raw, profile)


def _is_initials(raw: str, profile: Profile) -> bool:
    """Whether a name is the initials of a country, or a state's postal code, when written in capitals."""
    return any(
        (n.kind is Kind.COUNTRY and not n.is_shown and n.name_kind is not NameKind.DEMONYM)
        or (n.name_kind is NameKind.ABBREVIATION and len(raw) < _INITIALS)
        for n in profile.named
    )


def _is_ship(text: str, span: NameSpan) -> bool:
    if span.name.is_ship:
        return True
    before = _word_before(text, span)
    return before in _vessels() and (before in ship_prefixes() or span.name.profile.coarse != "demonym")


def _is_called_ship(text: str, span: NameSpan) -> bool:
    """Whether the words after a name say that it is a ship's."""
    if span.name.profile.coarse == "demonym" or _word_before(text, span) in _LOCATIVE:
        return False
    after = _APPOSITION.match(text, span.chain_end, span.chain_end + _AFTER)
    return after is not None and any(heads().get(word) == "vessel" for word in after[1].split())


def _is_disease(text: str, span: NameSpan) -> bool:
    after = _NEXT.match(text, span.end)
    if after is None:
        return False
    word = after[1].lower()
    return word in others()["diseases"] or (span.name.profile.coarse == "demonym" and word in others()["ailments"])


def _word_before(text: str, span: NameSpan) -> str:
    return text[max(0, span.start - _BEFORE) : span.start].rstrip(_QUOTES).rpartition(" ")[2]
