"""Report → the places it names, each with its place in the gazetteer, how sure that is, and why.

Names are found by :mod:`routes.extract.places.spans`, judged by :mod:`routes.extract.places.evidence` and again by
:mod:`routes.extract.places.judgement`, resolved by :mod:`gazetteer.resolve` and given their role by
:mod:`routes.extract.places.roles`; this module puts these together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from gazetteer.features import Sense
from gazetteer.place import Candidate
from gazetteer.reasons import reasons_for
from gazetteer.resolve import Name, Resolver, Weighed, sureness
from routes.extract.places.bundles import Weights
from routes.extract.places.evidence import HOPELESS, NameSpan, surroundings
from routes.extract.places.judgement import mention_features, scores_of, setting_features, sigmoid, weighted
from routes.extract.places.others import without_others
from routes.extract.places.roles import role_of
from routes.extract.places.spans import NOTHING, NameIndex, Names
from routes.extract.places.unknown import unknown_places
from routes.extract.places.word_uses import LEXICON
from routes.extract.places.words import find_chains
from routes.model import MentionStatus, PlaceMention, Report, Sentence, Span

PLAUSIBLE = 0.1
"""Names less likely than this to be places at the first look have no say in what the others mean."""
SHOWN = 0.42
"""Least probability that a name is a place, and the one it was resolved to, for it to be listed."""
SURE = 0.8
"""A name this likely to be a place is listed even if it is open which."""
RESOLVED = 0.3
"""Least probability that a listed name means the place it was resolved to; below, it is ambiguous."""
_MAX_COMPANY = 200  # names that reasons are looked for among
_MAX_CANDIDATES = 10
_LEAST_CANDIDATE = 0.005
_LONGEST_GAP = 36
_COMMAS = frozenset({", ", " (", ",", ",\n"})
_INSIDE = re.compile(r",? in(?: the)? (?:[a-z]+ern )?|,? (?:the )?(?:[a-z]+ )?(?:capital|city|town|port) of (?:the )?")
"""Between a place and what contains it: "Tripoli in Lebanon", "Victoria, capital of the Seychelles"."""
_OWNS = re.compile(r"['’]s (?:[a-z]+,? ){0,3}(?:of )?")
"""Between a place and what it contains: "Libya's capital, Tripoli", "Lebanon's port of Tripoli"."""


@cache
def weights_of(table: str) -> dict[str, float]:
    """Feature → weight, from a table of the lexicon."""
    weights: dict[str, float] = {}
    with (LEXICON / table).open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#":
                feature, _, weight = row.rstrip("\n").rpartition("\t")
                weights[feature] = float(weight)
    return weights


@dataclass(slots=True)
class PlaceReader:
    """A gazetteer with the weights, and with what is kept of its names from report to report."""

    index: NameIndex
    judgement: Weights
    resolver: Resolver = field(default_factory=Resolver)
    last: tuple[str, list[Judged]] = ("", [])


@dataclass(slots=True)
class Judged:
    """A name, how likely it is a place, which places it may mean, and how likely the first of these is right."""

    span: NameSpan
    sure: float
    places: list[Weighed]
    right: float


@lru_cache(maxsize=4)
def _reader(gazetteer: Names) -> PlaceReader:
    fitted, by_hand = weights_of("recognition_weights.tsv"), weights_of("recognition_by_hand.tsv")
    recognition = fitted | {feature: fitted.get(feature, 0.0) + weight for feature, weight in by_hand.items()}
    return PlaceReader(NameIndex(gazetteer, Weights(recognition)), Weights(weights_of("judgement_weights.tsv")))


def find_places(report: Report, sentences: Sequence[Sentence], gazetteer: Names) -> tuple[PlaceMention, ...]:
    """All places a report names, in the order of its text.

    Args:
        report: The report.
        sentences: Its sentences; a name that runs from one into the next is none.
        gazetteer: The open gazetteer.

    Returns:
        Mentions that do not overlap. A name that means a place but not which one is ambiguous with its candidates.
    """
    reader = _reader(gazetteer)
    judged = [j for j in judge_names(report.text, reader) if is_listed(j.sure, j.right)]
    gazetteer.read_ahead(w.sense.named for j in judged for w in j.places[:_MAX_CANDIDATES])
    company = list({id(j.places[0].sense): j.places[0].sense for j in judged}.values())[:_MAX_COMPANY]
    told = {i: _told(places, company) for i, places in {id(j.places): j.places for j in judged}.items()}
    if sentences:
        breaks = {sentence.span.start for sentence in sentences}
        judged = [j for j in judged if not any(i in breaks for i in range(j.span.start + 1, j.span.end))]
    found = [_mention(report.text, j, *told[id(j.places)]) for j in judged]
    unknown = unknown_places(report.text, found)
    return tuple(sorted([*found, *unknown], key=lambda m: m.span.start) if unknown else found)


def is_listed(sure: float, right: float) -> bool:
    """Whether a name is shown: most likely a place, or more likely than not that very place."""
    return sure >= SURE or sure * right >= SHOWN


def judge_names(text: str, reader: PlaceReader) -> list[Judged]:
    """The plausible names of a text, judged twice and weighed; those of the last text are kept for a second asking."""
    if reader.last[0] is not text:
        reader.last = text, _judge(text, reader)
    return reader.last[1]


def _judge(text: str, reader: PlaceReader) -> list[Judged]:
    spans = look_at(text, reader.index)
    sures = [sigmoid(span.score) for span in spans]
    plausible = [(span, sure) for span, sure in zip(spans, sures, strict=True) if sure >= PLAUSIBLE]
    weighed = reader.resolver.weigh(names_of(text, plausible))
    size = len(spans), sum(sures) / max(len(spans), 1)
    asked = {span.name.key for span, _ in plausible}
    others = scores_of([span for span in spans if span.name.key in asked])
    settings: dict[int, tuple[float, float]] = {}
    judged = []
    for (span, _), places in zip(plausible, weighed, strict=True):
        setting = settings.get(id(places))
        if setting is None:
            features = setting_features(span.name.profile.coarse, places, size)
            setting = settings[id(places)] = weighted(features, reader.judgement), sureness(places)
        score = setting[0] + weighted(mention_features(span, others[span.name.key]), reader.judgement)
        judged.append(Judged(span, sigmoid(score), places, setting[1]))
    return judged


def look_at(text: str, index: NameIndex) -> list[NameSpan]:
    """All names of the gazetteer in a text with their features and scores of the first look."""
    found: list[NameSpan] = []
    people: dict[str, tuple[int, int]] = {}
    chains = index.chains
    for match in find_chains(text):
        raw = match.group()
        chain = chains.get(raw) or index.chain(raw)
        if chain is NOTHING:
            continue
        start, end = match.span()
        for name in chain.names:
            found.append(NameSpan(start + name.start, start + name.end, end, name))
        for key, offset in chain.people:
            count, first = people.get(key, (0, start + offset))
            people[key] = count + 1, first
    spans = without_others(text, found)
    weights = index.weights
    previous: NameSpan | None = None
    for i, span in enumerate(spans):
        name = span.name
        span.score = name.score
        if name.score >= HOPELESS:
            following = spans[i + 1] if i + 1 < len(spans) else None
            bundles = span.bundles = surroundings(text, span, previous, following, people)
            span.score += sum([weights[bundle] for bundle in bundles])
        previous = span
    return spans


def names_of(text: str, plausible: list[tuple[NameSpan, float]]) -> list[Name]:
    """What the resolver needs of the names: which of its neighbours is said to contain each."""
    containers: list[int | None] = [None] * len(plausible)
    for i in range(1, len(plausible)):
        start, end = plausible[i - 1][0].end, plausible[i][0].start
        if end - start > _LONGEST_GAP:
            continue
        gap = text[start:end]
        if gap in _COMMAS or _INSIDE.fullmatch(gap):
            containers[i - 1] = i
        elif _OWNS.fullmatch(gap) and containers[i] is None:
            containers[i] = i - 1
    return [
        Name(key=span.name.key, named=span.name.profile.named, weight=sure, container=container)
        for (span, sure), container in zip(plausible, containers, strict=True)
    ]


def _told(places: list[Weighed], company: list[Sense]) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """The reasons for a name's place, and its candidates; none where there is but one."""
    candidates = [w for w in places[:_MAX_CANDIDATES] if w.share >= _LEAST_CANDIDATE]
    return reasons_for(places, company), tuple(
        Candidate(place=w.sense.named.place, name_kind=w.sense.named.name_kind, score=round(w.share, 3))
        for w in candidates
        if len(candidates) > 1
    )


def _mention(text: str, judged: Judged, reasons: tuple[str, ...], candidates: tuple[Candidate, ...]) -> PlaceMention:
    span, places = judged.span, judged.places
    named = places[0].sense.named
    resolved = judged.right >= RESOLVED
    return PlaceMention(
        span=Span(start=span.start, end=span.end),
        text=text[span.start : span.end],
        status=MentionStatus.RESOLVED if resolved else MentionStatus.AMBIGUOUS,
        role=role_of(text, span.start, span.end, span.name.key, named.place, named.name_kind),
        place=named.place if resolved else None,
        confidence=round(judged.sure * judged.right, 3),
        reasons=reasons,
        candidates=candidates,
    )
