"""What the names of a report speak for together: votes for countries, divisions and map cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from gazetteer.features import NUMBER, ZONES_ROUND, Sense

_LEAST_SHARE = 0.05
"""Places with a smaller share of their name do not vote."""
LEAST_VOTE = 0.001
Leading = list[tuple[float, Sense]]
Features = list[tuple[int, float]]
_LEVELS = ("country", "admin1", "admin2")
_VOTES = tuple(NUMBER[f"{level}.votes"] for level in _LEVELS)
_NAMED = tuple(NUMBER[f"{level}.named"] for level in _LEVELS)
_NEAR = NUMBER["near.votes"]


@dataclass(slots=True)
class Tally:
    """Votes by country and division, and those of countries and divisions named themselves."""

    country: dict[str, float] = field(default_factory=dict)
    admin1: dict[str, float] = field(default_factory=dict)
    admin2: dict[str, float] = field(default_factory=dict)
    named: dict[str, float] = field(default_factory=dict)
    total_named: float = 0.0
    total_country: float = 0.0
    total_admin1: float = 0.0

    def levels(self) -> tuple[dict[str, float], ...]:
        """Votes for countries, first and second divisions."""
        return self.country, self.admin1, self.admin2

    def add(self, voters: Iterable[tuple[Sense, float]]) -> None:
        """Count the votes of these places."""
        countries, admin1, admin2, named = self.country, self.admin1, self.admin2, self.named
        for sense, vote in voters:
            code = sense.country
            if code:
                countries[code] = countries.get(code, 0.0) + vote
                self.total_country += vote
            code = sense.admin1
            if code:
                admin1[code] = admin1.get(code, 0.0) + vote
                self.total_admin1 += vote
                code = sense.admin2
                if code:
                    admin2[code] = admin2.get(code, 0.0) + vote
            code = sense.names
            if code:
                named[code] = named.get(code, 0.0) + vote
                if sense.is_country:
                    self.total_named += vote


class Ballot:
    """What the places of a name vote for, each with its share.

    Args:
        voters: Places with their votes.
    """

    __slots__ = ("_cells", "points", "tally", "total", "voters", "zones")

    def __init__(self, voters: list[tuple[Sense, float]]) -> None:
        self.voters = voters
        self.tally = Tally()
        self.tally.add(voters)
        self.points = [(sense.cell, vote) for sense, vote in voters if sense.is_point]
        self.zones = [(sense.zone, vote) for sense, vote in voters]
        self.total = sum([vote for _, vote in voters])
        self._cells: dict[int, float] | None = None

    @property
    def cells(self) -> dict[int, float]:
        """Its votes by cell."""
        if self._cells is None:
            self._cells = spread(self.points)
        return self._cells

    @classmethod
    def of(cls, leading: Leading) -> Ballot:
        """The ballot of the places a name may mean; those with a small share do not vote."""
        return cls([(sense, share) for share, sense in leading if share >= _LEAST_SHARE])


@dataclass(slots=True, eq=False)
class Group:
    """All mentions of one key that stand before the same container.

    Attributes:
        key: The folded key.
        senses: Its places, the likeliest by their own features first.
        weight: How sure it is that the key names a place at all.
        container: Key of the name that follows and may contain it, or None.
        leading: The places that may still be meant, with their shares.
        ballot: What these vote for if the key names a place for sure.
    """

    key: str
    senses: Sequence[Sense]
    weight: float
    container: str | None
    leading: Leading
    ballot: Ballot


class Votes:
    """The votes of all names of a report, also by map cell: a point votes for its cell and the eight around it.

    A code that a name does not vote for itself has the same votes for every such name. What they come to is worked
    out once: the score of all but its share of the votes, and its votes.
    """

    __slots__ = ("_near", "_standings", "cell", "tally", "total", "weights", "zone")

    def __init__(self, groups: Sequence[Group], weights: Sequence[float]) -> None:
        self.weights = weights
        self.tally = Tally()
        voters = [(sense, share * group.weight) for group in groups for sense, share in group.ballot.voters]
        self.tally.add(voters)
        points: dict[int, float] = {}
        zones: dict[int, float] = {}
        for sense, vote in voters:
            zones[sense.zone] = zones.get(sense.zone, 0.0) + vote
            if sense.is_point:
                points[sense.cell] = points.get(sense.cell, 0.0) + vote
        self.cell = spread(points.items())
        self.total = sum(zones.values())
        self.zone = spread_zones(zones.items())
        self._standings: tuple[dict[str, tuple[float, float]], ...] = ({}, {}, {})
        self._near: dict[int, float] = {}

    def standing(self, level: int, code: str) -> tuple[float, float]:
        """Score and votes of a country (0) or division (1, 2) for a name that does not vote for it itself."""
        known = self._standings[level].get(code)
        if known is None:
            vote = self.tally.levels()[level].get(code, 0.0)
            features = of_code(level, vote, self.tally.named.get(code, 0.0))
            known = self._standings[level][code] = (sum_of(features, self.weights), vote if features else 0.0)
        return known

    def near(self, cell: int, own: float) -> float:
        """Score of a cell for a name that has these votes for it itself."""
        if own:
            return sum_of(of_cell(self.cell[cell] - own), self.weights)
        score = self._near.get(cell)
        if score is None:
            score = self._near[cell] = sum_of(of_cell(self.cell[cell]), self.weights)
        return score


def spread(points: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Cell → the votes of the points in it and in the eight cells around it."""
    cells: dict[int, float] = {}
    for point, vote in points:
        for cell in cells_around(point):
            cells[cell] = cells.get(cell, 0.0) + vote
    return cells


def cells_around(cell: int) -> tuple[int, ...]:
    """A cell and the eight around it."""
    return (cell - 361, cell - 360, cell - 359, cell - 1, cell, cell + 1, cell + 359, cell + 360, cell + 361)


@cache
@cache
def zones_around(zone: int) -> frozenset[int]:
    """A zone and the eight around it."""
    row, column = divmod(zone - 1, ZONES_ROUND)
    return frozenset(
        1 + r * ZONES_ROUND + c % ZONES_ROUND for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1)
    )


def spread_zones(zones: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Zone → the votes in it and in the eight zones around it."""
    votes: dict[int, float] = {}
    for zone, vote in zones:
        for near in zones_around(zone):
            votes[near] = votes.get(near, 0.0) + vote
    return votes


def of_code(level: int, vote: float, named: float) -> Features:
    """Features of the votes for a country or division, but its share of all."""
    if vote <= LEAST_VOTE:
        return []
    out: Features = [(_VOTES[level], math.log1p(vote))]
    if named > LEAST_VOTE:
        out.append((_NAMED[level], min(named, 1.0)))
    return out


def of_cell(vote: float) -> Features:
    """Features of the votes for a cell."""
    return [(_NEAR, math.log1p(vote))] if vote > LEAST_VOTE else []


def sum_of(features: Features, weights: Sequence[float]) -> float:
    """Score of some features."""
    total = 0.0
    for number, value in features:
        total += weights[number] * value
    return total
