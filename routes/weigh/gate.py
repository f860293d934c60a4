"""What is published: events below a bar are left out, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from routes.model import Certainty, DeploymentEvent, RouteEvent, Status

_VOUCHED = (Certainty.HEDGED, Certainty.ATTRIBUTED, Certainty.STATED)
Event = TypeVar("Event", RouteEvent, DeploymentEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What an event must have to be published.

    Attributes:
        min_support: Independent reports at least.
        min_certainty: Hedged, attributed or stated at least; None lets all through.
        exclude_status: Statuses that are left out.
        min_reliability: Best source graded at least this (A best); the unrated are left out. None lets all through.
        min_credibility: Best source's information graded at least this (1 best). None lets all through.
    """

    min_support: int = 1
    min_certainty: Certainty | None = None
    exclude_status: tuple[Status, ...] = ()
    min_reliability: str | None = None
    min_credibility: int | None = None


def apply_gate(events: Sequence[Event], gate: Gate | None) -> tuple[tuple[Event, ...], Counter[str]]:
    """The events that pass, in their order, and how many were left out for which (first) reason."""
    if gate is None:
        return tuple(events), Counter()
    passed, counted = [], Counter[str]()
    for event in events:
        reason = _barred(event, gate)
        if reason is None:
            passed.append(event)
        else:
            counted[reason] += 1
    return tuple(passed), counted


def _barred(event: RouteEvent | DeploymentEvent, gate: Gate) -> str | None:
    if event.support < gate.min_support:
        return f"told by fewer than {gate.min_support} independent reports"
    if gate.min_certainty and _VOUCHED.index(event.merged.certainty) < _VOUCHED.index(gate.min_certainty):
        return f"less certain than {gate.min_certainty.value}"
    if event.merged.status in gate.exclude_status:
        return f"status {event.merged.status.value}"
    reliability, credibility = (event.grade or "--")[0], (event.grade or "--")[1]
    if gate.min_reliability and (reliability == "-" or reliability > gate.min_reliability):
        return f"no source of reliability {gate.min_reliability} or better"
    if gate.min_credibility and (credibility == "-" or int(credibility) > gate.min_credibility):
        return f"no information of credibility {gate.min_credibility} or better"
    return None


def claims_left_out(count: int) -> tuple[str, ...]:
    """The line for single claims that were judged wrong by hand."""
    return (f"{count} claim{'' if count == 1 else 's'} left out: judged wrong by hand",) if count else ()


def count_in_words(routes: Counter[str], deployments: Counter[str]) -> tuple[str, ...]:
    """One line per reason: "3 routes and 1 deployment left out: status denied"."""
    lines = []
    for reason in sorted(routes.keys() | deployments.keys()):
        counts = [(routes[reason], "route"), (deployments[reason], "deployment")]
        told = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count]
        lines.append(f"{' and '.join(told)} left out: {reason}")
    return tuple(lines)
