"""Folium's side of the page: the map element, the element that starts our script, and the figure that renders both."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium.template import Template

from maps.page.build import ground_block, page_html
from maps.page.payload import encode

MAP_ID = "dateline"
"""Fixed, so that the same input gives the same bytes; Folium's own ids are random. The element is ``map_dateline``."""


class DatelineMap(folium.Map):
    """A folium.Map that brings Leaflet with it instead of linking to it."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (folium reads a class attribute)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


class StartPage(MacroElement):
    """Hands the map to the page's script. All it holds is a constant."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "dateline.start({{ this._parent.get_name() }}, {{ this.options|tojavascript }});"
        "{% endmacro %}"
    )

    def __init__(self, *, tiles: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "StartPage"
        self._id = MAP_ID
        self.options = {"tiles": tiles}


class PageFigure(Figure):
    """The root of the element tree: renders Folium's parts and puts them into our page with the data beside them."""

    def __init__(self, blocks: dict[str, str], tile_source: str | None) -> None:
        super().__init__(height="720px")
        self.blocks = blocks
        self.tile_source = tile_source

    def render(self, **kwargs: Any) -> str:
        """The whole page as a string; the same elements give the same bytes."""
        for child in self._children.values():
            child.render(**kwargs)
        own = f"map_{MAP_ID}"
        added = [e for name, e in self.header._children.items() if name not in {own, "meta_http"}]
        return page_html(
            head_elements="\n".join(element.render(**kwargs) for element in added),
            map_html=self.html.render(**kwargs),
            folium_script="\n" + self.script.render(**kwargs) + "\n",
            blocks=self.blocks,
            csp_more=self._further_sources(added),
        )

    def _further_sources(self, added: list[Element]) -> dict[str, str]:
        """What tiles and further layers need beyond our own scripts."""
        more: dict[str, list[str]] = {}
        if self.tile_source:
            more["img-src"] = [self.tile_source]
        children = [c for m in self._children.values() for c in m._children.values() if not isinstance(c, StartPage)]
        for layer in children:
            if isinstance(layer, folium.TileLayer):
                more.setdefault("img-src", []).append(_origin(layer.tiles))
            else:
                more.setdefault("style-src", [])
        for element in added:
            if isinstance(element, JavascriptLink):
                more.setdefault("script-src", []).append(element.url)
            elif isinstance(element, CssLink):
                more.setdefault("style-src", []).append(element.url)
        return {name: " ".join(dict.fromkeys(sources)) for name, sources in more.items()}


def make_map(data: str, *, strings: dict[str, Any], tiles: str | None) -> folium.Map:
    """A Folium map in a page figure.

    Args:
        data: The packed payload; base64, so that no template engine finds a sign of its own in it.
        strings: The page's words by key.
        tiles: A checked tile address template, or None for the bundled base map.
    """
    blocks = {"dateline-data": data, "dateline-ground": ground_block(), "dateline-strings": encode(strings)}
    figure = PageFigure(blocks, None)
    made = DatelineMap(
        location=[20, 0],
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        attributionControl=bool(tiles),
        prefer_canvas=True,
        zoom_snap=0.25,
        minZoom=0,
        maxZoom=11,
        world_copy_jump=False,
        bounce_at_zoom_limits=False,
    )
    made._id = MAP_ID
    figure.add_child(made, name="map")
    if tiles:
        layer = folium.TileLayer(tiles=tiles, attr=urlsplit(tiles).hostname or "tiles", control=False)
        layer._id = MAP_ID
        made.add_child(layer, name="tiles")
    made.add_child(StartPage(tiles=bool(tiles)), name="start")
    return made


def _origin(template: str) -> str:
    """``https://{s}.host/{z}…`` → ``https://*.host``, as a source for img-src."""
    parts = urlsplit(template.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"
