"""A layer → GeoJSON by RFC 7946, the same bytes for the same rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from routes.fields import layer_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

DECIMALS = 6
"""Of a degree: a tenth of a metre, and the most that the contract allows."""


def geojson_bytes(layer: str, frame: gpd.GeoDataFrame) -> bytes:
    """A layer as a GeoJSON FeatureCollection in UTF-8, one feature a line.

    Args:
        layer: Name of the layer, and of the collection.
        frame: Its features in EPSG:4326, lines already cut at ±180, columns as in ``fields.tsv``.

    Returns:
        A collection with a ``name``; flat properties in the order of the contract, absent values null; coordinates
        with at most six decimals; no ``crs`` (RFC 7946 knows WGS84 alone).
    """
    columns = {field.name: plain_values(frame[field.name], field.type) for field in layer_fields()[layer]}
    features = []
    for index, geometry in enumerate(frame.geometry):
        feature = {
            "type": "Feature",
            "properties": {name: values[index] for name, values in columns.items()},
            "geometry": {"type": geometry.geom_type, "coordinates": _coordinates(geometry)},
        }
        features.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    body = ",\n".join(features)
    head = f'{{"type":"FeatureCollection","name":{json.dumps(layer)},"features":['
    return (f"{head}\n{body}\n]}}\n" if features else f"{head}]}}\n").encode()


def plain_values(values: Iterable[Any], kind: str) -> list[Any]:
    """Values of a column as plain text, numbers or None, whatever pandas made of them.

    Args:
        values: The column.
        kind: TEXT, DATE, INTEGER or REAL.
    """
    import pandas as pd

    turned: dict[str, Any] = {"TEXT": encodable, "DATE": str, "INTEGER": int, "REAL": float}
    turn = turned[kind]
    return [None if pd.isna(value) else turn(value) for value in values]


def encodable(text: object) -> str:
    """Text that UTF-8 and SQLite can hold: lone surrogates and NUL become U+FFFD."""
    return str(text).replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _coordinates(geometry: Any) -> Any:
    if geometry.geom_type == "Point":
        return _rounded(geometry.coords[0])
    return [_positions(part) for part in geometry.geoms]


def _positions(line: Any) -> list[list[float]]:
    """Positions of a line without neighbours that rounding made equal, but always two at least."""
    made: list[list[float]] = []
    for vertex in line.coords:
        position = _rounded(vertex)
        if not made or position != made[-1]:
            made.append(position)
    return made if len(made) > 1 else made * 2


def _rounded(vertex: tuple[float, ...]) -> list[float]:
    # Adding 0.0 turns -0.0 into 0.0, which would otherwise be two spellings of one number.
    return [round(vertex[0], DECIMALS) + 0.0, round(vertex[1], DECIMALS) + 0.0]
