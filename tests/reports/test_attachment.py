"""Phrases of place that a parse hangs on the wrong word, and others like them that tell of no way."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from routes.extract.claims import extract_claims
from routes.model import Report

WAYS = [
    ("A crackdown followed on the smuggling of Syrian fuel by truck through Aleppo to Gaziantep.", "Aleppo Gaziantep"),
    ("They spent the summer on picnics, boat races and regular jaunts to Norway.", "Norway"),
    ("Buses leave from Tirana every two hours between six and ten to Durres.", "Tirana Durres"),
    ("Visitors came from as far afield as Lisbon and Porto for the fair.", "Lisbon Porto"),
    ("He commuted between his flat in Leeds and her office in York.", "Leeds York"),
    ("The detective pursued the two men from Marseille to Toulon.", "Marseille Toulon"),
    ("She strolled by the river bank near Norwich.", "Norwich"),
    ("They cycled on to the bridge over the River Tarrow.", "Tarrow"),
    ("From the depot the lorry proceeded on Holmwood Road.", "Holmwood"),
    ("Motor across the valley to Innsbruck.", "Innsbruck"),
    ("The passengers overnighted in Stambeck.", "Stambeck"),
    ("The barges were pushed a hundred miles up the Danube.", "Danube"),
    ("The crew lost three days on the voyage from Plymouth to Lisbon.", "Plymouth Lisbon"),
    ("The thieves fled by entering a house in Mill Street.", "Mill"),
    ("The army was marching along the Danube.", "Danube"),
    ("The note issued at the end of the minister's Warsaw visit was short.", "Warsaw"),
    ("The boxes were sent from Hamburg to several clinics including the Holmwood Hospital.", "Hamburg Holmwood"),
]

STILL = [
    "He spent the journey reading a letter from Ankara.",
    "The journey was paid for by an aunt of the ambassador to Hungary.",
    "On the stroll they talked about the road to Damascus.",
    "All proceeds go to the Tarrow Road hospice.",
    "The fire, spanning 900 acres near Holmwood Road, was put out.",
    "The recruits are to be spread over other barracks in Latvia.",
]


def trips(text: str, gazetteer: Any, language: Any) -> list[list[tuple[str, str]]]:
    report = Report(id="r", text=text, sha256=sha256(text.encode()).hexdigest(), published=None)
    found = extract_claims(report, gazetteer, language).movements
    return [[(stop.text, stop.role.value) for stop in trip.stops] for trip in found]


def stops(text: str, gazetteer: Any, language: Any) -> list[str]:
    return [name for trip in trips(text, gazetteer, language) for name, _ in trip]


ROLES = [
    ("She rode 900 miles from Leeds back to Paris.", [("Leeds", "origin"), ("Paris", "destination")]),
    ("A dolphin ferried Arion to Corinth.", [("Corinth", "destination")]),
    ("The cloud drifted across Belgium after a fire at a mill in Lille.", [("Belgium", "via")]),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_what_a_place_is_to_the_way(text: str, expected: list[tuple[str, str]], gazetteer: Any, language: Any) -> None:
    assert [(name, role) for trip in trips(text, gazetteer, language) for name, role in trip] == expected


@pytest.mark.parametrize(("text", "names"), WAYS)
def test_a_stray_phrase_goes_with_the_word_of_motion(text: str, names: str, gazetteer: Any, language: Any) -> None:
    told = " ".join(stops(text, gazetteer, language))
    assert [name for name in names.split() if name not in told] == []


@pytest.mark.parametrize("text", STILL)
def test_a_phrase_that_another_word_takes_is_no_way(text: str, gazetteer: Any, language: Any) -> None:
    assert stops(text, gazetteer, language) == []
