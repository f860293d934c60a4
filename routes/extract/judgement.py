"""A second look at every name once the whole report is read: is it a place after all?

The first look (:mod:`routes.extract.evidence`) sees a name's surroundings. This one adds how sure the first look was
of the same name elsewhere in the report, and how well the place it was taken for fits the others. Weights lie in
``lexicon/judgement_weights.tsv``, fitted by ``benchmarks/fit_places.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

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


def judgement_features(
    span: NameSpan, others: Sequence[float], places: Sequence[Weighed], report: tuple[int, float]
) -> list[tuple[str, float]]:
    """Features of the second look, as (feature, value).

    Args:
        span: The name with its score of the first look.
        others: Scores of the same name elsewhere in the report.
        places: What it may mean, the likeliest first.
        report: Number of names in the report, and their mean probability at the first look.
    """
    coarse = span.profile.coarse
    best = places[0]
    named = best.sense.named
    out = [
        ("bias", 1.0),
        (f"class={coarse}", 1.0),
        (f"taken for={named.place.kind}/{named.name_kind}", 1.0),
        ("first look", bounded(span.score)),
        ("share", best.share),
        (f"share|{coarse}", best.share),
        ("times named", float(min(len(others), _MOST_OTHERS))),
        ("names in report", math.log1p(report[0])),
        ("sureness in report", report[1]),
    ]
    if others:
        mean = sum(others) / len(others)
        out += (
            ("elsewhere mean", mean),
            (f"elsewhere mean|{coarse}", mean),
            ("elsewhere most", max(others)),
            ("elsewhere least", min(others)),
        )
    for number, value in best.context:
        if number in _USED:
            out += ((FEATURES[number], value), (f"{FEATURES[number]}|{coarse}", value))
    if not any(number in _FIT for number, _ in best.context):
        out.append((f"alone|{coarse}", 1.0))
    return out


def others_of(spans: Sequence[NameSpan]) -> list[list[float]]:
    """For each name, the bounded scores of the same name elsewhere in the report."""
    by_key: dict[str, list[int]] = {}
    for i, span in enumerate(spans):
        by_key.setdefault(span.key, []).append(i)
    return [[bounded(spans[j].score) for j in by_key[span.key] if j != i] for i, span in enumerate(spans)]


def judge(features: Sequence[tuple[str, float]], weights: Mapping[str, float]) -> float:
    """Probability that the name is a place."""
    return 1.0 / (1.0 + math.exp(-sum(weights.get(feature, 0.0) * value for feature, value in features)))
