"""Reports of our own making and the trips they tell: how many are read exactly, and nothing where nothing moved."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gazetteer.names import fold
from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.claims import extract_claims
from routes.extract.text.language import load_language
from routes.model import Claims, Movement, Report, Role

REPORTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("trips.toml").read_text(encoding="utf-8"))[
    "report"
]
EXACT_FLOOR = 0.70
MODE_FLOOR = 0.90
STATUS_FLOOR = 0.80


def read(row: dict[str, Any], gazetteer: Gazetteer, language: Any) -> Claims:
    text = row["text"].strip()
    digest = sha256(text.encode()).hexdigest()
    return extract_claims(
        Report(id=row["id"], text=text, sha256=digest, published=row.get("published")), gazetteer, language
    )


def told(movement: Movement) -> tuple[tuple[str, str], ...]:
    return tuple((stop.position.name.removeprefix("off "), stop.role.value) for stop in movement.stops)


def expected(trip: str) -> tuple[str, str, list[str]]:
    head, _, stops = trip.partition(": ")
    mode, status = head.split()
    return mode, status, stops.split(" > ")


def is_same(movement: Movement, stops: list[str]) -> bool:
    """The stops in order, by the start of their names; places passed may be left out."""
    names = [name for name, _ in told(movement)]
    firm = [name for name, role in told(movement) if role != Role.VIA.value]
    passed = ("Suez Canal", "Bering Strait", "Faroe Islands")
    needed = [stop for stop in stops if stop not in passed]
    return match(names, stops) or match(firm, needed) or match(names, needed)


def match(names: list[str], stops: list[str]) -> bool:
    return len(names) == len(stops) and all(fold(n).startswith(fold(s)) for n, s in zip(names, stops, strict=True))


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, Any], Claims]]:
    language = load_language()
    with open_gazetteer() as gazetteer:
        return [(row, read(row, gazetteer, language)) for row in REPORTS]


def pairs(answers: list[tuple[dict[str, Any], Claims]]) -> list[tuple[str, str, str, Movement | None]]:
    found = []
    for row, claims in answers:
        for trip in row["trips"]:
            mode, status, stops = expected(trip)
            hit = next((m for m in claims.movements if is_same(m, stops)), None)
            found.append((row["id"], mode, status, hit))
    return found


def test_there_are_forty_reports_and_a_fifth_is_held_out() -> None:
    assert len(REPORTS) >= 40
    assert len({row["id"] for row in REPORTS}) == len(REPORTS)
    assert sum(row.get("held_out", False) for row in REPORTS) >= 8


def test_most_trips_are_read_exactly(answers: list[tuple[dict[str, Any], Claims]]) -> None:
    found = pairs(answers)
    missed = [name for name, _, _, hit in found if hit is None]
    assert 1 - len(missed) / len(found) >= EXACT_FLOOR, missed


def test_mode_and_status_of_what_was_read(answers: list[tuple[dict[str, Any], Claims]]) -> None:
    read_ = [(name, mode, status, hit) for name, mode, status, hit in pairs(answers) if hit is not None]
    wrong_mode = [(n, m, h.mode.value) for n, m, _, h in read_ if h.mode.value != m]
    wrong_status = [(n, s, h.status.value) for n, _, s, h in read_ if h.status.value != s]
    assert 1 - len(wrong_mode) / len(read_) >= MODE_FLOOR, wrong_mode
    assert 1 - len(wrong_status) / len(read_) >= STATUS_FLOOR, wrong_status


@pytest.mark.parametrize("row", [r for r in REPORTS if not r["trips"]], ids=lambda r: r["id"])
def test_nothing_moves_where_nothing_moved(row: dict[str, Any], answers: list[tuple[dict[str, Any], Claims]]) -> None:
    claims = next(claims for other, claims in answers if other["id"] == row["id"])
    assert [told(m) for m in claims.movements] == []


def test_evidence_is_always_the_words_of_the_report(answers: list[tuple[dict[str, Any], Claims]]) -> None:
    for _, claims in answers:
        text = claims.report.text
        for movement in claims.movements:
            assert movement.evidence
            assert movement.id.startswith("m-")
            assert [stop.seq for stop in movement.stops] == list(range(1, len(movement.stops) + 1))
            for proof in movement.evidence:
                assert text[proof.span.start : proof.span.end] == proof.quote
            for stop in movement.stops:
                assert text[stop.span.start : stop.span.end].split() == stop.text.split()
                assert stop.reasons
        assert len({m.id for m in claims.movements}) == len(claims.movements)
