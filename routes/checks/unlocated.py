"""Stops that could not be located: what is not drawn because of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.model import Finding, Severity
from routes.paths.legs import breaks
from routes.paths.way import is_located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.checks.case import Case


def check(case: Case) -> Iterator[Finding]:
    """Name the stops without a position and the gaps they leave."""
    stops = case.event.merged.stops
    lost = [stop.text for stop in stops if not is_located(stop.position)]
    if not lost:
        return
    gaps = [f"{before.position.name} and {after.position.name}" for before, after, _ in breaks(stops)]
    left = f" No line is drawn between {'; nor between '.join(gaps)}." if gaps else ""
    yield Finding(
        code="path.unlocated-stop",
        severity=Severity.WARNING,
        message=f"Not located, and so not on the map: {', '.join(lost)}.{left}",
        about=case.event.id,
        values=(("stops", len(lost)), ("gaps", len(gaps))),
    )
