"""Which sentences are worth a parse for the forces they may put at a place: a look at their words alone."""

from __future__ import annotations

from functools import cache

from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import inflect_verb
from routes.extract.text.sizes import ONES, SCALES, TENS

COMMON = frozenset(
    ("company", "companies", "division", "divisions", "garrison", "airborne", "corps", "patrol", "cruiser", "cruisers")
)
"""Words of the lists of forces that are too common beside them to decide alone."""
BASES = frozenset(("base", "bases", "camp", "garrison", "airbase", "barracks", "outpost"))
ADDING = frozenset(("another", "more", "additional", "further", "extra", "first", "last"))
"""Words by which a number belongs to a force told of before."""
HAVING = frozenset(("has", "have", "had"))
BEING = frozenset(("is", "are", "was", "were", "been"))
MILITARY = frozenset(
    (
        "military",
        "army",
        "navy",
        "naval",
        "militia",
        "nato",
        "contingent",
        "fleet",
        "flotilla",
        "armada",
        "warplanes",
        "bombers",
        *("patriot", "himars", "thaad", "iskander", "s-300", "s-400", "nasams"),
    )
)


@cache
def sure_words() -> frozenset[str]:
    """Words that name a force whatever stands beside them."""
    data = load_table("deployments")
    forces = data["forces"]
    sure = {
        *forces["people"],
        *forces["units_alone"],
        *forces["vessels_alone"],
        *data["marks"]["names"],
        *MILITARY,
        "forces",
    }
    return frozenset(sure - COMMON)


@cache
def likely_words() -> frozenset[str]:
    """Words that may name a force beside a verb of deploying."""
    forces = load_table("deployments")["forces"]
    return frozenset(word for key in forces if key != "craft" for word in forces[key]) - sure_words()


@cache
def fairly_words() -> frozenset[str]:
    """Of the likely words, those that firms, teams and the police do not share."""
    forces = load_table("deployments")["forces"]
    return likely_words() - {*forces["weak"], *forces["civil"], *forces["civilian"], "mission", "rotation", "garrison"}


@cache
def placing_words() -> frozenset[str]:
    """Verbs that put a force somewhere, keep it there or take it away."""
    return (
        frozenset(form for key in ("send", "martial", "host", "leave", "stay") for form in verb_forms(key))
        | HAVING
        | BEING
    )


@cache
def verb_forms(key: str) -> dict[str, str]:
    """Every form of the verbs of one list of deployments.toml, with its lemma."""
    data = load_table("deployments")
    return {
        form: lemma
        for lemma in data["verbs"][key]
        for form in inflect_verb(lemma) | {lemma} | set(data["irregular"].get(lemma, ()))
    }


def tells_of_force(words: set[str], text: str) -> bool:
    """Whether a sentence with a place may put a force there.

    Args:
        words: Its words in lower case.
        text: The sentence.
    """
    if not words.isdisjoint(sure_words()):
        return True
    if not words.isdisjoint(BASES) and not words.isdisjoint(verb_forms("gives_up")):
        return True
    likely = words & likely_words()
    if likely and not words.isdisjoint(verb_forms("clear").keys() | verb_forms("martial").keys()):
        return True
    if likely & fairly_words() and not words.isdisjoint(placing_words()):
        return True
    counted = any(c.isdigit() for c in text) or not words.isdisjoint(ONES.keys() | TENS.keys() | SCALES.keys())
    if counted and likely:
        return not (words.isdisjoint(verb_forms("send")) and words.isdisjoint(HAVING))
    return counted and not (words.isdisjoint(verb_forms("nationals")) and words.isdisjoint(BASES))


def goes_on(text: str, *, places: int) -> bool:
    """Whether a sentence without a place adds to a force told of before it, or takes it away: "90 more will come"."""
    words = set(text.lower().replace(",", " ").replace(".", " ").split())
    counted = any(c.isdigit() for c in text) or not words.isdisjoint(ONES.keys() | TENS.keys() | SCALES.keys())
    adds = counted and not words.isdisjoint(ADDING) and not words.isdisjoint(going_words())
    adds = adds or (places > 0 and counted and not words.isdisjoint(HAVING | {"others"}))
    return adds or (not words.isdisjoint(sure_words()) and not words.isdisjoint(verb_forms("leave")))


@cache
def going_words() -> frozenset[str]:
    """Verbs of sending, coming and leaving."""
    return frozenset(form for key in ("send", "come", "leave", "promise") for form in verb_forms(key)) | HAVING
