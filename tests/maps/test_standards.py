"""The files by the standards: GeoJSON by RFC 7946 (check-geojson), the GeoPackage by GDAL."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from shutil import which

import pytest

from maps.qgis.desk import write_qgis
from routes.fields import LAYERS, layer_fields
from routes.layers import build_layers
from routes.model import Atlas
from routes.write import write_layers
from tests.maps import atlases

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(os.environ.get("CHECK_GEOJSON") or ROOT / "node_modules" / "@placemarkio" / "check-geojson")
ATLASES = {
    "whole": atlases.whole,
    "pacific": atlases.pacific,
    "hostile": atlases.hostile,
    "empty": Atlas,
}
CHECK = """
const { check } = require(process.argv[1]);
const fs = require("fs");
for (const file of process.argv.slice(2)) check(fs.readFileSync(file, "utf8"));
console.log("nothing found");
"""
GDAL_TYPES = {"TEXT": "String", "DATE": "Date", "INTEGER": "Integer64", "REAL": "Real"}


@pytest.mark.browser
@pytest.mark.skipif(which("node") is None or not PACKAGE.is_dir(), reason="no check-geojson: see .ci/run")
@pytest.mark.parametrize("name", ATLASES)
def test_check_geojson_finds_nothing(tmp_path: Path, name: str) -> None:
    write_layers(build_layers(ATLASES[name]()), tmp_path)
    files = [str(tmp_path / f"{layer}.geojson") for layer in LAYERS]
    done = subprocess.run(["node", "-e", CHECK, str(PACKAGE), *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "nothing found"


@pytest.mark.browser
@pytest.mark.skipif(which("node") is None or not PACKAGE.is_dir(), reason="no check-geojson: see .ci/run")
def test_check_geojson_would_find_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(json.dumps({"type": "Feature", "geometry": {"type": "Point", "coordinates": ["a"]}}))
    done = subprocess.run(["node", "-e", CHECK, str(PACKAGE), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode != 0


@pytest.mark.qgis
@pytest.mark.skipif(which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed")
@pytest.mark.parametrize("name", ATLASES)
def test_gdal_reads_the_geopackage_without_a_word_and_with_the_declared_types(tmp_path: Path, name: str) -> None:
    atlas = ATLASES[name]()
    write_layers(build_layers(atlas), tmp_path)
    write_qgis(atlas, tmp_path)
    command = ["ogrinfo", "-so", "-al", str(tmp_path / "dateline.gpkg")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    parts = {part.split("\n", 1)[0].strip(): part for part in done.stdout.split("Layer name:")[1:]}
    for layer in LAYERS:
        lines = parts[layer].splitlines()
        for field in layer_fields()[layer]:
            assert any(line.startswith(f"{field.name}: {GDAL_TYPES[field.type]} ") for line in lines), field
