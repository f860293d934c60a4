"""How far a clause got and how sure it is: negation, condition, plan, attempt, denial, hedge, source.

The clause's own verb group is read first; then the words that govern it are climbed, from the nearest outwards
("officials | said | the ship | was expected | to leave"), each adding what it decides. The nearest source wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.certainty.attribution import nearby_source
from routes.extract.certainty.falsehood import note_imagined
from routes.extract.certainty.governors import climb
from routes.extract.certainty.ledger import KIND_OF, Cue, Judgement, Ledger
from routes.extract.certainty.modality import apply_group
from routes.extract.certainty.nominal import note_verdict
from routes.extract.certainty.thwarting import thwarted_later
from routes.extract.text.clause import BE, children, has_child, lemma_in, listed, read_group, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

__all__ = ["Cue", "Judgement", "judge"]


def judge(head: Token, parsed: Parsed, text: str) -> Judgement:
    """Judge the clause that a verb heads, or the move that a noun names.

    Args:
        head: The verb ("landed") or noun ("flight") in question, a token of ``parsed.doc``.
        parsed: The parse it belongs to.
        text: The report's text, for the words of cues and sources.
    """
    ledger = Ledger(parsed, text)
    if head.pos_ in {"VERB", "AUX"}:
        _own_group(head, ledger)
        thwarted_later(head, ledger)
    else:
        _noun_group(head, ledger)
        under_way = head.head.head
        if head.dep_ == "pobj" and head.head.lower_ == "on" and under_way.lower_ in BE:
            thwarted_later(under_way, ledger)  # "was on its way to Haifa when it was seized"
    _without_verb(head, ledger)
    climb(head, ledger)
    note_imagined(head, ledger)
    if ledger.would:
        told = "attributed" in ledger.kinds and "past" in ledger.kinds
        ledger.note("planned" if told or _under_a_plan(head) else "hypothetical")
    if ledger.attribution is None and "attributed" not in ledger.kinds:
        near = nearby_source(head)
        if near is not None:
            ledger.source(*near)
            if lemma_in(near[0], "hedging") or (near[1] is None and near[0].tag_ == "VBN"):
                ledger.note("hedged", near[0])
    _phrases(head, ledger)
    if _is_question(head):
        ledger.note("hypothetical", head)
    return ledger.judgement()


def _under_a_plan(head: Token) -> bool:
    """Whether the sentence says by what plan it would be: "under the deal 350 would go"."""
    under = (t for t in head.sent if t.lower_ == "under" and t.dep_ == "prep")
    return any(c.lower_ in listed("nouns", "planned") for t in under for c in t.children)


def _own_group(verb: Token, ledger: Ledger) -> None:
    """Modal, negation, aspect, adverbs of the clause's own verb, or of the first of its row."""
    group = read_group(verb)
    nor = has_child(verb.head, {"nor"}, "cc") if verb.dep_ == "conj" and verb.i > verb.head.i else None
    if nor is not None and nor.i < verb.i:  # "neither flew to Rome nor landed in Tripoli"
        ledger.note("negated", nor)
    first = verb
    while first.dep_ == "conj" and not group.finite and first.head.tag_[:2] == "VB" and first.head != first:
        first = first.head
        shared = read_group(first)
        negated = shared.negation if has_child(first, {"or", "nor"}, "cc") else None
        apply_group(first, shared, ledger, negation=negated)
        group = shared if shared.finite else group
    apply_group(verb, read_group(verb), ledger, negation=read_group(verb).negation)
    if lemma_in(verb, "requested") and has_child(verb, {"on", "upon"}, "prep"):  # "called on Poland to open"
        asked = next((c for c in children(verb) if c.dep_ in {"xcomp", "advcl"} and read_group(c).infinitive), None)
        if asked is not None:
            ledger.note("requested", verb)
    if verb.tag_ == "VBG" and verb.dep_ in {"acl", "relcl", "ROOT"}:
        ledger.note("ongoing", verb)


def _noun_group(noun: Token, ledger: Ledger) -> None:
    """Adjectives and "no" before a noun of motion, and a participle behind it ("the flight, called off at noon")."""
    if noun.lower_ in listed("adjectives", "to_planned") and noun.pos_ == "ADJ":
        ledger.note("planned", noun)
    for child in children(noun):
        if child.dep_ in {"amod", "compound", "advmod"}:
            for key in ("planned", "hedging", "considered", "requested", "attempted", "ongoing"):
                if child.lower_ in listed("adjectives", key):
                    ledger.note(KIND_OF.get(key, key), child)
        elif child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
            ledger.note("negated", child)
            if has_child(noun, {"such"}, "amod", "predet") is not None:
                ledger.note("denied", child)  # "no such flight": somebody has said that there was one
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            note_verdict(noun, child, ledger)


def _without_verb(head: Token, ledger: Ledger) -> None:
    """Participles behind a trip that a note names without a verb: "Visit to Oslo announced by a daily; denied by …"."""
    if head.i != head.sent.start or subject(head) is not None or head.tag_ not in {"VB", "VBP", "NN", "NNS", "NNP"}:
        return
    said = [head]
    for token in head.sent[1:]:
        hung = token.dep_ in {"acl", "advcl", "conj", "dep", "parataxis"} and token.head in said
        if token.tag_ in {"VBN", "VBD"} and hung and not read_group(token).finite:
            said.append(token)
            if note_verdict(head, token, ledger) is None:
                for key in ("planned", "attempted", "denied", "requested", "considered", "hedging"):
                    if lemma_in(token, key):
                        ledger.note(KIND_OF.get(key, key), token)


def _phrases(head: Token, ledger: Ledger) -> None:
    """Set phrases within a few words of the clause: "on its way", "about to"."""
    doc = head.doc
    start, end = max(0, head.i - 8), min(len(doc), head.i + 9)
    near = " " + " ".join(t.lower_ for t in doc[start:end]) + " "
    if any(f" {phrase} " in near for phrase in listed("phrases", "fiction")):
        ledger.note("imagined", head)
    for kind in ("ongoing", "planned"):
        for phrase in listed("phrases", kind):
            if f" {phrase} " in near and not (kind == "ongoing" and ledger.kinds & {"planned", "past"}):
                ledger.note(kind, head)


def _is_question(head: Token) -> bool:
    """Whether the sentence ends in a question mark, with the clause in no quotation and no semicolon before it."""
    end = head.sent[-1]
    if any(t.text == ";" for t in head.doc[head.i : end.i]):
        return False
    return end.text == "?" and not any(t.text in {"”", '"'} for t in head.sent[max(0, len(head.sent) - 3) :])
