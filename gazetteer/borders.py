"""Countries by position: in which country a point lies, and which countries a line crosses, in order.

The areas are Natural Earth's, with land and territorial sea (12 nautical miles); disputed ones are counted to one
country and say who else claims them (gazetteer/data/border_areas.tsv). Longitudes may be unwrapped.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerMissingError

if TYPE_CHECKING:
    from shapely import LineString, STRtree

BORDERS_PATH = Path(__file__).parent / "data" / "borders.bin.gz"
TERRITORIAL_SEA_KM = 12 * 1.852  # UN Convention on the Law of the Sea, article 3: 12 nautical miles
HALF_TURN, TURN = 180.0, 360.0
# A crossing shorter than this lies within the error of the simplified borders.
MIN_CROSSING_KM = 0.05
# Stretches of overlapping territorial seas are given to the nearer land in steps of this length.
_SETTLED_DEGREES = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderArea:
    """Land and territorial sea of a country, or of a disputed part of it (shapely, lon/lat degrees)."""

    code: str | None
    area: str | None
    claims: tuple[str, ...]
    land: Any
    sea: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One country a line passes over.

    Attributes:
        country_code: ISO 3166-1 alpha-2.
        start_km: Where the line first enters its land or territorial sea, in km from the line's start.
        land_km: Length over its land.
        sea_km: Length over its territorial sea, out to 12 nautical miles.
        disputed: Names of the disputed areas passed over, each with its other claimants: "Crimea (RU)".
    """

    country_code: str
    start_km: float
    land_km: float
    sea_km: float
    disputed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Passed:
    """What is summed up of one country while a line is followed."""

    start_km: float = math.inf
    land_km: float = 0.0
    sea_km: float = 0.0
    disputed: list[str] = field(default_factory=list)


def write_areas(path: Path, areas: Iterable[BorderArea]) -> None:
    """Write the border file: one line of JSON, then the geometries as WKB; the same areas give the same bytes."""
    import shapely

    heads, blobs = [], []
    for a in areas:
        land, sea = (shapely.to_wkb(g, byte_order=1) for g in (a.land, a.sea))
        heads.append([a.code, a.area, list(a.claims), len(land), len(sea)])
        blobs += [land, sea]
    data = json.dumps(heads, separators=(",", ":")).encode() + b"\n" + b"".join(blobs)
    path.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))


def read_areas(path: Path = BORDERS_PATH) -> list[BorderArea]:
    """Read the border file.

    Raises:
        GazetteerMissingError: It is absent or damaged.
    """
    import shapely

    try:
        head, _, body = gzip.decompress(path.read_bytes()).partition(b"\n")
        areas, at = [], 0
        for code, area, claims, land, sea in json.loads(head):
            geometries = [shapely.from_wkb(body[at : at + land]), shapely.from_wkb(body[at + land : at + land + sea])]
            areas.append(BorderArea(code=code, area=area, claims=tuple(claims), land=geometries[0], sea=geometries[1]))
            at += land + sea
    except (OSError, ValueError, EOFError, shapely.errors.ShapelyError) as error:
        raise GazetteerMissingError(f"no border file at {path} ({error}); install dateline anew") from error
    return areas


class Borders:
    """The areas with their search trees. Use :func:`load_borders`."""

    def __init__(self, areas: Sequence[BorderArea]) -> None:
        import shapely
        from shapely import STRtree

        self.areas = tuple(areas)
        self._parts: list[Any] = []
        self._owner: list[tuple[int, bool]] = []
        for number, area in enumerate(areas):
            for geometry, is_land in ((area.land, True), (area.sea, False)):
                for part in shapely.get_parts(geometry):
                    self._parts.append(part)
                    self._owner.append((number, is_land))
        shapely.prepare(self._parts)
        self._tree: STRtree = STRtree(self._parts)

    def area_at(self, lon: float, lat: float, *, sea: bool = False) -> BorderArea | None:
        """The area whose land (with ``sea``, also whose territorial sea) a point lies in."""
        from shapely import Point

        point = Point((lon + HALF_TURN) % TURN - HALF_TURN, lat)
        hits = [self._owner[i] for i in self._tree.query(point, predicate="intersects")]
        hits = [hit for hit in sorted(hits) if hit[1] or sea]
        # Land before sea; a disputed or special area before the country around it.
        hits.sort(key=lambda hit: (not hit[1], self.areas[hit[0]].area is None))
        return self.areas[hits[0][0]] if hits else None

    def pieces_along(self, line: LineString) -> list[tuple[float, float, int, bool]]:
        """(start in degrees along the line, length in km, number of the area, over land?) of each piece of a line.

        Where the territorial seas of two countries overlap, each stretch goes to the nearer land.
        """
        import shapely
        from pyproj import Geod
        from shapely import ops

        geod = Geod(ellps="WGS84")
        found, at_sea = [], []
        for i in self._tree.query(line, predicate="intersects"):
            number, is_land = self._owner[i]
            for piece in shapely.get_parts(line.intersection(self._parts[i])):
                if piece.geom_type == "LineString" and not piece.is_empty:
                    start = line.project(shapely.Point(piece.coords[0]))
                    if is_land:
                        found.append((start, geod.geometry_length(piece) / 1000, number, True))
                    else:
                        at_sea.append((start, start + piece.length, number))
        for start, end, number in self._settle(line, at_sea):
            stretch = ops.substring(line, start, end)
            found.append((start, geod.geometry_length(stretch) / 1000, number, False))
        return found

    def _settle(
        self, line: LineString, stretches: list[tuple[float, float, int]]
    ) -> Iterable[tuple[float, float, int]]:
        """Cut stretches (start, end, area) where they overlap and give each cut to one area."""
        ends = sorted({position for start, end, _ in stretches for position in (start, end)})
        for start, end in pairwise(ends):
            owners = sorted({n for a, b, n in stretches if a <= start and b >= end})
            if len(owners) == 1:
                yield start, end, owners[0]
            elif owners:
                cuts = math.ceil((end - start) / _SETTLED_DEGREES)
                for k in range(cuts):
                    low, high = start + (end - start) * k / cuts, start + (end - start) * (k + 1) / cuts
                    middle = line.interpolate((low + high) / 2)
                    yield low, high, min(owners, key=lambda n: _degrees_to(self.areas[n].land, middle.x, middle.y))


def _degrees_to(land: Any, lon: float, lat: float) -> float:
    """Distance of land near a point, in degrees of latitude."""
    import shapely
    from shapely import affinity

    squeeze = math.cos(math.radians(lat))
    near = shapely.clip_by_rect(land, lon - 1 / squeeze, lat - 1, lon + 1 / squeeze, lat + 1)
    flat = affinity.scale(near, xfact=squeeze, yfact=1.0, origin=(lon, lat))
    return math.inf if flat.is_empty else float(flat.distance(shapely.Point(lon, lat)))


@cache
def load_borders() -> Borders:
    """The bundled borders; read once a process."""
    return Borders(read_areas())


def country_at(lon: float, lat: float, *, sea: bool = False) -> str | None:
    """ISO 3166-1 alpha-2 code of the country a point lies in.

    Args:
        lon: Degrees east; may be unwrapped.
        lat: Degrees north.
        sea: Count the territorial sea (12 nautical miles) as well.

    Returns:
        The code, or None at sea and where no state holds the land.

    Raises:
        GazetteerMissingError: The border file is absent.
    """
    area = load_borders().area_at(lon, lat, sea=sea)
    return area.code if area else None


def disputed_at(lon: float, lat: float) -> str | None:
    """Name of the disputed area a point lies in, with its other claimants, "Crimea (RU)"; None elsewhere."""
    area = load_borders().area_at(lon, lat)
    return _dispute(area) if area else None


def _dispute(area: BorderArea) -> str | None:
    return f"{area.area} ({', '.join(area.claims)})" if area.area and area.claims else None


def countries_along(line: LineString | Sequence[tuple[float, float]]) -> tuple[Crossing, ...]:
    """Countries a line passes over, in the order it first enters their land or territorial sea.

    Args:
        line: Vertices (lon, lat) in degrees, close enough together that the straight line between two is the way
            meant; longitudes may be unwrapped (190 for 170° W).

    Returns:
        One crossing a country, however often the line enters it.

    Raises:
        GazetteerMissingError: The border file is absent.
    """
    borders = load_borders()
    passed: dict[str, _Passed] = {}
    travelled_km = 0.0
    for part, part_km in _wrapped_parts(line):
        if not part.length:
            continue
        per_degree = part_km / part.length
        for start, km, number, is_land in borders.pieces_along(part):
            area = borders.areas[number]
            if area.code is None or km < MIN_CROSSING_KM:
                continue
            entry = passed.setdefault(area.code, _Passed())
            entry.start_km = min(entry.start_km, travelled_km + start * per_degree)
            if is_land:
                entry.land_km += km
                dispute = _dispute(area)
                if dispute and dispute not in entry.disputed:
                    entry.disputed.append(dispute)
            else:
                entry.sea_km += km
        travelled_km += part_km
    return tuple(
        Crossing(
            country_code=code,
            start_km=entry.start_km,
            land_km=entry.land_km,
            sea_km=entry.sea_km,
            disputed=tuple(entry.disputed),
        )
        for code, entry in sorted(passed.items(), key=lambda item: (item[1].start_km, item[0]))
    )


def _wrapped_parts(line: LineString | Sequence[tuple[float, float]]) -> Iterable[tuple[LineString, float]]:
    """The line cut at ±180 and brought within it, each part with its length in km, in order."""
    from pyproj import Geod
    from shapely import LineString

    geod = Geod(ellps="WGS84")
    vertices = [(float(c[0]), float(c[1])) for c in (line.coords if isinstance(line, LineString) else line)]
    part: list[tuple[float, float]] = []
    turn = None
    for (x1, y1), (x2, y2) in pairwise(vertices):
        cuts = sorted(_cuts_between(x1, x2), reverse=x2 < x1)
        points = [(x1, y1), *((x, y1 + (y2 - y1) * (x - x1) / (x2 - x1)) for x in cuts), (x2, y2)]
        for a, b in pairwise(points):
            here = math.floor(((a[0] + b[0]) / 2 + HALF_TURN) / TURN)
            if here != turn and part:
                yield _measured(part, geod)
                part = []
            turn = here
            shift = -TURN * here
            if a == b:
                continue
            if not part:
                part.append((a[0] + shift, a[1]))
            part.append((b[0] + shift, b[1]))
    if len(part) > 1:
        yield _measured(part, geod)


def _measured(part: list[tuple[float, float]], geod: Any) -> tuple[LineString, float]:
    from shapely import LineString

    made = LineString(part)
    return made, geod.geometry_length(made) / 1000


def _cuts_between(x1: float, x2: float) -> Iterable[float]:
    """Odd multiples of 180 strictly between two longitudes."""
    low, high = min(x1, x2), max(x1, x2)
    turn = math.floor((low - HALF_TURN) / TURN) + 1
    while (x := turn * TURN + HALF_TURN) < high:
        if x > low:
            yield x
        turn += 1
