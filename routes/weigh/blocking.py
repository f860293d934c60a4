"""Which pairs of claims are worth comparing: those that share a key, never all with all.

Two claims meet when they share an identifier; or a place and a time, and neither names another type or name than the
other. A claim without a type or name ("a cargo plane") is compared with all of its place and time; one without any
date with all of its place and carrier.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gazetteer.place import Kind
from routes.model import Movement
from routes.weigh.accounts import Account, Spot

_BUCKET_DAYS = 16
"""Days to a bucket; each claim also lies in the next one, so that neighbours within 16 days always share one."""
_LOOK_BACK_DAYS = 30
"""A report without a date of its own is taken to tell of the month before it was published."""
_MOST_BUCKETS = 24
_CELL_DEGREES = 10
_INITIALS = 2
_CROWD = 300
"""A block with more members than this is not compared all with all …"""
_NEIGHBOURS = 40
"""… but each with this many next to it in order of day, carrier and key."""

_Block = tuple[object, ...]


def candidate_pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Pairs of indices (smaller first), each once, in a fixed order per ``accounts`` sorted by key."""
    crowds: dict[_Block, list[int]] = defaultdict(list)
    vague: dict[_Block, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, account in enumerate(accounts):
        for block in _direct_blocks(account):
            crowds[block].append(index)
        for block, is_vague in _vague_blocks(account):
            vague[block][0 if is_vague else 1].append(index)
    seen: set[int] = set()
    size = len(accounts)
    for pair in _pairs_of(accounts, crowds, vague):
        one, other = pair if pair[0] < pair[1] else (pair[1], pair[0])
        if one != other and (code := one * size + other) not in seen:
            seen.add(code)
            yield one, other


def _pairs_of(
    accounts: Sequence[Account],
    crowds: dict[_Block, list[int]],
    vague: dict[_Block, tuple[list[int], list[int]]],
) -> Iterator[tuple[int, int]]:
    for members in crowds.values():
        if len(members) <= _CROWD:
            yield from ((one, other) for at, one in enumerate(members) for other in members[at + 1 :])
            continue
        members.sort(key=lambda index: _in_order(accounts[index]))
        yield from ((one, other) for at, one in enumerate(members) for other in members[at + 1 : at + 1 + _NEIGHBOURS])
    for loose, fixed in vague.values():
        if len(loose) * len(fixed) <= _CROWD * _CROWD:
            yield from ((one, other) for one in loose for other in fixed)


def _in_order(account: Account) -> tuple[object, ...]:
    day = account.days[0] if account.days else account.published or 0
    return (day, account.who.type, account.who.name, account.who.flag, sorted(account.who.kinds), account.key)


def _direct_blocks(account: Account) -> Iterator[_Block]:
    """Blocks whose members are all compared with each other."""
    yield from (("id", *identifier) for identifier in sorted(account.who.identifiers))
    places, times, carriers = _places(account), _times(account), _carriers(account)
    for name in (account.unit.name, account.commander):
        if name:
            yield from (("post", name.split()[-1][:4], place) for place in places)
    yield from ((who, place, time) for who in carriers or ("",) for place in places for time in times)
    if account.who.name:
        yield from ((who, "sailing", time) for who in carriers for time in times)


def _vague_blocks(account: Account) -> Iterator[tuple[_Block, bool]]:
    """Blocks in which the vague are compared with the definite: no carrier told, or no time."""
    places, times, carriers = _places(account), _times(account), _carriers(account)
    sort = isinstance(account.claim, Movement)
    timeless = times == (None,)
    for place in places:
        yield from (((sort, "any time", who, place), timeless) for who in carriers or ("",))
        if timeless:
            yield (sort, "carrier at some time" if carriers else "any carrier or time", place), True
        else:
            yield (sort, "any carrier or time", place), False
            if not carriers:
                yield (sort, "carrier at some time", place), False
        yield from (((sort, "any carrier", place, time), not carriers) for time in times)


def _carriers(account: Account) -> tuple[str, ...]:
    """What tells a carrier from others without a doubt; of a name the beginnings of its words, for misspellings."""
    who = account.who
    sort = "" if isinstance(account.claim, Movement) else "force "
    if who.organisation:
        return (f"{sort}{who.organisation}",)
    if sort:
        return (f"{sort}{who.flag}",) if who.flag else ()
    if " " in who.type or who.type[:1].isdigit():
        return (who.type,)
    return tuple(sorted({f"{word[:_INITIALS]}…" for word in who.name.split()}))


def _times(account: Account) -> tuple[int | None, ...]:
    if account.days:
        first, end = account.days
        if not isinstance(account.claim, Movement):
            first -= _LOOK_BACK_DAYS
    elif account.published is not None:
        first, end = account.published - _LOOK_BACK_DAYS, account.published + 1
    else:
        return (None,)
    buckets = range(first // _BUCKET_DAYS, (end - 1) // _BUCKET_DAYS + 2)
    return tuple(buckets) if len(buckets) <= _MOST_BUCKETS else (None,)


def _places(account: Account) -> tuple[str, ...]:
    return tuple(sorted({key for spot in account.spots for key in _place_keys(spot)}))


def _place_keys(spot: Spot) -> Iterator[str]:
    if spot.country:
        yield spot.country
    if spot.kind is Kind.COUNTRY:
        return
    if spot.lon is None or spot.lat is None:
        yield f"name {spot.name.casefold()}"
        return
    reach = spot.radius_km / 111.2 if not spot.country else 0.0
    wide = reach / max(math.cos(math.radians(spot.lat)), 0.2)
    for column in range(
        math.floor((spot.lon - wide) / _CELL_DEGREES), math.floor((spot.lon + wide) / _CELL_DEGREES) + 1
    ):
        for row in range(
            math.floor((spot.lat - reach) / _CELL_DEGREES), math.floor((spot.lat + reach) / _CELL_DEGREES) + 1
        ):
            yield f"cell {column % (360 // _CELL_DEGREES)} {row}"
