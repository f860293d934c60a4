"""An event's stops → the legs between them, drawn by the mode and by how well the ends are known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.place import Kind, Precision
from routes.model import Leg, Mode, PathKind, Role
from routes.paths.geodesic import distance_km, joined, length_km
from routes.paths.network import chokepoints
from routes.paths.voyage import DEFAULT_AVOID, sea_ways
from routes.paths.way import Way, is_located, point_of, schematic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.store import Gazetteer
    from routes.model import Position, RouteEvent, Stop

SAME_PLACE_KM = 0.05
"""Neighbouring stops closer than this are one place told twice; a line between them would show nothing."""


def draw_legs(
    event: RouteEvent, *, gazetteer: Gazetteer | None = None, avoid: frozenset[str] = DEFAULT_AVOID
) -> tuple[Leg, ...]:
    """Draw the legs of an event: one between each two neighbouring located stops, and nothing else.

    A stop that was passed without stopping (``via``) between two others is a point the line goes through. At the first
    or last of the located stops it is the end of a leg, since no report says where the line would go on. A stop that
    could not be located breaks the route: no line bridges it, because the way by it is what the report tells.
    An area and a place in it, "from Venezuela to Caracas", are joined by no line either.
    A located neighbour on the far side of an unlocated ``via`` is joined, since the stops before and after it are
    still neighbours as told; the note says which name is missing.

    Args:
        event: The event; its ``merged`` movement decides mode and stops.
        gazetteer: Asked for the port that serves an inland stop of a voyage; without one such a leg stays schematic.
        avoid: Keys of straits and canals that no voyage takes (chokepoints.tsv), unless it is told to have been there.

    Returns:
        Legs in travelled order, ``seq`` from 1, longitudes unwrapped. None for fewer than two located stops.
    """
    legs: list[Leg] = []
    if event.merged.mode is Mode.SEA:
        avoid -= _told_straits(event.merged.stops)
    for stops in _runs(event.merged.stops):
        way = _way(stops, event.merged.mode, gazetteer, avoid)
        if way is None:
            continue
        seq = len(legs) + 1
        legs.append(
            Leg(
                id=f"l-{event.id.removeprefix('r-')}-{seq}",
                route_id=event.id,
                seq=seq,
                from_seq=stops[0].seq,
                to_seq=stops[-1].seq,
                line=way.line,
                length_km=length_km(way.line),
                path=way.path,
                chokepoints=way.chokepoints,
                notes=way.notes,
            )
        )
    return tuple(legs)


def _told_straits(stops: Sequence[Stop]) -> frozenset[str]:
    """Keys of the straits and canals that the stops name: what is told is drawn, whatever else is avoided."""
    names = {fold(stop.position.name) for stop in stops}
    return frozenset(point.key for point in chokepoints() if fold(point.name) in names)


def breaks(stops: Sequence[Stop]) -> tuple[tuple[Stop, Stop, tuple[Stop, ...]], ...]:
    """Located stops between which no line is drawn, each pair with the unlocated stops that stand between them."""
    found = []
    before: Stop | None = None
    missing: list[Stop] = []
    for stop in stops:
        if not is_located(stop.position):
            missing.append(stop)
            continue
        if before is not None and any(lost.role is not Role.VIA for lost in missing):
            found.append((before, stop, tuple(missing)))
        before, missing = stop, []
    return tuple(found)


def is_one_place(one: Position, other: Position) -> bool:
    """Whether a line between two positions would show nothing: they are one place, or one is an area around the other.

    "From Latin America to Venezuela" moves nothing on a map: the point that stands for the one is anywhere in it.
    """
    if distance_km(point_of(one), point_of(other)) <= SAME_PLACE_KM:
        return True
    return _holds(one, other) or _holds(other, one)


def _holds(area: Position, other: Position) -> bool:
    if area.precision not in (Precision.COUNTRY, Precision.REGION):
        return False
    if area.kind is Kind.COUNTRY and other.country_code is not None:
        return area.country_code == other.country_code
    return distance_km(point_of(area), point_of(other)) < area.radius_km


def _runs(stops: Sequence[Stop]) -> list[tuple[Stop, ...]]:
    """Stops of each leg: its two ends and the ``via`` stops, located or not, between them."""
    located = [index for index, stop in enumerate(stops) if is_located(stop.position)]
    if not located:
        return []
    ends = [i for i in located if stops[i].role is not Role.VIA or i in (located[0], located[-1])]
    return [
        tuple(stops[first : last + 1])
        for first, last in pairwise(ends)
        if all(is_located(stop.position) or stop.role is Role.VIA for stop in stops[first + 1 : last])
    ]


def _way(stops: tuple[Stop, ...], mode: Mode, gazetteer: Gazetteer | None, avoid: frozenset[str]) -> Way | None:
    """The way of one leg by its points, or None where they are all one place."""
    located = [stop for stop in stops if is_located(stop.position)]
    pairs = [
        (before.position, after.position)
        for before, after in pairwise(located)
        if not is_one_place(before.position, after.position)
    ]
    if not pairs:
        return None
    if mode is Mode.SEA:
        ways = list(sea_ways(pairs, gazetteer, avoid))
    else:
        ways = [(_by_air if mode is Mode.AIR else schematic)(start, end) for start, end in pairs]
    passed = [stop.position.name for stop in located[1:-1]]
    lost = [stop.text for stop in stops if not is_located(stop.position)]
    notes = [
        *(note for way in ways for note in way.notes),
        *([f"Drawn through {', '.join(passed)}, passed on the way."] if passed else []),
        *([f"Also passed, but not located and so not drawn: {', '.join(lost)}."] if lost else []),
    ]
    paths = {way.path for way in ways}
    return Way(
        line=joined([way.line for way in ways]),
        path=paths.pop() if len(paths) == 1 else PathKind.SCHEMATIC,
        chokepoints=tuple(dict.fromkeys(point for way in ways for point in way.chokepoints)),
        notes=tuple(dict.fromkeys(notes)),
    )


def _by_air(start: Position, end: Position) -> Way:
    """A great circle, schematic where an end stands for an area."""
    way = schematic(start, end)
    return way if way.notes else Way(line=way.line, path=PathKind.GREAT_CIRCLE)
