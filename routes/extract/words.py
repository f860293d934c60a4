"""The capitalised words of a text, joined to chains in which a name may stand.

A chain is a run of capitalised words with nothing between them but a space, a hyphen or a small joining word
("Isle of Wight", "Rio de Janeiro", "Guinea-Bissau"). Every place name is a stretch of one chain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gazetteer.names import fold


def _letters(*, upper: bool) -> str:
    codes = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    return "".join(chr(c) for c in codes if chr(c).isalpha() and chr(c).isupper() == upper)


_UP = "A-Z" + _letters(upper=True)

# An abbreviation with periods inside (U.S., W.Va., N.S.W.), or a word; apostrophes inside belong to the word.
_WORD = re.compile(
    rf"(?<![^\W_])(?:(?:[{_UP}][a-z]{{0,3}}\.){{1,4}}[{_UP}](?:[a-z]{{0,3}}\b\.|\b\.?)|[{_UP}]\w*(?:['’]\w+)*)"
)
_LINKS = (
    "of the|of|and the|and|de la|de los|de las|de|del|la|le|les|las|los|el|al|du|des|do|da|dos|das|di|au|aux|sur|en"
    "|am|an der|upon|on|under|ad|es|as|ibn|bin|y|e|i"
)
_JOIN = re.compile(
    rf"[ \u00a0-](?:(?:{_LINKS})[ \u00a0-]|(?:d|l|de l|o)['’]|al-|el-|an-|ar-|as-|at-|ash-)?"
    r"|[-–‐]|[ \u00a0]?&[ \u00a0]?|\n"
)
_BEFORE_PERIOD = frozenset({"St", "Ste", "Mt", "Mts", "Ft", "Pt", "Gt", "N", "S", "E", "W", "No", "So"})
_PERIOD_JOIN = re.compile(r"\. ?")
_APOSTROPHES = "'’"
_MAX_CHAIN = 40
_LONGEST_LINK = 9
_SHORTEST = 3


@dataclass(slots=True)
class Word:
    """A capitalised word.

    Attributes:
        start, end: Offsets, without a possessive ending.
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


def find_chains(text: str, keys: dict[str, tuple[str, int, str]]) -> list[list[Word]]:
    """The chains of a text in order.

    Args:
        text: Any text.
        keys: Cache of folded words; the caller keeps it from report to report.
    """
    chains: list[list[Word]] = []
    chain: list[Word] = []
    last_end = -2
    for match in _WORD.finditer(text):
        raw = match.group()
        start = match.start()
        known = keys.get(raw)
        if known is None:
            known = keys[raw] = _keys_of(raw)
        key, cut, whole_key = known
        whole_end = start + len(raw)
        gap = start - last_end
        if gap == 1 and text[last_end] in " -" and chain:
            link: str | None = ""
        else:
            link = _link(text, chain[-1], start) if gap <= _LONGEST_LINK and chain else None
        word = Word(
            start, whole_end - cut, raw[: len(raw) - cut] if cut else raw, key, whole_end, whole_key, link or ""
        )
        if link is None or len(chain) >= _MAX_CHAIN:
            if chain:
                chains.append(chain)
            chain = [word]
        else:
            chain.append(word)
        last_end = whole_end
    if chain:
        chains.append(chain)
    return chains


def _link(text: str, before: Word, start: int) -> str | None:
    """The joining word between two words of one chain ("" for a space or hyphen); None where the chain breaks."""
    between = text[before.whole_end : start]
    if between in (" ", "-"):
        return ""
    if _JOIN.fullmatch(between):
        return fold(between)
    if before.text in _BEFORE_PERIOD and _PERIOD_JOIN.fullmatch(between):
        return ""
    return None


def _keys_of(raw: str) -> tuple[str, int, str]:
    whole = fold(raw)
    cut = 0
    if len(raw) > _SHORTEST and raw[-1] in "sS" and raw[-2] in _APOSTROPHES:
        cut = 2
    return (fold(raw[:-cut]) if cut else whole), cut, whole
