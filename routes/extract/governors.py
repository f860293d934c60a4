"""What governs a clause, from the nearest word outwards: who says it, plans it, tries it, asks for it, denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.attribution import agent, named_source, source_tokens
from routes.extract.clause import BE, HAVE, Group, children, has_child, lemma_in, listed, read_group, subject
from routes.extract.ledger import KIND_OF
from routes.extract.modality import apply_group
from routes.extract.predicates import said_of_clause, verdict
from routes.extract.thwarting import lost, stops_subject, stops_while, what_stopped

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.ledger import Ledger
    from routes.extract.predicates import Verdict

MAX_CLIMB = 30
"""How many governors of a clause are looked at."""

ON_THE_WAY = frozenset(("on", "during", "en"))
"""Prepositions of "seized on its way to X", "crashed on a flight from X"."""
TAKING = frozenset(("seize", "capture", "intercept", "hijack", "detain", "impound", "commandeer", "arrest"))
"""Verbs that end the trip of their object."""
GENERIC = frozenset(("takes", "take", "costs", "cost", "lasts", "last", "requires", "require", "needs", "need"))
"""What "a flight from X to Y" does in general, without anybody flying."""
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
        if parent == node:
            return
        open_scope = _step(node, parent, ledger, open_scope=open_scope)
        node = parent


def _step(node: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """Go from a word to its governor; returns whether modality still reaches the clause from further out."""
    dep = node.dep_
    if dep == "conj":
        if stops_subject(parent) and read_group(node).infinitive:
            ledger.note("thwarted", parent)
        return open_scope
    if parent.dep_ == "prep" or parent.pos_ == "ADP":
        return open_scope
    if dep == "dep" and subject(node) is not None and read_group(node).finite:
        return False  # a sentence of its own after a colon or dash
    if dep in {"ccomp", "xcomp", "parataxis"}:
        return _complement(node, parent, ledger, open_scope=open_scope)
    if dep == "advcl":
        return _adverbial(node, parent, ledger, open_scope=open_scope)
    if dep in {"relcl", "acl"}:
        return _noun_clause(node, parent, ledger, open_scope=open_scope)
    if dep == "prep":
        return _preposition(node, parent, ledger, open_scope=open_scope)
    if parent.pos_ in {"VERB", "AUX"} and open_scope:
        return _argument(node, parent, ledger)
    return open_scope


def _complement(node: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """``node`` is what somebody says, plans or tries."""
    group, own = read_group(parent), read_group(node)
    if dep_is_clause(node) and _reports(node, parent, group, ledger):
        return False
    if parent.pos_ == "ADJ":
        return _adjective(parent, ledger, perfect=own.perfect)
    if not open_scope:
        return False
    kind = _kind_of_governor(node, parent, group)
    if parent.lower_ in listed("modals", "due"):
        kind = "attempted" if own.perfect else "planned"
    elif parent.lower_ in HAVE and has_child(parent, {"yet"}, "advmod"):  # "has yet to arrive"
        kind = "planned"
    if kind is not None:
        ledger.note(kind, parent)
    if parent.lower_ in BE and own.infinitive:  # "is to finish", "was to have docked"
        ledger.note("attempted" if own.perfect and group.past else "planned", parent)
    apply_group(parent, group, ledger, negation=group.negation)
    if kind == "planned":
        ledger.drop("ongoing")
    return True


def dep_is_clause(node: Token) -> bool:
    """Whether a complement is a clause that can be reported, not a bare infinitive after "expected"."""
    return node.dep_ in {"ccomp", "parataxis"} or read_group(node).infinitive


def _reports(node: Token, parent: Token, group: Group, ledger: Ledger) -> bool:
    """Sources: "X said that …", "is said to have …", "it is believed that …", "X denied that …"."""
    if lemma_in(parent, "denied") and node.dep_ == "ccomp":
        ledger.note("denied", parent)
        ledger.source(parent, _phrase(subject(parent)))
        return True
    hedging = lemma_in(parent, "hedging")
    if hedging is None and lemma_in(parent, "reporting") is None:
        return False
    infinitive = read_group(node).infinitive
    if infinitive and (parent.lower_ == "told" or not (group.passive or hedging in SELF_HEDGING | {"claim"})):
        return False
    by = agent(parent) if group.passive else None
    if by is not None or not (group.passive or hedging in SELF_HEDGING or "attributed" in ledger.kinds):
        ledger.source(parent, _phrase(by or subject(parent)))
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


def _phrase(noun: Token | None) -> tuple[int, int] | None:
    return source_tokens(noun) if noun is not None else None


def _is_hearsay(verb: Token) -> bool:
    return lemma_in(verb, "hearsay") is not None and read_group(verb).passive and agent(verb) is None


def _kind_of_governor(node: Token, parent: Token, group: Group) -> str | None:
    """What a verb that governs an infinitive or participle makes of it."""
    if lemma := lemma_in(parent, "attempted"):
        if lemma in {"try", "attempt", "struggle"} and (group.infinitive or (group.progressive and not group.past)):
            return None if group.infinitive else "ongoing"  # "plans to try to", "is trying to"
        return None if lemma == "suppose" and not group.passive else "attempted"
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
        return "requested"
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


def _noun_clause(node: Token, noun: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """``node`` qualifies a noun: "a tanker leaving Cuba was seized", "a plan to send troops", "reports that …"."""
    if open_scope:
        _what_the_noun_makes(node, noun, ledger)
    stopped = what_stopped(noun)
    group = read_group(node)
    earlier = group.perfect and group.past  # "which had left Cork for Brest"
    if stopped is not None and (node.dep_ == "acl" or earlier or ledger.kinds & {"ongoing", "planned"}):
        ledger.note("thwarted", stopped)
    return False


NOUN_KINDS = ("planned", "requested", "considered", "attempted", "denied", "hedging")
"""Lists of nouns that decide of what is hung on them."""

PERMISSION = frozenset(("permission", "entry", "access", "clearance", "leave", "right"))


def _what_the_noun_makes(node: Token, noun: Token, ledger: Ledger) -> None:
    """What a noun makes of the clause hung on it, and what the noun's own verb makes of that."""
    word, over = noun.lower_, noun.head
    over = over.head if over.dep_ == "prep" and over.lower_ == "as" else over  # "dismissed as false a report that"
    kinds = [key for key in NOUN_KINDS if word in listed("nouns", key)]
    for key in kinds:
        ledger.note(KIND_OF.get(key, key), noun)
    if kinds or word in listed("nouns", "reports"):
        note_verdict(noun, over, ledger)
        no = has_child(noun, {"no"}, "det") or (read_group(over).negation if noun.dep_ in {"dobj", "attr"} else None)
        if no is not None and "planned" in kinds:  # "has no plans to fly"
            ledger.note("negated", no)
    if word in listed("nouns", "reports") or word in listed("nouns", "hedging"):
        ledger.note("hedged", noun)
        if lemma_in(over, "denied"):
            ledger.note("denied", over)
            ledger.source(over, _phrase(subject(over)))
    refused = word in PERMISSION and lemma_in(over, "denied") is not None
    if refused or (word in listed("nouns", "requested") and _turns_down(over)):
        ledger.note("denied", over)
    decided = ledger.kinds & {"planned", "requested", "hypothetical", "denied", "attempted"}
    if read_group(node).infinitive and not decided:
        ledger.note("planned", node)
    if word in listed("nouns", "planned") and noun.dep_ in {"dobj", "nsubjpass"} and lemma_in(over, "calls_off"):
        ledger.note("attempted", over)


def _turns_down(verb: Token) -> bool:
    """Whether a verb refuses what it is asked: "rejected", "turned down"."""
    refuses = lemma_in(verb, "denied") or lemma_in(verb, "calls_off")
    return refuses is not None or (lemma_in(verb, "thwarting") == "turn" and has_child(verb, {"down"}) is not None)


def _preposition(prep: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """The clause or noun stands behind a preposition: "without entering", "from leaving", "plans for a visit"."""
    if not open_scope:
        return False
    word = prep.lower_
    if word in {"without", "instead", "than", "rather"}:
        ledger.note("negated", prep)
        return True
    if word == "from" and lemma_in(parent, "thwarting"):
        ledger.note("thwarted", parent)
        group = read_group(parent)
        apply_group(parent, group, ledger, negation=group.negation)
        return True
    if parent.pos_ in {"VERB", "AUX"}:
        if word in ON_THE_WAY and (lost(parent) or stops_subject(parent) or lemma_in(parent, "thwarting") in TAKING):
            ledger.note("thwarted", parent)
        return _argument(prep, parent, ledger)
    stopped = what_stopped(parent) if word in ON_THE_WAY else None
    if stopped is not None:
        ledger.note("thwarted", stopped)
    for key in ("planned", "requested", "considered", "attempted", "thwarting", "denied", "hedging"):
        if parent.lower_ in listed("nouns", key):
            ledger.note({"thwarting": "thwarted"}.get(key, KIND_OF.get(key, key)), parent)
    return True


def _argument(node: Token, verb: Token, ledger: Ledger) -> bool:
    """``node`` is subject, object or complement of ``verb``: "cancelled the flight", "called for a visit"."""
    group = read_group(verb)
    wants = lemma_in(verb, "requested")
    if node.dep_ == "prep" and wants and node.lower_ == "for":
        caller = subject(verb)
        is_plan = caller is not None and caller.lower_ in listed("nouns", "planned")
        ledger.note("planned" if is_plan else "requested", verb)
    said = note_verdict(node, verb, ledger)
    settled = said is not None and said.settled
    if node.dep_ in {"dobj", "nsubjpass"} and (said is None or not said.kind):
        _object(verb, ledger)
    elif node.dep_ in {"nsubj", "csubj"}:
        if verb.lower_ in GENERIC and has_child(node, {"a", "an", "each", "every"}) is not None:
            ledger.note("hypothetical", verb)
        if group.modal is not None and verb.lower_ not in BE and not settled:
            return False
    if not settled and (node.dep_ != "prep" or node.lower_ not in {"after", "since", "following"}):
        apply_group(verb, group, ledger, negation=group.negation)
    return True


def _object(verb: Token, ledger: Ledger) -> None:
    """What a verb that plans, tries, denies or asks makes of the trip it has for its object."""
    if lemma_in(verb, "ending"):
        ledger.note("negated", verb)
    for key in ("planned", "attempted", "denied", "requested", "considered", "hedging"):
        if lemma_in(verb, key):
            ledger.note(KIND_OF.get(key, key), verb)
            return


def note_verdict(node: Token, verb: Token, ledger: Ledger) -> Verdict | None:
    """Note what a predicate, or one in a row with it, says of the trip that ``node`` names."""
    for each in (verb, *(c for c in verb.conjuncts if c.i > verb.i and subject(c) == subject(verb))):
        said = verdict(node, each)
        if said is not None:
            if said.kind:
                ledger.note(said.kind, said.word)
            return said
    return None
