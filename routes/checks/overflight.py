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


def check(case: Case) -> Iterator[Finding]:
    """List the countries under a flight's legs with the km in each, and the NATO members among them."""
    if case.event.merged.mode is not Mode.AIR or not any(leg.overflown for leg in case.legs):
        return
    land: dict[str, float] = {}
    sea: dict[str, float] = {}
    for leg in case.legs:
        for crossing in leg.overflown:
            land[crossing.country_code] = land.get(crossing.country_code, 0.0) + crossing.land_km
            sea[crossing.country_code] = sea.get(crossing.country_code, 0.0) + crossing.sea_km
    listed = ", ".join(f"{_country(code, case.gazetteer)} {km(land[code] + sea[code])}" for code in land)
    name, members, source = _alliance()
    crossed = [code for code in land if code in members]
    total = km(sum(land[code] + sea[code] for code in crossed))
    names = ", ".join(_country(code, case.gazetteer) for code in crossed)
    allied = f"{name} members among them: {names}, {total} in all." if crossed else f"No {name} member is among them."
    disputed = dict.fromkeys(area for leg in case.legs for crossing in leg.overflown for area in crossing.disputed)
    noted = f" Disputed areas: {', '.join(disputed)}." if disputed else ""
    yield Finding(
        code="overflight.countries",
        severity=Severity.INFO,
        message=(
            f"The direct lines cross the land or 12-mile sea of: {listed}. {allied}{noted} "
            "Nobody reported the track; the aircraft may have flown around."
        ),
        about=case.event.id,
        values=tuple((f"{code}_km", round(land[code] + sea[code], 1)) for code in land),
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
