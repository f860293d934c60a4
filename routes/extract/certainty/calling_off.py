"""Trips told before and then called off: "the flight was cancelled", "it never took off", "the voyage fell through".

Such words name no place of their own; they say of the trip of that carrier told last that it was not made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.certainty.predicates import BEING, said_of_clause, verdict
from routes.extract.lexicon.tables import Cue, load_lexicon, word_set
from routes.extract.text.clause import lemma_in, read_group
from routes.extract.trips.clauses import Move, index_of, subject_of
from routes.model import MentionRole, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

POINTING = frozenset(("the", "that", "this", "its", "their", "his", "her", "both"))
NEVER = frozenset(("never", "not", "n't", "n’t"))


def called_off(parsed: Parsed, token: Token) -> Move | None:
    """What a word says of a trip told before: that it was not made; None where it says nothing of the kind."""
    if token.pos_ not in ("NOUN", "VERB", "AUX"):
        return None
    lexicon = load_lexicon()
    if token.pos_ == "NOUN" and (token.lower_ in lexicon.nouns or token.lower_ in word_set("trip_nouns")):
        if not _points(parsed, token) or not _is_off(token):
            return None
        return _move(parsed, token, lexicon.nouns["trip"], None)
    if _denies_told(token):
        return _move(parsed, token, lexicon.nouns["trip"], None, Status.DENIED)
    if token.pos_ != "VERB" or not _never_left(parsed, token):
        return None
    return _move(parsed, token, lexicon.verbs["head"][-1], index_of(subject_of(token)))


def _denies_told(token: Token) -> bool:
    """Whether it says that what was told right before is untrue: "the ministry denied this", "the report was false"."""
    if token.pos_ == "NOUN":
        if token.lower_ not in word_set("tellings"):
            return False
        said = verdict(token, token.head)
        plain = not any(c.dep_ in ("acl", "relcl", "prep") for c in token.children)
        return plain and said is not None and said.kind == "denied"
    denies = lemma_in(token, "denied") is not None
    if not (denies or token.lower_ in BEING or token.lower_ in word_set("calling")):
        return False
    thing = next((c for c in token.children if c.dep_ in ("dobj", "nsubj", "nsubjpass") and c.lower_ in POINTERS), None)
    if thing is None:
        return False
    if denies and thing.dep_ in ("dobj", "nsubjpass"):
        return read_group(token).negation is None
    after = token.doc[token.i + 1 : token.right_edge.i + 1]
    called = any(said_of_clause(word.lower_, negated=False) == "denied" for word in after)
    return called and (thing.dep_ == "dobj" or token.pos_ == "AUX") and read_group(token).negation is None


POINTERS = frozenset(("it", "this", "that"))


def _move(parsed: Parsed, token: Token, cue: Cue, subject: int | None, off: Status = Status.ATTEMPTED) -> Move:
    return Move(parsed=parsed, token=token.i, cue=cue, subject=subject, theme=None, slots=(), off=off)


def _points(parsed: Parsed, noun: Token) -> bool:
    """Whether a noun of a trip points back and says no more: "the flight", not "the return flight" or "a flight to"."""
    if not any(c.lower_ in POINTING for c in noun.lefts):
        return False
    told = {c for c in noun.children if c.dep_ in ("amod", "compound", "prep", "relcl", "acl", "nmod", "appos")}
    plain = all(c.lower_ in ("planned", "whole", "entire", "scheduled") for c in told)
    return plain and not any(
        m is not None and m.role is not MentionRole.DEMONYM
        for m in parsed.mentions[noun.left_edge.i : noun.right_edge.i + 1]
    )


def _is_off(noun: Token) -> bool:
    said = verdict(noun, noun.head)
    return said is not None and said.kind in ("attempted", "denied")


def _never_left(parsed: Parsed, verb: Token) -> bool:
    """Whether it is "never took off", "did not sail", with no place behind it."""
    cues = [cue for lemma in load_lexicon().lemmas.get(verb.lower_, ()) for cue in load_lexicon().verbs[lemma]]
    after = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]}
    cue = next((c for c in cues if all(word in after for word in c.words[1:])), None)
    leaves = cue is not None and (cue.frame.name in ("setoff", "depart") or cue.words[0] in ("fly", "sail"))
    if not leaves or any(parsed.mentions[t.i] is not None for t in verb.doc[verb.i : verb.right_edge.i + 1]):
        return False
    group = read_group(verb)
    return group.negation is not None and group.negation.lower_ in NEVER and group.finite and not group.passive
