"""Whose land and coastal sea the drawn line crosses, so that "avoided …" can be seen to hold or not."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.checks.case import km
from routes.model import Finding, Mode, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.store import Gazetteer
    from routes.checks.case import Case
    from routes.model import Leg


def check(case: Case) -> Iterator[Finding]:
    """List the countries under a flight with the km in each, and the NATO members among them.

    Where a track was recorded, that is what was flown, and it is listed by itself.
    """
    if case.event.merged.mode is not Mode.AIR:
        return
    if any(leg.overflown for leg in case.legs):
        doubt = "Nobody reported the track; the aircraft may have flown around."
        yield _finding(case, case.legs, "overflight.countries", "The direct lines cross", doubt)
    if any(leg.overflown for leg in case.tracks):
        yield _finding(case, case.tracks, "overflight.track", "The recorded track crosses", "This is what was flown.")


def _finding(case: Case, legs: tuple[Leg, ...], code: str, opening: str, closing: str) -> Finding:
    crossed_km: dict[str, float] = {}
    for leg in legs:
        for crossing in leg.overflown:
            both = crossing.land_km + crossing.sea_km
            crossed_km[crossing.country_code] = crossed_km.get(crossing.country_code, 0.0) + both
    listed = ", ".join(f"{_country(country, case.gazetteer)} {km(length)}" for country, length in crossed_km.items())
    name, members, source = _alliance()
    crossed = [country for country in crossed_km if country in members]
    names = ", ".join(_country(country, case.gazetteer) for country in crossed)
    total = km(sum(crossed_km[country] for country in crossed))
    allied = f"{name} members among them: {names}, {total} in all." if crossed else f"No {name} member is among them."
    disputed = dict.fromkeys(area for leg in legs for crossing in leg.overflown for area in crossing.disputed)
    noted = f" Disputed areas: {', '.join(disputed)}." if disputed else ""
    return Finding(
        code=code,
        severity=Severity.INFO,
        message=f"{opening} the land or 12-mile sea of: {listed}. {allied}{noted} {closing}",
        about=case.event.id,
        values=tuple((f"{country}_km", round(length, 1)) for country, length in crossed_km.items()),
        source=source,
    )


def _country(code: str, gazetteer: Gazetteer | None) -> str:
    """A country's name, or its code where there is no gazetteer to ask."""
    places = gazetteer.by_code(code) if gazetteer is not None else ()
    return next((place.name for place in places if place.kind is Kind.COUNTRY), code)


def _alliance() -> tuple[str, frozenset[str], str]:
    line = files("routes").joinpath("checks/alliances.tsv").read_text(encoding="utf-8").splitlines()[1]
    name, members, source = line.split("\t")
    return name, frozenset(members.split()), source
