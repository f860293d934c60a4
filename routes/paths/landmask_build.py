"""Make ``landmask.png`` from Natural Earth's countries: ``python -m routes.paths.landmask_build world_map.gpkg``.

Needs GDAL's ``gdal_rasterize``. The GeoPackage is Natural Earth 10m v4.1 as Debian's qgis-common carries it
(``/usr/share/qgis/resources/data/world_map.gpkg``, layer ``countries``). Not used at run time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from routes.paths.landmask import CELLS_PER_DEG, COASTAL, LAND, OPEN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COAST_CELLS = 3
_COLOURS = {OPEN: (255, 255, 255), COASTAL: (170, 200, 230), LAND: (60, 60, 60)}


def build(source: Path, target: Path) -> None:
    """Rasterise the countries (a cell is land when its centre is) and mark the water along the coasts."""
    import numpy as np
    from PIL import Image

    columns, rows = 360 * CELLS_PER_DEG, 180 * CELLS_PER_DEG
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "land.raw"
        command = ["gdal_rasterize", "-q", "-l", "countries", "-burn", "1", "-ot", "Byte", "-of", "ENVI"]
        command += ["-ts", str(columns), str(rows), "-te", "-180", "-90", "180", "90", str(source), str(raw)]
        subprocess.run(command, check=True)
        land = np.fromfile(raw, dtype=np.uint8).reshape(rows, columns) > 0
    near = land
    for _ in range(COAST_CELLS):
        near = _grown(near)
    image = Image.fromarray(np.where(land, LAND, np.where(near, COASTAL, OPEN)).astype(np.uint8), mode="P")
    image.putpalette([value for index in sorted(_COLOURS) for value in _COLOURS[index]])
    image.save(target, bits=2, optimize=True)


def _grown(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells and their four neighbours, around the antimeridian too."""
    import numpy as np

    grown = cells | np.roll(cells, 1, axis=1) | np.roll(cells, -1, axis=1)
    grown[1:] |= cells[:-1]
    grown[:-1] |= cells[1:]
    return grown


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(__file__).parent / "landmask.png")
