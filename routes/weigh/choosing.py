"""One value to show out of several told: the most supported, then the most precise, then the earliest published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from routes.weigh.accounts import Account
from routes.weigh.copies import Sources

T = TypeVar("T")
_UNDATED = 10**9


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A value and the claim that gives it."""

    value: T
    account: Account


def earliest(account: Account) -> tuple[int, tuple[str, str]]:
    """Sort key: day of publication (undated last), then report and claim."""
    return (account.published if account.published is not None else _UNDATED, account.key)


def choose(
    told: Sequence[Told[T]],
    sources: Sources,
    *,
    agree: Callable[[T, T], bool],
    precision: Callable[[T], float],
) -> Told[T]:
    """The value to show.

    Args:
        told: Every value told, at least one; values are hashable.
        sources: The independent sources of the event.
        agree: Whether a claim of the second value supports the first as well ("Venezuela" supports "Caracas").
        precision: How exact a value is; greater is more exact.
    """
    first, tellers = first_of_each(told)

    def rank(value: T) -> tuple[float, float, tuple[int, tuple[str, str]]]:
        backers = {report_id for other, ids in tellers.items() if agree(value, other) for report_id in ids}
        return (-sources.count(backers), -precision(value), earliest(first[value].account))

    return first[min(first, key=rank)]


def first_of_each(told: Iterable[Told[T]]) -> tuple[dict[T, Told[T]], dict[T, set[str]]]:
    """For each value its earliest telling, and the ids of the reports that tell it."""
    first: dict[T, Told[T]] = {}
    tellers: dict[T, set[str]] = {}
    for one in told:
        tellers.setdefault(one.value, set()).add(one.account.report.id)
        known = first.get(one.value)
        if known is None or earliest(one.account) < earliest(known.account):
            first[one.value] = one
    return first, tellers


def versions(told: Iterable[Told[str]]) -> dict[str, tuple[str, ...]]:
    """Each value with the ids of the reports that give it, values and ids sorted."""
    found: dict[str, set[str]] = {}
    for one in told:
        found.setdefault(one.value, set()).add(one.account.report.id)
    return {value: tuple(sorted(ids)) for value, ids in sorted(found.items())}
