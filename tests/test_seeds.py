"""The five sample reports, end to end: a floor that extraction must not fall below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from routes.collect import collect_claims
from routes.model import Claims, Movement

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

ROUTES = [
    ("1-two-fronts", "air", ("Caracas",), "completed"),
    ("1-two-fronts", "sea", ("La Guaira",), "completed"),
    ("1-two-fronts", "sea", ("Cuba",), "ongoing"),
    ("2-equator-task-force", "air", ("Venezuela",), "ongoing"),
    (
        "3-the-long-way-round",
        "air",
        ("Moscow", "Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas"),
        "completed",
    ),
    ("3-the-long-way-round", "sea", ("Caribbean Sea",), "planned"),
    ("5-advisers-in-the-back-yard", "sea", ("Venezuela",), "attempted"),
]
DEPLOYMENTS = [
    ("1-two-fronts", "Caribbean Sea", None),
    ("1-two-fronts", "Ukraine", 20_000),
    ("1-two-fronts", "off Venezuela", None),
    ("2-equator-task-force", "Venezuela", None),
    ("2-equator-task-force", "Caribbean Sea", None),
    ("3-the-long-way-round", "Caribbean Sea", None),
    ("3-the-long-way-round", "Venezuela", None),
    ("4-four-hundred-contractors", "Venezuela", 400),
    ("5-advisers-in-the-back-yard", "Venezuela", None),
    ("5-advisers-in-the-back-yard", "off Venezuela", None),
]
METONYMS = [
    ("1-two-fronts", "Moscow was abandoning"),
    ("1-two-fronts", "Beijing has also sold"),
    ("2-equator-task-force", "Moscow simply trades"),
    ("3-the-long-way-round", "Moscow, Beijing"),
    ("4-four-hundred-contractors", "Moscow has become"),
    ("5-advisers-in-the-back-yard", "Moscow hopes"),
]


@pytest.fixture(scope="module")
def claims() -> dict[str, Claims]:
    made = list(collect_claims([SEEDS]))
    assert all(isinstance(one, Claims) for one in made)
    return {one.report.id: one for one in made if isinstance(one, Claims)}


def names(movement: Movement) -> tuple[str, ...]:
    return tuple(stop.position.name for stop in movement.stops)


@pytest.mark.parametrize(("report", "mode", "stops", "status"), ROUTES)
def test_the_routes_are_told(
    claims: dict[str, Claims], report: str, mode: str, stops: tuple[str, ...], status: str
) -> None:
    found = [(m.mode.value, m.status.value) for m in claims[report].movements if names(m) == stops]
    assert (mode, status) in found, [(names(m), m.mode.value, m.status.value) for m in claims[report].movements]


def test_the_long_flight_has_its_days(claims: dict[str, Claims]) -> None:
    (flight,) = [m for m in claims["3-the-long-way-round"].movements if len(m.stops) == 7]
    assert [stop.role.value for stop in flight.stops] == ["origin", *["stop"] * 5, "destination"]
    assert [str(flight.stops[i].date.start) for i in (0, -1)] == ["2025-10-22", "2025-10-26"]
    assert not flight.order_stated


@pytest.mark.parametrize(("report", "place", "size"), DEPLOYMENTS)
def test_the_forces_are_told(claims: dict[str, Claims], report: str, place: str, size: int | None) -> None:
    found = [(d.position.name, d.size_min) for d in claims[report].deployments]
    assert (place, size) in found


@pytest.mark.parametrize(("report", "words"), METONYMS)
def test_no_government_is_a_stop(claims: dict[str, Claims], report: str, words: str) -> None:
    at = claims[report].report.text.index(words)
    spans = [stop.span for movement in claims[report].movements for stop in movement.stops]
    spans += [deployment.span for deployment in claims[report].deployments]
    assert not [span for span in spans if span.start == at]


def test_what_moved_nothing_is_no_route(claims: dict[str, Claims]) -> None:
    """Requests, hypotheses and jokes: MANPADS asked for, ERAM missiles, a blockade, grandmothers, an invasion."""
    movements = [(report, m) for report, one in claims.items() for m in one.movements]
    words = ("Igla", "ERAM", "blockade", "babushkas", "S-400", "invade", "invasion")
    told: list[Any] = [
        (report, names(m)) for report, m in movements for e in m.evidence if any(word in e.quote for word in words)
    ]
    assert told == []


def test_there_is_little_else(claims: dict[str, Claims]) -> None:
    """Beside the seven routes: moves of persons and groups, which may be told or not, and few others."""
    assert sum(len(one.movements) for one in claims.values()) <= len(ROUTES) + 11


def test_the_long_flight_is_drawn_measured_and_checked(claims: dict[str, Claims]) -> None:
    from gazetteer.store import open_gazetteer
    from routes.atlas import build_atlas

    atlas = build_atlas(claims.values(), gazetteer=open_gazetteer())
    (flight,) = [event for event in atlas.routes if len(event.merged.stops) == len(ROUTES[4][2])]
    legs = [leg for leg in atlas.legs if leg.route_id == flight.id]
    assert [round(leg.length_km, -1) for leg in legs] == [1800, 3600, 950, 2390, 410, 5540]
    flown = [[crossing.country_code for crossing in leg.overflown] for leg in legs]
    assert flown[0] == ["RU", "GE", "AM"]
    assert flown[5] == ["MR", "VE"]
    found = {finding.code: finding for finding in atlas.findings if finding.about in {flight.id, legs[5].id}}
    assert "Nouakchott, Dakar would be" in found["order.doubles-back"].message
    assert {"speed.stays", "range.beyond-full-load", "overflight.countries"} <= found.keys()
