"""How alike two claims are: named features, each giving a level whose weight and words stand in ``likeness.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from routes.model import Mode, Movement, Status
from routes.weigh import places
from routes.weigh.accounts import Account
from routes.weigh.carriers import LASTING, Identity, kinds_meet, kinds_near, same_name, same_person
from routes.weigh.timing import stay_time, trip_time
from routes.weigh.ways import ways
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


def words_for_and_against(judged: Likeness, sort: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for two claims being one event, and what against, each strongest first, without the weights."""
    table = _table()[sort]
    told = sorted(
        (table[feature][level] for feature, level in judged.levels), key=lambda pair: (-abs(pair[0]), pair[1])
    )
    return tuple(words for weight, words in told if weight > 0), tuple(words for weight, words in told if weight < 0)


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


def _place(one: Account, other: Account) -> str | None:
    level = ways(one.spots, other.spots).place
    if level == "none" and _definitely_one(one, other):
        return "none_definite"
    unordered = not getattr(one.claim, "order_stated", True) or not getattr(other.claim, "order_stated", True)
    return "stop" if level == "reversed" and unordered else level


def _definitely_one(one: Account, other: Account) -> bool:
    return _identifier(one, other) == "same" or _name(one, other) == "same"


def _ends(one: Account, other: Account) -> str | None:
    return ways(one.spots, other.spots).ends


# -- how it is told ----------------------------------------------------------------------------------------------


def _words(one: Account, other: Account) -> str | None:
    if one.report.id == other.report.id or not one.quotes or not other.quotes:
        return None
    mine, yours = {fold(quote) for quote in one.quotes}, {fold(quote) for quote in other.quotes}
    return "same" if mine & yours else None


def _load(one: Account, other: Account) -> str | None:
    return "same" if one.size and one.size == other.size else None


# -- deployments -------------------------------------------------------------------------------------------------


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
        ("time", trip_time),
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
        ("time", stay_time),
        ("size", _size),
        ("direction", _direction),
        ("words", _words),
    ),
}
