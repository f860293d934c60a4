"""Layers and the files written from them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes.atlas import finish_atlas
from routes.claims_table import csv_bytes
from routes.errors import OutputError
from routes.fields import GEOMETRY, LAYERS, Field, layer_fields
from routes.geojson import encodable, geojson_bytes
from routes.layers import Layers, build_layers, frame
from routes.model import Atlas, DateInterval
from routes.write import write_layers
from tests.samples import sample_atlas

CONTRACT = {
    "routes": "id mode carrier carrier_type identifiers operator origin destination stops n_stops status certainty "
    "date_start date_end date_text cargo personnel_min personnel_max distance_km path support sources quote url "
    "conflicts findings",
    "legs": "id route_id seq from_name to_name mode status certainty date_start date_end distance_km path overflown "
    "support quote",
    "stops": "id route_id seq role name place_id kind precision country_code date_start date_end",
    "deployments": "id force unit commander size_min size_max size_text place_name place_id kind precision "
    "country_code status certainty date_start date_end date_text support sources quote url conflicts",
    "places": "id name kind country_code admin1 population mentions reports",
}


@pytest.fixture(scope="module")
def layers() -> Layers:
    return build_layers(finish_atlas(sample_atlas()))


def read(layers: Layers, layer: str) -> dict:
    return json.loads(geojson_bytes(layer, getattr(layers, layer)))


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_has_the_properties_of_the_contract_in_order(layers: Layers, layer: str) -> None:
    names = [field.name for field in layer_fields()[layer]]
    assert [name for name in names if name in CONTRACT[layer].split()] == CONTRACT[layer].split()
    collection = read(layers, layer)
    assert collection["name"] == layer
    assert "crs" not in collection
    for feature in collection["features"]:
        assert list(feature["properties"]) == names
        assert feature["geometry"]["type"] == GEOMETRY[layer]
        assert all(value != "" and not isinstance(value, list | dict) for value in feature["properties"].values())


def test_lines_are_cut_and_short(layers: Layers) -> None:
    features = {f["properties"]["id"]: f for layer in ("routes", "legs") for f in read(layers, layer)["features"]}
    assert len(features["l-frigate-1"]["geometry"]["coordinates"]) == 1
    assert len(features["l-frigate-2"]["geometry"]["coordinates"]) == 2
    for feature in features.values():
        for lon, lat in (p for part in feature["geometry"]["coordinates"] for p in part):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert round(lon, 6) == lon
            assert round(lat, 6) == lat


def test_a_single_stop_is_no_line(layers: Layers) -> None:
    assert "r-tanker" not in {f["properties"]["id"] for f in read(layers, "routes")["features"]}
    assert "s-tanker-1" in {f["properties"]["id"] for f in read(layers, "stops")["features"]}


def test_the_il76_row(layers: Layers) -> None:
    row = read(layers, "routes")["features"][0]["properties"]
    expected = {
        "id": "r-il76",
        "origin": "Moscow",
        "destination": "Caracas",
        "stops": "Moscow; Yerevan; Algiers; Rabat; Dakar; Nouakchott; Caracas",
        "n_stops": 7,
        "date_start": "2025-10-22",
        "date_end": "2025-10-27",
        "distance_km": 14695.5,
        "path": "great_circle",
        "support": 2,
        "sources": "Example Post; Example Tribune",
        "url": "https://example.org/il76",
        "conflicts": "date_start: 2025-10-22 (Example Post) or 2025-10-24 (Example Tribune)",
        "cargo": None,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_leg_has_the_support_of_the_reports_that_tell_it(layers: Layers) -> None:
    rows = {f["properties"]["id"]: f["properties"] for f in read(layers, "legs")["features"]}
    assert rows["l-il76-1"]["support"] == 1
    assert rows["l-il76-6"]["from_name"] == "Nouakchott"


def test_leg_dates_never_run_backwards() -> None:
    atlas = sample_atlas()
    flight = atlas.routes[0]
    late = DateInterval(start=flight.merged.date.end, end=None, text="later")
    stops = (replace(flight.merged.stops[0], date=late), *flight.merged.stops[1:])
    changed = replace(atlas, routes=(replace(flight, merged=replace(flight.merged, stops=stops)),))
    row = build_layers(finish_atlas(changed)).legs.iloc[0]
    assert (row.date_start, row.date_end) == ("2025-10-27", None)


def test_the_same_atlas_gives_the_same_bytes(layers: Layers, tmp_path: Path) -> None:
    first = write_layers(layers, tmp_path / "a")
    second = write_layers(build_layers(finish_atlas(sample_atlas())), tmp_path / "b")
    names = {f"{layer}.geojson" for layer in LAYERS} | {"claims.jsonl", "claims.csv", "dateline.gpkg"}
    assert {file.name for file in first} == names == {p.name for p in (tmp_path / "a").iterdir()}
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_an_empty_atlas_gives_whole_files(tmp_path: Path) -> None:
    write_layers(build_layers(Atlas()), tmp_path)
    for layer in LAYERS:
        collection = json.loads((tmp_path / f"{layer}.geojson").read_bytes())
        assert collection == {"type": "FeatureCollection", "name": layer, "features": []}
    with sqlite3.connect(tmp_path / "dateline.gpkg") as db:
        assert {row[0] for row in db.execute("SELECT table_name FROM gpkg_contents")} == {*LAYERS, "claims", "reports"}


def test_geopackage_types_are_as_declared(layers: Layers, tmp_path: Path) -> None:
    write_layers(layers, tmp_path)
    with sqlite3.connect(tmp_path / "dateline.gpkg") as db:
        for layer in LAYERS:
            declared = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({layer})")}
            # SQLite calls every GDAL 64-bit integer INTEGER and every double REAL, as the GeoPackage standard does.
            assert {f.name: f.type for f in layer_fields()[layer]}.items() <= declared.items()
            assert declared["geom"] == GEOMETRY[layer].upper()
        assert db.execute("SELECT date_start FROM stops WHERE id = 's-il76-1'").fetchone() == ("2025-10-22",)
        assert db.execute("SELECT date_start FROM stops WHERE id = 's-il76-2'").fetchone() == (None,)
        kinds = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert (kinds["claims"], kinds["reports"]) == ("attributes", "attributes")
        assert db.execute("SELECT DISTINCT event_id FROM claims WHERE id = 'm-il76-2'").fetchall() == [("r-il76",)]


HOSTILE = [
    "{{7*7}}",
    "</script>",
    "=1+1",
    "@x",
    "-2",
    "\ud800 lone",
    "nul\0",
    "a\u2028b",
    "'; DROP TABLE routes;--",
    "\u202ebidi",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_file(text: str, tmp_path: Path) -> None:
    atlas = sample_atlas()
    flight = atlas.routes[0]
    changed = replace(flight, merged=replace(flight.merged, carrier=text, cargo=text))
    source = replace(atlas.claims[0], movements=(replace(atlas.claims[0].movements[0], carrier=text),))
    layers = build_layers(finish_atlas(replace(atlas, routes=(changed,), claims=(source,))))
    write_layers(layers, tmp_path)
    row = json.loads((tmp_path / "routes.geojson").read_bytes())["features"][0]["properties"]
    assert row["carrier"] == encodable(text)
    with sqlite3.connect(tmp_path / "dateline.gpkg") as db:
        assert db.execute("SELECT carrier, cargo FROM routes").fetchall() == [(encodable(text),) * 2]
    cells = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text("utf-8"), newline="")))
    assert cells[0]["carrier"] == ("'" if text[0] in "=+-@" else "") + encodable(text)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_breaks_a_csv_cell(text: str) -> None:
    data = csv_bytes((Field(name="x", type="TEXT", meaning=""),), [{"x": text}])
    cell = data.decode().split("\r\n", 1)[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t", '"=', '"+', '"-', '"@', '"\t', '"\r'))


def test_numbers_in_csv_stay_numbers() -> None:
    data = csv_bytes((Field(name="lon", type="REAL", meaning=""),), [{"lon": -66.9}, {"lon": None}])
    assert data == b'lon\r\n-66.9\r\n""\r\n'


def test_a_file_where_the_folder_should_be_is_an_error_that_names_it(layers: Layers, tmp_path: Path) -> None:
    blocked = tmp_path / "out"
    blocked.write_text("here first")
    with pytest.raises(OutputError, match="out"):
        write_layers(layers, blocked)
    assert blocked.read_text() == "here first"


def test_nothing_is_left_of_a_run_that_fails(layers: Layers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routes.write.write_geopackage", fail)
    with pytest.raises(OutputError, match="No space left"):
        write_layers(layers, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_frames_keep_absent_values_absent(layers: Layers) -> None:
    assert layers.routes.iloc[0].cargo is None
    assert frame("places", []).crs.to_epsg() == 4326
