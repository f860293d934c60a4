from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from gazetteer.build import own, packages
from gazetteer.build.checks import CountryCheck
from gazetteer.build.compile import sources_digest, up_to_date, write
from gazetteer.build.divisions import bare_key, read_countries, read_divisions, yield_to_seats
from gazetteer.build.entry import Entry
from gazetteer.build.latin import arabic_variants, plausible_name, shown_name
from gazetteer.build.placing import place_in_divisions
from gazetteer.build.tables import DATA
from gazetteer.errors import GazetteerBuildError
from gazetteer.place import Kind, NameKind
from gazetteer.store import DEFAULT_PATH, open_gazetteer

GOOD = {
    "id": "site:x",
    "name": "X Base",
    "kind": "site",
    "site_type": "base",
    "country": "FR",
    "lon": "2.35",
    "lat": "48.85",
    "radius_km": "",
    "codes": "",
    "alternates": "",
    "source": "a map",
}


def table(folder: Path, *rows: dict[str, str]) -> Path:
    for name in own.PLACE_TABLES:
        lines = ["\t".join(own.PLACE_COLUMNS)]
        if name == "sites":
            lines += ["\t".join({**GOOD, **row}[c] for c in own.PLACE_COLUMNS) for row in rows]
        (folder / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def check() -> CountryCheck:
    return CountryCheck()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"lon": "200"}, "sites.tsv, row 2: lon is 200, outside -180 to 180"),
        ({"lat": "-90.5"}, "lat is -90.5, outside -90 to 90"),
        ({"lon": "2,35"}, "lon is '2,35', not a number"),
        ({"kind": "castle"}, "kind 'castle' is none of site"),
        ({"name": "Москва"}, "has no key of Latin letters"),
        ({"alternates": "Good|東京"}, "has no key of Latin letters"),
        ({"source": ""}, "source is empty"),
        ({"radius_km": "-4"}, "radius_km is -4"),
        ({"lon": "-66.9", "lat": "10.5"}, r"X Base lies \d{4} km outside FR"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, check: CountryCheck, row: dict[str, str], message: str) -> None:
    with pytest.raises(GazetteerBuildError, match=message):
        [own.checked(entry, r, check) for entry, r in own.read_places(table(tmp_path, row))]


def test_a_good_row_passes(tmp_path: Path, check: CountryCheck) -> None:
    (entry,) = [own.checked(entry, r, check) for entry, r in own.read_places(table(tmp_path, {}))]
    assert (entry.name, entry.kind, entry.keys) == ("X Base", Kind.SITE, {"x base": NameKind.OFFICIAL})


def test_an_id_given_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerBuildError, match=r"row 3: the id site:x stands already in sites.tsv, row 2"):
        list(own.read_places(table(tmp_path, {}, {})))


def test_other_columns_and_ragged_rows_are_named(tmp_path: Path) -> None:
    folder = table(tmp_path)
    (folder / "sites.tsv").write_text("id\tname\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"sites.tsv, row 1: columns are"):
        list(own.read_places(folder))
    (folder / "sites.tsv").write_text("\t".join(own.PLACE_COLUMNS) + "\nsite:x\n", encoding="utf-8")
    with pytest.raises(GazetteerBuildError, match=r"sites.tsv, row 2: 1 cells, expected 11"):
        list(own.read_places(folder))


@pytest.mark.parametrize(
    ("aliases", "demonyms", "message"),
    [
        ("Leningrad\tformer\tgn:0\town\n", "", "no place has the id or code 'gn:0'"),
        ("Leningrad\tolden\tFR\town\n", "", "name_kind 'olden' is none of"),
        ("Gaul\tformer\tFR\town\nGAUL\tpress\tFR\town\n", "", "row 3: 'GAUL' is given twice to France"),
        ("", "FR\tFrench|French\town\n", "'French' is given twice"),
    ],
)
def test_a_bad_alias_is_named(tmp_path: Path, aliases: str, demonyms: str, message: str) -> None:
    (tmp_path / "aliases.tsv").write_text("name\tname_kind\ttarget\tsource\n" + aliases, encoding="utf-8")
    (tmp_path / "demonyms.tsv").write_text("target\twords\tsource\n" + demonyms, encoding="utf-8")
    france = Entry("gn:3017382", "France", Kind.COUNTRY, 2.0, 46.0, "GeoNames")
    with pytest.raises(GazetteerBuildError, match=message):
        own.add_aliases({"FR": france}, tmp_path)


def test_every_row_of_the_real_tables_is_sound(check: CountryCheck) -> None:
    off_the_map = own.read_off_the_map()
    entries = [own.checked(entry, row, check, off_the_map) for entry, row in own.read_places()]
    assert len(entries) > 1_500
    assert off_the_map <= {e.id for e in entries}
    names = Counter((e.name, e.kind) for e in entries)
    assert [name for name, n in names.items() if n > 1] == []


def test_country_and_division_points_lie_in_their_country(check: CountryCheck) -> None:
    outside = [
        (entry.name, entry.country, round(km))
        for entry in [*read_countries(), *(e for e, _ in read_divisions(1))]
        if entry.country and (km := check.km_outside(entry.country, entry.lon, entry.lat)) > 100
    ]
    # GeoNames sets the points of states of many islands into the sea between them.
    assert len(outside) <= 40, outside


def test_seas_straits_and_canals_are_many() -> None:
    kinds = Counter(entry.kind for entry, _ in own.read_places())
    assert kinds[Kind.SEA] >= 250
    assert kinds[Kind.WATERWAY] >= 200
    assert kinds[Kind.CONTINENT] >= 7


@pytest.mark.parametrize(
    ("name", "plausible"),
    [
        ("Caracas", True),
        ("al-Qahirah", True),
        ("l'Alguer", True),
        ("CCS", False),
        ("USLAX", False),
        ("Каракас", False),
        ("kalkata", False),
        ("http://x", False),
        ("A1", False),
        ("Ys", False),
    ],
)
def test_plausible_names(name: str, plausible: bool) -> None:
    assert plausible_name(name) is plausible


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("fulton county", "fulton"),
        ("rapides parish", "rapides"),
        ("province of buenos aires", "buenos aires"),
        ("rostov oblast", "rostov"),
        ("texas", "texas"),
        ("district 9", "district 9"),
    ],
)
def test_bare_key(key: str, bare: str) -> None:
    assert bare_key(key) == bare


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Ţarţūs", "SY", "Tartus"),
        ("Ilovays’k", "UA", "Ilovaysk"),
        ("‘Afrīn", "SY", "Afrin"),
        ("São Paulo", "BR", "São Paulo"),
        ("N'Djamena", "TD", "N'Djamena"),
    ],
)
def test_shown_name(name: str, country: str, shown: str) -> None:
    assert shown_name(name, country) == shown


def test_a_division_yields_its_name_to_its_seat() -> None:
    def named(kind: Kind, country: str) -> Entry:
        entry = Entry(f"{kind}:{country}", "Seat", kind, 0.0, 0.0, "x", country=country, admin1=f"{country}.1")
        entry.add("Seat", NameKind.OFFICIAL)
        return entry

    ours, states = named(Kind.ADMIN1, "RU"), named(Kind.ADMIN1, "US")
    yield_to_seats([ours, states], [named(Kind.CITY, "RU"), named(Kind.CITY, "US")])
    assert ours.keys["seat"] is NameKind.ALTERNATE
    assert states.keys["seat"] is NameKind.OFFICIAL


def test_small_places_leave_a_famous_citys_name_to_it() -> None:
    def town(name: str, population: int, *alternates: str) -> Entry:
        entry = Entry(f"gn:{name}", name, Kind.CITY, 0.0, 0.0, "x", population=population)
        entry.add(name, NameKind.OFFICIAL)
        for alternate in alternates:
            entry.add(alternate, NameKind.ALTERNATE)
        return entry

    famous = town("Frankfurt am Main", 650_000, "Frankfurt")
    spelled, shortened, large = (
        town("Frankfort", 17_800, "Frankfurt"),
        town("Frankfurt Heights", 1_200, "Frankfurt"),
        town("Fort Frank", 90_000, "Frankfurt"),
    )
    packages.drop_borrowed_names([famous, spelled, shortened, large])
    assert [sorted(t.keys) for t in (famous, spelled, shortened, large)] == [
        ["frankfurt", "frankfurt am main"],
        ["frankfort"],
        ["frankfurt", "frankfurt heights"],
        ["fort frank", "frankfurt"],
    ]


def test_towns_leave_initials_to_countries() -> None:
    union = Entry(
        "c", "Union", Kind.CONTINENT, 0.0, 0.0, "x", keys={"union": NameKind.OFFICIAL, "eu": NameKind.ALTERNATE}
    )
    town = Entry("t", "Eu", Kind.CITY, 0.0, 0.0, "x", keys={"eu": NameKind.OFFICIAL, "ville deu": NameKind.ALTERNATE})
    packages.drop_short_names([union, town])
    assert (sorted(union.keys), sorted(town.keys)) == (["eu", "union"], ["ville deu"])


def test_arabic_variants() -> None:
    assert arabic_variants("al hawijah") == ["al hawija", "hawijah", "hawija"]
    assert arabic_variants("qom") == []


@pytest.mark.parametrize(
    ("name", "city", "has_iata", "expected"),
    [
        (
            "Maiquetia (Simon Bolivar Internacional) Airport",
            "Caracas",
            True,
            {"maiquetia airport", "simon bolivar international airport", "caracas airport"},
        ),
        ("Chkalovskiy", "Moscow", False, {"chkalovskiy airport"}),
        ("Offutt AFB", "Omaha", True, {"offutt air force base", "omaha airport"}),
    ],
)
def test_airport_names(name: str, city: str, has_iata: bool, expected: set[str]) -> None:
    assert expected <= set(packages.airport_names(name, city, has_iata=has_iata))


def test_a_site_lies_in_the_division_of_the_nearest_town() -> None:
    near = Entry("gn:1", "Near", Kind.CITY, 2.0, 48.0, "x", country="FR", admin1="FR.11", admin2="FR.11.75")
    far = Entry("gn:2", "Far", Kind.CITY, 2.3, 48.3, "x", country="FR", admin1="FR.24")
    foreign = Entry("gn:3", "Foreign", Kind.CITY, 2.01, 48.01, "x", country="BE", admin1="BE.VLG")
    site = Entry("site:1", "Site", Kind.SITE, 2.02, 48.02, "x", country="FR")
    lonely = Entry("site:2", "Lonely", Kind.SITE, 8.0, 41.0, "x", country="FR")
    place_in_divisions([site, lonely, near], [near, far, foreign])
    assert (site.admin1, site.admin2) == ("FR.11", "FR.11.75")
    assert lonely.admin1 is None


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    entries = list(read_countries())
    digests = []
    for name, order in (("a", entries), ("b", entries[::-1])):
        write(tmp_path / name, order, "digest")
        digests.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    with open_gazetteer(tmp_path / "a") as small:
        assert len(small) == len(entries)
        assert small.lookup("Venezuela")[0].place.country_code == "VE"


def test_up_to_date_by_digest(tmp_path: Path) -> None:
    write(tmp_path / "a", list(read_countries())[:3], "digest")
    assert up_to_date(tmp_path / "a", "digest")
    assert not up_to_date(tmp_path / "a", "other")
    assert not up_to_date(tmp_path / "none", "digest")
    (tmp_path / "b").write_bytes(b"no database" * 300)
    assert not up_to_date(tmp_path / "b", "digest")
    assert len(sources_digest()) == 16


def test_the_file_in_the_package_is_small_enough_to_ship() -> None:
    assert DEFAULT_PATH.stat().st_size < 65_000_000
    assert (DATA / "borders.bin.gz").stat().st_size < 3_000_000
