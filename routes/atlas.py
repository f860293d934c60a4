"""Weighed events → the finished atlas: legs drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.paths.legs import draw_legs

if TYPE_CHECKING:
    from routes.model import Atlas


def finish_atlas(weighed: Atlas) -> Atlas:
    """Draw the legs of every route.

    Args:
        weighed: Events with their claims, without legs.
    """
    return replace(weighed, legs=tuple(leg for event in weighed.routes for leg in draw_legs(event)))
