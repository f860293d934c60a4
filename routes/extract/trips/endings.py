"""A trip once all is told of it: what was only meant is set apart, what was planned is parted, what repeats is dropped.

The halts stand in travelled order already (itinerary.py); here it is decided which of them make one trip, and what
each of them is to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.trips.halts import Halt, Trip, holds, nested, same_place
from routes.extract.trips.slots import Part
from routes.model import Role, Status

if TYPE_CHECKING:
    from routes.extract.trips.halts import Told


def finish(trip: Trip) -> list[Trip]:
    """Drop what only repeats a finer place, part what was planned, and set apart what was meant and not travelled."""
    _set_apart(trip)
    trip.halts = _without_coarse(trip.halts)
    trip.under_way = any(_vast(h) and h.status is Status.ONGOING for h in trip.halts)
    fine = [
        h for h in trip.halts if not _vast(h) or any(o is not h and _alongside(o, h, Part.REACHED) for o in trip.halts)
    ]
    if len(fine) > 1:
        trip.halts = fine
    there = [h for h in trip.halts if h.reached]
    trip.intended = [
        t for t in trip.intended if not any(same_place(h.position, t.position) or nested(h.first, t) for h in there)
    ]
    if not trip.intended:
        return _part_planned(trip)
    ends = [h for h in there if h.parts - {Part.PASSED, Part.LEFT}]
    if trip.turned_back and trip.origin() and all(same_place(h.position, trip.halts[0].position) for h in ends):
        trip.halts = trip.halts[:1]
    meant = [Halt(told=[told], reasons=["it was meant and not carried through"]) for told in trip.intended]
    meant = [h for n, h in enumerate(meant) if not any(same_place(h.position, o.position) for o in meant[:n])]
    meant = _without_coarse(meant)
    known = [h for h in trip.halts if Part.LEFT in h.parts or h.reached]
    origin = trip.origin() if trip.turned_back else None
    elsewhere = any(h is not origin and (Part.REACHED in h.parts or Part.AT in h.parts) for h in trip.halts)
    onward = [h for h in trip.halts if h not in known]
    if not elsewhere and not onward:
        asked = all(t.move.refused and t.move.subject is None for t in trip.intended)
        return [*([Trip(halts=known)] if asked and known else []), *_failed(known, meant, trip)]
    start = [h for h in known[:1] if Part.LEFT in h.parts and Part.LEFT not in meant[0].parts]
    return [*_part_planned(trip), *_failed(start, meant, trip)]


def _failed(known: list[Halt], meant: list[Halt], trip: Trip) -> list[Trip]:
    """The trips that were meant: one way, and one to each place the carrier was kept out of.

    Nobody speaks of a way between the places that refused it; and where the words only tell of a request ("an
    application for Malta was rejected") nobody says from where it was to come.
    """
    refused = [halt for halt in meant if halt.first.move.refused]
    others = [halt for halt in meant if halt not in refused]
    status = next((t.status for t in reversed(trip.intended) if not t.move.refused), Status.ATTEMPTED)
    asked = [halt for halt in refused if halt.first.move.subject is None]
    found = [Trip(halts=[*known, *others], failed=status)] if others else []
    ways = [Trip(halts=[*([] if halt in asked else known), halt], failed=Status.DENIED) for halt in refused]
    return [*found, *ways]


OCEAN_KM = 1500.0
"""A sea of a larger radius is an ocean: to have crossed it says nothing of the way."""


SENDING = frozenset(("send", "dispatch", "despatch"))
"""What is sent to a place is not said to have come there."""


def _vast(halt: Halt) -> bool:
    """Whether a place is too large to be a stop between finer ones: a continent, an ocean passed."""
    kind = halt.position.kind
    wide = kind in (Kind.SEA, Kind.REGION) and halt.position.radius_km > OCEAN_KM
    return kind is Kind.CONTINENT or (wide and halt.parts <= {Part.PASSED, Part.BOUND})


def _set_apart(trip: Trip) -> None:
    """Move to ``intended`` what the carrier was bound for and, its course being changed, never reached."""
    for halt in list(trip.halts):
        declared = _only_declared(trip, halt)
        if not (halt.parts == {Part.BOUND} or _named_only(halt)) or (
            halt.status is Status.PLANNED and not trip.turned_back and not declared
        ):
            continue
        meant = any(nested(halt.first, t) or same_place(halt.position, t.position) for t in trip.intended)
        turned = trip.diverted_at is not None and halt.first.at < trip.diverted_at
        if meant or turned or declared:
            trip.halts.remove(halt)
            told = replace(halt.first, status=Status.ATTEMPTED)
            trip.intended.append(told)


def _only_declared(trip: Trip, halt: Halt) -> bool:
    """Whether a goal is only what the ship declared ("declares for Port Said"), and it is told elsewhere afterwards."""
    said = all(t.words.lower().split()[0].startswith(("declar", "signal")) for t in halt.told)
    return said and any(h.reached and h.first.at > halt.first.at for h in trip.halts)


def _named_only(halt: Halt) -> bool:
    """Whether a goal is only named with the trip ("the flight to", "sent to") and nobody says that it was reached."""
    return halt.parts == {Part.REACHED} and all(_only_meant(t) for t in halt.told)


def _only_meant(told: Told) -> bool:
    head = told.move.parsed.doc[told.move.token]
    return head.pos_ == "NOUN" or told.move.cue.words[0] in SENDING


def _part_planned(trip: Trip) -> list[Trip]:
    """Two trips where one ends at a place and a departure from there is planned."""
    for number, halt in enumerate(trip.halts[1:-1], start=1):
        planned = any(t.part is Part.LEFT and t.status is Status.PLANNED and not t.onward for t in halt.told)
        if planned and halt.reached and trip.halts[number + 1].status is Status.PLANNED:
            onward = Halt(told=[t for t in halt.told if t.status is Status.PLANNED], reasons=halt.reasons)
            return [
                Trip(halts=trip.halts[: number + 1], failed=trip.failed),
                Trip(halts=[onward, *trip.halts[number + 1 :]]),
            ]
    return _part_return(trip)


SHORT = 3
"""With so many places reached a trip is one to its last; after more of them the return is the end of a round."""


def _part_return(trip: Trip) -> list[Trip]:
    """Two trips where one has reached its end and the way back is planned: "on Friday she flies home"."""
    made = [halt for halt in trip.halts if halt.status is not Status.PLANNED]
    back = trip.halts[len(made) :]
    if not back or not 1 < len(made) <= SHORT or trip.failed is not None or trip.halts[: len(made)] != made:
        return [trip]
    origin, end = made[0], made[-1]
    if Part.LEFT not in origin.parts or not same_place(back[-1].position, origin.position):
        return [trip]
    if not (end.reached and end.parts & {Part.REACHED, Part.AT}):
        return [trip]
    start = Halt(told=[replace(end.first, part=Part.LEFT, status=Status.PLANNED)], reasons=["the way back is planned"])
    return [Trip(halts=made), Trip(halts=[start, *back])]


def _without_coarse(halts: list[Halt]) -> list[Halt]:
    """Of two neighbours of which one holds the other ("Venezuela, where it landed at Maiquetía") keep the finer."""
    kept: list[Halt] = []
    for number, halt in enumerate(halts):
        finer = next((h for h in halts[number + 1 :] if holds(halt.first, h.first)), None)
        if halt.parts == {Part.BOUND} and finer is not None:  # "bound for Kenya … passed Aden … docked in Mombasa"
            finer.told += halt.told
        elif kept and _leads_through(kept[-1]):
            kept.append(halt)
        elif kept and _coarse(kept[-1], halt):
            halt.told += kept[-1].told
            kept[-1] = halt
        elif kept and _coarse(halt, kept[-1]):
            kept[-1].told += halt.told
        else:
            kept.append(halt)
    return kept


def _leads_through(halt: Halt) -> bool:
    """Whether the way is told to have led through a place, so that it is no mere frame of the goal that follows."""
    return halt.parts == {Part.PASSED} and halt.first.words.endswith(("through", "across"))


def _coarse(a: Halt, b: Halt) -> bool:
    if a.first.move is b.first.move and a.position.kind is Kind.COUNTRY and b.first.words.endswith(" at"):
        return a.first.move.cue.frame.name in ("pass", "reach")  # "crossed into Uganda at Malaba", on either side
    if not holds(a.first, b.first):
        return False
    if a.first.move is b.first.move and a.parts <= {Part.REACHED, Part.BOUND} and b.parts == {Part.LEFT}:
        return False  # "tours from Malta to Europe": both ends of one way
    return not (Part.LEFT in a.parts and Part.LEFT not in b.parts)


def _alongside(a: Halt, b: Halt, part: Part) -> bool:
    """Whether two places are named in one breath ("flew to Rhodes and Kos"), so that neither is said to come first."""
    return a.parts == b.parts == {part} and a.first.move is b.first.move and a.first.words == b.first.words


def roles(trip: Trip) -> list[Role]:
    """The role of every halt: the first is an origin only if it was left, the last is where the trip goes."""
    found: list[Role] = []
    last = len(trip.halts) - 1
    for number, halt in enumerate(trip.halts):
        parts = halt.parts
        if number == 0 and Part.LEFT in parts and (last > 0 or parts <= {Part.LEFT, Part.STOPPED}):
            found.append(Role.ORIGIN)
        elif parts <= {Part.PASSED}:
            found.append(Role.VIA)
        elif number > 0 and _alongside(trip.halts[number - 1], halt, Part.LEFT) and found[-1] is Role.ORIGIN:
            found.append(Role.ORIGIN)
        elif (number < last and all(_alongside(halt, later, Part.REACHED) for later in trip.halts[number + 1 :])) or (
            number == last and Part.BETWEEN not in parts
        ):
            found.append(Role.DESTINATION)
        else:
            found.append(Role.STOP)
    return found
