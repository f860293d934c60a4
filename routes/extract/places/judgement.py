"""A second look at every name once the whole report is read: is it a place after all?

The first look (:mod:`routes.extract.places.evidence`) sees a name's surroundings. This one adds how sure the first
look was of the same name elsewhere in the report, and how well the place it was taken for fits the others. Weights lie
in ``lexicon/judgement_weights.tsv``, fitted by ``benchmarks/fit_places.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.features import FEATURES, NUMBER
from gazetteer.place import Kind, NameKind
from gazetteer.resolve import Weighed
from routes.extract.places.bundles import Bundle, Weights, lists_features
from routes.extract.places.evidence import NameSpan

Valued = tuple[Bundle, float]
"""A bundle of features and the value that all of them have."""

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


def setting_features(coarse: str, places: Sequence[Weighed], report: tuple[int, float]) -> list[Valued]:
    """Features that all mentions of one name share.

    Args:
        coarse: Coarse class of the name.
        places: What it may mean, the likeliest first.
        report: Number of names in the report, and their mean probability at the first look.
    """
    best = places[0]
    named = best.sense.named
    out: list[Valued] = [
        (("taken_for", coarse, named.kind, named.name_kind), 1.0),
        (("share", coarse), best.share),
        (("names_in_report",), math.log1p(report[0])),
        (("sureness_in_report",), report[1]),
    ]
    fits = False
    for number, value in best.context:
        if number in _USED:
            out.append((("fit", number, coarse), value))
            fits = fits or number in _FIT
    if not fits:
        out.append((("alone", coarse), 1.0))
    return out


@lists_features
def _taken_for(coarse: str, kind: Kind, sense: NameKind) -> tuple[str, ...]:
    return "bias", f"class={coarse}", f"taken for={kind}/{sense}"


@lists_features
def _share(coarse: str) -> tuple[str, str]:
    return "share", f"share|{coarse}"


@lists_features
def _names_in_report() -> tuple[str]:
    return ("names in report",)


@lists_features
def _sureness_in_report() -> tuple[str]:
    return ("sureness in report",)


@lists_features
def _fit(number: int, coarse: str) -> tuple[str, str]:
    return FEATURES[number], f"{FEATURES[number]}|{coarse}"


@lists_features
def _alone(coarse: str) -> tuple[str]:
    return (f"alone|{coarse}",)


@dataclass(slots=True, eq=False)
class Scores:
    """The bounded first-look scores of all mentions of one name in a report, summed up once for all of them."""

    count: int
    total: float
    highest: tuple[float, float]
    lowest: tuple[float, float]

    @classmethod
    def of(cls, scores: list[float]) -> Scores:
        """Sum up some scores, at least one."""
        if len(scores) == 1:
            one = scores[0]
            return cls(1, one, (one, one), (one, one))
        ordered = sorted(scores)
        return cls(len(scores), sum(scores), (ordered[-1], ordered[-2]), (ordered[0], ordered[1]))


def mention_features(span: NameSpan, scores: Scores) -> list[Valued]:
    """Features of one mention.

    Args:
        span: The name with its score of the first look.
        scores: Those of all mentions of this name in the report, this one among them.
    """
    own = bounded(span.score)
    others = scores.count - 1
    out: list[Valued] = [(("first_look",), own), (("times_named",), float(min(others, _MOST_OTHERS)))]
    if others:
        out += (
            (("elsewhere", span.name.profile.coarse), (scores.total - own) / others),
            (("elsewhere_most",), scores.highest[own == scores.highest[0]]),
            (("elsewhere_least",), scores.lowest[own == scores.lowest[0]]),
        )
    return out


@lists_features
def _first_look() -> tuple[str]:
    return ("first look",)


@lists_features
def _times_named() -> tuple[str]:
    return ("times named",)


@lists_features
def _elsewhere(coarse: str) -> tuple[str, str]:
    return "elsewhere mean", f"elsewhere mean|{coarse}"


@lists_features
def _elsewhere_most() -> tuple[str]:
    return ("elsewhere most",)


@lists_features
def _elsewhere_least() -> tuple[str]:
    return ("elsewhere least",)


def scores_of(spans: Sequence[NameSpan]) -> dict[str, Scores]:
    """Folded key → the scores of all its mentions in a report."""
    by_key: dict[str, list[float]] = {}
    for span in spans:
        by_key.setdefault(span.name.key, []).append(bounded(span.score))
    return {key: Scores.of(scores) for key, scores in by_key.items()}


def weighted(features: Sequence[Valued], weights: Weights) -> float:
    """The weighted sum of features."""
    return sum([weights[bundle] * value for bundle, value in features])
