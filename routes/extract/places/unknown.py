"""Names that are places by their last words though the gazetteer has none of them: airports, bases, ports.

They are listed as unresolved, so that a reader sees what the report named; nothing is drawn for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from routes.model import MentionStatus, PlaceMention, Span

_TAIL = re.compile(
    r"(?:International Airport|Airport|Air Force Base|Air Base|Airbase|Airfield|Naval Base|Naval Air Station"
    r"|Naval Station|Army Base|Spaceport|Oil Terminal)\b"
)
_STEM = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+[ \u00a0]){1,4}$")
_PORT = re.compile(r"\bPort of [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?")
_SIGNS = ("Air", "Naval ", "Army Base", "Spaceport", "Oil Terminal", "Port of ")
"""Without one of these a text has none of the above; looking for them is quick."""
_REACH = 70
_LEADING = re.compile(r"(?:The|An?|At|In|From|To|Near|On|By) ")
_CONFIDENCE = 0.5


def unknown_places(text: str, found: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Names of airports, bases and ports that no found place overlaps, as unresolved mentions."""
    if not any(word in text for word in _SIGNS):
        return []
    spans = []
    for match in _TAIL.finditer(text):
        stem = _STEM.search(text, max(0, match.start() - _REACH), match.start())
        if stem is not None:
            article = _LEADING.match(text, stem.start())
            start = article.end() if article else stem.start()
            if start < match.start():
                spans.append((start, match.end()))
    spans += [match.span() for match in _PORT.finditer(text)]
    unknown: list[PlaceMention] = []
    end_before = 0
    for start, end in sorted(spans):
        if start < end_before or any(m.span.start < end and start < m.span.end for m in found):
            continue
        end_before = end
        unknown.append(
            PlaceMention(
                span=Span(start=start, end=end),
                text=text[start:end],
                status=MentionStatus.UNRESOLVED,
                confidence=_CONFIDENCE,
                reasons=("a place by its last words, not in the gazetteer",),
            )
        )
    return unknown
