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
from gazetteer.place import NamedPlace
from gazetteer.votes import Group, Surroundings, count_votes

_ROUNDS = 2
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
    named: tuple[NamedPlace, ...]
    weight: float = 1.0
    container: int | None = None


@dataclass(frozen=True, slots=True)
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
        self._senses: dict[str, tuple[tuple[Sense, ...], list[float]]] = {}

    def senses(self, key: str, named: tuple[NamedPlace, ...]) -> tuple[tuple[Sense, ...], list[float]]:
        """The places of a name with their shares before any context."""
        known = self._senses.get(key)
        if known is None:
            senses = senses_of(key, named, self.weights)
            known = self._senses[key] = (senses, _softmax([s.base for s in senses]))
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
                senses, shares = self.senses(name.key, name.named)
                groups[group_key] = Group(name.key, senses, name.weight, container, shares)
            elif name.weight > group.weight:
                group.weight = name.weight
        listed = list(groups.values())
        by_key: dict[str, list[Group]] = {}
        for group in listed:
            by_key.setdefault(group.key, []).append(group)
        answers: list[list[Weighed]] = []
        for _ in range(_ROUNDS):
            votes = count_votes(listed)
            around = [Surroundings(group, votes, by_key) for group in listed]
            answers = [self._weigh_group(group, context) for group, context in zip(listed, around, strict=True)]
            for group, answer in zip(listed, answers, strict=True):
                new = {id(w.sense): w.share for w in answer}
                group.shares = [new[id(s)] for s in group.senses]
        place_of = {id(group): i for i, group in enumerate(listed)}
        return [answers[place_of[id(groups[k])]] for k in keys]

    def _weigh_group(self, group: Group, around: Surroundings) -> list[Weighed]:
        weights = self.weights
        weighed = [(sense.base + around.score(sense, weights), sense) for sense in group.senses]
        weighed.sort(key=_score, reverse=True)
        shares = _softmax([score for score, _ in weighed])
        return [Weighed(sense, share, score, around) for (score, sense), share in zip(weighed, shares, strict=True)]


def _score(weighed: tuple[float, Sense]) -> float:
    return weighed[0]


def _softmax(scores: list[float]) -> list[float]:
    if len(scores) == 1:
        return [1.0]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def sureness(places: Sequence[Weighed]) -> float:
    """Probability that the first of a name's places is right; a town and the district of its name count as one."""
    best = places[0].sense.named.place
    return sum(
        w.share
        for w in places
        if abs(w.sense.named.place.lat - best.lat) <= _SAME_PLACE_DEGREES
        and abs(w.sense.named.place.lon - best.lon) <= _SAME_PLACE_DEGREES
    )
