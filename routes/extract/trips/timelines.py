"""Which time a move is told of: that of the trip, a plan told in the present tense, or a trip made before.

"On her previous voyage" tells of another trip, after which the report goes on with the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.text.clause import read_group
from routes.model import Status

if TYPE_CHECKING:
    from routes.extract.trips.clauses import Move
    from routes.extract.trips.halts import Told, Trip

FORMER = frozenset(("previous", "preceding", "earlier", "former", "prior", "penultimate"))
TRIPS = frozenset(
    ("trip", "voyage", "journey", "flight", "run", "cruise", "crossing", "tour", "visit", "passage", "call")
)


def scheduled(trip: Trip, told: Told) -> bool:
    """Whether the present tense goes on with a plan: "He leaves on Sunday. There is a stop in Lyon"."""
    group = read_group(told.move.parsed.doc[told.move.token])
    open_ = told.status is Status.COMPLETED and told.judgement.present and not (group.perfect or group.past)
    return open_ and bool(trip.halts) and all(halt.status is Status.PLANNED for halt in trip.halts)


def of_former_trip(move: Move) -> bool:
    """Whether a move is told of a trip before the one the report tells of: "on her previous voyage"."""
    return any(
        token.lower_ in TRIPS and any(c.lower_ in FORMER and c.dep_ == "amod" for c in token.children)
        for token in move.parsed.doc[: move.token + 1]
    )
