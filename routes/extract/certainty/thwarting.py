"""Whether what moves was stopped: seized, intercepted, turned back, lost."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.text.clause import BE, children, has_child, lemma_in, listed, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.certainty.ledger import Ledger


PRONOUNS = frozenset(("it", "them", "him", "her"))
WHILE = frozenset(("as", "while", "when", "before", "shortly", "just"))
"""Words that open the clause of what somebody was doing when he was stopped."""


def thwarted_later(head: Token, ledger: Ledger) -> None:
    """A later verb of the row, or a clause hung on it, that says the mover was stopped."""
    if (loss := _lost_under_way(head)) is not None:
        ledger.note("thwarted", loss)
    for child in children(head):
        if child.dep_ in {"conj", "advcl"} and child.i > head.i and (stops_subject(child) or stops_it(child)):
            ledger.note("thwarted", child)
        elif child.dep_ == "prep" and child.lower_ in {"before", "until"}:
            for inner in child.rights:
                if inner.dep_ == "pcomp" and stops_subject(inner):
                    ledger.note("thwarted", inner)


def _lost_under_way(verb: Token) -> Token | None:
    """As in "was flying to Beirut when it crashed", "the plane that crashed was flying to Beirut"."""
    group = read_group(verb)
    if not group.past or not (group.progressive or verb.lower_ in BE):
        return None
    mover = subject(verb)
    clauses = [c for c in children(verb) if c.dep_ == "advcl" and has_child(c, {"when"}, "advmod", "mark")]
    clauses += [c for c in children(mover) if c.dep_ == "relcl"] if mover is not None else []
    return next((c for c in clauses if c.tag_ == "VBD" and lost(c)), None)


def stops_it(verb: Token) -> bool:
    """Whether a clause says that somebody stopped it: "when the navy seized it"."""
    if lemma_in(verb, "thwarting") in {None, "turn", "keep", "board", "stop"}:
        return False
    return has_child(verb, PRONOUNS, "dobj") is not None


def stops_while(verb: Token, clause: Token) -> bool:
    """Whether ``clause`` is what somebody was doing when ``verb`` stopped him: "police boarded the ship as it left"."""
    if lemma_in(verb, "thwarting") in {None, "turn", "keep", "divert"}:
        return False
    named = any(c.dep_ == "dobj" for c in children(verb)) and not read_group(verb).passive
    return named and has_child(clause, WHILE, "mark", "advmod") is not None


def lost(verb: Token) -> bool:
    """Whether a verb says that its subject was lost on the way: "crashed", "sank"."""
    if any(has_child(verb, {word}) is not None for word in GRIEF.get(verb.lower_, ())):
        return True
    return lemma_in(verb, "lost") is not None and not any(c.dep_ == "dobj" for c in children(verb))


GRIEF = {
    "caught": ("fire",), "catches": ("fire",), "catching": ("fire",), "ran": ("aground",), "runs": ("aground",),
    "went": ("aground",), "broke": ("down", "up"), "lost": ("power", "propulsion"),
}  # fmt: skip
"""Verbs that with one of these words say that a vessel or vehicle came to grief on its way."""


def stops_subject(verb: Token) -> bool:
    """Whether a verb says that its own subject was stopped: "was seized", "turned back"."""
    lemma = lemma_in(verb, "thwarting")
    if lemma is None:
        return False
    if lemma == "turn":
        return has_child(verb, {"back", "around", "round", "away"}) is not None
    if lemma == "keep":
        return False
    group = read_group(verb)
    return group.passive or (verb.tag_ == "VBN" and not group.perfect)


def what_stopped(noun: Token) -> Token | None:
    """The word that says that what a noun names was seized or stopped: "seized a tanker", "the capture of a jet"."""
    while noun.dep_ == "appos":
        noun = noun.head
    governor = noun.head
    if noun.dep_ == "dobj":
        return governor if lemma_in(governor, "thwarting") not in {None, "turn", "keep", "board", "stop"} else None
    if noun.dep_ == "nsubjpass":
        return governor if stops_subject(governor) else None
    if noun.dep_ == "pobj" and governor.lower_ == "of":
        near = (governor.head, *islice((t for t in governor.head.ancestors), 3))
        return next((t for t in near if t.lower_ in listed("nouns", "thwarting")), None)
    return None
