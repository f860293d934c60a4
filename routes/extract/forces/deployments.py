"""Parsed sentences → forces at places: sent, stationed, patrolling, withdrawn; one for each force and place.

Nothing is taken from what is only supposed or asked for. Different sizes of one force ("150 now, 500 by December") are
deployments of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from routes.extract.forces.commanders import find_commander
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.found import Found
from routes.extract.forces.same_force import merge
from routes.extract.forces.stationing import Scene
from routes.extract.lexicon.tables import inflect_verb
from routes.extract.text.sentences import split_sentences
from routes.extract.text.sizes import Size, find_sizes
from routes.model import Certainty, DateInterval, Deployment, Evidence, PlaceMention, Report, Sentence, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.dates.dates import WrittenDate
    from routes.extract.text.parsing import Parsed

DATE_PATH = 5
"""How many links of the parse may lie between a word and its date."""
PLANNED = re.compile(
    r"\b(?:will|is to|are to|meant|due|expected|planned|set|should|shall|scheduled|supposed"
    r"|eventually|authori[sz]ed|mandated|allowed|intended|capped)\b"
)
GROWTH_BETWEEN = 70
"""At most so many characters lie between the noun and the verb of "the figure is meant to reach 500"."""
GROWTH_REACH = 3
"""In how many sentences behind a deployment "the figure" may still mean it."""


def find_deployments(
    report: Report, parsed: Sequence[Parsed], places: Sequence[PlaceMention], dates: Sequence[WrittenDate]
) -> tuple[Deployment, ...]:
    """The forces a report puts at places, one for each force and place, in the order of the text.

    Args:
        report: The report.
        parsed: Its parsed sentences.
        places: Its place mentions, in order.
        dates: Its written dates, in order.
    """
    found: list[Found] = []
    last: Scene | None = None
    for one in parsed:
        near = last is not None and one.index - last.parsed.index == 1
        last = Scene(report, one, places, found[-3:], last.spoken if last is not None and near else None)
        found += last.found()
    made = [(f, d) for f in found if (d := _deployment(report, f, dates)) is not None]
    made += grown(report, made, dates)
    made.sort(key=lambda pair: (pair[1].span.start, pair[0].force.span.start))
    return tuple(d for _, d in merge(made))


def _deployment(report: Report, found: Found, dates: Sequence[WrittenDate]) -> Deployment | None:
    status = found.status
    if status is None:
        return None
    force, judgement = found.force, found.judgement
    date = _date(dates, found, found.parsed.span(0, len(found.parsed.doc)), future=status is Status.PLANNED)
    if _to_come(report, date) and status in {Status.COMPLETED, Status.WITHDRAWN} and not judgement.past:
        status = Status.PLANNED
    sentence = found.parsed.span(0, len(found.parsed.doc))
    words = force.words
    if force.owner is not None and force.owner[1].lower() not in words.lower() and not _names_owner(found):
        words = f"{words} ({force.owner[1]})"
    place = found.place
    evidence = (Evidence(span=sentence, quote=report.text[sentence.start : sentence.end]),)
    digest = sha256(repr((report.id, place.span.start, force.span.start)).encode("utf-8", "replace"))
    return Deployment(
        id="c-" + digest.hexdigest()[:12],
        position=found.position,
        text=place.text,
        span=place.span,
        status=status,
        certainty=judgement.certainty,
        evidence=evidence,
        force=words,
        unit=force.unit,
        commander=find_commander(report.text, sentence),
        size_min=force.size.low if force.size else None,
        size_max=force.size.high if force.size else None,
        size_text=force.size_text,
        attribution=judgement.attribution,
        date=date,
        reasons=(f"“{words}” with “{found.words}”: force and place", *judgement.reasons),
    )


def _to_come(report: Report, date: DateInterval) -> bool:
    """Whether a date lies after the report: what is told in the present tense of it is a plan."""
    return report.published is not None and date.start is not None and date.start > report.published


def _names_owner(found: Found) -> bool:
    start, end = found.force.span.start, found.force.span.end
    return any(m is not None and start <= m.span.start < end for m in found.parsed.mentions)


def _date(dates: Sequence[WrittenDate], found: Found, sentence: Span, *, future: bool) -> DateInterval:
    """The date that hangs on the joining word in the parse, the nearest of them."""
    word = found.parsed.doc[found.token]
    near: list[tuple[int, int, WrittenDate]] = []
    for one in dates:
        if sentence.start <= one.span.start and one.span.end <= sentence.end:
            token = next((t for t in word.doc if found.parsed.spans[t.i].end > one.span.start), None)
            steps = _steps(token, word) if token is not None else None
            if steps is not None:
                near.append((steps, abs(one.span.start - found.parsed.spans[word.i].start), one))
    return min(near, key=lambda n: n[:2])[2].read(future=future) if near else DateInterval()


def _steps(token: Token, word: Token) -> int | None:
    """How many links lead from a date up to a word or its governor; None where another noun or clause is between."""
    over = {word.i: 0}
    if word.pos_ not in {"VERB", "AUX"}:
        over |= {a.i: n for n, a in enumerate(word.ancestors, start=1) if n <= DATE_PATH and a.pos_ in {"VERB", "AUX"}}
    current = token
    for steps in range(DATE_PATH):
        if current.i in over:
            return steps + over[current.i]
        if steps and (
            current.dep_ in {"relcl", "acl", "ccomp"} or (current.pos_ in {"NOUN", "PROPN"} and current.tag_ != "CD")
        ):
            return None
        current = current.head
    return None


# -- the same force, larger or smaller -----------------------------------------------------------------------------


def grown(
    report: Report, made: Sequence[tuple[Found, Deployment]], dates: Sequence[WrittenDate]
) -> Iterator[tuple[Found, Deployment]]:
    """Other sizes told of a force: "the figure is to reach 500 by December", "the brigade will count 5,000"."""
    if not made:
        return
    sentences = split_sentences(report.text)
    index_at = {s.span.start: i for i, s in enumerate(sentences)}
    for i, sentence in enumerate(sentences):
        body = report.text[sentence.span.start : sentence.span.end]
        for match in (*growth_verbs().finditer(body), *growth_changes().finditer(body)):
            first = match.start("of") if "of" in match.re.groupindex else max(0, match.start() - GROWTH_BETWEEN)
            last = match.end("of") if "of" in match.re.groupindex else match.start()
            nouns = list(growth_nouns().finditer(body, first, last))
            size = _grown_size(body, match.end())
            base = _base(made, index_at, sentences, i, sentence.span.start + nouns[-1].start()) if nouns else None
            if size is None or base is None:
                continue
            begin = min(nouns[-1].start(), match.start())
            between = body[max(0, begin - 30) if begin < nouns[-1].start() else nouns[-1].end() : match.start()].lower()
            words = f"{body[begin : match.end()]}{size.text}"
            deployment = _resized(report, base[1], sentence, Growth(match.start(), between, words, size), dates)
            if deployment is not None:
                yield base[0], deployment


@cache
def growth_nouns() -> re.Pattern[str]:
    """Nouns for a force or its size."""
    return re.compile(rf"\b(?:{'|'.join(sorted(table('growth', 'subjects')))})\b", re.IGNORECASE)


@cache
def growth_verbs() -> re.Pattern[str]:
    """Verbs of counting and growing, up to the number."""
    irregular = {"rose", "grew", "grown", "risen", "fell", "shrank", "shrunk"}
    verbs = {form for lemma in table("growth", "verbs") for form in inflect_verb(lemma)} | irregular
    verbs |= {"raised to", "increased to", "cut to", "reduced to", "doubled to", "expanded to", "brought to"}
    return re.compile(rf"\b(?:{'|'.join(sorted(verbs))})\s(?:to\s|by up to\s|from [\d,]+ to\s)?(?=\S)", re.IGNORECASE)


@cache
def growth_changes() -> re.Pattern[str]:
    """Verbs of making a force larger or smaller, up to the number: "doubled its force in X to …"."""
    verbs = {form for lemma in table("growth", "changes") for form in inflect_verb(lemma)} | {"brought", "built", "cut"}
    return re.compile(rf"\b(?:{'|'.join(sorted(verbs))})\b(?P<of>[^.;:!?]{{3,90}}?)\sto\s(?=\S)", re.IGNORECASE)


def _grown_size(body: str, at: int) -> Size | None:
    """The number right behind the verb, if it counts people."""
    found = find_sizes(body, at, min(len(body), at + 40))
    if not found or found[0].start > at:
        return None
    after = body[found[0].end : found[0].end + 30]
    counts = re.match(
        r"(?:\s(?:men|women|troops|soldiers|people|personnel|strong|officers|police|members|peacekeepers|in|by|at|when|before|once|next|this"
        r"|later|within|over|from|as|and)\b|\s*[,.;)]|\s*$|\s(?:\w+\s)?(?:troops|soldiers|men|personnel))",
        after,
    )
    return found[0] if counts else None


def _base(
    made: Sequence[tuple[Found, Deployment]], index_at: dict[int, int], sentences: Sequence[Sentence], i: int, at: int
) -> tuple[Found, Deployment] | None:
    """The deployment whose size is spoken of: the last of people, told shortly before."""
    for found, deployment in reversed(made):
        told = index_at.get(sentences[found.parsed.index].span.start, 0)
        people = found.force.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE, Kinds.NAMED, Kinds.NATIONALS}
        if people and 0 <= i - told <= GROWTH_REACH and found.parsed.spans[found.token].start <= at:
            return found, deployment
    return None


class Growth(NamedTuple):
    """Where a sentence gives another size, in which words, and how large."""

    at: int
    between: str
    words: str
    size: Size


def _resized(
    report: Report, base: Deployment, sentence: Sentence, growth: Growth, dates: Sequence[WrittenDate]
) -> Deployment | None:
    size = growth.size
    told = (size.low, size.high) == (base.size_min, base.size_max)
    if told or re.search(r"\b(?:not|never|could|would|might|may|if)\b", growth.between):
        return None
    planned = PLANNED.search(growth.between) is not None
    span = sentence.span
    digest = sha256(repr((report.id, span.start + growth.at, size.text)).encode("utf-8", "replace"))
    inside = [d for d in dates if span.start <= d.span.start and d.span.end <= span.end]
    at = span.start + growth.at
    nearest = min(inside, key=lambda d: (d.span.start < at, abs(d.span.start - at)), default=None)
    evidence = Evidence(span=span, quote=report.text[span.start : span.end])
    words = " ".join(growth.words.split())
    return replace(
        base,
        id="c-" + digest.hexdigest()[:12],
        status=Status.PLANNED if planned else base.status,
        size_min=size.low,
        size_max=size.high,
        size_text=size.text,
        certainty=Certainty.STATED,
        attribution=None,
        date=nearest.read(future=planned) if nearest is not None else DateInterval(),
        evidence=tuple(dict.fromkeys((evidence, *base.evidence))),
        reasons=(f"“{words}”: another size of the force spoken of", *base.reasons[:1]),
    )
