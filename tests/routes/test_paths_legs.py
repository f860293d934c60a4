"""Which legs an event has and how they are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routes.model import Mode, PathKind, Position, Role, RouteEvent, Stop
from routes.paths.geodesic import distance_km
from routes.paths.legs import breaks, draw_legs
from tests.samples import event, movement, report, sample_atlas

SOURCE = report("one", "The jet left Moscow, Yerevan, Algiers, Rabat, Dakar and Caracas behind.")


def trip(*names: str, lost: tuple[str, ...] = (), via: tuple[str, ...] = (), mode: Mode = Mode.AIR) -> RouteEvent:
    made = movement("m-1", SOURCE, *names, mode=mode)
    stops = tuple(
        replace(
            stop,
            position=Position(name=stop.text) if stop.text in lost else stop.position,
            role=Role.VIA if stop.text in via else stop.role,
        )
        for stop in made.stops
    )
    return event("r-1", [(SOURCE, replace(made, stops=stops))])


CASES = [
    ("neighbours", trip("Moscow", "Yerevan", "Algiers"), [(1, 2), (2, 3)]),
    ("one stop has no line", trip("Caracas"), []),
    ("an unlocated stop breaks the line", trip("Moscow", "Yerevan", "Algiers", "Rabat", lost=("Yerevan",)), [(3, 4)]),
    ("unlocated ends draw nothing", trip("Moscow", "Yerevan", "Algiers", lost=("Moscow", "Algiers")), []),
    ("a via is a vertex", trip("Moscow", "Yerevan", "Algiers", via=("Yerevan",)), [(1, 3)]),
    ("a via at the end ends the leg", trip("Moscow", "Yerevan", via=("Yerevan",)), [(1, 2)]),
    ("an unlocated via is named", trip("Moscow", "Yerevan", "Algiers", via=("Yerevan",), lost=("Yerevan",)), [(1, 3)]),
    ("all unlocated", trip("Moscow", "Caracas", lost=("Moscow", "Caracas")), []),
]


@pytest.mark.parametrize(("name", "told", "ends"), CASES, ids=[case[0] for case in CASES])
def test_legs_join_neighbouring_located_stops(name: str, told: RouteEvent, ends: list[tuple[int, int]]) -> None:
    legs = draw_legs(told)
    assert [(leg.from_seq, leg.to_seq) for leg in legs] == ends
    assert [leg.seq for leg in legs] == list(range(1, len(ends) + 1))
    assert len({leg.id for leg in legs}) == len(legs)


def test_a_leg_starts_and_ends_at_its_stops_and_passes_its_vias() -> None:
    (leg,) = draw_legs(trip("Moscow", "Yerevan", "Algiers", via=("Yerevan",)))
    assert leg.line[0] == (37.6178, 55.7558)
    assert leg.line[-1] == (3.0588, 36.7732)
    assert min(distance_km(vertex, (44.5136, 40.1811)) for vertex in leg.line) == 0
    assert "Yerevan" in leg.notes[0]


def test_what_is_not_drawn_is_said() -> None:
    told = trip("Moscow", "Yerevan", "Algiers", "Rabat", lost=("Yerevan",))
    ((before, after, missing),) = breaks(told.merged.stops)
    assert (before.text, after.text, [stop.text for stop in missing]) == ("Moscow", "Algiers", ["Yerevan"])
    (leg,) = draw_legs(trip("Moscow", "Yerevan", "Algiers", via=("Yerevan",), lost=("Yerevan",)))
    assert "not located" in leg.notes[0]
    assert "Yerevan" in leg.notes[0]


def test_the_same_place_twice_makes_no_line() -> None:
    told = trip("Moscow", "Caracas")
    first = told.merged.stops[0]
    again = Stop(seq=3, role=Role.DESTINATION, position=told.merged.stops[1].position, text="airport", span=first.span)
    legs = draw_legs(replace(told, merged=replace(told.merged, stops=(*told.merged.stops, again))))
    assert [(leg.from_seq, leg.to_seq) for leg in legs] == [(1, 2)]


@pytest.mark.parametrize(
    ("names", "mode", "path"),
    [
        (("Moscow", "Caracas"), Mode.AIR, PathKind.GREAT_CIRCLE),
        (("Moscow", "Venezuela"), Mode.AIR, PathKind.SCHEMATIC),
        (("Moscow", "Yerevan"), Mode.LAND, PathKind.SCHEMATIC),
        (("Moscow", "Yerevan"), Mode.UNKNOWN, PathKind.SCHEMATIC),
    ],
)
def test_how_a_line_is_laid(names: tuple[str, ...], mode: Mode, path: PathKind) -> None:
    (leg,) = draw_legs(trip(*names, mode=mode))
    assert leg.path is path
    assert bool(leg.notes) == ("Venezuela" in names)


def test_the_sample_flight_is_as_long_as_its_geodesics() -> None:
    (flight,) = [e for e in sample_atlas().routes if e.id == "r-il76"]
    legs = draw_legs(flight)
    assert len(legs) == 6
    assert sum(leg.length_km for leg in legs) == pytest.approx(14695.5, abs=0.1)
