"""Dates that run backwards along a trip."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.checks.case import in_words
from routes.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.checks.case import Case


def check(case: Case) -> Iterator[Finding]:
    """Flag a stop that is dated wholly before one that the trip reached earlier."""
    dated = [stop for stop in case.event.merged.stops if stop.date.start is not None and stop.date.end is not None]
    for before, after in pairwise(dated):
        assert before.date.start is not None
        assert after.date.end is not None
        if after.date.end <= before.date.start:
            days = (before.date.start - after.date.end).days + 1
            yield Finding(
                code="dates.backwards",
                severity=Severity.ERROR,
                message=(
                    f"{after.position.name} comes after {before.position.name}, but is dated earlier: "
                    f"{in_words(after.date)} against {in_words(before.date)}."
                ),
                about=case.event.id,
                values=(("from_seq", before.seq), ("to_seq", after.seq), ("days", days)),
            )
