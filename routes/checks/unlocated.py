"""What is told and not drawn: stops that could not be located, and ways within one area."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.model import Finding, Severity
from routes.paths.legs import breaks, is_one_place
from routes.paths.way import is_located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.checks.case import Case


def check(case: Case) -> Iterator[Finding]:
    """Name the stops without a position and the gaps they leave, and the areas that hold their neighbours."""
    stops = case.event.merged.stops
    yield from _within(case)
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


def _within(case: Case) -> Iterator[Finding]:
    for before, after in pairwise(case.called_at()):
        same = before.position.place_id == after.position.place_id and before.position.name == after.position.name
        if not same and is_one_place(before.position, after.position):
            yield Finding(
                code="path.within-area",
                severity=Severity.INFO,
                message=(
                    f"{before.position.name} to {after.position.name}: one lies in the other, and where in it is not "
                    "told, so no line is drawn between them."
                ),
                about=case.event.id,
                values=(("from_seq", before.seq), ("to_seq", after.seq)),
            )
