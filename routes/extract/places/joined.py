"""Names that no gazetteer has, joined to places in notation: the Narsarsuaq of "Goose Bay-Narsarsuaq-Keflavik".

They are stops as the others are, unresolved: without them the line would run past a place that the report names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.clipped.entry_labels import is_date, listed
from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.model import MentionRole, MentionStatus, PlaceMention

if TYPE_CHECKING:
    from routes.extract.text.parsing import Parsed

TIGHT = frozenset(("-", "–", "—", "‑", "/", ">", "→", "⇒", "->", "=>", "-->"))
ARROWS = frozenset((">", "→", "⇒", "->", "=>", "-->"))
MIN_NAME = 3
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
BRINGS = frozenset(("from", "ex", "for", "via", "eta", "port", "to", "at", "off"))
ENDS = frozenset((",", ";", ".", ")", "for", "to", "via", "since", "on"))
"""What stands before and behind a place in clipped prose: "corn, for Reni, held off Sulina"."""


def with_joined(parsed: Parsed) -> Parsed:
    """The sentence with such names among its mentions.

    Args:
        parsed: The parsed sentence.
    """
    if not any(parsed.mentions):
        return parsed
    mentions = list(parsed.mentions)
    past = listed("verbs", "past")
    clipped = not any(t.tag_ in FINITE and t.text[:1].islower() and t.lower_ not in past for t in parsed.doc)
    last = len(parsed.doc) - 1
    for i in (*range(last + 1), *range(last - 2, -1, -1)):
        if mentions[i] is None and _is_name(parsed, i):
            behind = i >= 2 and _is_place(mentions[i - 2]) and _joins(parsed, i - 1)  # noqa: PLR2004
            before = i + 2 <= last and _is_place(mentions[i + 2]) and _joins(parsed, i + 1)
            before = before and parsed.doc[i + 1].lower_ != "to"
            if behind or before or _is_of_country(parsed, i) or (clipped and _is_brought_in(parsed, i)):
                span = parsed.spans[i]
                mentions[i] = PlaceMention(span=span, text=parsed.written[i], status=MentionStatus.UNRESOLVED)
    return parsed if tuple(mentions) == parsed.mentions else replace(parsed, mentions=tuple(mentions))


def _is_place(mention: PlaceMention | None) -> bool:
    return mention is not None and mention.role is not MentionRole.DEMONYM


def _is_of_country(parsed: Parsed, i: int) -> bool:
    """Whether a name behind a preposition says its country: "on to Vadinar, India"."""
    doc = parsed.doc
    if i == 0 or i + 2 >= len(doc) or doc[i - 1].pos_ != "ADP" or doc[i + 1].text != ",":
        return False
    mention = parsed.mentions[i + 2]
    return mention is not None and mention.place is not None and mention.place.kind is Kind.COUNTRY


def _is_brought_in(parsed: Parsed, i: int) -> bool:
    """Whether a name stands between a word that brings in a place and the end of its phrase."""
    if i == 0 or parsed.doc[i - 1].lower_ not in BRINGS:
        return False
    behind = parsed.doc[i + 1] if i + 1 < len(parsed.doc) else None
    return behind is None or behind.lower_ in ENDS or is_date(behind)


def _joins(parsed: Parsed, i: int) -> bool:
    """Whether a token joins its neighbours: an arrow, a dash without spaces, "to" where no "from" stands before."""
    token = parsed.doc[i]
    if token.text in ARROWS:
        return True
    if token.lower_ == "to":
        return i < 2 or parsed.doc[i - 2].lower_ not in ("from", "of", "in", "at")  # noqa: PLR2004
    spans = parsed.spans
    return token.text in TIGHT and spans[i - 1].end == spans[i].start and spans[i].end == spans[i + 1].start


def _is_name(parsed: Parsed, i: int) -> bool:
    """Whether a token is one capitalised word that may name a place, and no part of a longer name."""
    doc, word = parsed.doc, parsed.doc[i]
    if not word.text[:1].isupper() or not word.text.isalpha() or len(word.text) < MIN_NAME:
        return False
    lexicon = load_lexicon()
    known = word.lower_ in lexicon.carriers or word.text in lexicon.ship_prefixes
    if known or word.text in word_set("never_names") | word_set("organisation_nouns"):
        return False
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(doc) and doc[k].text != STAND_IN_CRAFT]
    return not any(doc[k].pos_ == "PROPN" and parsed.mentions[k] is None for k in beside)
