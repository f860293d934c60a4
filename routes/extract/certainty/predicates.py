"""What a predicate says of a trip that a noun names: that it took place, fell through, is in doubt, is untrue.

"The visit to Oslo was called off", "remains in doubt", "never took place": the noun alone would be told as done. The
predicates are a table, ``lexicon/predicates.tsv``; "be" stands there for every verb that says how a thing is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.clipped.entry_labels import is_date
from routes.extract.lexicon.tables import inflect_verb, read_rows
from routes.extract.text.clause import children, read_group

if TYPE_CHECKING:
    from spacy.tokens import Token

BEING = frozenset(
    (
        *("be", "is", "are", "was", "were", "been", "being", "'s", "’s", "seem", "seems", "seemed", "look", "looks"),
        *("looked", "appear", "appears", "appeared", "remain", "remains", "remained", "stay", "stays", "stayed"),
        *("sound", "sounds", "sounded", "prove", "proves", "proved", "turn", "turns", "turned", "become", "becomes"),
        "became",
    )
)
"""Verbs that say how or what their subject is."""

LINKING = frozenset(("acomp", "attr", "prep", "advmod", "oprd", "prt", "npadvmod", "dep"))
"""Dependents by which they say it."""

OBJECT = frozenset(("dobj", "nsubjpass"))
SUBJECT = frozenset(("nsubj", "csubj", "nsubjpass"))
SLACK = 3
"""So many words may stand among those of a predicate: "put the trip on hold" has its own object there."""

FILLERS = frozenset(
    ("now", "still", "also", "again", "highly", "very", "increasingly", "most", "more", "all", "largely")
)
ALONE = (("off",), ("on",), ("out",), ("next",))
MAX_PHRASE = 8
TERMS = frozenset(
    ("next", "later", "early", "late", "mid", "week", "month", "year", "spring", "summer", "autumn", "winter")
)
"""Words behind the "to" that says till when something is put off."""
DOUBTING = frozenset(("may", "might", "could", "would", "can", "'d"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One row of the table: its words, the side the trip stands on, and what it says, plain and negated."""

    words: tuple[str, ...]
    side: str
    says: str
    negated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a predicate says of a trip.

    Attributes:
        kind: attempted, hypothetical, denied, planned, or "" where it says that the trip was made.
        word: The word that says so.
        settled: Whether its negation and modal are part of that already.
    """

    kind: str
    word: Token
    settled: bool


@cache
def _predicates() -> dict[str, tuple[Predicate, ...]]:
    """Form of the verb → its rows, the longest first."""
    found: dict[str, list[Predicate]] = {}
    for words, side, says, negated, forms in read_rows("predicates.tsv", 5):
        verb, *rest = words.split()
        row = Predicate(words=tuple(rest), side=side, says=says, negated=negated)
        known = BEING if verb == "be" else inflect_verb(verb) | set(forms.split())
        for form in known:
            found.setdefault(form, []).append(row)
    return {form: tuple(sorted(rows, key=lambda r: -len(r.words))) for form, rows in found.items()}


def said_of_clause(adjective: str, *, negated: bool) -> str:
    """What "it is untrue that …" and "it is not true that …" say of the clause that follows; "" for nothing."""
    row = next((row for row in _predicates()["be"] if row.words == (adjective,)), None)
    return "" if row is None else row.negated if negated else row.says


def verdict(node: Token, verb: Token) -> Verdict | None:
    """What a predicate says of its argument, or None where it says nothing of whether that came about.

    Args:
        node: A dependent of ``verb`` that is or holds the noun of the trip.
        verb: The verb of the predicate.
    """
    rows = _predicates().get(verb.lower_, ())
    if not rows:
        return None
    said = _said_of_subject(verb) if verb.lower_ in BEING else ()
    for row in rows:
        fits = _fits(row, node, verb, said)
        if fits:
            return _weighed(row, node, verb)
    return None


def _weighed(row: Predicate, node: Token, verb: Token) -> Verdict:
    group = read_group(verb)
    if row.says == "attempted" and group.modal is not None and group.modal.lower_ in DOUBTING and not group.perfect:
        return Verdict(kind="planned", word=group.modal, settled=True)  # "the visit may be called off"
    negation = group.negation
    if negation is None:
        return Verdict(kind=row.says, word=verb, settled=False)
    if negation.lower_ in ("no", "neither", "none", "nobody") and negation.head.i == node.i:
        return Verdict(kind="", word=negation, settled=False)  # "no flight took place": it is the noun that is denied
    return Verdict(kind=row.negated, word=negation, settled=True)


def _fits(row: Predicate, node: Token, verb: Token, said: tuple[tuple[str, ...], ...]) -> bool:
    if said and _side(node, verb, "subject"):
        # "is off", "looks highly unlikely", "turned out to be fiction"
        return row.side == "subject" and any(_says(words, row.words) for words in said)
    if node.head == verb and node.dep_ == "prep" and row.words[-1:] != (node.lower_,):
        return False  # "cancelled his talks during a visit to Oslo"
    return _side(node, verb, row.side) and _followed(node, verb, row.words)


def _says(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether a phrase begins with the words of a row; "off" alone is "off", and "off Cyprus" a place."""
    return bool(wanted) and words[: len(wanted)] == wanted and (wanted not in ALONE or words == wanted)


def _side(node: Token, verb: Token, side: str) -> bool:
    if side == "subject":
        return node.head == verb and node.dep_ in SUBJECT
    if side == "indefinite" and not _indefinite(node):
        return False
    if node.dep_ == "nsubj":  # "Flight to Oslo cancelled": no trip cancels anything
        return verb.tag_ in ("VBN", "VBD") and not any(c.dep_ == "dobj" for c in verb.children)
    doing = node.tag_ == "VBG" and node.dep_ in ("xcomp", "ccomp", "advcl")  # "ruled out sending a ship"
    return node.head != verb or node.dep_ in OBJECT or node.dep_ == "prep" or doing


def _indefinite(noun: Token) -> bool:
    """Whether a noun brings up something new: "a visit", "flights"; "the visit" may have been made already."""
    first = {c.lower_ for c in noun.lefts if c.dep_ in ("det", "poss")}
    opens = noun.i == noun.sent.start  # "Visit to Oslo announced by …"
    return bool(first & {"a", "an", "another"}) or ((opens or noun.tag_ == "NNS") and not first)


def _followed(node: Token, verb: Token, words: tuple[str, ...]) -> bool:
    """Whether the words of a predicate follow its verb, in this order and near, outside the noun phrase itself."""
    within = range(node.left_edge.i, node.right_edge.i + 1) if node.i > verb.i and node.dep_ != "prep" else range(0)
    at, slack = verb.i + 1, SLACK
    for word in words:
        while at < len(verb.doc) and (verb.doc[at].lower_ != word or (at in within and _leads(verb.doc[at]))):
            slack -= at not in within
            at += 1
            if slack < 0:
                return False
        if at >= len(verb.doc):
            return False
        at += 1
    return True


def _leads(word: Token) -> bool:
    """Whether a "to" says where the trip led and not till when it is put off: "postponed his visit to Goma"."""
    after = word.doc[word.i + 1 : word.i + 3]
    return word.lower_ == "to" and not any(is_date(t) or t.lower_ in TERMS for t in after)


def _said_of_subject(verb: Token) -> tuple[tuple[str, ...], ...]:
    """What "is", "looks" or "turned out to be" says, as words without article and adverb."""
    found: list[tuple[str, ...]] = []
    for child in children(verb):
        if child.dep_ == "xcomp" and child.lower_ in BEING:
            found += _said_of_subject(child)
        elif child.i > verb.i and (child.dep_ in LINKING or (child.dep_ == "xcomp" and child.pos_ in ("ADJ", "NOUN"))):
            last = min(child.right_edge.i + 1, child.left_edge.i + MAX_PHRASE)
            words = [t.lower_ for t in verb.doc[child.left_edge.i : last] if t.lower_ not in FILLERS]
            found += [tuple(words), *([] if child.dep_ == "prep" else [tuple(words[1:]), (child.lower_,)])]
            if child.dep_ == "prep" and child.lower_ in ("up", "out", "off"):
                found.append((child.lower_, *(w for w in words if w != child.lower_)))
    return tuple(found)
