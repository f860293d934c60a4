"""A second look at every name once the whole report is read: is it a place after all?

The first look (:mod:`routes.extract.evidence`) sees a name's surroundings. This one adds how sure the first look was
of the same name elsewhere in the report, and how well the place it was taken for fits the others. Weights lie in
``lexicon/judgement_weights.tsv``, fitted by ``benchmarks/fit_places.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gazetteer.features import FEATURES, NUMBER
from gazetteer.resolve import Weighed
from routes.extract.evidence import NameSpan

_MOST_OTHERS = 5
_FIT = tuple(NUMBER[name] for name in ("admin1.share", "near.votes", "country.share"))
_USED = frozenset(
    NUMBER[name]
    for name in (
        "admin1.share",
        "country.share",
        "near.votes",
        "admin2.votes",
        "inside",
        "inside.elsewhere",
        "contains",
        "admin1.votes",
        "country.votes",
        "country.named",
        "admin1.named",
    )
)
_LIMIT = 9.2  # log-odds of 1 in 10,000


def bounded(score: float) -> float:
    """Log-odds kept within what a fit on some thousand names can tell."""
    return min(max(score, -_LIMIT), _LIMIT)


def sigmoid(score: float) -> float:
    """Log-odds → probability."""
    return 1.0 / (1.0 + math.exp(-score))


def setting_features(coarse: str, places: Sequence[Weighed], report: tuple[int, float]) -> list[tuple[str, float]]:
    """Features that all mentions of one name share, as (feature, value).

    Args:
        coarse: Coarse class of the name.
        places: What it may mean, the likeliest first.
        report: Number of names in the report, and their mean probability at the first look.
    """
    best = places[0]
    named = best.sense.named
    out = [
        ("bias", 1.0),
        (f"class={coarse}", 1.0),
        (f"taken for={named.kind}/{named.name_kind}", 1.0),
        ("share", best.share),
        (f"share|{coarse}", best.share),
        ("names in report", math.log1p(report[0])),
        ("sureness in report", report[1]),
    ]
    fits = False
    for number, value in best.context:
        if number in _USED:
            out += ((FEATURES[number], value), (f"{FEATURES[number]}|{coarse}", value))
            fits = fits or number in _FIT
    if not fits:
        out.append((f"alone|{coarse}", 1.0))
    return out


@dataclass(frozen=True, slots=True)
class Scores:
    """The bounded first-look scores of all mentions of one name in a report, summed up once for all of them."""

    count: int
    total: float
    highest: tuple[float, float]
    lowest: tuple[float, float]

    @classmethod
    def of(cls, scores: list[float]) -> Scores:
        """Sum up some scores, at least one."""
        ordered = sorted(scores)
        return cls(len(scores), sum(scores), (ordered[-1], ordered[-2:][0]), (ordered[0], ordered[:2][-1]))


def mention_features(span: NameSpan, scores: Scores) -> list[tuple[str, float]]:
    """Features of one mention, as (feature, value).

    Args:
        span: The name with its score of the first look.
        scores: Those of all mentions of this name in the report, this one among them.
    """
    own = bounded(span.score)
    others = scores.count - 1
    out = [("first look", own), ("times named", float(min(others, _MOST_OTHERS)))]
    if others:
        coarse = span.profile.coarse
        mean = (scores.total - own) / others
        out += (
            ("elsewhere mean", mean),
            (f"elsewhere mean|{coarse}", mean),
            ("elsewhere most", scores.highest[own == scores.highest[0]]),
            ("elsewhere least", scores.lowest[own == scores.lowest[0]]),
        )
    return out


def scores_of(spans: Sequence[NameSpan]) -> dict[str, Scores]:
    """Folded key → the scores of all its mentions in a report."""
    by_key: dict[str, list[float]] = {}
    for span in spans:
        by_key.setdefault(span.key, []).append(bounded(span.score))
    return {key: Scores.of(scores) for key, scores in by_key.items()}


def weighted(features: Sequence[tuple[str, float]], weights: Mapping[str, float]) -> float:
    """The weighted sum of features."""
    total = 0.0
    for feature, value in features:
        total += weights.get(feature, 0.0) * value
    return total
