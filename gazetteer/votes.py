"""What the names of a report speak for together: votes for countries, divisions, map cells, and who contains whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gazetteer.features import NUMBER, Sense

_LEAST_SHARE = 0.05
"""Places with a smaller share of their name do not vote."""
_LEAST_VOTE = 0.001
_UNSUPPORTED = 2
"""Of a name's places in one country that no other name speaks for, so many are weighed: the likeliest."""
Leading = list[tuple[float, Sense]]


@dataclass(slots=True, eq=False)
class Group:
    """All mentions of one key that stand before the same container.

    Attributes:
        key: The folded key.
        senses: Its places, the likeliest by their own features first.
        weight: How sure it is that the key names a place at all.
        container: Key of the name that follows and may contain it, or None.
        leading: The places that may still be meant, with their shares.
    """

    key: str
    senses: tuple[Sense, ...]
    weight: float
    container: str | None
    leading: Leading


@dataclass(slots=True)
class Votes:
    """Votes by country, division and cell, and those of countries and divisions named themselves."""

    country: dict[str, float] = field(default_factory=dict)
    admin1: dict[str, float] = field(default_factory=dict)
    admin2: dict[str, float] = field(default_factory=dict)
    cell: dict[int, float] = field(default_factory=dict)
    named: dict[str, float] = field(default_factory=dict)
    total_country: float = 0.0
    total_admin1: float = 0.0

    def add(self, voters: Iterable[tuple[Sense, float]]) -> None:
        """Count the votes of these places, without their cells."""
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


def _voters(groups: Sequence[Group]) -> list[tuple[Sense, float]]:
    return [
        (sense, share * group.weight) for group in groups for share, sense in group.leading if share >= _LEAST_SHARE
    ]


def count_votes(groups: Sequence[Group]) -> Votes:
    """The votes of these groups; a point votes for its cell and the eight around it."""
    votes = Votes()
    voters = _voters(groups)
    votes.add(voters)
    cells = votes.cell
    points: dict[int, float] = {}
    for sense, vote in voters:
        if sense.is_point:
            points[sense.cell] = points.get(sense.cell, 0.0) + vote
    for point, vote in points.items():
        for cell in cells_around(point):
            cells[cell] = cells.get(cell, 0.0) + vote
    return votes


def cells_around(cell: int) -> tuple[int, ...]:
    """A cell and the eight around it."""
    return (cell - 361, cell - 360, cell - 359, cell - 1, cell, cell + 1, cell + 359, cell + 360, cell + 361)


_LEVELS = ("country", "admin1", "admin2")
_VOTES = tuple(NUMBER[f"{level}.votes"] for level in _LEVELS)
_NAMED = tuple(NUMBER[f"{level}.named"] for level in _LEVELS)
_SHARES = (NUMBER["country.share"], NUMBER["admin1.share"])
_NEAR = NUMBER["near.votes"]
_POINT_SHARE = NUMBER["country.share.place"]
_INSIDE, _ELSEWHERE, _CONTAINS = NUMBER["inside"], NUMBER["inside.elsewhere"], NUMBER["contains"]
Features = list[tuple[int, float]]


class Surroundings:
    """What the rest of the report says about the places of one group: the votes without its own, and containers.

    Votes are by code, so each code is looked up once for all places of the group.
    """

    def __init__(
        self, group: Group, votes: Votes, by_key: Mapping[str, list[Group]], held: Mapping[str, list[Group]]
    ) -> None:
        groups = by_key[group.key]
        self._votes = votes
        self._own = Votes()
        voters = _voters(groups)
        self._own.add(voters)
        self._own_cells = [(sense.cell, vote) for sense, vote in voters if sense.is_point]
        self._inside = {} if group.container is None else _codes(_places_of(group.container, by_key))
        self._elsewhere: dict[str, float] = {}
        if len(groups) > 1:
            others = (g for g in groups if g.container != group.container)
            self._elsewhere = _codes([pair for g in others for pair in _places_of(g.container, by_key)])
        self._held: dict[str, float] = {}
        for other in held.get(group.key, ()):
            for share, inner in other.leading:
                for code in inner.holders:
                    self._held[code] = max(share, self._held.get(code, 0.0))
        self._divisions: dict[str, float] = {}
        self._cells: dict[int, float] = {}
        self._is_contained = bool(self._inside or self._elsewhere or self._held)

    def scores(self, senses: Sequence[Sense], weights: Sequence[float]) -> list[tuple[float, Sense]]:
        """Scores of the places of the group, own and context features together.

        Of the places that nothing but their country speaks for, only the likeliest few are in the answer.
        """
        if len(senses) == 1:
            return [(senses[0].base, senses[0])]
        admin1, cells, is_contained = self._votes.admin1, self._votes.cell, self._is_contained
        unsupported: dict[str, int] = {}
        known: dict[tuple[str, bool], float] = {}
        out = []
        for sense in senses:
            country, division, is_point = sense.country, sense.admin1, sense.is_point
            in_division, is_near = division in admin1, is_point and sense.cell in cells
            if not (is_contained or in_division or is_near):
                seen = unsupported.get(country, 0)
                if seen >= _UNSUPPORTED:
                    continue
                unsupported[country] = seen + 1
            score = known.get((country, is_point))
            if score is None:
                score = known[country, is_point] = self._score_of_country(country, is_point, weights)
            if in_division:
                score += self._score_of_division(division, sense.admin2, weights)
            if is_near:
                score += self._score_near(sense.cell, weights)
            if is_contained:
                score += _sum(self._containment(sense), weights)
            out.append((sense.base + score, sense))
        return out

    def _score_of_country(self, code: str, is_point: bool, weights: Sequence[float]) -> float:
        if code not in self._votes.country:
            return 0.0
        score = _sum(self._of_code(0, code, self._votes.country, self._own.country), weights)
        return score + weights[_POINT_SHARE] * self._share(code) if is_point else score

    def _score_of_division(self, first: str, second: str, weights: Sequence[float]) -> float:
        score = self._divisions.get(second or first)
        if score is None:
            score = _sum(self._of_code(1, first, self._votes.admin1, self._own.admin1), weights)
            if second in self._votes.admin2:
                score += _sum(self._of_code(2, second, self._votes.admin2, self._own.admin2), weights)
            self._divisions[second or first] = score
        return score

    def _score_near(self, cell: int, weights: Sequence[float]) -> float:
        score = self._cells.get(cell)
        if score is None:
            score = self._cells[cell] = _sum(self._near(cell), weights)
        return score

    def features(self, sense: Sense) -> Features:
        """Context features of one place, as (number, value)."""
        out: Features = []
        votes, own = self._votes, self._own
        if sense.country:
            out += self._of_code(0, sense.country, votes.country, own.country)
            if sense.is_point:
                out.append((_POINT_SHARE, self._share(sense.country)))
        if sense.admin1 in votes.admin1:
            out += self._of_code(1, sense.admin1, votes.admin1, own.admin1)
            if sense.admin2 in votes.admin2:
                out += self._of_code(2, sense.admin2, votes.admin2, own.admin2)
        if sense.is_point and sense.cell in votes.cell:
            out += self._near(sense.cell)
        return out + self._containment(sense)

    def _of_code(self, level: int, code: str, all_votes: dict[str, float], own: dict[str, float]) -> Features:
        vote = all_votes.get(code, 0.0) - own.get(code, 0.0)
        if vote <= _LEAST_VOTE:
            return []
        out: Features = [(_VOTES[level], math.log1p(vote))]
        if level == 0:
            out.append((_SHARES[0], vote / (self._votes.total_country - self._own.total_country)))
        elif level == 1:
            out.append((_SHARES[1], vote / (self._votes.total_admin1 - self._own.total_admin1)))
        named = self._votes.named.get(code, 0.0) - self._own.named.get(code, 0.0)
        if named > _LEAST_VOTE:
            out.append((_NAMED[level], min(named, 1.0)))
        return out

    def _share(self, country: str) -> float:
        vote = self._votes.country.get(country, 0.0) - self._own.country.get(country, 0.0)
        return vote / (self._votes.total_country - self._own.total_country) if vote > _LEAST_VOTE else 0.0

    def _near(self, cell: int) -> Features:
        vote = self._votes.cell[cell]
        for own, own_vote in self._own_cells:
            if own == cell or cell in cells_around(own):
                vote -= own_vote
        return [(_NEAR, math.log1p(vote))] if vote > _LEAST_VOTE else []

    def _containment(self, sense: Sense) -> Features:
        out: Features = []
        if not self._is_contained:
            return out
        inside = elsewhere = 0.0
        for code in sense.holders:
            inside = max(inside, self._inside.get(code, 0.0))
            elsewhere = max(elsewhere, self._elsewhere.get(code, 0.0))
        if inside:
            out.append((_INSIDE, math.sqrt(inside)))
        elif elsewhere:
            out.append((_ELSEWHERE, math.sqrt(elsewhere)))
        held = self._held.get(sense.names, 0.0) if sense.names else 0.0
        if held:
            out.append((_CONTAINS, math.sqrt(held)))
        return out


def _codes(leading: Leading) -> dict[str, float]:
    """Code of each country or division among some places → its share."""
    codes: dict[str, float] = {}
    for share, sense in leading:
        if sense.names:
            codes[sense.names] = max(share, codes.get(sense.names, 0.0))
    return codes


def _sum(features: Features, weights: Sequence[float]) -> float:
    total = 0.0
    for number, value in features:
        total += weights[number] * value
    return total


def _places_of(key: str | None, by_key: Mapping[str, list[Group]]) -> Leading:
    return [] if key is None or key not in by_key else by_key[key][0].leading
