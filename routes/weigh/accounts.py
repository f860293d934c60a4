"""One claim in the form it is compared in: who, how, where and when, as plain values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gazetteer.place import Kind
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Deployment,
    Mode,
    Movement,
    Position,
    Report,
    Role,
    Status,
    Stop,
)
from routes.weigh.carriers import NOBODY, Identity, identify, of_deployment, of_movement

Key = tuple[str, str]
"""Report id and claim id: what a claim is known by."""

Days = tuple[int, int]
"""A half-open interval of days, as ordinals of the proleptic Gregorian calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A stop or position as compared: where, how exactly, when."""

    role: Role | None
    name: str
    kind: Kind | None
    country: str
    place_id: str
    lon: float | None
    lat: float | None
    radius_km: float
    days: Days | None
    reached: bool
    """False where the carrier was only meant to get there."""
    almanac: int | None
    """Day of a leap year (0–365) where only "October 26" is told, without a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One claim as compared with others.

    Attributes:
        key: Report and claim.
        claim: The claim itself.
        report: The report that makes it.
        who: What the carrier or force is known by.
        unit, commander: Of a deployment; the empty identity where untold.
        spots: Stops in travelled order, or the one place of a deployment.
        days: All days told for it, or None.
        almanac: (first, last) day of a leap year where dates are told without a year, or None.
        published: Ordinal of the report's day, or None.
        size: (min, max) persons of a deployment or aboard, or None.
        quotes: The sentences it rests on.
    """

    key: Key
    claim: Movement | Deployment
    report: Report
    who: Identity
    unit: Identity = NOBODY
    commander: str = ""
    mode: Mode = Mode.UNKNOWN
    spots: tuple[Spot, ...] = ()
    days: Days | None = None
    almanac: Days | None = None
    published: int | None = None
    size: tuple[int, int] | None = None
    status: Status = Status.COMPLETED
    certainty: Certainty = Certainty.STATED
    quotes: tuple[str, ...] = ()

    @property
    def denies(self) -> bool:
        """Whether it says the thing did not happen."""
        return self.status is Status.DENIED


def id_of_event(prefix: str, key: Key) -> str:
    """Id of the event that a claim begins: prefix ("r" or "d") and twelve hex digits."""
    return f"{prefix}-{hashlib.sha256(chr(31).join(key).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def accounts_of(claims: Iterable[Claims]) -> tuple[tuple[Account, ...], tuple[Account, ...]]:
    """Movements and deployments of all reports as accounts, each claim once, sorted by key."""
    movements: dict[Key, Account] = {}
    deployments: dict[Key, Account] = {}
    for one in claims:
        for movement in one.movements:
            movements[one.report.id, movement.id] = account_of_movement(one.report, movement)
        for deployment in one.deployments:
            deployments[one.report.id, deployment.id] = account_of_deployment(one.report, deployment)
    return (
        tuple(account for _, account in sorted(movements.items())),
        tuple(account for _, account in sorted(deployments.items())),
    )


def account_of_movement(report: Report, movement: Movement) -> Account:
    """A movement as compared."""
    lone = movement.date if len(movement.stops) == 1 else DateInterval()
    spots = tuple(
        _spot(stop.position, stop.role, stop.date if stop.date != DateInterval() else lone, _reached(movement, stop))
        for stop in movement.stops
    )
    dates = (movement.date, *(stop.date for stop in movement.stops))
    low, high = movement.personnel_min, movement.personnel_max
    return Account(
        key=(report.id, movement.id),
        claim=movement,
        report=report,
        who=of_movement(movement),
        mode=movement.mode,
        spots=spots,
        days=_hull(day_interval(date) for date in dates),
        almanac=_hull(_span(almanac_day(date)) for date in dates),
        published=report.published.toordinal() if report.published else None,
        size=_size(low, high),
        status=movement.status,
        certainty=movement.certainty,
        quotes=tuple(evidence.quote for evidence in movement.evidence),
    )


def account_of_deployment(report: Report, deployment: Deployment) -> Account:
    """A deployment as compared."""
    return Account(
        key=(report.id, deployment.id),
        claim=deployment,
        report=report,
        who=of_deployment(deployment),
        unit=identify(deployment.unit, "unit", None, (), "force"),
        commander=identify(deployment.commander, "person", None, (), "force").name,
        spots=(_spot(deployment.position, None, deployment.date),),
        days=day_interval(deployment.date),
        almanac=_span(almanac_day(deployment.date)),
        published=report.published.toordinal() if report.published else None,
        size=_size(deployment.size_min, deployment.size_max),
        status=deployment.status,
        certainty=deployment.certainty,
        quotes=tuple(evidence.quote for evidence in deployment.evidence),
    )


def _spot(position: Position, role: Role | None, date: DateInterval, reached: bool = True) -> Spot:
    return Spot(
        role=role,
        name=position.name,
        kind=position.kind,
        country=position.country_code or "",
        place_id=position.place_id or "",
        lon=position.lon,
        lat=position.lat,
        radius_km=position.radius_km,
        days=day_interval(date),
        almanac=almanac_day(date),
        reached=reached,
    )


def _reached(movement: Movement, stop: Stop) -> bool:
    """Whether the claim says that the carrier was there; the end of a trip under way is still ahead."""
    return movement.status in {Status.COMPLETED, Status.DENIED} or stop.role is not Role.DESTINATION


@lru_cache(maxsize=10_000)
def spot_at(position: Position) -> Spot:
    """A position as compared, without role or date."""
    return _spot(position, None, DateInterval())


def day_interval(date: DateInterval) -> Days | None:
    """A date as ordinals, half-open; an open end is taken as the one day known; None where nothing is resolved."""
    if date.start is None and date.end is None:
        return None
    start = date.start.toordinal() if date.start else date.end.toordinal() - 1 if date.end else 0
    return start, max(date.end.toordinal() if date.end else start + 1, start + 1)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_STARTS = (0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})\b(?!\d)", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b", re.IGNORECASE)
_TEXT_LIMIT = 200


def almanac_day(date: DateInterval) -> int | None:
    """Day of a leap year of a date told without a year; None when the year is known or no day is told."""
    if date.start is not None or date.end is not None or not date.text:
        return None
    text = date.text[:_TEXT_LIMIT]
    if found := _MONTH_DAY.search(text):
        month, day = found[1], int(found[2])
    elif found := _DAY_MONTH.search(text):
        month, day = found[2], int(found[1])
    else:
        return None
    return _MONTH_STARTS[_MONTHS.index(month.lower())] + day - 1


def _span(day: int | None) -> Days | None:
    return None if day is None else (day, day + 1)


def _hull(intervals: Iterable[Days | None]) -> Days | None:
    known = [days for days in intervals if days is not None]
    return (min(first for first, _ in known), max(end for _, end in known)) if known else None


def _size(low: int | None, high: int | None) -> tuple[int, int] | None:
    if low is None and high is None:
        return None
    return (low if low is not None else high or 0, high if high is not None else low or 0)
