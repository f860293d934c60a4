"""Layers → GeoPackage with declared column types, and claims and reports as attribute tables."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from routes.claims_table import CLAIM_FIELDS, REPORT_FIELDS, claim_rows, report_rows
from routes.fields import GEOMETRY, LAYERS, layer_fields
from routes.geojson import plain_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from routes.fields import Field
    from routes.layers import Layers

UNDATED = date(1970, 1, 1)
"""Stands in the file's own time stamps where no report is dated."""

VERSION = "1.2"
"""Of the GeoPackage standard: older readers, Debian's QGIS among them, warn at newer ones."""

_DESCRIPTIONS = {
    "routes": "Trips of one carrier, as the reports tell them. Lines are schematic unless path is track.",
    "legs": "The way between two neighbouring located stops of a trip.",
    "stops": "Places where a trip began, stopped, passed or ended.",
    "deployments": "Forces at, sent to or withdrawn from a place.",
    "places": "Places the reports name.",
    "claims": "What each report says: one row a stop of a movement, one row a deployment.",
    "reports": "The reports read.",
}


def write_geopackage(layers: Layers, path: Path) -> None:
    """Write the five layers and the tables ``claims`` and ``reports`` into one new GeoPackage.

    Columns have the declared types (TEXT, INTEGER, REAL, DATE), so one odd value cannot turn a column into text. The
    same layers give the same bytes: the time stamps inside are the day of the latest report, not that of writing.

    Args:
        layers: The layers.
        path: A file that does not exist yet.
    """
    with _time_stamp(_latest_day(layers)):
        for name in LAYERS:
            frame = getattr(layers, name)
            fields = layer_fields()[name]
            columns = [plain_values(frame[field.name], field.type) for field in fields]
            _write(path, name, fields, columns, geometry=list(frame.geometry.to_wkb()))
        for name, fields, rows in (
            ("claims", CLAIM_FIELDS, claim_rows(layers.atlas.claims, layers.atlas)),
            ("reports", REPORT_FIELDS, report_rows(layers.atlas.reports)),
        ):
            columns = [plain_values([row[field.name] for row in rows], field.type) for field in fields]
            _write(path, name, fields, columns)


def _write(
    path: Path,
    layer: str,
    fields: Sequence[Field],
    columns: list[list[Any]],
    geometry: list[bytes] | None = None,
) -> None:
    import pyarrow as pa
    from pyogrio import write_arrow

    arrays = [_array(values, field.type) for field, values in zip(fields, columns, strict=True)]
    names = [field.name for field in fields]
    options: dict[str, Any] = {"geometry_type": None}
    if geometry is not None:
        arrays.append(pa.array(geometry, type=pa.binary()))
        names.append("geom")
        options = {"geometry_name": "geom", "geometry_type": GEOMETRY[layer], "crs": "EPSG:4326"}
    write_arrow(
        pa.Table.from_arrays(arrays, names=names),
        str(path),
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        dataset_options={"VERSION": VERSION},
        layer_options={"DESCRIPTION": _DESCRIPTIONS[layer]}
        | ({"GEOMETRY_NAME": "geom"} if geometry is not None else {}),
        **options,
    )


def _array(values: list[Any], kind: str) -> pa.Array:
    import pyarrow as pa

    if kind == "DATE":
        return pa.array([None if day is None else date.fromisoformat(day) for day in values], type=pa.date32())
    return pa.array(values, type={"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64()}[kind])


def _latest_day(layers: Layers) -> date:
    return max((report.published for report in layers.atlas.reports if report.published), default=UNDATED)


@contextmanager
def _time_stamp(day: date) -> Iterator[None]:
    """Let GDAL take a given day for the present while it writes."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    before = get_gdal_config_option("OGR_CURRENT_DATE")
    set_gdal_config_options({"OGR_CURRENT_DATE": f"{day.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": before})
