"""How two itineraries meet: which of their stops are one, and in which way that makes them alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from routes.model import Role
from routes.weigh import places
from routes.weigh.accounts import Spot

Meeting = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ways:
    """How two itineraries meet.

    Attributes:
        place: Level of the feature ``place``, whoever moved.
        ends: Level of the feature ``ends``; None where the ends do not differ.
        meetings: Stops that are one: number in the one, number in the other, how closely (``places``).
    """

    place: str
    ends: str | None
    meetings: tuple[Meeting, ...]


@lru_cache(maxsize=200_000)
def ways(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> Ways:
    """How two itineraries meet, stops in travelled order."""
    if not one or not other:
        return Ways("unknown", None, ())
    pairs = tuple(places.alignment(one, other))
    return Ways(_place_level(one, other, pairs), _ends_level(one, other), pairs)


def _place_level(one: tuple[Spot, ...], other: tuple[Spot, ...], pairs: tuple[Meeting, ...]) -> str:
    if not pairs:
        return "none"
    if len(pairs) == 1:
        return _single_meeting(one, other, pairs[0])
    return "way" if sum(met == places.EXACT for _, _, met in pairs) > 1 else "way_coarse"


def _single_meeting(one: tuple[Spot, ...], other: tuple[Spot, ...], pair: Meeting) -> str:
    i, j, met = pair
    if min(len(one), len(other)) > 1 and sum(places.anywhere(spot, other) for spot in one) > 1:
        return "reversed"
    if {one[i].role, other[j].role} == {Role.DESTINATION, Role.ORIGIN}:
        return "onward"
    if met == places.COARSE:
        return "coarse"
    ends = one[i].role is other[j].role and one[i].role in {Role.DESTINATION, Role.ORIGIN}
    return "end" if ends else "stop"


def _ends_level(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> str | None:
    differ = []
    for role, index in ((Role.ORIGIN, 0), (Role.DESTINATION, -1)):
        mine, yours = one[index], other[index]
        both = mine.role is role and yours.role is role and mine.reached == yours.reached
        differ.append(both and not places.anywhere(mine, other) and not places.anywhere(yours, one))
    origin, destination = differ
    if origin and destination:
        return "both_differ"
    return "origin_differs" if origin else "destination_differs" if destination else None
