"""The ways of a voyage: from port to port by sea lane, never inland, and said so where an end is not at the water."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.place import Kind, Precision
from routes.model import PathKind, Position
from routes.paths.geodesic import distance_km
from routes.paths.landmask import LAND, classes_at
from routes.paths.sealane import landfall, sea_lane
from routes.paths.way import Way, area_notes, is_small, point_of, schematic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.place import Place
    from gazetteer.store import Gazetteer

DEFAULT_AVOID = frozenset({"northwest", "corinth"})
"""Not taken unless asked for: the Northwest Passage, and the Corinth Canal, which is 21 m wide."""

OWN_PORT_KM = 15.0
"""A port this near a town is the town's own: a river port, where the open water ends farther off."""

SERVING_PORT_KM = 60.0
"""A port farther off than this is not taken for the one that serves an inland town."""

MAX_RIVER_KM = 250.0
"""Above this the water's edge says nothing about how a river port was reached."""

_PORTS_TRIED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """Where the sea lane to a stop really ends, and why; ``refused`` where there is none."""

    position: Position
    notes: tuple[str, ...] = ()
    refused: str | None = None


def sea_ways(
    pairs: Sequence[tuple[Position, Position]], gazetteer: Gazetteer | None, avoid: frozenset[str]
) -> Iterator[Way]:
    """Ways of a ship between positions.

    A stop known to a country or region only, or one that no port serves, is never sailed to: the way is a geodesic
    marked schematic with the reason. A town behind the coast is served by its nearest port, which the notes name. The
    line to a river port ends at the open water, and the notes say how far that is.

    Args:
        pairs: Located positions, each pair the two ends of a way.
        gazetteer: Knows the ports; None leaves inland stops refused.
        avoid: Keys of straits and canals not to take.
    """
    for start, end in pairs:
        yield _sea_way(start, end, gazetteer, avoid)


def _sea_way(start: Position, end: Position, gazetteer: Gazetteer | None, avoid: frozenset[str]) -> Way:
    ends = [_end(position, gazetteer) for position in (start, end)]
    refused = [end_.refused for end_ in ends if end_.refused]
    if refused:
        known = (position for position, end_ in zip((start, end), ends, strict=True) if not end_.refused)
        way = schematic(start, end)
        return replace(way, notes=(*refused, *area_notes(*known)))
    first, last = (point_of(end_.position) for end_ in ends)
    lane = sea_lane(first, last, avoid=avoid) if first != last else None
    if lane is None:
        return schematic(start, end, f"No sea lane leads from {start.name} to {end.name}.")
    notes = [note for end_ in ends for note in end_.notes]
    return Way(
        line=lane.line,
        path=PathKind.SEA_LANE,
        chokepoints=lane.chokepoints,
        notes=(*notes, *area_notes(start, end)),
    )


def _end(position: Position, gazetteer: Gazetteer | None) -> _End:
    """Where a ship bound for a position ends its voyage."""
    vague = position.precision in (Precision.COUNTRY, Precision.REGION) and not is_small(position)
    if vague and not _at_sea(position):
        told = f"Which port of {position.name} is not told: no sea lane, but a line to a point that stands for it."
        return _End(position=position, refused=told)
    reached = landfall(point_of(position))
    if reached is None:
        return _End(position=position, refused=f"No sea lane comes near {position.name}.")
    if reached.gap_km == 0.0:
        return _End(position=position)
    river = f"The open water ends {reached.gap_km:.0f} km short of {position.name}: the line ends there."
    if position.precision is Precision.SEA or position.kind is Kind.WATERWAY:
        return _End(position=position, notes=(river,))
    ports = _ports_near(position, gazetteer)
    if reached.gap_km <= MAX_RIVER_KM and (_is_port(position, gazetteer) or (ports and ports[0][0] <= OWN_PORT_KM)):
        own = next((port for km, port in ports if km <= OWN_PORT_KM and _reached(port)), None)
        if own is None:
            return _End(position=position, notes=(river,))
    for km, port in ports:
        if _reached(port):
            note = (
                f"{position.name} lies {reached.gap_km:.0f} km from open water: "
                f"the line is drawn to {port.name}, {km:.0f} km away."
            )
            at = replace(position, lon=port.lon, lat=port.lat)
            return _End(position=at, notes=(note,))
    inland = f"{position.name} lies inland and no port was found within {SERVING_PORT_KM:.0f} km"
    return _End(position=position, refused=f"{inland}: the line is no sea lane.")


def _at_sea(position: Position) -> bool:
    """Whether the point that stands for an area lies in the water: the Caribbean, the Cyclades."""
    import numpy as np

    lon, lat = point_of(position)
    return position.precision is Precision.REGION and bool(classes_at(np.array([lon]), np.array([lat]))[0] != LAND)


def _reached(port: Place) -> bool:
    """Whether a port lies at water that the lanes lead to."""
    found = landfall((port.lon, port.lat))
    return found is not None and found.gap_km == 0.0


def _is_port(position: Position, gazetteer: Gazetteer | None) -> bool:
    """Whether a position is itself a port of the gazetteer."""
    if gazetteer is None or position.place_id is None or position.kind is not Kind.SITE:
        return False
    from gazetteer.errors import UnknownPlaceError

    try:
        return gazetteer.by_id(position.place_id).site_type == "port"
    except UnknownPlaceError:
        return False


def _ports_near(position: Position, gazetteer: Gazetteer | None) -> list[tuple[float, Place]]:
    """Ports of the same country near a position with the distance in km: those that bear its name, then the nearest."""
    if gazetteer is None:
        return []
    lon, lat = point_of(position)
    near = gazetteer.nearest(lon, lat, kinds=(Kind.SITE,), limit=_PORTS_TRIED, max_km=SERVING_PORT_KM)
    ports = [
        (distance_km((lon, lat), (place.lon, place.lat)), place)
        for _, place in near
        if place.site_type == "port" and position.country_code in (None, place.country_code)
    ]
    name = fold(position.name)
    return sorted(ports, key=lambda port: (name not in fold(port[1].name), port[0], port[1].id))
