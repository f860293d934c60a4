"""The gazetteer as a geopy geocoder: what works with geopy's Nominatim works with this, offline.

::

    from geopy.extra.rate_limiter import RateLimiter
    from gazetteer.geocoder import GazetteerGeocoder

    geolocator = GazetteerGeocoder()
    location = geolocator.geocode("Valencia, Venezuela")
    frame["location"] = frame["name"].apply(RateLimiter(geolocator.geocode, min_delay_seconds=0))

This is the one file where coordinates are turned round: geopy's points are (latitude, longitude).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.borders import country_at
from gazetteer.lookup import look_up
from gazetteer.place import Candidate, Kind, Place
from gazetteer.store import Gazetteer, open_gazetteer

if TYPE_CHECKING:
    Box = Sequence[Point | str | tuple[float, float]]

MAX_REVERSED = 10
REVERSE_REACH_KM = 100.0
# Beyond this a town says less about where a point lies than the country around it does.
_TOWN_REACH_KM = 50.0


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder over the compiled gazetteer; it sends nothing anywhere.

    Args:
        gazetteer: An open gazetteer; by default the bundled one is opened.
        timeout: Taken for geopy's sake; no answer takes long.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, timeout: float | None = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout)
        self._gazetteer = gazetteer or open_gazetteer()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002 — geopy's callers may give one
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Box | None = None,
        bounded: bool = False,
    ) -> Location | list[Location] | None:
        """Locations a name may mean, the likeliest first.

        Args:
            query: A name, a name and what contains it ("Valencia, Venezuela"), or a code ("SVMI").
            exactly_one: The likeliest alone; otherwise a list.
            timeout: Not used.
            limit: At most this many.
            country_codes: Only places in these countries (ISO 3166-1 alpha-2).
            viewbox: Two opposite corners, (lat, lon) as everywhere in geopy; places within come first.
            bounded: Only places within the viewbox.

        Returns:
            A location, a list of them, or None where there is none.

        Raises:
            GeocoderQueryError: The query is no text.
            ValueError: ``bounded`` without a viewbox, or a viewbox of other than two corners.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a place name is text, not {type(query).__name__}: {query!r}")
        if bounded and viewbox is None:
            raise ValueError("bounded=True needs a viewbox: two opposite corners, (lat, lon)")
        box = _corners(viewbox) if viewbox is not None else None
        found = list(look_up(query, self._gazetteer, limit=None).candidates)
        if country_codes is not None:
            codes = [country_codes] if isinstance(country_codes, str) else country_codes
            wanted = {code.strip().upper() for given in codes for code in given.split(",")}
            found = [c for c in found if c.place.country_code in wanted]
        if box is not None:
            inside = [c for c in found if _within(c.place, box)]
            found = inside if bounded else inside + [c for c in found if c not in inside]
        return _answer([self._location(c.place, c) for c in found[:limit]], exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: float | None = DEFAULT_SENTINEL,  # noqa: ARG002 — geopy's callers may give one
    ) -> Location | list[Location] | None:
        """Populated places near a point, nearest first; in empty country, the country.

        Args:
            query: (lat, lon), a geopy Point, or text such as "10.49 -66.88".
            exactly_one: The nearest alone; otherwise a list of ten at most.
            timeout: Not used.

        Returns:
            A location, a list of them, or None far out at sea.
        """
        point = Point(query)
        lon, lat = point.longitude, point.latitude
        near = self._gazetteer.nearest(lon, lat, kinds=[Kind.CITY], limit=MAX_REVERSED, max_km=REVERSE_REACH_KM)
        places = [place for _, place in near]
        if not near or near[0][0] > _TOWN_REACH_KM:
            code = country_at(lon, lat)
            country = self._gazetteer.by_code(code) if code else ()
            places = [*country, *places]
        return _answer([self._location(place, None) for place in places], exactly_one)

    def _location(self, place: Place, candidate: Candidate | None) -> Location:
        raw = asdict(place)
        if candidate is not None:
            raw |= {"score": candidate.score, "reasons": list(candidate.reasons)}
        return Location(self._address(place), Point(place.lat, place.lon), raw)

    def _address(self, place: Place) -> str:
        parts = [place.name, place.admin2, place.admin1]
        if place.country_code and place.kind is not Kind.COUNTRY:
            countries = [p for p in self._gazetteer.by_code(place.country_code) if p.kind is Kind.COUNTRY]
            parts += [p.name for p in countries]
        shown: list[str] = []
        for part in parts:
            if part and part not in shown:
                shown.append(part)
        return ", ".join(shown)


def _answer(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _corners(viewbox: Any) -> tuple[float, float, float, float]:
    """West, south, east, north; west is the greater where the box spans the antimeridian's far side."""
    try:
        first, second = (Point(corner) for corner in viewbox)
    except (TypeError, ValueError) as error:
        raise ValueError(f"a viewbox is two opposite corners, (lat, lon) each, not {viewbox!r}") from error
    south, north = sorted((first.latitude, second.latitude))
    west, east = sorted((first.longitude, second.longitude))
    return west, south, east, north


def _within(place: Place, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return west <= place.lon <= east and south <= place.lat <= north
