"""Which alternate names of GeoNames are worth a key: written in Latin letters, capitalised, and no code or junk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from gazetteer.columns import MAX_NAME_WORDS
from gazetteer.names import APOSTROPHES, fold, is_latin_key

MIN_LETTERS = 3
# IATA and country codes stand among GeoNames' alternate names ("CCS", "USLAX"); airports bring their own codes.
_CODE = re.compile(r"[A-Z]{2,5}[0-9]*|[A-Z0-9]*[0-9][A-Z0-9]*")
_JUNK = re.compile(r"[0-9#*/=<>_@{}\[\]|;:?!]|https?")
_PARTICLES = {
    "al",
    "el",
    "an",
    "as",
    "ash",
    "at",
    "la",
    "le",
    "l",
    "d",
    "o",
    "ad",
    "ar",
    "az",
    "de",
    "ed",
    "en",
    "er",
    "il",
    "s",
}


def plausible_name(name: str) -> bool:
    """Whether a name may stand in a news report in English as it is written here."""
    if _JUNK.search(name) or _CODE.fullmatch(name) or not name:
        return False
    key = fold(name)
    if len(key) < MIN_LETTERS or not is_latin_key(key) or key.count(" ") >= MAX_NAME_WORDS:
        return False
    if name[0].isupper() or not name[0].isalpha():
        return True
    # "al-Qahirah", "l'Alguer": lower case at the start only before a capital.
    first, *rest = re.split(r"[\s'’‘-]+", name, maxsplit=1)
    return first in _PARTICLES and bool(rest) and rest[0][:1].isupper()


# Countries whose towns bear Arabic names, which the press writes with or without article and final h.
ARABIC_COUNTRIES = frozenset(
    ("IQ", "SY", "YE", "SA", "LY", "EG", "LB", "JO", "PS", "SD", "KW", "BH", "QA", "AE", "OM", "DZ", "TN", "MA", "MR")
)
_ARTICLE = re.compile(r"(?:al|ad|an|ar|as|ash|at|ath|az|el) (?=[a-z]{4})")
_MIN_PRESS_LETTERS = 5


# Here GeoNames writes names in a scholar's transliteration, and the press writes them without its marks.
TRANSLITERATED_COUNTRIES = ARABIC_COUNTRIES | {
    *("IR", "AF", "PK", "IN", "BD", "NP", "LK", "IL", "UA", "RU", "BY", "KZ", "UZ", "TM", "KG", "TJ", "AM", "GE", "SO"),
    *("ER", "ET", "JP", "KR", "KP", "CN", "MN"),
}


def shown_name(name: str, country: str) -> str:
    """The name as a reader of the press knows it: "Ţarţūs" → "Tartus", "Ilovays’k" → "Ilovaysk"."""
    if country not in TRANSLITERATED_COUNTRIES:
        return name
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in letters if not unicodedata.combining(c) and c not in APOSTROPHES)
    return plain[:1].upper() + plain[1:]


def arabic_variants(key: str) -> list[str]:
    """Press forms of an Arabic town's folded name: "al hawijah" → "hawijah", "al hawija", "hawija"."""
    found = []
    for form in (key, _ARTICLE.sub("", key, count=1) if _ARTICLE.match(key) else key):
        for variant in (form, form[:-1] if form.endswith("ah") else form):
            if variant != key and variant not in found and len(variant) >= _MIN_PRESS_LETTERS:
                found.append(variant)
    return found


# In these countries a smaller town's alternate names are mostly what it was called by settlers two centuries ago.
ENGLISH_COUNTRIES = frozenset(("US", "CA", "GB", "IE", "AU", "NZ"))
CITY_OF_MANY_NAMES = 200_000
MIN_LIKENESS = 0.75


def same_name(key: str, other: str) -> bool:
    """Whether a folded name is another way to write or shorten a second one: "newcastle", "newcastle upon tyne"."""
    if other.startswith(f"{key} ") or key.startswith(f"{other} "):
        return True
    return SequenceMatcher(None, key, other, autojunk=False).ratio() >= MIN_LIKENESS


def plausible_alternates(names: Iterable[str], *, besides: str = "") -> list[str]:
    """The plausible ones of these names, one for each key, in their order, without the key of ``besides``."""
    seen = {fold(besides)} if besides else set()
    kept = []
    for name in names:
        if plausible_name(name):
            key = fold(name)
            if key not in seen:
                seen.add(key)
                kept.append(name)
    return kept
