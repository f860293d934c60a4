"""Places the parse hangs on the wrong word of motion, or on none: the way a stop was made on, and rows of times.

"Refuelled at Cork en route from Cologne to Halifax": the stop is one move, the way another. "Left Nuuk at 09:10,
Ilulissat at 10:40": each place of the row has its own time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.trips.clauses import Move, travelled
from routes.extract.trips.slots import Part, Slot
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.extract.text.parsing import Parsed

STOPPING = frozenset(("call", "arrive", "stay", "divert"))
WAY = frozenset(("route", "way", "passage"))
ON = frozenset(("on", "en"))
OF_TROUBLE = frozenset(("after", "because", "due", "owing", "with", "when", "as", "following", "for"))
"""What brings in why a carrier came down where it had not meant to."""

GOALS = frozenset((Part.REACHED, Part.BOUND))
SEPARATORS = frozenset((",", ";", "and", "then"))
TIMED = re.compile(
    r"^\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*$|^(?:mon|tues|wednes|thurs|fri|satur|sun)day$"
)
BEFORE_TIME = frozenset((",", "on", "at", "by", "(", "the"))
MAX_BEFORE_TIME = 3
FRAMES = frozenset(("depart", "setoff", "arrive", "reach", "call", "move"))


def with_ways_apart(parsed: Parsed, moves: Sequence[Move]) -> list[Move]:
    """The moves, with the way that a stop was made on told apart from the stop."""
    apart = [_as_way(parsed, part) for move in moves for part in _apart(parsed, move)]
    diverted = next((m.token for m in apart if m.cue.frame.name == "divert" and m.slots), None)
    forced = next((m.token for m in apart if _comes_down(parsed, m)), None)
    # "diverted to Gander on the way from Brussels to Washington"; "on the way from A to B, landed in C after an alarm"
    return [
        replace(m, thwarted=True)
        if _is_way(parsed, m) and (diverted is not None or (forced is not None and m.token < forced))
        else m
        for m in apart
    ]


def _is_way(parsed: Parsed, move: Move) -> bool:
    parts = {slot.part for slot in move.slots}
    return parsed.doc[move.token].lower_ in WAY and Part.LEFT in parts and Part.BOUND in parts


def _as_way(parsed: Parsed, move: Move) -> Move:
    """A way told by a noun behind "on" leads to a goal, whatever it is called: "on passage from Santos to Bremen"."""
    noun = parsed.doc[move.token]
    if noun.lower_ not in WAY or noun.head.lower_ not in ON or Part.LEFT not in {s.part for s in move.slots}:
        return move
    slots = tuple(replace(s, part=Part.BOUND) if s.part is Part.REACHED else s for s in move.slots)
    return replace(move, slots=slots, cue=load_lexicon().nouns["way"])


def _comes_down(parsed: Parsed, move: Move) -> bool:
    """Whether it is told to have landed, or gone in, for a trouble: "landed in Cork after a warning light came on"."""
    verb = parsed.doc[move.token]
    if verb.pos_ != "VERB" or move.mode is Mode.SEA or not any(s.part in (*GOALS, Part.STOPPED) for s in move.slots):
        return False
    for child in verb.children:
        why = child.lower_ in OF_TROUBLE or any(c.lower_ in OF_TROUBLE for c in child.children if c.dep_ == "mark")
        if child.i > verb.i and why and any(t.lower_ in word_set("troubles") for t in child.subtree):
            return True
    return False


def _apart(parsed: Parsed, move: Move) -> list[Move]:
    left = next((s for s in move.slots if s.part is Part.LEFT), None)
    if move.cue.frame.name not in STOPPING or left is None:
        return [move]
    way = next((i for i in range(move.token + 1, left.token) if parsed.doc[i].lower_ in WAY), None)
    goals = [s for s in move.slots if s.part in GOALS and s.token > left.token]
    if way is None or not goals:
        return [move]
    ends = (left, *(replace(s, part=Part.BOUND) for s in goals))
    rest = tuple(s for s in move.slots if s is not left and s not in goals)
    bound = load_lexicon().nouns["way"]
    return [replace(move, slots=rest), replace(move, token=way, cue=bound, slots=ends)]


def with_rows(parsed: Parsed, moves: Sequence[Move], skip: set[int]) -> list[Move]:
    """The moves, each with the row of places and times that its own begins: "left A at 9, B at 10 and C at 11"."""
    used = {slot.token for move in moves for slot in move.slots} | skip
    out = []
    for move in moves:
        last = move.slots[-1] if move.slots and move.cue.frame.name in FRAMES else None
        row = list(_row(parsed, last, used)) if last is not None else []
        used |= {slot.token for slot in row}
        out.append(replace(move, slots=(*travelled(list(move.slots)), *row)) if row else move)
    return out


def _row(parsed: Parsed, first: Slot, used: set[int]) -> Iterator[Slot]:
    """The places behind one that has a time, each behind a comma or "and" and before a time of its own."""
    at = _time_end(parsed, first.token + 1)
    part = Part.STOPPED if first.part is Part.LEFT else first.part
    while at is not None:
        doc = parsed.doc
        begin = at
        while at < len(doc) and doc[at].lower_ in SEPARATORS:
            at += 1
        mention = parsed.mentions[at] if at < len(doc) else None
        if at == begin or mention is None or mention.role is MentionRole.DEMONYM or at in used:
            return
        end = _time_end(parsed, at + 1)
        if end is None:
            return
        yield Slot(part=part, token=at, mention=mention, words=f"{first.words} … {doc[end - 1].text}")
        at = end


def _time_end(parsed: Parsed, start: int) -> int | None:
    """The token behind a time that begins here: "at 09:10", "on 3 May", ", 9 May"; None where none does."""
    doc, at = parsed.doc, start
    while at < len(doc) and at - start < MAX_BEFORE_TIME and doc[at].lower_ in BEFORE_TIME:
        at += 1
    end = at
    while end < len(doc) and TIMED.match(doc[end].lower_):
        end += 1
    return end if end > at and (doc[start].lower_ in BEFORE_TIME) else None
