"""Which deployments of one report are the same force at the same place, told twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.extract.forces.force_kinds import Kinds
from routes.model import Deployment, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routes.extract.forces.found import Found

GENERIC = frozenset(
    (
        *(
            "the",
            "of",
            "a",
            "an",
            "and",
            "in",
            "its",
            "new",
            "more",
            "other",
            "only",
            "first",
            "massive",
            "growing",
            "large",
        ),
        *(
            "small",
            "substantial",
            "foreign",
            "forces",
            "force",
            "troops",
            "military",
            "mission",
            "presence",
            "soldiers",
        ),
        *("personnel", "group", "unit", "contingent", "deployment", "buildup", "build-up", "assets", "men", "advisory"),
        *("advisers", "advisors", "operation", "vanguard", "remnants"),
    )
)
"""Words that tell no force from another."""

Told = tuple["Found", Deployment]


def merge(made: Sequence[Told]) -> list[Told]:
    """One deployment for each force and place; different sizes stay apart, and what is told more exactly wins."""
    merged: list[Told] = []
    for one in made:
        for i, other in enumerate(merged):
            if _same(one, other):
                merged[i] = _join(other, one)
                break
        else:
            merged.append(one)
    return merged


def _same(a: Told, b: Told) -> bool:
    if (a[1].status is Status.WITHDRAWN) != (b[1].status is Status.WITHDRAWN):
        return False
    if not _same_size(a[1], b[1]) or not _alike(a, b):
        return False
    planned = Status.PLANNED in {a[1].status, b[1].status} and a[1].status is not b[1].status
    if planned and (_sized(a[1]) or _sized(b[1])):
        return False  # the size to come is not that of the force already there
    return _same_place(a[1], b[1]) or (_sized(a[1]) and _sized(b[1]) and _holds(a[1], b[1]))


def _sized(one: Deployment) -> bool:
    return one.size_min is not None or one.size_max is not None


def _same_size(a: Deployment, b: Deployment) -> bool:
    return not (_sized(a) and _sized(b)) or (a.size_min, a.size_max) == (b.size_min, b.size_max)


def _same_place(a: Deployment, b: Deployment) -> bool:
    if a.position.precision is not b.position.precision:
        return False
    if a.position.place_id is None:
        return a.position.name == b.position.name
    return a.position.place_id == b.position.place_id


def _holds(a: Deployment, b: Deployment) -> bool:
    """Whether one place is the country in which the other lies."""
    country = a.position.country_code is not None and a.position.country_code == b.position.country_code
    return country and (a.position.precision is Precision.COUNTRY) != (b.position.precision is Precision.COUNTRY)


def _alike(a: Told, b: Told) -> bool:
    """Whether two forces may be one: nothing tells them apart by owner, unit, sort or name."""
    first, second = a[0].force, b[0].force
    if first.owner is not None and second.owner is not None and first.owner[0] != second.owner[0]:
        return False
    if first.unit != second.unit and (first.unit is not None and second.unit is not None):
        return False
    kinds = {first.kind, second.kind} - {Kinds.PRESENCE}
    if len(kinds) > 1 and kinds & {Kinds.VESSELS, Kinds.AIRCRAFT, Kinds.WEAPONS}:
        return False
    telling, other = _telling(a[0]), _telling(b[0])
    if (first.unit is None) != (second.unit is None):
        return bool(telling & other)
    return not telling or not other or bool(telling & other)


def _telling(found: Found) -> set[str]:
    """The words of a force that tell it from others; its nationality is compared by itself."""
    force = found.force
    inside = {
        m.text.lower()
        for m, s in zip(found.parsed.mentions, found.parsed.spans, strict=True)
        if m is not None and force.span.start <= s.start < force.span.end
    }
    words = {w.strip(".,“”\"'’()") for w in force.words.lower().split()}
    return words - GENERIC - inside - {part for text in inside for part in text.split()}


def _join(first: Told, second: Told) -> Told:
    """Two tellings of one deployment: the fuller values of either, the evidence of both."""
    a, b = first[1], second[1]
    sized = a if _sized(a) or not _sized(b) else b
    exact = b if a.position.precision is Precision.COUNTRY and b.position.precision is not Precision.COUNTRY else a
    evidence = tuple(dict.fromkeys((*a.evidence, *b.evidence)))
    found = first[0] if first[0].force.owner is not None or second[0].force.owner is None else second[0]
    return found, replace(
        a,
        position=exact.position,
        text=exact.text,
        span=exact.span,
        evidence=evidence,
        force=_fuller(a, b),
        unit=a.unit or b.unit,
        commander=a.commander or b.commander,
        size_min=sized.size_min,
        size_max=sized.size_max,
        size_text=sized.size_text or a.size_text or b.size_text,
        attribution=a.attribution or b.attribution,
        date=a.date if a.date.text else b.date,
        reasons=tuple(dict.fromkeys((*a.reasons, *b.reasons))),
    )


def _fuller(a: Deployment, b: Deployment) -> str | None:
    """The name of the sized telling, else of the first."""
    return b.force if _sized(b) and not _sized(a) else a.force
