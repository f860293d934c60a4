from __future__ import annotations

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.point import Point

from gazetteer.geocoder import GazetteerGeocoder
from gazetteer.store import Gazetteer, distance_km


@pytest.fixture(scope="module")
def geolocator(gazetteer: Gazetteer) -> GazetteerGeocoder:
    return GazetteerGeocoder(gazetteer)


@pytest.mark.parametrize(
    ("query", "options", "lat", "lon"),
    [
        ("Caracas", {}, 10.49, -66.88),
        ("Valencia, Spain", {}, 39.47, -0.38),
        ("Valencia, Venezuela", {}, 10.16, -68.0),
        ("Valencia", {"country_codes": "ve"}, 10.16, -68.0),
        ("Valencia", {"country_codes": ["VE", "CO"]}, 10.16, -68.0),
        ("Tripoli", {"viewbox": [(33, 35), (35, 37)]}, 34.44, 35.85),
        ("Tripoli", {"viewbox": [Point(35, 37), Point(33, 35)], "bounded": True}, 34.44, 35.85),
        ("SVMI", {}, 10.60, -66.99),
    ],
)
def test_geocode(geolocator: GazetteerGeocoder, query: str, options: dict[str, object], lat: float, lon: float) -> None:
    location = geolocator.geocode(query, **options)
    assert distance_km(lon, lat, location.longitude, location.latitude) < 60, location


def test_location_is_geopys(geolocator: GazetteerGeocoder) -> None:
    location = geolocator.geocode("Caracas")
    assert location.address.startswith("Caracas, ")
    assert location.address.endswith(", Venezuela")
    assert location.raw["id"] == "gn:3646738"
    assert (location.latitude, location.longitude) == tuple(location.point)[:2]


def test_exactly_one_false_gives_a_list(geolocator: GazetteerGeocoder) -> None:
    several = geolocator.geocode("Springfield", exactly_one=False, country_codes="US")
    assert len(several) > 5
    assert {place.raw["country_code"] for place in several} == {"US"}
    assert len(geolocator.geocode("Springfield", exactly_one=False, limit=3)) == 3


@pytest.mark.parametrize("query", ["", "Qwxyzzy", "Paris, Venezuela, Qwxyzzy Qwxyzzy"])
def test_nothing_is_none(geolocator: GazetteerGeocoder, query: str) -> None:
    if query.startswith("Paris"):
        assert geolocator.geocode(query) is not None
    else:
        assert geolocator.geocode(query) is None
        assert geolocator.geocode(query, exactly_one=False) is None


def test_outside_the_box_is_none_only_when_bounded(geolocator: GazetteerGeocoder) -> None:
    nowhere = [(-40.0, -30.0), (-41.0, -31.0)]
    assert geolocator.geocode("Caracas", viewbox=nowhere) is not None
    assert geolocator.geocode("Caracas", viewbox=nowhere, bounded=True) is None


def test_bad_arguments(geolocator: GazetteerGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="text"):
        geolocator.geocode(float("nan"))
    with pytest.raises(ValueError, match="viewbox"):
        geolocator.geocode("Caracas", bounded=True)
    with pytest.raises(ValueError, match="two opposite corners"):
        geolocator.geocode("Caracas", viewbox=[(1, 2)])


@pytest.mark.parametrize("point", [(10.49, -66.88), "10.49, -66.88", Point(10.49, -66.88)])
def test_reverse(geolocator: GazetteerGeocoder, point: object) -> None:
    assert geolocator.reverse(point).raw["name"] == "Caracas"
    assert len(geolocator.reverse(point, exactly_one=False)) == 10


def test_reverse_in_empty_country_and_at_sea(geolocator: GazetteerGeocoder) -> None:
    assert geolocator.reverse((75.0, -40.0)).raw["country_code"] == "GL"
    assert geolocator.reverse((30.0, -40.0)) is None


def test_rate_limiter_and_pandas(geolocator: GazetteerGeocoder) -> None:
    frame = pd.DataFrame({"name": ["Caracas", "Moscow", "Qwxyzzy"]})
    geocode = RateLimiter(geolocator.geocode, min_delay_seconds=0)
    frame["location"] = frame["name"].apply(geocode)
    frame["point"] = frame["location"].apply(lambda found: tuple(found.point) if found else None)
    assert frame["point"][0][:2] == pytest.approx((10.488, -66.879), abs=0.01)
    assert frame["location"][2] is None
    reverse = RateLimiter(geolocator.reverse, min_delay_seconds=0)
    assert reverse("55.75, 37.62").raw["name"] == "Moscow"


def test_context_manager(gazetteer: Gazetteer) -> None:
    with GazetteerGeocoder(gazetteer) as geolocator:
        assert geolocator.geocode("Rabat").raw["country_code"] == "MA"
