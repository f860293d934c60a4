from __future__ import annotations

import itertools
import subprocess
from importlib.resources import files
from pathlib import Path
from shutil import which
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from maps.kml import write_kml
from tests.maps import atlases

KML = "{http://www.opengis.net/kml/2.2}"


def test_a_folder_a_route_with_time_spans_and_quotes(tmp_path: Path) -> None:
    write_kml(atlases.il76(), tmp_path / "map.kml")
    root = ET.parse(tmp_path / "map.kml").getroot()
    folders = {f.findtext(f"{KML}name"): f for f in root.iter(f"{KML}Folder")}
    flight = folders["Ilyushin Il-76: Moscow – Yerevan – Algiers – Rabat – Dakar – Nouakchott – Caracas"]
    marks = flight.findall(f"{KML}Placemark")
    assert sum(m.find(f"{KML}LineString") is not None for m in marks) == 6
    assert sum(m.find(f"{KML}Point") is not None for m in marks) == 7
    assert "left Moscow on October 22" in (marks[0].findtext(f"{KML}description") or "")
    assert marks[0].findtext(f"{KML}TimeSpan/{KML}begin") == "2025-10-22"
    styles = {f"#{s.get('id')}" for s in root.iter(f"{KML}Style")}
    assert {m.findtext(f"{KML}styleUrl") for m in root.iter(f"{KML}Placemark")} <= styles


def test_lines_are_cut_at_the_antimeridian(tmp_path: Path) -> None:
    write_kml(atlases.pacific(), tmp_path / "map.kml")
    for text in ET.parse(tmp_path / "map.kml").getroot().iter(f"{KML}coordinates"):
        lons = [float(vertex.split(",")[0]) for vertex in (text.text or "").split()]
        assert all(-180 <= lon <= 180 for lon in lons)
        assert all(abs(a - b) < 180 for a, b in itertools.pairwise(lons))


def test_nothing_is_fetched_and_hostile_text_stays_text(tmp_path: Path) -> None:
    write_kml(atlases.hostile(), tmp_path / "map.kml")
    root = ET.parse(tmp_path / "map.kml").getroot()
    tags = {element.tag.removeprefix(KML) for element in root.iter()}
    assert not tags & {"NetworkLink", "href", "Icon", "script"}
    for balloon in root.iter(f"{KML}description"):
        assert "<img" not in (balloon.text or "")
        assert "javascript:" not in (balloon.text or "")


def test_the_same_atlas_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.kml", "b.kml"):
        write_kml(atlases.whole(), tmp_path / name)
    assert (tmp_path / "a.kml").read_bytes() == (tmp_path / "b.kml").read_bytes()


@pytest.mark.parametrize("name", ["il76", "pacific", "whole", "hostile"])
def test_it_is_valid_by_its_schema(tmp_path: Path, name: str) -> None:
    write_kml(getattr(atlases, name)(), tmp_path / "map.kml")
    # OGC's schema as pykml carries it; it names one part by a web address, which is read from beside it instead.
    folder = Path(str(files("pykml"))) / "schemas"
    text = (folder / "ogckml22.xsd").read_text(encoding="utf-8")
    text = text.replace("http://docs.oasis-open.org/election/external/xAL.xsd", "xAL.xsd")
    root = etree.fromstring(text.encode(), base_url=(folder / "ogckml22.xsd").as_uri())
    etree.XMLSchema(root).assertValid(etree.parse(str(tmp_path / "map.kml")))


@pytest.mark.skipif(which("ogrinfo") is None, reason="GDAL's ogrinfo is not installed")
@pytest.mark.qgis
def test_gdal_reads_it_back_with_all_columns_right(tmp_path: Path) -> None:
    write_kml(atlases.il76(), tmp_path / "map.kml")
    command = ["ogrinfo", "-al", "-q", str(tmp_path / "map.kml")]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    first = text[: text.index("OGRFeature", text.index("OGRFeature") + 1)]
    assert "Name (String) = Moscow – Yerevan" in first
    assert "begin (DateTime) = 2025/10/22" in first
    assert "description (String) = <p>completed" in first
