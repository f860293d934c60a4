"""Sentences too long to be parsed at once → pieces that are not, each with the words that say what its places are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from routes.model import Finding, PlaceMention, Report, Sentence, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_CHARS = 1500
"""A longer sentence is cut, at a comma if there is one, and its parts are parsed one by one."""

MAX_VERB_CHARS = 80
"""A word of motion with what follows it ("stopped for fuel in") is given to the rest of a list up to this length."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Stretches of the report to be parsed as one sentence, and the places in them."""

    index: int
    sentence: Sentence
    parts: tuple[Span, ...]
    mentions: tuple[PlaceMention, ...]


def cut_piece(text: str, piece: Piece, moving: frozenset[str]) -> Iterator[Piece]:
    """Cut a piece of more than ``MAX_CHARS`` into several, never inside a place's name.

    Where one goes on with a list it has no word of motion of its own: it is given that of the piece before it.

    Args:
        text: The report's text.
        piece: The piece.
        moving: The words of motion, in all forms.
    """
    if sum(part.end - part.start for part in piece.parts) <= MAX_CHARS:
        yield piece
        return
    if len(piece.parts) > 1:
        yield from _cut_list(text, piece, moving)
        return
    blocked = {i for mention in piece.mentions for i in range(mention.span.start + 1, mention.span.end)}
    start, limit, verb = piece.parts[0].start, piece.parts[0].end, None
    while start < limit:
        end = _cut_point(text, start, limit, blocked)
        inside = tuple(m for m in piece.mentions if start <= m.span.start < end)
        own = _last_cue(text, Span(start=start, end=end), inside, moving)
        goes_on = own is None and verb is not None and len(inside) > 1
        yield replace(
            piece, parts=((verb,) if goes_on and verb else ()) + (Span(start=start, end=end),), mentions=inside
        )
        start, verb = end, own or verb


def _cut_list(text: str, piece: Piece, moving: frozenset[str]) -> Iterator[Piece]:
    """Cut a lead-in with more items than fit into several, each behind the words of motion of the lead-in."""
    head, *items = piece.parts
    verb = _last_cue(text, head, [m for m in piece.mentions if m.span.end <= head.end], moving) or head
    group = [head]
    for item in items:
        if len(group) > 1 and sum(part.end - part.start for part in (*group, item)) > MAX_CHARS:
            yield _some_of(piece, group)
            group = [verb]
        group.append(item)
    yield _some_of(piece, group)


def _some_of(piece: Piece, parts: Sequence[Span]) -> Piece:
    inside = tuple(m for m in piece.mentions if any(p.start <= m.span.start < p.end for p in parts))
    return replace(piece, parts=tuple(parts), mentions=inside)


def _last_cue(text: str, part: Span, mentions: Sequence[PlaceMention], moving: frozenset[str]) -> Span | None:
    """The last word of motion of a stretch with what follows it up to the next place; None where there is none."""
    found = [
        match for match in WORD.finditer(text, part.start, part.end) if match.group() in moving
    ]  # no capitals: "Port Louis"
    if not found:
        return None
    at = found[-1].start()
    following = min((m.span.start for m in mentions if m.span.start > at), default=part.end)
    return Span(start=at, end=following) if following - at <= MAX_VERB_CHARS else None


def _cut_point(text: str, start: int, end: int, blocked: set[int]) -> int:
    """The last comma, or else space, within ``MAX_CHARS`` of ``start``; the limit itself if there is neither."""
    limit = min(start + MAX_CHARS, end)
    if limit == end:
        return end
    for mark in (", ", "; ", "\n", " "):
        at = text.rfind(mark, start + MAX_CHARS // 2, limit)
        if at > start and at + len(mark) not in blocked:
            return at + len(mark)
    while limit > start + 1 and limit in blocked:
        limit -= 1
    return limit


def cut_finding(report: Report, piece: Piece, parts: int) -> Finding:
    """That a sentence was read in parts, for whoever publishes the map."""
    length = sum(part.end - part.start for part in piece.parts)
    return Finding(
        code="sentence.cut",
        severity=Severity.INFO,
        message=f"A sentence of {length} characters was read in {parts} parts; what joins them may be missed.",
        about=report.id,
        values=(("start", piece.sentence.span.start), ("length_chars", length), ("parts", parts)),
    )
