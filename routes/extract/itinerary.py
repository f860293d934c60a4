"""One carrier's moves across a report → its trips, stops in travelled order.

Reports tell the end first, go back, skip ahead and repeat themselves. A trip is built by taking the moves in the order
of the text and putting each place where it belongs: what is left comes before what is reached; a place told in the
past perfect, or after the start of the trip has been told, comes before the end that was told already; dates that
exclude each other decide against all else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from gazetteer.store import distance_km
from routes.extract.slots import Part
from routes.model import DateInterval, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from routes.extract.certainty import Judgement
    from routes.extract.clauses import Move
    from routes.model import PlaceMention, Position

SHORTEST_LOOP = 3
"""There and back again."""

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
        return last


def build_trips(groups: Sequence[tuple[Move, Sequence[Told]]]) -> list[Trip]:
    """Put one carrier's places in travelled order.

    Args:
        groups: For each move in the order of the text, what it says of its places, in travelled order.

    Returns:
        The carrier's trips; a trip that was meant and not travelled is one of its own.
    """
    trips: list[Trip] = []
    for move, group in groups:
        trip = trips[-1] if trips else None
        if trip is not None and (move.cue.frame.name in ("divert", "turnback") or _was_stopped(move) or _forced(move)):
            trip.diverted_at = move.parsed.spans[move.token].start
            trip.turned_back = trip.turned_back or move.cue.frame.name == "turnback"
        if trip is not None and move.cue.frame.name == "arrive" and not move.slots:
            trip.arrived_unsaid = True
        if trip is not None and move.off and _may_be_off(trip):
            trip.failed = Status.ATTEMPTED
        if not group:
            continue
        if trip is None or _starts_anew(trip, group):
            trip = Trip()
            trips.append(trip)
        for told in group:
            _place(trip, told)
    return [t for trip in trips for t in _finish(trip) if t.halts]


def _may_be_off(trip: Trip) -> bool:
    """Whether a trip was only planned, or only told by others: what the report itself says was made stays made."""
    told = [t for halt in trip.halts for t in halt.told]
    return trip.status() is Status.PLANNED or all(t.judgement.reported or t.judgement.hedged for t in told)


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
    at = _find(trip, first.position)
    origin = trip.origin()
    if _closed(trip) and not first.earlier:
        return first.part in (Part.LEFT, Part.BOUND) or at is None
    if first.part is not Part.LEFT or origin is None or first.move.cue.frame.name == "load" or first.onward:
        return False
    if at is None:
        return not first.earlier and trip.cursor > 0 and not _nested(origin.first, first)
    if at == 0:
        return any(
            t.part is Part.REACHED and _find(trip, t.position) is None and _dates_clash(trip.halts[0], t) for t in group
        )
    return False


def _nested(a: Told, b: Told) -> bool:
    return holds(a, b) or holds(b, a)


def _dates_clash(halt: Halt, told: Told) -> bool:
    return bool(halt.start and told.date.end and told.date.end <= halt.start)


def _closed(trip: Trip) -> bool:
    """Whether a trip has come back to where it began."""
    if len(trip.halts) < SHORTEST_LOOP:
        return False
    first, last = trip.halts[0], trip.halts[-1]
    return same_place(first.position, last.position) and last.reached and trip.cursor == len(trip.halts)


def _find(trip: Trip, position: Position) -> int | None:
    """Where a place stands in a trip; the last time, if it is there twice."""
    for number in range(len(trip.halts) - 1, -1, -1):
        if same_place(trip.halts[number].position, position):
            return number
    return None


def _goes_back(trip: Trip, told: Told) -> bool:
    """Whether it is back where it left, and all it was bound for never reached: "returned to Madrid an hour later"."""
    if told.status is not Status.COMPLETED or told.part is not Part.REACHED or told.earlier or len(trip.halts) < 2:  # noqa: PLR2004
        return False
    origin, *rest = trip.halts
    if Part.LEFT not in origin.parts or not same_place(origin.position, told.position):
        return False
    return all(halt.parts <= {Part.BOUND, Part.PASSED} for halt in rest)


def _place(trip: Trip, told: Told) -> None:
    """Put one place into a trip."""
    if _goes_back(trip, told):
        trip.turned_back, trip.diverted_at = True, told.at
        return
    begun = told.part is Part.LEFT and told.status is Status.ATTEMPTED
    trip.turned_back = trip.turned_back or begun
    if told.status in (Status.ATTEMPTED, Status.DENIED) and not begun:
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
    """Put a place that was left into a trip."""
    origin = trip.origin()
    if at is not None and (origin is not None or not _is_end(trip.halts[at], told)):
        trip.halts[at].told.append(told)
        trip.cursor = at + 1
        return
    if at is None and origin is not None:
        if told.move.cue.frame.name == "load" or told.onward:
            _insert(trip, told)
            return
        if _nested(origin.first, told):
            origin.told.insert(0 if holds(origin.first, told) else len(origin.told), told)
            trip.cursor = 1
            return
    where = len(trip.halts) if origin is not None and not told.earlier else 0
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
    if at == 0 and Part.LEFT in halt.parts and len(trip.halts) > 1:
        return not same_place(trip.halts[-1].position, told.position)
    return at < trip.cursor - 1 and trip.cursor == len(trip.halts) and told.onward


def _insert(trip: Trip, told: Told) -> None:
    halts = trip.halts
    where, reason = min(trip.cursor, len(halts)), "told in this order"
    if told.earlier and halts and not trip.looking_back:
        where = max(where - 1, 1 if trip.origin() else 0)
        reason = "told as earlier than the stop told before it"
    exact = where > 0 and halts[where - 1].position.kind in (Kind.SITE, Kind.CITY)
    if told.on_way and not trip.on_way and exact:
        where, reason = max(trip.cursor - 1, 1 if trip.origin() else 0), "told as on the way to the stop before it"
    trip.looking_back, trip.on_way = told.earlier, told.on_way
    if told.status is Status.PLANNED:
        where = max(where, max((i + 1 for i, h in enumerate(halts) if h.status is not Status.PLANNED), default=0))
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


def _finish(trip: Trip) -> list[Trip]:
    """Drop what only repeats a finer place, part what was planned, and set apart what was meant and not travelled."""
    _set_apart(trip)
    trip.halts = _without_coarse(trip.halts)
    fine = [
        h for h in trip.halts if not _vast(h) or any(o is not h and _alongside(o, h, Part.REACHED) for o in trip.halts)
    ]
    if len(fine) > 1:
        trip.halts = fine
    there = [h for h in trip.halts if h.reached]
    trip.intended = [
        t for t in trip.intended if not any(same_place(h.position, t.position) or _nested(h.first, t) for h in there)
    ]
    if not trip.intended:
        return _part_planned(trip)
    ends = [h for h in there if h.parts - {Part.PASSED, Part.LEFT}]
    if trip.turned_back and trip.origin() and all(same_place(h.position, trip.halts[0].position) for h in ends):
        trip.halts = trip.halts[:1]
    meant = [Halt(told=[told], reasons=["it was meant and not carried through"]) for told in trip.intended]
    meant = [h for n, h in enumerate(meant) if not any(same_place(h.position, o.position) for o in meant[:n])]
    meant = _without_coarse(meant)
    failed = trip.intended[-1].status
    refused = len(meant) > 1 and all(h.first.move.refused for h in meant)
    known = [h for h in trip.halts if Part.LEFT in h.parts or h.reached]
    elsewhere = any(Part.REACHED in h.parts or Part.AT in h.parts for h in trip.halts)
    onward = [h for h in trip.halts if h not in known]
    ways = (
        [[halt] for halt in meant] if refused else [meant]
    )  # kept out of several places: nobody says of a way between
    if not elsewhere and not onward:
        return [Trip(halts=[*known, *way], failed=failed) for way in ways]
    start = [h for h in known[:1] if Part.LEFT in h.parts]
    if Part.LEFT in meant[0].parts:
        start = []
    return [*_part_planned(trip), *(Trip(halts=[*start, *way], failed=failed) for way in ways)]


OCEAN_KM = 1500.0
"""A sea of a larger radius is an ocean: to have crossed it says nothing of the way."""


def _vast(halt: Halt) -> bool:
    """Whether a place is too large to be a stop between finer ones: a continent, an ocean passed."""
    kind = halt.position.kind
    wide = kind in (Kind.SEA, Kind.REGION) and halt.position.radius_km > OCEAN_KM
    return kind is Kind.CONTINENT or (wide and halt.parts <= {Part.PASSED, Part.BOUND})


def _set_apart(trip: Trip) -> None:
    """Move to ``intended`` what the carrier was bound for and, its course being changed, never reached."""
    for halt in list(trip.halts):
        if not (halt.parts == {Part.BOUND} or _named_only(halt)) or (
            halt.status is Status.PLANNED and not trip.turned_back
        ):
            continue
        meant = any(_nested(halt.first, t) or same_place(halt.position, t.position) for t in trip.intended)
        turned = trip.diverted_at is not None and halt.first.at < trip.diverted_at
        if meant or turned:
            trip.halts.remove(halt)
            told = replace(halt.first, status=Status.ATTEMPTED)
            trip.intended.append(told)


def _named_only(halt: Halt) -> bool:
    """Whether a goal is only named with the trip ("the flight to Toronto") and nobody says that it was reached."""
    return halt.parts == {Part.REACHED} and all(t.move.parsed.doc[t.move.token].pos_ == "NOUN" for t in halt.told)


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
    return [trip]


def _without_coarse(halts: list[Halt]) -> list[Halt]:
    """Of two neighbours of which one holds the other ("Venezuela, where it landed at Maiquetía") keep the finer."""
    kept: list[Halt] = []
    for number, halt in enumerate(halts):
        finer = next((h for h in halts[number + 1 :] if holds(halt.first, h.first)), None)
        if halt.parts == {Part.BOUND} and finer is not None:  # "bound for Kenya … passed Aden … docked in Mombasa"
            finer.told += halt.told
        elif kept and _coarse(kept[-1], halt):
            halt.told += kept[-1].told
            kept[-1] = halt
        elif kept and _coarse(halt, kept[-1]):
            kept[-1].told += halt.told
        else:
            kept.append(halt)
    return kept


def _coarse(a: Halt, b: Halt) -> bool:
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
