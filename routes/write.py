"""Layers → files by the public contract: whole files or none, the same bytes for the same input."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from routes.claims_table import claims_csv
from routes.errors import OutputError
from routes.fields import LAYERS
from routes.geojson import encodable, geojson_bytes
from routes.geopackage import write_geopackage
from routes.listing import json_line
from routes.rows import claims_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from routes.layers import Layers
    from routes.model import Claims

GEOPACKAGE = "dateline.gpkg"


def write_layers(layers: Layers, out: Path) -> tuple[Path, ...]:
    """Write the five GeoJSON layers, ``claims.jsonl``, ``claims.csv`` and ``dateline.gpkg``.

    All are written into a folder of their own first and moved into place at the end, so that a failure leaves what
    was there before.

    Args:
        layers: The layers.
        out: Folder to write to; made if it is missing.

    Returns:
        The files written.

    Raises:
        OutputError: The folder or a file in it cannot be written.
    """
    from pyogrio.errors import DataSourceError

    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".dateline-", dir=out) as staged:
            stage = Path(staged)
            for name in LAYERS:
                (stage / f"{name}.geojson").write_bytes(geojson_bytes(name, getattr(layers, name)))
            (stage / "claims.jsonl").write_bytes(claims_jsonl(layers.atlas.claims))
            (stage / "claims.csv").write_bytes(claims_csv(layers.atlas.claims, layers.atlas))
            write_geopackage(layers, stage / GEOPACKAGE)
            return tuple(file.replace(out / file.name) for file in sorted(stage.iterdir()))
    except (OSError, DataSourceError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"Cannot write to {out}: {reason}. Choose another folder with -o.") from error


def claims_jsonl(claims: Iterable[Claims]) -> bytes:
    """Claims as JSON lines in UTF-8, one object a report."""
    return "".join(encodable(json_line(claims_row(one))) for one in claims).encode()
