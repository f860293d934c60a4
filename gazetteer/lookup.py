"""What the gazetteer knows by a name or a code, the likeliest place first, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.place import Candidate, NameKind, Place

if TYPE_CHECKING:
    from gazetteer.resolve import Weighed
    from gazetteer.store import Gazetteer

MAX_CANDIDATES = 10
MAX_CODE_LENGTH = 6
"""Of a UN/LOCODE written with its space; ICAO, IATA and ISO codes are shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a name asked for may mean.

    Attributes:
        name: As asked.
        candidates: Places of this name or code, the likeliest first, with shares that add up to at most 1.
        total: How many there are altogether; ``candidates`` holds ten at most.
    """

    name: str
    candidates: tuple[Candidate, ...]
    total: int


def look_up(name: str, gazetteer: Gazetteer, *, limit: int | None = MAX_CANDIDATES) -> Answer:
    """Every place of a name, weighed as it would be in a report that says nothing else.

    Args:
        name: A name ("Tripoli"), a name and what contains it ("Valencia, Venezuela"), or a code ("SVMI", "VELAG").
        gazetteer: The open gazetteer.
        limit: At most this many candidates; all if None.

    Returns:
        The places; none where the gazetteer does not know the name.
    """
    from gazetteer.names import fold
    from gazetteer.reasons import reasons_for
    from gazetteer.resolve import Name, Resolver

    # Bytes of a terminal that are not UTF-8 arrive as lone surrogates, which SQLite does not take.
    name = name.encode("utf-8", "replace").decode("utf-8")
    parts = [name] if gazetteer.lookup(name) else [part.strip() for part in name.split(",") if part.strip()]
    named = [(fold(part), gazetteer.referents(fold(part))) for part in parts]
    known = [(key, places) for key, places in named if places]
    coded = gazetteer.by_code(name.replace(" ", "")) if len(name) <= MAX_CODE_LENGTH else ()
    if not known or not named[0][1]:
        found = [_by_code(name, place) for place in coded] or _by_pattern(name, gazetteer)
        return Answer(name=name, candidates=tuple(found[:limit]), total=len(found))
    names = [
        Name(key=key, named=places, container=index + 1 if index + 1 < len(known) else None)
        for index, (key, places) in enumerate(known)
    ]
    weighed = Resolver().weigh(names)
    company = [places[0].sense for places in weighed]
    first = weighed[0]
    why = reasons_for(first, company)
    candidates = [_candidate(one, why if one is first[0] else ()) for one in first]
    candidates += [_by_code(name, place) for place in coded if all(place != c.place for c in candidates)]
    return Answer(name=name, candidates=tuple(candidates[:limit]), total=len(candidates))


def _candidate(weighed: Weighed, reasons: tuple[str, ...]) -> Candidate:
    named = weighed.sense.named
    return Candidate(place=named.place, name_kind=named.name_kind, score=weighed.share, reasons=reasons)


def _by_pattern(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Sites named after a place ("Kandahar Air Base"), at the points of the places the inner name may mean."""
    from gazetteer.patterns import named_after, split_facility

    taken = split_facility(name)
    if taken is None:
        return []
    sites = {named.place.id.rpartition("/")[0]: named for named in named_after(name, gazetteer)}
    found = []
    for candidate in look_up(taken[0], gazetteer, limit=None).candidates:
        site = sites.get(candidate.place.id)
        if site is not None:
            reasons = (f"named after {candidate.place.name}, where it may lie", *candidate.reasons)
            found.append(replace(candidate, place=site.place, name_kind=site.name_kind, reasons=reasons))
    return found


def _by_code(code: str, place: Place) -> Candidate:
    return Candidate(place=place, name_kind=NameKind.CODE, score=0.0, reasons=(f"{code.upper()} is its code",))
