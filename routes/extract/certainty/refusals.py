"""Carriers kept out of a place: "was refused entry at P", "was turned away from P", "P denied it a berth".

The place is where the carrier meant to go and did not come: a goal that was refused, and never a stop.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import inflect_verb, load_lexicon
from routes.extract.places.noun_places import chain, named_place
from routes.extract.text.clause import read_group
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.clauses import Move, index_of, resolve_relative, subject_of
from routes.extract.trips.slots import Part, Slot
from routes.model import MentionRole, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

NEAR = 40
VEHICLES = ("aircraft", "vessel", "convoy")
WATER = (Kind.SEA, Kind.WATERWAY)


@cache
def _forms(section: str) -> dict[str, str]:
    """Form → lemma of the verbs of ``turning`` or ``refusing``."""
    table = load_table("refusals")
    lemmas = table["turning"] if section == "turning" else table["refusing"]["verbs"]
    return {form: lemma for lemma in lemmas for form in inflect_verb(lemma) | set(table["irregular"].get(lemma, ()))}


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(load_table("refusals")[section][key])


@cache
def granting_forms() -> frozenset[str]:
    """Forms of the verbs that refuse only where they are negated."""
    granting = _words("refusing", "granting")
    return frozenset(form for form, lemma in _forms("refusing").items() if lemma in granting)


def refusal(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """The goal that a carrier was kept out of by a verb of refusing, or None.

    Args:
        parsed: The parsed sentence.
        token: A verb of it.
        skip: Tokens that only qualify another place.
    """
    if token.pos_ not in ("VERB", "AUX"):
        return None
    turns = token.lower_ in _forms("turning") and _has_particle(token)
    if not (turns or token.lower_ in _forms("refusing")):
        return None
    group = read_group(token)
    passive = group.passive or (token.tag_ == "VBN" and token.dep_ in ("acl", "advcl") and not group.perfect)
    entry = None if turns else _entry(token)
    granting = token.lower_ in granting_forms()
    if granting and (group.negation is None or entry is None):
        return None
    whom = _kept_out(parsed, token, entry, passive=passive or granting)
    asked = passive and entry is not None and entry.dep_ == "nsubjpass"  # "an application for Malta was rejected"
    if (whom is None and not asked) or not (turns or entry is not None or passive):
        return None
    slots = [
        s for s in _places(parsed, token, entry, passive=passive) if s.token not in skip and s.token != index_of(whom)
    ]
    if asked:
        slots = [s for s in slots if s.token < token.i] or slots
    if not slots:
        return None
    cue = load_lexicon().verbs["head"][-1]
    return Move(
        parsed=parsed,
        token=token.i,
        cue=cue,
        subject=None if asked else index_of(whom),
        theme=None,
        slots=tuple(slots),
        refused=True,
    )


def _has_particle(verb: Token) -> bool:
    wanted = load_table("refusals")["turning"][_forms("turning")[verb.lower_]]
    return any(c.lower_ in wanted for c in verb.rights) or verb.doc[verb.i + 1 : verb.i + 2].text in wanted


def _entry(verb: Token) -> Token | None:
    """The way in that is refused: "entry", "landing permission", "a berth"; in the passive the subject may be it."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "oprd", "attr") and child.lower_ in _words("entry", "nouns"):
            return child
    return None


def _kept_out(parsed: Parsed, verb: Token, entry: Token | None, *, passive: bool) -> Token | None:
    """Who was kept out: the subject of a passive, else the object, even where it is hung on "entry"."""
    deps = ("nsubjpass", "nsubj") if passive else ("dobj", "dative")
    found = next((c for c in verb.children if c.dep_ in deps and c != entry), None)
    if found is None and passive:
        found = subject_of(verb)
    if found is None and entry is not None:
        found = next((c for c in entry.children if c.dep_ in ("compound", "nmod", "poss") and _is_vehicle(c)), None)
    if found is None or found == verb:
        return None
    found = resolve_relative(found)
    return (
        found if parsed.mentions[found.i] is None and (_is_vehicle(found) or passive or found.pos_ == "PRON") else None
    )


def _is_vehicle(token: Token) -> bool:
    noun = load_lexicon().carriers.get(token.lower_)
    return token.text == STAND_IN_CRAFT or (noun is not None and noun.type in VEHICLES)


def _places(parsed: Parsed, verb: Token, entry: Token | None, *, passive: bool) -> Iterator[Slot]:
    """The places named as what it was kept out of: behind a preposition, or as who refused."""
    for head in (verb, *(c for c in verb.children if c.dep_ in ("advmod", "prt")), *((entry,) if entry else ())):
        for child in head.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in _words("entry", "prepositions"):
                for prep in (child, *(c for c in child.children if c.dep_ == "conj" and c.pos_ == "ADP")):
                    yield from _named(parsed, verb, [c for c in prep.children if c.dep_ == "pobj"], prep.lower_)
            elif child.dep_ in ("acl", "xcomp", "relcl", "pcomp") and head == entry:  # "permission to land in P"
                yield from _of_clause(parsed, verb, child)
    if not passive:
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None:
            yield from _of_refuser(parsed, verb, subject)


def _of_clause(parsed: Parsed, verb: Token, clause: Token) -> Iterator[Slot]:
    yield from _named(parsed, verb, [c for c in clause.children if c.dep_ == "dobj"], clause.lower_)
    for prep in clause.children:
        if prep.dep_ == "prep" and prep.lower_ in _words("entry", "prepositions"):
            yield from _named(parsed, verb, [c for c in prep.children if c.dep_ == "pobj"], prep.lower_)


def _of_refuser(parsed: Parsed, verb: Token, subject: Token) -> Iterator[Slot]:
    """Who refuses for a place: "Malta refused it entry", "port authorities in Aden", "three ports, Odesa and Varna"."""
    yield from _named(parsed, verb, [subject], "")
    if parsed.mentions[subject.i] is None and not _is_vehicle(subject):
        for child in subject.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "of"):
                yield from _named(parsed, verb, [c for c in child.children if c.dep_ == "pobj"], child.lower_)
            elif child.dep_ in ("appos", "compound", "poss"):
                yield from _named(parsed, verb, [child], "")


def _named(parsed: Parsed, verb: Token, heads: list[Token], word: str) -> Iterator[Slot]:
    for head in heads:
        for link in islice(chain(head), NEAR):
            mention = parsed.mentions[link.i]
            got = (link, mention) if mention is not None else named_place(parsed, link, known=not word or word == "by")
            if got is not None and got[1] is not None and _is_goal(got[1]):
                words = f"{verb.text} {word}".strip()
                yield Slot(part=Part.BOUND, token=got[0].i, mention=got[1], words=words)


def _is_goal(mention: PlaceMention) -> bool:
    if mention.role is MentionRole.DEMONYM:
        return False
    return mention.place is None or mention.place.kind not in WATER
