"""Claims → the finished atlas: weighed, legs drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.paths.legs import draw_legs
from routes.paths.voyage import DEFAULT_AVOID
from routes.weigh.events import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.store import Gazetteer
    from routes.model import Atlas, Claims
    from routes.weigh.gate import Gate
    from routes.weigh.grades import Grade


def build_atlas(
    claims: Iterable[Claims],
    *,
    grades: Sequence[Grade] = (),
    gate: Gate | None = None,
    gazetteer: Gazetteer | None = None,
    avoid: frozenset[str] = DEFAULT_AVOID,
) -> Atlas:
    """Weigh the claims of all reports, then draw what passes the gate.

    Args:
        claims: One record per report.
        grades: Grades of sources.
        gate: What an event must have to be published; what fails is counted in ``left_out``.
        gazetteer: Asked for the ports that serve inland stops of voyages.
        avoid: Keys of straits and canals that no voyage takes (``routes/paths/chokepoints.tsv``).
    """
    return finish_atlas(weigh(claims, grades=grades, gate=gate), gazetteer=gazetteer, avoid=avoid)


def finish_atlas(weighed: Atlas, *, gazetteer: Gazetteer | None = None, avoid: frozenset[str] = DEFAULT_AVOID) -> Atlas:
    """Draw the legs of every route.

    Args:
        weighed: Events with their claims, without legs.
        gazetteer: Asked for the ports that serve inland stops of voyages.
        avoid: Keys of straits and canals that no voyage takes (``routes/paths/chokepoints.tsv``).
    """
    legs = [leg for event in weighed.routes for leg in draw_legs(event, gazetteer=gazetteer, avoid=avoid)]
    return replace(weighed, legs=tuple(legs))
