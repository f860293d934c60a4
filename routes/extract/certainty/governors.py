"""What governs a clause, from the nearest word outwards: who says it, plans it, tries it, asks for it, denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.certainty.attribution import agent, named_source
from routes.extract.certainty.falsehood import note_untrue
from routes.extract.certainty.modality import apply_group
from routes.extract.certainty.nominal import (
    argument,
    behind_preposition,
    is_turned_down,
    note_verdict,
    noun_clause,
    phrase_of,
)
from routes.extract.certainty.predicates import said_of_clause
from routes.extract.certainty.thwarting import stops_subject, stops_while
from routes.extract.text.clause import BE, HAVE, Group, children, has_child, lemma_in, listed, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.certainty.ledger import Ledger

MAX_CLIMB = 30
"""How many governors of a clause are looked at."""

SELF_HEDGING = frozenset(("appear", "seem"))
"""Verbs whose subject is the mover, not a source."""


def climb(head: Token, ledger: Ledger) -> None:
    """From governor to governor; ``open_scope`` tells whether modality further out still reaches the clause."""
    node, open_scope = head, True
    for _ in range(MAX_CLIMB):
        found = named_source(node)
        if found is not None and "attributed" not in ledger.kinds:
            ledger.source(*found)
            if lemma_in(found[0], "hedging") or _is_hearsay(found[0]):
                ledger.note("hedged", found[0])
        parent = node.head
        if parent == node or _parted(node, parent):
            return
        if open_scope or (node.dep_ == "dobj" and head.dep_ == "acl" and head.head == node):
            note_untrue(node, parent, ledger)
        open_scope = _step(node, parent, ledger, open_scope=open_scope)
        node = parent


def _parted(node: Token, parent: Token) -> bool:
    """Whether a semicolon makes a sentence of its own of what the parse hangs on the next."""
    return parent.i > node.i and any(t.text == ";" for t in node.doc[node.i : parent.i])


def _step(node: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """Go from a word to its governor; returns whether modality still reaches the clause from further out."""
    dep = node.dep_
    if dep == "conj":
        if stops_subject(parent) and read_group(node).infinitive:
            ledger.note("thwarted", parent)
        # "was not allowed to land and diverted to": what happened is not part of what was allowed
        return open_scope and not (node.tag_ == "VBD" and read_group(parent).infinitive)
    if parent.dep_ == "prep" or parent.pos_ == "ADP":
        return open_scope
    if dep == "dep" and subject(node) is not None and read_group(node).finite:
        return False  # a sentence of its own after a colon or dash
    if dep in {"relcl", "acl"} or (dep == "ccomp" and parent.pos_ == "NOUN" and node.i > parent.i):
        return noun_clause(node, parent, ledger, open_scope=open_scope)
    if dep in {"ccomp", "xcomp", "parataxis"}:
        return _complement(node, parent, ledger, open_scope=open_scope)
    if dep == "advcl":
        return _adverbial(node, parent, ledger, open_scope=open_scope)
    if dep == "prep":
        return behind_preposition(node, parent, ledger, open_scope=open_scope)
    if parent.pos_ in {"VERB", "AUX"} and open_scope:
        return argument(node, parent, ledger)
    return open_scope


def _complement(node: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """``node`` is what somebody says, plans or tries."""
    group, own = read_group(parent), read_group(node)
    if node.dep_ == "ccomp" and node.i < parent.i and subject(parent) is None:
        return False  # "it sailed from Lagos, was refused entry at Dakar and …": one row of verbs
    if dep_is_clause(node) and _reports(node, parent, group, ledger):
        return False
    if parent.pos_ == "ADJ":
        return _adjective(parent, ledger, perfect=own.perfect)
    if not open_scope:
        return False
    if lemma_in(parent, "permitting") and group.negation is not None:  # "was not allowed to dock"
        ledger.note("denied", parent)
        return True
    if _is_doing(node, parent) and note_verdict(node, parent, ledger) is not None:
        return True
    kind = _kind_of_auxiliary(parent, perfect=own.perfect) or _kind_of_governor(node, parent, group)
    if kind is not None:
        ledger.note(kind, parent)
    if parent.lower_ in BE and own.infinitive:  # "is to finish", "was to have docked"
        ledger.note("attempted" if own.perfect and group.past else "planned", parent)
    apply_group(parent, group, ledger, negation=group.negation)
    if kind == "planned":
        ledger.drop("ongoing")
    return True


def _is_doing(node: Token, parent: Token) -> bool:
    """Whether a participle is what its verb is about: "ruled out sending a ship", not "cancelled it, fearing …"."""
    follows = node.tag_ == "VBG" and node.i > parent.i and node.doc[node.left_edge.i - 1].text != ","
    return follows and lemma_in(parent, "transparent") is None


def dep_is_clause(node: Token) -> bool:
    """Whether a complement is a clause that can be reported, not a bare infinitive after "expected"."""
    return node.dep_ in {"ccomp", "parataxis"} or read_group(node).infinitive


def _reports(node: Token, parent: Token, group: Group, ledger: Ledger) -> bool:
    """Sources: "X said that …", "is said to have …", "it is believed that …", "X denied that …"."""
    if lemma_in(parent, "denied") and node.dep_ == "ccomp":
        ledger.note("denied", parent)
        ledger.source(parent, phrase_of(subject(parent)))
        return True
    hedging = lemma_in(parent, "hedging")
    if hedging is None and lemma_in(parent, "reporting") is None:
        return False
    infinitive = read_group(node).infinitive
    if infinitive and (parent.lower_ == "told" or not (group.passive or hedging in SELF_HEDGING | {"claim"})):
        return False
    by = agent(parent) if group.passive else None
    if by is not None or not (group.passive or hedging in SELF_HEDGING or "attributed" in ledger.kinds):
        ledger.source(parent, phrase_of(by or subject(parent)))
    if hedging is not None or _is_hearsay(parent):
        ledger.note("hedged", parent)
    for child in children(parent):
        if child.dep_ == "advmod" and child.lower_ in listed("adverbs", "hedging"):
            ledger.note("hedged", child)
    if group.past and ledger.would:
        ledger.kinds.add("past")
    if group.negation is not None:  # "is not said to have", "nobody believes that", "would not confirm that"
        ledger.note("negated" if infinitive else "hypothetical" if hedging else "hedged", group.negation)
    return True


def _is_hearsay(verb: Token) -> bool:
    return lemma_in(verb, "hearsay") is not None and read_group(verb).passive and agent(verb) is None


def _kind_of_auxiliary(verb: Token, *, perfect: bool) -> str | None:
    """What "ought to" and "has yet to" make of a verb."""
    if verb.lower_ in listed("modals", "due"):
        return "attempted" if perfect else "planned"
    return "planned" if verb.lower_ in HAVE and has_child(verb, {"yet"}, "advmod") is not None else None


def _kind_of_governor(node: Token, parent: Token, group: Group) -> str | None:
    """What a verb that governs an infinitive or participle makes of it."""
    if lemma := lemma_in(parent, "attempted"):
        if lemma in {"try", "attempt", "struggle"} and (group.infinitive or (group.progressive and not group.past)):
            return None if group.infinitive else "ongoing"  # "plans to try to", "is trying to"
        return "hypothetical" if lemma == "suppose" and not group.passive else "attempted"
    if lemma := lemma_in(parent, "denied"):
        lets = lemma_in(node, "transparent") in {"let", "allow"} or group.passive
        return "denied" if lets else "negated"
    if lemma := lemma_in(parent, "planned"):
        if lemma == "go" and not group.progressive:
            return None
        if lemma == "mean" and not group.passive:
            return None
        unfulfilled = (group.perfect and group.past) or (lemma == "mean" and group.past)
        return "attempted" if unfulfilled and group.modal is None else "planned"
    if lemma_in(parent, "requested"):
        return "denied" if any(is_turned_down(verb) for verb in parent.conjuncts) else "requested"
    if lemma_in(parent, "considered"):
        return "hypothetical"
    if lemma_in(parent, "thwarting") and has_child(parent, {"from"}, "prep"):
        return "thwarted"
    return None


def _adjective(adjective: Token, ledger: Ledger, *, perfect: bool) -> bool:
    """What "due", "unlikely" or "untrue" makes of the clause it governs; ``perfect`` for "due to have docked"."""
    word = adjective.lower_
    for key, kind in (("to_planned", "planned"), ("to_failed", "attempted"), ("to_considered", "hypothetical")):
        if word in listed("adjectives", key):
            ledger.note(kind, adjective)
            if word == "likely":
                ledger.note("hedged", adjective)
    verb = adjective.head
    if adjective.dep_ == "acomp" and verb.pos_ in {"AUX", "VERB"}:
        group = read_group(verb)
        apply_group(verb, group, ledger, negation=group.negation)
        if (group.past and (group.perfect or perfect)) and "planned" in ledger.kinds:
            ledger.note("attempted", adjective)
        if said_of_clause(word, negated=group.negation is not None) == "denied":
            ledger.note("denied", adjective)
    return True


def _adverbial(node: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """``node`` is an adverbial clause of ``parent``: condition, time, purpose, participle."""
    own = read_group(node)
    if open_scope and _is_doing(node, parent) and note_verdict(node, parent, ledger) is not None:
        return True
    mark = has_child(node, listed("conditions", "words"), "mark", "advmod")
    inverted = own.modal is not None and own.modal.lower_ == "should" and own.modal.i == node.left_edge.i
    if open_scope and (mark is not None or inverted):
        ledger.drop("planned")
        ledger.note("hypothetical", mark or own.modal)
        return False
    if open_scope and stops_while(parent, node):
        ledger.note("thwarted", parent)
        return True
    if lemma_in(parent, "thwarting") and open_scope:
        if stops_subject(parent) or has_child(parent, {"from"}, "prep"):
            ledger.note("thwarted", parent)
        return True
    if own.infinitive and open_scope:
        return _purpose(node, parent, ledger)
    if own.finite or not open_scope:
        return False
    group = read_group(parent)
    apply_group(parent, group, ledger, negation=None)
    if mark_word := has_child(node, {"before"}, "mark"):
        ledger.note("purpose", mark_word)
    return True


def _purpose(node: Token, parent: Token, ledger: Ledger) -> bool:
    """As in "left Odesa to deliver grain"; "denied permission for the ship to dock"; "asked for a ship to be sent"."""
    group = read_group(parent)
    kind = _kind_of_governor(node, parent, group)
    if kind == "negated" and has_child(parent, {"permission", "entry", "access", "clearance", "leave"}, "dobj"):
        kind = "denied"
    if kind is None:
        ledger.note("purpose", node)
        ledger.drop("past")
    else:
        ledger.note(kind, parent)
    apply_group(parent, group, ledger, negation=group.negation)
    return True
