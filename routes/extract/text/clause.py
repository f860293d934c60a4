"""The verb group of a clause: its modal, negation, tense and aspect, read from the parse.

The pipeline gives no lemmas, so words are looked up by form; the forms are made from the tables once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import inflect_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 40
"""How many dependents of a word are looked at on either side: keeps the time linear on sentences without end."""

BE = frozenset(("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "’s", "’re", "'m"))
HAVE = frozenset(("have", "has", "had", "having", "'ve", "’ve", "'d", "’d", "'s", "’s"))
GET = frozenset(("get", "gets", "got", "getting", "gotten"))
PAST_FORMS = frozenset(("was", "were", "had", "did"))
ONLY = frozenset(("only", "just", "merely", "simply", "least"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A verb with its auxiliaries.

    Attributes:
        modal: "may", "will", "should" …, or None.
        negation: "not", "never", "no" (before the subject), or None.
        past: Whether its finite form is past.
        perfect, progressive, passive, infinitive: Its aspect and voice.
        finite: Whether it has a finite form at all.
    """

    modal: Token | None
    negation: Token | None
    past: bool
    perfect: bool
    progressive: bool
    passive: bool
    infinitive: bool
    finite: bool


def children(token: Token) -> Iterator[Token]:
    """The dependents of a word, at most ``NEAR`` on either side, in the order of the text."""
    lefts = list(islice(token.lefts, NEAR))
    return chain(lefts, islice(token.rights, NEAR))


def read_group(verb: Token) -> Group:
    """The verb group that ``verb`` heads."""
    modal = negation = None
    perfect = progressive = passive = infinitive = False
    past, finite = verb.tag_ == "VBD", verb.tag_ in {"VBD", "VBZ", "VBP"}
    for child in children(verb):
        form = child.lower_
        if child.dep_ in {"aux", "auxpass"}:
            if child.tag_ == "TO" or form == "to":
                infinitive = True
            elif child.tag_ == "MD":
                modal = child
            elif form in HAVE and (verb.tag_ in {"VBN", "VBD"} or form not in BE):
                perfect = True
            elif form in BE and verb.tag_ == "VBG":
                progressive = True
            progressive = progressive or (form == "being" and verb.tag_ in {"VBN", "VBD"})
            past = past or form in PAST_FORMS
            finite = finite or child.tag_ in {"MD", "VBD", "VBZ", "VBP"}
            passive = passive or child.dep_ == "auxpass" or (form in GET and verb.tag_ == "VBN")
        elif child.dep_ == "neg" and not _is_not_only(child):
            negation = child
        elif form in {"nor", "neither"} and child.i < verb.i and child.dep_ in {"cc", "preconj", "advmod"}:
            negation = child  # "Nor were there any"
        elif child.dep_ in SUBJECTS or child.dep_ in {"dobj", "attr", "prep", "dative"}:
            negation = negation or _negative(child)
    return Group(
        modal=modal,
        negation=negation,
        past=past,
        perfect=perfect,
        progressive=progressive,
        passive=passive,
        infinitive=infinitive,
        finite=finite,
    )


def _is_not_only(negation: Token) -> bool:
    after = negation.i + 1
    return after < len(negation.doc) and negation.doc[after].lower_ in ONLY


def _negative(noun: Token) -> Token | None:
    """The "no" before a noun, "neither … nor" also before a preposition, or "nobody", "none", "neither" itself."""
    if noun.lower_ in {"nobody", "none", "neither", "nothing"}:
        return noun
    return has_child(noun, {"no", "neither"}, "det", "neg", "preconj")


@cache
def _forms(category: str) -> dict[str, str]:
    table = load_table("certainty")
    irregular = table["irregular"]
    return {
        form: lemma
        for lemma in table["verbs"][category]
        for form in inflect_verb(lemma) | {lemma} | set(irregular.get(lemma, ()))
    }


def lemma_in(token: Token, category: str) -> str | None:
    """The lemma of a verb if it is in that list of certainty.toml, else None."""
    return _forms(category).get(token.lower_)


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """A word list of certainty.toml."""
    return frozenset(load_table("certainty")[section][key])


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or, for a verb in a row without one, that of the first in the row."""
    for _ in range(NEAR):
        found = next((c for c in children(verb) if c.dep_ in SUBJECTS), None)
        if found is not None or verb.dep_ != "conj" or verb.head == verb:
            return found
        verb = verb.head
    return None


def has_child(token: Token, words: frozenset[str] | set[str], *deps: str) -> Token | None:
    """The first dependent that is one of ``words`` (and, if given, has one of ``deps``)."""
    return next((c for c in children(token) if c.lower_ in words and (not deps or c.dep_ in deps)), None)
