"""What an analyst would work out by hand: can this carrier do that, in this time, in this order, over whose land."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from routes.checks.case import Case
from routes.model import PathKind

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.model import Finding, Leg, RouteEvent


def run_checks(event: RouteEvent, legs: Sequence[Leg], *, gazetteer: Gazetteer | None = None) -> tuple[Finding, ...]:
    """Run every check on one event. They flag; none changes a claim.

    Args:
        event: The event.
        legs: Its legs as drawn, in order.
        gazetteer: Asked for airports and ports near a stop; without one those checks are silent.

    Returns:
        Findings, the checks in a fixed order, each check's own in the order of the legs.
    """
    from routes.checks import dates, order, overflight, places, ranges, speed, unlocated

    case = Case(
        event=event,
        legs=tuple(leg for leg in legs if leg.path is not PathKind.TRACK),
        tracks=tuple(leg for leg in legs if leg.path is PathKind.TRACK),
        gazetteer=gazetteer,
    )
    checks = (unlocated, dates, speed, ranges, order, overflight, places)
    return tuple(finding for check in checks for finding in check.check(case))
