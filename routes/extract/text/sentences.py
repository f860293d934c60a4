"""Report text → sentences, headings and list items, with offsets.

A scan without a language model: sentences are needed in every report, a parse only in those that tell of a movement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from routes.extract.lexicon import words
from routes.extract.text.lines import Block, ends_with_stop, group_lines, is_headline_case
from routes.model import Sentence, SentenceKind, Span

_CLOSERS = r"[\"'”’)\]»*_]"
_CANDIDATE = re.compile(
    rf"(?<![.!?…])[.!?…]++{_CLOSERS}*+(?=\s)"  # stop, then space
    rf"|(?<=[a-z]{{3}})[.!?]{_CLOSERS}?(?=[\"“‘]?[A-Z][a-z]++\b(?!\.))"  # stop, then a capital without the space
    r"|[。！？]"
)
_SPACE = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'/—–]*$")
_NEXT_WORD = re.compile(r"[\"'“”‘’(\[«*_¿¡]*([^\W_]+)", re.UNICODE)
_ANNOUNCES = re.compile(r"\b(?:follow|below)")
_STOP = re.compile(r"[.!…。！]")
_DOMAINS = frozenset(("com", "org", "net", "edu", "gov", "info"))

LOOK_BACK = 24
"""How far back the word before a stop is looked for: longer than any abbreviation."""
LOOK_AHEAD = 40
"""How far ahead the word after a stop is looked for."""
SURE_WORD = 4
"""From this many letters on, a lower-case word that is in no table is taken for a word, not an abbreviation."""
HEADING_MAX = 140
"""No longer line than this is a heading."""
HEADING_WORDS = 12
"""A line not in headline capitals is a heading only up to this many words."""


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, none of them empty, none overlapping.

    Headings and list items are sentences of their own kind. A list item of several sentences gives several list
    items. Linear in the length of the text, whatever it holds.

    Args:
        text: The report's text as read.

    Returns:
        Sentences whose spans count characters of ``text``; ``lead_in`` is an index into the same tuple.
    """
    blocks = group_lines(text)
    kinds = _kinds(text, blocks)
    found: list[Sentence] = []
    lists: list[tuple[int, int | None]] = []  # (indent, lead-in) of the lists that are open
    for number, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        lead_in = None
        if kind is SentenceKind.LIST_ITEM:
            lead_in = _lead_in(text, block, found, lists)
        else:
            lists.clear()
        for start, end in _split_block(text, block):
            found.append(Sentence(span=Span(start=start, end=end), kind=kind, lead_in=lead_in, paragraph=number))
    return tuple(found)


def _lead_in(text: str, block: Block, found: list[Sentence], lists: list[tuple[int, int | None]]) -> int | None:
    """The sentence a list item hangs on: that of its list, or the line before when it opens a list."""
    while len(lists) > 1 and lists[-1][0] > block.indent:
        lists.pop()
    last = text[found[-1].span.start : found[-1].span.end] if found else ""
    if lists and (lists[-1][0] >= block.indent or last[-1] != ":"):
        return lists[-1][1]
    announces = not ends_with_stop(last) or _ANNOUNCES.search(last[-200:])
    lead_in = len(found) - 1 if found and announces else None
    lists.append((block.indent, lead_in))
    return lead_in


def _kinds(text: str, blocks: list[Block]) -> list[SentenceKind]:
    """What each block is. Short lines under a line that ends in a colon are list items without bullets."""
    kinds: list[SentenceKind] = []
    in_list = False
    for number, block in enumerate(blocks):
        body = text[block.start : block.end]
        short = block.lines == 1 and len(body) <= HEADING_MAX and not _STOP.search(body[-4:])
        if block.bullet:
            kind, in_list = SentenceKind.LIST_ITEM, False
        elif block.hashes:
            kind, in_list = SentenceKind.HEADING, False
        elif in_list and short and body[-1] != ":":
            kind = SentenceKind.LIST_ITEM
        else:
            heading = short and body[-1] not in ":,;" and _is_heading(body, alone=len(blocks) == 1)
            kind = SentenceKind.HEADING if heading else SentenceKind.PROSE
            in_list = body[-1] == ":" and _short_lines_follow(text, blocks, number)
        kinds.append(kind)
    return kinds


def _short_lines_follow(text: str, blocks: list[Block], number: int) -> bool:
    following = blocks[number + 1 : number + 3]
    return len(following) > 1 and all(
        not b.bullet
        and not b.hashes
        and b.end - b.start <= HEADING_MAX // 2
        and not ends_with_stop(text[b.start : b.end])
        for b in following
    )


def _is_heading(body: str, *, alone: bool) -> bool:
    if is_headline_case(body):
        return not alone or len(body.split()) > 1
    return not alone and body[-1] != "?" and len(body.split()) <= HEADING_WORDS


def _split_block(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    for match in _CANDIDATE.finditer(text, block.start, block.end):
        if match.end() >= block.end:
            break
        if match.start() > start and _ends_sentence(text, match, block):
            yield start, match.end()
            space = _SPACE.match(text, match.end())
            start = space.end() if space else match.end()
    if start < block.end:
        yield start, block.end


def _ends_sentence(text: str, match: re.Match[str], block: Block) -> bool:
    """Whether a stop ends its sentence, by the words on either side of it."""
    mark = match.group()
    space = _SPACE.match(text, match.end())
    after = space.end() if space else match.end()
    following = _NEXT_WORD.match(text, after, min(after + LOOK_AHEAD, block.end))
    next_word = following.group(1) if following else ""
    if mark[0] != ".":
        return mark[0] in "。！？" or not next_word[:1].islower()
    before = _WORD_BEFORE.search(text, max(block.start, match.start() - LOOK_BACK), match.start())
    word = before.group() if before else ""
    if after == match.end() and next_word.lower() in _DOMAINS:
        return False
    if not next_word:  # a dash after an abbreviation goes on, as in "CHARLESTON, W.Va. -- The river"
        return len(word) > 1 and not ("." in word or _is_abbreviation(word.lower()))
    if len(mark) > 1 and mark[1] == ".":
        return next_word[0].isupper()
    if next_word[0].islower():
        return (
            len(mark) == 1
            and len(word) >= SURE_WORD
            and word.isalpha()
            and word.islower()
            and not _is_abbreviation(word)
        )
    return not _joins(word.lower(), next_word)


def _is_abbreviation(word: str) -> bool:
    return any(word in words("sentences", key) for key in ("titles", "before_number", "may_end"))


def _joins(word: str, next_word: str) -> bool:
    """Whether the stop after ``word`` is its own, as in "Gen. Smith", "No. 7", "U.S. Navy", "J. Doe"."""
    if word in words("sentences", "titles"):
        return word not in words("sentences", "may_end") or next_word.lower() not in words("sentences", "openers")
    if next_word[0].isdigit():
        return word in words("sentences", "before_number") or word in words("sentences", "may_end")
    initials = len(word) == 1 and word.isalpha()
    dotted = "." in word and all(len(part) <= 2 for part in word.split("."))  # noqa: PLR2004 (Ph.D, U.S)
    if initials or dotted or word in words("sentences", "may_end"):
        return next_word.lower() not in words("sentences", "openers") - {"a"}
    return False
