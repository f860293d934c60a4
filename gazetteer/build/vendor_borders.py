"""Writes gazetteer/data/borders.bin.gz from Natural Earth, as Debian's qgis-common carries it.

Run by hand when that package has a new version::

    python -m gazetteer.build.vendor_borders /usr/share/qgis/resources/data/world_map.gpkg

Natural Earth 10m v4.1 (public domain) draws borders as they are held. Which of its areas are counted to another
country, and who claims them, is said in gazetteer/data/border_areas.tsv. For each country and each disputed area the
file holds the land, simplified to about a kilometre with shared borders kept shared, and the territorial sea: what
lies within 12 nautical miles of that land and on no land.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from gazetteer.borders import TERRITORIAL_SEA_KM, BorderArea, write_areas
from gazetteer.build.tables import DATA, Row, read_table
from gazetteer.store import KM_PER_DEGREE

AREA_COLUMNS = ("area", "country", "label", "claims", "ring", "note")
# Overseas departments that Natural Earth counts to France; ISO 3166-1 gives them codes of their own.
_OVERSEAS = {"GLP": "GP", "MYT": "YT", "GUF": "GF", "MTQ": "MQ", "REU": "RE"}
SIMPLIFIED_TO_DEGREES = 0.008
GRID_DEGREES = 0.0005
BAND_DEGREES = 2
_POLE_BAND_LIMIT = 84


def load_areas(world_map: Path) -> dict[tuple[str, str, str], list[Any]]:
    """Polygons by (country code, name of the disputed or special area or "", claimants)."""
    import geopandas as gpd

    rules = {row["area"]: row for row in read_table(DATA / "border_areas.tsv", AREA_COLUMNS)}
    states = gpd.read_file(world_map, layer="states_provinces")
    areas: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for state in states.itertuples():
        rule = rules.get(state.name) or rules.get(state.admin)
        if rule is not None and not rule["ring"]:
            areas[rule["country"], rule["label"], rule["claims"]].append(state.geometry)
        else:
            code = _OVERSEAS.get(state.gu_a3, state.iso_a2)
            areas[code if code and code[0].isalpha() else "", "", ""].append(state.geometry)
    _cut_rings(areas, [row for row in rules.values() if row["ring"]])
    return areas


def _cut_rings(areas: dict[tuple[str, str, str], list[Any]], rules: list[Row]) -> None:
    """Cut areas given by a ring of points out of the country that holds them (its first claimant)."""
    from shapely import Polygon

    for rule in rules:
        ring = Polygon([tuple(map(float, point.split())) for point in rule["ring"].split(",")])
        holder = (rule["claims"].split()[0], "", "")
        inside = [p.intersection(ring) for p in areas[holder] if p.intersects(ring)]
        areas[holder] = [p.difference(ring) if p.intersects(ring) else p for p in areas[holder]]
        areas[rule["country"], rule["label"], rule["claims"]].extend(inside)


def territorial_sea(land: Any, all_land: Any, tree: Any) -> Any:
    """What lies within 12 nautical miles of this land and on no land."""
    import shapely
    from shapely import affinity

    reach = TERRITORIAL_SEA_KM / KM_PER_DEGREE
    _, south, _, north = land.bounds
    zones = []
    for band in range(math.floor((south - reach) / BAND_DEGREES), math.ceil((north + reach) / BAND_DEGREES)):
        low, high = band * BAND_DEGREES, (band + 1) * BAND_DEGREES
        if abs(low) > _POLE_BAND_LIMIT:
            continue
        squeeze = math.cos(math.radians((low + high) / 2))
        piece = shapely.clip_by_rect(land, -181, low - reach, 181, high + reach)
        if piece.is_empty:
            continue
        flat = affinity.scale(piece, xfact=squeeze, yfact=1.0, origin=(0, 0))
        grown = affinity.scale(flat.buffer(reach, quad_segs=4), xfact=1 / squeeze, yfact=1.0, origin=(0, 0))
        zones.append(shapely.clip_by_rect(grown, -190, low, 190, high))
    if not zones:
        return shapely.Polygon()
    zone = _within_half_turn(shapely.union_all(zones).simplify(2 * SIMPLIFIED_TO_DEGREES))
    near = tree.query(zone)
    return zone.difference(shapely.union_all([all_land[i] for i in near]))


def _within_half_turn(zone: Any) -> Any:
    """The zone with what lies beyond ±180 put on the other side, where other land may be."""
    import shapely
    from shapely import affinity

    world = shapely.box(-180, -90, 180, 90)
    if world.contains(zone):
        return zone
    return shapely.union_all([affinity.translate(zone, xoff=turn).intersection(world) for turn in (-360, 0, 360)])


def build_areas(world_map: Path) -> list[BorderArea]:
    """All areas with land and territorial sea, ordered by country and area."""
    import shapely

    areas = load_areas(world_map)
    keys = sorted(areas)
    whole = [shapely.union_all(areas[key], grid_size=GRID_DEGREES / 5) for key in keys]
    simple = shapely.coverage_simplify(whole, SIMPLIFIED_TO_DEGREES)
    land = [shapely.make_valid(shapely.set_precision(g, GRID_DEGREES)) for g in simple]
    tree = shapely.STRtree(land)
    built = []
    for key, geometry in zip(keys, land, strict=True):
        code, area, claims = key
        if not code:
            sea = shapely.Polygon()
        else:
            sea = shapely.set_precision(territorial_sea(geometry, land, tree), GRID_DEGREES)
        built.append(
            BorderArea(code=code or None, area=area or None, claims=tuple(claims.split()), land=geometry, sea=sea)
        )
        sys.stderr.write(f"{code} {area} {shapely.get_num_coordinates(geometry)} {shapely.get_num_coordinates(sea)}\n")
    return built


def main(arguments: list[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("world_map", type=Path)
    options = parser.parse_args(arguments)
    write_areas(DATA / "borders.bin.gz", build_areas(options.world_map))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
