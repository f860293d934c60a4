"""Claims of many reports become events."""

from __future__ import annotations

from routes.weigh.events import weigh
from tests.samples import sample_atlas


def test_two_accounts_of_one_flight_are_one_event() -> None:
    atlas = weigh(sample_atlas().claims)
    flight = next(event for event in atlas.routes if len(event.claims) == 2)
    assert {claim.report_id for claim in flight.claims} == {"il76-stops", "il76-arrival"}
    assert flight.support == 2
    assert [stop.position.name for stop in flight.merged.stops][::6] == ["Moscow", "Caracas"]
    assert {conflict.field for conflict in flight.conflicts} == {"origin", "date_start"}


def test_the_order_of_reports_does_not_matter() -> None:
    claims = sample_atlas().claims
    assert weigh(claims) == weigh(reversed(claims))


def test_a_new_report_leaves_other_ids_alone() -> None:
    claims = sample_atlas().claims
    without_tanker = [one for one in claims if one.report.id != "tanker"]
    assert {event.id for event in weigh(without_tanker).routes} < {event.id for event in weigh(claims).routes}
