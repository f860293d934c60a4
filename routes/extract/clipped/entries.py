"""Sentence of clipped prose → what it says of whom: an entry of a bulletin, a list, a log, a live page.

"Ocean Trader, 31,000 t sugar, ex Santos for Djibouti; eta 9 May" has no finite verb for the parser to hang places on.
Here the words are read from left to right: who it is, then places, each by the word right before it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.clipped.entry_labels import Opening, is_date, is_place, listed, open_entry
from routes.extract.clipped.entry_reading import Reading
from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.places.noun_places import qualifiers
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.ellipsis import ship_from
from routes.extract.trips.slots import Part, Slot
from routes.model import SentenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.extract.text.parsing import Parsed

JOINTS = frozenset(("-", "–", "—", "‑", ">", "/", "→", "⇒", "->", "=>", "-->", "--"))
"""What joins the places of a way in notation."""

CUT = frozenset((",", ";", ":", "(", ")", ".", "-", "–", "—"))
MAX_TOKENS = 120
"""A longer sentence is no entry."""

RETURNS = ("return", "back to")
STANDS = ("off", "at", "abeam", "alongside")
"""Words that say where the mover is, and not where the place before lies."""
MAX_CUE = 4
MAX_AHEAD = 5
MAX_BEFORE_NOUN = 5
TOLD = frozenset(("DT", "PRP", "PRP$"))
"""With a word of these first, a verb in the past has its subject: that is a sentence and no entry."""

FINITE = frozenset(("VBZ", "VBP", "MD"))


@cache
def cues() -> dict[tuple[str, ...], tuple[Part, bool]]:
    """Words before a place → what they say of it, and whether they leave open that it was reached."""
    parts = {"left": Part.LEFT, "bound": Part.BOUND, "soft": Part.BOUND, "reached": Part.REACHED, "at": Part.AT}
    parts["passed"] = Part.PASSED
    table = load_table("clipped")["cues"]
    return {tuple(phrase.split()): (part, key == "soft") for key, part in parts.items() for phrase in table[key]}


def read_entries(parsed: Parsed) -> tuple[Reading, ...]:
    """Read a sentence as one or more entries; none where it has a finite verb, or says nothing of a way.

    Args:
        parsed: The parsed sentence.
    """
    if len(parsed.doc) > MAX_TOKENS or parsed.sentence.kind is SentenceKind.HEADING or _tells(parsed):
        return ()
    opening = open_entry(parsed)
    if opening.label == "none":
        return ()
    found = []
    for number, (start, end) in enumerate(_stretches(parsed, opening.at)):
        reading = _read(parsed, start, end, opening, first=number == 0)
        if reading.slots or (reading.named and opening.label is not None):
            found.append(reading)
    return tuple(_with_returns(found))


def _with_returns(readings: list[Reading]) -> Iterator[Reading]:
    """Mark what was bound somewhere and is told to have gone back: "Lviv to Brno, …; returned to Lviv"."""
    for number, reading in enumerate(readings):
        going = any(slot.part is Part.BOUND for slot in reading.slots)
        behind = readings[number + 1] if number + 1 < len(readings) else None
        told = (*reading.slots, *(behind.slots if behind is not None and not behind.named else ()))
        yield replace(reading, came_back=going and any(slot.words.startswith(RETURNS) for slot in told))


def _read(parsed: Parsed, start: int, end: int, opening: Opening, *, first: bool) -> Reading:
    """Read one stretch of a sentence."""
    dated = opening.dated_call and first
    subject, at = ((start, start), start) if dated else _subject(parsed, start, end)
    slots, soft = _slots(parsed, at, end, dated=dated)
    words = {t.lower_ for t in parsed.doc[start:end]}
    return Reading(
        parsed=parsed,
        subject=subject,
        spoken=opening.spoken if first else (0, 0),
        label=opening.label,
        mode=opening.mode,
        slots=tuple(slots),
        soft=frozenset(soft),
        dated_call=dated,
        failed=not words.isdisjoint(listed("verbs", "failed")),
        planned=not words.isdisjoint(listed("verbs", "planned")),
        verbal=parsed.doc[start].lower_ in listed("verbs", "present") | listed("verbs", "past"),
        underway=not words.isdisjoint(listed("verbs", "underway")),
    )


def _stretches(parsed: Parsed, at: int) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that may each have a mover of its own: parted by ";", ", then a …", ", HMS …"."""
    start = at
    for i in range(at, len(parsed.doc)):
        another = parsed.doc[i].text == "," and _another(parsed, i + 1)
        if parsed.doc[i].text == ";" or another or ship_from(parsed, i + 1) is not None:
            if i > start:
                yield start, i
            start = i + 1
    if start < len(parsed.doc):
        yield start, len(parsed.doc)


def _another(parsed: Parsed, i: int) -> bool:
    """Whether another vehicle is brought up behind a comma: "then the weekly An-26", "a Falcon from Brno"."""
    doc, carriers = parsed.doc, load_lexicon().carriers
    word = doc[i].lower_ if i < len(doc) else ""
    if word not in ("then", "and", "also", "another", "a", "an", "the"):
        return False
    for token in doc[i + 1 : i + 1 + MAX_BEFORE_NOUN]:  # "then KC-330", "a chartered Falcon"
        if token.text in CUT or is_place(parsed, token.i):
            return False
        if token.text == STAND_IN_CRAFT or token.lower_ in carriers:
            return any(_cue_at(parsed, k) is not None for k in range(token.i + 1, min(token.i + 6, len(doc))))
    return False


def _tells(parsed: Parsed) -> bool:
    """Whether a sentence is told with a finite verb, or is about money, scores and the like."""
    past, never, present = listed("verbs", "past"), listed("verbs", "never"), listed("verbs", "present")
    if _judged(parsed):
        return True
    for token in parsed.doc:
        if token.lower_ in never or (token.i > 0 and token.text == "?"):
            return True
        if parsed.mentions[token.i] is not None or not token.text[:1].islower():
            continue
        if token.tag_ == "VBP" and (token.lower_ in load_lexicon().carriers or (token.lower_,) in cues()):
            continue  # "the frigate Rizal", "round the Cape", taken for verbs
        opens = token.lower_ in present and (token.i == 0 or parsed.doc[token.i - 1].text in (";", ",", ":"))
        if (token.tag_ in FINITE and not opens) or (token.tag_ == "VBD" and token.lower_ not in past):
            return True
    first = parsed.doc[0] if len(parsed.doc) else None
    return first is not None and first.tag_ in TOLD and any(t.tag_ == "VBD" for t in parsed.doc)


def _judged(parsed: Parsed) -> bool:
    """Whether it says of a trip who announced, refused or denied it: "Visit to Oslo announced by the navy"."""
    judged, doc = listed("verbs", "judged"), parsed.doc
    if not any(t.lower_ in load_lexicon().nouns and t.lower_ not in load_lexicon().carriers for t in doc[:MAX_CUE]):
        return False
    said = (t for t in doc if t.tag_ in ("VBN", "VBD"))
    return any(t.lower_ in judged or doc[t.i : t.i + 2].text.lower() in judged for t in said)


def _joined(parsed: Parsed, i: int) -> bool:
    """Whether a place is the start of a way in notation or of "A to B", "A for B"."""
    doc = parsed.doc
    if not is_place(parsed, i) or i + 2 >= len(doc):
        return False
    nxt = doc[i + 1].lower_
    return (nxt in JOINTS or nxt in ("to", "for", "via")) and is_place(parsed, i + 2)


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
        if is_place(parsed, k):
            return k
        if doc[k].lower_ not in listed("between", "words") and not is_date(doc[k]):
            return None
    return None


def _subject(parsed: Parsed, at: int, end: int) -> tuple[tuple[int, int], int]:
    """The words for the mover from ``at`` on, and where the reading of places begins."""
    doc = parsed.doc
    if at < end and doc[at].lower_ in ("then", "and", "also") and _cue_at(parsed, at) is None:
        at += 1
    if at < end and doc[at].lower_ in listed("verbs", "opening") | listed("verbs", "present") | listed("verbs", "past"):
        return (at, at), at
    if at + 1 < end and is_place(parsed, at) and is_date(parsed.doc[at + 1]):
        return (at, at), at  # "Mombasa 2-5 May, from Karachi", of the ship named above
    for i in range(at, end):
        if _cue_at(parsed, i) is not None or _joined(parsed, i):
            return (at, i), i
        cut = doc[i].text in CUT and not (doc[i].text in JOINTS and _within_word(parsed, i))
        verb = doc[i].lower_ in listed("verbs", "past") and i > at
        behind = is_place(parsed, i) and i + 1 < len(doc) and doc[i + 1].lower_ in listed("after", "bound")
        if cut or verb or behind:
            return (at, i), i
    return (at, end), end


def _within_word(parsed: Parsed, i: int) -> bool:
    """Whether a dash stands within a word or number: "Maltese-flagged", "UR-82027"."""
    spans = parsed.spans
    return 0 < i < len(spans) - 1 and spans[i - 1].end == spans[i].start and spans[i].end == spans[i + 1].start


def _slots(parsed: Parsed, at: int, end: int, *, dated: bool) -> tuple[list[Slot], set[int]]:
    """The places from a token on, each with its part, and those that a plain "to" or a joint brings in."""
    skip = qualifiers(parsed)
    found: dict[int, Slot] = {}
    soft: set[int] = set()
    i = at
    if dated:
        found[at] = Slot(part=Part.STOPPED, token=at, mention=parsed.mentions[at], words=parsed.doc[: at - 1].text)
    verb: Part | None = None
    while i < end:
        verb = _verb_part(parsed.doc[i].lower_, verb)
        cue = _cue_at(parsed, i)
        place = _place_behind(parsed, i + len(cue[0])) if cue is not None else None
        if cue is not None and place is not None and (place not in skip or cue[0][0] in STANDS):
            part = verb if cue[1] is Part.AT and verb is not None else cue[1]
            if part is Part.AT and any(t.lower_ == "after" for t in parsed.doc[max(at, i - 3) : i]):
                part = Part.LEFT  # "after two years at Bahrain"
            said: tuple[Part, str, bool] | None = part, " ".join(cue[0]), cue[2]
        else:
            place, said = i, _bare(parsed, i, at, found, soft) if is_place(parsed, i) and i not in skip else None
        if said is not None and place not in found:
            found[place] = Slot(part=said[0], token=place, mention=parsed.mentions[place], words=said[1])
            soft |= {place} if said[2] else set()
        i = max(i, place) + 1
    return [_on_the_way(parsed, slot, found, soft) for slot in found.values()], soft


def _verb_part(word: str, before: Part | None) -> Part | None:
    """What "at" and "in" say behind a verb: "loads diesel at Sikka" is where it set out, "berths at" where it came."""
    if word in listed("verb_parts", "left"):
        return Part.LEFT
    if word in listed("verb_parts", "reached"):
        return Part.REACHED
    return None if word in (";", ",") or word in listed("verbs", "present") else before


def _on_the_way(parsed: Parsed, slot: Slot, found: dict[int, Slot], soft: set[int]) -> Slot:
    """A place in the middle of a notation is a stop: the B of "A-B-C"."""
    middle = slot.token in soft and slot.token + 2 in soft and parsed.doc[slot.token + 1].text in JOINTS
    return replace(slot, part=Part.STOPPED) if middle and slot.token + 2 in found else slot


def _bare(parsed: Parsed, i: int, at: int, found: dict[int, Slot], soft: set[int]) -> tuple[Part, str, bool] | None:
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
    if " ".join(t.lower_ for t in doc[i + 1 : i + 3]) in listed("after", "left"):
        return Part.LEFT, f"… {doc[i + 1 : i + 3].text}", False
    if before == ":" and any(t.lower_ in listed("ahead", "words") for t in doc[max(0, i - MAX_AHEAD) : i - 1]):
        return Part.BOUND, f"{doc[i - 2].text}: …", False
    if not found and is_date(after) and i == at:
        return Part.AT, f"… {after}", False
    if before in (",", "and", "&") and last is not None and last.part in (Part.BOUND, Part.PASSED, Part.AT):
        return last.part, last.words, i - 2 in soft
    if _joined(parsed, i):
        return Part.LEFT, f"… {after}", False
    if not found and before == "," and after == "," and _cue_at(parsed, i + 2) is not None:
        return Part.LEFT, f"… {doc[i + 2].text}", False  # "2 mln barrels, Jebel Dhanna, for Yeosu"
    return (Part.STOPPED, f"{before} … {after}", False) if found and _is_halt(parsed, i) else None


def _is_halt(parsed: Parsed, i: int) -> bool:
    """Whether a place opens a stretch of its own that says when or what for: ", Invergordon for stores on the 3rd"."""
    doc = parsed.doc
    if i == 0 or doc[i - 1].text not in (",", ";") or i + 1 >= len(doc):
        return False
    behind = doc[i + 1]
    return is_date(behind) or (behind.lower_ in ("for", "on", "overnight") and not is_place(parsed, i + 2))
