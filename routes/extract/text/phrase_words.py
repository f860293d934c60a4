"""A noun phrase as the report writes it, cut to what names the thing."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import inflect_verb
from routes.model import MentionRole

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

MAX_WORDS = 12
NEAR = 40
INSIDE = frozenset(
    (
        "amod",
        "compound",
        "nummod",
        "nmod",
        "quantmod",
        "advmod",
        "npadvmod",
        "punct",
        "case",
        "det",
        "poss",
        "prep",
        "pobj",
        "conj",
        "cc",
        "predet",
    )
)
LEADING = frozenset(("the", "a", "an", "its", "her", "their", "his", "this", "that", "these", "those", "such"))
HANGING = frozenset((*LEADING, "and", "or", "of", "for", "as", "well", "including", "with", "plus"))
JOINS = frozenset(("of", "for"))
HOLD = re.compile(
    r"\s*\b(?:in|inside|on) (?:its|her|their|the|his) (?:cargo )?(?:tanks?|holds?|belly|bays?|decks?|cabins?)\b"
    r"|\s*\b(?:aboard|on board|on deck|in tow)\b",
    re.IGNORECASE,
)


@cache
def aboard_words(key: str) -> frozenset[str]:
    """A word list of aboard.toml."""
    return frozenset(load_table("aboard")[key])


@cache
def verb_forms(key: str) -> frozenset[str]:
    """All forms of a list of verbs of aboard.toml."""
    regular = {form for verb in load_table("aboard")[key] for form in inflect_verb(verb)}
    return frozenset(regular) | aboard_words(f"{key}_irregular")


def tells_of_cargo(text: str) -> bool:
    """Whether a sentence holds a word of carrying, of running or of being laden."""
    told = verb_forms("carrying") | verb_forms("running") | aboard_words("full") | aboard_words("belonging")
    return not told.isdisjoint(re.findall(r"[a-z]+", text)) or HOLD.search(text) is not None


def phrase_tokens(parsed: Parsed, head: Token, *, conjuncts: bool = True) -> list[Token]:
    """The tokens of a noun phrase in a row: without clauses, places and adverbials behind it."""
    kept = {head.i}
    open_ = [head]
    while open_ and len(kept) < NEAR:
        token = open_.pop()
        for child in islice(token.children, NEAR):
            if child.dep_ not in INSIDE or (not conjuncts and child.dep_ in ("conj", "cc") and token is head):
                continue
            if child.dep_ == "prep" and not _joins(parsed, child):
                continue
            if child.dep_ == "conj" and child.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
                continue
            kept.add(child.i)
            open_.append(child)
    first = last = head.i
    while first - 1 in kept and parsed.written[first - 1] not in "—–;:()":
        first -= 1
    while last + 1 in kept and parsed.written[last + 1] not in "—;:()":
        last += 1
    return list(head.doc[first : last + 1])


def _joins(parsed: Parsed, prep: Token) -> bool:
    """Whether "of" or "for" goes on naming the thing, and does not bring in a place ("for Mali")."""
    if prep.lower_ not in JOINS:
        return False
    goals = [parsed.mentions[c.i] for c in prep.children if c.dep_ == "pobj"]
    placed = any(m is not None and m.role is not MentionRole.DEMONYM for m in goals)
    return prep.lower_ == "of" or not placed


def words_of(parsed: Parsed, text: str, tokens: list[Token]) -> str:
    """The words of a row of tokens as the report has them, without article, at most ``MAX_WORDS``."""
    while tokens and (parsed.written[tokens[0].i].lower() in LEADING or tokens[0].is_punct or tokens[0].is_space):
        tokens = tokens[1:]
    if not tokens:
        return ""
    span = parsed.span(tokens[0].i, tokens[-1].i + 1)
    if span.end <= span.start:
        return ""
    return trimmed(text[span.start : span.end])


def trimmed(words: str) -> str:
    """On one line, at most ``MAX_WORDS`` words, nothing hanging over at the end."""
    whole = words.split()
    kept = whole[:MAX_WORDS]
    while kept and kept[-1].strip(",;").lower() in HANGING:
        kept.pop()
    short = " ".join(kept)
    if re.search(r"\b[A-Z]\.[A-Z]\.$", short):
        return short
    return re.sub(r"^[\s\"“”‘'(]+|[\s\"“”’'.,;:)(—–-]+$", "", short)
