"""Countries along a line the slow way: every polygon cut by the line. What gazetteer.stretches is held against."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import shapely
from pyproj import Geod
from shapely import affinity, ops

from gazetteer.borders import MIN_CROSSING_KM, load_borders

GEOD = Geod(ellps="WGS84")
SETTLED_DEGREES = 0.05
Vertices = Sequence[tuple[float, float]]


@cache
def polygons() -> tuple[list[Any], list[tuple[int, bool]], shapely.STRtree]:
    """All parts of land and sea, each with the number of its area and whether it is land."""
    parts, owners = [], []
    for number, area in enumerate(load_borders().areas):
        for geometry, is_land in ((area.land, True), (area.sea, False)):
            for part in shapely.get_parts(geometry):
                parts.append(part)
                owners.append((number, is_land))
    return parts, owners, shapely.STRtree(parts)


def countries_cut(line: Vertices) -> dict[str, tuple[float, float]]:
    """Km over land and over territorial sea by country."""
    passed: dict[str, tuple[float, float]] = {}
    for part in wrapped(line):
        for km, number, is_land in pieces(part):
            code = load_borders().areas[number].code
            if code is not None and km >= MIN_CROSSING_KM:
                land, sea = passed.get(code, (0.0, 0.0))
                passed[code] = (land + km, sea) if is_land else (land, sea + km)
    return passed


def wrapped(line: Vertices) -> Iterable[shapely.LineString]:
    """The line cut at ±180 and brought within it, part by part; no step is as wide as 180 degrees."""
    part: list[tuple[float, float]] = []
    turn = None
    for (x1, y1), (x2, y2) in pairwise(line):
        cut = 360 * math.floor((max(x1, x2) + 180) / 360) - 180
        crossed = min(x1, x2) < cut < max(x1, x2)
        inner = [(float(cut), y1 + (y2 - y1) * (cut - x1) / (x2 - x1))] if crossed else []
        for (ax, ay), (bx, by) in pairwise([(x1, y1), *inner, (x2, y2)]):
            here = math.floor(((ax + bx) / 2 + 180) / 360)
            if here != turn and part:
                yield shapely.LineString(part)
                part = []
            turn = here
            if (ax, ay) != (bx, by):
                part = part or [(ax - 360 * here, ay)]
                part.append((bx - 360 * here, by))
    if part:
        yield shapely.LineString(part)


def pieces(line: shapely.LineString) -> Iterable[tuple[float, int, bool]]:
    """(km, number of the area, over land?) of each piece; overlapping seas are settled in steps."""
    parts, owners, tree = polygons()
    at_sea = []
    for i in tree.query(line, predicate="intersects"):
        number, is_land = owners[i]
        for piece in shapely.get_parts(line.intersection(parts[i])):
            if piece.geom_type == "LineString" and not piece.is_empty:
                start = line.project(shapely.Point(piece.coords[0]))
                if is_land:
                    yield GEOD.geometry_length(piece) / 1000, number, True
                else:
                    at_sea.append((start, start + piece.length, number))
    for start, end, number in settled(line, at_sea):
        yield GEOD.geometry_length(ops.substring(line, start, end)) / 1000, number, False


def settled(line: shapely.LineString, stretches: list[tuple[float, float, int]]) -> Iterable[tuple[float, float, int]]:
    """Each stretch of overlapping seas given to the nearer land."""
    for start, end in pairwise(sorted({position for stretch in stretches for position in stretch[:2]})):
        owners = sorted({n for a, b, n in stretches if a <= start and b >= end})
        cuts = math.ceil((end - start) / SETTLED_DEGREES) if len(owners) > 1 else bool(owners)
        for k in range(cuts):
            low, high = start + (end - start) * k / cuts, start + (end - start) * (k + 1) / cuts
            middle = line.interpolate((low + high) / 2)
            yield low, high, min(owners, key=lambda n: degrees_to(n, middle.x, middle.y))


def degrees_to(number: int, lon: float, lat: float) -> float:
    """Distance of an area's land from a point near it, in degrees of latitude."""
    squeeze = math.cos(math.radians(lat))
    near = shapely.clip_by_rect(
        load_borders().areas[number].land, lon - 1 / squeeze, lat - 1, lon + 1 / squeeze, lat + 1
    )
    flat = affinity.scale(near, xfact=squeeze, yfact=1.0, origin=(lon, lat))
    return math.inf if flat.is_empty else float(flat.distance(shapely.Point(lon, lat)))
