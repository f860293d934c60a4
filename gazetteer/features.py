"""The named features by which one candidate place is weighed against another, and their weights.

Own features belong to a place under a name and are the same in every report; context features come from the other
names of the report. ``data/resolution_weights.tsv`` holds one weight for each; ``benchmarks/fit_places.py`` fits them.
A candidate's score is the sum of feature times weight; scores become probabilities by a softmax over one name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gazetteer.place import Kind, NameKind, Referent

DATA = Path(__file__).parent / "data"
WEIGHTS_PATH = DATA / "resolution_weights.tsv"

OWN = (
    "kind.country",
    "kind.continent",
    "kind.admin1",
    "kind.admin2",
    "kind.city",
    "kind.site",
    "kind.region",
    "kind.sea",
    "kind.waterway",
    "sense.alternate",
    "sense.former",
    "sense.press",
    "sense.abbreviation",
    "sense.code",
    "sense.demonym",
    "population.city",  # log10 of its inhabitants
    "population.division",
    "population.country",  # log10 of its inhabitants in millions
    "population.share",  # of all inhabitants of cities of this name
    "population.largest",
    "capital",  # of a country
    "shadowed",  # a town whose name is also that of a country, continent, sea or great region
    "shadowed.size",  # log10 of its inhabitants then
    "country.us",
    "name.short",  # the name asked for is the first part of the one it is shown under ("Newcastle" upon Tyne)
    "name.shown",  # the name asked for is the one the place is shown under
)
CONTEXT = (
    "country.share.place",  # the next for towns, sites and districts alone
    "country.share",  # share of the other names' votes that go to its country
    "country.votes",  # log of those votes
    "admin1.share",
    "admin1.votes",
    "admin2.votes",
    "near.votes",  # votes within one degree or so
    "zone.share",  # share of the other names' votes that lie within ten degrees or so
    "zone.share.country",  # the same for countries
    "countries.named",  # log of the votes of the other countries named, for countries
    "country.named",  # its country itself is named in the report
    "admin1.named",
    "admin2.named",
    "inside",  # stands before a name that contains it ("Valencia, Venezuela")
    "inside.elsewhere",  # does so in another mention of the report
    "contains",  # stands after a name that it contains
)
FEATURES = OWN + CONTEXT
_POINTS = (Kind.CITY, Kind.SITE, Kind.ADMIN2)
NUMBER = {name: i for i, name in enumerate(FEATURES)}
_KINDS = {kind: NUMBER[f"kind.{kind.value}"] for kind in Kind}
_SENSES = {sense: NUMBER[f"sense.{sense.value}"] for sense in NameKind if sense is not NameKind.OFFICIAL}
_SIZE, _SHARE, _LARGEST = (NUMBER[f"population.{name}"] for name in ("city", "share", "largest"))
_DIVISION, _US, _SHOWN = NUMBER["population.division"], NUMBER["country.us"], NUMBER["name.shown"]
_CAPITAL, _SHADOWED, _SHADOWED_SIZE = NUMBER["capital"], NUMBER["shadowed"], NUMBER["shadowed.size"]
_SHORT, _PEOPLE = NUMBER["name.short"], NUMBER["population.country"]
_MILLION = 6.0
ZONE_DEGREES = 10
ZONES_ROUND = 360 // ZONE_DEGREES


@dataclass(slots=True, eq=False)
class Sense:
    """A place under one name, with what the resolver asks of it laid out for speed.

    Attributes:
        named: The place and the sense of the name.
        own: Own features as (number, value).
        base: The sum of their weights.
        country, admin1, admin2: Codes it is voted by; "" where it has none. Demonyms and countries have a country.
        cell: Number of its one-degree cell.
        zone: Number of its ten-degree cell.
        names: Its own code if it is a country or division, else "".
        is_country: Whether it is a country.
        is_point: Whether it is small enough for its cell to say where it is.
        holders: Codes of the country and divisions that contain it.
    """

    named: Referent
    own: tuple[tuple[int, float], ...]
    base: float
    country: str
    admin1: str
    admin2: str
    cell: int
    zone: int
    names: str
    is_country: bool
    is_point: bool
    holders: tuple[str, ...]


@cache
def resolution_weights() -> tuple[float, ...]:
    """Weight of each feature, in the order of FEATURES; 0 for one that the table lacks."""
    table: dict[str, float] = {}
    with WEIGHTS_PATH.open(encoding="utf-8") as rows:
        for row in rows:
            name, _, value = row.rstrip("\n").partition("\t")
            if name in NUMBER:
                table[name] = float(value)
    return tuple(table.get(name, 0.0) for name in FEATURES)


@cache
def capitals() -> frozenset[str]:
    """Ids of the capitals of countries."""
    rows = (DATA / "capitals.tsv").read_text(encoding="utf-8").split("\n")
    return frozenset(row.split("\t", 1)[0] for row in rows if row.startswith("gn:"))


def cell_number(lon: float, lat: float) -> int:
    """Number of the one-degree cell that a point lies in."""
    return (math.floor(lat) + 90) * 360 + math.floor(lon + 180) % 360


def zone_number(lon: float, lat: float) -> int:
    """Number of the ten-degree cell that a point lies in, from 1."""
    return 1 + (math.floor(lat) + 90) // ZONE_DEGREES * ZONES_ROUND + math.floor(lon + 180) % 360 // ZONE_DEGREES


def senses_of(named: tuple[Referent, ...], weights: tuple[float, ...]) -> tuple[Sense, ...]:
    """The places a name may mean with their own features, the likeliest first when nothing else is known."""
    cities = [n.population for n in named if n.kind is Kind.CITY and n.name_kind is not NameKind.DEMONYM]
    total, largest = max(sum(cities), 1), max(cities, default=0)
    shadowed = any(n.is_great for n in named)
    senses = []
    for n in named:
        own = _own_features(n, total, largest)
        if shadowed and n.kind in _POINTS:
            own += ((_SHADOWED, 1.0), (_SHADOWED_SIZE, math.log10(max(n.population, 1))))
        base = 0.0
        for number, value in own:
            base += weights[number] * value
        senses.append(_sense(n, own, base))
    senses.sort(key=_base, reverse=True)
    return tuple(senses)


def _base(sense: Sense) -> float:
    return sense.base


def _own_features(n: Referent, total: int, largest: int) -> list[tuple[int, float]]:
    own = [(_KINDS[n.kind], 1.0)]
    if n.name_kind is not NameKind.OFFICIAL:
        own.append((_SENSES[n.name_kind], 1.0))
    if n.population > 0:
        own += _features_of_people(n, total, largest)
    if n.country == "US":
        own.append((_US, 1.0))
    if n.is_shown:
        own.append((_SHOWN, 1.0))
    elif n.is_short:
        own.append((_SHORT, 1.0))
    return own


def _features_of_people(n: Referent, total: int, largest: int) -> list[tuple[int, float]]:
    kind, size = n.kind, math.log10(n.population)
    if kind is Kind.COUNTRY:
        return [(_PEOPLE, size - _MILLION)]
    if kind is Kind.ADMIN1 or kind is Kind.ADMIN2:
        return [(_DIVISION, size)]
    if kind is not Kind.CITY:
        return []
    own = [(_SIZE, size), (_SHARE, n.population / total)]
    if n.population == largest:
        own.append((_LARGEST, 1.0))
    if n.is_capital:
        own.append((_CAPITAL, 1.0))
    return own


def _sense(n: Referent, own: list[tuple[int, float]], base: float) -> Sense:
    kind = n.kind
    country = names = n.country
    admin1 = admin2 = ""
    holders: tuple[str, ...] = ()
    is_country = kind is Kind.COUNTRY
    if not is_country:
        names, holders = "", (country,)
        admin1 = n.admin1
        if kind is Kind.ADMIN1:
            names = admin1
        elif admin1:
            admin2 = n.admin2
            holders = (country, admin1, admin2) if kind is Kind.CITY or kind is Kind.SITE else (country, admin1)
            if kind is Kind.ADMIN2:
                names = admin2
    return Sense(
        named=n,
        own=tuple(own),
        base=base,
        country=country,
        admin1=admin1,
        admin2=admin2,
        cell=cell_number(n.lon, n.lat),
        zone=zone_number(n.lon, n.lat),
        names=names,
        is_country=is_country,
        is_point=kind in _POINTS,
        holders=holders,
    )
