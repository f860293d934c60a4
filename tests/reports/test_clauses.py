"""Single clauses and all that they tell: what a reading of whole reports rests on, one construction a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.text.language import load_language
from routes.model import Movement
from tests.reports.test_trips import expected, match, read

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("clauses.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def tools() -> tuple[Gazetteer, Any]:
    return open_gazetteer(), load_language()


def shown(movement: Movement) -> str:
    names = " > ".join(stop.position.name for stop in movement.stops)
    return f"{movement.mode.value} {movement.status.value}: {names}"


def is_told(movement: Movement, trip: str) -> bool:
    mode, status, stops = expected(trip)
    names = [stop.position.name for stop in movement.stops]
    return (movement.mode, movement.status) == (mode, status) and match(names, stops)


@pytest.mark.parametrize(("text", "trips"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_what_a_clause_tells(text: str, trips: str, tools: tuple[Gazetteer, Any]) -> None:
    found = read({"id": "clause", "text": text.replace("\\n", "\n")}, *tools).movements
    wanted = [] if trips == "-" else trips.split(" | ")
    assert len(found) == len(wanted), [shown(m) for m in found]
    assert all(any(is_told(m, trip) for m in found) for trip in wanted), [shown(m) for m in found]


DISPUTED = [
    ("A jet flew from Oslo to Varna. The airline denied it.", "hedged"),
    ("A jet flew from Oslo to Varna. It carried mail. The airline denied it.", "stated"),
    ("A jet flew from Oslo to Varna. The airline did not deny it.", "stated"),
]


@pytest.mark.parametrize(("text", "certainty"), DISPUTED)
def test_what_the_next_sentence_has_denied_is_hedged(text: str, certainty: str, tools: tuple[Gazetteer, Any]) -> None:
    found = read({"id": "clause", "text": text}, *tools).movements
    assert [(m.status.value, m.certainty.value) for m in found] == [("completed", certainty)]


MANY = [
    *(
        "Oslo",
        "Bergen",
        "Malmo",
        "Aarhus",
        "Bremen",
        "Leipzig",
        "Dresden",
        "Krakow",
        "Lviv",
        "Odesa",
        "Varna",
        "Burgas",
        "Izmir",
    ),
    *(
        "Antalya",
        "Larnaca",
        "Beirut",
        "Haifa",
        "Amman",
        "Jeddah",
        "Aden",
        "Djibouti",
        "Mombasa",
        "Zanzibar",
        "Beira",
        "Maputo",
    ),
    *(
        "Durban",
        "Luanda",
        "Lagos",
        "Lome",
        "Accra",
        "Abidjan",
        "Dakar",
        "Praia",
        "Recife",
        "Salvador",
        "Montevideo",
        "Santos",
    ),
]


@pytest.mark.parametrize("form", ["a sentence", "a list"])
def test_the_end_of_a_list_without_end_is_read(form: str, tools: tuple[Gazetteer, Any]) -> None:
    rows = MANY * 8
    if form == "a sentence":
        text = f"The freighter left Hamburg and called at {', '.join(rows)}, Vladivostok and Busan."
    else:
        text = "The freighter left Hamburg. It called at:\n\n" + "\n".join(
            f"- {row}" for row in (*rows, "Vladivostok", "Busan")
        )
    claims = read({"id": form, "text": text}, *tools)
    assert [f.code for f in claims.findings] == ["sentence.cut"]
    assert [s.text for s in claims.movements[0].stops][:3] == ["Hamburg", "Oslo", "Bergen"]
    assert [s.text for s in claims.movements[0].stops][-2:] == ["Vladivostok", "Busan"]
