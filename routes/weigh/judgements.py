"""Judgements by hand on events: which claims are one or are not, which events are wrong, what is set on them.

An entry that names an event by id holds for the event that has the claim this id was made of, whatever reports have
joined it since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from routes.model import DeploymentEvent, Movement, RouteEvent
from routes.weigh.accounts import Account, id_of_event
from routes.weigh.clusters import Grouping, group
from routes.weigh.corrections import Corrections, Different, Same, SetByHand, Wrong, set_values, setting
from routes.weigh.gate import Event

Applied = list[tuple[str, str]]
"""(where of the entry, what it did) for each entry that changed something."""


def event_id(account: Account) -> str:
    """Id of the event that a claim begins: ``r-`` or ``d-`` and a digest of its report and claim."""
    return id_of_event("r" if isinstance(account.claim, Movement) else "d", account.key)


def group_by_hand(accounts: Sequence[Account], by_hand: Corrections) -> tuple[Grouping, Applied]:
    """The claims of each event, with what was joined and kept apart by hand."""
    homes: dict[str, list[int]] = {}
    for index, account in enumerate(accounts):
        homes.setdefault(account.key[1], []).append(index)
        homes.setdefault(event_id(account), []).append(index)
    applied: Applied = []
    bound: list[tuple[int, int, str]] = []
    apart: list[tuple[int, int]] = []
    verdicts: list[Same | Different] = [*by_hand.of(Same), *by_hand.of(Different)]
    for entry in verdicts:
        if not all(one in homes for one in entry.ids):
            continue
        pairs = [(i, j) for a, b in combinations(entry.ids, 2) for i in homes[a] for j in homes[b] if i != j]
        if isinstance(entry, Same):
            bound += [(i, j, _verdict(entry)) for i, j in pairs]
        else:
            apart += pairs
            applied.append((entry.where, _verdict(entry)))
    grouping = group(accounts, bound=bound, apart=apart)
    return grouping, [*_carried_out(grouping, homes, by_hand), *applied]


def _carried_out(grouping: Grouping, homes: dict[str, list[int]], by_hand: Corrections) -> Applied:
    """The entries that make events one; those that another entry forbids are said to be overruled."""
    place = {index: at for at, indices in enumerate(grouping.groups) for index in indices}
    applied: Applied = []
    for entry in by_hand.of(Same):
        if not all(one in homes for one in entry.ids):
            continue
        together = len({place[index] for one in entry.ids for index in homes[one]}) == 1
        overruled = "" if together else ", not carried out: another entry says that they are not one"
        applied.append((entry.where, _verdict(entry) + overruled))
    return applied


def _verdict(entry: Same | Different) -> str:
    verdict = "one event" if isinstance(entry, Same) else "not one event"
    return entry.signed(f"{' and '.join(entry.ids)} are {verdict}")


def judge_events(events: Iterable[Event], by_hand: Corrections) -> tuple[list[Event], Applied, Counter[str]]:
    """Events sorted by id, with values set by hand; those judged wrong are left out and counted."""
    kept: list[Event] = []
    applied: Applied = []
    wrong: Counter[str] = Counter()
    for event in sorted(events, key=lambda event: event.id):
        ids = set(_event_ids(event))
        against = [entry for entry in by_hand.of(Wrong) if entry.id in ids]
        if against:
            applied += [(entry.where, entry.signed(f"{entry.id} left out as wrong")) for entry in against]
            wrong["judged wrong by hand"] += 1
            continue
        settings = [entry for entry in by_hand.of(SetByHand) if entry.id in ids]
        applied += [(entry.where, f"{setting(entry)} [{entry.id}]") for entry in settings]
        known_as = ids | set(_claim_ids(event))
        parted = [_verdict(entry) for entry in by_hand.of(Different) if known_as & set(entry.ids)]
        kept.append(_with_settings(event, settings, parted))
    return kept, applied, wrong


def _with_settings(event: Event, settings: Sequence[SetByHand], lines: Sequence[str]) -> Event:
    for entry in settings:
        event = replace(event, merged=set_values(event.merged, entry))
    edits = dict.fromkeys((*event.edits, *(setting(entry) for entry in settings), *lines))
    return replace(event, edits=tuple(edits))


def ids_of(event: RouteEvent | DeploymentEvent) -> frozenset[str]:
    """Every id an event answers to: its own, those its claims would each give it, and the claims' own."""
    return frozenset((event.id, *_event_ids(event), *_claim_ids(event)))


def _claim_ids(event: RouteEvent | DeploymentEvent) -> Iterator[str]:
    if isinstance(event, RouteEvent):
        yield from (claim.movement.id for claim in event.claims)
    else:
        yield from (claim.deployment.id for claim in event.claims)


def _event_ids(event: RouteEvent | DeploymentEvent) -> Iterator[str]:
    """The ids that its claims would each give the event."""
    if isinstance(event, RouteEvent):
        yield from (id_of_event("r", (claim.report_id, claim.movement.id)) for claim in event.claims)
    else:
        yield from (id_of_event("d", (claim.report_id, claim.deployment.id)) for claim in event.claims)
