"""All that QGIS needs beside the layers: a style in each file, and the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from maps.qgis.package import style_geopackage
from maps.qgis.project import central_meridian, write_project
from maps.qgis.styles import STYLED_LAYERS, style_of

if TYPE_CHECKING:
    from routes.model import Atlas


def write_qgis(atlas: Atlas, folder: Path, *, geopackage: str = "dateline.gpkg") -> None:
    """Style the GeoPackage in a folder, put a ``.qml`` beside each GeoJSON layer, and write ``dateline.qgz``.

    Args:
        atlas: What the layers show, legs drawn.
        folder: Where the layers were written; the GeoPackage must not have been styled before.
        geopackage: Its name.
    """
    style_geopackage(folder / geopackage, edge_lon=central_meridian(atlas) + 180.0)
    for layer in STYLED_LAYERS:
        (folder / f"{layer}.qml").write_text(style_of(layer), encoding="utf-8", newline="\n")
    write_project(atlas, folder / "dateline.qgz", geopackage=geopackage)
