"""Operator, cargo, people aboard and identifiers, by the whole pipeline: a table, and input that means no good."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.claims import extract_claims
from routes.extract.text.language import load_language
from routes.model import Movement, Report

TABLE = Path(__file__).with_name("aboard.tsv")
TYPES = {"aircraft", "vessel", "unit", "convoy", "person", "shipment", None}
Row = tuple[str, str, str | None, str | None, int | None, int | None, tuple[str, ...]]


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        text, carrier, *cells = line.split("\t")
        operator, cargo, low, high, numbers = (None if cell == "-" else cell for cell in cells)
        listed = tuple(numbers.split(";")) if numbers else ()
        found.append((text, carrier, operator, cargo, int(low) if low else None, int(high) if high else None, listed))
    return found


@pytest.fixture(scope="module")
def tools() -> Any:
    with open_gazetteer() as gazetteer:
        yield gazetteer, load_language()


def movements(text: str, tools: tuple[Gazetteer, Any]) -> tuple[Movement, ...]:
    report = Report(id="r", text=text, sha256=sha256(text.encode("utf-8", "replace")).hexdigest())
    return extract_claims(report, *tools).movements


def test_there_are_at_least_forty() -> None:
    assert len(rows()) >= 40


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:60])
def test_what_is_told_of_the_carrier(row: Row, tools: tuple[Gazetteer, Any]) -> None:
    text, carrier, *expected = row
    made = [m for m in movements(text, tools) if any(c in (m.carrier or "") for c in carrier.split("|"))]
    assert made, [m.carrier for m in movements(text, tools)]
    for m in made[:1]:
        assert [m.operator, m.cargo, m.personnel_min, m.personnel_max, m.identifiers] == expected
        assert m.carrier_type in TYPES


HOSTILE = [
    "",
    "\x00\ud800",
    "A plane carrying <script>alert(1)</script> flew from Rome to Oslo.",
    "A plane of '; DROP TABLE routes; -- flew from Rome to Oslo.",
    "A jet carrying " + "very " * 400 + "heavy stones flew from Rome to Oslo.",
    "A jet carrying " + "tons of " * 200 + "sand flew from Rome to Oslo.",
    "A tanker " + "owned by " * 150 + "X sailed from Rome to Oslo.",
    "The plane carrying " + "9" * 400 + " soldiers flew from Rome to Oslo.",
    "N1 N2 N3 RA-1 " * 150 + "An Il-76 flew from Rome to Oslo.",
    "carrying carrying carrying from Rome to Oslo aboard aboard with with",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_odd_input_gives_words_of_the_report_or_nothing(text: str, tools: tuple[Gazetteer, Any]) -> None:
    plain = " ".join(text.split())
    for m in movements(text, tools):
        assert m.cargo is None or (m.cargo in plain and len(m.cargo.split()) <= 12)
        assert all(written in text for written in m.identifiers)
        assert m.carrier_type in TYPES
