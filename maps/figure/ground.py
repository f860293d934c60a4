"""The ground of a figure: the bundled base map, and the names of countries and seas where there is room."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maps import style
from maps.figure.canvas import Canvas
from maps.figure.projection import Projection

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

    land, lakes, borders, disputed = _projected(canvas.projection)
    look, thin = style.LIGHT, canvas.size.text_pt / 15
    outline = canvas.projection.outline()
    if outline is not None:
        canvas.axes.set_facecolor("#ffffff")
        canvas.axes.fill(*outline.T, facecolor=look.water, edgecolor=look.coast, linewidth=thin, zorder=0.5)
    for areas, face, edge, order in ((land, look.land, 0.8, 1), (lakes, look.water, 0.5, 2)):
        filled = PolyCollection(areas, facecolors=face, edgecolors=look.coast, linewidths=thin * edge, zorder=order)
        canvas.axes.add_collection(filled)
    if canvas.projection.azimuthal and canvas.projection.lat < _SOUTH_SEEN_DEG:
        rim = np.column_stack([np.arange(-180.0, 180.0, 2.0), np.full(180, _BASE_MAP_ENDS_DEG)])
        canvas.axes.fill(*canvas.projection.project(rim).T, facecolor=look.land, edgecolor="none", zorder=1.5)
    dashes: tuple[tuple[Any, Any, str], ...] = (
        (borders, "solid", look.border),
        (disputed, (0, (3, 2)), look.disputed),
    )
    for lines, dash, colour in dashes:
        drawn = LineCollection(lines, colors=colour, linewidths=thin, linestyles=[dash], zorder=3)
        canvas.axes.add_collection(drawn)


@lru_cache(maxsize=2)
def _projected(projection: Projection) -> tuple[Any, Any, Any, Any]:
    """Land, lakes, borders and disputed borders in a projection; kept, since a map is drawn as SVG and as PNG."""
    ground = ground_map()
    areas = [list(projection.areas(rings)) for rings in (ground.land, ground.lakes)]
    lines = [
        [part for line in kind for part in projection.lines(line) if np.isfinite(part).all()]
        for kind in (ground.borders, ground.disputed)
    ]
    return areas[0], areas[1], lines[0], lines[1]


def write_names(canvas: Canvas) -> None:
    """Write seas in italic serif and countries in spaced capitals, the largest first, where nothing else stands."""
    ground, look, width = ground_map(), style.LIGHT, canvas.size.width_mm
    seas = sorted(ground.water, key=lambda row: row[3])
    italic = {"fontstyle": "italic", "fontfamily": "DejaVu Serif", "color": look.water_label}
    _write(canvas, [(name, lon, lat) for name, lon, lat, _ in seas], math.ceil(width * _SEAS_PER_MM), italic)
    # Words stand apart by a no-break space, since viewers of SVG fold ordinary ones.
    spaced = [(" ".join(name.upper().replace(" ", "\u00a0")), lon, lat) for name, lon, lat, _ in ground.countries]
    _write(canvas, spaced, math.ceil(width * _COUNTRIES_PER_MM), {"color": look.country_label})


def _write(canvas: Canvas, names: list[tuple[str, float, float]], most: int, look: dict[str, Any]) -> None:
    written = 0
    x0, y0, x1, y1 = canvas.frame()
    ink = canvas.ink()
    for name, lon, lat in names:
        at = canvas.where(lon, lat)
        if written >= most or not (np.isfinite(at).all() and x0 < at[0] < x1 and y0 < at[1] < y1):
            continue
        x, y = canvas.from_pixels(at)
        drawn = {"fontsize": canvas.size.text_pt * _NAME_SIZE} | look
        wide, high = (side / 2 for side in canvas.size_of(name, **drawn))
        box = (at[0] - wide, at[1] - high, at[0] + wide, at[1] + high)
        if canvas.is_free(box, ink):
            canvas.axes.text(x, y, name, ha="center", va="center", zorder=4, **drawn)
            canvas.taken.append(box)
            written += 1
