"""Brackets right behind a name that only say which place is meant: left out of the parse, which they break.

"Bangor (Maine, not the one in Wales), Goose Bay and Narsarsuaq" is one list; "Frankfurt (Oder)" is one town.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.model import PlaceMention, Span

BRACKET = re.compile(r"\s?\(([^()\n]{2,80})\)")
WORD = re.compile(r"[^\W\d_]+")


def asides(text: str, mentions: Sequence[PlaceMention], part: Span) -> Iterator[tuple[int, int]]:
    """The brackets in a part of a report that stand right behind a place and tell of no motion.

    Args:
        text: The report's text.
        mentions: The places in it.
        part: The sentence.

    Yields:
        Offsets into the report of each bracket with the space before it.
    """
    lexicon = load_lexicon()
    for mention in mentions:
        if not part.start <= mention.span.start < part.end:
            continue
        match = BRACKET.match(text, mention.span.end, part.end)
        if match is None or any(c.isdigit() or c in ">→–" for c in match[1]):
            continue
        words = {word.lower() for word in WORD.findall(match[1])}
        moving = any(word in lexicon.lemmas or word in lexicon.nouns for word in words - STILL)
        if not moving and words.isdisjoint(lexicon.carriers):
            yield match.span()


STILL = frozenset(("is", "was", "be", "are", "were", "left", "right", "call", "called", "lies"))
"""Forms of the lexicon that tell of no way in such a bracket."""
