"""Whether two stops can be one place: country-level names meet cities within, airports meet their towns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gazetteer.place import Kind
from routes.weigh.accounts import Spot
from routes.weigh.words import fold

APART = 0
COARSE = 1
EXACT = 2

NEAR_KM = 50.0
"""A town and its airport or port: the same bound that the evaluation of reports uses for sites and cities."""
ABROAD_KM = 15.0
"""Across a border only what is nearly the same point is one place (a bridge, a twin town)."""
_KM_PER_DEGREE = 111.2
_EARTH_RADIUS_KM = 6371.0088
AREAS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION, Kind.SEA, Kind.CONTINENT})
"""Kinds of place that have an extent: a stop told by one of these alone is known roughly."""


def distance_km(one: Spot, other: Spot) -> float:
    """Great-circle distance on the mean sphere in km; infinite where either has no coordinates."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return math.inf
    phi, psi = math.radians(one.lat), math.radians(other.lat)
    half = math.radians(other.lon - one.lon) / 2
    haversine = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(haversine)))


def meeting(one: Spot, other: Spot) -> int:
    """How two stops meet: ``EXACT``, ``COARSE`` (one lies in the other's country, region or sea) or ``APART``."""
    if one.place_id and one.place_id == other.place_id:
        return COARSE if one.kind in AREAS else EXACT
    if one.lat is None or other.lat is None:
        return EXACT if fold(one.name) == fold(other.name) else APART
    if one.kind is Kind.COUNTRY or other.kind is Kind.COUNTRY:
        return COARSE if one.country and one.country == other.country else APART
    if one.kind in AREAS or other.kind in AREAS:
        reach = max(one.radius_km, other.radius_km, NEAR_KM)
        return COARSE if distance_km(one, other) <= reach else APART
    abroad = bool(one.country and other.country and one.country != other.country)
    if abs(one.lat - other.lat) * _KM_PER_DEGREE > NEAR_KM:
        return APART
    return EXACT if distance_km(one, other) <= (ABROAD_KM if abroad else NEAR_KM) else APART


def alignment(one: Sequence[Spot], other: Sequence[Spot]) -> list[tuple[int, int, int]]:
    """Best way to lay two itineraries beside each other: (index, index, meeting) of stops that meet, in order.

    Longest common subsequence, exact meetings before coarse ones. O(n·m) for n and m stops.
    """
    rows, columns = len(one), len(other)
    met = [[meeting(a, b) for b in other] for a in one]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            keep = 1.0 + 0.01 * met[i][j] + best[i + 1][j + 1] if met[i][j] else 0.0
            best[i][j] = max(keep, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if met[i][j] and best[i][j] == 1.0 + 0.01 * met[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j, met[i][j]))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def anywhere(spot: Spot, stops: Sequence[Spot]) -> bool:
    """Whether a stop meets any of some stops, in whatever order."""
    return any(meeting(spot, stop) for stop in stops)
