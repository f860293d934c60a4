"""Two carriers are never one: other registrations, hull numbers and numbered names, however alike the rest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from gazetteer.store import open_gazetteer
from routes.extract.claims import extract_claims
from routes.extract.text.language import load_language
from routes.model import Movement, Report
from routes.weigh.events import weigh

APART = {
    "registrations": "An-124 UR-82027 flew from Kyiv to Accra. An-124 UR-82073 flew from Accra to Luanda.",
    "in brackets": "An An-26 (UR-26215) flew from Juba to Goma. The An-26 (UR-26581) flew from Goma to Beira.",
    "labelled": "A Learjet with registration N881CJ flew from Miami to Nassau."
    " A Learjet with registration N45MK flew from Nassau to Kingston.",
    "calls": "The Il-62 RA-86495 landed in Caracas. The Il-62 RA-86572 landed in Havana.",
    "list": "Departures:\n- An-12 UR-11819: Amman - Benghazi\n- An-12 UR-12990: Benghazi - Niamey",
    "imo numbers": "The freighter Nadir (IMO 8412352) sailed from Varna to Latakia."
    " The freighter Nadir (IMO 9107784) sailed from Latakia to Bizerte.",
    "numbered names": "The tanker Comet 4 sailed from Ceyhan to Malta. The tanker Comet 7 sailed from Malta to Bilbao.",
    "in words": "The ferry Orion Three sailed from Bari to Durres. The ferry Orion Four sailed from Durres to Corfu.",
    "call signs": "A C-130, call sign CFC3101, flew from Rota to Sigonella."
    " A C-130, call sign CFC3254, flew from Sigonella to Djibouti.",
    "shared verb": "HMS Argyll sailed from Portland to Brest, HMS Lancaster from Brest to Cadiz.",
    "shared verb, and": "HMS Argyll sailed from Portland to Brest and HMS Lancaster from Brest to Cadiz.",
    "shared verb, kind": "The frigate HMS Argyll sailed from Portland to Brest, HMS Lancaster from Brest to Cadiz.",
    "bulletin": "Line-up:\nMV Nerissa, 21,000 t barley, ex Varna for Izmir; eta 4 May\n"
    "MV Tamar, 18,500 t sugar, ex Izmir for Alexandria; eta 6 May",
    "roman": "MV Castor II sailed from Lagos to Lome. MV Castor III sailed from Lome to Dakar.",
    "numbered aircraft": "C-17 #1 flew from Dover to Ramstein. C-17 #2 flew from Ramstein to Djibouti.",
}
ONE = {
    "told once": "The Il-62 RA-86495 flew from Moscow to Caracas. The Il-62 then flew on to Havana.",
    "registration alone": "The Il-62 RA-86495 flew from Moscow to Caracas. RA-86495 then flew on to Havana.",
    "numbered name": "The tanker Comet 4 sailed from Ceyhan to Malta. The Comet 4 then sailed to Bilbao.",
    "flights": "The A330 flew from Lisbon to Dakar as flight TAP1481. The A330 flew on to Accra as flight TAP1482.",
}


@pytest.fixture(scope="module")
def trips() -> Any:
    language = load_language()

    def read(text: str) -> list[Movement]:
        report = Report(id="identity", text=text, sha256=sha256(text.encode()).hexdigest())
        with open_gazetteer() as gazetteer:
            return list(extract_claims(report, gazetteer, language).movements)

    return read


@pytest.mark.parametrize("text", APART.values(), ids=APART.keys())
def test_two_carriers_have_two_trips(text: str, trips: Any) -> None:
    told = trips(text)
    assert len(told) == 2
    assert all(len(trip.stops) <= 2 and len(trip.identifiers) <= 1 for trip in told)


@pytest.mark.parametrize(("one", "other"), [("4", "7"), ("Four", "Seven"), ("II", "III")])
def test_two_papers_on_two_numbered_ships_are_two_events(one: str, other: str) -> None:
    language = load_language()
    texts = [f"The tanker Comet {number} left Ceyhan for Malta." for number in (one, other)]
    with open_gazetteer() as gazetteer:
        claims = [
            extract_claims(Report(id=text, text=text, sha256=sha256(text.encode()).hexdigest()), gazetteer, language)
            for text in texts
        ]
    assert [event.support for event in weigh(claims).routes] == [1, 1]


@pytest.mark.parametrize("text", ONE.values(), ids=ONE.keys())
def test_one_carrier_goes_on(text: str, trips: Any) -> None:
    (trip,) = trips(text)
    assert len(trip.stops) == 3
