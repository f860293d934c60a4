"""Reports of a newspaper's length: how many of their trips and deployments are read exactly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import open_gazetteer
from routes.extract.text.language import load_language
from routes.model import Claims
from tests.reports.test_trips import expected, is_same, read, told

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("long.toml").read_text(encoding="utf-8"))[
    "report"
]
TRIPS_FLOOR = 0.50
DEPLOYMENTS_FLOOR = 0.50


@pytest.fixture(scope="module")
def answers() -> dict[str, Claims]:
    language = load_language()
    with open_gazetteer() as gazetteer:
        return {row["id"]: read(row, gazetteer, language) for row in REPORTS}


def test_half_of_the_trips_are_read_exactly(answers: dict[str, Claims]) -> None:
    wanted = [(row["id"], trip) for row in REPORTS for trip in row["trips"]]
    missed = [
        (name, trip)
        for name, trip in wanted
        if not any(is_same(m, expected(trip)[2]) and m.mode == expected(trip)[0] for m in answers[name].movements)
    ]
    assert 1 - len(missed) / len(wanted) >= TRIPS_FLOOR, missed


def test_half_of_the_deployments_are_read_exactly(answers: dict[str, Claims]) -> None:
    wanted = [(row["id"], words) for row in REPORTS for words in row.get("deployments", [])]
    found = {
        (name, f"{d.status.value} {d.size_max} {d.position.name}") for name, c in answers.items() for d in c.deployments
    }
    missed = [one for one in wanted if one not in found]
    assert 1 - len(missed) / len(wanted) >= DEPLOYMENTS_FLOOR, missed


@pytest.mark.parametrize("row", [r for r in REPORTS if not r["trips"]], ids=lambda r: r["id"])
def test_nothing_travels_where_no_trip_is_told(row: dict[str, Any], answers: dict[str, Claims]) -> None:
    assert [told(m) for m in answers[row["id"]].movements] == []
