"""How alike two claims are: named features, each giving a level whose weight and words stand in ``likeness.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from routes.model import Mode, Movement, Role, Status
from routes.weigh import places
from routes.weigh.accounts import Account, Days, Spot
from routes.weigh.carriers import LASTING, Identity, kinds_meet, kinds_near, same_name, same_person
from routes.weigh.words import fold

_TABLE = Path(__file__).with_name("likeness.toml")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two claims are.

    Attributes:
        score: Sum of the weights; minus infinity when something rules out that they are one event.
        levels: (feature, level) of each feature that says anything, in the order of the table.
    """

    score: float
    levels: tuple[tuple[str, str], ...]

    @property
    def ruled_out(self) -> bool:
        """Whether any one feature forbids that the two are one event."""
        return self.score == -math.inf


@dataclass(frozen=True, slots=True)
class Limits:
    """From which score on two claims are one event, or doubtful; and by how much a choice must be clear."""

    same: float
    doubtful: float
    margin: float


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, tuple[float, str]]]]:
    raw = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        sort: {
            feature: {level: (float(weight), words) for level, (weight, words) in levels.items()}
            for feature, levels in raw[sort].items()
        }
        for sort in ("movement", "deployment")
    }


@lru_cache(maxsize=1)
def limits() -> Limits:
    """The limits that stand in the table."""
    raw = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["limits"]
    return Limits(same=raw["same"], doubtful=raw["doubtful"], margin=raw["margin"])


def likeness(one: Account, other: Account) -> Likeness:
    """How alike two claims of one sort (both movements or both deployments) are; the order does not matter."""
    sort = "movement" if isinstance(one.claim, Movement) else "deployment"
    table = _table()[sort]
    score, levels = 0.0, []
    for feature, judge in _FEATURES[sort]:
        level = judge(one, other)
        if level is None:
            continue
        score += table[feature][level][0]
        levels.append((feature, level))
        if score == -math.inf:
            break
    return Likeness(score, tuple(levels))


def in_words(judged: Likeness, sort: str) -> str:
    """The reasons of a likeness, strongest first: "same type (+2.5), same days (+3.0)"."""
    table = _table()[sort]
    told = [(table[feature][level][0], table[feature][level][1]) for feature, level in judged.levels]
    told.sort(key=lambda pair: (-abs(pair[0]), pair[1]))
    return ", ".join(words if weight == -math.inf else f"{words} ({weight:+.1f})" for weight, words in told if weight)


# -- who ---------------------------------------------------------------------------------------------------------


def _shared(one: Identity, other: Identity) -> str | None:
    common = {kind for kind, _ in one.identifiers & other.identifiers}
    if common - {"call sign"}:
        return "same"
    kinds = {kind for kind, _ in one.identifiers} & {kind for kind, _ in other.identifiers}
    if kinds & LASTING:
        return "differs"
    return "call_sign" if common else None


def _identifier(one: Account, other: Account) -> str | None:
    if not one.who.identifiers or not other.who.identifiers:
        return None
    return _shared(one.who, other.who)


def _name(one: Account, other: Account) -> str | None:
    """Own names; aircraft are called by so much else (flight, squadron, nickname) that theirs do not set them apart."""
    if not one.who.name or not other.who.name:
        return None
    alike = same_name(one.who.name, other.who.name)
    if alike >= _WHOLE_NAME:
        return "same"
    if alike > _HALF:
        return "misspelt"
    if "aircraft" in {one.who.family, other.who.family}:
        return None
    return "renamed" if _identifier(one, other) == "same" else "differs"


_WHOLE_NAME = 0.95
_HALF = 0.5


def _type(one: Account, other: Account) -> str | None:
    mine, yours = one.who.type, other.who.type
    if not mine or not yours:
        return None
    if mine == yours:
        return "same"
    if mine.split()[0] == yours.split()[0] and (" " not in mine or " " not in yours):
        return "maker"
    return "mislabelled" if _identifier(one, other) == "same" else "differs"


def _kind(one: Account, other: Account) -> str | None:
    mine, yours = one.who, other.who
    if mine.family and yours.family and mine.family != yours.family:
        return "family_differs" if {mine.family, yours.family} <= {"aircraft", "vessel"} else None
    meet = kinds_meet(mine.kinds, yours.kinds)
    if meet is False and not (mine.type and yours.type):
        if _identifier(one, other) == "same":
            return "mislabelled"
        return "named_differs" if mine.name and yours.name else "differs"
    if meet:
        return "near" if kinds_near(mine.kinds, yours.kinds) else "same"
    return "family" if mine.family and mine.family == yours.family else None


def _flag(one: Account, other: Account) -> str | None:
    if not one.who.flag or not other.who.flag:
        return None
    return "same" if one.who.flag == other.who.flag else "differs"


def _operator(one: Account, other: Account) -> str | None:
    if not one.who.operator or not other.who.operator:
        return None
    return "same" if same_name(one.who.operator, other.who.operator) > _HALF else "differs"


def _number(one: Account, other: Account) -> str | None:
    known = one.who.family and other.who.family
    return "differs" if known and one.who.several != other.who.several else None


def _mode(one: Account, other: Account) -> str | None:
    unknown = Mode.UNKNOWN in {one.mode, other.mode}
    return None if unknown or one.mode is other.mode else "differs"


# -- where -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=200_000)
def _ways(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> tuple[str, str | None, tuple[tuple[int, int, int], ...]]:
    """Levels of ``place`` (short of who they are) and ``ends``, and the alignment of two itineraries."""
    if not one or not other:
        return "unknown", None, ()
    pairs = tuple(places.alignment(one, other))
    return _place_level(one, other, pairs), _ends_level(one, other), pairs


def _place_level(one: tuple[Spot, ...], other: tuple[Spot, ...], pairs: tuple[tuple[int, int, int], ...]) -> str:
    if not pairs:
        return "none"
    if len(pairs) == 1:
        return _single_meeting(one, other, pairs[0])
    return "way" if sum(met == places.EXACT for _, _, met in pairs) > 1 else "way_coarse"


def _single_meeting(one: tuple[Spot, ...], other: tuple[Spot, ...], pair: tuple[int, int, int]) -> str:
    i, j, met = pair
    if min(len(one), len(other)) > 1 and sum(places.anywhere(spot, other) for spot in one) > 1:
        return "reversed"
    if {one[i].role, other[j].role} == {Role.DESTINATION, Role.ORIGIN}:
        return "onward"
    if met == places.COARSE:
        return "coarse"
    ends = one[i].role is other[j].role and one[i].role in {Role.DESTINATION, Role.ORIGIN}
    return "end" if ends else "stop"


def _ends_level(one: tuple[Spot, ...], other: tuple[Spot, ...]) -> str | None:
    differ = []
    for role, index in ((Role.ORIGIN, 0), (Role.DESTINATION, -1)):
        mine, yours = one[index], other[index]
        both = mine.role is role and yours.role is role and mine.reached == yours.reached
        differ.append(both and not places.anywhere(mine, other) and not places.anywhere(yours, one))
    origin, destination = differ
    if origin and destination:
        return "both_differ"
    return "origin_differs" if origin else "destination_differs" if destination else None


def _place(one: Account, other: Account) -> str | None:
    level = _ways(one.spots, other.spots)[0]
    if level == "none" and _definitely_one(one, other):
        return "none_definite"
    unordered = not getattr(one.claim, "order_stated", True) or not getattr(other.claim, "order_stated", True)
    return "stop" if level == "reversed" and unordered else level


def _definitely_one(one: Account, other: Account) -> bool:
    return _identifier(one, other) == "same" or _name(one, other) == "same"


def _ends(one: Account, other: Account) -> str | None:
    return _ways(one.spots, other.spots)[1]


# -- when --------------------------------------------------------------------------------------------------------

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
    for i, j, _ in _ways(one.spots, other.spots)[2]:
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
    for i, j, met in _ways(one.spots, other.spots)[2]:
        mine, yours = one.spots[i].days, other.spots[j].days
        if mine and yours and met == places.EXACT:
            found.append((gap_days(mine, yours), max(mine[1] - mine[0], yours[1] - yours[0])))
    return found


def _time(one: Account, other: Account) -> str | None:
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


# -- how it is told ----------------------------------------------------------------------------------------------


def _words(one: Account, other: Account) -> str | None:
    if one.report.id == other.report.id or not one.quotes or not other.quotes:
        return None
    mine, yours = {fold(quote) for quote in one.quotes}, {fold(quote) for quote in other.quotes}
    return "same" if mine & yours else None


def _load(one: Account, other: Account) -> str | None:
    return "same" if one.size and one.size == other.size else None


# -- deployments -------------------------------------------------------------------------------------------------

_STANDING_NEAR_DAYS = 30
_STANDING_APART_DAYS = 366


def _unit(one: Account, other: Account) -> str | None:
    mine, yours = one.unit.name, other.unit.name
    return (_same_or_differs(mine, yours)) if mine and yours else None


def _same_or_differs(mine: str, yours: str) -> str:
    return "same" if same_name(mine, yours) > _HALF else "differs"


def _commander(one: Account, other: Account) -> str | None:
    if not one.commander or not other.commander:
        return None
    return "same" if same_person(one.commander, other.commander) else "differs"


def _organisation(one: Account, other: Account) -> str | None:
    mine, yours = one.who.organisation, other.who.organisation
    if not mine and not yours:
        return None
    return "one" if not mine or not yours else "same" if mine == yours else "differs"


def _force_name(one: Account, other: Account) -> str | None:
    mine, yours = one.who.name, other.who.name
    if one.who.organisation and one.who.organisation == other.who.organisation:
        return None
    return _same_or_differs(mine, yours) if mine and yours else None


def _force_kind(one: Account, other: Account) -> str | None:
    if one.who.organisation and one.who.organisation == other.who.organisation:
        return None
    meet = kinds_meet(one.who.kinds, other.who.kinds)
    if meet and kinds_near(one.who.kinds, other.who.kinds):
        return "near"
    return "general" if meet is None else "same" if meet else "differs"


def _post(one: Account, other: Account) -> str | None:
    if not one.spots or not other.spots:
        return "unknown"
    met = places.meeting(one.spots[0], other.spots[0])
    return {places.EXACT: "same", places.COARSE: "coarse", places.APART: "none"}[met]


def _stay(one: Account, other: Account) -> str | None:
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


_ALIKE = 1.5
_FAR = 10.0


def _size(one: Account, other: Account) -> str | None:
    if not one.size or not other.size:
        return None
    if one.size == other.size:
        return "same"
    if one.size[0] <= other.size[1] and other.size[0] <= one.size[1]:
        return "near"
    low, high = min(one.size[1], other.size[1]), max(one.size[0], other.size[0])
    ratio = high / max(low, 1)
    return "near" if ratio <= _ALIKE else "differs" if ratio <= _FAR else "far"


def _direction(one: Account, other: Account) -> str | None:
    withdrawn = (one.status is Status.WITHDRAWN) + (other.status is Status.WITHDRAWN)
    return "differs" if withdrawn == 1 else None


_Judge = Callable[[Account, Account], str | None]
_FEATURES: dict[str, tuple[tuple[str, _Judge], ...]] = {
    "movement": (
        ("mode", _mode),
        ("identifier", _identifier),
        ("name", _name),
        ("type", _type),
        ("kind", _kind),
        ("flag", _flag),
        ("operator", _operator),
        ("number", _number),
        ("place", _place),
        ("ends", _ends),
        ("time", _time),
        ("words", _words),
        ("load", _load),
    ),
    "deployment": (
        ("place", _post),
        ("flag", _flag),
        ("organisation", _organisation),
        ("unit", _unit),
        ("commander", _commander),
        ("name", _force_name),
        ("kind", _force_kind),
        ("time", _stay),
        ("size", _size),
        ("direction", _direction),
        ("words", _words),
    ),
}
