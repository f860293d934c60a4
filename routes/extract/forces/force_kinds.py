"""Which nouns name a force, which sort of force, and what shows that they do."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table
from routes.extract.text.clause import children

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

NAME_WORDS = 4
"""A force's name has at most so many words before its last."""
FIGHTERS = frozenset(("fighter", "fighters"))
SHIP_PREFIX = re.compile(r"^(?:uss|hms|usns|uscgc|hmcs|hmas|ins)$")


class Kinds:
    """Names of the sorts of force."""

    PEOPLE = "people"
    UNITS = "units"
    VESSELS = "vessels"
    AIRCRAFT = "aircraft"
    WEAPONS = "weapons"
    PRESENCE = "presence"
    NAMED = "named"
    NATIONALS = "nationals"


@cache
def table(section: str, key: str) -> frozenset[str]:
    """A word list of deployments.toml."""
    return frozenset(load_table("deployments")[section][key])


def force_kind(parsed: Parsed, token: Token) -> str | None:
    """Which sort of force a noun names, or None; ``marked`` is for the caller to ask."""
    word = parsed.written[token.i].lower()
    if word == "helmets" and token.i > 0 and parsed.written[token.i - 1].lower() == "blue":
        return Kinds.PEOPLE
    for kind in (Kinds.PEOPLE, Kinds.UNITS, Kinds.VESSELS, Kinds.AIRCRAFT, Kinds.WEAPONS, Kinds.PRESENCE):
        if word in table("forces", kind):
            return kind
    if craft_pattern().fullmatch(parsed.written[token.i]) or (word in FIGHTERS and _fly(parsed, token)):
        return Kinds.AIRCRAFT
    if word in table("forces", "people_if_marked"):
        return Kinds.PEOPLE
    if word in table("marks", "names") or SHIP_PREFIX.match(word):
        return Kinds.NAMED
    return _name_kind(parsed, token)


def _name_kind(parsed: Parsed, token: Token) -> str | None:
    """Which sort of force a name is, by the words before it: "the frigate Hessen", "the Wagner Group"."""
    if token.pos_ == "PROPN" and token.dep_ != "compound":
        before = parsed.written[max(token.left_edge.i, token.i - NAME_WORDS) : token.i]
        if any(w.lower() in table("marks", "names") for w in before):
            return Kinds.NAMED
        if any(w.lower() in table("forces", "vessels") for w in before):
            return Kinds.VESSELS
    return None


@cache
def craft_pattern() -> re.Pattern[str]:
    """A designation of military aircraft: "F-35s"."""
    return re.compile("|".join(load_table("deployments")["forces"]["craft"]))


def _fly(parsed: Parsed, token: Token) -> bool:
    """Whether "fighters" are aircraft: "jet fighters", "F-16 fighters"."""
    before = parsed.written[max(0, token.i - 2) : token.i]
    return any(w.lower() in table("forces", "jets") or craft_pattern().fullmatch(w) for w in before)


def figure_of_speech(parsed: Parsed, token: Token) -> bool:
    """An "army of tourists", a "battery of tests", an "armada of yachts"; the Peace Corps and the Salvation Army."""
    word = parsed.written[token.i].lower()
    phrase = " ".join(parsed.written[max(token.left_edge.i, token.i - NAME_WORDS) : token.i + 1]).lower()
    if any(f" {unarmed} " in f" {phrase} " for unarmed in table("marks", "unarmed")):
        return True
    if word not in table("forces", "figurative"):
        return False
    of = next((c for c in children(token) if c.dep_ == "prep" and c.lower_ == "of" and c.i == token.i + 1), None)
    what = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    return what is not None and what.tag_ == "NNS" and parsed.mention(what) is None and force_kind(parsed, what) is None


def shows_force(word: str, words_in: set[str], kind: str, *, owned: bool, counted: bool) -> bool:
    """Whether a nationality, a number or a military word shows that a noun is a force.

    Firms and civilians need the last.
    """
    police = "police" in words_in and word in table("forces", "weak")
    words_in = words_in - {"police"} if police else words_in
    civil = word in table("forces", "civilian") or (kind == Kinds.UNITS and word in table("forces", "civil"))
    military = table("marks", "military") - (table("marks", "broad") if civil else frozenset())
    if not military.isdisjoint(words_in):
        return True
    if word == "members" and "service" in words_in:
        return True
    return not civil and (owned or (counted and word not in table("forces", "weak")))
