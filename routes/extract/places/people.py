"""The family names of the people a report names, so that "Ford" later in a report of Gerald Ford is no town."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from routes.extract.places.word_uses import LEXICON, word_uses
from routes.extract.places.words import Word

_RARE_FIRST_NAME = 100
_INITIAL = 1


@cache
def titles() -> frozenset[str]:
    """Folded words that stand before a person's name."""
    rows = (LEXICON / "titles.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(row for row in rows if row and row[0] != "#")


def family_names(words: Sequence[Word], names: Sequence[tuple[int, int, int, str]]) -> tuple[tuple[str, int], ...]:
    """Folded family names of people in a chain of capitalised words, with their offsets in it.

    A family name is the last word of a first name with what follows ("Gerald R. Ford"), or what follows a title
    ("Judge Henderson"). Words of one longer place name ("Virginia Beach") are no person's.

    Args:
        words: The words of the chain.
        names: The place names in it; each begins with the indices of its first and last word.
    """
    uses, title_words = word_uses(), titles()
    joined = {i for first, last, *_ in names if last > first for i in range(first, last + 1)}
    found = []
    for i in range(len(words) - 1):
        if words[i + 1].link or i + 1 in joined:
            continue
        key = words[i].key
        if key in title_words or uses.get(key, 0) >= _RARE_FIRST_NAME:
            word = words[_last_of_name(words, i + 1)]
            found.append((word.key, word.start))
    return tuple(found)


def _last_of_name(words: Sequence[Word], i: int) -> int:
    """Index of the last word of a person's name of which word ``i`` is not the first: initials and one more word."""
    while i + 1 < len(words) and len(words[i].key) <= _INITIAL and not words[i + 1].link:
        i += 1
    return i
