"""How many a force is, by the words in its phrase and right behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.text.clause import children
from routes.extract.text.sizes import Size, find_sizes

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed
    from routes.model import Span

BEFORE_FORCE = 24
"""Characters before a force's phrase in which its number may begin."""
AFTER_FORCE = 60
"""Characters behind a force's noun in which "of roughly 120 men" is looked for."""
NUMBER_PUT = re.compile(
    r", (?:(?:their|its) (?:number|strength) )?(?:is |are )?(?:now |once )?"
    r"(?:put at|estimated at|numbering|totalling|totaling|said to number|believed to number|thought to number) "
)
"""What stands before a number told aside: ", their number put at 400,"."""
COUNTED = frozenset(("a", "an", "one", "two", "three", "four", "five", "six"))
"""Words that count one body or a few."""


def bodies(parsed: Parsed, token: Token) -> str | None:
    """The number of bodies of troops, in words: "a battalion", "two brigades"."""
    if parsed.written[token.i].lower() not in table("forces", "bodies"):
        return None
    for child in children(token):
        if child.dep_ in {"nummod", "det"} and child.lower_ in COUNTED:
            return f"{parsed.written[child.i]} {parsed.written[token.i]}".lower()
    return None


def force_size(text: str, span: Span, noun_end: int, kind: str) -> Size | None:
    """The number in the phrase; or behind the noun in "a mission of roughly 120 men", "a force, 900 strong"."""
    begin = max(0, span.start - BEFORE_FORCE)  # "a quarter of" a million men stands before the phrase of the men
    inside = [s for s in find_sizes(text, begin, noun_end) if s.end > span.start and not _is_name(text, s)]
    if inside and kind != Kinds.UNITS:
        return inside[-1]
    strong = next((s for s in inside if "strong" in s.text), None)
    if strong is not None:
        return strong
    after = re.compile(r"\s*[”\"’']?,?\s(?:of|numbering|comprising|totalling|totaling|consisting of|counting)\s").match(
        text, noun_end
    )
    if after is not None:
        found = find_sizes(text, after.end(), min(len(text), after.end() + AFTER_FORCE))
        if found and found[0].start - after.end() < 3:  # noqa: PLR2004 (right behind the "of")
            return found[0]
    return _set_beside(text, noun_end)


def size_beside(parsed: Parsed, noun: Token, text: str) -> Size | None:
    """The number of those who explain a noun: "the battalion in Goma, about 750 men,", "the group, three ships,"."""
    for child in children(noun):
        men = parsed.written[child.i].lower() in table("forces", "counted")
        if child.dep_ != "appos" or child.i < noun.i or not (men or child.tag_ == "CD"):
            continue
        span = parsed.span(child.left_edge.i, child.i + 1)
        found = [s for s in find_sizes(text, span.start, span.end) if not _is_name(text, s)]
        if len(found) == 1 and (men or "," in text[found[0].end : found[0].end + 1]):
            return found[0]
    return None


def _set_beside(text: str, at: int) -> Size | None:
    """A number between commas or brackets behind a noun: "monitors, some 200 of them,", "troops (about 300)"."""
    put = NUMBER_PUT.match(text, at)
    if put is not None:
        found = find_sizes(text, put.end(), min(len(text), put.end() + AFTER_FORCE))
        return found[0] if found and found[0].start == put.end() else None
    gap = re.compile(r"(?:, (?:perhaps |maybe |now )?|\s\((?:perhaps )?)").match(text, at)
    found = find_sizes(text, gap.end(), min(len(text), gap.end() + AFTER_FORCE)) if gap is not None else []
    if gap is None or not found or found[0].start != gap.end():
        return None
    bracket = text[gap.start() : gap.end()].lstrip().startswith("(")
    behind = re.compile(
        r"\)" if bracket else r" (?:of them|strong|in (?:all|number|total)|at (?:its|their|the) (?:peak|height))\b"
    )
    return found[0] if behind.match(text, found[0].end) else None


def _is_name(text: str, size: Size) -> bool:
    """Whether a number belongs to a name ("S-300", "Type 26") or is a year."""
    before = text[max(0, size.start - 8) : size.start]
    year = size.low is not None and size.low == size.high and re.fullmatch(r"(?:19|20)\d\d", size.text) is not None
    return year or re.search(r"(?:[A-Za-z]-|Type |Mk |No\. |class )$", before) is not None
