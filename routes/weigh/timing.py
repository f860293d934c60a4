"""How near in time two claims are: by the days they tell, of the whole or of a stop both know, or of their reports."""

from __future__ import annotations

from routes.model import Mode, Status
from routes.weigh import places
from routes.weigh.accounts import Account, Days, Spot
from routes.weigh.ways import ways

_NARROW_DAYS = 7
"""Longer intervals ("in October") say too little to make "same days" of an overlap."""
_NEAR_DAYS = {Mode.AIR: 3, Mode.SEA: 5, Mode.LAND: 4, Mode.UNKNOWN: 4}
_APART_DAYS = {Mode.AIR: 7, Mode.SEA: 14, Mode.LAND: 10, Mode.UNKNOWN: 10}
_SAME_CALL_DAYS = {Mode.AIR: 3, Mode.SEA: 10, Mode.LAND: 7, Mode.UNKNOWN: 7}
"""Two dates of one stop farther apart than this are two calls there: an aircraft may be back within the week."""
_NEVER_DAYS = {Mode.AIR: 14, Mode.SEA: 30, Mode.LAND: 30, Mode.UNKNOWN: 30}
"""Days by which reports of one trip differ: a slip of a day or two, or departure told by one and arrival by the
other; a flight with stopovers is over in a week, a voyage in a month."""
_TRIP_DAYS = {Mode.AIR: 5, Mode.SEA: 35, Mode.LAND: 10, Mode.UNKNOWN: 10}
"""The longest a trip is taken to last where only its beginning or its end is dated: Busan to Rotterdam by the Cape
takes a freighter some 35 days."""
_YEAR_DAYS = 366
_STANDING_NEAR_DAYS = 30
_STANDING_APART_DAYS = 366


def gap_days(one: Days, other: Days) -> int:
    """Days between two half-open intervals; 0 where they overlap, 1 where they are neighbours."""
    return max(0, other[0] - one[1] + 1, one[0] - other[1] + 1)


def _around(one: Days, other: Days) -> int:
    """As ``gap_days`` on the circle of the year."""
    gap = gap_days(one, other)
    return min(gap, abs(_YEAR_DAYS - gap))


def _told_or_between(spots: tuple[Spot, ...], index: int, mode: Mode) -> Days | None:
    """The days of a stop: as told, or left open by the stops before and after it that have some."""
    if spots[index].days:
        return spots[index].days
    before = [spot.days[0] for spot in spots[:index] if spot.days]
    after = [spot.days[1] for spot in spots[index + 1 :] if spot.days]
    if not before and not after:
        return None
    first = max(before) if before else min(after) - _TRIP_DAYS[mode]
    return first, max(min(after) if after else first + _TRIP_DAYS[mode], first + 1)


def _fits_between(one: Account, other: Account, mode: Mode) -> bool | None:
    """Whether the days told at a common stop by one fit between those the other tells of stops before and after."""
    fits = None
    for i, j, _ in ways(one.spots, other.spots).meetings:
        if (one.spots[i].days is None) == (other.spots[j].days is None):
            continue
        mine, yours = _told_or_between(one.spots, i, mode), _told_or_between(other.spots, j, mode)
        if mine and yours:
            fits = fits is not False and gap_days(mine, yours) <= 1
    return fits


def _spot_gaps(one: Account, other: Account) -> list[tuple[int, int]]:
    """Gap and greater length for each stop that both date and know exactly.

    A country is told with the date of the whole trip as often as with that of the stop ("flew from Russia on Sunday").
    """
    found = []
    for i, j, met in ways(one.spots, other.spots).meetings:
        mine, yours = one.spots[i].days, other.spots[j].days
        if mine and yours and met == places.EXACT:
            found.append((gap_days(mine, yours), max(mine[1] - mine[0], yours[1] - yours[0])))
    return found


def trip_time(one: Account, other: Account) -> str | None:
    """Level of the feature ``time`` of two movements."""
    if one.days and other.days:
        gaps = _spot_gaps(one, other)
        length = max(one.days[1] - one.days[0], other.days[1] - other.days[0])
        gap, length = min(gaps) if gaps else (gap_days(one.days, other.days), length)
        mode = other.mode if one.mode is Mode.UNKNOWN else one.mode
        if gap == 0:
            return "same" if length <= _NARROW_DAYS else "within"
        if not gaps and gap > _NEAR_DAYS[mode] and (fits := _fits_between(one, other, mode)) is not None:
            return "after" if fits else "never"
        if gaps and gap > _SAME_CALL_DAYS[mode]:
            return "other_call"
        bounds = ((_NEAR_DAYS, "near"), (_APART_DAYS, "apart"), (_NEVER_DAYS, "far"))
        return next((level for days, level in bounds if gap <= days[mode]), "never")
    if one.almanac and other.almanac:
        gap = _around(one.almanac, other.almanac)
        return (
            "same_day_of_year" if gap <= _NEAR_DAYS[one.mode] else "other_day_of_year" if gap > _NARROW_DAYS else None
        )
    return _published(one, other) or "unknown"


def _published(one: Account, other: Account) -> str | None:
    """How near in time two claims are, of which one or both have no date of their own but that of their report."""
    if one.days or other.days:
        dated, undated = (one, other) if one.days else (other, one)
        if undated.published is None or dated.days is None:
            return None
        late = undated.published - dated.days[0]
        if late < -1 and undated.status in {Status.COMPLETED, Status.ONGOING}:
            return "too_late"
        gap = abs(late)
    elif one.published is None or other.published is None:
        return None
    else:
        gap = abs(one.published - other.published)
    levels = ((3, "published_near"), (10, "published_close"), (30, None), (90, "published_apart"))
    return next((level for days, level in levels if gap <= days), "published_far")


def stay_time(one: Account, other: Account) -> str | None:
    """Level of the feature ``time`` of two deployments."""
    if one.days and other.days:
        gap = gap_days(one.days, other.days)
        if gap == 0:
            narrow = max(one.days[1] - one.days[0], other.days[1] - other.days[0]) <= _NARROW_DAYS
            return "same" if narrow else "within"
        if gap <= _STANDING_NEAR_DAYS:
            return "near"
        return "apart" if gap <= _STANDING_APART_DAYS else "never"
    if one.almanac and other.almanac:
        return "same_day_of_year" if _around(one.almanac, other.almanac) <= _NARROW_DAYS else "other_day_of_year"
    if one.published is None or other.published is None or one.days or other.days:
        return "unknown"
    gap = abs(one.published - other.published)
    levels = ((10, "published_near"), (60, "published_close"), (180, "unknown"))
    return next((level for days, level in levels if gap <= days), "published_apart")
