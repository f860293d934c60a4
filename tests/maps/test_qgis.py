"""The layers in real QGIS: Debian's, without a screen, driven by its own Python."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from maps.qgis.desk import write_qgis
from maps.qgis.styles import BASE_LAYERS, STYLED_LAYERS, style_of
from routes.layers import build_layers
from routes.model import Atlas
from routes.write import write_layers
from tests.maps import atlases

PYTHON = "/usr/bin/python3"
PROBE = Path(__file__).with_name("qgis_probe.py")
POINTS = ("stops", "deployments", "places")


def has_qgis() -> bool:
    command = [PYTHON, "-c", "import qgis.core"]
    return Path(PYTHON).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_qgis = pytest.mark.skipif(not has_qgis(), reason="QGIS's Python is not installed (Debian: python3-qgis)")


def written(atlas: Atlas, folder: Path) -> Path:
    write_layers(build_layers(atlas), folder)
    write_qgis(atlas, folder)
    return folder


def in_qgis(folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"):
        environment.pop(name, None)
    command = [PYTHON, str(PROBE), str(folder), str(folder / "drawn.png")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = written(atlases.whole(), tmp_path_factory.mktemp("sample"))
    return in_qgis(folder) | {"folder": folder}


@needs_qgis
@pytest.mark.qgis
def test_every_layer_is_valid_and_whole(sample: dict[str, Any]) -> None:
    assert sample["read"]
    assert set(sample["layers"]) == {*STYLED_LAYERS, *BASE_LAYERS, "claims", "reports"}
    for name, told in sample["layers"].items():
        assert told["valid"], name
    for name in STYLED_LAYERS:
        features = json.loads((sample["folder"] / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        assert sample["layers"][name]["count"] == len(features)
        assert sample["sidecars"][name]["count"] == len(features)
        assert sample["layers"][name]["crs"] == "EPSG:4326"


@needs_qgis
@pytest.mark.qgis
def test_the_line_grammar_is_what_qgis_draws(sample: dict[str, Any]) -> None:
    for told in (sample["layers"]["routes"], sample["sidecars"]["routes"], sample["layers"]["legs"]):
        assert told["renderer"] == "RuleRenderer"
        rules = {label: (kinds, dash) for label, kinds, dash in told["rules"]}
        solid, planned = rules["Completed or under way, stated by the report"], rules["Planned or expected"]
        assert solid[1] == []
        assert planned[1] == pytest.approx([2 * 25.4 / 96, 5 * 25.4 / 96], rel=0.01)
        assert solid[0] == ["SimpleLine", "GeometryGenerator"]
        assert rules["Attempted, not carried through"][0].count("GeometryGenerator") == 2
        assert rules["Denied or disputed"][0].count("GeometryGenerator") == 2
    assert sample["default_style"] == dict.fromkeys(("routes", "legs", "stops", "deployments"), "RuleRenderer")
    assert sample["drawn"]
    assert sample["colours"] > 20


@needs_qgis
@pytest.mark.qgis
def test_time_relations_and_paths_are_ready(sample: dict[str, Any]) -> None:
    for name in ("routes", "legs", "stops", "deployments"):
        assert sample["layers"][name]["temporal"], name
        assert sample["layers"][name]["fields"]["date_start"] == "Date"
    assert sample["time"] == "2025-10-22"
    assert all(sample["relations"].values())
    assert set(sample["relations"]) >= {"legs_of_route", "stops_of_route", "claims_of_route", "claims_of_deployment"}
    assert sample["legs_of_first"] == 6
    with zipfile.ZipFile(sample["folder"] / "dateline.qgz") as archive:
        project = archive.read("dateline.qgs").decode()
    assert str(sample["folder"]) not in project


@needs_qgis
@pytest.mark.qgis
def test_a_route_across_the_antimeridian_is_centred_on_the_pacific(tmp_path: Path) -> None:
    told = in_qgis(written(atlases.pacific(), tmp_path))
    assert "lon_0=-17" in told["project_crs"] or "lon_0=17" in told["project_crs"]
    assert told["extent_width"] < 20_000_000


@needs_qgis
@pytest.mark.qgis
def test_the_map_tip_of_a_hostile_quote_is_inert(tmp_path: Path) -> None:
    told = in_qgis(written(atlases.hostile(), tmp_path))
    for name in ("routes", "legs", "stops"):
        assert told["layers"][name]["tips"]
        for tip in told["layers"][name]["tips"]:
            assert "<img" not in tip
            assert "<script" not in tip
            assert "&lt;img src=x" in tip
            assert "[% 1+1 %]" in tip


@pytest.mark.parametrize("layer", [*STYLED_LAYERS, *BASE_LAYERS])
def test_a_style_is_xml_and_the_same_each_time(layer: str) -> None:
    text = style_of(layer)
    assert text == style_of(layer)
    assert ET.fromstring(text.split("\n", 1)[1]).tag == "qgis"


def test_styles_are_listed_as_qgis_wants_them(tmp_path: Path) -> None:
    written(atlases.il76(), tmp_path)
    with closing(sqlite3.connect(tmp_path / "dateline.gpkg")) as database:
        rows = database.execute(
            "SELECT f_table_name, f_table_catalog, f_table_schema, f_geometry_column, useAsDefault FROM layer_styles"
        ).fetchall()
        kinds = dict(database.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
    assert {row[0] for row in rows} == {*STYLED_LAYERS, *BASE_LAYERS}
    assert {row[1:] for row in rows} == {("", "", "geom", 1)}
    assert kinds["layer_styles"] == kinds["claims"] == kinds["reports"] == "attributes"
    assert kinds["routes"] == "features"


def test_the_same_atlas_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(atlases.whole(), tmp_path / name) for name in "ab")
    for path in sorted(one.iterdir()):
        assert path.read_bytes() == (two / path.name).read_bytes(), path.name
