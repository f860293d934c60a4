"""A written name and its key: the form in which the gazetteer is asked.

The key keeps what tells names apart and drops what writers vary: case, accents, hyphens, periods, apostrophes and
the short forms of Saint, Mount and Fort. ``"Port-au-Prince"``, ``"PORT AU PRINCE"`` → ``"port au prince"``;
``"U.S."`` → ``"us"``; ``"St. John's"`` → ``"saint johns"``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

APOSTROPHES = "'’‘ʻʼ`´ʹʽ′"
_SHORT_FORMS = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "mts": "mountains",
    "mtn": "mountain",
    "mtns": "mountains",
    "ft": "fort",
    "intl": "international",
}
# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŋ": "ng",
    "ə": "e",
    "ǝ": "e",
    "ɛ": "e",
    "ɔ": "o",
    "ŧ": "t",
    "ƙ": "k",
    "ɓ": "b",
    "ɗ": "d",
    "ĸ": "k",
    "&": " and ",
}


def _ascii_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in range(128):
        char = chr(code)
        table[code] = char.lower() if char.isalnum() else " "
    table[ord(".")] = None
    table[ord("'")] = None
    table[ord("`")] = None
    table[ord("&")] = " and "
    return table


_ASCII = _ascii_table()
_DROPPED = str.maketrans("", "", APOSTROPHES + ".")
_LETTER_TABLE = str.maketrans(_LETTERS)
_NOT_KEY = re.compile(r"[^0-9a-z]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")  # the combining marks that Latin letters bear
_LATIN_KEY = re.compile(r"[0-9a-z ]+")


def fold(name: str) -> str:
    """Fold a written name to its key.

    Args:
        name: A name as written, in any case, at any length.

    Returns:
        Lower-case ASCII words with single spaces between them; letters of other scripts stay as they are, so that
        a name in Cyrillic folds to something no Latin name folds to. Empty where nothing is left.
    """
    words = name.translate(_ASCII).split() if name.isascii() else _to_ascii(name).split()
    for i, word in enumerate(words):
        full = _SHORT_FORMS.get(word)
        if full is not None:
            words[i] = full
    return " ".join(words)


def _to_ascii(name: str) -> str:
    lowered = name.translate(_DROPPED).lower().translate(_LETTER_TABLE)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))
    if plain.isascii():
        return _NOT_KEY.sub(" ", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if plain.isascii():
        return _NOT_KEY.sub(" ", plain)
    return "".join(c if c.isalnum() else " " for c in plain)


def is_latin_key(key: str) -> bool:
    """Whether a key is made of Latin letters and digits alone, as every name in the gazetteer is."""
    return _LATIN_KEY.fullmatch(key) is not None


def strip_possessive(word: str) -> str:
    """Cut a possessive ending: ``"Russia's"`` → ``"Russia"``, ``"Honduras'"`` → ``"Honduras"``."""
    if len(word) > 2 and word[-1] in "sS" and word[-2] in APOSTROPHES:  # noqa: PLR2004 — "'s" and a letter before it
        return word[:-2]
    if len(word) > 1 and word[-1] in APOSTROPHES:
        return word[:-1]
    return word


def join_keys(words: Iterable[str]) -> str:
    """Join folded words into the key of the whole name; the same as folding the name at once."""
    return " ".join(words)
