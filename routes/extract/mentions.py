"""Report → the places it names, each with its place in the gazetteer, how sure that is, and why.

Names are found by :mod:`routes.extract.spans`, judged by :mod:`routes.extract.evidence`, resolved by
:mod:`gazetteer.resolve` and given their role by :mod:`routes.extract.roles`; this module puts these together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from gazetteer.features import Sense
from gazetteer.place import Candidate, Place
from gazetteer.reasons import reasons_for
from gazetteer.resolve import Name, Resolver, Weighed
from routes.extract.evidence import LEXICON, NameSpan, context_features
from routes.extract.roles import role_of
from routes.extract.spans import NameIndex, Names, find_spans
from routes.model import MentionStatus, PlaceMention, Report, Sentence, Span

PLAUSIBLE = 0.1
"""Names less likely than this to be places at all have no say in what the others mean."""
SHOWN = 0.42
"""Least probability that a name is a place for it to be listed."""
RESOLVED = 0.3
"""Least probability that a name is a place and that place for it to count as resolved; below, it is ambiguous."""
_MAX_CANDIDATES = 10
_LEAST_CANDIDATE = 0.005
_MAX_NAMES = 100_000
_COMMAS = frozenset({", ", " (", ",", ",\n"})


@cache
def recognition_weights() -> dict[str, float]:
    """Feature → weight, from ``lexicon/recognition_weights.tsv``."""
    weights: dict[str, float] = {}
    with (LEXICON / "recognition_weights.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#":
                feature, _, weight = row.rstrip("\n").rpartition("\t")
                weights[feature] = float(weight)
    return weights


@dataclass(slots=True)
class PlaceReader:
    """A gazetteer with what is kept of its names from report to report."""

    index: NameIndex
    resolver: Resolver = field(default_factory=Resolver)


@lru_cache(maxsize=4)
def _reader(gazetteer: Names) -> PlaceReader:
    return PlaceReader(NameIndex(gazetteer, recognition_weights()))


def find_places(report: Report, sentences: Sequence[Sentence], gazetteer: Names) -> tuple[PlaceMention, ...]:
    """All places a report names, in the order of its text.

    Args:
        report: The report.
        sentences: Its sentences; a name never crosses from one into the next.
        gazetteer: The open gazetteer.

    Returns:
        Mentions that do not overlap. A name that means a place but not which one is ambiguous with its candidates.
    """
    reader = _reader(gazetteer)
    if len(reader.index.profiles) > _MAX_NAMES or len(reader.index.keys) > _MAX_NAMES:
        _reader.cache_clear()
        reader = _reader(gazetteer)
    text = report.text
    judged = judge_spans(text, find_spans(text, reader.index), reader.index)
    judged = [(span, sure) for span, sure in judged if sure >= PLAUSIBLE]
    weighed = reader.resolver.weigh(names_of(text, judged))
    del sentences
    company = list(
        {id(w[0].sense): w[0].sense for (_, sure), w in zip(judged, weighed, strict=True) if sure >= SHOWN}.values()
    )
    return tuple(
        _mention(text, span, sure, places, company)
        for (span, sure), places in zip(judged, weighed, strict=True)
        if sure >= SHOWN
    )


def judge_spans(text: str, spans: list[NameSpan], index: NameIndex) -> list[tuple[NameSpan, float]]:
    """Each name with the probability that it means a place here."""
    weights = index.weights
    judged = []
    for i, span in enumerate(spans):
        before = spans[i - 1] if i else None
        after = spans[i + 1] if i + 1 < len(spans) else None
        span.features = context_features(text, span, before, after)
        span.score = span.profile.score + sum(weights.get(f, 0.0) for f in span.features)
        judged.append((span, 1.0 / (1.0 + math.exp(-span.score))))
    return judged


def names_of(text: str, judged: list[tuple[NameSpan, float]]) -> list[Name]:
    """What the resolver needs of the names: which follows which with a comma, as a container does."""
    names = []
    for i, (span, sure) in enumerate(judged):
        follows = i + 1 < len(judged) and text[span.end : judged[i + 1][0].start] in _COMMAS
        names.append(Name(key=span.key, named=span.profile.named, weight=sure, container=i + 1 if follows else None))
    return names


def _mention(text: str, span: NameSpan, sure: float, places: list[Weighed], company: list[Sense]) -> PlaceMention:
    best = places[0]
    place: Place = best.sense.named.place
    confidence = round(sure * best.share, 3)
    resolved = confidence >= RESOLVED
    role = role_of(text, span.start, span.end, span.key, place, best.sense.named.name_kind)
    candidates = tuple(
        Candidate(place=w.sense.named.place, name_kind=w.sense.named.name_kind, score=round(w.share, 3))
        for w in places[:_MAX_CANDIDATES]
        if w.share >= _LEAST_CANDIDATE or w is best
    )
    return PlaceMention(
        span=Span(start=span.start, end=span.end),
        text=text[span.start : span.end],
        status=MentionStatus.RESOLVED if resolved else MentionStatus.AMBIGUOUS,
        role=role,
        place=place if resolved else None,
        confidence=confidence,
        reasons=reasons_for(places, company),
        candidates=candidates if len(candidates) > 1 or not resolved else (),
    )
