"""Which language a report is written in, by its small words: motion is read from English alone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from routes.model import Finding, Report, Severity

MIN_WORDS = 25
"""Below this there is too little to go by, and a text passes for English."""

MAX_WORDS = 3_000
"""So much of a report tells."""

MIN_LETTERS, MAX_LETTERS = 60, 10_000
"""The same for scripts that do not part words."""

MIN_SHARE = 0.08
"""Of English small words in English text; prose has 0.25 to 0.5, lists of names and tables less."""

MIN_DIFFERENT = 4
"""Different small words of a language; "La Paz" over and over is not Spanish."""

MIN_LATIN = 0.5
"""Of letters; below it the text is in another script."""

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _small_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("routes.extract").joinpath("lexicon/languages.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in table.items()}


def foreign_language(text: str) -> str | None:
    """The language a text is in, if it is not English: its name, or "another language"; None for English.

    Args:
        text: The report's text; its first ``MAX_WORDS`` words are looked at.
    """
    words = [match[0].lower() for match, _ in zip(_WORD.finditer(text), range(MAX_WORDS), strict=False)]
    letters = "".join(words)[:MAX_LETTERS]
    if len(letters) >= MIN_LETTERS and sum(letter < "\u0250" for letter in letters) < MIN_LATIN * len(letters):
        return "another script"
    if len(words) < MIN_WORDS:
        return None
    counts = Counter(words)
    shares = {language: sum(counts[word] for word in small) / len(words) for language, small in _small_words().items()}
    likeliest = max(shares, key=lambda language: shares[language])
    if likeliest == "English" or shares["English"] >= shares[likeliest] / 2:
        return None
    different = len(_small_words()[likeliest] & counts.keys())
    return likeliest if shares[likeliest] >= MIN_SHARE and different >= MIN_DIFFERENT else None


def not_english(report: Report) -> Finding | None:
    """A finding where a report is not in English, so that nobody takes silence for "nothing moved".

    Args:
        report: The report.
    """
    language = foreign_language(report.text)
    if language is None:
        return None
    return Finding(
        code="language.not-english",
        severity=Severity.WARNING,
        message=f"The report seems to be in {language}: its places were looked for, its movements and forces were not."
        " Translate it into English to have them.",
        about=report.id,
    )
