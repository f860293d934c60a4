"""What is told as untrue or as made up: "falsely reported", "no evidence that", "instead of", "in a dream".

Each looks at the clause or at one of the words that govern it; the words are tables in ``lexicon/certainty.toml``.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.certainty.predicates import said_of_clause
from routes.extract.text.clause import BE, HAVE, children, has_child, lemma_in, listed, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from routes.extract.certainty.ledger import Ledger

MAX_CLIMB = 30
"""How many governors of a clause are looked at."""

DOING = frozenset(("do", "does", "did"))
OPENING = frozenset(("had", "were", "should"))
"""Auxiliaries that open a condition when they stand before its subject: "Had the ship sailed, …"."""
WOULD = frozenset(("would", "could", "might", "'d"))
FIRST_PERSON = frozenset(("i", "we"))
PASSED_OVER = frozenset((("rather", "than"), ("instead", "of")))
REACH = 3
"""So many words before a place may rule it out: "not to the", "rather than in"."""


def note_untrue(node: Token, parent: Token, ledger: Ledger) -> None:
    """What a word that governs a clause says of its truth: told falsely, never said, left off, done in its stead."""
    undone = _instead(node) or _ceased(node, parent)
    if undone is not None:
        ledger.note("hypothetical", undone)
    elif lemma_in(parent, "reporting") or lemma_in(parent, "hedging"):
        _told_wrongly(parent, ledger)
    elif node.dep_ == "ccomp" and lemma_in(parent, "lying") and read_group(parent).negation is None:
        ledger.note("denied", parent)
    elif node.dep_ == "ccomp" and parent.lower_ in BE:
        _called_untrue(parent, ledger)


def _told_wrongly(verb: Token, ledger: Ledger) -> None:
    """As in "wrongly reported that", "I never said that", "was thought to have flown, but it had not"."""
    negation, teller = read_group(verb).negation, subject(verb)
    wrong = has_child(verb, listed("adverbs", "untrue"), "advmod")
    if wrong is not None and negation is None:
        ledger.note("denied", wrong)
    own = teller is not None and teller.lower_ in FIRST_PERSON
    if negation is not None and lemma_in(verb, "asserting") and (own or negation.lower_ in listed("adverbs", "never")):
        ledger.note("hypothetical", negation)
    taken_back = next((c for c in children(verb) if c.dep_ == "conj" and c.i > verb.i and _is_bare_denial(c)), None)
    if taken_back is not None:
        ledger.note("hypothetical", taken_back)


def _called_untrue(verb: Token, ledger: Ledger) -> None:
    """As in "it is false that it sailed", where the clause hangs on the verb and not on the adjective."""
    quality = has_child(verb, frozenset(c.lower_ for c in children(verb) if c.dep_ == "acomp"))
    negated = read_group(verb).negation is not None
    if quality is not None and said_of_clause(quality.lower_, negated=negated) == "denied":
        ledger.note("denied", quality)


def _instead(node: Token) -> Token | None:
    """What was not done: "instead of flying", "far from sailing", "rather than sail"."""
    if node.dep_ == "prep":
        return _in_its_stead(node)
    than = has_child(node, {"than"}, "mark", "prep", "cc") if node.dep_ == "advcl" else None
    return than if than is not None and than.i > 0 and than.nbor(-1).lower_ == "rather" else None


def _ceased(node: Token, parent: Token) -> Token | None:
    """The "stopped" of "stopped flying to Tallinn", which tells of no flight."""
    ended = node.dep_ == "xcomp" and node.tag_ == "VBG" and lemma_in(parent, "ceasing") is not None
    return parent if ended and read_group(parent).negation is None else None


def _is_bare_denial(verb: Token) -> bool:
    """Whether it is "it had not", "she was not", with nothing behind it."""
    if verb.lower_ not in BE | HAVE | DOING or read_group(verb).negation is None:
        return False
    return not any(c.i > verb.i and c.dep_ not in ("neg", "punct", "advmod", "cc", "conj") for c in children(verb))


def note_imagined(head: Token, ledger: Ledger) -> None:
    """What makes a clause one of fiction, of a game, or of what might have been."""
    word = _supposed(head) or _told_in_fiction(head) or _inverted(head)
    if word is not None:
        ledger.note("imagined", word)


def _supposed(head: Token) -> Token | None:
    """The "Imagine" or "Suppose" that opens the sentence as an order to the reader."""
    first = next((t for t in head.sent if t.is_alpha), None)
    if first is None or first.i >= head.i or first.lower_ not in listed("fiction", "orders"):
        return None
    return first if subject(first) is None and (first.is_ancestor(head) or first.dep_ == "ROOT") else None


def _told_in_fiction(head: Token) -> Token | None:
    """The play, dream or game that a clause is told in: "in a dream, …", "the play tells of …", "as though …"."""
    below = head
    for node in (head, *islice(head.ancestors, MAX_CLIMB)):
        for child in children(node):
            if child.dep_ == "prep" and child.i < node.i:
                found = _fiction_behind(child)
                if found is not None:
                    return found
            elif child.dep_ == "mark" and child.lower_ == "though" and head.doc[child.i - 1].lower_ == "as":
                return child
        if node != below and node.pos_ in ("VERB", "AUX") and subject(node) not in (None, below):
            teller = subject(node)
            if teller is not None and _is_fiction(teller, node):
                return teller
        below = node
    return None


def _is_fiction(teller: Token, verb: Token) -> bool:
    """Whether what a verb tells is fiction by its subject: "the play tells of", "the exercise assumed that"."""
    if teller.lower_ in listed("fiction", "works"):
        return verb.lower_ in listed("fiction", "telling")
    return teller.lower_ in listed("fiction", "exercises") and verb.lower_ in listed("fiction", "supposing")


def _fiction_behind(prep: Token) -> Token | None:
    """The work or dream behind "in" or "according to" at the head of a clause."""
    if prep.lower_ == "as":
        return has_child(prep, listed("fiction", "jokes"), "pobj")
    if prep.lower_ not in ("in", "according", "on", "during"):
        return None
    inner = next((c for c in prep.children if c.dep_ == "prep"), prep) if prep.lower_ == "according" else prep
    words = listed("fiction", "works") | listed("fiction", "worlds")
    return next((c for c in inner.children if c.dep_ == "pobj" and c.lower_ in words), None)


def _inverted(head: Token) -> Token | None:
    """The "Had" or "Were" that opens a condition contrary to fact, before the "would" of the sentence."""
    first = next((t for t in head.sent if t.is_alpha), None)
    if first is None or first.lower_ not in OPENING or first.i + 1 >= len(head.doc):
        return None
    if head.doc[first.i + 1].tag_[:2] in ("VB", "RB", "TO"):
        return None
    would = next((t for t in head.sent if t.lower_ in WOULD and t.i > first.i), None)
    return first if would is not None and first.i < head.i < would.i else None


def _in_its_stead(prep: Token) -> Token | None:
    """The "instead" or "far" that makes of a preposition what was not done."""
    before = prep.nbor(-1) if prep.i > 0 else None
    if before is None:
        return None
    if prep.lower_ == "of" and before.lower_ == "instead":
        return before
    doing = any(c.tag_ == "VBG" and c.dep_ == "pcomp" for c in prep.children)
    return before if prep.lower_ == "from" and before.lower_ == "far" and doing else None


def ruled_out(doc: Doc, place: int) -> bool:
    """Whether a place is named as the one that it was not: "to Niger, not to Benin", "in Rome rather than Paris"."""
    first = place
    while first > 0 and place - first < REACH and doc[first - 1].dep_ in ("det", "compound", "prep", "dative", "conj"):
        first -= 1
        if doc[first].pos_ == "ADP":
            break
    if first <= 1:
        return False
    before, word = doc[first - 2], doc[first - 1]
    if word.lower_ == "not":
        return before.lower_ not in BE | HAVE | DOING
    return (before.lower_, word.lower_) in PASSED_OVER
