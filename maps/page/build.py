"""The self-contained HTML map: a Folium map in a page of our own that holds everything it needs.

Folium and branca parse what they have rendered as a Jinja template again, so text of a report must never reach them.
Here they see constants of ours alone; the data travel as one base64 string that ``PagePlan.render`` puts beside what
they made. The page forbids itself everything but its own scripts, named by their hashes, in a
Content-Security-Policy, so that nothing could run or be asked for even if a text were taken for code.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from gazetteer.version import VERSION
from maps.errors import MapError
from maps.page.payload import build_payload, encode
from routes.model import Atlas

if TYPE_CHECKING:
    import folium

SCRIPTS = (
    "text", "data", "poles", "globe", "sheet", "ground", "grammar", "lines", "marks", "labels", "pick",
    "filter", "legend", "detail", "panel", "timeline", "table", "address", "layout", "paper", "app",
)  # fmt: skip
"""Parts of the page's script, in the order in which they are joined."""


class HasAtlas(Protocol):
    """What a map is made from: the layers, which carry the atlas they came from."""

    @property
    def atlas(self) -> Atlas:
        """Everything there is to show."""
        ...


def write_map(
    layers: HasAtlas | Atlas,
    path: str | Path,
    *,
    title: str | None = None,
    tiles: str | None = None,
    language: str = "en",
) -> Path:
    """Write the map as one HTML file that opens from disk and asks nothing of anyone.

    Args:
        layers: Layers (or the atlas itself) to show; longitudes of lines unwrapped, WGS84.
        path: File to write; it appears whole or not at all.
        title: Headline; made from the atlas where it is None.
        tiles: Address template of an online base map (``https://…/{z}/{x}/{y}.png``) to use instead of the
            bundled one. The page then asks that one host for pictures, and nothing else of anyone.
        language: Which table of ``maps/page/strings`` to take the words from.

    Returns:
        The path written.

    Raises:
        MapError: If ``tiles`` is no http or https address, or there is no such language.
    """
    target = Path(path)
    html = folium_map(layers, title=title, tiles=tiles, language=language).get_root().render()
    part = target.with_name(target.name + ".part")
    part.write_text(html, encoding="utf-8", newline="\n")
    part.replace(target)
    return target


def folium_map(
    layers: HasAtlas | Atlas,
    *,
    title: str | None = None,
    tiles: str | None = None,
    language: str = "en",
) -> folium.Map:
    """The same map as a ``folium.Map``: it shows itself in Jupyter, saves itself, and takes further Folium layers.

    Text in layers that you add passes through Folium, which takes it for HTML and for a template: add only text that
    you wrote yourself. Scripts that such layers load from the web are let through, named by their addresses.

    Args:
        layers: Layers (or the atlas itself) to show.
        title: Headline; made from the atlas where it is None.
        tiles: As for ``write_map``.
        language: As for ``write_map``.

    Raises:
        MapError: As for ``write_map``.
    """
    from maps.page.figure import make_map

    atlas = layers if isinstance(layers, Atlas) else layers.atlas
    data = encode(build_payload(atlas, title=title, version=VERSION))
    return make_map(data, strings=_strings(language), tiles=_checked_tiles(tiles))


def page_html(
    head_elements: str, map_html: str, folium_script: str, blocks: dict[str, str], csp_more: dict[str, str]
) -> str:
    """The whole page around what Folium rendered.

    Args:
        head_elements: Links that further Folium layers brought; empty for our own map.
        map_html: Folium's element for the map.
        folium_script: Folium's script, which makes the map and starts ours.
        blocks: Element id → base64 of gzipped JSON.
        csp_more: Directive → further sources, for tiles and further layers.
    """
    scripts = [leaflet_script(), page_script(), folium_script]
    styles = [leaflet_style(), _text("page.css")]
    policy = _policy(scripts, styles, csp_more)
    body = _text("page.html").replace("<!--map-->", map_html)
    data = "\n".join(f'<script type="text/plain" id="{name}">{packed}</script>' for name, packed in blocks.items())
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="dateline">',
            '<link rel="icon" href="data:,">',
            "<title>Map of reported movements</title>",
            *[f"<style>{style}</style>" for style in styles],
            head_elements,
            "</head>",
            "<body>",
            body,
            data,
            *[f"<script>{script}</script>" for script in scripts],
            "</body>",
            "</html>",
            "",
        ]
    )


def _policy(scripts: list[str], styles: list[str], more: dict[str, str]) -> str:
    own = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)),
        "style-src": "'unsafe-inline'" if "style-src" in more else " ".join(map(_hash, styles)),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources} {more.get(name, '')}".strip() for name, sources in own.items())


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


@cache
def page_script() -> str:
    """The parts of the page's script, joined in order inside one function, so that no name leaks but ``dateline``."""
    parts = [_text(f"script/{name}.js") for name in SCRIPTS]
    return "(function () {\n'use strict';\n" + "\n".join(parts) + "\n})();"


@cache
def leaflet_script() -> str:
    """Leaflet's own script, without the line that names its source map."""
    lines = _leaflet("leaflet.js").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


@cache
def leaflet_style() -> str:
    """Leaflet's own stylesheet, without the pictures it would ask for."""
    import re

    return re.sub(r"url\([^)]*\)", "none", _leaflet("leaflet.css"))


def _leaflet(name: str) -> str:
    from xstatic.pkg import leaflet

    return (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8")


@cache
def _text(name: str) -> str:
    return files("maps.page").joinpath(name).read_text(encoding="utf-8")


@cache
def ground_block() -> str:
    """The bundled base map, packed."""
    return encode(json.loads(files("maps").joinpath("data/basemap.json").read_text(encoding="utf-8")))


def _strings(language: str) -> dict[str, Any]:
    known = sorted(p.name.removesuffix(".toml") for p in files("maps.page").joinpath("strings").iterdir())
    if language not in known:
        raise MapError(f"no words for the language {language!r}; there are: {', '.join(known)}")
    return tomllib.loads(_text(f"strings/{language}.toml"))


def _checked_tiles(tiles: str | None) -> str | None:
    import re

    if tiles is None or re.fullmatch(
        r"https?://(\{s\}\.)?[A-Za-z0-9.:-]+/([A-Za-z0-9_./?&=%@~:-]|\{[szxyr]\})*", tiles
    ):
        return tiles
    raise MapError(f"{tiles!r} is no tile address; give one such as https://host/{{z}}/{{x}}/{{y}}.png")
