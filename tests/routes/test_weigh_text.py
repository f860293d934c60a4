"""The same set of reports, read by the real extraction: what is extracted of one event comes together.

Each hand-made claim is matched with the extracted claim of its report that shares most stops with it; a pair of
claims counts where both were extracted, so the figures are those of the weighing.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from routes.extract.claims import extract_claims
from routes.model import Atlas, Claims, Deployment, Movement, RouteEvent
from routes.weigh.events import weigh
from tests.corroboration.dsl import Said
from tests.corroboration.reports import REPORTS

Key = tuple[str, str]


@pytest.fixture(scope="module")
def extracted(gazetteer: Any, language: Any) -> tuple[Claims, ...]:
    return tuple(extract_claims(one.report, gazetteer, language) for one in REPORTS)


def countries(claim: Movement | Deployment) -> set[str]:
    places = [stop.position for stop in claim.stops] if isinstance(claim, Movement) else [claim.position]
    return {place.country_code or place.name for place in places}


def match(said: Said, claims: Claims) -> Key | None:
    """The extracted claim that is meant by a hand-made one, or None where nothing like it was extracted."""
    found: tuple[Movement | Deployment, ...] = (
        claims.movements if isinstance(said.claim, Movement) else claims.deployments
    )
    best = max(found, key=lambda claim: len(countries(claim) & countries(said.claim)), default=None)
    return (claims.report.id, best.id) if best and countries(best) & countries(said.claim) else None


def groups_of(atlas: Atlas) -> list[set[Key]]:
    groups = [{(claim.report_id, claim.movement.id) for claim in event.claims} for event in atlas.routes]
    return groups + [{(claim.report_id, claim.deployment.id) for claim in event.claims} for event in atlas.deployments]


def test_extracted_claims_of_one_event_come_together(extracted: tuple[Claims, ...]) -> None:
    gold: dict[Key, str] = {}
    for one, claims in zip(REPORTS, extracted, strict=True):
        for said in one.said:
            key = match(said, claims)
            if key is not None:
                gold[key] = said.event
    assert len(gold) >= 0.75 * sum(len(one.said) for one in REPORTS)
    groups = [group & gold.keys() for group in groups_of(weigh(extracted))]
    found = {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}
    expected = {frozenset(pair) for pair in combinations(sorted(gold), 2) if gold[pair[0]] == gold[pair[1]]}
    wrong = sorted(sorted(key[0] for key in pair) for pair in found - expected)
    missed = sorted(sorted(key[0] for key in pair) for pair in expected - found)
    assert len(found & expected) / len(found) >= 0.97, wrong
    assert len(found & expected) / len(expected) >= 0.90, missed


def test_the_flight_told_by_six_is_one_route(extracted: tuple[Claims, ...]) -> None:
    atlas = weigh(extracted)
    event: RouteEvent = max(atlas.routes, key=lambda event: len(event.claims))
    assert {claim.report_id for claim in event.claims} >= {"il76-long", "il76-copy", "il76-24th", "il76-countries"}
    assert event.support == len({claim.report_id for claim in event.claims}) - 1
    assert any("near copy" in reason for reason in event.reasons)
    starts = [conflict for conflict in event.conflicts if conflict.field == "date_start"]
    assert {version.value for version in starts[0].versions} == {"2025-10-22", "2025-10-24"}
