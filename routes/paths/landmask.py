"""Land, coastal water and open water on a grid of 0.05 degrees: where a straight course is free.

The grid is ``landmask.png``, a picture anyone can look at, made from Natural Earth's 1:10 million countries (public
domain) by ``landmask_build.py``. Lakes count as land.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPEN, COASTAL, LAND = 0, 1, 2
"""Classes of a cell. Coastal: water within three cells (5 to 17 km) of land."""

CELLS_PER_DEG = 20
SPHERE_KM = 6371.0088
"""Mean Earth radius R1 (IUGG 1980); here it only spaces samples, lengths are measured on the ellipsoid."""


@cache
def land_grid() -> NDArray[np.uint8]:
    """Rows from north to south, columns from 180 degrees west to east; values as the constants above."""
    import numpy as np
    from PIL import Image

    with files("routes").joinpath("paths/landmask.png").open("rb") as stream, Image.open(stream) as image:
        grid = np.array(image, dtype=np.uint8)
    grid.setflags(write=False)
    return grid


def classes_at(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Class of the cell each point lies in.

    Args:
        lons: Degrees east; may be unwrapped.
        lats: Degrees north, same shape.
    """
    import numpy as np

    grid = land_grid()
    rows = np.clip(((90.0 - lats) * CELLS_PER_DEG).astype(int), 0, grid.shape[0] - 1)
    columns = ((lons + 180.0) * CELLS_PER_DEG).astype(int) % grid.shape[1]
    found: NDArray[np.uint8] = grid[rows, columns]
    return found


def course_classes(
    start: tuple[float, float], end: tuple[float, float], *, step_km: float
) -> tuple[NDArray[np.uint8], float]:
    """Classes met on the great circle between two points.

    Args:
        start: (lon, lat) in degrees.
        end: Likewise.
        step_km: Largest distance between samples.

    Returns:
        The class at evenly spaced samples from start to end, and their spacing in km.
    """
    import numpy as np

    a, b = unit_vector(start), unit_vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(a, b, strict=True)))))
    count = max(math.ceil(angle * SPHERE_KM / step_km), 1) + 1
    t = np.linspace(0.0, angle, count)
    sine = math.sin(angle) or 1.0
    from_a, from_b = np.sin(angle - t) / sine, np.sin(t) / sine
    if angle == 0.0:
        from_a = np.ones(count)
    x, y, z = (from_a * a[i] + from_b * b[i] for i in range(3))
    lats = np.degrees(np.arctan2(z, np.hypot(x, y)))
    return classes_at(np.degrees(np.arctan2(y, x)), lats), angle * SPHERE_KM / (count - 1)


def unit_vector(point: tuple[float, float]) -> tuple[float, float, float]:
    """A point (lon, lat) as a vector from the centre of the unit sphere."""
    lon, lat = math.radians(point[0]), math.radians(point[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def unit_vectors(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (lon, lat), shape (n, 2), as vectors from the centre of the unit sphere, shape (n, 3)."""
    import numpy as np

    lons, lats = np.radians(points).T
    return np.stack([np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)], axis=1)
