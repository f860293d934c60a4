"""Countries and their divisions, from the tables that carry GeoNames' own points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazetteer.build.entry import Entry
from gazetteer.build.tables import DATA, Row, read_table
from gazetteer.names import fold
from gazetteer.place import Kind, NameKind

COUNTRY_COLUMNS = ("iso2", "iso3", "geonameid", "name", "lon", "lat", "population", "area_km2", "alternates", "source")
DIVISION_COLUMNS = ("code", "geonameid", "name", "lon", "lat", "population", "alternates", "towns", "source")
FEATURE_COLUMNS = ("geonameid", "name", "country", "lon", "lat", "population", "alternates", "source")
# Generic words of a division's name; without them it is the name the press uses ("Rostov Oblast", "Fulton County").
_GENERIC = (
    r"oblast|kray|krai|republic|province|provincia|governorate|region|prefecture|department|district|voivodeship|"
    r"county|parish|borough|census area|state|municipality|canton|division|territory|autonomous okrug|okrug|"
    r"autonomous region|autonomous oblast|emirate|city and borough|rayon|raion|department|shi|qu|xian|kommun|judet|"
    r"zila|fylke|lan|ken|to|do|dao|barangay|sub prefecture|regency|kabupaten|metropolitan area|metropolitan city|"
    r"union territory|special administrative region|capital territory|capital region|local government area|woreda|zone"
)
_GENERIC_AFTER = re.compile(rf"(.+?) (?:{_GENERIC})")
_GENERIC_BEFORE = re.compile(
    r"(?:provincia(?: de| di| del)?|province of|state of|estado(?: de| do)?|departamento(?: de| del)?|county|"
    r"region of|republic of|respublika|powiat|landkreis|kreis|amphoe|distrito(?: de)?|municipio(?: de)?|"
    r"municipiul|judetul|raionul|wilaya de|wilayat|gouvernorat de|muhafazat|mintaqat|ostan e|comarca(?: de)?|"
    r"comunidad de|kabupaten|kota|arrondissement de|departement de|city of|town of|village of|okres|obcina|"
    r"rif|emirate of|governorate of|prefecture of|the) (.+)"
)
MIN_BARE_LETTERS = 3
STATES_AS_KNOWN_AS_TOWNS = frozenset(("US", "CA"))


def bare_key(key: str) -> str:
    """A division's folded name without its generic word: "fulton county" → "fulton"; the key itself if it has none."""
    found = _GENERIC_AFTER.fullmatch(key) or _GENERIC_BEFORE.fullmatch(key)
    bare = found[1] if found else key
    return bare if len(bare) >= MIN_BARE_LETTERS and not bare.isdigit() else key


def radius_of_area(area_km2: float) -> float:
    """Radius in km of the circle of this area."""
    return round(math.sqrt(max(area_km2, 0.0) / math.pi), 1)


def read_countries(data: Path = DATA) -> Iterator[Entry]:
    """Countries and dependent territories."""
    for row in read_table(data / "countries.tsv", COUNTRY_COLUMNS):
        entry = Entry(
            id=f"gn:{row['geonameid']}",
            name=row["name"],
            kind=Kind.COUNTRY,
            lon=row.lon,
            lat=row.lat,
            source=row["source"],
            country=row["iso2"],
            population=int(row.number("population", low=0, high=2e9)),
            radius_km=radius_of_area(row.number("area_km2", low=0, high=2e7)),
            codes=(row["iso2"], row["iso3"]),
        )
        entry.add(row["name"], NameKind.OFFICIAL)
        for name in row.many("alternates"):
            entry.add(name, NameKind.ALTERNATE)
        yield entry


_KINDS = {1: Kind.ADMIN1, 2: Kind.ADMIN2}


def read_divisions(level: int, data: Path = DATA, common: frozenset[str] = frozenset()) -> Iterator[tuple[Entry, Row]]:
    """First- or second-order divisions, each with its row (whose ``towns`` are GeoNames ids)."""
    for row in read_table(data / f"admin{level}.tsv", DIVISION_COLUMNS):
        code = row["code"]
        parts = code.split(".")
        entry = Entry(
            id=f"gn:{row['geonameid']}" if row["geonameid"] else f"adm{level}:{code}",
            name=row["name"],
            kind=_KINDS[level],
            lon=row.lon,
            lat=row.lat,
            source=row["source"],
            country=parts[0],
            admin1=".".join(parts[:2]),
            admin2=code if level > 1 else None,
            population=int(row.number("population", low=0, high=2e9)),
            codes=(code,),
        )
        add_division_names(entry, row["name"], row.many("alternates"), common)
        yield entry, row


def add_division_names(entry: Entry, name: str, alternates: list[str], common: frozenset[str]) -> None:
    """Give a division its name, the name without the generic word, and its alternates."""
    key = fold(name)
    entry.add_key(key, NameKind.OFFICIAL)
    bare = bare_key(key)
    if bare != key:
        # "Edo State" is as often Edo; a county is seldom named without its word.
        entry.add_key(bare, NameKind.OFFICIAL if entry.kind is Kind.ADMIN1 else NameKind.ALTERNATE)
    for alternate in alternates:
        other = fold(alternate)
        if other not in common:
            entry.add_key(other, NameKind.ALTERNATE)
    if entry.country in {"IE", "GB"}:
        entry.add_key(f"county {bare}", NameKind.ALTERNATE)
        entry.add_key(f"co {bare}", NameKind.ABBREVIATION)
    if entry.kind is Kind.ADMIN1:
        for generic in ("region", "province", "state", *(("oblast",) if entry.country in {"RU", "UA"} else ())):
            entry.add_key(f"{bare} {generic}", NameKind.ALTERNATE)
    if entry.country == "US" and entry.kind is Kind.ADMIN2 and key.endswith(" county"):
        entry.add_key(f"{bare} co", NameKind.ABBREVIATION)


def yield_to_seats(entries: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Let a division named after a town within it come second for that name.

    "Murmansk" is the town, the press says "Murmansk region" for the other. Not so in the United States and Canada,
    where "New York" and "Quebec" are as much the state and the province.
    """
    seats = {
        (town.admin1, key)
        for town in towns
        if town.country not in STATES_AS_KNOWN_AS_TOWNS
        for key, kind in town.keys.items()
        if kind in {NameKind.OFFICIAL, NameKind.PRESS}
    }
    for entry in entries:
        if entry.kind in {Kind.ADMIN1, Kind.ADMIN2} and entry.site_type is None:
            for key, kind in entry.keys.items():
                if kind is NameKind.OFFICIAL and (entry.admin1, key) in seats:
                    entry.keys[key] = NameKind.ALTERNATE


def read_districts(data: Path = DATA, common: frozenset[str] = frozenset()) -> Iterator[Entry]:
    """Divisions below the second order, and some without a code; counties by tradition such as Yorkshire."""
    for row in read_table(data / "districts.tsv", FEATURE_COLUMNS):
        entry = _feature(row, Kind.ADMIN2, "district")
        add_division_names(entry, row["name"], row.many("alternates"), common)
        yield entry


def read_geonames_regions(data: Path = DATA, common: frozenset[str] = frozenset()) -> Iterator[Entry]:
    """Regions as GeoNames has them (feature code RGN)."""
    for row in read_table(data / "regions_geonames.tsv", FEATURE_COLUMNS):
        entry = _feature(row, Kind.REGION, "region")
        entry.population = 0  # a region's inhabitants would outweigh the towns of its name
        entry.add(row["name"], NameKind.OFFICIAL)
        for alternate in row.many("alternates"):
            if fold(alternate) not in common:
                entry.add(alternate, NameKind.ALTERNATE)
        yield entry


def _feature(row: Row, kind: Kind, site_type: str) -> Entry:
    return Entry(
        id=f"gn:{row['geonameid']}",
        name=row["name"],
        kind=kind,
        lon=row.lon,
        lat=row.lat,
        source=row["source"],
        country=row["country"] or None,
        population=int(row.number("population", low=0, high=2e9)),
        site_type=site_type,
    )
