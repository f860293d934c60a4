"""What every check is given, and the words they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.model import Role
from routes.paths.way import is_located, is_small

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.model import DateInterval, Leg, Position, RouteEvent, Stop

_EXACT = {Precision.SITE, Precision.CITY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One event to check.

    Attributes:
        event: The event.
        legs: Its legs as drawn between the stops.
        tracks: Recorded tracks beside them, as legs.
        gazetteer: Knows airports and ports; None where there is none to ask.
    """

    event: RouteEvent
    legs: tuple[Leg, ...]
    tracks: tuple[Leg, ...] = ()
    gazetteer: Gazetteer | None = None

    def stop(self, seq: int) -> Stop:
        """The stop with this place in the order."""
        return next(stop for stop in self.event.merged.stops if stop.seq == seq)

    def ends(self, leg: Leg) -> tuple[Stop, Stop]:
        """The stops that a leg joins."""
        return self.stop(leg.from_seq), self.stop(leg.to_seq)

    def called_at(self) -> tuple[Stop, ...]:
        """Located stops where the carrier was, in order; places merely passed are none."""
        return tuple(s for s in self.event.merged.stops if s.role is not Role.VIA and is_located(s.position))


def is_exact(position: Position) -> bool:
    """Whether a position is known to a town, a site or a small area, so that distances from it mean something."""
    return is_located(position) and (position.precision in _EXACT or is_small(position))


def in_words(interval: DateInterval) -> str:
    """A dated interval as a reader would write it: ``22 October 2025`` or ``1 to 31 October 2025``."""
    assert interval.start is not None
    assert interval.end is not None
    last = interval.end - timedelta(days=1)
    if last <= interval.start:
        return _day(interval.start)
    if (interval.start.year, interval.start.month) == (last.year, last.month):
        return f"{interval.start.day} to {_day(last)}"
    return f"{_day(interval.start)} to {_day(last)}"


def _day(day: date) -> str:
    months = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    return f"{day.day} {months[day.month - 1]} {day.year}"


def km(value: float) -> str:
    """Kilometres for a sentence: whole, thousands apart."""
    return f"{round(value):,} km"
