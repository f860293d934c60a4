"""Reports that no editor would print: no crash, no time beyond linear, nothing drawn that is not said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.claims import extract_claims
from routes.extract.text.language import load_language
from routes.model import Claims, Report


@pytest.fixture(scope="module")
def tools() -> Iterator[tuple[Gazetteer, Any]]:
    with open_gazetteer() as gazetteer:
        yield gazetteer, load_language()


def read(text: str, tools: tuple[Gazetteer, Any]) -> Claims:
    return extract_claims(Report(id="x", text=text, sha256=""), *tools)


TEXTS = {
    "empty": "",
    "blank": " \n\t\n ",
    "nul": "The ship sailed from Rome\x00 to Oslo.\x00",
    "surrogate": "The ship sailed from Rome \ud800 to Oslo \udfff.",
    "long sentence": "The ship sailed on and on " * 1000 + "to Oslo.",
    "no punctuation": "the ship sailed from Rome to Oslo and then " * 400,
    "thousand places": "The ship called at " + ", ".join(["Rome", "Oslo", "Paris", "Lima"] * 250) + ".",
    "nested quotes": '"' * 200 + "The ship sailed to Oslo" + '"' * 200,
    "brackets": "(" * 500 + "sailed to Oslo" + ")" * 500,
    "commas": "," * 5000,
    "arrows": "Rome → " * 500,
    "bullets": "Stopovers in:\n" + "- Rome\n" * 500,
    "one word": "a" * 20000,
    "emoji": "🚢 sailed from Rome to Oslo 🚢 " * 50,
    "right to left": "السفينة غادرت روما متجهة إلى أوسلو. " * 20,
    "markup": "<script>alert(1)</script> The ship sailed from {{7*7}} to Oslo. {% raw %}",
}


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_crashes_and_quotes_stay_true(name: str, tools: tuple[Gazetteer, Any]) -> None:
    text = TEXTS[name]
    claims = read(text, tools)
    for movement in claims.movements:
        for proof in movement.evidence:
            assert text[proof.span.start : proof.span.end] == proof.quote
        assert len({m.id for m in claims.movements}) == len(claims.movements)


@pytest.mark.parametrize(
    "unit", ["The ship sailed from Rome to Oslo. ", "the ship sailed from Rome to Oslo and ", "Rome, "]
)
def test_time_grows_with_length_and_no_faster(unit: str, tools: tuple[Gazetteer, Any]) -> None:
    read(unit * 20, tools)

    def seconds(times: int) -> float:
        start = time.process_time()
        read(unit * times, tools)
        return time.process_time() - start

    short, long = seconds(100), seconds(800)
    assert long < 8 * max(short, 0.05) * 2.5, f"{short:.2f} s for 100, {long:.2f} s for 800"


def test_a_long_sentence_is_cut_and_said_to_be(tools: tuple[Gazetteer, Any]) -> None:
    claims = read("The ship sailed from Rome to Oslo and then went on " * 200, tools)
    assert "sentence.cut" in {f.code for f in claims.findings}


def test_capitals_are_read_like_small_letters(tools: tuple[Gazetteer, Any]) -> None:
    claims = read("THE TANKER SAILED FROM ROTTERDAM TO MONTREAL ON MONDAY.", tools)
    assert [[s.position.name for s in m.stops] for m in claims.movements] == [["Rotterdam", "Montréal"]]


def test_another_language_gives_places_and_a_finding(tools: tuple[Gazetteer, Any]) -> None:
    text = (
        "Das Schiff verließ Hamburg am Montag und fuhr nach Oslo. Die Besatzung war müde, aber die Reise ging weiter, "
        "und der Kapitän sagte, dass sie nicht mehr lange dauern werde. Von dort aus soll es nach Riga gehen."
    )
    claims = read(text, tools)
    assert "language.not-english" in {f.code for f in claims.findings}
    assert claims.movements == ()
    assert {p.text for p in claims.places} >= {"Hamburg", "Oslo"}
