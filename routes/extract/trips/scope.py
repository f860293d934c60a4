"""Which moves and trips are claims: what a map of movements should show, and what is only a figure of speech.

A verb too common to count by itself counts with a carrier. Forces known at one end only are a deployment, not a trip.
The travels of a bystander to one place are left out of a report that tells of vehicles.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.carriers.described import VEHICLES
from routes.extract.carriers.movers import mover
from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.trips.halts import Halt, same_place
from routes.extract.trips.slots import Part
from routes.model import MentionRole, Mode, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.extract.carriers.carriers import Carrier
    from routes.extract.trips.clauses import Move
    from routes.extract.trips.halts import Told, Trip

_CONDITIONS = frozenset(("if", "once", "unless", "until", "when", "whenever", "wherever"))
_CURRENCIES = frozenset("$€£¥₽")

COARSE = frozenset((Kind.CONTINENT,))
"""Kinds too large to be a stop between finer ones."""


MANY = 3
"""So many places with one verb make it one of motion too."""

WAY = frozenset((Part.LEFT, Part.PASSED, Part.REACHED, Part.BOUND))
"""What tells of a way: two of these make any verb one of motion."""


def counts(move: Move, carrier: Carrier) -> bool:
    """Whether a move is one: not of an abstraction, and not of a verb too common for its mover."""
    token = mover(move)
    named = token is not None and move.parsed.doc[token].pos_ == "PROPN"
    noun = move.parsed.doc[token].lower_ if token is not None and not named else ""
    if not move.slots:
        return True
    if _is_condition(move):
        return False
    if carrier.type not in VEHICLES and (_moves_money(move) or _is_state(move, token)):
        return False
    if move.slots[0].words.endswith(": …") and carrier.type not in VEHICLES and not carrier.article:
        return False  # a table of ports is no voyage
    if carrier.type not in VEHICLES and _is_practice(move):
        return False
    is_verb = move.parsed.doc[move.token].pos_ in ("VERB", "AUX")
    if is_verb and noun in load_lexicon().abstract and carrier.type is None:
        return False
    parts = {slot.part for slot in move.slots}
    loads = move.cue.frame.name in ("load", "unload") and move.cue.words != ("board",)
    if loads and carrier.type not in VEHICLES and not carrier.article:
        return False
    goes = not {Mode.AIR, Mode.SEA}.isdisjoint(carrier.modes)
    if move.cue.frame.name == "stay" and carrier.type not in VEHICLES and not carrier.article and not goes:
        return False
    if not move.cue.carrier_only or _sure(move, noun):
        return True
    both = Part.LEFT in parts and bool(parts & {Part.REACHED, Part.BOUND})
    return (
        both
        or goes
        or len(parts & WAY) > 1
        or len(move.slots) >= MANY
        or carrier.type is not None
        or (bool(carrier.names) and carrier.article)
    )


def _sure(move: Move, noun: str) -> bool:
    """Whether a common verb tells of a trip by what goes with it: "the last leg ends in Rome", "he boarded in Bari"."""
    if noun in word_set("trip_nouns") and move.cue.frame.name in ("begin", "arrive"):
        return True
    return move.cue.words == ("board",) and move.theme is None


def _is_condition(move: Move) -> bool:
    """Whether being somewhere is only a condition: "once it is there it tends to be used"."""
    token = move.parsed.doc[move.token]
    return token.pos_ == "AUX" and any(c.lower_ in _CONDITIONS for c in token.children)


def _moves_money(move: Move) -> bool:
    """Whether what is moved is a sum: "put $12 billion into weapons from Russia"."""
    if move.theme is None:
        return False
    token = move.parsed.doc[move.theme]
    return token.lower_ in word_set("sums") or any(c.text in _CURRENCIES for c in token.children)


def _is_state(move: Move, token: int | None) -> bool:
    """Whether a state is made to move: "Russia is a long way from …" tells of no trip; "Russia sent jets" does."""
    mention = move.parsed.mentions[token] if token is not None else None
    if mention is None or mention.place is None or mention.role is MentionRole.DEMONYM:
        return False  # "the Israelis" are people
    return mention.place.kind is Kind.COUNTRY


def _is_practice(move: Move) -> bool:
    """Whether a move is named as a practice and not as a trip: "sanctions for transporting arms to Africa"."""
    head = move.parsed.doc[move.token]
    return (
        head.tag_ == "VBG" and head.dep_ == "pcomp" and head.head.lower_ in ("for", "of", "about", "against", "without")
    )


IN_TURN = frozenset(("hop", "tour", "island-hop", "zigzag", "work"))
"""Verbs of going to one place after another."""


def each_goal(carrier: Carrier, trip: Trip) -> list[Trip]:
    """One trip for each of several goals named in one breath, where what moves is no one vehicle.

    "Arms were sent to Mali and Niger" does not say that they went from the one to the other.
    """
    origins = [h for h in trip.halts if h.parts == {Part.LEFT} and h.first.move is trip.halts[0].first.move]
    if carrier.type not in VEHICLES and len(origins) > 1 and trip.halts[: len(origins)] == origins:
        rest = trip.halts[len(origins) :]  # "brought Poles from Amman and from Larnaca"
        return [one for o in origins for one in each_goal(carrier, replace(trip, halts=[o, *rest]))]
    goals = [h for h in trip.halts if h.parts <= {Part.REACHED, Part.BOUND}]
    one = len({(id(h.first.move), h.first.words) for h in goals}) == 1
    if carrier.type in VEHICLES or len(goals) < 2 or not one or trip.halts[-len(goals) :] != goals:  # noqa: PLR2004
        return [trip]
    if goals[0].first.move.cue.words[0] in IN_TURN:
        return [trip]
    spoken = goals[0].first.move.parsed.doc[goals[0].first.move.token :]
    if any(token.lower_ in ("then", "onward", "onwards", "thence", "finally") for token in spoken):
        return [trip]  # "to Rabat, then to Dakar"
    before = trip.halts[: -len(goals)]
    return [replace(trip, halts=[*before, goal]) for goal in goals]


def is_trip(trip: Trip) -> bool:
    """Whether anything in a trip is more than being somewhere."""
    if trip.failed is not None and all(halt.parts == {Part.BETWEEN} for halt in trip.halts):
        return False  # "flights between A and B were suspended"
    return any(halt.parts - {Part.AT} for halt in trip.halts)


DENIAL_CHARS = 600
"""So near behind what others say of a trip "nobody has been to Caracas" denies it."""


def deny(found: Sequence[tuple[Carrier, Trip]], untrue: Sequence[Move]) -> None:
    """Deny the trips that only others tell of and that the words after them say were not made.

    "A newspaper says that an envoy flew to Caracas. … Nobody from this government has been to Caracas."
    """
    for move in untrue:
        at = move.parsed.spans[move.token].start
        places = {s.mention.place.id for s in move.slots if s.mention is not None and s.mention.place is not None}
        for _, trip in found:
            told = [t for halt in trip.halts for t in halt.told]
            by_others = all(t.judgement.reported or t.judgement.hedged for t in told)
            near = 0 < at - max(t.at for t in told) < DENIAL_CHARS
            if by_others and near and trip.halts[-1].position.place_id in places and trip.failed is None:
                trip.failed = Status.DENIED


def in_scope(found: Sequence[tuple[Carrier, Trip]]) -> list[tuple[Carrier, Trip]]:
    """Leave out forces known at one end only, and bystanders where the report tells of vehicles."""
    vehicles = any(carrier.type in VEHICLES for carrier, _ in found)
    kept = []
    for carrier, trip in found:
        one_end = len(trip.halts) < 2 and not trip.halts[0].first.move.refused  # noqa: PLR2004
        if one_end and carrier.type == "unit" and not _marches(trip):
            continue
        if one_end and carrier.type in (None, "person") and vehicles and not carrier.article:
            continue
        kept.append((carrier, trip))
    return kept


def _marches(trip: Trip) -> bool:
    """Whether a force passes something: along a river, across a desert. "Spread over Latvia" is being there."""
    return any(Part.PASSED in halt.parts and halt.position.kind is not Kind.COUNTRY for halt in trip.halts)


def complete_ends(found: Sequence[tuple[Carrier, Trip]]) -> None:
    """Give the other end to trips told from one place's point of view: "it came from Rota", "it lifted off for Krakow".

    Where two or more carriers of a report begin or end at one town or airport, that is the scene. A vehicle said to
    have come from elsewhere came there; one said to have taken off for elsewhere took off there.
    """
    scene = _scene(found)
    if scene is None:
        return
    for carrier, trip in found:
        if carrier.type not in VEHICLES or len(trip.halts) != 1 or same_place(trip.halts[0].position, scene.position):
            continue
        halt = trip.halts[0]
        told = halt.told[-1]
        frames = {t.move.cue.frame.name for t in halt.told}
        if all(t.move.parsed.doc[t.move.token].pos_ == "NOUN" for t in halt.told):
            continue  # "the train from Minsk" need not have come here
        reason = f"the report tells of arrivals and departures at {scene.first.mention.text}"
        if halt.parts <= {Part.LEFT, Part.STOPPED} and (trip.arrived_unsaid or not frames & {"depart", "setoff"}):
            here = replace(
                told, mention=scene.first.mention, position=scene.position, part=Part.REACHED, words=told.words
            )
            trip.halts.append(Halt(told=[here], reasons=[reason]))
            halt.told.append(replace(told, part=Part.LEFT))
        elif halt.parts <= {Part.REACHED, Part.BOUND} and frames <= {"depart", "setoff"}:
            here = replace(told, mention=scene.first.mention, position=scene.position, part=Part.LEFT)
            trip.halts.insert(0, Halt(told=[here], reasons=[reason]))


CHANGE_CHARS = 300
"""So near behind an arrival "buses then took them to …" goes on from there."""


def go_on_from(found: Sequence[tuple[Carrier, Trip]]) -> None:
    """Give its start to a trip told as what came next: "it landed in Comayagua. Buses then took them to …".

    The second carrier takes over what the first has brought, so it sets off where the first one ended.
    """
    for carrier, trip in found:
        if carrier.type not in VEHICLES or len(trip.halts) != 1 or trip.failed is not None:
            continue
        halt = trip.halts[0]
        told = halt.first
        if not (halt.parts <= {Part.REACHED, Part.BOUND} and _takes_over(told, carrier)):
            continue
        ends = [t.halts[-1] for c, t in found if c is not carrier and t.failed is None]
        before = [
            h
            for h in ends
            if h.reached and Part.LEFT not in h.parts and h.position.kind in (Kind.SITE, Kind.CITY, Kind.SEA)
            if 0 < told.at - h.first.at <= CHANGE_CHARS and not same_place(h.position, halt.position)
        ]
        if before:
            last = max(before, key=lambda h: h.first.at)
            here = replace(told, mention=last.first.mention, position=last.position, part=Part.LEFT, words="then")
            reason = f"told as what came after {last.first.mention.text} was reached"
            trip.halts.insert(0, Halt(told=[here], reasons=[reason]))


def _takes_over(told: Told, carrier: Carrier) -> bool:
    """Whether a vehicle goes on with what another brought: "buses then took them to …", "lorries brought it to …"."""
    if told.onward:
        return (
            told.move.theme is not None or carrier.partitive or carrier.rank == "one"
        )  # "eleven of the buses continued to …"
    verb = told.move.parsed.doc[told.move.token]
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if thing is None:
        return False
    theirs = any(c.dep_ == "poss" and c.lower_ in ("its", "her", "their") for c in thing.children)
    if thing.dep_ == "nsubjpass":  # "its containers were taken by lorry to …"
        return theirs and thing.lower_ in word_set("loads")
    if thing.lower_ not in ("it", "them") and not (theirs and thing.lower_ in word_set("loads")):
        return False
    before = told.move.parsed.doc[: thing.i]
    return not any(
        t.dep_ == "dobj" and t.pos_ in ("NOUN", "NUM") for t in before
    )  # "found the boats and brought them to …"


def _scene(found: Sequence[tuple[Carrier, Trip]]) -> Halt | None:
    """The town or airport where two or more carriers begin or end, the most frequent one."""
    ends = [
        (carrier, halt)
        for carrier, trip in found
        for halt in (trip.halts[0], trip.halts[-1])
        if len(trip.halts) > 1 and halt.position.kind in (Kind.SITE, Kind.CITY) and carrier.type in VEHICLES
        if halt.parts != {Part.PASSED}
    ]
    best, most = None, 1
    for _, halt in ends:
        count = len({id(c) for c, other in ends if same_place(other.position, halt.position)})
        if count > most:
            best, most = halt, count
    return best
