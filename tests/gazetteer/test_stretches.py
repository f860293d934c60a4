"""Countries along great circles, found step by step, are those that cutting every polygon gives."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from gazetteer.borders import MIN_CROSSING_KM, countries_along, country_at
from gazetteer.store import KM_PER_DEGREE
from gazetteer.stretches import Polygons, Steps
from routes.paths.geodesic import great_circle
from tests.gazetteer.cut_polygons import countries_cut

Point = tuple[float, float]
SEED, LINES = 11, 150


def anywhere(chance: random.Random) -> tuple[Point, Point]:
    return tuple((chance.uniform(-180, 180), chance.uniform(-90, 90)) for _ in range(2))  # type: ignore[return-value]


def over_the_date_line(chance: random.Random) -> tuple[Point, Point]:
    return (chance.uniform(150, 180), chance.uniform(-60, 75)), (chance.uniform(-180, -120), chance.uniform(-60, 75))


def over_a_pole(chance: random.Random) -> tuple[Point, Point]:
    lon, side = chance.uniform(-180, 180), chance.choice((-1, 1))
    return (lon, side * chance.uniform(50, 89)), (lon + 180, side * chance.uniform(40, 89))


def among_small_countries(chance: random.Random) -> tuple[Point, Point]:
    start = (chance.uniform(-10, 40), chance.uniform(30, 70))
    return start, (start[0] + chance.uniform(-8, 8), start[1] + chance.uniform(-8, 8))


def among_islands(chance: random.Random) -> tuple[Point, Point]:
    return tuple((chance.uniform(95, 140), chance.uniform(-12, 20)) for _ in range(2))  # type: ignore[return-value]


def on_whole_degrees(chance: random.Random) -> tuple[Point, Point]:
    """Borders and corners of borders lie on them."""
    return tuple((chance.randint(-180, 180), chance.randint(-90, 90)) for _ in range(2))  # type: ignore[return-value]


def along_the_date_line(chance: random.Random) -> tuple[Point, Point]:
    return (chance.choice((-180.0, 180.0)), chance.uniform(-80, 80)), (180.0, chance.choice((90.0, 66.0, -16.5, -90.0)))


ROUNDING_KM = 1e-6
KINDS = [
    (anywhere, ROUNDING_KM),
    (over_the_date_line, ROUNDING_KM),
    (over_a_pole, ROUNDING_KM),
    (among_small_countries, ROUNDING_KM),
    (among_islands, ROUNDING_KM),
    (on_whole_degrees, ROUNDING_KM),
    # Along a border, cutting leaves pieces so short that they do not count.
    (along_the_date_line, MIN_CROSSING_KM),
]


@pytest.mark.parametrize(("kind", "tolerance_km"), KINDS)
def test_the_same_as_cutting_every_polygon(
    kind: Callable[[random.Random], tuple[Point, Point]], tolerance_km: float
) -> None:
    chance = random.Random(SEED)
    for _ in range(LINES):
        start, end = kind(chance)
        line = great_circle(start, end)
        found = {c.country_code: (c.land_km, c.sea_km) for c in countries_along(line)}
        wanted = countries_cut(line)
        assert set(found) == set(wanted), (start, end)
        for code, lengths in wanted.items():
            assert found[code] == pytest.approx(lengths, abs=tolerance_km), (start, end, code)


def test_a_country_starts_where_the_line_enters_it() -> None:
    # Straight up a meridian from the Gulf of Guinea, over the pole and down the other side.
    line = great_circle((2.0, 0.0), (182.0, 60.0))
    starts = {c.country_code: c.start_km for c in countries_along(line)}
    lat_of_algiers, lat_off_wrangel_island = 36.8, 71.8
    assert starts["DZ"] < lat_of_algiers * KM_PER_DEGREE < starts["FR"]
    assert starts["RU"] == pytest.approx((180.0 - lat_off_wrangel_island) * KM_PER_DEGREE, rel=0.003)


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [(-179.95, -18.5, "FJ"), (179.95, -16.5, "FJ"), (180.3, 70.9, "RU"), (-179.9, 52.0, "US"), (-179.0, 67.5, "RU")],
)
def test_seas_reach_over_the_date_line(lon: float, lat: float, code: str) -> None:
    assert country_at(lon, lat, sea=True) == code


@pytest.mark.parametrize(
    ("vertices", "starts", "breaks"),
    [
        ([(0, 0), (2, 0)], [(0, 0)], []),
        ([(0, 0), (0, 0), (2, 0)], [(0, 0)], []),
        ([(170, 0), (190, 10)], [(170, 0), (-180, 5)], [1]),
        ([(-170, 0), (-190, 10)], [(-170, 0), (180, 5)], [1]),
        ([(170, 0), (180, 0), (190, 0)], [(170, 0), (-180, 0)], [1]),
        ([(530, 0), (550, 10)], [(170, 0), (-180, 5)], [1]),
        ([(170, 0), (910, 37)], [(170, 0), (-180, 0.5), (-180, 18.5), (-180, 36.5)], [1, 2, 3]),
        ([(5, 5), (5, 5)], [], []),
    ],
)
def test_steps(vertices: list[Point], starts: list[Point], breaks: list[float]) -> None:
    steps = Steps(vertices)
    assert steps.starts == pytest.approx(np.array(starts, dtype=float).reshape(-1, 2))
    assert list(steps.breaks) == breaks


def test_a_line_that_lies_in_nothing_and_one_of_a_single_point_cross_nothing() -> None:
    assert countries_along([(-30.0, 30.0), (-29.0, 30.0)]) == ()
    assert countries_along([(2.35, 48.85), (2.35, 48.85)]) == ()
    assert countries_along([(2.35, 48.85)]) == ()


def test_stretches_over_a_square_with_a_hole() -> None:
    import shapely

    square = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 3, 3))
    polygon, start, end = Polygons([shapely.box(9, 9, 10, 10), square]).under(Steps([(-1, 2), (5, 2)]))
    assert polygon.tolist() == [1, 1]
    assert start.tolist() == pytest.approx([1 / 6, 4 / 6])
    assert end.tolist() == pytest.approx([2 / 6, 5 / 6])
    along_the_edge = Polygons([square]).under(Steps([(-1, 4), (5, 4)]))
    assert [each.tolist() for each in along_the_edge] == [[0], pytest.approx([1 / 6]), pytest.approx([5 / 6])]
