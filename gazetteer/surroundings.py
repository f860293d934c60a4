"""What a report says around one name: the votes of all other names, and which names contain it or lie in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from gazetteer.features import NUMBER, Sense
from gazetteer.votes import (
    LEAST_VOTE,
    Ballot,
    Features,
    Group,
    Leading,
    Votes,
    of_cell,
    of_code,
    sum_of,
    zones_around,
)

_UNSUPPORTED = 2
"""Of a name's places in one country that no other name speaks for, so many are weighed: the likeliest."""
_NONE = 0.0, 0.0
_NO_CELL = -1000
_COUNTRY_SHARE, _DIVISION_SHARE = NUMBER["country.share"], NUMBER["admin1.share"]
_POINT_SHARE = NUMBER["country.share.place"]
_ZONE, _ZONE_OF_COUNTRY, _COUNTRIES = NUMBER["zone.share"], NUMBER["zone.share.country"], NUMBER["countries.named"]
_INSIDE, _ELSEWHERE, _CONTAINS = NUMBER["inside"], NUMBER["inside.elsewhere"], NUMBER["contains"]


class Surroundings:
    """What the rest of the report says about the places of one group: the votes without its own, and containers."""

    __slots__ = (
        "_ballot",
        "_elsewhere",
        "_held",
        "_inside",
        "_is_contained",
        "_other_countries",
        "_others",
        "_own",
        "_votes",
        "_weight",
    )

    def __init__(
        self, group: Group, votes: Votes, by_key: Mapping[str, list[Group]], held: Mapping[str, list[Group]]
    ) -> None:
        groups = by_key[group.key]
        self._votes = votes
        # A group's own votes are those of its ballot, as often as its weight says.
        self._weight, self._ballot = group.weight, group.ballot
        if len(groups) > 1:
            self._weight = 1.0
            self._ballot = Ballot([(sense, share * g.weight) for g in groups for sense, share in g.ballot.voters])
        self._own = self._ballot.tally
        self._others = votes.total - self._ballot.total * self._weight
        # Log of the votes of the countries named, without the group's own.
        self._other_countries = math.log1p(max(votes.tally.total_named - self._own.total_named * self._weight, 0.0))
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
        self._is_contained = bool(self._inside or self._elsewhere or self._held)

    def scores(self, senses: Iterable[Sense]) -> list[tuple[float, Sense]]:
        """Scores of the places of the group, own and context features together.

        Of the places that nothing but their country speaks for, only the likeliest few are in the answer.
        """
        votes, is_contained = self._votes, self._is_contained
        admin1, cells = votes.tally.admin1, votes.cell
        unsupported: dict[str, int] = {}
        countries: dict[str, tuple[float, float]] = {}
        divisions: dict[str, float] = {}
        zones: dict[int, tuple[float, float]] = {}
        own_admin1, own_cells, weight = self._own.admin1, self._ballot.cells, self._weight
        out = []
        for sense in senses:
            country, division = sense.country, sense.admin1
            cell = sense.cell if sense.is_point else _NO_CELL
            if not (division in admin1 or cell in cells or is_contained):
                seen = unsupported.get(country, 0)
                if seen >= _UNSUPPORTED:
                    continue
                unsupported[country] = seen + 1
            of_country = countries.get(country)
            if of_country is None:
                of_country = countries[country] = self._scores_of_country(country)
            of_zone = zones.get(sense.zone)
            if of_zone is None:
                of_zone = zones[sense.zone] = self._scores_of_zone(sense.zone)
            score = sense.base + of_country[sense.is_point] + of_zone[sense.is_country]
            if division in admin1 and admin1[division] - own_admin1.get(division, 0.0) * weight > LEAST_VOTE:
                code = sense.admin2 or division
                more = divisions.get(code)
                if more is None:
                    more = divisions[code] = self._score_of_division(division, sense.admin2)
                score += more
            if cell in cells:
                score += votes.near(cell, own_cells.get(cell, 0.0) * weight)
            if is_contained:
                score += sum_of(self.containment(sense), votes.weights)
            out.append((score, sense))
        return out

    def _scores_of_country(self, code: str) -> tuple[float, float]:
        """For a place that is no point, and for one that is."""
        own = self._own.country.get(code)
        score, vote = self._votes.standing(0, code) if own is None else self._own_standing(0, code, own)
        if not vote:
            return _NONE
        weights, share = self._votes.weights, self._share_of_country(vote)
        area = score + weights[_COUNTRY_SHARE] * share
        return area, area + weights[_POINT_SHARE] * share

    def _scores_of_zone(self, zone: int) -> tuple[float, float]:
        """For a place that is no country, and for one that is."""
        weights, share = self._votes.weights, self._share_of_zone(zone)
        score = weights[_ZONE] * share
        return score, score + weights[_ZONE_OF_COUNTRY] * share + weights[_COUNTRIES] * self._other_countries

    def _score_of_division(self, first: str, second: str) -> float:
        own = self._own.admin1.get(first)
        score, vote = self._votes.standing(1, first) if own is None else self._own_standing(1, first, own)
        score += self._votes.weights[_DIVISION_SHARE] * self._share_of_division(vote)
        if second in self._votes.tally.admin2:
            own = self._own.admin2.get(second)
            score += (self._votes.standing(2, second) if own is None else self._own_standing(2, second, own))[0]
        return score

    def _own_standing(self, level: int, code: str, own: float) -> tuple[float, float]:
        """As :meth:`Votes.standing`, for a code that has votes of the group's own."""
        vote = self._votes.tally.levels()[level][code] - own * self._weight
        if vote <= LEAST_VOTE:
            return _NONE
        return sum_of(of_code(level, vote, self._named(code)), self._votes.weights), vote

    def features(self, sense: Sense) -> Features:
        """Context features of one place, as (number, value)."""
        out: Features = []
        votes, own, weight = self._votes, self._own, self._weight
        tally = votes.tally
        country, first, second = sense.country, sense.admin1, sense.admin2
        if country:
            share = 0.0
            vote = tally.country.get(country, 0.0) - own.country.get(country, 0.0) * weight
            if vote > LEAST_VOTE:
                share = self._share_of_country(vote)
                out += of_code(0, vote, self._named(country))
                out.append((_COUNTRY_SHARE, share))
            if sense.is_point:
                out.append((_POINT_SHARE, share))
        if first in tally.admin1:
            vote = tally.admin1[first] - own.admin1.get(first, 0.0) * weight
            if vote > LEAST_VOTE:
                out += of_code(1, vote, self._named(first))
                out.append((_DIVISION_SHARE, self._share_of_division(vote)))
                if second in tally.admin2:
                    vote = tally.admin2[second] - own.admin2.get(second, 0.0) * weight
                    out += of_code(2, vote, self._named(second))
        if sense.is_point and sense.cell in votes.cell:
            out += of_cell(votes.cell[sense.cell] - self._ballot.cells.get(sense.cell, 0.0) * weight)
        share = self._share_of_zone(sense.zone)
        out.append((_ZONE, share))
        if sense.is_country:
            out += ((_ZONE_OF_COUNTRY, share), (_COUNTRIES, self._other_countries))
        return out + self.containment(sense)

    def _named(self, code: str) -> float:
        """Votes for a code as named itself, without the group's own."""
        return self._votes.tally.named.get(code, 0.0) - self._own.named.get(code, 0.0) * self._weight

    def _share_of_country(self, vote: float) -> float:
        return vote / (self._votes.tally.total_country - self._own.total_country * self._weight) if vote else 0.0

    def _share_of_zone(self, zone: int) -> float:
        vote = self._votes.zone.get(zone, 0.0)
        around = zones_around(zone)
        for own, share in self._ballot.zones:
            if own in around:
                vote -= share * self._weight
        return vote / self._others if vote > LEAST_VOTE else 0.0

    def _share_of_division(self, vote: float) -> float:
        return vote / (self._votes.tally.total_admin1 - self._own.total_admin1 * self._weight)

    def containment(self, sense: Sense) -> Features:
        """Those of the context features that say what contains what."""
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


def _places_of(key: str | None, by_key: Mapping[str, list[Group]]) -> Leading:
    return [] if key is None or key not in by_key else by_key[key][0].leading
