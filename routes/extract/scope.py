"""Which moves and trips are claims: what a map of movements should show, and what is only a figure of speech.

A verb too common to count by itself counts with a carrier. Forces known at one end only are a deployment, not a trip.
The travels of a bystander to one place are left out of a report that tells of vehicles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.carriers import VEHICLES, mover
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.slots import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.extract.carriers import Carrier
    from routes.extract.itinerary import Trip
    from routes.extract.motion import Move

COARSE = frozenset((Kind.CONTINENT,))
"""Kinds too large to be a stop between finer ones."""


def counts(move: Move, carrier: Carrier) -> bool:
    """Whether a move is one: not of an abstraction, and not of a verb too common for its mover."""
    token = mover(move)
    noun = move.parsed.doc[token].lower_ if token is not None else ""
    if noun in load_lexicon().abstract and carrier.type is None:
        return False
    parts = {slot.part for slot in move.slots}
    if move.cue.frame.name == "stay" and carrier.type not in VEHICLES and not carrier.article:
        return False
    if not move.cue.carrier_only:
        return True
    both = Part.LEFT in parts and bool(parts & {Part.REACHED, Part.BOUND})
    return both or carrier.type is not None or (bool(carrier.names) and carrier.article)


def is_trip(trip: Trip) -> bool:
    """Whether anything in a trip is more than being somewhere."""
    return any(halt.parts - {Part.AT} for halt in trip.halts)


def in_scope(found: Sequence[tuple[Carrier, Trip]]) -> list[tuple[Carrier, Trip]]:
    """Leave out forces known at one end only, and bystanders where the report tells of vehicles."""
    vehicles = any(carrier.type in VEHICLES for carrier, _ in found)
    kept = []
    for carrier, trip in found:
        one_end = len(trip.halts) < 2  # noqa: PLR2004
        if one_end and carrier.type == "unit":
            continue
        if one_end and carrier.type in (None, "person") and vehicles and not carrier.article:
            continue
        kept.append((carrier, trip))
    return kept
