"""What a verb group decides of its clause: negation, modal, tense, aspect, hedging adverbs, a condition on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.text.clause import Group, children, has_child, lemma_in, listed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.certainty.ledger import Ledger


def apply_group(verb: Token, group: Group, ledger: Ledger, *, negation: Token | None) -> None:
    """Note what a verb group says; ``negation`` is given apart, for it is not always shared along a row of verbs."""
    if negation is not None:
        ledger.note("negated", negation)
        if negation.lower_ in listed("adverbs", "never") and lemma_in(verb, "due") and group.past:
            ledger.note("attempted", negation)  # "she never reached New York"
    if group.modal is not None:
        _apply_modal(group.modal, group, ledger)
    elif group.finite:
        ledger.note("past" if group.past else "present", verb)
    if group.progressive:
        ledger.note("ongoing", verb)
    _adverbs(verb, group, ledger)


def _adverbs(verb: Token, group: Group, ledger: Ledger) -> None:
    for child in children(verb):
        if child.dep_ in {"advmod", "npadvmod", "acomp", "dep"}:
            if child.lower_ in listed("adverbs", "short"):
                ledger.note("attempted", child)
            elif child.lower_ in listed("adverbs", "hedging"):
                ledger.note("hedged", child)
            elif child.lower_ == "longer" and has_child(child, {"no"}) is not None:
                ledger.note("negated", child)
        elif child.dep_ == "advcl":
            _antecedent(child, group, ledger)


def _apply_modal(modal: Token, group: Group, ledger: Ledger) -> None:
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


def _is_proviso(clause: Token) -> bool:
    """Whether a condition only makes allowance for what may delay a plan: the weather, a consent."""
    present = clause.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass", "neg"} for c in clause.children)
    return present and clause.lower_ in listed("conditions", "provisos")


def _antecedent(clause: Token, group: Group, ledger: Ledger) -> None:
    """A condition on the clause: "if …", "unless …", "should the ship …"."""
    mark = has_child(clause, listed("conditions", "words"), "mark", "advmod")
    inverted = next((c for c in clause.lefts if c.dep_ == "aux" and c.lower_ in {"should", "were", "had"}), None)
    is_inverted = inverted is not None and inverted.i == clause.left_edge.i
    if (mark is not None or is_inverted) and (group.modal is not None or not group.past):
        even = mark is not None and mark.i > 0 and mark.doc[mark.i - 1].lower_ == "even"
        if not even and _is_proviso(clause):
            ledger.note("planned", mark or inverted)  # "will sail on Friday if the weather holds"
        elif not even:
            ledger.note("hypothetical", mark or inverted)
