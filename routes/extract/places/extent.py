"""Where exactly a clause means: off a coast, so many km from a town, "the capital", "there", "the airfield".

A point is computed only where the words give both a distance and a bearing; a distance alone leaves the place's own
point and widens its radius.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from math import asin, atan2, cos, degrees, radians, sin
from typing import TYPE_CHECKING

from gazetteer.place import Kind, Precision
from gazetteer.store import EARTH_RADIUS_KM
from routes.extract.lexicon.tables import read_rows
from routes.model import MentionRole, MentionStatus, PlaceMention, Position, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.places.spans import Names
    from routes.extract.text.parsing import Parsed

KM = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609344, "mi": 1.609344, "nm": 1.852, "nautical": 1.852}
"""Kilometres in one unit; statute mile and nautical mile are exact by definition."""

BEARINGS = {
    "north": 0.0,
    "north-east": 45.0,
    "northeast": 45.0,
    "east": 90.0,
    "south-east": 135.0,
    "southeast": 135.0,
    "south": 180.0,
    "south-west": 225.0,
    "southwest": 225.0,
    "west": 270.0,
    "north-west": 315.0,
    "northwest": 315.0,
}
"""Degrees clockwise from north."""

DISTANCE = re.compile(
    r"(?P<size>\d[\d,.]*)[\s-]*(?P<unit>km|kilomet(?:er|re)s?|nm|nautical miles?|miles?|mi)\b"
    r"(?:\s*\([^)]*\))?\s*(?:(?:to the\s+)?(?P<bearing>(?:north|south)?[- ]?(?:east|west)|north|south)(?:ern)?\s+)?"
    r"(?:out\s+|away\s+|off\s*)?(?:(?:from|of|off)\s+)?(?:the\s+)?(?:(?:coast|shores?|port|island|city)\s+of\s+)?$",
    re.IGNORECASE,
)
OFFSHORE = re.compile(
    r"\b(?:off(?:\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?(?:coasts?|shores?)\s+of)?|waters\s+(?:off|near|of)|coast\s+of)\s+"
    r"(?:the\s+)?(?:\w+ern\s+)?$",
    re.IGNORECASE,
)
COAST_AFTER = re.compile(r"^(?:['’]s?)?\s*(?:coast|coastline|shores?|waters|territorial waters)\b", re.IGNORECASE)
LOOK_BACK = 70
"""Characters before a name in which "80 km out from" is looked for."""

OFFSHORE_RADIUS_KM = 100.0
"""How far from its place "off the coast of" may be: a judgement, a day's steaming at most."""


FAR_KM = 100.0
"""Farther than this from a place, and in no direction told, one is not at it."""

HOW_FAR_IN_TIME = re.compile(
    r"(?P<before>\w+ )?(?:(?:an?|one|half an?|the) )?(?:[\w-]+[\s-])?\b(?:minute|hour|day|night|week)s?"
    r"(?:['’]s?|s['’])?(?:[\s-](?:flight|flying time|flying|drive|sail|sailing|steaming|walk|ride|march|journey"
    r"|trek|travel|voyage))?"
    r"(?: (?:by|in|of) \w+)?(?: away| out| short)? (?:from|of|off) (?:the )?(?:\w+ of )?$"
)
"""How long a way is, as a distance: "an hour's flight from", "two days' drive from", "40 minutes from"."""

MADE = frozenset(
    ("after", "on", "during", "following", "completed", "made", "completing", "making", "of", "in", "the", "its", "for")
)
"""Before "a three-hour flight from" they say that it was made."""

OUT_OF_REACH = re.compile(
    r"\b(?:short of|far from|far off|nowhere near|a long way from|(?:with)?in sight of"
    r"|within (?:\w+ )?(?:reach|range|distance) of)"
    r" (?:the )?(?:\w+ of )?$"
)
"""Not at a place, but before it."""


def is_only_distance(text: str, mention: PlaceMention) -> bool:
    """Whether a place is named only to say how far off something is: "800 km from", "an hour's flight from".

    A distance up to ``FAR_KM``, or one with a direction, says where a thing is.
    """
    before = text[max(0, mention.span.start - LOOK_BACK) : mention.span.start]
    if OUT_OF_REACH.search(before):
        return True
    timed = HOW_FAR_IN_TIME.search(before)
    if timed is not None and timed.group().endswith(("out of ", "out of the ")):
        return False  # "nineteen days out of Bermuda" has left it
    if timed is not None:
        word = (timed["before"] or "").strip().lower()
        return word not in MADE
    match = DISTANCE.search(before)
    return match is not None and match["bearing"] is None and _size_km(match) > FAR_KM


def _size_km(match: re.Match[str]) -> float:
    size = float(match["size"].replace(",", "").rstrip(".") or 0)
    unit = match["unit"].lower()
    return size * KM["nautical" if unit.startswith("naut") else unit.rstrip("s")]


def position_of(text: str, mention: PlaceMention) -> Position:
    """Where the words put a stop.

    Args:
        text: The report's text.
        mention: The place named.

    Returns:
        The place's own position; a point at the distance and bearing the words give; or the place with a wider radius
        where they say "off" it or give a distance alone. Without a place a position that has only a name.
    """
    if mention.place is None:
        return Position(name=mention.text)
    own = Position.of(mention.place)
    before = text[max(0, mention.span.start - LOOK_BACK) : mention.span.start]
    match = DISTANCE.search(before)
    if match is not None:
        return _at_distance(own, match)
    after = text[mention.span.end : mention.span.end + 30]
    if OFFSHORE.search(before) or COAST_AFTER.match(after):
        radius = max(own.radius_km, OFFSHORE_RADIUS_KM)
        return replace(own, name=f"off {own.name}", radius_km=radius)
    return own


def _at_distance(own: Position, match: re.Match[str]) -> Position:
    size_km = _size_km(match)
    words = " ".join(match[0].split())
    name = f"{words.removesuffix(' the')} {own.name}"
    bearing = BEARINGS.get((match["bearing"] or "").lower().replace(" ", "-"))
    if bearing is None or own.lon is None or own.lat is None:
        return replace(own, name=name, radius_km=max(own.radius_km, size_km))
    lon, lat = destination(own.lon, own.lat, bearing, size_km)
    return replace(
        own, name=name, lon=lon, lat=lat, place_id=None, kind=None, precision=Precision.SEA, radius_km=size_km * 0.1
    )


def destination(lon: float, lat: float, bearing: float, distance_km: float) -> tuple[float, float]:
    """The point at a bearing (degrees from north) and distance, on the mean sphere; (lon, lat) in degrees.

    Within 0.6 % of the ellipsoid's, far less than what "630 miles north-west" itself leaves open.
    """
    arc, start, way = distance_km / EARTH_RADIUS_KM, radians(lat), radians(bearing)
    end = asin(sin(start) * cos(arc) + cos(start) * sin(arc) * cos(way))
    turn = atan2(sin(way) * sin(arc) * cos(start), cos(arc) - sin(start) * sin(end))
    return round((lon + degrees(turn) + 540) % 360 - 180, 6), round(degrees(end), 6)


@cache
def capitals() -> dict[str, str]:
    """Country code → name of its capital."""
    return {row[0]: row[1] for row in read_rows("capitals.tsv", 2)}


KINDS_OF_NOUN = {
    "capital": (Kind.CITY,),
    "city": (Kind.CITY,),
    "town": (Kind.CITY,),
    "port": (Kind.CITY, Kind.SITE),
    "harbour": (Kind.CITY, Kind.SITE),
    "harbor": (Kind.CITY, Kind.SITE),
    "airport": (Kind.SITE, Kind.CITY),
    "airfield": (Kind.SITE, Kind.CITY),
    "airbase": (Kind.SITE, Kind.CITY),
    "airstrip": (Kind.SITE, Kind.CITY),
    "runway": (Kind.SITE, Kind.CITY),
    "terminal": (Kind.SITE, Kind.CITY),
    "base": (Kind.SITE, Kind.CITY),
    "field": (Kind.SITE, Kind.CITY),
    "country": (Kind.COUNTRY,),
    "nation": (Kind.COUNTRY,),
    "state": (Kind.ADMIN1, Kind.COUNTRY),
    "island": (Kind.REGION, Kind.ADMIN1, Kind.COUNTRY, Kind.CITY),
    "archipelago": (Kind.REGION, Kind.COUNTRY, Kind.ADMIN1),
    "territory": (Kind.COUNTRY, Kind.REGION, Kind.ADMIN1),
    "station": (Kind.SEA, Kind.REGION, Kind.WATERWAY),
    "region": (Kind.REGION, Kind.ADMIN1, Kind.SEA, Kind.CONTINENT),
}
"""What "the …" may point back to."""


def pointed_at(
    text: str, parsed: Parsed, token: Token, places: Sequence[PlaceMention], gazetteer: Names | None
) -> PlaceMention | None:
    """The place that "there", "the airfield" or "the Venezuelan capital" stands for.

    Args:
        text: The report's text.
        parsed: The sentence.
        token: The pointing word.
        places: All place mentions of the report, in order.
        gazetteer: To look capitals up in; None leaves them unresolved.

    Returns:
        A mention at the pointing words with the place they mean, or None where none fits.
    """
    span = parsed.span(token.i, token.i + 1)
    before = [p for p in places if p.span.end <= span.start and p.place is not None]
    if token.lower_ == "capital":
        return _capital(text, parsed, token, before, gazetteer)
    wanted = KINDS_OF_NOUN.get(token.lower_)
    literal = [p for p in before if p.role is MentionRole.LITERAL]
    if wanted is None:
        found = literal[-1] if literal else None
    else:
        fitting = [p for p in (*reversed(literal), *reversed(before)) if p.place is not None and p.place.kind in wanted]
        called = (p for p in fitting if _is_called(p, token.lower_, text))
        found = next(called, None) or next(iter(fitting), None)
    if found is None:
        return None
    reason = f"“{token.text}” points back to {found.text}"
    return replace(found, span=span, text=parsed.written[token.i], role=MentionRole.LITERAL, reasons=(reason,))


ALIKE = (
    frozenset(("airport", "airfield", "airbase", "airstrip", "field", "runway", "base", "hub")),
    frozenset(("port", "harbour", "harbor", "terminal")),
)
"""Nouns that call the same sort of place."""

LOOK_AHEAD = 40


def _is_called(mention: PlaceMention, noun: str, text: str) -> bool:
    """Whether the report itself calls a place so: "Marka, the airport of the city"."""
    nouns = next((group for group in ALIKE if noun in group), frozenset((noun,)))
    after = re.split(r"[.;:]", text[mention.span.end : mention.span.end + LOOK_AHEAD])[0]
    return not nouns.isdisjoint(re.findall(r"[a-z]+", f"{mention.text} {after}".lower()))


def _capital(
    text: str, parsed: Parsed, token: Token, before: Sequence[PlaceMention], gazetteer: Names | None
) -> PlaceMention | None:
    beside = [parsed.mentions[c.i] for c in token.children if c.dep_ in ("amod", "compound", "nmod", "poss")]
    beside += [
        parsed.mentions[g.i] for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children
    ]
    named = next((m for m in beside if m is not None and m.place is not None), None)
    if named is None:
        named = next((p for p in reversed(before) if p.place is not None and p.place.country_code), None)
    if named is None or named.place is None or gazetteer is None:
        return None
    if named in beside and named.place.kind in (Kind.ADMIN1, Kind.ADMIN2):
        return None  # "the Tasmanian capital" is not Canberra
    code = named.place.country_code or ""
    from gazetteer.names import fold

    found = [n.place for n in gazetteer.lookup_key(fold(capitals().get(code, ""))) if n.place.country_code == code]
    cities = sorted((p for p in found if p.kind is Kind.CITY), key=lambda p: (-p.population, p.id))
    if not cities:
        return None
    start = min(named.span.start, parsed.spans[token.i].start) if named.role is MentionRole.DEMONYM else None
    span = parsed.span(token.i, token.i + 1)
    if start is not None and start > span.start - LOOK_BACK:
        span = Span(start=start, end=span.end)
    return PlaceMention(
        span=span,
        text=text[span.start : span.end],
        status=MentionStatus.RESOLVED,
        place=cities[0],
        confidence=named.confidence,
        reasons=(f"“{token.text}”: the capital of {named.text}",),
    )
