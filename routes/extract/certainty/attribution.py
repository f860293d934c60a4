"""Who says so: the source that a clause names for itself.

"according to Pentagon sources", "per Flightradar24", "citing diplomats", "ship trackers showed", "as Reuters reported",
"it was reported by state television".
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.text.clause import NEAR, children, lemma_in, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRONOUNS = frozenset(
    ("i", "he", "she", "it", "they", "we", "you", "who", "which", "that", "this", "there", "one", "some", "what", "all")
)
CONTAINERS = frozenset(
    ("report", "article", "story", "post", "piece", "statement", "account", "dispatch", "tweet", "interview")
)
"""In "a report in The Gazette" the source is what stands behind them."""
STOP_AT = frozenset(("relcl", "acl", "appos", "punct", "advcl", "parataxis"))
NO_COMMENT = frozenset(
    ("who", "which", "that", "and", "but", "or", "as", "whose", "where", "when", "has", "have", "was", "were")
)
COMMENT_WORDS = 7
"""A comment between commas has no more words than this."""
SOURCE_WORDS = 10
"""A longer phrase than this is a clause taken for a name: only its noun is kept."""
WINDOW = 60
"""How many words away in the same sentence an "according to" may stand."""


def source_tokens(noun: Token) -> tuple[int, int] | None:
    """The first token and the one past the last of the phrase that names a source; None for a pronoun."""
    if noun.lower_ in PRONOUNS:
        return None
    if noun.lower_ in CONTAINERS:
        for prep in noun.rights:
            if prep.dep_ == "prep" and prep.lower_ in {"in", "by", "from", "of"}:
                inner = next((c for c in prep.rights if c.dep_ == "pobj"), None)
                if inner is not None and inner.pos_ == "PROPN":
                    return source_tokens(inner)
    start, end = _start(noun), _end(noun)
    return (start, end) if end - start <= SOURCE_WORDS else (max(start, noun.i - SOURCE_WORDS // 2), noun.i + 1)


def _start(noun: Token) -> int:
    """The first word of the phrase, without article or opening quotation mark; "The" in a title stays."""
    start = noun.left_edge.i
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].tag_ == "DT"):
        if noun.doc[start].text == "The" and start > 0 and noun.pos_ == "PROPN":
            break
        start += 1
    return start


def _end(noun: Token) -> int:
    """The end of the phrase, before any clause hung on it."""
    end = noun.i + 1
    for child in islice(noun.rights, NEAR):
        if child.dep_ in STOP_AT:
            break
        end = child.right_edge.i + 1
    return end


Phrase = tuple[int, int]
"""The first token of a phrase and the one past its last."""


def named_source(clause: Token) -> tuple[Token, Phrase | None] | None:
    """The source a clause names in a phrase of its own: the word that names it and the phrase, or None."""
    for child in children(clause):
        found = _phrase_source(child)
        if found is not None:
            return child, source_tokens(found)
        if child.dep_ in {"parataxis", "advcl", "ccomp"} and child.i != clause.i and _comments(child):
            noun = subject(child)
            if noun is not None:
                return child, source_tokens(noun)
    return None


def nearby_source(clause: Token) -> tuple[Token, Phrase | None] | None:
    """The "according to" or the comment between commas nearest to a clause, wherever the parse has hung it."""
    doc = clause.doc
    best: tuple[Token, Phrase | None] | None = None
    for i in range(max(0, clause.i - WINDOW), min(len(doc) - 1, clause.i + WINDOW)):
        if best is not None and abs(i - clause.i) >= abs(best[0].i - clause.i):
            continue
        if doc[i].lower_ == "according" and doc[i + 1].lower_ == "to":
            noun = _phrase_source(doc[i])
            if noun is not None:
                best = doc[i], source_tokens(noun)
        elif i != clause.i and (start := _comment_start(doc[i])) is not None:
            best = doc[i], None if doc[start].lower_ in PRONOUNS else _without_article(doc, start, i)
    return best


def _comment_start(verb: Token) -> int | None:
    """Where a comment between commas begins that ends in ``verb``: ", harbour records show," or ", it is claimed,"."""
    doc = verb.doc
    if doc[verb.i + 1].lower_ not in {",", ".", "—", "–"} or not (
        lemma_in(verb, "reporting") or lemma_in(verb, "hedging")
    ):
        return None
    start = verb.i - 1
    while start >= 0 and verb.i - start <= COMMENT_WORDS and doc[start].lower_ not in {",", "—", "–"}:
        start -= 1
    if start < 0 or start + 1 == verb.i or doc[start].lower_ not in {",", "—", "–"}:
        return None
    first, last = doc[start + 1], doc[verb.i - 1]
    if first.lower_ in NO_COMMENT or not (first.lower_ == "it" or last.pos_ in {"NOUN", "PROPN", "PRON"}):
        return None
    return start + 1


def _without_article(doc: Doc, start: int, end: int) -> Phrase:
    return (start + 1 if doc[start].lower_ in {"the", "a", "an"} and start + 1 < end else start, end)


def _phrase_source(token: Token) -> Token | None:
    word = token.lower_
    if word == "according":
        to = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        return _object(to) or _object(token) if to is not None and to.lower_ == "to" else None
    if word == "per" and token.dep_ == "prep":
        noun = _object(token)
        return noun if noun is not None and noun.pos_ == "PROPN" else None
    if word in {"citing", "quoting"}:
        return _object(token)
    return None


def _object(token: Token) -> Token | None:
    return next((c for c in islice(token.rights, NEAR) if c.dep_ in {"pobj", "dobj"}), None)


def _comments(verb: Token) -> bool:
    """Whether a clause is a mere comment: ", officials said," or "as Reuters reported"."""
    if lemma_in(verb, "reporting") is None and lemma_in(verb, "hedging") is None:
        return False
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} and not read_group(verb).finite:
        return False
    parts = list(children(verb))
    if verb.dep_ == "advcl" and not any(c.dep_ == "mark" and c.lower_ == "as" for c in parts):
        return False
    return not any(c.dep_ in {"ccomp", "xcomp"} for c in parts)


def agent(verb: Token) -> Token | None:
    """Who does it in a passive: the noun behind "by"."""
    by = next((c for c in children(verb) if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
    return _object(by) if by is not None else None
