"""Whether a sentence may be an entry of clipped prose: a look at its letters, before anything is parsed."""

from __future__ import annotations

import re

MAX_CHARS = 400
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|said|says|say|told|can|could|may|might|must|do|does|did|he|they|we)\b"
)
"""A sentence with one of these is told in full."""

OPENING = re.compile(
    r"\W{0,3}(?:\d{1,2}[.:]\d{2}\b|[0-2]\d[0-5]\d\b|(?:[A-Z][\w-]*|\d{1,2})(?: [\w-]+){0,3}:"
    r"|(?:Due|ETA|Next|Then|Last)\b|(?:Home|Back|Back home|Lay|Lying) (?:at|in|off) [A-Z])"
)
"""A clock, a day or a label before a colon, or what goes on with the entry before it."""

SIGNS = re.compile(
    r"\b(?:ex|e\.?t\.?[abd]|due|next|dep|arr|out of|last port|bound|ballast|laden|anchor(?:ed|age)|berthed|alongside"
    r"|moored|discharging|abeam)\b",
    re.IGNORECASE,
)
JOINT = r" ?(?:→|⇒|-{0,2}>|–|—|/|-) ?"
NOTATION = re.compile(
    rf"\w{JOINT}[A-ZÀ-Þ]\w+{JOINT}[A-ZÀ-Þ]|\w (?:[–—>/-]|to|for) [A-ZÀ-Þ]|[,;] (?:for|to|ex|from|via) [A-ZÀ-Þ]"
)
"""Places joined by arrows and dashes, "A to B", "…, for B"."""


def may_be_entry(text: str, *, places: int, carried: bool) -> bool:
    """Whether a sentence is short, without the commonest finite verbs, and looks like an entry.

    Args:
        text: The sentence.
        places: How many places it names.
        carried: Whether it has a word for a vehicle or a designation.
    """
    if not places or len(text) > MAX_CHARS or FINITE.search(text) is not None:
        return False
    if OPENING.match(text) is not None or SIGNS.search(text) is not None:
        return True
    return NOTATION.search(text) is not None or (carried and " from " in text)
