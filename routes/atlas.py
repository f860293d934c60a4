"""Claims of many reports → the finished atlas: weighed, legs drawn, checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.checks import run_checks
from routes.paths.legs import draw_legs
from routes.paths.overflown import with_countries
from routes.paths.tracks import match, track_finding, track_leg, unmatched
from routes.paths.voyage import DEFAULT_AVOID

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.model import Atlas, Claims, Leg, RouteEvent
    from routes.paths.track_files import Track
    from routes.weigh.corrections import Corrections
    from routes.weigh.gate import Gate
    from routes.weigh.grades import Grade


def build_atlas(
    claims: Iterable[Claims],
    *,
    gazetteer: Gazetteer | None = None,
    avoid: frozenset[str] = DEFAULT_AVOID,
    tracks: Sequence[Track] = (),
    corrections: Corrections | None = None,
    grades: Sequence[Grade] = (),
    gate: Gate | None = None,
) -> Atlas:
    """Weigh claims into events, draw their legs and check them.

    Args:
        claims: One record per report.
        gazetteer: Asked for ports and airports near the stops, and for the countries under a line.
        avoid: Keys of straits and canals that no voyage takes (``routes/paths/chokepoints.tsv``).
        tracks: Recorded tracks, drawn beside the routes whose identifiers they bear and compared with them.
        corrections: Judgements by hand.
        grades: Grades of sources.
        gate: What an event must have to be published; what fails is counted in ``left_out``.
    """
    from routes.weigh.events import weigh

    weighed = weigh(claims, corrections=corrections, grades=grades, gate=gate)
    return finish_atlas(weighed, gazetteer=gazetteer, avoid=avoid, tracks=tracks)


def finish_atlas(
    weighed: Atlas,
    *,
    gazetteer: Gazetteer | None = None,
    avoid: frozenset[str] = DEFAULT_AVOID,
    tracks: Sequence[Track] = (),
) -> Atlas:
    """Draw the legs of every route and run the checks on them.

    Args:
        weighed: Events with their claims, without legs.
        gazetteer: Asked for ports and airports near the stops, and for the countries under a line.
        avoid: Keys of straits and canals that no voyage takes.
        tracks: Recorded tracks.
    """
    recorded = _recorded(weighed.routes, tracks)
    drawn = [(event, _legs(event, recorded[event.id], gazetteer, avoid)) for event in weighed.routes]
    found = [finding for event, legs in drawn for finding in run_checks(event, legs, gazetteer=gazetteer)]
    found += [track_finding(event, track) for event in weighed.routes for track in recorded[event.id]]
    matched = {id(track) for own in recorded.values() for track in own}
    found += [unmatched(track) for track in tracks if id(track) not in matched]
    return replace(
        weighed,
        legs=tuple(leg for _, legs in drawn for leg in legs),
        findings=(*weighed.findings, *found),
    )


def _recorded(routes: Sequence[RouteEvent], tracks: Sequence[Track]) -> dict[str, tuple[Track, ...]]:
    """Tracks of each route; where there is one route alone and no identifier to go by, they are its."""
    if len(routes) == 1 and not routes[0].merged.identifiers:
        return {routes[0].id: tuple(tracks)}
    return {event.id: match(event, tracks) for event in routes}


def _legs(event: RouteEvent, tracks: Sequence[Track], gazetteer: Gazetteer | None, avoid: frozenset[str]) -> list[Leg]:
    """The legs of an event and its tracks, with the countries under those of a flight."""
    legs = [*draw_legs(event, gazetteer=gazetteer, avoid=avoid)]
    legs += [leg for number, track in enumerate(tracks, 1) if (leg := track_leg(event, track, number)) is not None]
    return [with_countries(leg, event.merged.mode) for leg in legs]
