"""Sites the gazetteer lacks, taken from their names: "Kandahar Air Base", "Port of Kherson", "University of Lagos".

Such a site lies at or near the place it is named after, as far as its name tells. What comes back says so: its source,
its radius and the reasons are those of a guess from a name, and a caller decides whether that is good enough.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.place import Kind, NamedPlace, NameKind

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer

FACILITIES_PATH = Path(__file__).parent / "data" / "facilities.tsv"
SOURCE = "from its name"
# Airports lie farther from their towns than anything else that bears a town's name.
RADIUS_KM = 30.0
_NAMESAKE_KINDS = {Kind.CITY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.COUNTRY}
_NAMESAKE_SENSES = {NameKind.OFFICIAL, NameKind.ALTERNATE, NameKind.PRESS, NameKind.FORMER}


@cache
def _facilities() -> tuple[tuple[str, bool, str], ...]:
    """(folded phrase, whether it stands before the name, site type), longest phrase first."""
    rows = [line.split("\t") for line in FACILITIES_PATH.read_text(encoding="utf-8").splitlines()[1:]]
    return tuple(sorted(((fold(p), at == "before", kind) for p, at, kind in rows), key=lambda row: (-len(row[0]), row)))


def split_facility(name: str) -> tuple[str, str, str] | None:
    """Take a facility's name apart.

    Args:
        name: As written.

    Returns:
        (folded name of the place it is named after, folded phrase, site type): "Kandahar Air Base" gives
        ("kandahar", "air base", "base"); None where no phrase of facilities.tsv begins or ends the name.
    """
    key = fold(name)
    key = key.removeprefix("the ")
    for phrase, before, site_type in _facilities():
        if before and key.startswith(f"{phrase} "):
            return key[len(phrase) + 1 :], phrase, site_type
        if not before and key.endswith(f" {phrase}"):
            return key[: -len(phrase) - 1], phrase, site_type
    return None


def named_after(name: str, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """Sites a name may mean that is built from a place's name, at the points of those places, largest first.

    Args:
        name: As written: "Kandahar Air Base".
        gazetteer: The open gazetteer; the name itself should be unknown to it.

    Returns:
        One site for each place of the inner name; () where the name is not built so or the place is unknown.
    """
    taken = split_facility(name)
    if taken is None:
        return ()
    key, phrase, site_type = taken
    return tuple(
        NamedPlace(
            place=replace(
                named.place,
                id=f"{named.place.id}/{phrase.replace(' ', '-')}",
                name=" ".join(name.split()),
                kind=Kind.SITE,
                population=0,
                radius_km=max(RADIUS_KM, named.place.radius_km),
                codes=(),
                site_type=site_type,
                source=SOURCE,
            ),
            name_kind=named.name_kind,
        )
        for named in gazetteer.lookup_key(key)
        if named.place.kind in _NAMESAKE_KINDS and named.name_kind in _NAMESAKE_SENSES
    )
