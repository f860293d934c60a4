"""A way between two positions: its line, how it was laid, and what a reader must know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.model import PathKind
from routes.paths.geodesic import great_circle

if TYPE_CHECKING:
    from routes.model import Line, Position

_AREAS = {Precision.COUNTRY: "a country", Precision.REGION: "a region", Precision.SEA: "an area of water"}
_CACHED_LINES = 50_000

SMALL_KM = 25.0
"""A country or region of no greater radius is as good as a town: Singapore, Gibraltar, Diego Garcia."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A line from one position to another.

    Attributes:
        line: Vertices (lon, lat), longitudes unwrapped.
        path: How it was laid.
        chokepoints: Straits, canals and capes that a sea lane passes, in order.
        notes: What a reader must know of it, in sentences.
    """

    line: Line
    path: PathKind
    chokepoints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def schematic(start: Position, end: Position, *notes: str) -> Way:
    """A geodesic that stands for a way nobody described.

    Args:
        start: A located position.
        end: Likewise.
        notes: Why the way is no better known.
    """
    line = _great_circle(point_of(start), point_of(end))
    return Way(line=line, path=PathKind.SCHEMATIC, notes=(*notes, *area_notes(start, end)))


def area_notes(*positions: Position) -> tuple[str, ...]:
    """A note for each position that is known to a country, region or sea only."""
    return tuple(
        f"{position.name} is {_AREAS[position.precision]}: the line ends at a point that stands for it."
        for position in positions
        if position.precision in _AREAS and not is_small(position)
    )


def is_small(position: Position) -> bool:
    """Whether an area is so small that its point is as good as a town's; one of unknown extent is not."""
    return 0.0 < position.radius_km <= SMALL_KM


def is_located(position: Position) -> bool:
    """Whether a position has coordinates."""
    return position.lon is not None and position.lat is not None


def point_of(position: Position) -> tuple[float, float]:
    """Longitude and latitude of a located position."""
    assert position.lon is not None
    assert position.lat is not None
    return position.lon, position.lat


@lru_cache(maxsize=_CACHED_LINES)
def _great_circle(start: tuple[float, float], end: tuple[float, float]) -> Line:
    return great_circle(start, end)
