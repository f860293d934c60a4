"""What the words round a noun of motion make of it: its verb, the noun or preposition over it, a clause hung on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.certainty.attribution import agent, source_tokens
from routes.extract.certainty.ledger import KIND_OF
from routes.extract.certainty.modality import apply_group
from routes.extract.certainty.predicates import verdict
from routes.extract.certainty.thwarting import lost, stops_subject, what_stopped
from routes.extract.text.clause import BE, has_child, lemma_in, listed, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.certainty.ledger import Ledger
    from routes.extract.certainty.predicates import Verdict

ON_THE_WAY = frozenset(("on", "during", "en"))
"""Prepositions of "seized on its way to X", "crashed on a flight from X"."""
TAKING = frozenset(("seize", "capture", "intercept", "hijack", "detain", "impound", "commandeer", "arrest"))
"""Verbs that end the trip of their object."""
GENERIC = frozenset(("takes", "take", "costs", "cost", "lasts", "last", "requires", "require", "needs", "need"))
"""What "a flight from X to Y" does in general, without anybody flying."""


def phrase_of(noun: Token | None) -> tuple[int, int] | None:
    """The tokens that name a source, or None."""
    return source_tokens(noun) if noun is not None else None


def noun_clause(node: Token, noun: Token, ledger: Ledger, *, open_scope: bool) -> bool:
    """``node`` qualifies a noun: "a tanker leaving Cuba was seized", "a plan to send troops", "reports that …"."""
    if open_scope:
        _what_the_noun_makes(node, noun, ledger)
    else:  # "posts claiming that she had sailed for Cyprus are false"
        said = verdict(noun, noun.head)
        if said is not None and said.kind == "denied":
            ledger.note("denied", said.word)
    _called_off(noun, ledger)
    stopped = what_stopped(noun)
    group = read_group(node)
    earlier = group.perfect and group.past  # "which had left Cork for Brest"
    if stopped is not None and (node.dep_ == "acl" or earlier or ledger.kinds & {"ongoing", "planned"}):
        ledger.note("thwarted", stopped)
    return False


def _called_off(noun: Token, ledger: Ledger) -> None:
    """What a carrier was to do is off with it: "a jet ordered to bring him to Oslo was cancelled"."""
    if "planned" not in ledger.kinds or noun.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return
    said = verdict(noun, noun.head)
    if said is not None and said.kind == "attempted":
        ledger.note("attempted", said.word)


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
            ledger.source(over, phrase_of(agent(over) if read_group(over).passive else subject(over)))
    _what_is_said_of_truth(noun, over, ledger)
    refused = word in PERMISSION and lemma_in(over, "denied") is not None
    if refused or (word in listed("nouns", "requested") and _turns_down(over)):
        ledger.note("denied", over)
    decided = ledger.kinds & {"planned", "requested", "hypothetical", "denied", "attempted"}
    if read_group(node).infinitive and not decided:
        ledger.note("planned", node)
    if word in listed("nouns", "planned") and noun.dep_ in {"dobj", "nsubjpass"} and lemma_in(over, "calls_off"):
        ledger.note("attempted", over)


def _what_is_said_of_truth(noun: Token, over: Token, ledger: Ledger) -> None:
    """As in "it is a myth that it sailed", "there is no evidence that it did"."""
    if noun.lower_ in listed("nouns", "untrue"):
        ledger.note("denied", noun)
    ground = over.head if over.dep_ == "prep" else noun
    none = has_child(ground, {"no"}, "det")
    if ground is not noun and ground.lower_ in listed("nouns", "ground") and none is not None:
        ledger.note("denied", none)  # "no truth in reports that it sailed"
    if noun.lower_ in listed("nouns", "evidence"):
        none = has_child(noun, {"no", "little", "any"}, "det", "amod") or read_group(over).negation
        if none is not None or lemma_in(over, "lacking"):
            ledger.note("hypothetical", none or over)


def is_turned_down(verb: Token) -> bool:
    """Whether a verb in a row with "asked" says what came of it: "asked to enter but was refused"."""
    return read_group(verb).passive and _turns_down(verb)


def _turns_down(verb: Token) -> bool:
    """Whether a verb refuses what it is asked: "rejected", "turned down"."""
    refuses = lemma_in(verb, "denied") or lemma_in(verb, "calls_off")
    return refuses is not None or (lemma_in(verb, "thwarting") == "turn" and has_child(verb, {"down"}) is not None)


def behind_preposition(prep: Token, parent: Token, ledger: Ledger, *, open_scope: bool) -> bool:
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
        return argument(prep, parent, ledger)
    stopped = what_stopped(parent) if word in ON_THE_WAY else None
    if stopped is not None:
        ledger.note("thwarted", stopped)
    lifted = parent.lower_ in listed("nouns", "denied") and lemma_in(parent.head, "lifting") is not None
    if lifted:  # "the ban on flights to Kabul was lifted"
        ledger.note("hypothetical", parent.head)
        return False
    for key in ("planned", "requested", "considered", "attempted", "thwarting", "denied", "hedging"):
        if parent.lower_ in listed("nouns", key):
            ledger.note({"thwarting": "thwarted"}.get(key, KIND_OF.get(key, key)), parent)
    return True


def argument(node: Token, verb: Token, ledger: Ledger) -> bool:
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
        if verb.lower_ in GENERIC and (has_child(node, {"a", "an", "each", "every"}) is not None or _measures(verb)):
            ledger.note("hypothetical", verb)
        if group.modal is not None and verb.lower_ not in BE and not settled:
            return False
    if not settled and (node.dep_ != "prep" or node.lower_ not in {"after", "since", "following"}):
        apply_group(verb, group, ledger, negation=group.negation)
    return True


def _measures(verb: Token) -> bool:
    """Whether its object is a number of hours, miles or the like: "the flight takes two hours"."""
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "npadvmod", "attr"}), None)
    return thing is not None and (thing.tag_ == "CD" or any(c.tag_ == "CD" for c in thing.subtree))


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
