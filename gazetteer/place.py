"""What a place is: the record that the gazetteer hands out and every later stage passes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a place is. The values are fixed by the public contract."""

    SITE = "site"
    CITY = "city"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"
    SEA = "sea"
    WATERWAY = "waterway"
    CONTINENT = "continent"


class Precision(StrEnum):
    """How exactly a place is known when it is used as a stop. The values are fixed by the public contract."""

    SITE = "site"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    SEA = "sea"


_PRECISION_OF_KIND = {
    Kind.SITE: Precision.SITE,
    Kind.CITY: Precision.CITY,
    Kind.ADMIN2: Precision.REGION,
    Kind.ADMIN1: Precision.REGION,
    Kind.COUNTRY: Precision.COUNTRY,
    Kind.REGION: Precision.REGION,
    Kind.SEA: Precision.SEA,
    Kind.WATERWAY: Precision.SITE,
    Kind.CONTINENT: Precision.REGION,
}


class NameKind(StrEnum):
    """In which sense a written name names a place."""

    OFFICIAL = "official"
    ALTERNATE = "alternate"
    FORMER = "former"
    PRESS = "press"
    ABBREVIATION = "abbreviation"
    CODE = "code"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the gazetteer.

    Attributes:
        id: Stable identifier with its source as prefix, such as ``gn:3646738`` (GeoNames), ``icao:SVMI``,
            ``unlocode:VELAG``, ``sea:caribbean-sea``.
        name: The name to show.
        kind: What sort of place it is.
        lon: Longitude of its point, degrees east, WGS84, in [-180, 180].
        lat: Latitude of its point, degrees north, WGS84.
        country_code: ISO 3166-1 alpha-2 code, or None where it lies in no one country.
        admin1: Name of the first-order division it lies in, if known.
        admin1_code: GeoNames code of that division ("RU.48"), if known.
        admin2: Name of the second-order division it lies in, if known.
        population: Inhabitants; 0 where unknown or meaningless.
        radius_km: Half the extent of an area, roughly; 0 for a point.
        codes: ICAO, IATA, UN/LOCODE or ISO codes it is known by.
        site_type: For sites "airport", "port", "base", "station" …; for regions and seas "gulf", "strait" …; else None.
        source: Which source its point came from.
    """

    id: str
    name: str
    kind: Kind
    lon: float
    lat: float
    country_code: str | None = None
    admin1: str | None = None
    admin1_code: str | None = None
    admin2: str | None = None
    population: int = 0
    radius_km: float = 0.0
    codes: tuple[str, ...] = ()
    site_type: str | None = None
    source: str = ""

    @property
    def precision(self) -> Precision:
        """How exactly a stop is known that is given by this place alone."""
        return _PRECISION_OF_KIND[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place together with the sense in which the name asked for names it."""

    place: Place
    name_kind: NameKind


@dataclass(slots=True, eq=False)
class Referent:
    """A place under one name, with what resolving asks of it; the record itself is read when it is asked for.

    Attributes:
        pk: Its number in the file.
        name_kind: In which sense the name names it.
        kind: What sort of place it is.
        lon, lat: Degrees east and north, WGS84.
        population: Inhabitants; 0 where unknown.
        country: ISO 3166-1 alpha-2 code, or "".
        admin1: GeoNames code of its first-order division, or "".
        admin2: That code and the name of the second-order division, "US.GA/Fulton County"; "" without admin1.
        is_shown: Whether the name is the one it is shown under.
        is_short: Whether the name is the first part of that one.
        is_close: Whether it is that one, or an alternate name spelt much like it.
        is_great: Whether it is a country, continent, sea or great region.
        is_capital: Whether it is the capital of a country.
        read: Reads a place by its number.
    """

    pk: int
    name_kind: NameKind
    kind: Kind
    lon: float
    lat: float
    population: int
    country: str
    admin1: str
    admin2: str
    is_shown: bool
    is_short: bool
    is_close: bool
    is_great: bool
    is_capital: bool
    read: Callable[[int], Place]

    @property
    def place(self) -> Place:
        """The place with its names, ids and codes."""
        return self.read(self.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One place a name may mean, with its score in [0, 1] and the reasons in words."""

    place: Place
    name_kind: NameKind
    score: float
    reasons: tuple[str, ...] = ()
