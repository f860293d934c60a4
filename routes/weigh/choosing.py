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
        told: Every value told, at least one.
        sources: The independent sources of the event.
        agree: Whether a claim of the second value supports the first as well ("Venezuela" supports "Caracas").
        precision: How exact a value is; greater is more exact.
    """

    def rank(candidate: Told[T]) -> tuple[float, float, tuple[int, tuple[str, str]]]:
        backers = {other.account.report.id for other in told if agree(candidate.value, other.value)}
        return (-sources.count(backers), -precision(candidate.value), earliest(candidate.account))

    return min(told, key=rank)


def versions(told: Iterable[Told[str]]) -> dict[str, tuple[str, ...]]:
    """Each value with the ids of the reports that give it, values and ids sorted."""
    found: dict[str, set[str]] = {}
    for one in told:
        found.setdefault(one.value, set()).add(one.account.report.id)
    return {value: tuple(sorted(ids)) for value, ids in sorted(found.items())}
