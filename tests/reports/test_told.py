"""Trips told over several sentences, out of order, or beside each other: how many are read exactly."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import open_gazetteer
from routes.extract.text.language import load_language
from routes.extract.trips.halts import Told, Trip
from routes.extract.trips.itinerary import _same_breath
from routes.model import Claims
from tests.reports.test_trips import expected, is_same, read, told

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("told.toml").read_text(encoding="utf-8"))[
    "report"
]
EXACT_FLOOR = 0.75
SHUFFLES = 60
"""So many reports are made of sentences of all of them in no order: reading them must not fail."""


@pytest.fixture(scope="module")
def answers() -> dict[str, Claims]:
    language = load_language()
    with open_gazetteer() as gazetteer:
        return {row["id"]: read(row, gazetteer, language) for row in REPORTS}


def test_trips_told_over_several_sentences_are_read_whole(answers: dict[str, Claims]) -> None:
    wanted = [(row["id"], trip) for row in REPORTS for trip in row["trips"]]
    missed = []
    for name, trip in wanted:
        mode, status, stops = expected(trip)
        hits = [m for m in answers[name].movements if is_same(m, stops)]
        if not any(m.mode.value == mode and m.status.value == status for m in hits):
            missed.append((name, trip, [told(m) for m in answers[name].movements]))
    assert 1 - len(missed) / len(wanted) >= EXACT_FLOOR, missed


@pytest.mark.parametrize("name", ["end-first-then-back", "having-left", "each-its-own-way"])
def test_these_are_read_and_nothing_else(name: str, answers: dict[str, Claims]) -> None:
    row = next(row for row in REPORTS if row["id"] == name)
    assert len(answers[name].movements) == len(row["trips"])
    for trip in row["trips"]:
        assert any(is_same(m, expected(trip)[2]) for m in answers[name].movements)


def test_sentences_in_any_order_are_read() -> None:
    sentences = [one for row in REPORTS for one in row["text"].strip().split(". ")]
    shuffled = random.Random(11)
    language = load_language()
    with open_gazetteer() as gazetteer:
        for number in range(SHUFFLES):
            text = ". ".join(shuffled.sample(sentences, 8))
            claims = read({"id": str(number), "text": text}, gazetteer, language)
            assert all(stop.position.name for movement in claims.movements for stop in movement.stops)


def test_a_trip_only_meant_has_no_stop_to_go_on_from() -> None:
    assert not _same_breath(Trip(), Told.__new__(Told))
