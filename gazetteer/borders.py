"""Countries by position: in which country a point lies, and which countries a line crosses, in order.

The areas are Natural Earth's, with land and territorial sea (12 nautical miles); disputed ones are counted to one
country and say who else claims them (gazetteer/data/border_areas.tsv). Longitudes may be unwrapped.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerMissingError
from gazetteer.stretches import HALF_TURN, TURN, Polygons, Steps

if TYPE_CHECKING:
    from gazetteer.stretches import Floats

BORDERS_PATH = Path(__file__).parent / "data" / "borders.bin.gz"
TERRITORIAL_SEA_KM = 12 * 1.852  # UN Convention on the Law of the Sea, article 3: 12 nautical miles
# A crossing shorter than this lies within the error of the simplified borders.
MIN_CROSSING_KM = 0.05
# Stretches of overlapping territorial seas are given to the nearer land in steps of this length.
_SETTLED_DEGREES = 0.05
# Land whose territorial sea holds a point is nearer than this, in degrees of latitude (12 nautical miles are 0.2).
_SEA_REACH_DEGREES = 0.5
_AT_SEA = -1


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

    start_km: float
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
    """The areas, asked by point and by line. Use :func:`load_borders`."""

    def __init__(self, areas: Sequence[BorderArea]) -> None:
        import numpy as np
        import shapely

        self.areas = tuple(areas)
        parts = [
            (part, number, is_land)
            for number, area in enumerate(areas)
            for geometry, is_land in ((area.land, True), (area.sea, False))
            for part in shapely.get_parts(geometry)
        ]
        self._polygons = Polygons([part for part, _, _ in parts])
        self._owner = [(number, is_land) for _, number, is_land in parts]
        self._land = np.array([number if is_land else _AT_SEA for number, is_land in self._owner])

    def area_at(self, lon: float, lat: float, *, sea: bool = False) -> BorderArea | None:
        """The area whose land (with ``sea``, also whose territorial sea) a point lies in."""
        import numpy as np

        _, parts = self._polygons.holding(np.array([[(lon + HALF_TURN) % TURN - HALF_TURN, lat]]))
        hits = [hit for part in parts if (hit := self._owner[part])[1] or sea]
        # Land before sea; a disputed or special area before the country around it.
        hits.sort(key=lambda hit: (not hit[1], self.areas[hit[0]].area is None, hit[0]))
        return self.areas[hits[0][0]] if hits else None

    def stretches(self, steps: Steps) -> list[tuple[float, float, BorderArea, bool]]:
        """(start in km along a line, length in km, area, over land?) of each stretch of it over an area, in order.

        Where the territorial seas of two countries overlap, each stretch goes to the nearer land.
        """
        import numpy as np

        found: list[tuple[float, float, int, bool]] = []
        at_sea: list[tuple[float, float, int, bool]] = []
        for part, start, end in zip(*(each.tolist() for each in self._polygons.under(steps)), strict=True):
            number, is_land = self._owner[part]
            (found if is_land else at_sea).append((start, end, number, is_land))
        found += [(start, end, number, False) for start, end, number in self._settle(steps, at_sea)]
        if not found:
            return []
        found.sort()
        starts, ends = (np.array(each) for each in list(zip(*found, strict=True))[:2])
        begun, lengths = steps.travelled(steps.km, starts).tolist(), steps.lengths_km(starts, ends).tolist()
        return [
            (start, length, self.areas[number], is_land)
            for start, length, (_, _, number, is_land) in zip(begun, lengths, found, strict=True)
        ]

    def _settle(
        self, steps: Steps, stretches: Sequence[tuple[float, float, int, bool]]
    ) -> Iterator[tuple[float, float, int]]:
        """Cut stretches (start, end, area) where they overlap and give each cut to one area."""
        import numpy as np

        for start, end in pairwise(sorted({position for stretch in stretches for position in stretch[:2]})):
            owners = sorted({number for a, b, number, _ in stretches if a <= start and b >= end})
            if len(owners) == 1:
                yield start, end, owners[0]
            elif owners:
                low, high = steps.travelled(steps.degrees, np.array([start, end]))
                cuts = max(math.ceil((high - low) / _SETTLED_DEGREES), 1)
                bounds = np.linspace(low, high, 2 * cuts + 1)
                nearest = self._nearest(owners, steps.points(steps.positions(bounds[1::2])))
                inner = steps.positions(bounds[2:-1:2]).tolist()
                for (here, there), k in zip(pairwise([start, *inner, end]), nearest, strict=True):
                    yield here, there, owners[k]

    def _nearest(self, owners: Sequence[int], points: Floats) -> list[int]:
        """Which of some areas has its land nearest to each point (k, 2) in their territorial seas."""
        import numpy as np

        squeeze = np.cos(np.radians(points[:, 1]))
        reach = np.stack([_SEA_REACH_DEGREES / squeeze, np.full(len(points), _SEA_REACH_DEGREES)], axis=1)
        point, side, part = self._polygons.near(points - reach, points + reach)
        flat = np.stack([squeeze, np.ones(len(points))], axis=1)[point]
        here, start, end = points[point] * flat, side[:, :2] * flat, side[:, 2:] * flat
        along = ((here - start) * (end - start)).sum(axis=1) / ((end - start) ** 2).sum(axis=1)
        gap = np.hypot(*(start + along.clip(0.0, 1.0)[:, None] * (end - start) - here).T)
        least = np.full((len(owners), len(points)), np.inf)
        for k, number in enumerate(owners):
            own = self._land[part] == number
            np.minimum.at(least[k], point[own], gap[own])
        return list(least.argmin(axis=0).tolist())


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


def countries_along(line: Sequence[tuple[float, float]]) -> tuple[Crossing, ...]:
    """Countries a line passes over, in the order it first enters their land or territorial sea.

    Args:
        line: Vertices (lon, lat) in degrees, close enough together that the straight line between two is the way
            meant; longitudes may be unwrapped (190 for 170° W).

    Returns:
        One crossing a country, however often the line enters it.

    Raises:
        GazetteerMissingError: The border file is absent.
    """
    passed: dict[str, _Passed] = {}
    for start_km, km, area, is_land in load_borders().stretches(Steps(line)):
        if area.code is None or km < MIN_CROSSING_KM:
            continue
        entry = passed.setdefault(area.code, _Passed(start_km=start_km))
        if is_land:
            entry.land_km += km
            dispute = _dispute(area)
            if dispute and dispute not in entry.disputed:
                entry.disputed.append(dispute)
        else:
            entry.sea_km += km
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
