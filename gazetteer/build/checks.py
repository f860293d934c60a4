"""Is a point where its row says: in its country, by the borders the package carries."""

from __future__ import annotations

import math
from typing import Any

from gazetteer.borders import load_borders
from gazetteer.store import KM_PER_DEGREE

# Borders and coasts are simplified to a kilometre; bases at sea and islets too small for the map lie near their land.
TOLERANCE_KM = 25.0
# The borders hold no land smaller than they draw; a country absent from them cannot be checked.
_WIDEST_DEGREES = 60.0


class CountryCheck:
    """Distance of points from countries."""

    def __init__(self) -> None:
        import shapely

        lands: dict[str, list[Any]] = {}
        for area in load_borders().areas:
            for code in (area.code, *area.claims):
                if code:
                    lands.setdefault(code, []).append(area.land)
        self._lands = {code: shapely.union_all(parts) for code, parts in lands.items()}
        shapely.prepare(list(self._lands.values()))

    def km_outside(self, country: str, lon: float, lat: float) -> float:
        """How far outside a country's land (claimed land included) a point lies; 0 within, or for unknown countries."""
        import shapely
        from shapely import affinity

        land = self._lands.get(country)
        point = shapely.Point(lon, lat)
        if land is None or land.covers(point):
            return 0.0
        squeeze = math.cos(math.radians(min(abs(lat), 89.0)))
        near = math.inf
        for turn in (-360.0, 0.0, 360.0):
            shifted = shapely.Point((lon + turn) * squeeze, lat)
            window = shapely.clip_by_rect(
                land, lon + turn - _WIDEST_DEGREES, lat - 30, lon + turn + _WIDEST_DEGREES, lat + 30
            )
            if not window.is_empty:
                flat = affinity.scale(window, xfact=squeeze, yfact=1.0, origin=(0, 0))
                near = min(near, float(flat.distance(shifted)) * KM_PER_DEGREE)
        return near
