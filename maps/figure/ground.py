"""The ground of a figure: the bundled base map, and the names of countries and seas where there is room."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.canvas import Canvas, box_of

Points = NDArray[np.float64]
_COUNTRIES_PER_MM, _SEAS_PER_MM = 0.16, 0.08
"""How many names a figure bears per millimetre of its width, so that the ground stays quiet."""
_NAME_SIZE = 0.78
_FILE = Path(__file__).parent.parent / "data" / "basemap.json"


_BASE_MAP_ENDS_DEG = -84.8
"""The base map ends at 85° S, as web maps do; the land between there and the pole is filled up to a little before."""
_SOUTH_SEEN_DEG = 30.0
"""The South Pole is well within what a map shows that is centred south of here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundMap:
    """Base map geometry: (lon, lat) in degrees, one array of shape (n, 2) a ring or line.

    Attributes:
        land, lakes: Closed rings.
        borders, disputed: Lines.
        countries: (name, lon, lat, weight) of country labels, the largest first.
        water: (name, lon, lat, importance) of sea labels; 0 is an ocean.
    """

    land: tuple[Points, ...]
    lakes: tuple[Points, ...]
    borders: tuple[Points, ...]
    disputed: tuple[Points, ...]
    countries: tuple[tuple[str, float, float, float], ...]
    water: tuple[tuple[str, float, float, float], ...]


@cache
def ground_map() -> GroundMap:
    """Read the bundled base map (Natural Earth, public domain)."""
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    scale = data["scale"]

    def arrays(name: str) -> tuple[Points, ...]:
        return tuple(np.cumsum(np.asarray(flat, dtype=float).reshape(-1, 2), axis=0) / scale for flat in data[name])

    return GroundMap(
        land=arrays("land"),
        lakes=arrays("lakes"),
        borders=arrays("borders"),
        disputed=arrays("disputed"),
        countries=tuple((str(row[0]), float(row[1]), float(row[2]), float(row[3])) for row in data["countries"]),
        water=tuple((str(row[0]), float(row[1]), float(row[2]), float(row[3])) for row in data["water"]),
    )


def draw_ground(canvas: Canvas) -> None:
    """Draw land, lakes and borders; disputed borders dashed."""
    from matplotlib.collections import LineCollection, PolyCollection

    ground, look, thin = ground_map(), style.LIGHT, canvas.size.text_pt / 15
    for rings, face, edge, order in ((ground.land, look.land, 0.8, 1), (ground.lakes, look.water, 0.5, 2)):
        areas = [[(float(x), float(y)) for x, y in ring] for ring in canvas.projection.areas(rings)]
        canvas.axes.add_collection(
            PolyCollection(areas, facecolors=face, edgecolors=look.coast, linewidths=thin * edge, zorder=order)
        )
    if canvas.projection.azimuthal and canvas.projection.lat < _SOUTH_SEEN_DEG:
        rim = np.column_stack([np.arange(-180.0, 180.0, 2.0), np.full(180, _BASE_MAP_ENDS_DEG)])
        cap = [(float(x), float(y)) for x, y in canvas.projection.project(rim)]
        canvas.axes.add_collection(PolyCollection([cap], facecolors=look.land, edgecolors="none", zorder=1.5))
    dashes: tuple[tuple[tuple[Points, ...], Any, str], ...] = (
        (ground.borders, "solid", look.border),
        (ground.disputed, (0, (3, 2)), look.disputed),
    )
    for lines, dash, colour in dashes:
        parts = [[(float(x), float(y)) for x, y in part] for line in lines for part in _parts(canvas, line)]
        canvas.axes.add_collection(LineCollection(parts, colors=colour, linewidths=thin, linestyles=[dash], zorder=3))


def write_names(canvas: Canvas) -> None:
    """Write seas in italic serif and countries in spaced capitals, the largest first, where nothing else stands."""
    ground, look, width = ground_map(), style.LIGHT, canvas.size.width_mm
    seas = sorted(ground.water, key=lambda row: row[3])
    italic = {"fontstyle": "italic", "fontfamily": "DejaVu Serif", "color": look.water_label}
    _write(canvas, [(name, lon, lat) for name, lon, lat, _ in seas], math.ceil(width * _SEAS_PER_MM), italic)
    spaced = [(" ".join(name.upper()), lon, lat) for name, lon, lat, _ in ground.countries]
    _write(canvas, spaced, math.ceil(width * _COUNTRIES_PER_MM), {"color": look.country_label})


def _write(canvas: Canvas, names: list[tuple[str, float, float]], most: int, look: dict[str, Any]) -> None:
    written = 0
    x0, y0, x1, y1 = canvas.frame()
    for name, lon, lat in names:
        at = canvas.where(lon, lat)
        if written >= most or not (np.isfinite(at).all() and x0 < at[0] < x1 and y0 < at[1] < y1):
            continue
        x, y = canvas.from_pixels(at)
        size = canvas.size.text_pt * _NAME_SIZE
        text = canvas.axes.text(x, y, name, fontsize=size, ha="center", va="center", zorder=4, **look)
        if canvas.is_free(box_of(text)):
            canvas.taken.append(box_of(text))
            written += 1
        else:
            text.remove()


def _parts(canvas: Canvas, line: Points) -> Iterator[Points]:
    for part in canvas.projection.lines([(float(x), float(y)) for x, y in line]):
        if np.isfinite(part).all():
            yield part
