"""The parse of a report's sentences, with places and designations as single tokens.

Which sentences are parsed is said in choosing.py. Names of places and aircraft are merged to one token before the
tagger sees them, which keeps "Strait of Malacca" and "Boeing 747-412" from being taken apart. The places of a
bulleted list are parsed as one enumeration with the line they hang on.

The merged tokens stand in the parse under a stand-in name ("London", "Boeing") that the model knows for what it is: it
takes "New York" in one token for a verb. Words for a reader are therefore always cut from the report by ``spans``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routes.extract.forces.force_words import goes_on
from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.text.asides import asides
from routes.extract.text.choosing import (
    GOES_ON_WITHIN,
    POINTS_BACK,
    REGISTRATION,
    cue_words,
    designations,
    says_more,
    tells_on,
    worth_parsing,
)
from routes.extract.text.cutting import WORD, Piece, cut_finding, cut_piece
from routes.model import Finding, MentionRole, PlaceMention, Report, Sentence, SentenceKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token

MAX_ITEM_CHARS = 90
"""A list item longer than this is a sentence of its own, not a stop in an enumeration."""

MIN_CAPITALS = 12
CAPITALS_SHARE = 0.7
"""From this share of capitals on, among at least so many letters, a sentence counts as set in capitals."""

DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z]+)?(?:,? [A-Z][a-z]+\.? \d{1,2})?"
    r"|[A-Z][\w .'’-]{2,30},? [A-Z][a-z]{2,8}\.? \d{1,2})(?: \([^)]{2,30}\))? (?:—|–|--?) "
)
"""A place before a dash at the start of a report says where it was written."""

CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?(?:GMT|UTC|BST|CET|CEST|Z|h|hrs))?[ \t]*[:–—-]?[ \t]+(?=[A-ZÀ-Þ])"
)
"""The hour before an entry of a live page, which is no part of its sentence."""

STAND_IN_PLACE = "London"
STAND_IN_CRAFT = "Boeing"
STAND_IN_ONE = "man"
"""What "the first" and "the other" are parsed as before a verb: the model takes "the first left Rome" for a phrase."""
TRANSPORTS = {"transport": "plane", "transports": "planes"}
"""What the parser takes for a verb behind a designation: "two C-17 transports"."""

TO_AND_FRO = re.compile(r"\b(?:to and fro|back and forth|up and down(?= between)|hither and thither)\b", re.IGNORECASE)
LEAD_IN_END = re.compile(r"[\s:–—-]+$")
SURROGATE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A parsed sentence (or part of a long one, or a lead-in with its list).

    Attributes:
        index: Its place among the report's sentences.
        sentence: The sentence itself.
        doc: The parse; places and designations are single tokens under stand-in names.
        spans: For every token where it stands in ``Report.text``.
        written: For every token how it is written there.
        mentions: For every token the place it names, or None.
    """

    index: int
    sentence: Sentence
    doc: Doc
    spans: tuple[Span, ...]
    written: tuple[str, ...]
    mentions: tuple[PlaceMention | None, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the tokens ``start`` up to but not including ``end`` stand in the report."""
        return Span(start=self.spans[start].start, end=self.spans[end - 1].end)

    def mention(self, token: Token) -> PlaceMention | None:
        """The place a token names, if any."""
        return self.mentions[token.i]


def parse_sentences(
    report: Report, sentences: Sequence[Sentence], places: Sequence[PlaceMention], language: Language
) -> tuple[tuple[Parsed, ...], tuple[Finding, ...]]:
    """Parse the sentences of a report that may tell of a movement or a force.

    Args:
        report: The report.
        sentences: All its sentences, in order.
        places: Its place mentions, in order of ``span.start``.
        language: The pipeline of ``load_language``.

    Returns:
        The parses in the order of the text, and a finding where a sentence was too long to be parsed whole.
    """
    findings: list[Finding] = []
    kept: list[Piece] = []
    before: Piece | None = None
    told = -GOES_ON_WITHIN - 1  # the last sentence that told of a vehicle
    for piece in _pieces(report, sentences, places):
        cut = tuple(cut_piece(report.text, piece, cue_words()[0]))
        if len(cut) > 1:
            findings.append(cut_finding(report, piece, len(cut)))
        for part in cut:
            text = " ".join(report.text[s.start : s.end] for s in part.parts)
            follows = piece.index - told <= GOES_ON_WITHIN and tells_on(text, places=len(part.mentions))
            if worth_parsing(text, places=len(part.mentions)) or follows:
                told = piece.index
                if before is not None and POINTS_BACK.match(text):
                    kept.append(before)
                kept.append(part)
                before = None
            elif before is None and kept and (goes_on(text, places=len(part.mentions)) or says_more(text)):
                kept.append(part)  # another part of a force, or more of the carrier told of right before
            else:
                before = part
    made = [_tokenise(report, piece, language) for piece in kept]
    docs = language.pipe((doc for doc, _, _ in made), batch_size=64)
    parsed = tuple(
        Parsed(
            index=piece.index,
            sentence=piece.sentence,
            doc=doc,
            spans=spans,
            written=tuple(report.text[span.start : span.end] for span in spans),
            mentions=mentions,
        )
        for piece, (_, spans, mentions), doc in zip(kept, made, docs, strict=True)
    )
    return parsed, tuple(findings)


def _pieces(report: Report, sentences: Sequence[Sentence], places: Sequence[PlaceMention]) -> list[Piece]:
    """One piece a sentence; the enumerated places of a list are joined to the line they hang on."""
    starts = [sentence.span.start for sentence in sentences]
    inside: list[list[PlaceMention]] = [[] for _ in sentences]
    for place in places:
        at = bisect_right(starts, place.span.start) - 1
        if at >= 0 and place.span.end <= sentences[at].span.end:
            inside[at].append(place)
    items: dict[int, list[int]] = {}
    for index, sentence in enumerate(sentences):
        if sentence.lead_in is not None and _is_stop(report.text, sentence, inside[index]):
            items.setdefault(sentence.lead_in, []).append(index)
    listed = {item for group in items.values() for item in group}
    pieces = []
    for index, sentence in enumerate(sentences):
        if index in listed:
            continue
        group = items.get(index, [])
        stops = [inside[item][0] for item in group]
        pieces.append(
            Piece(
                index=index,
                sentence=sentence,
                parts=(_after_dateline(report.text, sentence), *(stop.span for stop in stops)),
                mentions=(*inside[index], *stops),
            )
        )
    return pieces


def _after_dateline(text: str, sentence: Sentence) -> Span:
    match = DATELINE.match(text[sentence.span.start : min(sentence.span.end, sentence.span.start + 90)])
    match = match or CLOCK.match(text, sentence.span.start, sentence.span.end)
    if match is None:
        return sentence.span
    behind = match.end() - match.start()
    return Span(start=sentence.span.start + behind, end=sentence.span.end)


def _is_stop(text: str, item: Sentence, mentions: Sequence[PlaceMention]) -> bool:
    """Whether a list item names a place first and tells nothing of its own about moving."""
    if not mentions or item.kind is not SentenceKind.LIST_ITEM or item.span.end - item.span.start > MAX_ITEM_CHARS:
        return False
    before = text[item.span.start : mentions[0].span.start]
    after = text[mentions[0].span.end : item.span.end]
    strong, _, _ = cue_words()
    return (
        not WORD.search(before) and after[:1] != ":" and strong.isdisjoint(word.lower() for word in WORD.findall(after))
    )


def _tokenise(
    report: Report, piece: Piece, language: Language
) -> tuple[Doc, tuple[Span, ...], tuple[PlaceMention | None, ...]]:
    """Make the untagged document of a piece: names merged, capitals and unreadable characters set right."""
    from spacy.tokens import Doc

    words: list[str] = []
    spans: list[Span] = []
    mentions: list[PlaceMention | None] = []
    last = len(piece.parts) - 1
    for number, part in enumerate(piece.parts):
        text = readable(report.text[part.start : part.end], [m.span for m in piece.mentions], part.start)
        if number == 0 < last:
            text = LEAD_IN_END.sub("", text)
        doc = language.tokenizer(text)
        named, craft = _merge(doc, piece.mentions, part)
        left_out = {
            at for a, b in asides(report.text, piece.mentions, part) for at in range(a - part.start, b - part.start)
        }
        if number > 1:
            words.append("and" if number == last else ",")
            spans.append(Span(start=part.start, end=part.start))
            mentions.append(None)
        for token in doc:
            if not token.is_space and token.idx not in left_out:
                words.append(_stand_in(token.text, named.get(token.i), is_craft=token.i in craft))
                if token.lower_ in TRANSPORTS and token.i - 1 in craft:
                    words[-1] = TRANSPORTS[token.lower_]
                spans.append(Span(start=part.start + token.idx, end=part.start + token.idx + len(token)))
                mentions.append(named.get(token.i))
    for number in _ranks_alone(words):
        words[number] = STAND_IN_ONE
    return Doc(language.vocab, words=words), tuple(spans), tuple(mentions)


def _ranks_alone(words: Sequence[str]) -> Iterator[int]:
    """Where "first" or "other" stands between an article and a verb, with no noun: "the first left"."""
    lexicon, ranks = load_lexicon(), word_set("ranks")
    for number in range(1, len(words) - 1):
        if words[number] in ranks and words[number - 1].lower() in ("the", "a"):
            after = words[number + 1]
            lemmas = lexicon.lemmas.get(after, ())
            if after in ("has", "had", "will", "would") or (
                lemmas and after not in lemmas and after not in lexicon.nouns
            ):
                yield number


def _stand_in(text: str, mention: PlaceMention | None, *, is_craft: bool) -> str:
    if is_craft:
        return STAND_IN_CRAFT
    if mention is None:
        return "regularly" if TO_AND_FRO.fullmatch(text) else text
    return text.rsplit(maxsplit=1)[-1] if mention.role is MentionRole.DEMONYM else STAND_IN_PLACE


def _merge(doc: Doc, mentions: Sequence[PlaceMention], part: Span) -> tuple[dict[int, PlaceMention], set[int]]:
    """Merge places and designations to single tokens; returns which token is which place, and the designations."""
    taken: dict[int, PlaceMention] = {}
    wanted: list[tuple[int, int]] = []

    def want(start: int, end: int) -> int | None:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or any(a < span.end and span.start < b for a, b in wanted):
            return None
        wanted.append((span.start, span.end))
        return int(span.start_char)

    # a designation wins over a place of the same letters: the "Il" of "Il-76" is not Illinois
    marks = (*designations().finditer(doc.text), *REGISTRATION.finditer(doc.text))
    craft = {at for mark in marks if (at := want(mark.start(), mark.end())) is not None}
    for mention in mentions:
        if part.start <= mention.span.start and mention.span.end <= part.end:
            at = want(mention.span.start - part.start, mention.span.end - part.start)
            if at is not None:
                taken[at] = mention
    for match in TO_AND_FRO.finditer(doc.text):
        want(match.start(), match.end())
    with doc.retokenize() as retokenizer:
        for start, end in wanted:
            if end - start > 1:
                retokenizer.merge(doc[start:end])
    named = {token.i: taken[token.idx] for token in doc if token.idx in taken}
    return named, {token.i for token in doc if token.idx in craft}


def readable(text: str, names: Sequence[Span] = (), offset: int = 0) -> str:
    """The same text at the same length as the model can read it.

    Lone surrogates and NUL are replaced; a sentence set in capitals is lowered but for the names at ``names``.
    """
    text = SURROGATE.sub("\ufffd", text)
    letters = [c for c in text if c.isalpha()]
    if len(letters) < MIN_CAPITALS or sum(c.isupper() for c in letters) < CAPITALS_SHARE * len(letters):
        return text
    lowered = [c.lower() if len(c.lower()) == 1 else c for c in text]
    for span in names:
        for at in (i for i in range(span.start - offset, span.end - offset) if 0 <= i < len(text)):
            if at == 0 or not text[at - 1].isalpha():
                lowered[at] = text[at]
    return "".join(lowered)
