"""Build hook: compiles the gazetteer into the wheel, and for an editable install into the source tree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles gazetteer/data/gazetteer.sqlite unless it is up to date with its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before hatchling collects the files; ``version`` is "standard" or "editable"."""
        del version, build_data
        root = str(Path(__file__).resolve().parent)
        sys.path.insert(0, root)
        try:
            from gazetteer.build.compile import build

            build(say=self.app.display_info)
        finally:
            sys.path.remove(root)
