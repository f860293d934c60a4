"""How an entry opens: clock, day, and the label before its colon or dash; the word lists of clipped prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.lexicon import load_table
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from routes.extract.text.parsing import Parsed

MAX_LABEL = 5
MAX_SPOKEN = 14
"""Longest label, and longest naming of a mover before a colon, in words."""

NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?$")
CLOCK = re.compile(r"^\d{1,2}[.:]\d{2}$|^[0-2]\d[0-5]\d$")
COUNTED = re.compile(r"^\d{1,2}/(?:\d{1,2})?$")
"""The number of a post in its thread: "3/", "3/12"."""

HEADING = frozenset(("through", "via", "past", "from", "at", "off"))
"""A label with one of these and a place heads what follows: "North through Suez: …"."""

DASHES = frozenset(("-", "–", "—"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Where an entry begins and what stands before.

    Attributes:
        at: Index of its first word behind clock, day and label.
        label: What the label says ("goal", "origin", "due", "here", "none"), or None.
        mode: What the label says it goes by ("Road:"), or unknown.
        spoken: The words before the colon where they are no label, as a range of tokens; empty if there are none.
        dated_call: Whether it is a day and a place, as in a list of calls.
    """

    at: int
    label: str | None = None
    mode: Mode = Mode.UNKNOWN
    spoken: tuple[int, int] = (0, 0)
    dated_call: bool = False


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """A word list of clipped.toml."""
    return frozenset(load_table("clipped")[section][key])


@cache
def _labels() -> dict[str, str]:
    return {word: kind for kind, found in load_table("clipped")["labels"].items() for word in found}


def _folded(words: str) -> str:
    return " ".join(words.lower().split()).rstrip(":").strip()


def label_of(words: str) -> str | None:
    """What a label says, by its words: "Arrived" → "goal"; None for any other words."""
    folded = _folded(words)
    return "none" if folded.startswith("no ") else _labels().get(folded)


def _mode_of(words: str) -> Mode:
    """What a label says it goes by: "Road" → land."""
    folded = _folded(words)
    modes = (Mode.AIR, Mode.SEA, Mode.LAND)
    return next((mode for mode in modes if folded in listed("label_modes", mode.value)), Mode.UNKNOWN)


def is_date(token: object) -> bool:
    """Whether a word is part of a day or an hour: "12", "3rd", "Nov.", "0600", "today"."""
    text = str(token).rstrip(".,").lower()
    return text in listed("dates", "words") or NUMBER.match(text) is not None


def is_place(parsed: Parsed, i: int) -> bool:
    """Whether a token names a place, and no people."""
    mention = parsed.mentions[i] if i < len(parsed.mentions) else None
    return mention is not None and mention.role is not MentionRole.DEMONYM


def open_entry(parsed: Parsed) -> Opening:
    """Where the entry of a sentence begins, and what the words before say."""
    doc = parsed.doc
    at = _behind_date(parsed)
    colon = next((t.i for t in doc[at : at + MAX_SPOKEN] if t.text.endswith(":")), None)
    if colon is None or colon == at:
        return Opening(at=at)
    words = [doc[i] for i in range(at, colon)]
    text = " ".join(t.text for t in words)
    if all(is_date(t) or t.text in DASHES | {",", "/"} for t in words):
        return Opening(at=colon + 1, dated_call=is_place(parsed, colon + 1))
    label, mode = label_of(text), _mode_of(text)
    if label is not None or mode is not Mode.UNKNOWN:
        return Opening(at=colon + 1, label=label, mode=mode)
    named = [i for i in range(at, colon) if is_place(parsed, i)]
    if named:
        place = parsed.mentions[named[0]]
        whose = len(words) == 1 and place is not None and place.place is not None and place.place.kind is Kind.COUNTRY
        through = words[-1].i == named[-1] or is_date(words[-1])
        said = {t.lower_ for t in words}
        ahead = not said.isdisjoint(listed("ahead", "words"))  # "At Lagos, due out on Friday: Bata, Luba"
        heads = through and not ahead and not said.isdisjoint(HEADING)
        return Opening(at=colon + 1 if whose or heads else at)  # "France: A400M, …", "North through Suez: …"
    cut = next((t.i for t in words if t.text in (",", "(")), colon)
    if len(words) <= MAX_LABEL or cut < colon:
        return Opening(at=colon + 1, spoken=(at, cut))
    return Opening(at=at)


def _behind_date(parsed: Parsed) -> int:
    """Where the words begin behind "0745", "18.40 -" or "4 July -"."""
    doc, at = parsed.doc, 0
    while at < len(doc) and (CLOCK.match(doc[at].text) or COUNTED.match(doc[at].text) or doc[at].text in DASHES):
        at += 1
    day = at
    while day < len(doc) and is_date(doc[day]):
        day += 1
    return day + 1 if at < day < len(doc) and doc[day].text in DASHES else at
