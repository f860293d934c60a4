"""What the reports of one event disagree on: values side by side with who gives them; nothing is averaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from routes.model import Conflict, DateInterval, Movement, Role, Version
from routes.weigh import places
from routes.weigh.accounts import Account, almanac_day, day_interval, spot_at
from routes.weigh.carriers import identify, same_name, same_person
from routes.weigh.choosing import Told, versions
from routes.weigh.copies import Sources
from routes.weigh.itineraries import Berth, dated, dates_whole, stop_of
from routes.weigh.merging import status_family
from routes.weigh.words import fold

UNTOLD = "not told"
"""Stands for the silence of the reports that do not tell what at most half of the sources tell."""


def route_conflicts(
    accounts: Sequence[Account], row: Sequence[Berth], astray: Sequence[tuple[Account, int]], sources: Sources
) -> tuple[Conflict, ...]:
    """The disputes of a trip: whole-trip fields first, then stop by stop."""
    found = [
        *_common(accounts),
        _texts("operator", accounts, lambda claim: getattr(claim, "operator", None)),
        _sizes("personnel", accounts),
        _trip_dates(accounts, row),
        _astray(astray, row),
    ]
    for at, berth in enumerate(row):
        found += [_rivals(row, at, sources), _places(berth, at), _stop_dates(row, at, accounts, sources)]
    return tuple(conflict for conflict in found if conflict is not None)


def deployment_conflicts(accounts: Sequence[Account]) -> tuple[Conflict, ...]:
    """The disputes of a deployment."""
    found = [
        *_common(accounts),
        _names("unit", accounts, lambda account: getattr(account.claim, "unit", None)),
        _names("commander", accounts, lambda account: getattr(account.claim, "commander", None)),
        _sizes("size", accounts),
        _dates("date", [Told(a.claim.date, a) for a in accounts], None),
    ]
    return tuple(conflict for conflict in found if conflict is not None)


def _common(accounts: Sequence[Account]) -> list[Conflict | None]:
    return [_status(accounts), _types(accounts)]


def _conflict(field: str, told: Sequence[Told[str]], seq: int | None = None) -> Conflict | None:
    given = versions(told)
    if len(given) <= 1:
        return None
    return Conflict(
        field=field, versions=tuple(Version(value=value, report_ids=ids) for value, ids in given.items()), stop_seq=seq
    )


def _status(accounts: Sequence[Account]) -> Conflict | None:
    families = {status_family(account.status) for account in accounts}
    if len(families) <= 1:
        return None
    return _conflict("status", [Told(account.status.value, account) for account in accounts])


def _types(accounts: Sequence[Account]) -> Conflict | None:
    """Carriers told by different types or names though one event (their number is the same)."""
    told = []
    for account in accounts:
        claim = account.claim
        called = claim.carrier if isinstance(claim, Movement) else None
        if called and (account.who.type or account.who.name):
            told.append((account.who, Told(called, account)))
    names = {identity for identity, _ in told}
    differ = any(
        (a.type and b.type and a.type.split()[0] != b.type.split()[0])
        or (" " in a.type and " " in b.type and a.type != b.type)
        or (a.name and b.name and same_name(a.name, b.name) < _SAME_NAME)
        for a in names
        for b in names
    )
    return _conflict("carrier", [one for _, one in told]) if differ else None


_SAME_NAME = 0.8


def _texts(field: str, accounts: Sequence[Account], read: Callable[[object], str | None]) -> Conflict | None:
    told = [Told(text, account) for account in accounts if (text := read(account.claim))]
    words = {fold(one.value) for one in told}
    if all(set(a.split()) & set(b.split()) or same_name(a, b) >= _SAME_NAME for a in words for b in words):
        return None
    if field == "operator" and len({one.account.who.flag for one in told if not one.account.who.operator}) == 1:
        named = {one.account.who.operator for one in told} - {""}
        if len(named) <= 1:
            return None
    return _conflict(field, told)


def _names(field: str, accounts: Sequence[Account], read: Callable[[Account], str | None]) -> Conflict | None:
    told = [Told(name, account) for account in accounts if (name := read(account))]
    alike = same_person if field == "commander" else _alike
    values = {one.value for one in told}
    if all(alike(a, b) for a in values for b in values):
        return None
    return _conflict(field, told)


def _alike(one: str, other: str) -> bool:
    mine, yours = (identify(name, "unit", None, (), "force") for name in (one, other))
    if mine.organisation and mine.organisation == yours.organisation:
        return True
    return same_name(fold(one), fold(other)) >= _SAME_NAME


def _sizes(field: str, accounts: Sequence[Account]) -> Conflict | None:
    told = [Told(_range(account.size), account) for account in accounts if account.size]
    return _conflict(field, told)


def _range(size: tuple[int, int]) -> str:
    return str(size[0]) if size[0] == size[1] else f"{size[0]}–{size[1]}"


# -- when --------------------------------------------------------------------------------------------------------


def in_words(told: DateInterval) -> str:
    """A date as a value to set beside others: "2025-10-22", "2025-10-22 to 2025-10-26", or its wording."""
    days = day_interval(told)
    if days is None:
        return told.text or UNTOLD
    first, last = date.fromordinal(days[0]), date.fromordinal(days[1] - 1)
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _apart(one: DateInterval, other: DateInterval) -> bool:
    """Whether two dates cannot both hold of one moment; "October" and 22 October can."""
    mine, yours = day_interval(one), day_interval(other)
    if mine and yours:
        return mine[1] <= yours[0] or yours[1] <= mine[0]
    if mine is None and yours is None:
        first, second = almanac_day(one), almanac_day(other)
        return first is not None and second is not None and first != second
    return False


def _dates(field: str, told: Sequence[Told[DateInterval]], seq: int | None) -> Conflict | None:
    given = [one for one in told if one.value != DateInterval()]
    values = {one.value for one in given}
    clashing = {value for value in values if any(_apart(value, other) for other in values)}
    return _conflict(field, [Told(in_words(one.value), one.account) for one in given if one.value in clashing], seq)


def _field_of(row: Sequence[Berth], at: int) -> str:
    """The date of the first stop is when the trip began, that of the last when it ended."""
    if at == 0 and Role.ORIGIN in row[at].roles():
        return "date_start"
    return "date_end" if at == len(row) - 1 and Role.DESTINATION in row[at].roles() else "date"


def _stop_dates(row: Sequence[Berth], at: int, accounts: Sequence[Account], sources: Sources) -> Conflict | None:
    field = _field_of(row, at)
    told = [Told(dated(account, index), account) for account, index in row[at].told]
    disputed = _dates(field, told, at + 1)
    if disputed or field == "date":
        return disputed
    given = [Told(in_words(one.value), one.account) for one in told if one.value != DateInterval()]
    here = [account for account, _ in row[at].told]
    asked = here if field == "date_end" else [account for account in accounts if not dates_whole(account)]
    return _told_by_few(field, given, asked, sources, at + 1)


def _trip_dates(accounts: Sequence[Account], row: Sequence[Berth]) -> Conflict | None:
    """Dates told of the whole trip, where neither claim says at which stop."""
    whole = []
    for account in accounts:
        if dates_whole(account):
            whole.append(Told(account.claim.date, account))
    return _dates("date", whole, None) if row else None


def _told_by_few(
    field: str, given: Sequence[Told[str]], accounts: Sequence[Account], sources: Sources, seq: int
) -> Conflict | None:
    """What at most half of the independent sources tell is set beside the silence of the others."""
    tellers = {one.account.report.id for one in given}
    silent = {account.report.id for account in accounts} - tellers
    if not tellers or not silent or 2 * sources.count(tellers) > sources.support or sources.support == 1:
        return None
    untold = [Told(UNTOLD, account) for account in accounts if account.report.id in silent]
    return _conflict(field, [*given, *untold], seq)


# -- where -------------------------------------------------------------------------------------------------------


def _rivals(row: Sequence[Berth], at: int, sources: Sources) -> Conflict | None:
    """Another origin or destination told, or one that only few tell."""
    berth = row[at]
    field = "origin" if at == 0 else "destination"
    told = [Told(stop_of(account, index).position.name, account) for account, index in berth.told]
    rivals = [Told(stop_of(account, index).position.name, account) for account, index in berth.rivals]
    if rivals:
        return _conflict(field, [*told, *rivals], at + 1)
    role = {"origin": Role.ORIGIN, "destination": Role.DESTINATION}[field]
    if role not in berth.roles() or (at != 0 and at != len(row) - 1):
        return None
    everyone = [account for other in row for account, _ in other.told]
    if field == "destination" and (short := _ending_before(row)):
        return _conflict(field, [*told, *short], at + 1)
    return _told_by_few(field, told, everyone, sources, at + 1)


def _ending_before(row: Sequence[Berth]) -> list[Told[str]]:
    """Where the trip ends for the reports that tell of its arrival at an earlier stop and of nothing after."""
    found = []
    for berth in row[:-1]:
        for account, index in berth.told:
            last = index == len(account.spots) - 1 and account.spots[index].role is Role.DESTINATION
            if last and account.spots[index].reached and row[-1].spot().reached:
                found.append(Told(berth.spot().name, account))
    return found


def _places(berth: Berth, at: int) -> Conflict | None:
    """Different places told for one stop, short of a country meeting a city within it."""
    told = [(stop_of(account, index).position, account) for account, index in berth.told]
    spots = {position: spot_at(position) for position, _ in told}
    clashing = {
        position
        for position, spot in spots.items()
        if any(places.meeting(spot, other) == places.APART for other in spots.values())
    }
    return _conflict("stop", [Told(place.name, account) for place, account in told if place in clashing], at + 1)


def _astray(astray: Sequence[tuple[Account, int]], row: Sequence[Berth]) -> Conflict | None:
    """Stops that fit nowhere between the others."""
    if not astray:
        return None
    told = [Told(stop_of(account, index).position.name, account) for account, index in astray]
    strays = {account.key for account, _ in astray}
    names = " – ".join(berth.spot().name for berth in row)
    laid = [Told(names, account) for berth in row for account, _ in berth.told if account.key not in strays]
    return _conflict("stops", [*told, *laid])
