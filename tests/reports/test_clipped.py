"""Reports in clipped and gapped prose: how many of their trips are read exactly, and how few others are told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gazetteer.names import fold
from gazetteer.store import open_gazetteer
from routes.extract.text.language import load_language
from routes.model import Claims, Movement
from tests.reports.test_trips import expected, match, read, told

REPORTS: list[dict[str, Any]] = [
    row
    for name in ("clipped.toml", "gapped.toml")
    for row in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["report"]
]
EXACT_FLOOR = 0.75
MORE_CEILING = 26
"""Trips told beyond those expected or otherwise than expected, over all reports."""


@pytest.fixture(scope="module")
def answers() -> dict[str, Claims]:
    language = load_language()
    with open_gazetteer() as gazetteer:
        return {row["id"]: read(row, gazetteer, language) for row in REPORTS}


def firm(names: list[str], row: dict[str, Any]) -> list[str]:
    """The stops but for those that may be told or left out."""
    return [name for name in names if not any(fold(name).startswith(fold(via)) for via in row.get("via", ()))]


def is_told(movement: Movement, trip: str, row: dict[str, Any]) -> bool:
    mode, status, stops = expected(trip)
    names = [name for name, _ in told(movement)]
    same = match(names, stops) or match(firm(names, row), firm(stops, row))
    return same and (movement.mode.value, movement.status.value) == (mode, status)


def test_most_trips_are_read_exactly(answers: dict[str, Claims]) -> None:
    wanted = [(row, trip) for row in REPORTS for trip in row["trips"]]
    missed = [
        (row["id"], trip)
        for row, trip in wanted
        if not any(is_told(m, trip, row) for m in answers[row["id"]].movements)
    ]
    assert 1 - len(missed) / len(wanted) >= EXACT_FLOOR, missed


def test_hardly_any_other_trip_is_told(answers: dict[str, Claims]) -> None:
    more = [
        (row["id"], told(m))
        for row in REPORTS
        for m in answers[row["id"]].movements
        if not any(is_told(m, trip, row) for trip in row["trips"])
    ]
    assert len(more) <= MORE_CEILING, more


@pytest.mark.parametrize("row", [r for r in REPORTS if not r["trips"] and not r.get("loose")], ids=lambda r: r["id"])
def test_nothing_moves_where_no_trip_is_told(row: dict[str, Any], answers: dict[str, Claims]) -> None:
    assert [told(m) for m in answers[row["id"]].movements] == []
