"""How it is shown: the map page, figures, and files for QGIS and Google Earth."""

from __future__ import annotations

from importlib import import_module

_HOME: dict[str, str] = {}
__all__: list[str] = []


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'maps' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
