"""The named features by which one candidate place is weighed against another, and their weights.

Own features belong to a place under a name and are the same in every report; context features come from the other
names of the report. ``data/resolution_weights.tsv`` holds one weight for each; ``benchmarks/fit_places.py`` fits them.
A candidate's score is the sum of feature times weight; scores become probabilities by a softmax over one name.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gazetteer.names import fold
from gazetteer.place import Kind, NamedPlace, NameKind

WEIGHTS_PATH = Path(__file__).parent / "data" / "resolution_weights.tsv"

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
    "population.share",  # of all inhabitants of cities of this name
    "population.largest",
    "country.us",
    "name.shown",  # the name asked for is the one the place is shown under
)
CONTEXT = (
    "country.share",  # share of the other names' votes that go to its country
    "country.votes",  # log of those votes
    "admin1.share",
    "admin1.votes",
    "admin2.votes",
    "near.votes",  # votes within one degree or so
    "country.named",  # its country itself is named in the report
    "admin1.named",
    "admin2.named",
    "inside",  # stands before a name that contains it ("Valencia, Venezuela")
    "inside.elsewhere",  # does so in another mention of the report
    "contains",  # stands after a name that it contains
)
FEATURES = OWN + CONTEXT
_POINTS = (Kind.CITY, Kind.SITE, Kind.ADMIN2)
_PLAIN = re.compile(r"(?!st |mt |ft )[a-z ]+")
NUMBER = {name: i for i, name in enumerate(FEATURES)}


@dataclass(frozen=True, slots=True)
class Sense:
    """A place under one name, with what the resolver asks of it laid out for speed.

    Attributes:
        named: The place and the sense of the name.
        own: Own features as (number, value).
        base: The sum of their weights.
        country, admin1, admin2: Codes it is voted by; "" where it has none. Demonyms and countries have a country.
        cell: Number of its one-degree cell.
        names: Its own code if it is a country or division, else "".
        is_point: Whether it is small enough for its cell to say where it is.
    """

    named: NamedPlace
    own: tuple[tuple[int, float], ...]
    base: float
    country: str
    admin1: str
    admin2: str
    cell: int
    names: str
    is_point: bool


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


def cell_number(lon: float, lat: float) -> int:
    """Number of the one-degree cell that a point lies in."""
    return (math.floor(lat) + 90) * 360 + math.floor(lon + 180) % 360


def senses_of(key: str, named: tuple[NamedPlace, ...], weights: tuple[float, ...]) -> tuple[Sense, ...]:
    """The places a name may mean with their own features, the likeliest first when nothing else is known."""
    cities = [n.place.population for n in named if n.place.kind is Kind.CITY and n.name_kind is not NameKind.DEMONYM]
    total, largest = sum(cities), max(cities, default=0)
    senses = [_sense(key, n, total, largest, weights) for n in named]
    senses.sort(key=lambda s: -s.base)
    return tuple(senses)


def _sense(key: str, n: NamedPlace, total: int, largest: int, weights: tuple[float, ...]) -> Sense:
    place = n.place
    own: list[tuple[int, float]] = [(NUMBER[f"kind.{place.kind.value}"], 1.0)]
    if n.name_kind is not NameKind.OFFICIAL:
        own.append((NUMBER[f"sense.{n.name_kind.value}"], 1.0))
    if place.population > 0:
        size = math.log10(place.population)
        if place.kind is Kind.CITY:
            own.append((NUMBER["population.city"], size))
            own.append((NUMBER["population.share"], place.population / max(total, 1)))
            if place.population == largest:
                own.append((NUMBER["population.largest"], 1.0))
        elif place.kind in (Kind.ADMIN1, Kind.ADMIN2):
            own.append((NUMBER["population.division"], size))
    if place.country_code == "US":
        own.append((NUMBER["country.us"], 1.0))
    if _shown(place.name, key):
        own.append((NUMBER["name.shown"], 1.0))
    admin1 = (place.admin1_code or "") if place.kind is not Kind.COUNTRY else ""
    admin2 = ""
    if admin1 and place.kind is not Kind.ADMIN1:
        admin2 = f"{admin1}/{place.admin2 or (place.name if place.kind is Kind.ADMIN2 else '')}"
    country = place.country_code or ""
    return Sense(
        named=n,
        own=tuple(own),
        base=sum(weights[i] * value for i, value in own),
        country=country,
        admin1=admin1,
        admin2=admin2,
        cell=cell_number(place.lon, place.lat),
        names={Kind.COUNTRY: country, Kind.ADMIN1: admin1, Kind.ADMIN2: admin2}.get(place.kind, ""),
        is_point=place.kind in _POINTS,
    )


def _shown(name: str, key: str) -> bool:
    lowered = name.lower()
    return lowered == key or (not _PLAIN.fullmatch(lowered) and fold(name) == key)
