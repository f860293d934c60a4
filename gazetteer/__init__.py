"""What places are called, where they are, and which of them a name means."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.place import Candidate as Candidate
    from gazetteer.place import Kind as Kind
    from gazetteer.place import Place as Place

_HOME = {
    "Candidate": "gazetteer.place",
    "Kind": "gazetteer.place",
    "Place": "gazetteer.place",
}
__all__ = ["Candidate", "Kind", "Place"]


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'gazetteer' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
