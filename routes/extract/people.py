"""The family names of the people a report names, so that "Ford" later in a report of Gerald Ford is no town."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from routes.extract.evidence import LEXICON, NameSpan, word_uses
from routes.extract.words import Word

_RARE_FIRST_NAME = 100
_INITIAL = 1


@cache
def titles() -> frozenset[str]:
    """Folded words that stand before a person's name."""
    rows = (LEXICON / "titles.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(row for row in rows if row and row[0] != "#")


def family_names(spans: Sequence[NameSpan], chains: Sequence[list[Word]]) -> dict[str, tuple[int, int]]:
    """Folded family names of a report's people: how often each stands after a first name or title, and first where.

    A family name is the last word of a first name with what follows ("Gerald R. Ford"), or what follows a title
    ("Judge Henderson"). Words of one longer place name ("Virginia Beach") are no person's.
    """
    uses, title_words = word_uses(), titles()
    found: dict[str, tuple[int, int]] = {}
    joined = {id(s.chain[i]) for s in spans if s.last > s.first for i in range(s.first, s.last + 1)}
    for chain in chains:
        for i in range(len(chain) - 1):
            if chain[i + 1].link or id(chain[i + 1]) in joined:
                continue
            key = chain[i].key
            if key not in title_words and uses.get(key, 0) < _RARE_FIRST_NAME:
                continue
            word = chain[_last_of_name(chain, i + 1)]
            count, first = found.get(word.key, (0, word.start))
            found[word.key] = count + 1, first
    return found


def _last_of_name(chain: list[Word], i: int) -> int:
    """Index of the last word of a person's name of which word ``i`` is not the first: initials and one more word."""
    while i + 1 < len(chain) and len(chain[i].key) <= _INITIAL and not chain[i + 1].link:
        i += 1
    return i
