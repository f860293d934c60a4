"""One carrier's moves across a report → its trips, stops in travelled order.

Reports tell the end first, go back, skip ahead and repeat themselves. A trip is built by taking the moves in the order
of the text and putting each place where it belongs: what is left comes before what is reached; a place told in the
past perfect, or after the start of the trip has been told, comes before the end that was told already; dates that
exclude each other decide against all else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from gazetteer.store import distance_km
from routes.extract.slots import Part
from routes.model import DateInterval, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from routes.extract.motion import Move
    from routes.model import PlaceMention, Position

SHORTEST_LOOP = 3
"""There and back again."""

NEAR_KM = 12.0
"""Two places nearer than this are one stop, an airport and its town for instance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one move says of one place, with all that bears on order and status.

    Attributes:
        part: Left, reached, stopped, passed, at, bound or between.
        mention: The place.
        position: Where that is.
        at: Offset of its words in the report.
        date: When, as told.
        status: Completed, planned, attempted … by the words of the clause.
        earlier: Told as having happened before what was told last ("had left").
        onward: Told as following what was told last ("then", "from there").
        words: The words that give the place its part.
        move: The move it comes from.
    """

    part: Part
    mention: PlaceMention
    position: Position
    at: int
    date: DateInterval
    status: Status
    earlier: bool
    onward: bool
    words: str
    move: Move


@dataclass(slots=True, kw_only=True)
class Halt:
    """A place of a trip under construction, with everything told of it."""

    told: list[Told]
    reasons: list[str] = field(default_factory=list)

    @property
    def first(self) -> Told:
        """What was told of it first."""
        return self.told[0]

    @property
    def parts(self) -> set[Part]:
        """All that is told of it."""
        return {t.part for t in self.told}

    @property
    def start(self) -> date | None:
        """The first day told of it."""
        return next((t.date.start for t in self.told if t.date.start), None)

    @property
    def status(self) -> Status:
        """Planned only if nothing tells that it happened."""
        kinds = {t.status for t in self.told}
        if Status.COMPLETED in kinds:
            return Status.COMPLETED
        return self.told[-1].status


@dataclass(slots=True, kw_only=True)
class Trip:
    """A trip under construction: its halts in travelled order, and where the telling stands."""

    halts: list[Halt] = field(default_factory=list)
    cursor: int = 0
    intended: list[Told] = field(default_factory=list)
    order_stated: bool = True

    def origin(self) -> Halt | None:
        """The first halt if it is known to have been left."""
        return self.halts[0] if self.halts and Part.LEFT in self.halts[0].parts else None


def build_trips(groups: Sequence[Sequence[Told]]) -> list[Trip]:
    """Put one carrier's places in travelled order.

    Args:
        groups: For each move in the order of the text, what it says of its places, in travelled order.

    Returns:
        The carrier's trips; a trip that was meant and not travelled is one of its own.
    """
    trips: list[Trip] = []
    for group in groups:
        if not group:
            continue
        trip = trips[-1] if trips else None
        if trip is None or _starts_anew(trip, group):
            trip = Trip()
            trips.append(trip)
        for told in group:
            _place(trip, told)
    return [t for trip in trips for t in _finish(trip)]


def _starts_anew(trip: Trip, group: Sequence[Told]) -> bool:
    """Whether a move begins another trip of the same carrier."""
    first = group[0]
    at = _find(trip, first.position)
    origin = trip.origin()
    if _closed(trip) and not first.earlier:
        return first.part in (Part.LEFT, Part.BOUND) or at is None
    if first.part is not Part.LEFT or origin is None:
        return False
    if at is None:
        return not first.earlier and same_place(origin.first.position, first.position) is False and trip.cursor > 0
    if at == 0:
        return any(
            t.part is Part.REACHED and _find(trip, t.position) is None and _dates_clash(trip.halts[0], t) for t in group
        )
    last = len(trip.halts) - 1
    return at == last and first.status is Status.PLANNED and trip.halts[at].status is Status.COMPLETED


def _dates_clash(halt: Halt, told: Told) -> bool:
    return bool(halt.start and told.date.end and told.date.end <= halt.start)


def _closed(trip: Trip) -> bool:
    """Whether a trip has come back to where it began."""
    if len(trip.halts) < SHORTEST_LOOP:
        return False
    first, last = trip.halts[0], trip.halts[-1]
    return same_place(first.first.position, last.first.position) and last.status is Status.COMPLETED


def _find(trip: Trip, position: Position) -> int | None:
    """Where a place stands in a trip; the last time, if it is there twice."""
    for number in range(len(trip.halts) - 1, -1, -1):
        if same_place(trip.halts[number].first.position, position):
            return number
    return None


def _place(trip: Trip, told: Told) -> None:
    """Put one place into a trip."""
    if told.status is Status.ATTEMPTED or told.status is Status.DENIED:
        trip.intended.append(told)
        return
    at = _find(trip, told.position)
    if told.part is Part.LEFT:
        _place_origin(trip, told, at)
    elif at is not None and not _comes_back(trip, told, at):
        trip.halts[at].told.append(told)
        if told.part is not Part.BOUND or at == len(trip.halts) - 1:
            trip.cursor = max(at + 1, trip.cursor) if told.part is not Part.AT else at + 1
    else:
        _insert(trip, told)


def _place_origin(trip: Trip, told: Told, at: int | None) -> None:
    if at is not None:
        trip.halts[at].told.append(told)
        trip.cursor = at + 1
        return
    origin = trip.origin()
    if origin is not None and (
        holds(origin.first.position, told.position) or holds(told.position, origin.first.position)
    ):
        if holds(origin.first.position, told.position):
            origin.told.insert(0, told)
        trip.cursor = 1
        return
    where = 0
    if origin is not None:
        where = len(trip.halts) if not told.earlier else 0
    trip.halts.insert(where, Halt(told=[told], reasons=["what was left comes before what was reached"]))
    trip.cursor = where + 1


def _comes_back(trip: Trip, told: Told, at: int) -> bool:
    """Whether a place already in the trip is being reached a second time, and not told a second time."""
    if told.part not in (Part.REACHED, Part.STOPPED, Part.PASSED, Part.BOUND) or told.earlier:
        return False
    halt = trip.halts[at]
    if at == 0 and Part.LEFT in halt.parts:
        return told.part in (Part.REACHED, Part.BOUND)
    return at < trip.cursor - 1 and trip.cursor == len(trip.halts) and told.onward


def _insert(trip: Trip, told: Told) -> None:
    halts = trip.halts
    where = len(halts) if told.onward and not told.earlier else min(trip.cursor, len(halts))
    reason = "told in this order"
    if told.earlier and halts and trip.cursor >= len(halts):
        where, reason = max(len(halts) - 1, 1 if trip.origin() else 0), "told as earlier than the stop told before it"
    if told.status is Status.PLANNED:
        done = max((i + 1 for i, h in enumerate(halts) if h.status is not Status.PLANNED), default=0)
        where = max(where, done)
    elif any(h.status is Status.PLANNED for h in halts):
        where = min(where, next(i for i, h in enumerate(halts) if h.status is Status.PLANNED))
    low, high = _by_date(halts, told)
    if not low <= where <= high:
        where, reason = min(max(where, low), high), "put in order by its date"
    halts.insert(where, Halt(told=[told], reasons=[reason]))
    trip.cursor = where + 1


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


def same_place(a: Position, b: Position) -> bool:
    """Whether two positions are one stop."""
    if a.place_id is not None and a.place_id == b.place_id:
        return True
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return a.name.casefold() == b.name.casefold()
    exact = (Kind.SITE, Kind.CITY, None)
    return a.kind in exact and b.kind in exact and _km(a, b) <= NEAR_KM


def holds(a: Position, b: Position) -> bool:
    """Whether the first place holds the second: a country its towns, a region what lies within its radius."""
    if a.kind in (None, Kind.SITE, Kind.CITY, Kind.WATERWAY) or a.place_id == b.place_id:
        return False
    if a.kind is Kind.COUNTRY:
        return b.kind is not Kind.COUNTRY and a.country_code is not None and a.country_code == b.country_code
    if b.kind in (Kind.COUNTRY, Kind.CONTINENT) and a.kind is not Kind.CONTINENT:
        return False
    if a.lon is None or b.lon is None:
        return False
    radius = a.radius_km or (150.0 if a.kind is Kind.ADMIN1 else 40.0)
    if a.country_code and b.country_code and a.country_code != b.country_code:
        return False
    return _km(a, b) <= radius


def _km(a: Position, b: Position) -> float:
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return inf
    return distance_km(a.lon, a.lat, b.lon, b.lat)


def _finish(trip: Trip) -> list[Trip]:
    """Drop what only repeats a finer place, and make a trip of its own of what was meant and not travelled."""
    trip.halts = _without_coarse(trip.halts)
    if not trip.intended:
        return [trip]
    meant = Trip()
    for told in trip.intended:
        if not any(same_place(h.first.position, told.position) for h in meant.halts):
            meant.halts.append(Halt(told=[told], reasons=["it was meant and not carried through"]))
    if not trip.halts:
        return [meant]
    if Part.LEFT not in meant.halts[0].parts:
        before = [h for h in trip.halts if h.first.at < trip.intended[0].at and Part.BOUND not in h.parts]
        start = trip.halts[0] if Part.LEFT in trip.halts[0].parts else (before[0] if before else None)
        if start is not None:
            meant.halts.insert(0, start)
    return [trip, meant]


def _without_coarse(halts: list[Halt]) -> list[Halt]:
    """Of two neighbours of which one holds the other ("Venezuela, where it landed at Maiquetía") keep the finer."""
    kept: list[Halt] = []
    for halt in halts:
        if kept and _coarse(kept[-1], halt):
            halt.told += kept[-1].told
            kept[-1] = halt
        elif kept and _coarse(halt, kept[-1]):
            kept[-1].told += halt.told
        else:
            kept.append(halt)
    return kept


def _coarse(a: Halt, b: Halt) -> bool:
    if not holds(a.first.position, b.first.position):
        return False
    return not (Part.LEFT in a.parts and Part.LEFT not in b.parts)


def roles(trip: Trip) -> list[Role]:
    """The role of every halt: the first is an origin only if it was left, the last is where the trip goes."""
    found: list[Role] = []
    last = len(trip.halts) - 1
    for number, halt in enumerate(trip.halts):
        parts = halt.parts
        if number == 0 and Part.LEFT in parts and (last > 0 or parts == {Part.LEFT}):
            found.append(Role.ORIGIN)
        elif parts <= {Part.PASSED}:
            found.append(Role.VIA)
        elif number == last and Part.BETWEEN not in parts:
            found.append(Role.DESTINATION)
        else:
            found.append(Role.STOP)
    return found
