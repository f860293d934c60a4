from __future__ import annotations

import time
from pathlib import Path

import pytest

from gazetteer.errors import GazetteerMissingError, UnknownPlaceError
from gazetteer.place import Kind, NameKind
from gazetteer.store import Gazetteer, distance_km, open_gazetteer


@pytest.mark.parametrize(
    ("name", "kind", "country", "lon", "lat"),
    [
        ("Caracas", Kind.CITY, "VE", -66.88, 10.49),
        ("La Guaira", Kind.CITY, "VE", -66.93, 10.60),
        ("Nouakchott", Kind.CITY, "MR", -15.98, 18.09),
        ("U.S.", Kind.COUNTRY, "US", -98.5, 39.76),
        ("UAE", Kind.COUNTRY, "AE", 54.5, 23.75),
        ("Georgia", Kind.ADMIN1, "US", -83.5, 32.75),
        ("Fulton County", Kind.ADMIN2, "US", -84.47, 33.79),
        ("Rapides Parish", Kind.ADMIN2, "US", -92.53, 31.2),
        ("Maiquetia Airport", Kind.SITE, "VE", -66.99, 10.60),
        ("Port of La Guaira", Kind.SITE, "VE", -66.93, 10.60),
    ],
)
def test_lookup_finds(gazetteer: Gazetteer, name: str, kind: Kind, country: str, lon: float, lat: float) -> None:
    found = [n.place for n in gazetteer.lookup(name) if n.place.kind is kind and n.place.country_code == country]
    assert any(distance_km(lon, lat, p.lon, p.lat) < 60 for p in found), found


def test_demonyms_say_so(gazetteer: Gazetteer) -> None:
    (named,) = gazetteer.lookup("Venezuelan")
    assert named.name_kind is NameKind.DEMONYM
    assert named.place.country_code == "VE"


def test_largest_first(gazetteer: Gazetteer) -> None:
    cities = [n.place for n in gazetteer.lookup("Valencia") if n.place.kind is Kind.CITY]
    assert [p.population for p in cities] == sorted((p.population for p in cities), reverse=True)


def test_unknown_names_have_no_places(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwxyzzy") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("Москва") == ()


@pytest.mark.parametrize(
    ("text", "start", "length"),
    [("flew to port au prince haiti", 2, 3), ("the new york times", 1, 2), ("qwxyzzy is nowhere", 0, 0)],
)
def test_longest_match(gazetteer: Gazetteer, text: str, start: int, length: int) -> None:
    assert gazetteer.longest_match(text.split(), start) == length


@pytest.mark.parametrize(
    ("code", "place_id"), [("SVMI", "icao:SVMI"), ("ccs", "icao:SVMI"), ("VELAG", "unlocode:VELAG")]
)
def test_by_code(gazetteer: Gazetteer, code: str, place_id: str) -> None:
    assert place_id in [p.id for p in gazetteer.by_code(code)]


def test_by_id_and_unknown_id(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_id("gn:3646738").name == "Caracas"
    with pytest.raises(UnknownPlaceError, match="no place has the id"):
        gazetteer.by_id("gn:0")


def test_nearest_comes_nearest_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.nearest(-66.88, 10.49, kinds=[Kind.CITY], limit=3)
    assert found[0][1].name == "Caracas"
    assert [km for km, _ in found] == sorted(km for km, _ in found)


def test_nearest_across_the_antimeridian(gazetteer: Gazetteer) -> None:
    (km, place), *_ = gazetteer.nearest(180.05, -16.8, kinds=[Kind.CITY])
    assert place.country_code == "FJ"
    assert gazetteer.nearest(-179.95, -16.8, kinds=[Kind.CITY])[0][0] == pytest.approx(km)


def test_every_place_can_be_read_and_is_on_the_globe(gazetteer: Gazetteer) -> None:
    ids = set()
    for place in gazetteer.places():
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90
        assert place.name
        assert place.source
        ids.add(place.id)
    assert len(ids) == len(gazetteer) > 250_000


def test_missing_or_foreign_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissingError, match="compile it with"):
        open_gazetteer(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"not a database" * 100)
    with pytest.raises(GazetteerMissingError, match="not a gazetteer"):
        open_gazetteer(other)


def test_opens_in_milliseconds() -> None:
    open_gazetteer().close()
    start = time.perf_counter()
    open_gazetteer().close()
    assert time.perf_counter() - start < 0.05
