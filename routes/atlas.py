"""Weighed events → the finished atlas: legs drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.paths.legs import draw_legs
from routes.paths.voyage import DEFAULT_AVOID

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.model import Atlas


def finish_atlas(weighed: Atlas, *, gazetteer: Gazetteer | None = None, avoid: frozenset[str] = DEFAULT_AVOID) -> Atlas:
    """Draw the legs of every route.

    Args:
        weighed: Events with their claims, without legs.
        gazetteer: Asked for the ports that serve inland stops of voyages.
        avoid: Keys of straits and canals that no voyage takes (``routes/paths/chokepoints.tsv``).
    """
    legs = [leg for event in weighed.routes for leg in draw_legs(event, gazetteer=gazetteer, avoid=avoid)]
    return replace(weighed, legs=tuple(legs))
