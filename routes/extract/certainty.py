"""How far a clause got and how sure it is: negation, condition, plan, attempt, denial, hedge, source.

The clause's own verb group is read first; then the words that govern it are climbed, from the nearest outwards
("officials | said | the ship | was expected | to leave"), each adding what it decides. The nearest source wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.attribution import agent, named_source, nearby_source, source_tokens
from routes.extract.clause import BE, HAVE, Group, children, has_child, lemma_in, listed, read_group, subject
from routes.model import Certainty, Span, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

MAX_CLIMB = 30
"""How many governors of a clause are looked at."""

SELF_HEDGING = frozenset(("appear", "seem"))
"""Verbs whose subject is the mover, not a source."""

KINDS = (
    "negated", "never", "hypothetical", "requested", "planned", "ongoing", "attempted", "thwarted", "denied", "hedged",
    "attributed", "purpose", "past", "present",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that decided something about a clause.

    Attributes:
        kind: One of ``KINDS``.
        span: Where they stand in the report.
        words: As written.
    """

    kind: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the words round a clause say of it.

    Attributes:
        negated: It did not happen.
        hypothetical: It is supposed, weighed or asked about.
        requested: Somebody wants it.
        planned: It is to happen.
        ongoing: It is under way.
        attempted: It was begun or due and not carried through.
        thwarted: Its mover was stopped, seized or turned back.
        denied: A source denies it, or it was refused.
        hedged: Nobody quite vouches for it.
        reported: A source is given for it, named or not ("he said").
        purpose: It is what something else was done for ("left to deliver grain").
        past, present: The tense of its own finite verb; both False without one.
        attribution: The source as named, or None.
        cues: The words that decided.
    """

    negated: bool = False
    hypothetical: bool = False
    requested: bool = False
    planned: bool = False
    ongoing: bool = False
    attempted: bool = False
    thwarted: bool = False
    denied: bool = False
    hedged: bool = False
    reported: bool = False
    purpose: bool = False
    past: bool = False
    present: bool = False
    attribution: str | None = None
    cues: tuple[Cue, ...] = ()

    @property
    def status(self) -> Status | None:
        """How far it got; None where it is no move at all: not done, only supposed, or only asked for."""
        if self.denied:
            return Status.DENIED
        if self.attempted or self.thwarted:
            return Status.ATTEMPTED
        if self.negated or self.hypothetical or self.requested:
            return None
        if self.planned:
            return Status.PLANNED
        return Status.ONGOING if self.ongoing else Status.COMPLETED

    @property
    def certainty(self) -> Certainty:
        """Hedged wins over attributed, attributed over stated."""
        if self.hedged:
            return Certainty.HEDGED
        return Certainty.ATTRIBUTED if self.reported else Certainty.STATED

    @property
    def reasons(self) -> tuple[str, ...]:
        """The deciding words in a reader's terms, such as ``"is expected": planned``."""
        return tuple(f"“{cue.words}”: {cue.kind}" for cue in self.cues if cue.kind not in {"past", "present"})


@dataclass(slots=True)
class _Ledger:
    """What has been noted on the way up; becomes a Judgement."""

    parsed: Parsed
    text: str
    kinds: set[str] = field(default_factory=set)
    cues: list[Cue] = field(default_factory=list)
    attribution: str | None = None
    would: bool = False

    def note(self, kind: str, *tokens: Token | None) -> None:
        found = sorted(t.i for t in tokens if t is not None)
        if kind not in self.kinds and found:
            spans = [self.parsed.spans[i] for i in found]
            words = " … ".join(self.text[s.start : s.end] for s in spans)
            self.cues.append(Cue(kind=kind, span=Span(start=spans[0].start, end=spans[-1].end), words=words))
        self.kinds.add(kind)

    def drop(self, kind: str) -> None:
        self.kinds.discard(kind)
        self.cues = [cue for cue in self.cues if cue.kind != kind]

    def source(self, word: Token, phrase: tuple[int, int] | None) -> None:
        self.note("attributed", word)
        if self.attribution is None and phrase is not None:
            span = self.parsed.span(*phrase)
            self.attribution = " ".join(self.text[span.start : span.end].split())

    def judgement(self) -> Judgement:
        kinds = self.kinds
        if "never" in kinds and "negated" in kinds:
            kinds = kinds | {"attempted"}
        return Judgement(
            negated="negated" in kinds,
            hypothetical="hypothetical" in kinds,
            requested="requested" in kinds,
            planned="planned" in kinds,
            ongoing="ongoing" in kinds,
            attempted="attempted" in kinds,
            thwarted="thwarted" in kinds,
            denied="denied" in kinds,
            hedged="hedged" in kinds,
            reported="attributed" in kinds,
            purpose="purpose" in kinds,
            past="past" in kinds,
            present="present" in kinds,
            attribution=self.attribution,
            cues=tuple(self.cues),
        )


def judge(head: Token, parsed: Parsed, text: str) -> Judgement:
    """Judge the clause that a verb heads, or the move that a noun names.

    Args:
        head: The verb ("landed") or noun ("flight") in question, a token of ``parsed.doc``.
        parsed: The parse it belongs to.
        text: The report's text, for the words of cues and sources.
    """
    ledger = _Ledger(parsed, text)
    if head.pos_ in {"VERB", "AUX"}:
        _own_group(head, ledger)
        _thwarted_later(head, ledger)
    else:
        _noun_group(head, ledger)
    _climb(head, ledger)
    if ledger.would:
        ledger.note("planned" if "attributed" in ledger.kinds and "past" in ledger.kinds else "hypothetical")
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


# -- the clause itself ---------------------------------------------------------------------------------------------


def _own_group(verb: Token, ledger: _Ledger) -> None:
    """Modal, negation, aspect, adverbs of the clause's own verb, or of the first of its row."""
    group = read_group(verb)
    first = verb
    while first.dep_ == "conj" and not group.finite and first.head.tag_[:2] == "VB" and first.head != first:
        first = first.head
        shared = read_group(first)
        negated = shared.negation if has_child(first, {"or", "nor"}, "cc") else None
        _apply_group(first, shared, ledger, negation=negated)
        group = shared if shared.finite else group
    _apply_group(verb, read_group(verb), ledger, negation=read_group(verb).negation)
    if verb.tag_ == "VBG" and verb.dep_ in {"acl", "relcl", "ROOT"}:
        ledger.note("ongoing", verb)


def _apply_group(verb: Token, group: Group, ledger: _Ledger, *, negation: Token | None) -> None:
    if negation is not None:
        ledger.note("negated", negation)
        if negation.lower_ in listed("adverbs", "never"):
            ledger.note("never", negation)
    if group.modal is not None:
        _apply_modal(group.modal, group, ledger)
    elif group.finite:
        ledger.note("past" if group.past else "present", verb)
    if group.progressive:
        ledger.note("ongoing", verb)
    _adverbs(verb, group, ledger)


def _adverbs(verb: Token, group: Group, ledger: _Ledger) -> None:
    for child in children(verb):
        if child.dep_ in {"advmod", "npadvmod", "acomp", "dep"}:
            if child.lower_ in listed("adverbs", "hedging"):
                ledger.note("hedged", child)
            elif child.lower_ == "longer" and has_child(child, {"no"}) is not None:
                ledger.note("negated", child)
        elif child.dep_ == "advcl":
            _antecedent(child, group, ledger)


def _apply_modal(modal: Token, group: Group, ledger: _Ledger) -> None:
    word = modal.lower_
    if word in listed("modals", "future"):
        ledger.note("planned", modal)
    elif word in listed("modals", "due"):
        ledger.note("attempted" if group.perfect else "planned", modal)
    elif group.perfect and word in {"may", "might", "could", "must"}:
        ledger.note("hedged", modal)
    elif word in {"would", "'d"} and not group.perfect:
        ledger.would = True
        ledger.note("would", modal)
    else:
        ledger.note("hypothetical", modal)


def _antecedent(clause: Token, group: Group, ledger: _Ledger) -> None:
    """A condition on the clause: "if …", "unless …", "should the ship …"."""
    mark = has_child(clause, listed("conditions", "words"), "mark", "advmod")
    inverted = next((c for c in clause.lefts if c.dep_ == "aux" and c.lower_ in {"should", "were", "had"}), None)
    is_inverted = inverted is not None and inverted.i == clause.left_edge.i
    if (mark is not None or is_inverted) and (group.modal is not None or not group.past):
        even = mark is not None and mark.i > 0 and mark.doc[mark.i - 1].lower_ == "even"
        if not even:
            ledger.note("hypothetical", mark or inverted)


def _noun_group(noun: Token, ledger: _Ledger) -> None:
    """Adjectives and "no" before a noun of motion."""
    if noun.lower_ in listed("adjectives", "to_planned") and noun.pos_ == "ADJ":
        ledger.note("planned", noun)
    for child in children(noun):
        if child.dep_ in {"amod", "compound", "advmod"}:
            for key in ("planned", "hedging", "considered", "requested", "attempted", "ongoing"):
                if child.lower_ in listed("adjectives", key):
                    ledger.note(_KIND_OF.get(key, key), child)
        elif child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
            ledger.note("negated", child)


_KIND_OF = {"hedging": "hedged", "considered": "hypothetical"}


def _thwarted_later(head: Token, ledger: _Ledger) -> None:
    """A later verb of the row, or a clause hung on it, that says the mover was stopped."""
    for child in children(head):
        if child.dep_ in {"conj", "advcl"} and child.i > head.i and _stops_subject(child):
            ledger.note("thwarted", child)
        elif child.dep_ == "prep" and child.lower_ in {"before", "until", "after"} and child.lower_ != "after":
            for inner in child.rights:
                if inner.dep_ == "pcomp" and _stops_subject(inner):
                    ledger.note("thwarted", inner)


def _stops_subject(verb: Token) -> bool:
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


# -- what governs it -----------------------------------------------------------------------------------------------


def _climb(head: Token, ledger: _Ledger) -> None:
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


def _step(node: Token, parent: Token, ledger: _Ledger, *, open_scope: bool) -> bool:
    """Go from a word to its governor; returns whether modality still reaches the clause from further out."""
    dep = node.dep_
    if dep == "conj":
        if _stops_subject(parent) and read_group(node).infinitive:
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


def _complement(node: Token, parent: Token, ledger: _Ledger, *, open_scope: bool) -> bool:
    """``node`` is what somebody says, plans or tries."""
    group = read_group(parent)
    if dep_is_clause(node) and _reports(node, parent, group, ledger):
        return False
    if parent.pos_ == "ADJ":
        return _adjective(parent, ledger)
    if not open_scope:
        return False
    kind = _kind_of_governor(node, parent, group)
    if parent.lower_ in listed("modals", "due"):
        kind = "attempted" if read_group(node).perfect else "planned"
    elif parent.lower_ in HAVE and has_child(parent, {"yet"}, "advmod"):  # "has yet to arrive"
        kind = "planned"
    if kind is not None:
        ledger.note(kind, parent)
    if parent.lower_ in BE and read_group(node).infinitive:  # "is to finish", "was to have docked"
        ledger.note("attempted" if read_group(node).perfect and group.past else "planned", parent)
    _apply_group(parent, group, ledger, negation=group.negation)
    if kind == "planned":
        ledger.drop("ongoing")
    return True


def dep_is_clause(node: Token) -> bool:
    """Whether a complement is a clause that can be reported, not a bare infinitive after "expected"."""
    return node.dep_ in {"ccomp", "parataxis"} or read_group(node).infinitive


def _reports(node: Token, parent: Token, group: Group, ledger: _Ledger) -> bool:
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
    if infinitive and group.negation is not None:
        ledger.note("negated", group.negation)
    return True


def _phrase(noun: Token | None) -> tuple[int, int] | None:
    return source_tokens(noun) if noun is not None else None


def _is_hearsay(verb: Token) -> bool:
    return lemma_in(verb, "hearsay") is not None and read_group(verb).passive and agent(verb) is None


def _kind_of_governor(node: Token, parent: Token, group: Group) -> str | None:
    """What a verb that governs an infinitive or participle makes of it."""
    if lemma := lemma_in(parent, "attempted"):
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


def _adjective(adjective: Token, ledger: _Ledger) -> bool:
    word = adjective.lower_
    for key, kind in (("to_planned", "planned"), ("to_failed", "attempted"), ("to_considered", "hypothetical")):
        if word in listed("adjectives", key):
            ledger.note(kind, adjective)
            if word == "likely":
                ledger.note("hedged", adjective)
    verb = adjective.head
    if adjective.dep_ == "acomp" and verb.pos_ in {"AUX", "VERB"}:
        group = read_group(verb)
        _apply_group(verb, group, ledger, negation=group.negation)
        if group.perfect and group.past and "planned" in ledger.kinds:
            ledger.note("attempted", adjective)
    return True


def _adverbial(node: Token, parent: Token, ledger: _Ledger, *, open_scope: bool) -> bool:
    """``node`` is an adverbial clause of ``parent``: condition, time, purpose, participle."""
    own = read_group(node)
    mark = has_child(node, listed("conditions", "words"), "mark", "advmod")
    inverted = own.modal is not None and own.modal.lower_ == "should" and own.modal.i == node.left_edge.i
    if open_scope and (mark is not None or inverted):
        ledger.drop("planned")
        ledger.note("hypothetical", mark or own.modal)
        return False
    if lemma_in(parent, "thwarting") and open_scope:
        if _stops_subject(parent) or has_child(parent, {"from"}, "prep"):
            ledger.note("thwarted", parent)
        return True
    if own.infinitive and open_scope:
        return _purpose(node, parent, ledger)
    if own.finite or not open_scope:
        return False
    group = read_group(parent)
    _apply_group(parent, group, ledger, negation=None)
    if mark_word := has_child(node, {"before"}, "mark"):
        ledger.note("purpose", mark_word)
    return True


def _purpose(node: Token, parent: Token, ledger: _Ledger) -> bool:
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
    _apply_group(parent, group, ledger, negation=group.negation)
    return True


def _noun_clause(node: Token, noun: Token, ledger: _Ledger, *, open_scope: bool) -> bool:
    """``node`` qualifies a noun: "a tanker leaving Cuba was seized", "a plan to send troops", "reports that …"."""
    word = noun.lower_
    if open_scope:
        for key in ("planned", "requested", "considered", "attempted", "denied", "hedging"):
            if word in listed("nouns", key):
                ledger.note(_KIND_OF.get(key, key), noun)
        if word in listed("nouns", "reports") or word in listed("nouns", "hedging"):
            ledger.note("hedged", noun)
            if lemma_in(noun.head, "denied"):
                ledger.note("denied", noun.head)
                ledger.source(noun.head, _phrase(subject(noun.head)))
        permission = word in {"permission", "entry", "access", "clearance", "leave", "right"}
        if permission and lemma_in(noun.head, "denied"):
            ledger.note("denied", noun.head)
        if read_group(node).infinitive and not ledger.kinds & {
            "planned",
            "requested",
            "hypothetical",
            "denied",
            "attempted",
        }:
            ledger.note("planned", node)
        off = noun.head
        if word in listed("nouns", "planned") and noun.dep_ in {"dobj", "nsubjpass"} and lemma_in(off, "calls_off"):
            ledger.note("attempted", off)
    stopped = _what_stopped(noun)
    if stopped is not None and (node.dep_ == "acl" or ledger.kinds & {"ongoing", "planned"}):
        ledger.note("thwarted", stopped)
    return False


def _what_stopped(noun: Token) -> Token | None:
    """The word that says that what a noun names was seized or stopped: "seized a tanker", "the capture of a jet"."""
    while noun.dep_ == "appos":
        noun = noun.head
    governor = noun.head
    if noun.dep_ == "dobj":
        return governor if lemma_in(governor, "thwarting") not in {None, "turn", "keep", "board", "stop"} else None
    if noun.dep_ == "nsubjpass":
        return governor if _stops_subject(governor) else None
    if noun.dep_ == "pobj" and governor.lower_ == "of":
        near = (governor.head, *islice((t for t in governor.head.ancestors), 3))
        return next((t for t in near if t.lower_ in listed("nouns", "thwarting")), None)
    return None


def _preposition(prep: Token, parent: Token, ledger: _Ledger, *, open_scope: bool) -> bool:
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
        _apply_group(parent, group, ledger, negation=group.negation)
        return True
    if parent.pos_ in {"VERB", "AUX"}:
        return _argument(prep, parent, ledger)
    for key in ("planned", "requested", "considered", "attempted", "thwarting", "denied", "hedging"):
        if parent.lower_ in listed("nouns", key):
            ledger.note({"thwarting": "thwarted"}.get(key, _KIND_OF.get(key, key)), parent)
    return True


def _argument(node: Token, verb: Token, ledger: _Ledger) -> bool:
    """``node`` is subject, object or complement of ``verb``: "cancelled the flight", "called for a visit"."""
    group = read_group(verb)
    wants = lemma_in(verb, "requested")
    if node.dep_ == "prep" and wants and node.lower_ == "for":
        caller = subject(verb)
        is_plan = caller is not None and caller.lower_ in listed("nouns", "planned")
        ledger.note("planned" if is_plan else "requested", verb)
    elif node.dep_ in {"dobj", "nsubjpass"}:
        for key in ("planned", "attempted", "denied", "requested", "considered", "hedging"):
            if lemma_in(verb, key):
                ledger.note(_KIND_OF.get(key, key), verb)
                break
    elif node.dep_ in {"nsubj", "csubj"} and not (verb.lower_ in BE or group.modal is None):
        return False
    if node.dep_ != "prep" or node.lower_ not in {"after", "since", "following"}:
        _apply_group(verb, group, ledger, negation=group.negation)
    return True


# -- the sentence --------------------------------------------------------------------------------------------------


def _phrases(head: Token, ledger: _Ledger) -> None:
    """Set phrases within a few words of the clause: "on its way", "about to"."""
    doc = head.doc
    start, end = max(0, head.i - 8), min(len(doc), head.i + 9)
    near = " " + " ".join(t.lower_ for t in doc[start:end]) + " "
    for kind in ("ongoing", "planned"):
        for phrase in listed("phrases", kind):
            if f" {phrase} " in near and not (kind == "ongoing" and ledger.kinds & {"planned", "past"}):
                ledger.note(kind, head)


def _is_question(head: Token) -> bool:
    """Whether the sentence ends in a question mark and the clause is not inside a quotation before it."""
    end = head.sent[-1]
    return end.text == "?" and not any(t.text in {"”", '"'} for t in head.sent[max(0, len(head.sent) - 3) :])
