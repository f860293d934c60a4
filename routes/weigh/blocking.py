"""Which pairs of claims are worth comparing: those that share a key, never all with all.

Two claims meet when they share an identifier; or a place and a time, and neither names another type or name than the
other. What is told vaguely is compared with all it may mean: a claim of a country or sea with those of places within,
one without a type or name ("a cargo plane") with all of its place and time, one without any date with all of its
place and carrier.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from gazetteer.place import Kind
from routes.model import Mode, Movement
from routes.weigh.accounts import Account, Spot
from routes.weigh.places import AREAS

_BUCKET_DAYS = {Mode.AIR: 8, Mode.LAND: 16, Mode.SEA: 16}
"""Days to a bucket; each claim also lies in the next one, so that any two this near always share one. Claims farther
apart in time are one event only by an identifier."""
_STAY_BUCKET_DAYS = 32
_LOOK_BACK_DAYS = 30
"""A report without a date of its own is taken to tell of the month before it was published."""
_MOST_BUCKETS = 24
_LAT_DEGREES, _LON_DEGREES = 1.0, 2.0
"""Fine cells, laid twice, half a cell apart: any two points within half a cell (55 km) of each other share one."""
_CELL_DEGREES = 10
_KM_PER_DEGREE = 111.2
_INITIALS = 2
_CROWD = 300
"""A block with more members than this is not compared all with all …"""
_NEIGHBOURS = 40
"""… but each with this many next to it in order of day, carrier and key."""

_Block = tuple[object, ...]


@dataclass(slots=True)
class _Entries:
    """Which claim lies in which block, as two columns; lives only within ``candidate_pairs``.

    Blocks are known by the hash of their key: should two ever share one, a few pairs too many are compared.
    """

    blocks: array[int] = field(default_factory=lambda: array("q"))
    indices: array[int] = field(default_factory=lambda: array("q"))

    def add(self, block: _Block, index: int) -> None:
        """Note that a claim lies in a block."""
        self.blocks.append(hash(block))
        self.indices.append(index)

    def shared(self) -> Iterator[list[int]]:
        """The members of each block that has several, ascending."""
        import numpy as np

        blocks, indices = np.array(self.blocks, dtype=np.int64), np.array(self.indices, dtype=np.int64)
        order = np.lexsort((indices, blocks))
        blocks, indices = blocks[order], indices[order]
        starts = np.flatnonzero(np.r_[True, blocks[1:] != blocks[:-1]]) if len(blocks) else np.array([], dtype=np.int64)
        ends = np.r_[starts[1:], len(blocks)]
        several = ends - starts > 1
        for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
            yield indices[start:end].tolist()


def candidate_pairs(accounts: Sequence[Account]) -> Iterator[tuple[int, int]]:
    """Pairs of indices (smaller first), each once, ascending, of ``accounts`` sorted by key."""
    import numpy as np

    direct, sided, size = _Entries(), _Entries(), len(accounts)
    for index, account in enumerate(accounts):
        for block in _direct_blocks(account):
            direct.add(block, index)
        for block, is_vague in _vague_blocks(account):
            sided.add(block, 2 * index + is_vague)
    codes = array("q", (min(pair) * size + max(pair) for pair in _pairs_of(accounts, direct, sided)))
    for code in np.unique(np.array(codes, dtype=np.int64)).tolist():
        one, other = divmod(code, size)
        if one != other:
            yield one, other


def _pairs_of(accounts: Sequence[Account], direct: _Entries, sided: _Entries) -> Iterator[tuple[int, int]]:
    for members in direct.shared():
        if len(members) <= _CROWD:
            yield from combinations(members, 2)
            continue
        in_order = sorted(set(members), key=lambda index: _in_order(accounts[index]))
        for at, one in enumerate(in_order):
            yield from ((one, other) for other in in_order[at + 1 : at + 1 + _NEIGHBOURS])
    for members in sided.shared():
        vague = [member // 2 for member in members if member % 2]
        definite = [member // 2 for member in members if not member % 2]
        if len(vague) * len(definite) <= _CROWD * _CROWD:
            yield from ((one, other) for one in vague for other in definite)


def _in_order(account: Account) -> tuple[object, ...]:
    day = account.days[0] if account.days else account.published or 0
    return (day, account.who.type, account.who.name, account.who.flag, sorted(account.who.kinds), account.key)


def _direct_blocks(account: Account) -> Iterator[_Block]:
    """Blocks whose members are all compared with each other."""
    yield from (("id", *identifier) for identifier in sorted(account.who.identifiers))
    where, times, carriers = _where(account), _times(account), _carriers(account)
    for name in (account.unit.name, account.commander):
        if name:
            yield from (("post", name.split()[-1][:4], place) for place in (*where.wide, *where.around))
    for who in carriers or ("",):
        yield from ((who, place, time) for place in (*where.fine, *where.wide) for time in times)
    if account.who.name:
        yield from (("name", account.who.name, time) for time in times)


def _vague_blocks(account: Account) -> Iterator[tuple[_Block, bool]]:
    """Blocks in which the vague are compared with the definite: no exact place, no carrier, or no time."""
    where, times, carriers = _where(account), _times(account), _carriers(account)
    sort = isinstance(account.claim, Movement)
    for time in times:
        for who in carriers or ("",):
            yield from ((("place", who, place, time), True) for place in where.wide)
            yield from ((("place", who, place, time), False) for place in where.around)
        named = bool(carriers)
        yield from (((sort, "carrier", place, time), not named) for place in (*where.fine, *where.wide))
        yield from (
            ((sort, "wide nobody", place, time), not named) for place in (where.around if named else where.wide)
        )
        yield from (((sort, "wide somebody", place, time), named) for place in (where.wide if named else where.around))
    timeless = times == (None,)
    for place in (*where.wide, *where.around):
        yield from (((sort, "time", who, place), timeless) for who in carriers or ("",))
        if timeless:
            yield (sort, "time, carrier" if carriers else "time, anyone", place), True
        else:
            yield (sort, "time, anyone", place), False
            if not carriers:
                yield (sort, "time, carrier", place), False


def _carriers(account: Account) -> tuple[str, ...]:
    """What tells a carrier from others without a doubt; of a name the beginnings of its words, for misspellings."""
    who = account.who
    sort = "" if isinstance(account.claim, Movement) else "force "
    if who.organisation:
        return (f"{sort}{who.organisation}",)
    if sort:
        return (f"{sort}{who.flag}",) if who.flag else ()
    if " " in who.type or who.type[:1].isdigit() or who.family == "aircraft":
        return (who.type,) if who.type[-1:].isdigit() else ()
    return tuple(sorted({f"{word[:_INITIALS]}…" for word in who.name.split()}))


def _times(account: Account) -> tuple[tuple[int, int] | None, ...]:
    """(days to a bucket, number of the bucket) of each bucket a claim lies in; (None,) without any time."""
    if account.days:
        first, end = account.days
    elif account.published is not None:
        first, end = account.published - _LOOK_BACK_DAYS, account.published + 1
    else:
        return (None,)
    found = []
    for width in _widths(account):
        buckets = range(first // width, (end - 1) // width + 2)
        if len(buckets) > _MOST_BUCKETS:
            return (None,)
        found += [(width, bucket) for bucket in buckets]
    return tuple(found)


def _widths(account: Account) -> tuple[int, ...]:
    if not isinstance(account.claim, Movement):
        return (_STAY_BUCKET_DAYS,)
    if account.mode is Mode.UNKNOWN:
        return tuple(sorted(set(_BUCKET_DAYS.values())))
    return (_BUCKET_DAYS[account.mode],)


@dataclass(frozen=True, slots=True)
class _Where:
    """Keys of a claim's places.

    Attributes:
        fine: Cells of the places known exactly.
        around: What these lie in: country, large cell.
        wide: Countries, and the large cells of seas and regions, that are all the claim tells.
    """

    fine: tuple[str, ...]
    around: tuple[str, ...]
    wide: tuple[str, ...]


def _where(account: Account) -> _Where:
    fine, around, wide = set[str](), set[str](), set[str]()
    for spot in account.spots:
        if spot.kind in AREAS:
            wide.update(_area_keys(spot))
        elif spot.lon is None or spot.lat is None:
            fine.add(f"name {spot.name.casefold()}")
        else:
            fine.update(_fine_keys(spot.lon, spot.lat))
            around.update(_cells(spot.lon, spot.lat, 0.0))
            around.update([spot.country] if spot.country else [])
    return _Where(tuple(sorted(fine)), tuple(sorted(around)), tuple(sorted(wide)))


def _area_keys(spot: Spot) -> Iterator[str]:
    if spot.country:
        yield spot.country
    if spot.kind is Kind.COUNTRY:
        return
    if spot.lon is None or spot.lat is None:
        yield f"name {spot.name.casefold()}"
    else:
        yield from _cells(spot.lon, spot.lat, spot.radius_km)


def _fine_keys(lon: float, lat: float) -> Iterator[str]:
    for half in (0.0, 0.5):
        row = math.floor(lat / _LAT_DEGREES + half)
        for shift in (0.0, 0.5):
            column = math.floor(lon % 360 / _LON_DEGREES + shift) % int(360 / _LON_DEGREES)
            yield f"{half:g} {row} {shift:g} {column}"


def _cells(lon: float, lat: float, radius_km: float) -> Iterator[str]:
    """The large cells within a radius of a point."""
    reach = radius_km / _KM_PER_DEGREE
    wide = min(reach / max(math.cos(math.radians(lat)), 0.2), 180.0)
    rows = range(math.floor((lat - reach) / _CELL_DEGREES), math.floor((lat + reach) / _CELL_DEGREES) + 1)
    columns = range(math.floor((lon - wide) / _CELL_DEGREES), math.floor((lon + wide) / _CELL_DEGREES) + 1)
    for column in columns:
        yield from (f"cell {column % (360 // _CELL_DEGREES)} {row}" for row in rows)
