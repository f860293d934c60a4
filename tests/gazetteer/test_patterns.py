from __future__ import annotations

import pytest

from gazetteer.lookup import look_up
from gazetteer.patterns import named_after, split_facility
from gazetteer.place import Kind
from gazetteer.store import Gazetteer


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Kandahar Air Base", ("kandahar", "air base", "base")),
        ("Kandahar International Airport", ("kandahar", "international airport", "airport")),
        ("the Port of Nowhere", ("nowhere", "port of", "port")),
        ("University of Lagos", ("lagos", "university of", "university")),
        ("Marib refinery", ("marib", "refinery", "refinery")),
        ("River Moy", ("moy", "river", "river")),
        ("Kandahar", None),
        ("Airport", None),
        ("", None),
    ],
)
def test_split_facility(name: str, taken: tuple[str, str, str] | None) -> None:
    assert split_facility(name) == taken


def test_a_base_named_after_a_town_lies_there_and_says_so(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Saratov Air Base") == ()
    first = look_up("Saratov Air Base", gazetteer).candidates[0]
    assert (first.place.kind, first.place.site_type, first.place.country_code) == (Kind.SITE, "base", "RU")
    assert first.place.source == "from its name"
    assert first.place.radius_km >= 30
    assert first.reasons[0] == "named after Saratov, where it may lie"


def test_known_sites_are_not_guessed(gazetteer: Gazetteer) -> None:
    for name in ("Ramstein Air Base", "Goma airport", "Heathrow Airport"):
        candidates = look_up(name, gazetteer).candidates
        assert len(candidates) == 1, name
        assert candidates[0].place.source != "from its name"


@pytest.mark.parametrize("name", ["Qwxyzzy Air Base", "Venezuelan airport", "Port of Qwxyzzy"])
def test_unknown_stays_unknown(gazetteer: Gazetteer, name: str) -> None:
    assert named_after(name, gazetteer) == ()
    assert look_up(name, gazetteer).candidates == ()


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Chkalovsky", "icao:UUMU"),
        ("Hmeimim", "icao:OSLK"),
        ("Khmeimim", "icao:OSLK"),
        ("Brize Norton", "icao:EGVN"),
        ("Heathrow", "icao:EGLL"),
        ("Camp Lemonnier", "site:camp-lemonnier"),
        ("Soto Cano", "icao:MHPR"),
        ("Guantanamo Bay Naval Base", "icao:MUGM"),
        ("Volga River", "waterway:volga"),
        ("River Volga", "waterway:volga"),
    ],
)
def test_press_names_of_sites_carry_their_codes(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id in [named.place.id for named in gazetteer.lookup(name)]
