"""What places are called, where they are, and which of them a name means."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.lookup import look_up as look_up
    from gazetteer.place import Candidate as Candidate
    from gazetteer.place import Kind as Kind
    from gazetteer.place import Place as Place
    from gazetteer.store import Gazetteer as Gazetteer
    from gazetteer.store import open_gazetteer as open_gazetteer

_HOME = {
    "Candidate": "gazetteer.place",
    "Gazetteer": "gazetteer.store",
    "Kind": "gazetteer.place",
    "Place": "gazetteer.place",
    "look_up": "gazetteer.lookup",
    "open_gazetteer": "gazetteer.store",
}
__all__ = [
    "Candidate",
    "Gazetteer",
    "Kind",
    "Place",
    "look_up",
    "open_gazetteer",
]


def __getattr__(name: str) -> object:
    """Import a public name from its home on first use, so that importing the package stays cheap."""
    if name not in _HOME:
        raise AttributeError(f"module 'gazetteer' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
