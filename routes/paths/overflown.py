"""The countries under a flight's line."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from routes.model import Mode, PathKind

if TYPE_CHECKING:
    from gazetteer.borders import Crossing
    from routes.model import Leg, Line

_CACHED_LINES = 20_000


def with_countries(leg: Leg, mode: Mode) -> Leg:
    """The leg with the countries it crosses, in order.

    Only flights overfly; and a line that ends at a point standing for a country or region crosses nothing that a
    report told of.

    Args:
        leg: A leg as drawn.
        mode: Mode of its trip.
    """
    if mode is not Mode.AIR or leg.path is PathKind.SCHEMATIC:
        return leg
    return replace(leg, overflown=_countries(leg.line))


@lru_cache(maxsize=_CACHED_LINES)
def _countries(line: Line) -> tuple[Crossing, ...]:
    from gazetteer.borders import countries_along

    return countries_along(line)
