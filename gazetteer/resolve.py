"""Names of one report and their context → one place each, with a probability and reasons.

Every name first stands for all its places, each with the share its own features give it. The shares are votes for
countries, divisions and map cells; the votes of all other names then weigh the places of each name anew, and once
more with the improved shares. A name directly followed by another that contains it ("Valencia, Venezuela") is told
by that above all. A name has one sense per report, except where a mention says otherwise in this way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.features import Sense, resolution_weights, senses_of
from gazetteer.place import Referent
from gazetteer.surroundings import Surroundings
from gazetteer.votes import Ballot, Group, Leading, Votes

_CLEAR = 0.9
"""A name of which one place has this share by its own features is not weighed in the first round."""
_POSSIBLE = 0.0005
"""Least share of a place by its own features for it to be weighed in the first round."""
_LEADING = 0.005
"""Least share of a place after a round for it to be kept among those a name may mean."""
_MAX_CACHED = 60_000  # names whose places are kept
_NEGLIGIBLE = 1e-8
"""Places this much less likely than the likeliest are left out of the sum of shares."""
_SAME_PLACE_DEGREES = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in a report.

    Attributes:
        key: Folded key.
        named: The places it may mean.
        weight: How sure it is that it names a place here, in [0, 1].
        container: Index of the name right after it that may contain it, or None.
    """

    key: str
    named: tuple[Referent, ...]
    weight: float = 1.0
    container: int | None = None


@dataclass(slots=True, eq=False)
class Weighed:
    """One place of a name with its share among them.

    Attributes:
        sense: The place under that name.
        share: Its probability.
        score: Its score, comparable within the name alone.
        around: What gave it that score besides its own features.
    """

    sense: Sense
    share: float
    score: float
    around: Surroundings

    @property
    def context(self) -> list[tuple[int, float]]:
        """Its context features, as (number, value)."""
        return self.around.features(self.sense)


class Resolver:
    """Weighs the places of names; keeps what it learned of each name from report to report."""

    def __init__(self, weights: tuple[float, ...] | None = None) -> None:
        self.weights = resolution_weights() if weights is None else weights
        self._senses: dict[str, tuple[tuple[Sense, ...], Leading, Ballot]] = {}

    def senses(self, key: str, named: tuple[Referent, ...]) -> tuple[tuple[Sense, ...], Leading, Ballot]:
        """The places of a name; those that may be meant, with their shares before any context; their ballot."""
        known = self._senses.get(key)
        if known is None:
            senses = senses_of(named, self.weights)
            shares = _softmax([s.base for s in senses])
            leading = [(share, s) for share, s in zip(shares, senses, strict=True) if share >= _POSSIBLE]
            if len(self._senses) >= _MAX_CACHED:
                self._senses.clear()
            known = self._senses[key] = (senses, leading, Ballot.of(leading))
        return known

    def weigh(self, names: Sequence[Name]) -> list[list[Weighed]]:
        """For each name of a report, in order, its places, the likeliest first."""
        groups: dict[tuple[str, str | None], Group] = {}
        keys: list[tuple[str, str | None]] = []
        for name in names:
            container = names[name.container].key if name.container is not None else None
            group_key = (name.key, container)
            keys.append(group_key)
            group = groups.get(group_key)
            if group is None:
                senses, leading, ballot = self.senses(name.key, name.named)
                groups[group_key] = Group(name.key, senses, name.weight, container, leading, ballot)
            elif name.weight > group.weight:
                group.weight = name.weight
        answers = self._weigh_groups(list(groups.values()))
        return [answers[k] for k in keys]

    def _weigh_groups(self, groups: list[Group]) -> dict[tuple[str, str | None], list[Weighed]]:
        by_key: dict[str, list[Group]] = {}
        held: dict[str, list[Group]] = {}
        for group in groups:
            by_key.setdefault(group.key, []).append(group)
            if group.container is not None:
                held.setdefault(group.container, []).append(group)
        votes = Votes(groups, self.weights)
        doubtful = [group for group in groups if group.leading[0][0] < _CLEAR]
        if doubtful:
            first = [
                _shares([s for _, s in group.leading], Surroundings(group, votes, by_key, held)) for group in doubtful
            ]
            for group, leading in zip(doubtful, first, strict=True):
                group.leading = [(share, sense) for share, _, sense in leading]
                group.senses = [sense for _, sense in group.leading]
                group.ballot = Ballot.of(group.leading)
            votes = Votes(groups, self.weights)
        answers = {}
        for group in groups:
            around = Surroundings(group, votes, by_key, held)
            shares = _shares(group.senses, around)
            answers[group.key, group.container] = [
                Weighed(sense, share, score, around) for share, score, sense in shares
            ]
        return answers


def _shares(senses: Sequence[Sense], around: Surroundings) -> list[tuple[float, float, Sense]]:
    """Share, score and sense of the places that may be meant, the likeliest first."""
    if len(senses) == 1:
        return [(1.0, senses[0].base, senses[0])]
    scored = around.scores(senses)
    scored.sort(key=_score, reverse=True)
    top = scored[0][0]
    powers = []
    for score, _ in scored:
        power = math.exp(score - top)
        if power < _NEGLIGIBLE:
            break
        powers.append(power)
    total = sum(powers)
    least = _LEADING * total
    return [
        (power / total, score, sense) for power, (score, sense) in zip(powers, scored, strict=False) if power >= least
    ]


def _score(scored: tuple[float, Sense]) -> float:
    return scored[0]


def _softmax(scores: list[float]) -> list[float]:
    if len(scores) == 1:
        return [1.0]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def sureness(places: Sequence[Weighed]) -> float:
    """Probability that the first of a name's places is right; a town and the district of its name count as one."""
    if len(places) == 1:
        return places[0].share
    best = places[0].sense.named
    return sum(
        w.share
        for w in places
        if abs(w.sense.named.lat - best.lat) <= _SAME_PLACE_DEGREES
        and abs(w.sense.named.lon - best.lon) <= _SAME_PLACE_DEGREES
    )
