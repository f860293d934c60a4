"""Lines of a report → blocks: paragraphs with their hard-wrapped lines joined, list items, and lines on their own.

Everything here looks at a line and its neighbour once, so the time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from routes.extract.lexicon import words
from routes.extract.lexicon.tables import load_lexicon

_BREAK = re.compile(r"\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(
    r"[ \t\xa0]*(?:[-*+•‣▪▫◦●○■□·∙–—―]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t\xa0]+(?=\S)",
)
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?=\S)")
_FULL_STOP = re.compile(r"[.!?…。！？][\"'”’)\]»*_]*$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+")

WRAP_MAX = 130
"""A block with a longer line than this is not hard-wrapped: its lines are paragraphs."""
WRAP_LINES = 3
"""From this many lines on, lines that reach the margin are taken for wrapped."""
WRAP_MIN = 40
"""In a block narrower than this a line break is never taken for mere wrapping of capitalised words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One written line, trimmed: offsets, its words, and what is known of its margin."""

    start: int
    end: int
    text: str
    indent: int
    bullet: bool = False
    hashes: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together.

    Attributes:
        start, end: Offsets without bullet, number, hashes or surrounding white space.
        bullet: Whether it stood behind a bullet or number.
        indent: White space before the bullet, in characters.
        hashes: Whether Markdown marks it as a heading.
        lines: How many written lines it takes.
    """

    start: int
    end: int
    bullet: bool
    indent: int
    hashes: bool
    lines: int


def group_lines(text: str) -> list[Block]:
    """The blocks of a text in order; blank lines part them and are left out."""
    blocks: list[Block] = []
    stretch: list[Line] = []
    for line in _lines(text):
        if line is None:
            blocks += _blocks(stretch)
            stretch = []
        else:
            stretch.append(line)
    return blocks + _blocks(stretch)


def ends_with_stop(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _FULL_STOP.search(text[-8:]) is not None


def is_headline_case(text: str) -> bool:
    """Whether the words of a line are capitalised as in a headline, or all in capitals."""
    small = words("sentences", "headline_small")
    found = [w for w in _WORD.findall(text[:300]) if w.lower() not in small and len(w) > 1]
    capitals = sum(1 for w in found if w[0].isupper())
    return bool(found) and capitals >= 0.75 * len(found)


def _lines(text: str) -> list[Line | None]:
    found: list[Line | None] = []
    at = 0
    for match in _BREAK.finditer(text):
        found.append(_line(text, at, match.start()))
        at = match.end()
    found.append(_line(text, at, len(text)))
    return found


def _line(text: str, start: int, end: int) -> Line | None:
    raw = text[start:end]
    body = raw.strip()
    if not body:
        return None
    indent = len(raw) - len(raw.lstrip())
    if (mark := _BULLET.match(raw)) and mark.end() < len(raw.rstrip()):
        begin, bullet, hashes = mark.end(), True, False
    elif mark := _HASHES.match(raw):
        begin, bullet, hashes = mark.end(), False, True
    else:
        begin, bullet, hashes = indent, False, False
    stop = start + len(raw.rstrip())
    return Line(start + begin, stop, text[start + begin : stop], indent, bullet, hashes)


def _blocks(stretch: list[Line]) -> list[Block]:
    """Join the lines of one stretch between blank lines."""
    if not stretch:
        return []
    width = max(line.end - line.start for line in stretch)
    blocks: list[Block] = []
    first = last = stretch[0]
    count = 1
    for line in stretch[1:]:
        if _goes_on(last, line, width, len(stretch)):
            last, count = line, count + 1
        else:
            blocks.append(Block(first.start, last.end, first.bullet, first.indent, first.hashes, count))
            first = last = line
            count = 1
    blocks.append(Block(first.start, last.end, first.bullet, first.indent, first.hashes, count))
    return blocks


def _goes_on(line: Line, following: Line, width: int, n_lines: int) -> bool:
    """Whether a line break is mere wrapping, so that the sentence goes on in the following line."""
    if line.hashes or following.hashes:
        return False
    ended = ends_with_stop(line.text)
    if following.bullet:
        return False
    unfinished = _last_word(line.text) in words("sentences", "unfinished") or line.text[-1] in ",(–—"
    if unfinished:
        return True
    if line.text[-1] == ":" or width > WRAP_MAX:
        return not ended and line.text[-1] not in ":;" and following.text[:1].islower()
    first_word = following.text.split(None, 1)[0]
    full = len(line.text) + 1 + len(first_word) > width
    if ended:
        return full and n_lines >= WRAP_LINES and width >= WRAP_MIN
    if following.text[0].islower():
        return True
    if _opens_with_ship(line.text) and _opens_with_ship(following.text):
        return False
    if is_headline_case(line.text) or first_word.lower() in words("sentences", "openers"):
        return False
    return full and width >= WRAP_MIN and (n_lines >= WRAP_LINES or ends_with_stop(following.text))


def _opens_with_ship(text: str) -> bool:
    """Whether a line opens as those of a port's bulletin do, each with its own ship: "MV Alba, 30,000 t wheat"."""
    first, *rest = text.split(None, 2)
    return first in load_lexicon().ship_prefixes and bool(rest) and rest[0][0].isupper()


def _last_word(text: str) -> str:
    match = _LAST_WORD.search(text[-12:])
    return match.group().lower() if match else ""
