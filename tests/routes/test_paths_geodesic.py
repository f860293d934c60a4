"""Great circles and their cut at the antimeridian."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routes.paths.geodesic import densify, distance_km, great_circle, joined, length_km, segment_lengths_m
from routes.paths.split import split_line

POINTS = st.tuples(st.floats(-180, 180), st.floats(-90, 90))

# lat1, lon1, lat2, lon2, s12 in metres: inverse cases published by C. F. F. Karney with GeographicLib
# (geodtest, WGS84): eleven of its twenty test cases, and the near-antipodal ones GeodSolve6, 9, 10 and 11.
KARNEY = [
    (35.60777, -139.44815, -11.17491, -69.95921, 8935244.5604818305),
    (55.52454, 106.05087, 77.03196, 197.18234, 4105086.1713924406),
    (-21.97856, 142.59065, 41.84138, 98.56635, 8394328.894657671),
    (-66.99028, 112.2363, -12.70631, 285.90344, 11150344.2312080241),
    (-17.42761, 173.34268, -15.84784, 5.93557, 16076603.1631180673),
    (32.84994, 48.28919, -56.28556, 202.29132, 16727068.9438164461),
    (6.96833, 52.74123, -7.39675, 206.17291, 17102477.2496958388),
    (-10.62672, -32.0898, 5.883, -134.31681, 11470869.3864563009),
    (-21.76221, 166.90563, 48.72884, 213.97627, 9098627.3986554915),
    (-87.85331, 85.66836, 66.48646, 16.09921, 17286615.3147144645),
    (-25.72959, -144.90758, -57.70581, -269.17879, 9413446.7452453107),
    (88.202499451857, 0, -88.202499451857, 179.981022032992859592, 20003898.214),
    (89.333123580033, 0, -89.333123580032997687, 179.99295812360148422, 20003926.881),
    (56.320923501171, 0, -56.320923501171, 179.664747671772880215, 19993558.287),
    (52.784459512564, 0, -52.784459512563990912, 179.634407464943777557, 19991596.095),
    (48.522876735459, 0, -48.52287673545898293, 179.599720456223079643, 19989144.774),
]


@pytest.mark.parametrize(("lat1", "lon1", "lat2", "lon2", "metres"), KARNEY)
def test_karneys_published_cases_agree_to_a_millimetre(
    lat1: float, lon1: float, lat2: float, lon2: float, metres: float
) -> None:
    assert distance_km((lon1, lat1), (lon2, lat2)) * 1000 == pytest.approx(metres, abs=1e-3)
    assert length_km(great_circle((lon1, lat1), (lon2, lat2))) * 1000 == pytest.approx(metres, abs=1e-3)


@given(POINTS, POINTS)
@example((0.0, 80.0), (180.0, 80.0))
@example((20.0, 90.0), (100.0, 0.0))
@example((-180.0, -90.0), (180.0, 90.0))
@example((0.0, 0.0), (180.0, 0.0))
@example((0.0, 89.9999999), (170.0, 89.9999))
@settings(deadline=None, max_examples=300)
def test_a_great_circle_keeps_its_ends_its_length_and_small_steps(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    line = great_circle(start, end)
    assert line[0] == start
    assert line[-1][1] == end[1]
    assert (line[-1][0] - end[0]) % 360 == pytest.approx(0, abs=1e-9) or abs(end[1]) == 90
    assert all(abs(b[0] - a[0]) < 180 for a, b in pairwise(line))
    assert max(segment_lengths_m(line)) <= 100_000.001
    assert length_km(line) == pytest.approx(distance_km(start, end), abs=1e-6)


@given(POINTS, POINTS)
@settings(deadline=None)
def test_a_reversed_leg_is_as_long(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert length_km(great_circle(end, start)) == pytest.approx(length_km(great_circle(start, end)), abs=1e-6)


@given(POINTS, POINTS)
@example((179.0, 0.0), (-179.0, 0.0))
@example((180.0, 10.0), (180.0, 60.0))
@example((-180.0, 10.0), (180.0, -60.0))
@example((180.0, 0.0), (-170.0, 5.0))
@example((170.0, 85.0), (-10.0, 85.0))
@example((0.0, 0.0), (-179.99999999999997, 0.0))
@settings(deadline=None, max_examples=300)
def test_parts_lie_within_the_map_and_add_up(start: tuple[float, float], end: tuple[float, float]) -> None:
    line = great_circle(start, end)
    parts = split_line(line)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for part in parts for lon, lat in part)
    assert all(len(part) >= 2 for part in parts)
    assert sum(length_km(part) for part in parts) == pytest.approx(length_km(line), abs=1e-5)
    assert parts[0][0][1] == line[0][1]
    assert parts[-1][-1][1] == line[-1][1]
    for before, after in pairwise(parts):
        assert abs(before[-1][0]) == 180
        assert after[0] == (-before[-1][0], before[-1][1])


CUTS = [
    ("crossing east", ((179, 0), (181, 0)), [((179, 0), (180, 0)), ((-180, 0), (-179, 0))]),
    ("crossing west", ((-179, 0), (-181, 0)), [((-179, 0), (-180, 0)), ((180, 0), (179, 0))]),
    ("second turn", ((539, 0), (541, 0)), [((179, 0), (180, 0)), ((-180, 0), (-179, 0))]),
    ("vertex on it", ((179, 0), (180, 1), (181, 2)), [((179, 0), (180, 1)), ((-180, 1), (-179, 2))]),
    ("along it", ((180, 0), (180, 20)), [((180, 0), (180, 20))]),
    ("along the other name of it", ((-180, 0), (-180, 20)), [((180, 0), (180, 20))]),
    ("touch and turn", ((179, 0), (180, 1), (179, 2)), [((179, 0), (180, 1), (179, 2))]),
    ("from it eastwards", ((180, 0), (182, 0)), [((-180, 0), (-178, 0))]),
    ("from it westwards", ((-180, 0), (-182, 0)), [((180, 0), (178, 0))]),
    ("up to it", ((178, 0), (180, 0)), [((178, 0), (180, 0))]),
    (
        "there and back",
        ((179, 0), (181, 0), (179, 0)),
        [((179, 0), (180, 0)), ((-180, 0), (-179, 0), (-180, 0)), ((180, 0), (179, 0))],
    ),
]


@pytest.mark.parametrize(("name", "line", "expected"), CUTS, ids=[case[0] for case in CUTS])
def test_cuts(name: str, line: tuple, expected: list) -> None:
    assert split_line(line) == tuple(expected)


def test_densify_keeps_every_vertex_and_unwrapped_longitudes() -> None:
    line = ((170.0, 10.0), (200.0, 12.0), (201.0, 12.5), (370.0, -5.0))
    dense = densify(line)
    assert set(line) <= set(dense)
    assert max(segment_lengths_m(dense)) <= 100_000.001
    assert length_km(dense) == pytest.approx(length_km(line), abs=1e-6)
    assert all(abs(b[0] - a[0]) < 180 for a, b in pairwise(dense))


def test_joined_lines_go_on_from_turn_to_turn() -> None:
    first, second = great_circle((170, 0), (-170, 0)), great_circle((-170, 0), (-150, 0))
    line = joined([first, second])
    assert line[-1] == pytest.approx((210, 0))
    assert length_km(line) == pytest.approx(length_km(first) + length_km(second))
