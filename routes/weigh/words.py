"""A written name → its folded words, so that case, accents and punctuation do not set two names apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w]+|_+")
_POSSESSIVE = re.compile(r"[’'`]s?\b")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no accents, no possessives, one space where other signs stood ("Il-76" → "il 76")."""
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()
    return " ".join(_NOT_WORD.sub(" ", _POSSESSIVE.sub("", bare)).split())


def phrases(words: tuple[str, ...], longest: int = 4) -> list[tuple[int, int, str]]:
    """Every run of up to ``longest`` neighbouring words as (first, end, text), longest runs first."""
    runs = [
        (first, first + size, " ".join(words[first : first + size]))
        for size in range(min(longest, len(words)), 0, -1)
        for first in range(len(words) - size + 1)
    ]
    return runs
