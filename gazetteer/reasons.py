"""Why a name was taken for this place and no other, in words a reader understands."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.features import NUMBER, Sense
from gazetteer.place import Kind, NameKind, Place
from gazetteer.resolve import Weighed

_NAMED = 2
_CLEAR_SHARE = 0.05
_SENSES = {
    NameKind.DEMONYM: "adjective of",
    NameKind.FORMER: "former name of",
    NameKind.PRESS: "press name of",
    NameKind.ABBREVIATION: "abbreviation of",
    NameKind.CODE: "code of",
    NameKind.ALTERNATE: "other name of",
}
_CONTAINMENT = {
    "inside": "the name after it contains it",
    "inside.elsewhere": "another mention names what contains it",
    "contains": "the name before it lies in it",
}


def describe(place: Place) -> str:
    """A place with what tells it from its namesakes: "Valencia, Carabobo, VE"."""
    parts = [place.name]
    if place.admin1 and place.admin1 != place.name and place.kind is not Kind.COUNTRY:
        parts.append(place.admin1)
    if place.country_code and place.kind is not Kind.COUNTRY:
        parts.append(place.country_code)
    return ", ".join(parts)


def reasons_for(places: Sequence[Weighed], company: Sequence[Sense]) -> tuple[str, ...]:
    """Reasons for the first of a name's places.

    Args:
        places: The places of the name, the likeliest first.
        company: What the other names of the report were taken for.
    """
    best = places[0]
    place = best.sense.named.place
    reasons = []
    sense = best.sense.named.name_kind
    if sense in _SENSES:
        reasons.append(f"{_SENSES[sense]} {place.name}")
    if len(places) == 1:
        return (*reasons, "the only place of this name")
    given = dict(best.around.containment(best.sense))
    reasons += [words for feature, words in _CONTAINMENT.items() if NUMBER[feature] in given]
    near, division, country = _company(best.sense, company)
    if near:
        reasons.append(f"{_listed(near)} nearby")
    if division:
        reasons.append(f"{_listed(division)} in the same division ({place.admin1 or place.name})")
    if country:
        reasons.append(f"{_listed(country)} in the same country ({place.country_code})")
    if not (near or division or country or given.keys() & {NUMBER["inside"], NUMBER["contains"]}):
        reasons.append(_usual(best.sense))
    other = places[1]
    if other.share >= _CLEAR_SHARE:
        reasons.append(f"not {describe(other.sense.named.place)} ({other.share:.0%})")
    return tuple(reasons)


def _usual(sense: Sense) -> str:
    kind = sense.named.kind
    if kind is Kind.CITY:
        return "the likeliest place of this name by its size"
    return f"a {kind.value} is likelier meant than its namesakes"


def _company(sense: Sense, company: Sequence[Sense]) -> tuple[list[str], list[str], list[str]]:
    near: list[str] = []
    division: list[str] = []
    country: list[str] = []
    is_country, name = sense.named.kind is Kind.COUNTRY, sense.named.place.name
    for other in company:
        if not is_country and other.is_point and abs(other.cell - sense.cell) in (0, 1, 359, 360, 361):
            same = near
        elif sense.admin1 and other.admin1 == sense.admin1:
            same = division
        elif sense.country and other.country == sense.country:
            same = country
        else:
            continue
        if len(same) < _NAMED and other is not sense:
            other_name = other.named.place.name
            if other_name != name:
                same.append(other_name)
    return near, division, country if not near else []


def _listed(names: list[str]) -> str:
    return " and ".join(names)
