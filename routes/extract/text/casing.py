"""Text set in capitals → the same text with capitals where a newspaper would have them, character for character.

Wire copy comes in capitals throughout. Names are found by their capitals and sentences parsed by them, so both read
the text as it would be printed; what is quoted is always the report's own.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.place import Kind, NameKind
from routes.extract.lexicon import load_table, words
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.places.word_uses import word_uses
from routes.extract.text.choosing import designations
from routes.model import SentenceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.extract.places.spans import Names
    from routes.model import Sentence

MIN_CAPITALS = 30
CAPITALS_SHARE = 0.8
"""From this share of capitals on, among at least so many letters, a sentence counts as set in capitals."""

FEW_CAPITALS = 8
"""So many letters suffice where the report as a whole is set in capitals."""

TOWN = {0: 0, 1: 1_000, 2: 20_000, 3: 100_000}
"""Inhabitants from which a town is meant where its name is a common word too ("TO NICE"), by how common that is."""

MAX_ACRONYM = 4
MIN_NAME = 3
COMMON = 3
MAX_WORDS = 4
"""The longest name looked up, in words."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BEFORE_PLACES = frozenset(
    ("to", "from", "in", "at", "via", "near", "off", "into", "for", "left", "reached", "leaving", "toward", "towards")
)
ACRONYMS = frozenset(("us", "un", "uk", "eu", "uae", "usa", "raf"))
"""Those that are common words too."""

GREAT = (Kind.COUNTRY, Kind.SEA, Kind.WATERWAY, Kind.REGION, Kind.ADMIN1, Kind.SITE, Kind.CONTINENT)


def in_sentence_case(text: str, sentences: Sequence[Sentence], names: Names) -> str:
    """The text with its sentences in capitals set as they would be printed; of the same length.

    Args:
        text: The report's text.
        sentences: Its sentences; headings are left as they are.
        names: The gazetteer, to know names of places by.
    """
    parts: list[str] = []
    at, enough = 0, FEW_CAPITALS if in_capitals(text) else MIN_CAPITALS
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        if sentence.kind is not SentenceKind.HEADING and in_capitals(text[start:end], enough):
            parts += [text[at:start], _lowered(text[start:end], names)]
            at = end
    return "".join((*parts, text[at:])) if parts else text


def in_capitals(text: str, enough: int = MIN_CAPITALS) -> bool:
    """Whether a text is set in capitals, of which it has to have ``enough``."""
    capitals = sum(c.isupper() for c in text)
    return capitals >= enough and capitals >= CAPITALS_SHARE * sum(c.isalpha() for c in text)


def _lowered(text: str, names: Names) -> str:
    found = list(WORD.finditer(text))
    raw = [match.group() for match in found]
    cased = [_plain(word) for word in raw]
    for number, (before, word) in enumerate(pairwise(("", *raw))):
        named = before.lower() in load_lexicon().carriers or before in load_lexicon().ship_prefixes
        if cased[number].islower() and (
            not number or (named and word.lower() not in _known() and _common(fold(word)) < COMMON)
        ):
            cased[number] = _titled(word)  # the first word, and "TANKER AURORA"
    place_before = False
    number = 0
    while number < len(raw):
        length = _name_length(raw, number, names, after_place=place_before)
        place_before = length > 0 or (place_before and raw[number].lower() == "and")
        for inside in range(number, number + length):
            cased[inside] = _titled(raw[inside])
        number += max(length, 1)
    kept = [span for match in designations().finditer(text) for span in [match.span()]]
    out, at = [], 0
    for match, word in zip(found, cased, strict=True):
        if any(start <= match.start() < end for start, end in kept):
            continue  # "IL-76" stays
        out += [text[at : match.start()], word if len(word) == len(match.group()) else match.group()]
        at = match.end()
    return "".join((*out, text[at:]))


def _titled(word: str) -> str:
    return word[:1] + word[1:].lower()


def _plain(word: str) -> str:
    """A word by itself: small if it is a common word, an acronym as it is, else a name."""
    small = word.lower()
    if any(c.isdigit() for c in word) or small in ACRONYMS or word in load_lexicon().ship_prefixes:
        return word
    if small in _calendar():
        return _titled(word)
    use = word_uses().get(fold(word))
    if _common(fold(word)) or small in _known() or "'" in word or "’" in word:
        return small
    return word if use is None and len(word) <= MAX_ACRONYM else _titled(word)


@cache
def _calendar() -> frozenset[str]:
    table = load_table("dates")
    return frozenset((*table["months"], *table["weekdays"])) - {"may", "march"}


@cache
def _known() -> frozenset[str]:
    """Words of the tables, in all forms."""
    lexicon = load_lexicon()
    return frozenset((*lexicon.lemmas, *lexicon.nouns, *lexicon.carriers))


def _name_length(raw: Sequence[str], at: int, names: Names, *, after_place: bool) -> int:
    """How many words from here on are the name of a place, the most first; 0 for none."""
    folded = [fold(word) for word in raw[at : at + MAX_WORDS]]
    for length in range(len(folded), 0, -1):
        key = " ".join(folded[:length])
        if length == 1 and _common(folded[0]) == COMMON and (len(key) < MIN_NAME or key in _small()):
            return 0  # "on" is Ontario too
        if not names.has_key(key) or (length > 1 and folded[0] in BEFORE_PLACES):
            continue
        common = min(_common(word) for word in folded[:length])
        if not common:
            return length
        expected = after_place or (at > 0 and raw[at - 1].lower() in BEFORE_PLACES)
        if (length > 1 or expected) and _is_large(key, names, TOWN[common]) and folded[0] not in _calendar():
            return length
    return 0


def _common(word: str) -> int:
    """How common a word is as a word, 0 to 3."""
    return (
        COMMON if len(word) < MIN_NAME or word in _small() else word_uses().get(word, 0) % 10 or int(word in _known())
    )


@cache
def _small() -> frozenset[str]:
    return words("sentences", "openers") | words("sentences", "unfinished") | words("sentences", "headline_small")


def _is_large(key: str, names: Names, inhabitants: int) -> bool:
    """Whether a name that is made of common words is that of a country, sea, region, site or large town."""
    return any(
        (r.kind in GREAT or r.population >= inhabitants) and r.name_kind is not NameKind.DEMONYM
        for r in names.referents(key)
    )
