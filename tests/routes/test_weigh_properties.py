"""What holds for any reports: their order is of no matter, weighing again changes nothing, others are left alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routes.model import Atlas, Claims
from routes.weigh.corrections_file import read_corrections
from routes.weigh.events import weigh
from tests.corroboration.dsl import Said, Told, force, told, trip
from tests.corroboration.reports import REPORTS

CLAIMS = tuple(one.claims for one in REPORTS)
PLANES = ("Il-76", "Ilyushin 76TD", "Russian Il-76", "An-124", "cargo plane", None)
CITIES = ("Moscow", "Algiers", "Caracas", "Havana", "Venezuela", "Russia")
DAYS = ("", "@2025-10-22", "@2025-10-24", "@2025-10-26", "@2025-10", "@2025-11-25")


@st.composite
def said(draw: st.DrawFn) -> Said:
    """A claim from a small world, so that many tell of one thing and many contradict each other."""
    if draw(st.integers(0, 3)) == 0:
        size = draw(st.sampled_from((None, 120, 400, (100, 150))))
        name = draw(st.sampled_from(("Russian troops", "Russian advisers", "French soldiers", "Wagner mercenaries")))
        status = draw(st.sampled_from(("completed", "ongoing", "withdrawn")))
        return force("x", name, draw(st.sampled_from(("Mali", "Bamako", "Niger"))), size=size, status=status)
    way = draw(st.lists(st.sampled_from(CITIES), min_size=1, max_size=3, unique=True))
    stops = " > ".join(city + draw(st.sampled_from(DAYS)) for city in way)
    return trip(
        "x",
        draw(st.sampled_from(PLANES)),
        draw(st.sampled_from(("air", "air", "air", "sea"))),
        stops,
        status=draw(st.sampled_from(("completed", "completed", "planned", "denied"))),
        certainty=draw(st.sampled_from(("stated", "hedged"))),
        identifiers=draw(st.sampled_from(((), (), ("RA-76499",), ("RA-11111",)))),
    )


@st.composite
def reports(draw: st.DrawFn) -> list[Claims]:
    made: list[Told] = []
    for number in range(draw(st.integers(1, 9))):
        publisher = draw(st.sampled_from(("Post", "Harbour Gazette", "Wire")))
        day = draw(st.sampled_from(("", "2025-10-27", "2025-10-28", "2025-12-01")))
        text = f"Report {draw(st.integers(0, 4))} of planes and soldiers, as the Harbour Gazette reported."
        made.append(told(f"report-{number}", publisher, day, text, *draw(st.lists(said(), min_size=1, max_size=3))))
    return [one.claims for one in made]


def ids(atlas: Atlas) -> dict[str, frozenset[tuple[str, str]]]:
    """Each event's id with the claims in it."""
    found = {event.id: frozenset((c.report_id, c.movement.id) for c in event.claims) for event in atlas.routes}
    found |= {event.id: frozenset((c.report_id, c.deployment.id) for c in event.claims) for event in atlas.deployments}
    return found


@settings(max_examples=80, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_reports_is_of_no_matter(claims: list[Claims], chance: Any) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert weigh(shuffled) == weigh(claims)


@settings(max_examples=50, deadline=None)
@given(reports())
def test_weighing_again_changes_nothing(claims: list[Claims]) -> None:
    once = weigh(claims)
    assert weigh(once.claims) == once
    assert ids(weigh([*claims, *claims])) == ids(once)


@settings(max_examples=50, deadline=None)
@given(reports())
def test_every_claim_is_in_one_event_and_ids_are_their_own(claims: list[Claims]) -> None:
    atlas = weigh(claims)
    groups = ids(atlas)
    assert len(groups) == len(atlas.routes) + len(atlas.deployments)
    told_in = [key for group in groups.values() for key in group]
    made = [(one.report.id, claim.id) for one in claims for claim in (*one.movements, *one.deployments)]
    assert sorted(told_in) == sorted(made)
    for event in (*atlas.routes, *atlas.deployments):
        assert 1 <= event.support <= len({claim.report_id for claim in event.claims})


@settings(max_examples=50, deadline=None)
@given(reports())
def test_a_further_report_leaves_untouched_events_their_ids(claims: list[Claims]) -> None:
    before, after = ids(weigh(claims[:-1])), ids(weigh(claims))
    by_claims = {group: event_id for event_id, group in after.items()}
    for event_id, group in before.items():
        assert by_claims.get(group, event_id) == event_id


@settings(max_examples=50, deadline=None)
@given(reports())
def test_merged_values_and_versions_are_told_by_someone(claims: list[Claims]) -> None:
    for event in weigh(claims).routes:
        movements = [claim.movement for claim in event.claims]
        assert event.merged.carrier in {movement.carrier for movement in movements}
        told_of = {stop.position for movement in movements for stop in movement.stops}
        assert {stop.position for stop in event.merged.stops} <= told_of
        days = {stop.date for movement in movements for stop in movement.stops}
        assert {stop.date for stop in event.merged.stops} <= days | {movement.date for movement in movements}
        assert [stop.seq for stop in event.merged.stops] == list(range(1, len(event.merged.stops) + 1))
        tellers = {claim.report_id for claim in event.claims}
        for conflict in event.conflicts:
            assert len(conflict.versions) > 1
            assert {one for version in conflict.versions for one in version.report_ids} <= tellers


@pytest.mark.parametrize("left_out", [one.report.id for one in REPORTS])
def test_without_one_report_the_others_keep_their_ids(left_out: str) -> None:
    whole = ids(weigh(CLAIMS))
    part = ids(weigh(claims for claims in CLAIMS if claims.report.id != left_out))
    touched = {event_id for event_id, group in whole.items() if left_out in {report_id for report_id, _ in group}}
    assert {event_id: group for event_id, group in whole.items() if event_id not in touched}.items() <= part.items()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=reports(), data=st.data())
def test_a_correction_and_its_removal_bring_back_the_same(
    gazetteer: Any, claims: list[Claims], data: st.DataObject
) -> None:
    plain = weigh(claims)
    every = [claim.id for one in claims for claim in one.movements]
    if not every:
        return
    one = data.draw(st.sampled_from(every))
    other = data.draw(st.sampled_from(every))
    pair = f'ids = ["{one}", "{other}"]\n'
    entries = [
        f'[[wrong]]\nid = "{one}"\nby = "K"\nreason = "x"\n',
        f'[[set]]\nid = "{one}"\nstatus = "planned"\n',
        '[[place]]\nname = "Caracas"\nmeans = "gn:3553478"\n',
    ]
    entries += [f"[[same]]\n{pair}", f"[[different]]\n{pair}"] if one != other else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrections.toml"
        path.write_text(data.draw(st.sampled_from(entries)), encoding="utf-8")
        corrected = weigh(claims, corrections=read_corrections(path, gazetteer))
        assert corrected.edits or any(finding.code == "correction.unused" for finding in corrected.findings)
        path.write_text("", encoding="utf-8")
        assert weigh(claims, corrections=read_corrections(path, gazetteer)) == plain
