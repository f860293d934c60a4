"""The bundled base map as arrays, for drawing without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
_FILE = Path(__file__).parent.parent / "data" / "basemap.json"


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
        countries=tuple((str(n), float(x), float(y), float(w)) for n, x, y, w in data["countries"]),
        water=tuple((str(n), float(x), float(y), float(w)) for n, x, y, w in data["water"]),
    )
