"""Places that do not suit the mode: a ship at an inland town, an aircraft where no airport is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.checks.case import is_exact, km
from routes.model import Finding, Mode, Severity
from routes.paths.geodesic import distance_km
from routes.paths.sealane import HARBOUR_KM, landfall
from routes.paths.voyage import OWN_PORT_KM
from routes.paths.way import point_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.place import Place
    from gazetteer.store import Gazetteer
    from routes.checks.case import Case
    from routes.model import Position

AIRPORT_KM = 60.0
"""A town is served by airports up to this far: farther is told."""

_SEARCH_KM = 500.0
_ASKED = 400
_AIRFIELDS = {"airport", "base"}


def check(case: Case) -> Iterator[Finding]:
    """Flag each stop that its carrier could hardly call at, and name the nearest place where it could."""
    mode = case.event.merged.mode
    for stop in case.called_at():
        if not is_exact(stop.position):
            continue
        if mode is Mode.SEA:
            yield from _ship_at(case, stop.position)
        elif mode is Mode.AIR and case.gazetteer is not None:
            yield from _aircraft_at(case, stop.position, case.gazetteer)


def _ship_at(case: Case, position: Position) -> Iterator[Finding]:
    reached = landfall(point_of(position))
    gap_km = reached.gap_km if reached is not None else _SEARCH_KM
    if gap_km <= HARBOUR_KM:
        return
    port = _nearest(position, case.gazetteer, {"port"})
    if port is not None and port[0] <= OWN_PORT_KM:
        return
    named = f" The nearest port is {port[1].name}, {km(port[0])} away." if port else ""
    yield Finding(
        code="place.ship-inland",
        severity=Severity.WARNING,
        message=f"{position.name} lies {km(gap_km)} from open water, yet a vessel is told to have been there.{named}",
        about=case.event.id,
        values=(
            ("inland_km", round(gap_km, 1)),
            *((("port", port[1].name), ("port_km", round(port[0], 1))) if port else ()),
        ),
        source=port[1].source if port else None,
    )


def _aircraft_at(case: Case, position: Position, gazetteer: Gazetteer) -> Iterator[Finding]:
    airport = _nearest(position, gazetteer, _AIRFIELDS)
    if airport is not None and airport[0] <= AIRPORT_KM + position.radius_km:
        return
    named = f" The nearest is {airport[1].name}, {km(airport[0])} away." if airport else ""
    yield Finding(
        code="place.no-airport",
        severity=Severity.INFO,
        message=f"No airport or air base is known within {AIRPORT_KM:.0f} km of {position.name}.{named}",
        about=case.event.id,
        values=(("airport", airport[1].name), ("airport_km", round(airport[0], 1))) if airport else (),
        source=airport[1].source if airport else None,
    )


def _nearest(position: Position, gazetteer: Gazetteer | None, site_types: set[str]) -> tuple[float, Place] | None:
    """The nearest site of some types and its distance in km."""
    if gazetteer is None:
        return None
    lon, lat = point_of(position)
    for reach_km in (AIRPORT_KM, _SEARCH_KM):
        for _, place in gazetteer.nearest(lon, lat, kinds=(Kind.SITE,), limit=_ASKED, max_km=reach_km):
            if place.site_type in site_types:
                return distance_km((lon, lat), (place.lon, place.lat)), place
    return None
