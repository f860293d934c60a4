"""Styles and a base map inside a GeoPackage, so that QGIS opens it looking right wherever it is moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maps.figure.ground import ground_map
from maps.qgis.styles import BASE_LAYERS, STYLED_LAYERS, style_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
    description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
"""The table QGIS itself makes for "save style in database"."""
_GEOMETRY = "geom"
_HALF_TURN = 180.0
_GAP_DEG = 1e-4


def style_geopackage(path: Path, *, edge_lon: float = 180.0) -> None:
    """Add the base map and one default style a layer to a GeoPackage that holds the five layers.

    Args:
        path: The GeoPackage.
        edge_lon: Meridian at which land is cut: 180, or the edge of a map with another centre, degrees.
    """
    _write_base(path, edge_lon)
    with closing(sqlite3.connect(path)) as database, database:
        (stamp,) = database.execute("SELECT last_change FROM gpkg_contents WHERE table_name = 'routes'").fetchone()
        database.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
        database.execute(_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
            " VALUES (?, ?, ?, ?, ?)",
            ("layer_styles", "attributes", "layer_styles", "Styles for QGIS", stamp),
        )
        for layer in (*STYLED_LAYERS, *BASE_LAYERS):
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?, ?, 'dateline', ?, '', 1, 'Made by dateline', '', ?)",
                (layer, _GEOMETRY, style_of(layer), stamp),
            )


def _write_base(path: Path, edge_lon: float) -> None:
    from shapely import LineString, MultiLineString, MultiPolygon

    ground = ground_map()
    lakes = [part for ring in ground.lakes for part in _cut(ring, edge_lon)]
    land = [part for ring in ground.land for part in _cut(ring, edge_lon)]
    dry = _without(land, lakes)
    _append(path, "base_land", "MultiPolygon", [MultiPolygon([part]) for part in dry], {"name": ["land"] * len(dry)})
    kinds = [(LineString(line), kind) for kind, group in enumerate((ground.borders, ground.disputed)) for line in group]
    lines = [(half_line, kind) for line, kind in kinds for half_line in _cut_line(line, edge_lon)]
    borders = [MultiLineString([line]) for line, _ in lines]
    _append(path, "base_borders", "MultiLineString", borders, {"disputed": [kind for _, kind in lines]})


def _cut(ring: Any, edge_lon: float) -> list[Any]:
    """A ring of land as polygons cut at a meridian."""
    from shapely import Polygon

    area: Any = Polygon(ring).buffer(0)
    edge = _home(edge_lon)
    parts: list[Any] = [area]
    if abs(edge) < _HALF_TURN:
        parts = [area.intersection(half) for half in _halves(edge)]
    return [p for part in parts for p in getattr(part, "geoms", [part]) if p.geom_type == "Polygon" and not p.is_empty]


def _cut_line(line: Any, edge_lon: float) -> list[Any]:
    edge = _home(edge_lon)
    if abs(edge) >= _HALF_TURN:
        return [line]
    parts = [line.intersection(half) for half in _halves(edge)]
    return [
        p for part in parts for p in getattr(part, "geoms", [part]) if p.geom_type == "LineString" and not p.is_empty
    ]


def _home(lon: float) -> float:
    return (lon + _HALF_TURN) % 360 - _HALF_TURN


def _halves(edge: float) -> list[Any]:
    """The world west and east of a meridian, not quite up to it: a vertex on the edge could be drawn on either side."""
    from shapely import box

    return [box(-_HALF_TURN, -90, edge - _GAP_DEG, 90), box(edge + _GAP_DEG, -90, _HALF_TURN, 90)]


def _without(land: list[Any], lakes: list[Any]) -> list[Any]:
    """The land less its lakes."""
    from shapely import STRtree

    tree = STRtree(lakes)
    dry: list[Any] = []
    for area in land:
        left = area
        for index in tree.query(area, predicate="intersects"):
            left = left.difference(lakes[int(index)])
        dry += [p for p in getattr(left, "geoms", [left]) if p.geom_type == "Polygon" and not p.is_empty]
    return dry


def _append(path: Path, layer: str, kind: str, shapes: Sequence[BaseGeometry], columns: dict[str, list[Any]]) -> None:
    import pyarrow as pa
    from pyogrio import write_arrow
    from shapely import to_wkb

    arrays = [pa.array(values) for values in columns.values()] + [pa.array([to_wkb(s) for s in shapes], pa.binary())]
    write_arrow(
        pa.Table.from_arrays(arrays, names=[*columns, _GEOMETRY]),
        str(path),
        layer=layer,
        driver="GPKG",
        append=True,
        geometry_name=_GEOMETRY,
        geometry_type=kind,
        crs="EPSG:4326",
        layer_options={"GEOMETRY_NAME": _GEOMETRY, "DESCRIPTION": "Base map: Natural Earth, public domain"},
    )
