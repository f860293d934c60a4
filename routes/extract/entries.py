"""Sentence of clipped prose → what it says of whom: an entry of a bulletin, a list, a log, a live page.

"Ocean Trader, 31,000 t sugar, ex Santos for Djibouti; eta 9 May" has no finite verb for the parser to hang places on.
Here the words are read from left to right: who it is, then places, each by the word right before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table
from routes.extract.noun_places import qualifiers
from routes.extract.slots import Part, Slot
from routes.model import MentionRole, SentenceKind

if TYPE_CHECKING:
    from routes.extract.parsing import Parsed

JOINTS = frozenset(("-", "–", "—", "‑", ">", "/", "→", "⇒", "->", "=>", "-->", "--"))
"""What joins the places of a way in notation."""

CUT = frozenset((",", ";", ":", "(", ")", ".", "-", "–", "—"))
MAX_TOKENS = 120
"""A longer sentence is no entry."""

MAX_CUE = 4
MAX_LABEL = 4
NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?$")
CLOCK = re.compile(r"^\d{1,2}[.:]\d{2}$|^[0-2]\d[0-5]\d$")
TOLD = frozenset(("DT", "PRP", "PRP$"))
"""With a word of these first, a verb in the past has its subject: that is a sentence and no entry."""

FINITE = frozenset(("VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an entry says.

    Attributes:
        parsed: The sentence.
        subject: First token of the words for the mover, and the token behind the last; equal where it names none.
        label: What the label before its colon says ("goal", "origin", "due", "here", "none"), or None.
        slots: Its places; of those with ``Part.BOUND`` none has been reached.
        soft: Tokens of the places that a plain "to" or the end of a notation brings in.
        dated_call: Whether it is a day and a place, as in a list of calls.
        failed, planned: Whether its words say that it was called off, or is to come.
    """

    parsed: Parsed
    subject: tuple[int, int]
    label: str | None
    slots: tuple[Slot, ...]
    soft: frozenset[int]
    dated_call: bool = False
    failed: bool = False
    planned: bool = False

    @property
    def named(self) -> bool:
        """Whether it says who moves."""
        return self.subject[0] < self.subject[1]


@cache
def cues() -> dict[tuple[str, ...], tuple[Part, bool]]:
    """Words before a place → what they say of it, and whether they leave open that it was reached."""
    parts = {"left": Part.LEFT, "bound": Part.BOUND, "soft": Part.BOUND, "reached": Part.REACHED, "at": Part.AT}
    parts["passed"] = Part.PASSED
    table = load_table("clipped")["cues"]
    return {tuple(phrase.split()): (part, key == "soft") for key, part in parts.items() for phrase in table[key]}


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """A word list of clipped.toml."""
    return frozenset(load_table("clipped")[section][key])


@cache
def _labels() -> dict[str, str]:
    return {word: kind for kind, found in load_table("clipped")["labels"].items() for word in found}


def label_of(words: str) -> str | None:
    """What a label says, by its words: "Arrived" → "goal"; None for any other words."""
    folded = " ".join(words.lower().split()).rstrip(":").strip()
    if folded.startswith("no "):
        return "none"
    return _labels().get(folded)


def read_entry(parsed: Parsed) -> Reading | None:
    """Read a sentence as an entry; None where it has a finite verb, or says nothing of a way.

    Args:
        parsed: The parsed sentence.
    """
    if len(parsed.doc) > MAX_TOKENS or parsed.sentence.kind is SentenceKind.HEADING or _tells(parsed):
        return None
    at, label, spoken = _after_label(parsed)
    if label == "none":
        return None
    dated = _is_call(parsed, at)
    subject, first = ((at, at), at) if dated else _subject(parsed, at)
    if subject[0] == subject[1] and spoken is not None:
        subject = spoken
    slots, soft = _slots(parsed, first, dated=dated)
    words = {t.lower_ for t in parsed.doc}
    if not slots and label is None:
        return None
    return Reading(
        parsed=parsed,
        subject=subject,
        label=label,
        slots=tuple(slots),
        soft=frozenset(soft),
        dated_call=dated,
        failed=not words.isdisjoint(listed("verbs", "failed")),
        planned=not words.isdisjoint(listed("verbs", "planned")),
    )


def _tells(parsed: Parsed) -> bool:
    """Whether a sentence is told with a finite verb, or is about money, scores and the like."""
    for token in parsed.doc:
        if token.lower_ in listed("verbs", "never") or (token.i > 0 and token.text == "?"):
            return True
        if parsed.mentions[token.i] is not None or not token.text[:1].islower():
            continue
        if token.tag_ in FINITE or (token.tag_ == "VBD" and token.lower_ not in listed("verbs", "past")):
            return True
    first = parsed.doc[0] if len(parsed.doc) else None
    return first is not None and first.tag_ in TOLD and any(t.tag_ == "VBD" for t in parsed.doc)


def _is_date(token: object) -> bool:
    """Whether a word is part of a day or an hour: "12", "3rd", "Nov.", "0600", "today"."""
    text = str(token).rstrip(".,").lower()
    return text in listed("dates", "words") or NUMBER.match(text) is not None


def _after_label(parsed: Parsed) -> tuple[int, str | None, tuple[int, int] | None]:
    """Where the entry begins behind clock, day and label; what the label says; the label's own words."""
    doc, at = parsed.doc, 0
    while at < len(doc) and (CLOCK.match(doc[at].text) or doc[at].text in ("-", "–", "—")):
        at += 1
    colon = next((t.i for t in doc[at : at + MAX_LABEL + 1] if t.text == ":"), None)
    if colon is None or colon == at or any(parsed.mentions[i] is not None for i in range(at, colon)):
        return at, None, None
    words = [doc[i] for i in range(at, colon)]
    label = label_of(" ".join(t.text for t in words))
    if label is not None or all(_is_date(t) for t in words):
        return colon + 1, label, None
    return colon + 1, None, (at, colon)


def _is_call(parsed: Parsed, at: int) -> bool:
    """Whether a day before a colon is followed by a place: "16 August: Gibraltar, fuel"."""
    doc = parsed.doc
    if not 0 < at < len(doc) or doc[at - 1].text != ":" or not _is_place(parsed, at):
        return False
    return all(_is_date(t) or t.text in ("-", "–", ",", "/") for t in doc[: at - 1])


def _is_place(parsed: Parsed, i: int) -> bool:
    mention = parsed.mentions[i] if i < len(parsed.mentions) else None
    return mention is not None and mention.role is not MentionRole.DEMONYM


def _joined(parsed: Parsed, i: int) -> bool:
    """Whether a place is the start of a way in notation or of "A to B", "A for B"."""
    doc = parsed.doc
    if not _is_place(parsed, i) or i + 2 >= len(doc):
        return False
    nxt = doc[i + 1].lower_
    return (nxt in JOINTS or nxt in ("to", "for", "via")) and _is_place(parsed, i + 2)


def _cue_at(parsed: Parsed, i: int) -> tuple[tuple[str, ...], Part, bool] | None:
    """The longest cue that begins at a token, if its place follows."""
    doc = parsed.doc
    for size in range(min(MAX_CUE, len(doc) - i), 0, -1):
        words = tuple(doc[k].lower_ for k in range(i, i + size))
        known = cues().get(words)
        if known is not None and _place_behind(parsed, i + size) is not None:
            return words, known[0], known[1]
    return None


def _place_behind(parsed: Parsed, i: int) -> int | None:
    """The place that a cue ending before token ``i`` brings in."""
    doc = parsed.doc
    for k in range(i, min(i + 6, len(doc))):
        if _is_place(parsed, k):
            return k
        if doc[k].lower_ not in listed("between", "words") and not _is_date(doc[k]):
            return None
    return None


def _subject(parsed: Parsed, at: int) -> tuple[tuple[int, int], int]:
    """The words for the mover from ``at`` on, and where the reading of places begins."""
    doc = parsed.doc
    for i in range(at, len(doc)):
        if _cue_at(parsed, i) is not None or _joined(parsed, i):
            return (at, i), i
        cut = doc[i].text in CUT and not (doc[i].text in JOINTS and _within_word(parsed, i))
        verb = doc[i].lower_ in listed("verbs", "past") and i > at
        behind = _is_place(parsed, i) and i + 1 < len(doc) and doc[i + 1].lower_ in listed("after", "bound")
        if cut or verb or behind or (i == at and doc[i].lower_ in ("due", "eta", "next", "then", "now")):
            return (at, i), i
    return (at, len(doc)), len(doc)


def _within_word(parsed: Parsed, i: int) -> bool:
    """Whether a dash stands within a word or number: "Maltese-flagged", "UR-82027"."""
    spans = parsed.spans
    return 0 < i < len(spans) - 1 and spans[i - 1].end == spans[i].start and spans[i].end == spans[i + 1].start


def _slots(parsed: Parsed, at: int, *, dated: bool) -> tuple[list[Slot], set[int]]:
    """The places from a token on, each with its part, and those that a plain "to" or a joint brings in."""
    skip = qualifiers(parsed)
    found: dict[int, Slot] = {}
    soft: set[int] = set()
    i = at
    if dated:
        found[at] = Slot(part=Part.STOPPED, token=at, mention=parsed.mentions[at], words=parsed.doc[: at - 1].text)
    while i < len(parsed.doc):
        cue = _cue_at(parsed, i)
        place = _place_behind(parsed, i + len(cue[0])) if cue is not None else None
        if cue is not None and place is not None and place not in skip:
            said: tuple[Part, str, bool] | None = cue[1], " ".join(cue[0]), cue[2]
        else:
            place, said = i, _bare(parsed, i, found, soft) if _is_place(parsed, i) and i not in skip else None
        if said is not None and place not in found:
            found[place] = Slot(part=said[0], token=place, mention=parsed.mentions[place], words=said[1])
            soft |= {place} if said[2] else set()
        i = max(i, place) + 1
    return [_on_the_way(parsed, slot, found, soft) for slot in found.values()], soft


def _on_the_way(parsed: Parsed, slot: Slot, found: dict[int, Slot], soft: set[int]) -> Slot:
    """A place in the middle of a notation is a stop: the B of "A-B-C"."""
    middle = slot.token in soft and slot.token + 2 in soft and parsed.doc[slot.token + 1].text in JOINTS
    return replace(slot, part=Part.STOPPED) if middle and slot.token + 2 in found else slot


def _bare(parsed: Parsed, i: int, found: dict[int, Slot], soft: set[int]) -> tuple[Part, str, bool] | None:
    """A place without a cue: by what stands behind it, or by what joins it to the place before."""
    doc = parsed.doc
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    before = doc[i - 1].text if i else ""
    last = found.get(i - 2)
    if before in JOINTS and last is not None:
        return Part.BOUND, f"{before} …", True
    if after in listed("after", "bound"):
        return Part.BOUND, f"… {after}", False
    if after in listed("after", "passed"):
        return Part.PASSED, f"… {after}", False
    if before in (",", "and", "&") and last is not None and last.part in (Part.BOUND, Part.PASSED, Part.AT):
        return last.part, last.words, i - 2 in soft
    return (Part.LEFT, f"… {after}", False) if _joined(parsed, i) else None
