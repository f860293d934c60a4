"""Legs longer than the aircraft flies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.checks.carriers import aircraft_of
from routes.checks.case import is_exact, km
from routes.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.checks.carriers import AircraftType
    from routes.checks.case import Case
    from routes.model import Leg, Stop

TOLERANCE = 1.03
"""Published ranges are round numbers; less beyond them than this says nothing."""


def check(case: Case) -> Iterator[Finding]:
    """Flag each leg beyond the ferry range, and say of those beyond the full-load range that they were flown light."""
    aircraft = aircraft_of(case.event.merged)
    if aircraft is None:
        return
    for leg in case.legs:
        start, end = case.ends(leg)
        if not (is_exact(start.position) and is_exact(end.position)):
            continue
        if leg.length_km > aircraft.ferry_km * TOLERANCE:
            yield _beyond(aircraft, leg, start, end)
        elif leg.length_km > aircraft.full_km * TOLERANCE:
            yield _light(aircraft, leg, start, end)


def _beyond(aircraft: AircraftType, leg: Leg, start: Stop, end: Stop) -> Finding:
    return Finding(
        code="range.beyond-ferry",
        severity=Severity.WARNING,
        message=(
            f"{start.position.name} to {end.position.name} is {km(leg.length_km)}, "
            f"{km(leg.length_km - aircraft.ferry_km)} more than the {aircraft.name} flies empty "
            f"({km(aircraft.ferry_km)}): a stop or refuelling in flight is not reported, or the type is another."
        ),
        about=leg.id,
        values=_values(aircraft, leg),
        source=aircraft.source,
    )


def _light(aircraft: AircraftType, leg: Leg, start: Stop, end: Stop) -> Finding:
    return Finding(
        code="range.beyond-full-load",
        severity=Severity.INFO,
        message=(
            f"{start.position.name} to {end.position.name} is {km(leg.length_km)}: the {aircraft.name} flies "
            f"{km(aircraft.full_km)} with full load and {km(aircraft.ferry_km)} empty, so it was not fully loaded "
            f"on this leg, or it stopped or refuelled on the way."
        ),
        about=leg.id,
        values=_values(aircraft, leg),
        source=aircraft.source,
    )


def _values(aircraft: AircraftType, leg: Leg) -> tuple[tuple[str, float | int | str], ...]:
    return (
        ("length_km", round(leg.length_km, 1)),
        ("full_load_range_km", aircraft.full_km),
        ("ferry_range_km", aircraft.ferry_km),
        ("margin_km", round(aircraft.ferry_km - leg.length_km, 1)),
        ("aircraft", aircraft.name),
    )
