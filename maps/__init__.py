"""How it is shown: the map page, figures, and files for QGIS and Google Earth."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maps.embed import write_embed as write_embed
    from maps.options import Options as Options
    from maps.page.build import folium_map as folium_map
    from maps.page.build import write_map as write_map
    from maps.publish import publish as publish

_HOME = {
    "Options": "maps.options",
    "folium_map": "maps.page.build",
    "publish": "maps.publish",
    "write_embed": "maps.embed",
    "write_map": "maps.page.build",
}
__all__ = [
    "Options",
    "folium_map",
    "publish",
    "write_embed",
    "write_map",
]


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'maps' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
