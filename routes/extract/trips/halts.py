"""The places of a trip under construction: what is told of each, and which of them are one.

A halt gathers all that the moves of a report tell of one place; a trip is a row of halts in travelled order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from gazetteer.store import distance_km
from routes.extract.trips.slots import Part
from routes.model import DateInterval, Status

if TYPE_CHECKING:
    from datetime import date

    from routes.extract.certainty.certainty import Judgement
    from routes.extract.trips.clauses import Move
    from routes.model import PlaceMention, Position

NEAR_KM = 15.0
"""An airport or port nearer than this to its town is one stop with it."""

SAME_KM = 3.0
"""Two towns, or two sites, nearer than this are one."""


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
        before: Told as before the stop told last, itself told as earlier ("before that").
        onward: Told as following what was told last ("then", "from there").
        on_way: Told as having happened on the way to what was told last ("along the way").
        words: The words that give the place its part.
        move: The move it comes from.
        judgement: How sure its clause is and who says so.
    """

    part: Part
    mention: PlaceMention
    position: Position
    at: int
    date: DateInterval
    status: Status
    earlier: bool
    before: bool
    onward: bool
    on_way: bool
    words: str
    move: Move
    judgement: Judgement

    @property
    def listed(self) -> bool:
        """Whether it is one of several named in a row without "then" or "and on to"."""
        return self.part is Part.STOPPED and sum(s.part is Part.STOPPED for s in self.move.slots) > 1


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
    def position(self) -> Position:
        """Where it is."""
        return self.told[0].position

    @property
    def parts(self) -> set[Part]:
        """All that is told of it."""
        return {t.part for t in self.told}

    @property
    def start(self) -> date | None:
        """The first day told of it."""
        return next((t.date.start for t in self.told if t.date.start), None)

    def date(self) -> DateInterval:
        """The first date told of it that is known, else the first wording."""
        known = next((t.date for t in self.told if t.date.start is not None), None)
        return known or next((t.date for t in self.told if t.date.text), DateInterval())

    @property
    def reached(self) -> bool:
        """Whether anything tells that the carrier was there."""
        return any(t.status is Status.COMPLETED and t.part is not Part.BOUND for t in self.told)

    @property
    def status(self) -> Status:
        """How far it got: what has happened outweighs what was planned."""
        kinds = [t.status for t in self.told]
        if Status.COMPLETED in kinds:
            return Status.COMPLETED
        return Status.ONGOING if Status.ONGOING in kinds else kinds[-1]


@dataclass(slots=True, kw_only=True)
class Trip:
    """A trip under construction: its halts in travelled order, and where the telling stands.

    Attributes:
        halts: In travelled order.
        cursor: Where the next place told goes.
        looking_back: Whether the telling is in a flashback.
        on_way: Whether it is in an aside on what happened on the way.
        intended: Places meant and not reached.
        diverted_at: Offset of the words that say the carrier changed its course or turned back, or None.
        turned_back: Whether it went back to where it came from.
        arrived_unsaid: Whether it is told to have arrived without saying where ("turned up").
        failed: Status of a trip that was not carried through, or None.
        under_way: Whether it is on an ocean, which is no stop.
    """

    halts: list[Halt] = field(default_factory=list)
    cursor: int = 0
    looking_back: bool = False
    on_way: bool = False
    intended: list[Told] = field(default_factory=list)
    diverted_at: int | None = None
    turned_back: bool = False
    arrived_unsaid: bool = False
    failed: Status | None = None
    under_way: bool = False

    def origin(self) -> Halt | None:
        """The first halt if it is known to have been left."""
        return self.halts[0] if self.halts and Part.LEFT in self.halts[0].parts else None

    def status(self) -> Status:
        """How far the trip got."""
        if self.failed is not None:
            return self.failed
        ends = [h for h in self.halts if h.parts != {Part.LEFT}] or self.halts
        last = ends[-1].status
        if last is Status.PLANNED:
            started = any(h.status in (Status.COMPLETED, Status.ONGOING) for h in self.halts)
            return Status.ONGOING if started else Status.PLANNED
        return Status.ONGOING if self.under_way and last is Status.COMPLETED else last


def find_halt(trip: Trip, position: Position) -> int | None:
    """Where a place stands in a trip; the last time, if it is there twice."""
    for number in range(len(trip.halts) - 1, -1, -1):
        if same_place(trip.halts[number].position, position):
            return number
    return None


def nested(a: Told, b: Told) -> bool:
    """Whether one of two places holds the other."""
    return holds(a, b) or holds(b, a)


def same_place(a: Position, b: Position) -> bool:
    """Whether two positions are one stop."""
    if a.place_id is not None and a.place_id == b.place_id:
        return True
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return a.name.casefold() == b.name.casefold()
    exact = (Kind.SITE, Kind.CITY, None)
    if a.country_code != b.country_code or a.kind not in exact or b.kind not in exact:
        return False
    return _km(a, b) <= (SAME_KM if a.kind is b.kind else NEAR_KM)


def holds(outer: Told, inner: Told) -> bool:
    """Whether the first place holds the second: a country its towns, a division its own, a region what lies near."""
    a, b = outer.position, inner.position
    if a.kind in (None, Kind.SITE, Kind.CITY, Kind.WATERWAY) or a.place_id == b.place_id:
        return False
    if a.kind is Kind.COUNTRY:
        return b.kind is not Kind.COUNTRY and a.country_code is not None and a.country_code == b.country_code
    if b.kind in (Kind.COUNTRY, Kind.CONTINENT) and a.kind is not Kind.CONTINENT:
        return False
    if a.country_code and b.country_code and a.country_code != b.country_code:
        return False
    places = outer.mention.place, inner.mention.place
    codes = [place.admin1_code if place is not None else None for place in places]
    if a.kind in (Kind.ADMIN1, Kind.ADMIN2) and all(codes) and places[0] is not None and places[1] is not None:
        return codes[0] == codes[1] and (a.kind is Kind.ADMIN1 or places[1].admin2 == places[0].name)
    return _km(a, b) <= (a.radius_km or DIVISION_KM)


DIVISION_KM = 60.0
"""What a division of unknown extent is taken to reach."""


def _km(a: Position, b: Position) -> float:
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return inf
    return distance_km(a.lon, a.lat, b.lon, b.lat)
