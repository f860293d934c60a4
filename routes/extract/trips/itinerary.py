"""One carrier's moves across a report → its trips, stops in travelled order.

Reports tell the end first, go back, skip ahead and repeat themselves. A trip is built by taking the moves in the order
of the text and putting each place where it belongs: what is left comes before what is reached; a place told in the
past perfect, or after the start of the trip has been told, comes before the end that was told already; dates that
exclude each other decide against all else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.trips.endings import SENDING, finish
from routes.extract.trips.halts import Halt, Told, Trip, find_halt, holds, nested, same_place
from routes.extract.trips.homeward import is_home
from routes.extract.trips.slots import Part
from routes.extract.trips.timelines import of_former_trip, scheduled
from routes.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.extract.trips.clauses import Move

SHORTEST_LOOP = 3
"""There and back again."""


def build_trips(groups: Sequence[tuple[Move, Sequence[Told]]]) -> list[Trip]:
    """Put one carrier's places in travelled order.

    Args:
        groups: For each move in the order of the text, what it says of its places, in travelled order.

    Returns:
        The carrier's trips; a trip that was meant and not travelled is one of its own.
    """
    trips: list[Trip] = []
    former: list[Trip] = []
    for move, group in groups:
        if group and of_former_trip(move):
            former.append(Trip())
            for told in group:
                _place(former[-1], told)
            continue
        trip = trips[-1] if trips else None
        if trip is not None and (move.cue.frame.name in ("divert", "turnback") or _was_stopped(move) or _forced(move)):
            trip.diverted_at = move.parsed.spans[move.token].start
            trip.turned_back = trip.turned_back or move.cue.frame.name == "turnback"
        if trip is not None and move.cue.frame.name == "arrive" and not move.slots:
            trip.arrived_unsaid = True
        if trip is not None and move.off is not None:
            _call_off(trip, move, move.off)
        if not group:
            continue
        if trip is None or _starts_anew(trip, group):
            trip = Trip()
            trips.append(trip)
        for told in group:
            _place(trip, told)
    return [t for trip in (*former, *trips) for t in finish(trip) if t.halts]


DENIAL_CHARS = 300
"""So near behind what others say of a trip "the ministry denied it" denies that."""


def _call_off(trip: Trip, move: Move, off: Status) -> None:
    """What words that name no place say of the trip told last: that it was not made, or that somebody denies it."""
    if _may_be_off(trip, move):
        trip.failed = off
    elif off is Status.DENIED:
        _dispute(trip, move)


def _may_be_off(trip: Trip, move: Move) -> bool:
    """Whether a trip was only planned, or only told by others: what the report itself says was made stays made."""
    told = [t for halt in trip.halts for t in halt.told]
    if not told:  # all it has is what was meant and not travelled
        return False
    by_others = all(t.judgement.reported or t.judgement.hedged for t in told)
    if move.off is Status.DENIED:
        return by_others and move.parsed.spans[move.token].start - max(t.at for t in told) < DENIAL_CHARS
    return trip.status() is Status.PLANNED or by_others


def _dispute(trip: Trip, move: Move) -> None:
    """What the report itself tells stays told, but is no longer sure where the next sentence has it denied."""
    last = max((t.move.parsed.index for halt in trip.halts for t in halt.told), default=None)
    if last is None or move.parsed.index - last != 1:
        return
    for halt in trip.halts:
        halt.told = [replace(t, judgement=replace(t.judgement, hedged=True)) for t in halt.told]
        halt.reasons.append(f"“{move.parsed.doc[move.token].text}”: disputed")


def _forced(move: Move) -> bool:
    """Whether it came down where it had not meant to: "an emergency landing in Porto"."""
    head = move.parsed.doc[move.token]
    if move.cue.frame.name not in ("arrive", "call"):
        return False
    return any(c.lower_ in ("emergency", "forced", "unscheduled") for c in head.children)


def _was_stopped(move: Move) -> bool:
    """Whether somebody stopped the carrier: "it was stopped near Brno"."""
    token = move.parsed.doc[move.token]
    return move.cue.words[0] in ("stop", "halt") and any(c.dep_ == "auxpass" for c in token.children)


def _starts_anew(trip: Trip, group: Sequence[Told]) -> bool:
    """Whether a move begins another trip of the same carrier."""
    first = group[0]
    at = find_halt(trip, first.position)
    origin = trip.origin()
    if first.before and trip.halts:
        return False  # "Last port Bata; before that Luba"
    if _closed(trip) and not first.earlier:
        return first.part in (Part.LEFT, Part.BOUND) or at is None
    if _leaves_later(trip, first, at):
        return True
    if first.part is not Part.LEFT or origin is None or first.move.cue.frame.name == "load" or first.onward:
        return False
    if at is None:
        within = bool(trip.halts) and nested(trip.halts[-1].first, first)  # "into Mali …, from Kayes to Bamako"
        new = not first.earlier and trip.cursor > 0 and not nested(origin.first, first) and not within
        return new and not _same_breath(trip, first)
    if at == 0:
        return any(
            t.part is Part.REACHED and find_halt(trip, t.position) is None and _dates_clash(trip.halts[0], t)
            for t in group
        )
    return False


def _leaves_later(trip: Trip, told: Told, at: int | None) -> bool:
    """Whether a departure to come is from elsewhere than where the carrier has come: that is no start of its trip."""
    if told.part is not Part.LEFT or told.status is not Status.PLANNED or at is not None or trip.origin() is not None:
        return False
    there = [h for h in trip.halts if h.reached and h.status is Status.COMPLETED]
    return bool(there) and not any(nested(h.first, told) for h in there)


def _is_ahead(halt: Halt) -> bool:
    """Whether a halt is still to come: planned, what it is on its way to, or the goal of a way told as a whole."""
    goal = halt.parts == {Part.BOUND}
    return halt.status is Status.PLANNED or (goal and (halt.status is Status.ONGOING or _is_end_of_way(halt.first)))


def _same_breath(trip: Trip, told: Told) -> bool:
    """Whether a place left is told in one sentence with the leg before: "rolled out of A, were shipped from B to C"."""
    last = max((t for halt in trip.halts for t in halt.told), key=lambda t: t.at, default=None)
    if last is None:  # all it has is what was meant and not travelled
        return False
    same = last.move.parsed is told.move.parsed and last.move is not told.move
    return same and last.move.subject == told.move.subject is not None


def _dates_clash(halt: Halt, told: Told) -> bool:
    return bool(halt.start and told.date.end and told.date.end <= halt.start)


def _closed(trip: Trip) -> bool:
    """Whether a trip has come back to where it began."""
    if len(trip.halts) < SHORTEST_LOOP:
        return False
    first, last = trip.halts[0], trip.halts[-1]
    return same_place(first.position, last.position) and last.reached and trip.cursor == len(trip.halts)


def _goes_back(trip: Trip, told: Told) -> bool:
    """Whether it is back where it left, and all it was bound for never reached: "returned to Madrid an hour later"."""
    if told.status is not Status.COMPLETED or told.part is not Part.REACHED or told.earlier or len(trip.halts) < 2:  # noqa: PLR2004
        return False
    origin, *rest = trip.halts
    if Part.LEFT not in origin.parts or not same_place(origin.position, told.position):
        return False
    return all(
        halt.parts <= {Part.BOUND, Part.PASSED} or all(t.move.cue.words[0] in SENDING for t in halt.told)
        for halt in rest
    )


def _place(trip: Trip, told: Told) -> None:
    """Put one place into a trip."""
    origin = trip.origin()
    if is_home(told):
        if origin is None or len(trip.halts) < 2:  # noqa: PLR2004
            return
        told = replace(told, position=origin.position)
    if scheduled(trip, told):
        told = replace(told, status=Status.PLANNED)
    if _goes_back(trip, told):
        trip.turned_back, trip.diverted_at = True, told.at
        return
    begun = told.part is Part.LEFT and told.status is Status.ATTEMPTED
    trip.turned_back = trip.turned_back or begun
    if told.status in (Status.ATTEMPTED, Status.DENIED) and not begun:
        trip.intended.append(told)
        return
    at = find_halt(trip, told.position)
    if told.part is Part.LEFT:
        _place_origin(trip, told, at)
    elif at is not None and not _comes_back(trip, told, at):
        trip.halts[at].told.append(told)
        at = _reached_last(trip, told, at)
        if told.part is not Part.BOUND or at == len(trip.halts) - 1:
            trip.cursor = max(at + 1, trip.cursor) if told.part is not Part.AT else at + 1
    else:
        if at == 0 and told.part is not Part.BOUND:
            _turn_home(trip, told)
        _insert(trip, told)


def _reached_last(trip: Trip, told: Told, at: int) -> int:
    """Where a place stands that was only a goal till now: behind the stops told in between.

    "The flight from Rome to Oslo put down in Bonn; it went on to Oslo in the evening."
    """
    halt = trip.halts[at]
    goal = all(t.part is Part.BOUND or (t.part is Part.REACHED and _is_noun(t)) for t in halt.told[:-1])
    if (
        not goal
        or told.part is not Part.REACHED
        or _is_noun(told)
        or told.earlier
        or told.status is not Status.COMPLETED
    ):
        return at
    behind = [n for n, h in enumerate(trip.halts) if n > at and h.reached and h.first.at < told.at]
    if not behind:
        return at
    trip.halts.insert(behind[-1], trip.halts.pop(at))
    halt.reasons.append("told again as reached after the stops told in between")
    return behind[-1]


def _is_noun(told: Told) -> bool:
    return told.move.parsed.doc[told.move.token].pos_ == "NOUN"


def _turn_home(trip: Trip, told: Told) -> None:
    """Make ready for a return to where the trip began: "it is back in Oslo", after which nothing told comes."""
    if _returns_unreached(trip, told):
        trip.diverted_at = told.at  # "left Lviv for Lodz, was stopped at Brody and is back in Lviv"
    reached = [number for number, halt in enumerate(trip.halts, start=1) if halt.status is not Status.PLANNED]
    trip.cursor = max([trip.cursor, *reached])


def _returns_unreached(trip: Trip, told: Told) -> bool:
    """Whether it is back where it began, and a place it was bound for has never been reached."""
    if told.status is not Status.COMPLETED or told.earlier:
        return False
    goals = [h for h in trip.halts[1:] if h.parts == {Part.BOUND} and h.status is not Status.PLANNED]
    goals = [h for h in goals if h.position.kind in (Kind.CITY, Kind.SITE)]
    return any(goal.first.at < told.at for goal in goals)


def _place_origin(trip: Trip, told: Told, at: int | None) -> None:
    """Put a place that was left into a trip."""
    origin = trip.origin()
    if at is not None and (origin is not None or not _is_end(trip.halts[at], told)):
        trip.halts[at].told.append(told)
        trip.cursor = at + 1
        return
    if at is None and origin is not None and not told.before:
        if (told.move.cue.frame.name == "load" and not told.earlier) or told.onward or _same_breath(trip, told):
            _insert(trip, told)
            return
        if nested(origin.first, told):
            origin.told.insert(0 if holds(origin.first, told) else len(origin.told), told)
            trip.cursor = 1
            return
    where = len(trip.halts) if origin is not None and not (told.earlier or told.before) else 0
    if told.earlier and at == where and trip.halts[at].parts == {Part.STOPPED}:
        trip.halts[at].told.append(told)  # "after stopping at Cork, where it had begun": one place, not a leg
        trip.cursor = where + 1
        return
    reason = "what was left comes before what was reached"
    trip.halts.insert(where, Halt(told=[told], reasons=[reason]))
    trip.cursor = where + 1
    trip.looking_back = told.earlier


def _is_end(halt: Halt, told: Told) -> bool:
    """Whether a place told as an end is now told as the start too: a round trip."""
    if told.earlier or (halt.status is Status.PLANNED and told.status is Status.COMPLETED):
        return Part.LEFT not in halt.parts
    return False


def _comes_back(trip: Trip, told: Told, at: int) -> bool:
    """Whether a place already in the trip is being reached a second time, and not told a second time."""
    if (told.part is Part.AT and "back" not in told.words) or told.earlier:
        return False
    halt = trip.halts[at]
    if told.status is Status.PLANNED and halt.reached and at < len(trip.halts) - 1:
        return True
    if "back" in told.words.split() and told.part is Part.REACHED and halt.reached and at < len(trip.halts) - 1:
        return True  # "was in Doha, flew to Cairo and back to Doha"
    if at == 0 and Part.LEFT in halt.parts and len(trip.halts) > 1:
        return not same_place(trip.halts[-1].position, told.position)
    return at < trip.cursor - 1 and trip.cursor == len(trip.halts) and told.onward


def _by_words(trip: Trip, told: Told) -> tuple[int, str]:
    """Where the words put a place: after what was told last, before it, or at the end of all."""
    halts, lowest = trip.halts, 1 if trip.origin() else 0
    where = min(trip.cursor, len(halts))
    if told.part is Part.BOUND and told.earlier:
        return len(halts), "where it was bound lies ahead of where it was"
    if told.onward and told.judgement.present and trip.looking_back and not told.earlier:
        return len(halts), "told as what has happened since"  # "had come from Y, and has gone on to Z"
    if told.earlier and halts and not trip.looking_back:
        return max(where - 1, lowest), "told as earlier than the stop told before it"
    if told.before and halts:
        return max(where - 1, lowest), "told as before the stop told last"
    return where, "told in this order"


def _insert(trip: Trip, told: Told) -> None:
    halts = trip.halts
    where, reason = _by_words(trip, told)
    exact = where > 0 and halts[where - 1].position.kind in (Kind.SITE, Kind.CITY)
    if told.on_way and not trip.on_way and exact:
        where, reason = max(trip.cursor - 1, 1 if trip.origin() else 0), "told as on the way to the stop before it"
    if _is_end_of_way(told):
        where, reason = len(halts), "told as the end of the way"
    trip.looking_back, trip.on_way = told.earlier, told.on_way
    if told.status is Status.PLANNED and _calls_before(halts, told):
        where, reason = len(halts) - 1, "a call on the way to where it is bound"
    elif told.status is Status.PLANNED:
        where = max(where, max((i + 1 for i, h in enumerate(halts) if h.status is not Status.PLANNED), default=0))
    elif any(_is_ahead(h) for h in halts):
        where = min(where, next(i for i, h in enumerate(halts) if _is_ahead(h)))
    calls = told.status is not Status.PLANNED and not told.earlier and _calls_before(halts, told, least=1)
    if calls and not _is_ahead(halts[-1]):  # "sailed for Izmir on Monday; on Friday she put in at Syra"
        where, reason = len(halts) - 1, "a call on the way to where it is bound"
    low, high = _by_date(halts if not calls else halts[:-1], told)
    if not low <= where <= high:
        where, reason = min(max(where, low), high), "put in order by its date"
    halts.insert(where, Halt(told=[told], reasons=[reason]))
    trip.cursor = where + 1


def _calls_before(halts: Sequence[Halt], told: Told, least: int = 2) -> bool:
    """Whether a call to come lies before the goal told last: "is bound for Qingdao. She will call at Singapore"."""
    if told.part is not Part.STOPPED or told.move.cue.frame.name != "call" or told.onward or len(halts) < least:
        return False
    goal = halts[-1]
    return goal.parts == {Part.BOUND} or (
        goal.parts == {Part.REACHED} and all(t.words.lower().endswith(" for") for t in goal.told)
    )


def _is_end_of_way(told: Told) -> bool:
    """Whether it is the goal of a way on which the rest happened: "landed in Shannon en route from Bonn to Halifax"."""
    head = told.move.parsed.doc[told.move.token]
    whole = any(slot.part is Part.LEFT for slot in told.move.slots)
    return (
        told.part is Part.BOUND and whole and told.move.cue.frame.name == "bound" and head.pos_ not in ("VERB", "AUX")
    )


def _by_date(halts: Sequence[Halt], told: Told) -> tuple[int, int]:
    """Between which positions the date of a place lets it stand."""
    low, high = 0, len(halts)
    if told.date.start is None:
        return low, high
    for number, halt in enumerate(halts):
        when = halt.first.date
        if when.start is None or when.end is None or told.date.end is None:
            continue
        if when.end <= told.date.start:
            low = max(low, number + 1)
        elif told.date.end <= when.start:
            high = min(high, number)
    return (low, high) if low <= high else (0, len(halts))
