"""The capitalised words of a text, joined to chains in which a name may stand.

A chain is a run of capitalised words with nothing between them but a space, a hyphen or a small joining word
("Isle of Wight", "Rio de Janeiro", "Guinea-Bissau"). Every place name is a stretch of one chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.names import fold


def _letters(*, upper: bool) -> str:
    codes = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    return "".join(chr(c) for c in codes if chr(c).isalpha() and chr(c).isupper() == upper)


_UP = "A-Z" + _letters(upper=True)

# A capital letter that begins a word, and the rest of an abbreviation with periods inside (U.S., W.Va., N.S.W.) or of a
# word; apostrophes inside belong to the word. The capital stands first so that a search leaps from one to the next.
_WORD_PATTERN = (
    rf"[{_UP}](?<![^\W_].)(?:[a-z]{{0,3}}\.(?:[{_UP}][a-z]{{0,3}}\.){{0,3}}[{_UP}](?:[a-z]{{0,3}}\b\.|\b\.?)"
    r"|\w*(?:['’]\w+)*)"
)
_LINKS = (
    "of the|of|and the|and|de la|de los|de las|de|del|la|le|les|las|los|el|al|du|des|do|da|dos|das|di|au|aux|sur|en"
    "|am|an der|upon|on|under|ad|es|as|ibn|bin|y|e|i"
)
_JOIN_PATTERN = (
    rf"[ \u00a0-](?:(?:{_LINKS})[ \u00a0-]|(?:d|l|de l|o)['’]|al-|el-|an-|ar-|as-|at-|ash-)?"
    r"|[-–‐]|[ \u00a0]?&[ \u00a0]?|\n"
)
_BEFORE_PERIOD = ("St", "Ste", "Mt", "Mts", "Ft", "Pt", "Gt", "N", "S", "E", "W", "No", "So")
_PERIOD_PATTERN = "(?:" + "|".join(rf"(?<=(?<![^\W_]){word})" for word in _BEFORE_PERIOD) + r")\. ?"
_MAX_CHAIN = 40
_WORD = re.compile(_WORD_PATTERN)
_CHAIN = re.compile(
    rf"{_WORD_PATTERN}(?:(?:{_JOIN_PATTERN}|{_PERIOD_PATTERN}){_WORD_PATTERN}){{0,{_MAX_CHAIN - 1}}}\.?"
)
_PLAIN_JOINS = ("", " ", "-")
_APOSTROPHES = "'’"
_SHORTEST = 3
_LONGEST_KEPT = 100  # letters of a word whose keys are kept


@dataclass(slots=True)
class Word:
    """A capitalised word.

    Attributes:
        start, end: Offsets in its chain, without a possessive ending.
        text: The word without that ending.
        key: Its folded key; several keys with a space between for "Guinea-Bissau".
        whole_end, whole_key: The same with the possessive ending ("St. John's"); equal to end, key without one.
        link: Folded joining word between this word and the one before it in its chain ("of"), or "".
    """

    start: int
    end: int
    text: str
    key: str
    whole_end: int
    whole_key: str
    link: str = ""


def find_chains(text: str) -> Iterator[re.Match[str]]:
    """The chains of a text in order, each with the period after it, if there is one."""
    return _CHAIN.finditer(text)


def words_of(chain: str) -> list[Word]:
    """The words of a chain in order."""
    words: list[Word] = []
    last_end = 0
    for match in _WORD.finditer(chain):
        raw, start = match.group(), match.start()
        key, cut, whole_key = _keys_of(raw) if len(raw) <= _LONGEST_KEPT else _keys_of.__wrapped__(raw)
        end = start + len(raw)
        between = chain[last_end:start]
        link = fold(between) if between not in _PLAIN_JOINS else ""
        words.append(Word(start, end - cut, raw[:-cut] if cut else raw, key, end, whole_key, link))
        last_end = end
    return words


@lru_cache(maxsize=1 << 15)
def _keys_of(raw: str) -> tuple[str, int, str]:
    """Folded key of a word without a possessive ending, the length of that ending, and the key with it."""
    whole = fold(raw)
    cut = 0
    if len(raw) > _SHORTEST and raw[-1] in "sS" and raw[-2] in _APOSTROPHES:
        cut = 2
    return (fold(raw[:-cut]) if cut else whole), cut, whole
