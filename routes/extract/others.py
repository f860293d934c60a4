"""Names that are certainly not of a place: ships, designations, sums of money.

A ship is told by its prefix ("HMS London", "USS Carl Vinson") or by the word for what it is right before it ("the
submarine Georgia"). Once a report has named a ship, its bare name means the ship, unless a word of place stands
before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from routes.extract.evidence import NameSpan
from routes.extract.word_uses import LEXICON, heads
from routes.extract.words import Word

_BEFORE = 24
_QUOTES = " \u00a0\"'“‘*_"
_DESIGNATION = re.compile(r"-?\d|\$")
"""After a name: "Il-76", "US-24", "A320", "US$5"."""
_LOCATIVE = frozenset(
    {"in", "at", "from", "to", "near", "off", "into", "for", "toward", "towards", "outside", "via", "around", "leaving"}
)
_MAX_DESIGNATION = 4


@cache
def ship_prefixes() -> frozenset[str]:
    """Prefixes that stand before a ship's name, as written."""
    rows = (LEXICON / "ship_prefixes.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(row.strip() for row in rows if row and row[0] != "#")


@cache
def _vessels() -> frozenset[str]:
    """Words before a name that tell of a ship: the prefixes, and nouns such as "tanker"."""
    return ship_prefixes() | {word for word, kind in heads().items() if kind == "vessel"}


def without_others(text: str, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """The names that may be places: without designations, and without ships by prefix, kind or earlier naming."""
    kept = []
    ships: set[str] = set()
    for span in spans:
        if span.end - span.start <= _MAX_DESIGNATION and _DESIGNATION.match(text, span.end):
            continue
        if _is_ship(text, span):
            ships.add(span.name.key)
        else:
            kept.append(span)
    if not ships:
        return kept
    return [span for span in kept if span.name.key not in ships or _word_before(text, span) in _LOCATIVE]


def has_ship_prefix(words: Sequence[Word]) -> bool:
    """Whether a ship's prefix is among these words, which stand before a name in its chain."""
    return any(word.text in ship_prefixes() for word in words)


def _is_ship(text: str, span: NameSpan) -> bool:
    if span.name.is_ship:
        return True
    before = _word_before(text, span)
    return before in _vessels() and (before in ship_prefixes() or span.name.profile.coarse != "demonym")


def _word_before(text: str, span: NameSpan) -> str:
    return text[max(0, span.start - _BEFORE) : span.start].rstrip(_QUOTES).rpartition(" ")[2]
