"""How words are used elsewhere: as first and family names, as common words, and as heads of kinds of things."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "lexicon"


@cache
def word_uses() -> dict[str, int]:
    """Folded word → its uses as first name, family name and common word, as a number of three digits 0 to 3."""
    uses: dict[str, int] = {}
    with (LEXICON / "word_uses.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#" and not row.startswith("word\t"):
                word, digits = row.rstrip("\n").split("\t", 1)
                uses[word] = int(digits.replace("\t", ""))
    return uses


@cache
def heads() -> dict[str, str]:
    """Folded noun → the class of things it heads, from ``lexicon/heads.tsv``."""
    classes = {}
    with (LEXICON / "heads.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#":
                word, _, kind = row.rstrip("\n").partition("\t")
                classes[word] = kind
    return classes
