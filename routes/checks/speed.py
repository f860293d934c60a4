"""Distances against dates: could it be there by that day, and how long did it stay?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.checks.carriers import ANY_AIRCRAFT_KMH, ANY_VEHICLE_KMH, ANY_VESSEL_KN, aircraft_of, vessel_of
from routes.checks.case import in_words, km
from routes.model import Finding, Mode, Severity
from routes.paths.geodesic import KM_PER_NMI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.checks.case import Case
    from routes.model import Movement, Stop

HOURS_PER_DAY = 24.0
MIN_SLACK_DAYS = 1.0
"""Less time to spare than this says nothing of stays: days are the finest that reports give."""


def check(case: Case) -> Iterator[Finding]:
    """Compare the way between each two dated stops with the days between them."""
    movement = case.event.merged
    dated = [stop for stop in movement.stops if stop.date.start is not None and stop.date.end is not None]
    speed_kmh, what, source = _fastest(movement)
    for before, after in pairwise(dated):
        distance_km = _way_km(case, before, after)
        longest_h = _hours(before, after)
        if distance_km is None or longest_h <= 0:
            continue
        needed_h = distance_km / speed_kmh
        if needed_h > longest_h:
            yield _too_fast(case, before, after, (distance_km, longest_h, speed_kmh), what, source)
    if len(dated) > 1:
        yield from _stays(case, dated[0], dated[-1], (speed_kmh, what, source))


def _fastest(movement: Movement) -> tuple[float, str, str | None]:
    """Speed in km/h that the carrier does not exceed, what it is, and the source of the figure."""
    if movement.mode is Mode.AIR:
        aircraft = aircraft_of(movement)
        if aircraft is not None:
            return (
                aircraft.cruise_kmh,
                f"the {aircraft.name} (cruising at {aircraft.cruise_kmh:,.0f} km/h)",
                aircraft.source,
            )
        return ANY_AIRCRAFT_KMH, f"an aircraft cruising at {ANY_AIRCRAFT_KMH:,.0f} km/h", None
    if movement.mode is Mode.SEA:
        vessel = vessel_of(movement)
        if vessel is not None:
            words = f"{_a(vessel.name)} (at most {vessel.most_kn:.0f} knots)"
            return vessel.most_kn * KM_PER_NMI, words, vessel.source
        return ANY_VESSEL_KN * KM_PER_NMI, f"a ship at {ANY_VESSEL_KN:.0f} knots", None
    if movement.mode is Mode.LAND:
        return ANY_VEHICLE_KMH, f"a vehicle at {ANY_VEHICLE_KMH:.0f} km/h", None
    return ANY_AIRCRAFT_KMH, f"any carrier at {ANY_AIRCRAFT_KMH:,.0f} km/h", None


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _way_km(case: Case, before: Stop, after: Stop) -> float | None:
    """Length of the legs between two stops; None where none are drawn."""
    between = [leg for leg in case.legs if before.seq <= leg.from_seq and leg.to_seq <= after.seq]
    return sum(leg.length_km for leg in between) if between else None


def _hours(before: Stop, after: Stop) -> float:
    """The longest time that can lie between two dated stops, in hours."""
    assert before.date.start is not None
    assert after.date.end is not None
    return (after.date.end - before.date.start).days * HOURS_PER_DAY


def _too_fast(
    case: Case, before: Stop, after: Stop, figures: tuple[float, float, float], what: str, source: str | None
) -> Finding:
    distance_km, longest_h, speed_kmh = figures
    needed = distance_km / longest_h
    in_knots = f", {needed / KM_PER_NMI:.0f} knots" if case.event.merged.mode is Mode.SEA else ""
    return Finding(
        code="speed.too-fast",
        severity=Severity.WARNING,
        message=(
            f"{before.position.name} ({in_words(before.date)}) to {after.position.name} ({in_words(after.date)}) is "
            f"{km(distance_km)} in at most {longest_h:.0f} hours: {needed:,.0f} km/h{in_knots} on average, "
            f"more than {what} does."
        ),
        about=case.event.id,
        values=(
            ("distance_km", round(distance_km, 1)),
            ("longest_h", longest_h),
            ("needed_kmh", round(needed, 1)),
            ("speed_kmh", round(speed_kmh, 1)),
        ),
        source=source,
    )


def _stays(case: Case, first: Stop, last: Stop, carrier: tuple[float, str, str | None]) -> Iterator[Finding]:
    """Say how much of the time between the first and the last date was not spent moving, where stops lie between."""
    speed_kmh, what, source = carrier
    between = [stop for stop in case.called_at() if first.seq < stop.seq < last.seq]
    distance_km = _way_km(case, first, last)
    if not between or distance_km is None:
        return
    assert first.date.end is not None
    assert last.date.start is not None
    # From the last moment of the first day to the first moment of the last: at least that long under way.
    least_h = (last.date.start - first.date.end).days * HOURS_PER_DAY
    needed_h = distance_km / speed_kmh
    slack_days = (least_h - needed_h) / HOURS_PER_DAY
    if slack_days < MIN_SLACK_DAYS:
        return
    stops = f"{len(between)} stops" if len(between) > 1 else "stop"
    yield Finding(
        code="speed.stays",
        severity=Severity.INFO,
        message=(
            f"{first.position.name} ({in_words(first.date)}) to {last.position.name} ({in_words(last.date)}): the "
            f"{km(distance_km)} take {what} about {needed_h:.0f} hours, so at least "
            f"{slack_days:.1f} days were spent at the {stops} between."
        ),
        about=case.event.id,
        values=(
            ("distance_km", round(distance_km, 1)),
            ("moving_h", round(needed_h, 1)),
            ("stays_days", round(slack_days, 1)),
        ),
        source=source,
    )
