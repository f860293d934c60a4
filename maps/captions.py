"""What maps and figures say in words besides their headline: sources, and each route as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from maps import style
from maps.headline import headline
from routes.model import Role

if TYPE_CHECKING:
    from routes.model import Atlas, DateInterval, Deployment, Movement, Report

POLE_CUT = "Lines that end in dots go on over the pole and come back on its other side."
SCHEMATIC = "Nobody reported the tracks: between stops the path is schematic."
BASE_CREDIT = "Base map: Natural Earth. Places: GeoNames (CC BY 4.0)."
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def days(start: date, end: date) -> str:
    """A half-open interval of days in words: "22–26 Oct 2025"."""
    last = max(end - timedelta(days=1), start)
    if start == last:
        return f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    left = f"{start.day}"
    if (start.year, start.month) != (last.year, last.month):
        left += f" {_MONTHS[start.month - 1]}"
    if start.year != last.year:
        left += f" {start.year}"
    spaced = " – " if " " in left else "–"
    return f"{left}{spaced}{last.day} {_MONTHS[last.month - 1]} {last.year}"


def interval_words(interval: DateInterval) -> str:
    """An interval as days, or its wording where it could not be resolved, or "date not told"."""
    if interval.start and interval.end:
        return days(interval.start, interval.end)
    return interval.text or "date not told"


def source_line(reports: Sequence[Report]) -> str:
    """Publishers, each once, with the newest date of publication: "Sources: A (1 Nov 2025), B"."""
    newest: dict[str, date | None] = {}
    for report in reports:
        name = report.publisher or report.title or report.id
        known = newest.get(name)
        newest[name] = max((d for d in (known, report.published) if d), default=None)
    named = [f"{name} ({days(day, day + timedelta(days=1))})" if day else name for name, day in newest.items()]
    return f"Sources: {', '.join(named)}." if named else "No sources."


def route_sentence(trip: Movement) -> str:
    """One trip as a sentence that says the route: for alternative text and summaries."""
    where = {Role.VIA: "passing {}", Role.ORIGIN: "from {}", Role.DESTINATION: "to {}", Role.STOP: "by {}"}
    parts: list[str] = []
    before: Role | None = None
    for stop in trip.stops:
        pattern = where[stop.role]
        words = pattern.format(stop.position.name)
        if before is Role.STOP and stop.role is Role.STOP:
            words = stop.position.name
        before = stop.role
        parts.append(words)
    said = style.status_words(trip.status, trip.certainty)
    source = f" ({trip.attribution})" if trip.attribution else ""
    return f"{trip.carrier or 'Something'} {', '.join(parts)}; {said}{source}; {interval_words(trip.date)}."


def deployment_sentence(force: Deployment) -> str:
    """One deployment as a sentence."""
    size = f" ({force.size_text})" if force.size_text else ""
    who = force.force or force.unit or "A force"
    said = style.status_words(force.status, force.certainty)
    source = f" ({force.attribution})" if force.attribution else ""
    return f"{who}{size} at {force.position.name}; {said}{source}; {interval_words(force.date)}."


def alternative_text(atlas: Atlas) -> str:
    """The whole map in words, for those who cannot see it."""
    trips = [route_sentence(event.merged) for event in atlas.routes]
    forces = [deployment_sentence(event.merged) for event in atlas.deployments]
    return " ".join([headline(atlas) + ".", *trips, *forces, SCHEMATIC, source_line(atlas.reports)])
