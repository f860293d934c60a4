"""Claims of many reports → events: grouped, merged, counted, with what is disputed and what was set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from routes.model import (
    Atlas,
    Claims,
    Deployment,
    DeploymentClaim,
    DeploymentEvent,
    Finding,
    Movement,
    RouteClaim,
    RouteEvent,
    Severity,
    Tie,
)
from routes.weigh.accounts import Account, Key, accounts_of
from routes.weigh.choosing import earliest
from routes.weigh.clusters import Grouping, Link
from routes.weigh.conflicts import deployment_conflicts, route_conflicts
from routes.weigh.copies import Sources, independent_sources
from routes.weigh.corrections import Corrections, apply_corrections, edits_in_order, unused
from routes.weigh.gate import Gate, apply_gate, claims_left_out, count_in_words
from routes.weigh.grades import Grade, best_grade, graded
from routes.weigh.itineraries import berths_of, merged_stops
from routes.weigh.judgements import event_id, group_by_hand, judge_events
from routes.weigh.likeness import in_words, limits, words_for_and_against
from routes.weigh.merging import lead_of, merged_deployment, merged_movement


def weigh(
    claims: Iterable[Claims],
    *,
    corrections: Corrections | None = None,
    grades: Sequence[Grade] | None = None,
    gate: Gate | None = None,
) -> Atlas:
    """Put the claims of many reports together into events.

    The result depends on the set of claims, not on their order: reports, routes and deployments come out sorted.

    Args:
        claims: One record per report.
        corrections: Judgements by hand, from ``read_corrections``; each is applied or reported as a finding.
        grades: Grades of sources, from ``read_grades``.
        gate: What an event must have to be published; what fails is counted in ``left_out``.

    Returns:
        An atlas with routes and deployments and without legs.
    """
    by_hand = corrections or Corrections()
    corrected = apply_corrections(_once(claims), by_hand)
    rated = tuple(replace(one, report=graded(one.report, grades or ())) for one in corrected.claims)
    movements, deployments = accounts_of(rated)
    ways, ways_done = group_by_hand(movements, by_hand)
    stays, stays_done = group_by_hand(deployments, by_hand)
    routes, routes_done, wrong_routes = judge_events(
        map(_route_event, _all_members(movements, ways), ways.links), by_hand
    )
    posts, posts_done, wrong_posts = judge_events(
        map(_deployment_event, _all_members(deployments, stays), stays.links), by_hand
    )
    applied = [*corrected.applied, *ways_done, *stays_done, *routes_done, *posts_done]
    shown_routes, barred_routes = apply_gate(routes, gate)
    shown_posts, barred_posts = apply_gate(posts, gate)
    findings = [finding for one in rated for finding in one.findings]
    findings += unused(by_hand, (where for where, _ in applied))
    findings += _doubts(movements, ways, "movement") + _doubts(deployments, stays, "deployment")
    return Atlas(
        reports=tuple(one.report for one in rated),
        claims=rated,
        routes=shown_routes,
        deployments=shown_posts,
        findings=tuple(findings),
        left_out=(
            *count_in_words(barred_routes + wrong_routes, barred_posts + wrong_posts),
            *claims_left_out(corrected.dropped),
        ),
        edits=edits_in_order(by_hand, applied),
    )


def _once(claims: Iterable[Claims]) -> tuple[Claims, ...]:
    """Each report once, sorted by id."""
    once = {(one.report.id, one.report.sha256): one for one in claims}
    return tuple(one for _, one in sorted(once.items(), key=lambda item: item[0]))


def _all_members(accounts: Sequence[Account], grouping: Grouping) -> list[tuple[Account, ...]]:
    """The claims of each event: the one whose words stand for it first, then by key."""
    found = []
    for indices in grouping.groups:
        mine = [accounts[index] for index in indices]
        lead = lead_of(mine)
        found.append((lead, *(account for account in mine if account is not lead)))
    return found


def _route_event(members: tuple[Account, ...], links: Sequence[Link]) -> RouteEvent:
    sources = independent_sources(members)
    row, astray = berths_of(members)
    return RouteEvent(
        id=event_id(min(members, key=earliest)),
        merged=merged_movement(members, merged_stops(row, sources), row[-1].spot() if row else None, sources),
        claims=tuple(
            RouteClaim(report_id=account.report.id, movement=account.claim)
            for account in members
            if isinstance(account.claim, Movement)
        ),
        support=sources.support,
        conflicts=route_conflicts(members, row, astray, sources),
        reasons=_reasons(links, sources, "movement"),
        ties=_ties(links, sources, "movement"),
        edits=_edits(members, links),
        grade=best_grade(account.report for account in members),
    )


def _deployment_event(members: tuple[Account, ...], links: Sequence[Link]) -> DeploymentEvent:
    sources = independent_sources(members)
    return DeploymentEvent(
        id=event_id(min(members, key=earliest)),
        merged=merged_deployment(members, sources),
        claims=tuple(
            DeploymentClaim(report_id=account.report.id, deployment=account.claim)
            for account in members
            if isinstance(account.claim, Deployment)
        ),
        support=sources.support,
        conflicts=deployment_conflicts(members),
        reasons=_reasons(links, sources, "deployment"),
        ties=_ties(links, sources, "deployment"),
        edits=_edits(members, links),
        grade=best_grade(account.report for account in members),
    )


def _reasons(links: Sequence[Link], sources: Sources, sort: str) -> tuple[str, ...]:
    told = [f"{_pair(link)}: {_why(link, sort)}" for link in sorted(links, key=lambda link: (link.one, link.other))]
    return (*told, *sources.reasons)


def _ties(links: Sequence[Link], sources: Sources, sort: str) -> tuple[Tie, ...]:
    made = []
    for link in sorted(links, key=lambda link: (link.one, link.other)):
        ids = link.one[0], link.other[0]
        if link.judged is None:
            made.append(Tie(report_ids=ids, agrees=(link.by_hand,)))
            continue
        agrees, differs = words_for_and_against(link.judged, sort)
        made.append(Tie(report_ids=ids, agrees=agrees, differs=differs, score=(link.judged.score, limits().same)))
    return (*made, *sources.ties)


def _pair(link: Link) -> str:
    return f"{link.one[0]} ({link.one[1]}) and {link.other[0]} ({link.other[1]})"


def _why(link: Link, sort: str) -> str:
    if link.judged is None:
        return link.by_hand
    return f"one event by {link.judged.score:.1f} of {limits().same:.1f}: {in_words(link.judged, sort)}"


def _edits(members: Sequence[Account], links: Sequence[Link]) -> tuple[str, ...]:
    edits = {edit for account in members for edit in account.claim.edits}
    edits |= {link.by_hand for link in links if link.by_hand}
    return tuple(sorted(edits))


_MOST_DOUBTS = 200
"""More doubtful pairs than an analyst can go through are counted, not listed."""


def _doubts(accounts: Sequence[Account], grouping: Grouping, sort: str) -> list[Finding]:
    """A finding for each pair of events that might be one."""
    home = {
        accounts[index].key: event_id(min((accounts[i] for i in indices), key=earliest))
        for indices in grouping.groups
        for index in indices
    }
    found = [_doubt(link, home, sort) for link in grouping.doubtful[:_MOST_DOUBTS] if link.judged]
    if len(grouping.doubtful) > _MOST_DOUBTS:
        more = len(grouping.doubtful) - _MOST_DOUBTS
        found.append(
            Finding(
                code="weigh.more-doubts",
                severity=Severity.INFO,
                message=f"{more} further pairs of {sort}s might be one event; the closest are listed.",
                about=sort,
                values=(("pairs", more),),
            )
        )
    return found


def _doubt(link: Link, home: dict[Key, str], sort: str) -> Finding:
    judged = link.judged
    assert judged is not None
    close = judged.score >= limits().same
    verdict = "fits another event as well" if close else "is not quite enough to put them together"
    return Finding(
        code="weigh.maybe-one-event",
        severity=Severity.INFO,
        message=f"{_pair(link)} may tell of one event, kept apart: "
        f"{judged.score:.1f} of {limits().same:.1f} {verdict} ({in_words(judged, sort)}).",
        about=home[link.one],
        values=(
            ("score", round(judged.score, 2)),
            ("one", link.one[1]),
            ("other", link.other[1]),
            ("other_event", home[link.other]),
        ),
    )
