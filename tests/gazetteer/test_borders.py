from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from gazetteer.borders import Crossing, countries_along, country_at, disputed_at, load_borders

GEOD = Geod(ellps="WGS84")


def geodesic(a: tuple[float, float], b: tuple[float, float], n: int = 200) -> list[tuple[float, float]]:
    line = [a]
    for lon, lat in [*GEOD.npts(*a, *b, n), b]:
        near = lon + 360 * round((line[-1][0] - lon) / 360)
        line.append((near, lat))
    return line


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (2.35, 48.85, "FR"),
        (-66.9, 10.48, "VE"),
        (-52.3, 4.93, "GF"),
        (15.6, 78.2, "SJ"),
        (34.1, 44.95, "UA"),
        (41.02, 43.0, "GE"),
        (44.06, 9.56, "SO"),
        (-13.2, 27.0, "EH"),
        (35.2, 31.9, "PS"),
        (21.16, 42.66, "XK"),
        (114.16, 22.35, "HK"),
        (178.0, -17.8, "FJ"),
        (178.0 - 360, -17.8, "FJ"),
        (185.0, 66.0, "RU"),
        (-30.0, 30.0, None),
        (0.0, -90.0, None),
    ],
)
def test_country_at(lon: float, lat: float, code: str | None) -> None:
    assert country_at(lon, lat) == code


def test_territorial_sea_counts_only_when_asked() -> None:
    assert country_at(-66.9, 10.70) is None
    assert country_at(-66.9, 10.70, sea=True) == "VE"
    assert country_at(-66.9, 11.4, sea=True) is None


@pytest.mark.parametrize(
    ("lon", "lat", "named"),
    [(34.1, 44.95, "Crimea (RU)"), (35.8, 33.0, "Golan Heights (IL)"), (-15.0, 23.5, "Western Sahara (MA)")],
)
def test_disputed_areas_say_who_claims_them(lon: float, lat: float, named: str) -> None:
    assert disputed_at(lon, lat) == named
    assert disputed_at(2.35, 48.85) is None


def test_countries_in_the_order_they_are_crossed() -> None:
    crossed = countries_along(geodesic((37.6, 55.75), (44.5, 40.18)))
    assert [c.country_code for c in crossed] == ["RU", "GE", "AM"]
    assert crossed[0].land_km == pytest.approx(1500, abs=30)
    assert [c.start_km for c in crossed] == sorted(c.start_km for c in crossed)


def test_an_ocean_crossing_touches_its_coasts_alone() -> None:
    crossed = countries_along(geodesic((-15.98, 18.09), (-38.5, -12.9)))
    assert [c.country_code for c in crossed] == ["MR", "BR"]
    assert 22 <= crossed[0].sea_km < 45  # obliquely off the coast


@pytest.mark.parametrize("turns", [-1, 0, 1])
def test_unwrapped_longitudes(turns: int) -> None:
    line = [(lon + 360 * turns, lat) for lon, lat in geodesic((139.7, 35.5), (-122.0, 37.6))]
    assert [c.country_code for c in countries_along(line)] == ["JP", "US"]


def test_overlapping_seas_go_to_the_nearer_land_once() -> None:
    line = geodesic((12.0, 55.7), (13.2, 55.65))
    crossed = {c.country_code: c for c in countries_along(line)}
    assert set(crossed) == {"DK", "SE"}
    total = sum(c.land_km + c.sea_km for c in crossed.values())
    assert total == pytest.approx(GEOD.line_length(*zip(*line, strict=True)) / 1000, rel=0.01)


def test_a_disputed_area_is_named_with_its_country() -> None:
    (crossing,) = countries_along([(34.0, 45.0), (34.2, 45.1)])
    assert crossing == Crossing(
        country_code="UA", start_km=0.0, land_km=crossing.land_km, sea_km=0.0, disputed=("Crimea (RU)",)
    )


@given(
    st.floats(-180, 180), st.floats(-80, 80), st.floats(-180, 180), st.floats(-80, 80),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_never_more_than_the_line_is_long(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    line = geodesic((lon1, lat1), (lon2, lat2))
    length = GEOD.line_length(*zip(*line, strict=True)) / 1000
    assert sum(c.land_km + c.sea_km for c in countries_along(line)) <= length * 1.01 + 1


def test_land_areas_do_not_overlap() -> None:
    areas = [a.land for a in load_borders().areas]
    import shapely

    tree = shapely.STRtree(areas)
    left, right = tree.query(areas, predicate="intersects")
    shared = sum(
        areas[i].intersection(areas[j]).area for i, j in zip(left.tolist(), right.tolist(), strict=True) if i < j
    )
    assert shared < 0.5
