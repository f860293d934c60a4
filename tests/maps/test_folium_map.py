"""The map as a folium.Map: it shows itself, takes further layers, and is as safe."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import folium
import pytest

import maps
from maps.embed import embed_snippet
from maps.errors import MapError
from routes.layers import build_layers
from routes.model import Atlas
from tests.maps.conftest import outside
from tests.maps.test_hostile import ATTACKS, atlas_of


def test_it_is_a_folium_map_and_shows_itself_in_a_notebook(sample: Atlas) -> None:
    made = maps.folium_map(sample)
    assert isinstance(made, folium.Map)
    frame = made._repr_html_()
    assert frame.startswith('<iframe srcdoc="')
    page = html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1])  # type: ignore[index]
    assert page == made.get_root().render()


def test_the_same_input_gives_the_same_bytes(sample: Atlas, tmp_path: Path) -> None:
    one = maps.write_map(sample, tmp_path / "one.html").read_bytes()
    code = (
        "import sys; sys.path.insert(0, '.'); import maps\n"
        "from tests.maps.conftest import drawn\nfrom tests.samples import sample_atlas\n"
        "maps.write_map(drawn(sample_atlas()), sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "two.html")], check=True)
    assert (tmp_path / "two.html").read_bytes() == one


def test_layers_and_their_atlas_give_the_same_map(sample: Atlas, tmp_path: Path) -> None:
    one = maps.write_map(build_layers(sample), tmp_path / "one.html").read_bytes()
    assert maps.write_map(sample, tmp_path / "two.html").read_bytes() == one


def test_rendering_twice_gives_the_same(sample: Atlas) -> None:
    made = maps.folium_map(sample)
    assert made.get_root().render() == made.get_root().render()


def test_an_unknown_language_is_named(sample: Atlas, tmp_path: Path) -> None:
    with pytest.raises(MapError, match="'xx'; there are: en"):
        maps.write_map(sample, tmp_path / "map.html", language="xx")


@pytest.mark.browser
def test_further_layers_are_drawn_on_it(sample: Atlas, tmp_path: Path, open_page: Any) -> None:
    made = maps.folium_map(sample)
    folium.CircleMarker([10, -60], radius=9, tooltip="mine").add_to(made)
    area = {"type": "Polygon", "coordinates": [[[0, 0], [5, 0], [5, 5], [0, 0]]]}
    folium.GeoJson({"type": "Feature", "properties": {}, "geometry": area}).add_to(made)
    made.save(str(tmp_path / "map.html"))
    opened = open_page(tmp_path / "map.html")
    assert opened.errors == []
    assert outside(opened.requests) == []
    assert opened.run("Object.values(map_dateline._layers).filter(l => l instanceof L.Path).length") == 2
    assert opened.run("dateline.counts.routes") == 5


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script end", "jinja statement", "image"])
def test_hostile_text_is_as_harmless_in_a_notebook(name: str, tmp_path: Path, open_page: Any) -> None:
    shown = maps.folium_map(atlas_of(ATTACKS[name]))._repr_html_()
    (tmp_path / "frame.html").write_text('<!DOCTYPE html><meta charset="utf-8">' + shown, encoding="utf-8")
    opened = open_page(tmp_path / "frame.html", ready=False)
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached", timeout=60_000)
    assert frame.locator("#title").text_content() == "2 routes and 1 deployment"
    frame.locator('#items .item[data-id="r-1"]').click()
    assert ATTACKS[name] in frame.locator("#detail").text_content()
    assert opened.run("window.ran || frames[0].ran || null") is None
    assert outside(opened.requests) in ([], ["about:srcdoc"])


@pytest.mark.parametrize("title", ["<b>\"'&", "</iframe><script>alert(1)</script>", "a\ud800b", "{{7*7}}"])
def test_the_title_of_a_frame_is_escaped(title: str) -> None:
    snippet = embed_snippet("map.html", title=title)
    assert snippet.encode("utf-8")
    assert "<script" not in snippet
    assert "<b>" not in snippet
    assert snippet.count("<iframe") == snippet.count("</iframe>") == 1


def test_a_file_name_cannot_leave_the_address(tmp_path: Path) -> None:
    assert 'src="a%22%20onload%3Dx.html"' in embed_snippet(tmp_path / 'a" onload=x.html', title="t")


def test_a_map_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="write the map first"):
        embed_snippet(tmp_path / "none.html", title="t", inline=True)


@pytest.mark.browser
@pytest.mark.parametrize("inline", [False, True])
def test_the_map_works_in_the_frame_of_another_page(
    inline: bool, sample: Atlas, tmp_path: Path, open_page: Any
) -> None:
    made = maps.write_map(sample, tmp_path / "map.html")
    maps.write_embed(sample, tmp_path / "embed.html", made, inline=inline)
    opened = open_page(tmp_path / "embed.html", ready=False, width=700)
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached", timeout=60_000)
    assert opened.page.get_attribute("iframe", "title") == "Venezuela: 5 routes and 2 deployments"
    frame.locator('#items .item[data-id="r-il76"]').click()
    assert "The Il-76 left Moscow" in frame.locator("#detail").text_content()
