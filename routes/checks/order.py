"""Stops whose listed order doubles back: the shorter order as a suggestion."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.checks.case import is_exact, km
from routes.model import Finding, Mode, Severity
from routes.paths.geodesic import distance_km
from routes.paths.way import point_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.checks.case import Case
    from routes.model import Stop

MAX_BETWEEN = 9
"""Stops between the ends up to which every order is weighed (2^9 sets); beyond, only swaps of neighbours are."""

MIN_SAVED_KM = 200.0
MIN_SAVED_SHARE = 0.02
"""A shorter order is mentioned when it saves at least this much, in km and as a share of the way."""


def check(case: Case) -> Iterator[Finding]:
    """Look for the shortest order of the stops between the first and the last that no date forbids."""
    stops = case.called_at()
    if len(stops) < 4 or case.event.merged.mode not in (Mode.AIR, Mode.SEA):  # noqa: PLR2004
        return
    if not all(is_exact(stop.position) for stop in stops) or len(stops) != len(case.event.merged.stops):
        return
    distances = [[distance_km(point_of(a.position), point_of(b.position)) for b in stops] for a in stops]
    listed = tuple(range(len(stops)))
    best = _shortest(distances, _must_follow(stops))
    told_km, best_km = _length(distances, listed), _length(distances, best)
    saved_km = told_km - best_km
    if saved_km < MIN_SAVED_KM or saved_km < MIN_SAVED_SHARE * told_km:
        return
    yield _finding(case, stops, best, (told_km, best_km))


def _finding(case: Case, stops: Sequence[Stop], best: Sequence[int], lengths: tuple[float, float]) -> Finding:
    told_km, best_km = lengths
    moved = [i for i, j in enumerate(best) if i != j]
    first, last = moved[0], moved[-1]
    listed_names = ", ".join(stops[i].position.name for i in range(first, last + 1))
    better_names = ", ".join(stops[i].position.name for i in best[first : last + 1])
    claims_order = case.event.merged.order_stated
    basis = (
        "The reports state this order." if claims_order else "The reports list these stops without claiming an order."
    )
    return Finding(
        code="order.doubles-back",
        severity=Severity.INFO if claims_order else Severity.WARNING,
        message=(
            f"The stops are told in the order {listed_names}, which doubles back: {better_names} would be "
            f"{km(told_km - best_km)} shorter in all ({km(best_km)} instead of {km(told_km)}). {basis}"
        ),
        about=case.event.id,
        values=(
            ("listed_km", round(told_km, 1)),
            ("shortest_km", round(best_km, 1)),
            ("saved_km", round(told_km - best_km, 1)),
            ("shortest_order", "; ".join(stops[i].position.name for i in best)),
        ),
    )


def _must_follow(stops: Sequence[Stop]) -> list[set[int]]:
    """For each stop the earlier-told ones that its date puts before it."""
    return [
        {
            earlier
            for earlier in range(index)
            if stops[earlier].date.end is not None
            and stop.date.start is not None
            and stops[earlier].date.end <= stop.date.start  # type: ignore[operator]
        }
        for index, stop in enumerate(stops)
    ]


def _length(distances: list[list[float]], order: Sequence[int]) -> float:
    return sum(distances[a][b] for a, b in pairwise(order))


def _shortest(distances: list[list[float]], after: list[set[int]]) -> tuple[int, ...]:
    """The shortest order from the first stop to the last (Held and Karp 1962), or the listed one with swaps."""
    count = len(distances)
    if count - 2 > MAX_BETWEEN:
        return _swapped(distances, after)
    # For each set of stops visited and the last of them: the shortest way so far. The listed order wins ties.
    best: dict[tuple[frozenset[int], int], tuple[float, tuple[int, ...]]] = {(frozenset({0}), 0): (0.0, (0,))}
    for _ in range(count - 2):
        longer: dict[tuple[frozenset[int], int], tuple[float, tuple[int, ...]]] = {}
        for (seen, at), (way_km, order) in best.items():
            for stop in range(1, count - 1):
                if stop in seen or not after[stop] <= seen:
                    continue
                key, total = (seen | {stop}, stop), way_km + distances[at][stop]
                if key not in longer or (total, (*order, stop)) < longer[key]:
                    longer[key] = (total, (*order, stop))
        best = longer
    ways = [(way_km + distances[at][count - 1], (*order, count - 1)) for (_, at), (way_km, order) in best.items()]
    return min(ways)[1] if ways else tuple(range(count))


def _swapped(distances: list[list[float]], after: list[set[int]]) -> tuple[int, ...]:
    """The listed order with neighbours swapped as long as that shortens it and no date forbids it."""
    order = list(range(len(distances)))
    changed = True
    while changed:
        changed = False
        for i in range(1, len(order) - 2):
            a, b, c, d = order[i - 1 : i + 3]
            gain = distances[a][b] + distances[c][d] - distances[a][c] - distances[b][d]
            if gain > 1e-6 and b not in after[c]:  # noqa: PLR2004
                order[i], order[i + 1] = c, b
                changed = True
    return tuple(order)
