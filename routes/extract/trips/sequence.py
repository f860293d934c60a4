"""What words say of the order of things: "had left", "before that", "then", "from there", "on the way", "has since"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.trips.clauses import Move


def is_earlier(head: Token, place: int) -> bool:
    """Told as having happened before: "had left", "having left", "after leaving", "since leaving"."""
    verb = head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    having = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in ("had", "having")), None)
    if having is not None and (having.lower_ == "had" or place > having.i):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "since", "following"):
        return True
    if any(_before_that(c) for c in verb.children) or head.doc[0].lower_ in ("earlier", "previously"):
        return True
    if verb.tag_ == "VBN" and any(c.lower_ == "last" and c.dep_ == "advmod" and c.i < verb.i for c in verb.children):
        return True  # "she was last seen off Crete"
    if head.pos_ == "NOUN" and _opens_with(head, ("after", "since", "following")):
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"after", "since"})


def _opens_with(noun: Token, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before a noun phrase, however the parse has hung it."""
    first = noun.left_edge
    return first.lower_ in words or (first.i > 0 and noun.doc[first.i - 1].lower_ in words)


def before_stop(head: Token) -> bool:
    """Whether a clause opens with "before that" or "before" and a place: "before Turkey she had lain in Limassol"."""
    first = head.doc[0]
    named = [c for c in first.children if c.dep_ in ("pobj", "pcomp")]
    return first.lower_ == "before" and any(c.pos_ == "PROPN" or c.lower_ in ("that", "this", "then") for c in named)


def _before_that(token: Token) -> bool:
    """Whether a phrase tells of a time before: "before that", "earlier", "the day before"."""
    if token.lower_ == "before" and token.dep_ in ("prep", "advmod"):
        return all(
            c.lower_ in ("that", "this", "then", "day", "days", "night", "week", "weeks") for c in token.children
        )
    return token.lower_ in ("earlier", "previously", "beforehand") and token.dep_ == "advmod" and token.i < token.head.i


GOING_ON = frozenset((("continue",), ("proceed",), ("carry", "on"), ("press", "on"), ("push", "on")))
"""Verbs that go on with a trip already told."""


def on_the_way(head: Token) -> bool:
    """Whether it happened on the way ("en route", "along the way"), so before the end told last."""
    verb = head if head.pos_ in ("VERB", "AUX") else head.head
    opening = head.doc[:4].text.lower()
    if opening.startswith(("along the way", "on the way", "during the voyage", "en route")):
        return not opening.endswith((" back", " home"))
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("along", "on", "en"):
            for noun in child.children:
                back = any(c.lower_ in ("to", "back", "home") for c in noun.children)
                if noun.lower_ in ("way", "route", "passage") and not back:
                    return True
    return False


def is_stopping(move: Move, head: Token) -> bool:
    """Whether a stop is added to the way its clause tells: "will fly to Bonn, stopping in London", "with a stop in"."""
    if move.cue.frame.name != "call":
        return False
    if head.tag_ == "VBG":
        return head.dep_ == "advcl" and head.i > head.head.i
    return head.dep_ == "pobj" and head.head.lower_ in ("with", "including")


def is_onward(head: Token) -> bool:
    """Told as what came next: "then", "from there", "before heading", "after X it …"."""
    verb = head
    for _ in range(6):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    for child in verb.children:
        if (
            child.lower_ in word_set("next_words")
            or _since(child)
            or _way_back(child)
            or (child.lower_ == "from" and _has_there(child))
        ):
            return True
        if child.dep_ in ("prep", "advcl") and child.lower_ == "after" and child.i < verb.i:
            return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("before", "until"):
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & {"before", "until"})


def _since(word: Token) -> bool:
    """Whether it is "has since gone": after what was told last."""
    return word.lower_ == "since" and word.dep_ == "advmod" and not any(True for _ in word.children)


def _way_back(prep: Token) -> bool:
    """Whether it is "on the way back", "on the return leg"."""
    nouns = (c for c in prep.children if c.dep_ == "pobj" and prep.lower_ in ("on", "during"))
    return any(g.lower_ in ("back", "home", "return", "homeward") for noun in nouns for g in noun.children)


def _has_there(token: Token) -> bool:
    return any(c.lower_ in ("there", "here") for c in token.children)
