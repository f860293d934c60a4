"""What the reports say moved, where it went, and who says so."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from routes.atlas import build_atlas as build_atlas
    from routes.collect import collect_claims as collect_claims
    from routes.extract.claims import extract_claims as extract_claims
    from routes.extract.text.language import load_language as load_language
    from routes.layers import build_layers as build_layers
    from routes.model import Atlas as Atlas
    from routes.model import Claims as Claims
    from routes.model import Report as Report
    from routes.read.reports import read_reports as read_reports
    from routes.write import write_layers as write_layers

_HOME = {
    "Atlas": "routes.model",
    "Claims": "routes.model",
    "Report": "routes.model",
    "build_atlas": "routes.atlas",
    "build_layers": "routes.layers",
    "collect_claims": "routes.collect",
    "extract_claims": "routes.extract.claims",
    "load_language": "routes.extract.text.language",
    "read_reports": "routes.read.reports",
    "write_layers": "routes.write",
}
__all__ = [
    "Atlas",
    "Claims",
    "Report",
    "build_atlas",
    "build_layers",
    "collect_claims",
    "extract_claims",
    "load_language",
    "read_reports",
    "write_layers",
]


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'routes' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
