"""What the names of a report speak for together: votes for countries, divisions, map cells, and who contains whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gazetteer.features import NUMBER, Sense
from gazetteer.place import Kind

_LEAST_SHARE = 0.02
"""Places with a smaller share of their name do not vote."""
_LEAST_VOTE = 0.001
_POINTS = (Kind.CITY, Kind.SITE, Kind.ADMIN2)
_ROUND = (-361, -360, -359, -1, 0, 1, 359, 360, 361)  # a cell and its eight neighbours, 360 cells to a row
_NAMED_BY = {Kind.COUNTRY: "country", Kind.ADMIN1: "admin1", Kind.ADMIN2: "admin2"}


@dataclass(slots=True)
class Group:
    """All mentions of one key that stand before the same container.

    Attributes:
        key: The folded key.
        senses: Its places.
        weight: How sure it is that the key names a place at all.
        container: Key of the name that follows and may contain it, or None.
        shares: The share of each place, in the order of ``senses``.
    """

    key: str
    senses: tuple[Sense, ...]
    weight: float
    container: str | None
    shares: list[float]


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

    def add(self, sense: Sense, vote: float) -> None:
        """Count the vote of one place."""
        if sense.country:
            self.country[sense.country] = self.country.get(sense.country, 0.0) + vote
            self.total_country += vote
        if sense.admin1:
            self.admin1[sense.admin1] = self.admin1.get(sense.admin1, 0.0) + vote
            self.total_admin1 += vote
        if sense.admin2:
            self.admin2[sense.admin2] = self.admin2.get(sense.admin2, 0.0) + vote
        kind = sense.named.place.kind
        level = _NAMED_BY.get(kind)
        if level is not None:
            code = getattr(sense, level)
            self.named[code] = self.named.get(code, 0.0) + vote
        if kind in _POINTS:
            cells = self.cell
            for step in _ROUND:
                cells[sense.cell + step] = cells.get(sense.cell + step, 0.0) + vote


def count_votes(groups: Sequence[Group]) -> Votes:
    """The votes of these groups."""
    votes = Votes()
    for group in groups:
        for sense, share in zip(group.senses, group.shares, strict=True):
            if share >= _LEAST_SHARE:
                votes.add(sense, share * group.weight)
    return votes


def contains(outer: Sense, inner: Sense) -> bool:
    """Whether a country or division contains a place, by their codes."""
    kind = outer.named.place.kind
    if kind is inner.named.place.kind:
        return False
    if kind is Kind.COUNTRY:
        return outer.country == inner.country
    if kind is Kind.ADMIN1:
        return outer.admin1 == inner.admin1
    if kind is Kind.ADMIN2:
        return outer.admin2 == inner.admin2 and inner.named.place.kind in (Kind.CITY, Kind.SITE)
    return False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the report says about one group: the votes without its own, and its containers.

    Attributes:
        votes: The votes of all names.
        own: The votes of this name, to be left out.
        inside: Shares and places of the name that follows this one after a comma.
        elsewhere: The same for other mentions of this name.
        held: Shares and places of names that this one follows after a comma.
    """

    votes: Votes
    own: Votes
    inside: list[tuple[float, Sense]]
    elsewhere: list[tuple[float, Sense]]
    held: list[tuple[float, Sense]]

    @classmethod
    def of(cls, group: Group, votes: Votes, by_key: Mapping[str, list[Group]]) -> Surroundings:
        """The surroundings of a group among the groups of its report."""
        others = [g for g in by_key[group.key] if g is not group and g.container != group.container]
        held = [g for groups in by_key.values() for g in groups if g.container == group.key]
        return cls(
            votes,
            count_votes(by_key[group.key]),
            _places_of(group.container, by_key),
            [pair for g in others for pair in _places_of(g.container, by_key)],
            [pair for g in held for pair in zip(g.shares, g.senses, strict=True)],
        )

    def features(self, sense: Sense) -> tuple[tuple[int, float], ...]:
        """Context features of one place, as (number, value)."""
        out: list[tuple[int, float]] = []
        votes, own = self.votes, self.own
        for level in ("country", "admin1", "admin2"):
            code = getattr(sense, level)
            if not code:
                continue
            vote = getattr(votes, level).get(code, 0.0) - getattr(own, level).get(code, 0.0)
            if vote > _LEAST_VOTE:
                out.append((NUMBER[f"{level}.votes"], math.log1p(vote)))
                if level != "admin2":
                    total = getattr(votes, f"total_{level}") - getattr(own, f"total_{level}")
                    out.append((NUMBER[f"{level}.share"], vote / total))
                vote = votes.named.get(code, 0.0) - own.named.get(code, 0.0)
                if vote > _LEAST_VOTE:
                    out.append((NUMBER[f"{level}.named"], min(vote, 1.0)))
        if sense.named.place.kind in _POINTS:
            vote = votes.cell.get(sense.cell, 0.0) - own.cell.get(sense.cell, 0.0)
            if vote > _LEAST_VOTE:
                out.append((NUMBER["near.votes"], math.log1p(vote)))
        self._containment(sense, out)
        return tuple(out)

    def _containment(self, sense: Sense, out: list[tuple[int, float]]) -> None:
        share = max((share for share, outer in self.inside if contains(outer, sense)), default=0.0)
        if share:
            out.append((NUMBER["inside"], math.sqrt(share)))
        elif self.elsewhere:
            share = max((share for share, outer in self.elsewhere if contains(outer, sense)), default=0.0)
            if share:
                out.append((NUMBER["inside.elsewhere"], math.sqrt(share)))
        if self.held:
            share = max((share for share, inner in self.held if contains(sense, inner)), default=0.0)
            if share:
                out.append((NUMBER["contains"], math.sqrt(share)))


def _places_of(key: str | None, by_key: Mapping[str, list[Group]]) -> list[tuple[float, Sense]]:
    if key is None or key not in by_key:
        return []
    outer = by_key[key][0]
    return list(zip(outer.shares, outer.senses, strict=True))
