"""Where an event comes from: the whole chain, from the sentence in the report to the line on the map, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gazetteer.version import VERSION
from routes.errors import UnknownEventError
from routes.model import (
    Atlas,
    Conflict,
    DateInterval,
    Deployment,
    DeploymentEvent,
    Finding,
    Leg,
    Movement,
    Report,
    RouteEvent,
    Stop,
)
from routes.weigh.judgements import ids_of

_INDENT = "  "
_MOST_NAMES = 12


def explain(atlas: Atlas, wanted: str) -> str:
    """Everything that stands behind one event, in words.

    Args:
        atlas: The finished atlas.
        wanted: Id of a route (``r-…``), deployment (``d-…``), leg (``l-…``) or claim (``m-…``, ``c-…``). An id that
            an event had before other reports joined it is understood as well.

    Raises:
        UnknownEventError: The atlas has no such event; the message lists those there are.
    """
    event = _find(atlas, wanted)
    reports = {report.id: report for report in atlas.reports}
    parts: list[tuple[str, list[str]]] = [
        (_title(event), list(_summary(event))),
        ("What is shown", list(_shown(event))),
        ("What each report says", [line for claim in _claims(event) for line in _claim(*claim, reports)]),
        ("Why these claims are one event", list(event.reasons)),
        ("What they disagree on", [line for conflict in event.conflicts for line in _conflict(conflict)]),
        ("Edited by hand", list(event.edits)),
        ("How it is drawn", [line for leg in atlas.legs if leg.route_id == event.id for line in _leg(event, leg)]),
        ("Findings", [_finding(finding) for finding in atlas.findings if _concerns(finding, event, atlas.legs)]),
        ("Made by", [f"dateline {VERSION}"]),
    ]
    told = [f"{head}\n" + "\n".join(_INDENT + line for line in lines) for head, lines in parts if lines]
    return "\n\n".join(told) + "\n"


def _find(atlas: Atlas, wanted: str) -> RouteEvent | DeploymentEvent:
    legs = {leg.id: leg.route_id for leg in atlas.legs}
    known = legs.get(wanted, wanted)
    events: list[RouteEvent | DeploymentEvent] = [*atlas.routes, *atlas.deployments]
    for event in events:
        if known == event.id:
            return event
    for event in events:
        if known in ids_of(event):
            return event
    names = [event.id for event in events]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    listed = f"there are {', '.join(names[:_MOST_NAMES])}{more}" if names else "there is none"
    raise UnknownEventError(
        f"no event has the id {wanted!r}; {listed} (routes.geojson and deployments.geojson list ids)"
    )


def _title(event: RouteEvent | DeploymentEvent) -> str:
    merged = event.merged
    if isinstance(merged, Movement):
        way = " – ".join(stop.position.name for stop in merged.stops)
        return f"{event.id}: {merged.carrier or 'carrier untold'} ({merged.mode.value}), {way or 'no stop told'}"
    return f"{event.id}: {merged.force or 'force untold'} at {merged.position.name}"


def _summary(event: RouteEvent | DeploymentEvent) -> Iterator[str]:
    merged = event.merged
    source = f", according to {merged.attribution}" if merged.attribution else ""
    yield f"{merged.status.value}, {merged.certainty.value}{source}; {_date(merged.date)}"
    reports = len({report_id for report_id, _ in _claims(event)})
    noun = "report" if reports == 1 else "reports"
    yield f"support {event.support} (independent), from {reports} {noun}" + (
        f"; best grade {event.grade}" if event.grade else ""
    )


def _date(told: DateInterval) -> str:
    if told.start is None and told.end is None:
        return f"“{told.text}” (not resolved to a day)" if told.text else "date not told"
    first = told.start or told.end
    last = told.end - timedelta(days=1) if told.end else told.start
    assert isinstance(first, date)
    wording = f" (“{told.text}”)" if told.text and told.text != first.isoformat() else ""
    return (first.isoformat() if first == last else f"{first} to {last}") + wording


def _shown(event: RouteEvent | DeploymentEvent) -> Iterator[str]:
    merged = event.merged
    if isinstance(merged, Movement):
        for stop in merged.stops:
            yield _stop(stop)
            yield from (_INDENT + reason for reason in stop.reasons)
        fields: list[tuple[str, object]] = [
            ("identifiers", ", ".join(merged.identifiers)),
            ("operator", merged.operator),
            ("cargo", merged.cargo),
            ("aboard", _size(merged.personnel_min, merged.personnel_max)),
        ]
        if not merged.order_stated:
            fields.append(("order", "the stops are listed without claiming an order"))
    else:
        yield _place(merged)
        fields = [
            ("unit", merged.unit),
            ("commander", merged.commander),
            ("size", _size(merged.size_min, merged.size_max)),
        ]
    yield from (f"{name}: {value}" for name, value in fields if value)


def _size(low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    return str(low) if low == high else f"{low if low is not None else '?'}–{high if high is not None else '?'}"


def _stop(stop: Stop) -> str:
    where = stop.position
    point = f"{where.lat:.3f}, {where.lon:.3f}" if where.lat is not None and where.lon is not None else "not located"
    exact = f", known to the {where.precision.value}" if where.precision else ""
    when = f", {_date(stop.date)}" if stop.date != DateInterval() else ""
    return f"{stop.seq}. {where.name} ({stop.role.value}{exact}; {where.place_id or 'no id'}; {point}){when}"


def _place(claim: Deployment) -> str:
    where = claim.position
    point = f"{where.lat:.3f}, {where.lon:.3f}" if where.lat is not None and where.lon is not None else "not located"
    return f"{where.name} ({where.precision.value if where.precision else 'unlocated'}; {where.place_id}; {point})"


def _claims(event: RouteEvent | DeploymentEvent) -> Sequence[tuple[str, Movement | Deployment]]:
    if isinstance(event, RouteEvent):
        return [(claim.report_id, claim.movement) for claim in event.claims]
    return [(claim.report_id, claim.deployment) for claim in event.claims]


def _claim(report_id: str, claim: Movement | Deployment, reports: dict[str, Report]) -> Iterator[str]:
    report = reports.get(report_id)
    told = [report_id]
    if report is not None:
        told += [report.title or "", report.publisher or "", report.published.isoformat() if report.published else ""]
        told.append(f"grade {report.reliability or '-'}{report.credibility or '-'}" if _graded(report) else "")
    yield ", ".join(one for one in told if one)
    if report is not None and report.url:
        yield _INDENT + report.url
    source = f", according to {claim.attribution}" if claim.attribution else ""
    yield f"{_INDENT}claim {claim.id}: {claim.status.value}, {claim.certainty.value}{source}; {_date(claim.date)}"
    for evidence in claim.evidence:
        yield f"{_INDENT}“{' '.join(evidence.quote.split())}” (characters {evidence.span.start}–{evidence.span.end})"
    if isinstance(claim, Movement):
        for stop in claim.stops:
            yield f"{_INDENT}{_stop(stop)}, written “{stop.text}”"
            yield from (2 * _INDENT + reason for reason in stop.reasons)
    else:
        yield f"{_INDENT}{_place(claim)}, written “{claim.text}”"
    yield from (f"{_INDENT}rule: {reason}" for reason in claim.reasons)
    yield from (f"{_INDENT}{edit}" for edit in claim.edits)


def _graded(report: Report) -> bool:
    return report.reliability is not None or report.credibility is not None


def _conflict(conflict: Conflict) -> Iterator[str]:
    at = f" (stop {conflict.stop_seq})" if conflict.stop_seq else ""
    yield f"{conflict.field}{at}"
    yield from (f"{_INDENT}{version.value}: {', '.join(version.report_ids)}" for version in conflict.versions)


def _leg(event: RouteEvent | DeploymentEvent, leg: Leg) -> Iterator[str]:
    names = {stop.seq: stop.position.name for stop in event.merged.stops} if isinstance(event, RouteEvent) else {}
    way = f"{names.get(leg.from_seq, '?')} → {names.get(leg.to_seq, '?')}"
    over = f"; over {', '.join(one.country_code for one in leg.overflown)}" if leg.overflown else ""
    by = f"; by {', '.join(leg.chokepoints)}" if leg.chokepoints else ""
    yield f"{leg.id}: {way}, {leg.length_km:,.0f} km, {leg.path.value.replace('_', ' ')}{by}{over}"
    yield from (_INDENT + note for note in leg.notes)


def _concerns(finding: Finding, event: RouteEvent | DeploymentEvent, legs: Sequence[Leg]) -> bool:
    other = dict(finding.values).get("other_event")
    mine = {leg.id for leg in legs if leg.route_id == event.id}
    return event.id in {finding.about, other} or finding.about in mine or finding.about in ids_of(event)


def _finding(finding: Finding) -> str:
    return f"{finding.severity.value}: {finding.message} [{finding.code}]"
