"""Who leads a force: a rank with a name beside a word of leading."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table

if TYPE_CHECKING:
    from routes.model import Span


@cache
def rank_pattern() -> re.Pattern[str]:
    """A rank with the name behind it."""
    ranks = "|".join(re.escape(r) for r in sorted(load_table("deployments")["titles"]["ranks"], key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{ranks})\s){{1,3}}(?P<name>(?:[A-Z][\w'’-]+|[A-Z]\.)(?:\s(?:[A-Z][\w'’-]+|[A-Z]\.|de|von|van|al)){{0,3}})"
    )


def find_commander(text: str, span: Span) -> str | None:
    """Who leads it, where a sentence names a rank with a name beside a word of leading."""
    sentence = text[span.start : span.end]
    if not re.search(
        r"\b(?:lead|leads|led|leading|head|heads|headed|heading|command|commands|commanded|commander|commanding|under)\b",
        sentence,
    ):
        return None
    match = rank_pattern().search(sentence)
    if match is None:
        # "a senior general, Oleg Petrov, …"
        match = re.search(
            r"\b(?:general|admiral|colonel|commander),\s(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,3})", sentence
        )
    return " ".join(match["name"].split()).removesuffix("’s").removesuffix("'s") if match else None
