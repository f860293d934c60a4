"""Claims of many reports → the finished atlas: weighed, legs drawn, checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.checks import run_checks
from routes.paths.legs import draw_legs
from routes.paths.overflown import with_countries
from routes.paths.voyage import DEFAULT_AVOID

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.model import Atlas, Claims, Leg, RouteEvent
    from routes.weigh.corrections import Corrections
    from routes.weigh.gate import Gate
    from routes.weigh.grades import Grade


def build_atlas(
    claims: Iterable[Claims],
    *,
    gazetteer: Gazetteer | None = None,
    avoid: frozenset[str] = DEFAULT_AVOID,
    corrections: Corrections | None = None,
    grades: Sequence[Grade] = (),
    gate: Gate | None = None,
) -> Atlas:
    """Weigh claims into events, draw their legs and check them.

    Args:
        claims: One record per report.
        gazetteer: Asked for ports and airports near the stops, and for the countries under a line.
        avoid: Keys of straits and canals that no voyage takes (``routes/paths/chokepoints.tsv``).
        corrections: Judgements by hand.
        grades: Grades of sources.
        gate: What an event must have to be published; what fails is counted in ``left_out``.
    """
    from routes.weigh.events import weigh

    weighed = weigh(claims, corrections=corrections, grades=grades, gate=gate)
    return finish_atlas(weighed, gazetteer=gazetteer, avoid=avoid)


def finish_atlas(weighed: Atlas, *, gazetteer: Gazetteer | None = None, avoid: frozenset[str] = DEFAULT_AVOID) -> Atlas:
    """Draw the legs of every route and run the checks on them.

    Args:
        weighed: Events with their claims, without legs.
        gazetteer: Asked for ports and airports near the stops, and for the countries under a line.
        avoid: Keys of straits and canals that no voyage takes.
    """
    drawn = [(event, _legs(event, gazetteer, avoid)) for event in weighed.routes]
    found = [finding for event, legs in drawn for finding in run_checks(event, legs, gazetteer=gazetteer)]
    return replace(
        weighed,
        legs=tuple(leg for _, legs in drawn for leg in legs),
        findings=(*weighed.findings, *found),
    )


def _legs(event: RouteEvent, gazetteer: Gazetteer | None, avoid: frozenset[str]) -> list[Leg]:
    """The legs of an event, with the countries under those of a flight."""
    legs = draw_legs(event, gazetteer=gazetteer, avoid=avoid)
    return [with_countries(leg, event.merged.mode) for leg in legs]
