"""What the reports say moved, where it went, and who says so."""

from __future__ import annotations

from importlib import import_module

_HOME = {
    "Atlas": "routes.model",
    "Claims": "routes.model",
    "Report": "routes.model",
}
__all__ = ["Atlas", "Claims", "Report"]


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'routes' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
