"""Sea lanes: published distances, straits taken and avoided, inland ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from gazetteer.place import Kind, Place, Precision
from routes.errors import UnknownChokepointError
from routes.model import Mode, PathKind, Position
from routes.paths.geodesic import KM_PER_NMI, distance_km, length_km
from routes.paths.landmask import LAND, course_classes
from routes.paths.legs import draw_legs
from routes.paths.network import bits_of, chokepoints
from routes.paths.sealane import landfall, sea_lane
from routes.paths.voyage import DEFAULT_AVOID, sea_ways
from tests.routes.test_paths_legs import trip

PORTS = {
    "Anchorage": (-149.89, 61.24),
    "Balboa": (-79.57, 8.95),
    "Boston": (-71.03, 42.35),
    "Colombo": (79.84, 6.95),
    "Colon": (-79.91, 9.37),
    "Constanta": (28.66, 44.16),
    "Hong Kong": (114.16, 22.29),
    "Honolulu": (-157.87, 21.31),
    "Houston": (-95.02, 29.73),
    "Jeddah": (39.15, 21.48),
    "London": (0.50, 51.46),
    "New Orleans": (-90.06, 29.95),
    "New York": (-74.03, 40.67),
    "Ras Tanura": (50.16, 26.64),
    "Rotterdam": (4.05, 51.97),
    "San Diego": (-117.18, 32.70),
    "San Francisco": (-122.40, 37.81),
    "Sydney": (151.21, -33.86),
    "Yokohama": (139.65, 35.43),
}

# Sources. Drewry: Drewry Shipping Consultants, in Oil & Gas Journal, 28 December 1992 (round trips, halved). Johnson:
# E. R. Johnson, Panama Canal Traffic and Tolls, as given by F. Bishop, Panama Past and Present, 1913, p. 237. HO: U.S.
# Hydrographic Office, in W. L. Merry's tables of the Nicaragua Canal. SCA: Suez Canal Authority, by way of
# seapace.com. NOS: National Ocean Survey, Distances between United States Ports, 1978. Pub. 151: NGA, Distances
# Between Ports. SD: sea-distances.org.
PUBLISHED = [
    ("Ras Tanura", "Rotterdam", "suez", 11169, "Drewry"),
    ("Ras Tanura", "Rotterdam", "", 6349, "Drewry"),
    ("Ras Tanura", "Houston", "suez", 12500, "Drewry"),
    ("Ras Tanura", "Houston", "", 9756, "Drewry"),
    ("Yokohama", "London", "suez panama", 14427, "Drewry"),
    ("Yokohama", "London", "", 11021, "Drewry"),
    ("Sydney", "Rotterdam", "suez panama", 12707, "Drewry"),
    ("Sydney", "Rotterdam", "panama", 11483, "Drewry"),
    ("New York", "San Francisco", "panama", 13135, "Johnson"),
    ("New York", "San Francisco", "", 5262, "Johnson"),
    ("New Orleans", "Colon", "", 1395, "Johnson"),
    ("New York", "Colon", "", 1974, "Johnson"),
    ("San Francisco", "Yokohama", "", 4536, "HO"),
    ("San Francisco", "Hong Kong", "", 6060, "HO"),
    ("Honolulu", "Yokohama", "", 3400, "HO"),
    ("Honolulu", "Hong Kong", "", 4917, "HO"),
    ("Jeddah", "Constanta", "suez", 11771, "SCA"),
    ("Jeddah", "Constanta", "", 1698, "SCA"),
    ("Boston", "Anchorage", "", 7312, "NOS"),
    ("New York", "Colombo", "", 8604, "Pub. 151"),
    ("Balboa", "San Diego", "", 2844, "SD"),
]


@pytest.mark.parametrize(("start", "end", "avoid", "nautical_miles", "source"), PUBLISHED)
def test_published_distances_within_four_percent(
    start: str, end: str, avoid: str, nautical_miles: int, source: str
) -> None:
    lane = sea_lane(PORTS[start], PORTS[end], avoid=DEFAULT_AVOID | set(avoid.split()))
    assert lane is not None
    assert lane.length_km / KM_PER_NMI == pytest.approx(nautical_miles, rel=0.04)


@pytest.mark.parametrize(
    ("start", "end", "avoid", "taken", "not_taken"),
    [
        ("Ras Tanura", "Rotterdam", "", {"Strait of Hormuz", "Bab el-Mandeb", "Suez Canal"}, {"Cape of Good Hope"}),
        ("Ras Tanura", "Rotterdam", "suez", {"Strait of Hormuz", "Cape of Good Hope"}, {"Suez Canal"}),
        ("New York", "San Francisco", "", {"Panama Canal"}, {"Strait of Magellan", "Cape Horn"}),
        ("New York", "San Francisco", "panama magellan", {"Cape Horn"}, {"Panama Canal", "Strait of Magellan"}),
        ("Jeddah", "Constanta", "", {"Suez Canal", "Dardanelles", "Bosporus"}, {"Strait of Gibraltar"}),
        ("Rotterdam", "Yokohama", "", {"Suez Canal"}, {"Northwest Passage", "Bering Strait"}),
    ],
)
def test_straits_taken(start: str, end: str, avoid: str, taken: set[str], not_taken: set[str]) -> None:
    lane = sea_lane(PORTS[start], PORTS[end], avoid=DEFAULT_AVOID | set(avoid.split()))
    assert lane is not None
    assert taken <= set(lane.chokepoints)
    assert not not_taken & set(lane.chokepoints)


def test_the_northwest_passage_is_taken_only_when_allowed() -> None:
    lane = sea_lane((-51.7, 64.2), (-165.4, 64.5), avoid=frozenset())
    kept_off = sea_lane((-51.7, 64.2), (-165.4, 64.5), avoid=DEFAULT_AVOID)
    assert lane is not None
    assert kept_off is not None
    assert "Northwest Passage" in lane.chokepoints
    assert kept_off.length_km > lane.length_km


def test_straits_are_listed_in_the_order_of_travel() -> None:
    there = sea_lane(PORTS["Jeddah"], PORTS["Constanta"], avoid=DEFAULT_AVOID)
    back = sea_lane(PORTS["Constanta"], PORTS["Jeddah"], avoid=DEFAULT_AVOID)
    assert there is not None
    assert back is not None
    assert there.chokepoints == tuple(reversed(back.chokepoints))
    assert there.length_km == pytest.approx(back.length_km, rel=0.005)


def test_an_unknown_strait_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UnknownChokepointError, match=r"sues.*suez"):
        bits_of(["sues"])
    assert len({point.key for point in chokepoints()}) == len(chokepoints())


def test_a_lane_across_the_antimeridian_is_unwrapped_and_whole() -> None:
    lane = sea_lane(PORTS["Yokohama"], PORTS["San Francisco"], avoid=DEFAULT_AVOID)
    assert lane is not None
    assert lane.line[0] == PORTS["Yokohama"]
    assert lane.line[-1] == pytest.approx((237.60, 37.81))
    assert all(abs(b[0] - a[0]) < 180 for a, b in pairwise(lane.line))
    assert max(distance_km(a, b) for a, b in pairwise(lane.line)) < 120
    assert lane.length_km == pytest.approx(length_km(lane.line))


def test_threads_get_the_same_lanes() -> None:
    pairs = [(PORTS[a], PORTS[b]) for a, b, *_ in PUBLISHED]
    alone = [sea_lane(*pair, avoid=DEFAULT_AVOID) for pair in pairs]
    sea_lane.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda pair: sea_lane(*pair, avoid=DEFAULT_AVOID), pairs))
    assert together == alone


def place(name: str, lon: float, lat: float, **fields: object) -> Place:
    values: dict = {"id": f"t:{name}", "kind": Kind.CITY, "country_code": "VE"} | fields
    return Place(name=name, lon=lon, lat=lat, **values)


CARACAS = place("Caracas", -66.879, 10.488)
LA_GUAIRA = place("La Guaira", -66.933, 10.602, kind=Kind.SITE, site_type="port")


class OnePort:
    """Stands in for the gazetteer where one port is all that matters."""

    def nearest(self, *_: object, **__: object) -> tuple[tuple[float, Place], ...]:
        return ((14.0, LA_GUAIRA),)


def test_caracas_is_served_by_la_guaira_and_it_is_said() -> None:
    novorossiysk = Position.of(place("Novorossiysk", 37.77, 44.72, country_code="RU"))
    (way,) = sea_ways([(novorossiysk, Position.of(CARACAS))], OnePort(), DEFAULT_AVOID)  # type: ignore[arg-type]
    assert way.path is PathKind.SEA_LANE
    assert (way.line[-1][0], way.line[-1][1]) == pytest.approx((LA_GUAIRA.lon, LA_GUAIRA.lat))
    assert "La Guaira" in way.notes[0]
    assert "km from open water" in way.notes[0]


@pytest.mark.parametrize(
    ("position", "why"),
    [
        (Position.of(place("Moscow", 37.618, 55.756, country_code="RU")), "inland"),
        (Position.of(place("Cuba", -79.5, 22.0, kind=Kind.COUNTRY)), "Which port"),
    ],
)
def test_no_ship_sails_inland_or_to_a_country(position: Position, why: str) -> None:
    start = Position.of(place("Novorossiysk", 37.77, 44.72))
    (way,) = sea_ways([(start, position)], None, DEFAULT_AVOID)
    assert way.path is PathKind.SCHEMATIC
    assert any(why in note for note in way.notes)


def test_a_sea_is_reached_and_said_to_be_an_area() -> None:
    ionian = Position.of(place("Ionian Sea", 18.8, 38.0, kind=Kind.SEA, country_code=None))
    assert ionian.precision is Precision.SEA
    (way,) = sea_ways([(Position.of(place("Ust-Luga", 28.3, 59.7)), ionian)], None, DEFAULT_AVOID)
    assert way.path is PathKind.SEA_LANE
    assert way.line[-1] == pytest.approx((18.8, 38.0))
    assert "area of water" in way.notes[0]


def test_a_point_in_the_desert_is_joined_to_no_lane() -> None:
    far = landfall((87.0, 46.0))
    assert far is None or far.gap_km > 500


def test_a_voyage_of_the_sample_is_a_lane() -> None:
    legs = draw_legs(trip("Busan", "Auckland", "Honolulu", mode=Mode.SEA))
    assert [leg.path for leg in legs] == [PathKind.SEA_LANE] * 2
    assert legs[1].line[-1] == pytest.approx((202.1417, 21.3069))


def test_a_region_of_water_is_reached_like_a_sea() -> None:
    caribbean = Position.of(place("Caribbean", -75.0, 15.0, kind=Kind.REGION, country_code=None))
    crimea = Position.of(place("Crimea", 34.4, 45.3, kind=Kind.REGION))
    start = Position.of(place("Mayport", -81.40, 30.39))
    ways = list(sea_ways([(start, caribbean), (start, crimea)], None, DEFAULT_AVOID))
    assert [way.path for way in ways] == [PathKind.SEA_LANE, PathKind.SCHEMATIC]


NOT_OVER_LAND = [
    ("Cayenne", (-52.30, 4.95), "Paramaribo", (-55.15, 5.95)),
    ("Dundee", (-2.95, 56.46), "Oban", (-5.48, 56.41)),
    ("Piraeus", (23.62, 37.94), "Brindisi", (17.97, 40.65)),
    ("Algiers", (3.07, 36.78), "Annaba", (7.77, 36.90)),
]


@pytest.mark.parametrize(("name", "start", "to", "end"), NOT_OVER_LAND)
def test_capes_are_rounded(name: str, start: tuple[float, float], to: str, end: tuple[float, float]) -> None:
    lane = sea_lane(start, end, avoid=DEFAULT_AVOID)
    assert lane is not None
    land_km = 0.0
    for a, b in pairwise(lane.line):
        classes, step_km = course_classes(a, b, step_km=2.0)
        far = min(distance_km(a, p) for p in (start, end)) > 20 and min(distance_km(b, p) for p in (start, end)) > 20
        land_km += float((classes == LAND).sum()) * step_km * far
    assert land_km < 15


def test_a_city_state_is_a_port_of_call() -> None:
    singapore = Position.of(place("Singapore", 103.8, 1.27, kind=Kind.COUNTRY, radius_km=15.0, country_code="SG"))
    (way,) = sea_ways([(Position.of(place("Colombo", 79.85, 6.95)), singapore)], None, DEFAULT_AVOID)
    assert way.path is PathKind.SEA_LANE
    assert way.notes == ()


def test_a_strait_that_is_told_is_taken() -> None:
    told = trip("Busan", "Caribbean Sea", "San Diego", via=("Caribbean Sea",), mode=Mode.SEA)
    stops = list(told.merged.stops)
    stops[0] = replace(stops[0], position=Position(name="Nuuk", lon=-51.7, lat=64.2, precision=Precision.CITY))
    stops[1] = replace(stops[1], position=Position(name="Northwest Passage", lon=-95.0, lat=74.3, kind=Kind.WATERWAY))
    stops[2] = replace(stops[2], position=Position(name="Nome", lon=-165.4, lat=64.5, precision=Precision.CITY))
    (leg,) = draw_legs(replace(told, merged=replace(told.merged, stops=tuple(stops))))
    assert leg.path is PathKind.SEA_LANE
    assert leg.length_km < 7000
