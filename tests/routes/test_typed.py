"""Itineraries typed by hand, one line or a CSV of many."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazetteer.store import Gazetteer, open_gazetteer
from routes.atlas import build_atlas
from routes.errors import ItineraryError
from routes.model import Claims, Mode, PathKind, Role, Unreadable
from routes.typed import read_itineraries, read_itinerary


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def stops(claims: Claims) -> list[tuple[str, str | None]]:
    (movement,) = claims.movements
    return [(stop.position.name, stop.position.country_code) for stop in movement.stops]


NO_POSITIONS = [
    *("nan,inf", "NaN, NaN", "inf", "-inf", "nan", "1e999,5", "5,1e999", "37.62;55.76", "37.62 55.76"),
    *("37.62N,55.76E", "N55 E37", "55°45'N 37°37'E", "55° 45′ 21″ N, 37° 37′ 2″ E", "1,2,3"),
]


@pytest.mark.parametrize(
    ("text", "expected", "mode"),
    [
        ("Moscow > Yerevan > Caracas", [("Moscow", "RU"), ("Yerevan", "AM"), ("Caracas", "VE")], Mode.UNKNOWN),
        ("Rabat→Dakar", [("Rabat", "MA"), ("Dakar", "SN")], Mode.UNKNOWN),
        ("Tripoli, Lebanon > Valencia, Venezuela", [("Tripoli", "LB"), ("Valencia", "VE")], Mode.UNKNOWN),
        ("CUBA > Moscow > ", [("Cuba", "CU"), ("Moscow", "RU")], Mode.UNKNOWN),
        ("-66.88,10.49 > 0,-0.5", [("10.490° N, 66.880° W", None), ("0.500° S, 0.000° E", None)], Mode.UNKNOWN),
        ("(-66.,.5) > Nan", [("0.500° N, 66.000° W", None), ("Nan", "TH")], Mode.UNKNOWN),
    ],
)
def test_names_and_points(gazetteer: Gazetteer, text: str, expected: list, mode: Mode) -> None:
    claims = read_itinerary(text, gazetteer)
    assert stops(claims) == expected
    assert claims.movements[0].mode is mode


@pytest.mark.parametrize(
    ("text", "countries", "mode"),
    [
        ("UUMU > EVN > SVMI", ["RU", "AM", "VE"], Mode.AIR),
        ("VELAG > CUHAV", ["VE", "CU"], Mode.SEA),
        ("VE LAG > UUEE", ["VE", "RU"], Mode.UNKNOWN),
    ],
)
def test_codes_tell_the_mode(gazetteer: Gazetteer, text: str, countries: list[str], mode: Mode) -> None:
    claims = read_itinerary(text, gazetteer)
    assert [country for _, country in stops(claims)] == countries
    assert claims.movements[0].mode is mode


def test_roles_dates_and_spans(gazetteer: Gazetteer) -> None:
    text = "Ust-Luga @2025-10-01 > via Suez Canal > Port Said@2025-10"
    (movement,) = read_itinerary(text, gazetteer, mode=Mode.SEA, when="2025").movements
    assert [stop.role for stop in movement.stops] == [Role.ORIGIN, Role.VIA, Role.DESTINATION]
    assert movement.stops[0].date.start == date(2025, 10, 1)
    assert (movement.stops[2].date.start, movement.stops[2].date.end) == (date(2025, 10, 1), date(2025, 11, 1))
    assert (movement.date.start, movement.date.end) == (date(2025, 1, 1), date(2026, 1, 1))
    assert text[movement.stops[1].span.start : movement.stops[1].span.end] == "via Suez Canal"
    assert movement.evidence[0].quote == text


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("", {}, "no stop"),
        ("Moscow > Xqzzyville", {}, "Xqzzyville"),
        ("181,2 > Rome", {}, "outside the globe"),
        ("55.76,137.62 > Rome", {}, "longitude first: 137.62,55.76"),
        *((f"{words} > Rome", {}, "is no position.*longitude first") for words in NO_POSITIONS),
        ("Moscow @ > Rome", {}, "no date after @"),
        ("Moscow @yesterday > Rome", {}, "no date"),
        ("Moscow > Rome", {"when": "2025-02-30"}, "no date"),
        ("x" * 30_000, {}, "characters"),
        (">".join(["Rome"] * 600), {}, "stops"),
    ],
)
def test_what_is_not_understood_is_named(gazetteer: Gazetteer, text: str, options: dict, message: str) -> None:
    with pytest.raises(ItineraryError, match=message):
        read_itinerary(text, gazetteer, **options)


def test_a_namesake_is_told(gazetteer: Gazetteer) -> None:
    claims = read_itinerary("Springfield > Boston", gazetteer)
    assert any("Springfield" in finding.message for finding in claims.findings)


def test_a_typed_flight_is_drawn_and_checked(gazetteer: Gazetteer) -> None:
    text = "Moscow > Yerevan > Algiers > Rabat > Dakar > Nouakchott > Caracas"
    claims = read_itinerary(text, gazetteer, mode=Mode.AIR, when="2025-10-22", carrier="Il-76")
    atlas = build_atlas([claims], gazetteer=gazetteer)
    assert [leg.path for leg in atlas.legs] == [PathKind.GREAT_CIRCLE] * 6
    assert {"order.doubles-back", "range.beyond-full-load"} <= {finding.code for finding in atlas.findings}


def test_a_csv_of_many_reads_on_after_a_bad_row(gazetteer: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "trips.csv"
    file.write_text(
        "id,stops,mode,date,carrier\n"
        'a,"Moscow > Caracas",air,2025-10-22,Il-76\n'
        "b,Atlantis City Nowhere > Rome,air,,\n"
        "c,VELAG > CUHAV,boat,,\n"
        "d,VELAG > CUHAV,,,\n",
        encoding="utf-8",
    )
    read = list(read_itineraries(file, gazetteer))
    assert [type(one) for one in read] == [Claims, Unreadable, Unreadable, Claims]
    assert [one.path.rpartition(":")[2] for one in read if isinstance(one, Unreadable)] == ["2", "3"]
    assert "boat" in read[2].reason  # type: ignore[union-attr]
    assert read[0].report.id == "a"  # type: ignore[union-attr]


def test_a_csv_without_the_column_is_refused(gazetteer: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "trips.csv"
    file.write_text("from,to\na,b\n", encoding="utf-8")
    with pytest.raises(ItineraryError, match="stops"):
        list(read_itineraries(file, gazetteer))


def test_the_command_writes_what_a_map_has(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline import run

    out = tmp_path / "out"
    assert run(["route", "UUEE > EVN", "--carrier", "Il-76", "-q", "-o", str(out)]) == 0
    assert {"map.html", "legs.geojson", "dateline.gpkg", "claims.jsonl", "run.json"} <= {p.name for p in out.iterdir()}
    assert "1 route" in capsys.readouterr().out


def test_the_command_names_a_bad_row_and_draws_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline import run

    file = tmp_path / "trips.csv"
    file.write_text("stops,mode\nVELAG > CUHAV,sea\nNowhere At All > Rome,air\n", encoding="utf-8")
    assert run(["route", str(file), "-q", "-o", str(tmp_path / "out")]) == 1
    assert "trips.csv:2" in capsys.readouterr().err


def test_the_command_refuses_nonsense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dateline import run

    assert run(["route", "Xqzzyville > Rome", "-q", "-o", str(tmp_path / "out")]) == 2
    assert "Xqzzyville" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
