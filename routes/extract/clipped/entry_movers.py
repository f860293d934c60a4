"""The words for the mover of an entry → what they say of it, read without a parse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from routes.extract.carriers.described import FLIGHT_NUMBER, Described
from routes.extract.carriers.marks import marks_in
from routes.extract.clipped.entry_labels import listed
from routes.extract.lexicon.tables import CarrierNoun, load_lexicon, word_set
from routes.extract.text.choosing import designations
from routes.model import Mode

MAX_WORDS = 9
MAX_NAME = 4
WORD = re.compile(r"[^\s,;:()“”\"]+")
CALL_SIGN = re.compile(r"\b[A-Z]{2,4} ?\d{1,4}[A-Z]{0,2}\b")
REGISTRATION = re.compile(r"N\d{1,5}[A-Z]{0,2}$")
"""American registrations have no hyphen."""
MODEL = re.compile(r"(?<![\w$€£.])(?:7[0-8]7|A3[0-8]0)(?:[-‑–]?\d{3})?[A-Z]{0,3}(?!\w)")
"""A model by its number alone, as those write who see them every day: "DHL 757"."""
MANY = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "several", "both"))
LEADING = frozenset(
    ("a", "an", "the", "also", "and", "another", "one", "now", "noted", "later", "first", "second", "then")
)
POINTING = frozenset(("it", "she", "he", "they", "this", "that", "here", "there", "nothing", "nobody", "none", "no"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named:
    """The mover of one or more entries: the same object is the same mover.

    ``distinct`` says that its name tells it from all others: "three A400M" in two entries are two movers.
    """

    told: Described
    distinct: bool = True


def name_mover(words: str, at: int, beside: str = "") -> Named | None:
    """Read the words for a mover; None where they name neither a vehicle nor anything by name.

    Args:
        words: The words as written.
        at: Where they begin in the report.
        beside: What the entry says behind them, before its first place: "N402KZ, a Boeing 767".
    """
    found = WORD.findall(words)
    while found and (found[0].lower() in LEADING or found[0].strip(".-–—/") == ""):
        found.pop(0)
    if any(w == "to" or (w.islower() and w.endswith("ing") and w != "landing") for w in found):
        return None  # "the ship to sail", "airlines now offering flights": a clause and no name
    if len(found) > 1 and any(w.lower() in listed("movers", "never") for w in found):
        return None  # "Bus pass for sale", "Rail fares"
    if not found or len(found) > MAX_WORDS or found[0].lower() in POINTING:
        return None
    noun = _noun(found)
    names = _names(found, noun)
    kind, mode = _kind(words, found)
    if kind is None and _is_name(found, names):
        kind, mode = _kind(beside, WORD.findall(beside))
    elif kind is None:
        return None
    plural = found[0].lower() in MANY or (found[0].isdigit() and found[0] != "1" and noun is not None)
    told = Described(
        type=kind,
        mode=mode,
        names=frozenset(names),
        words=" ".join(found),
        noun=noun.word if noun is not None else "aircraft" if kind == "aircraft" else found[-1].lower(),
        pronoun=None,
        indefinite=True,
        definite=False,
        plural=plural,
        anaphoric=noun.anaphoric if noun is not None else False,
        hollow=False,
        none=False,
        other=False,
        rank=None,
        bare=False,
        owned=False,
        at=at,
        marks=marks_in(words, " ".join(found)),
    )
    return Named(told=told, distinct=bool(names - _designation(words)))


def _designation(words: str) -> set[str]:
    """The words of a designation or model, which many bear."""
    found = [match for pattern in (designations(), MODEL) for match in pattern.finditer(words)]
    return {word.lower().strip(".") for match in found for word in match.group().split()}


def _kind(words: str, found: list[str]) -> tuple[str | None, Mode]:
    """Type and mode by a designation, a prefix, a carrier noun, a registration or call sign."""
    noun = _noun(found)
    if designations().search(words) or MODEL.search(words):
        return "aircraft", Mode.AIR
    if not load_lexicon().ship_prefixes.isdisjoint(found):
        return "vessel", Mode.SEA
    if noun is not None:
        return noun.type, noun.mode
    if len(found) <= MAX_NAME and any(w.lower() in listed("movers", "air") for w in found):
        return "aircraft", Mode.AIR
    if CALL_SIGN.search(words) or any(FLIGHT_NUMBER.match(w) or REGISTRATION.match(w) for w in found):
        return "aircraft", Mode.AIR
    return None, Mode.UNKNOWN


def _noun(found: list[str]) -> CarrierNoun | None:
    """The carrier noun among the words, two words before one."""
    carriers = load_lexicon().carriers
    lower = [word.lower().strip(".") for word in found]
    for i in range(len(lower)):
        for size in (2, 1):
            word = " ".join(lower[i : i + size])
            if len(lower) - i >= size and word in carriers and carriers[word].type in ("aircraft", "vessel", "convoy"):
                return carriers[word]
    return None


def _names(found: list[str], noun: CarrierNoun | None) -> set[str]:
    """The capitalised words and numbers with letters that tell it from others."""
    lexicon, names = load_lexicon(), set()
    for word in found:
        folded = word.lower().strip(".")
        if folded in lexicon.carriers or word in lexicon.ship_prefixes:
            continue
        if (word[:1].isupper() or any(c.isdigit() for c in word[1:])) and "flagged" not in folded:
            names.add(folded)
    return names - word_set("not_names") - ({noun.word} if noun is not None else set())


def _is_name(found: list[str], names: set[str]) -> bool:
    """Whether words that say nothing of a vehicle can be its name: a few capitalised words and no others."""
    if not 0 < len(found) <= MAX_NAME or len(names) != len({w.lower().strip(".") for w in found}):
        return False
    bad = word_set("organisation_nouns") | word_set("never_names")
    if all(w.strip(".").lower() in listed("dates", "words") or w.isdigit() for w in found):
        return False
    return not any(w in bad for w in found) and all(w[:1].isupper() or w.isdigit() for w in found)
