"""Which verbs and nouns make sense of which forces: soldiers withdraw, ships sail, missiles are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.forces.force_context import HOLDING
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force
from routes.extract.text.clause import children, read_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

CARRYING = frozenset(("fly", "land", "bring", "ship", "airlift", "carry", "ferry", "transport"))
"""Verbs that carry people somewhere; of ships and aircraft they tell a voyage or a flight."""
WITHDRAWING = frozenset(("withdraw", "pull", "recall", "remove", "evacuate", "repatriate", "return", "go"))
"""Verbs that take any force away; of ships and aircraft the others begin a voyage or a flight."""

PLACING = frozenset(
    ("deploy", "redeploy", "station", "place", "install", "position", "send", "move", "transfer", "locate", "park")
)
"""Verbs that put weapons somewhere."""
STATES = frozenset(
    (
        *("stationed", "based", "garrisoned", "assembled", "amassed", "massed", "housed", "billeted", "concentrated"),
        *("positioned", "kept", "maintained", "maintains", "keeps", "hosts", "spread", "scattered", "dispersed"),
        *(
            "quartered",
            "headquartered",
            "encamped",
            "entrenched",
            "located",
            "parked",
            "lodged",
            "attached",
            "embedded",
        ),
        *("dug", "deployed", "split", "distributed", "installed"),
    )
)
"""Participles and forms that tell where a force is rather than how it came there."""
PEACE = frozenset(
    (
        *("peacekeeping", "multinational", "un", "nato", "nations", "stabilisation", "stabilization"),
        *("expeditionary", "coalition"),
    )
)
"""What makes "the … force in X" soldiers rather than police."""
STANDING = frozenset(("forces", "advisers", "advisors", "personnel", "contractors"))
"""Words for people that, where marked, count by standing right before "in X"."""


def withdraws(force: Force, lemma: str) -> bool:
    """Whether leaving is a withdrawal and not the start of a voyage or flight."""
    if force.kind == Kinds.WEAPONS:
        return lemma in WITHDRAWING and force.batteries
    if force.kind == Kinds.NATIONALS:
        return False
    vehicle = force.kind in {Kinds.VESSELS, Kinds.AIRCRAFT} or (force.kind == Kinds.NAMED and force.unit is not None)
    return not vehicle or lemma in WITHDRAWING


def fits(force: Force, lemma: str) -> bool:
    """Whether a verb makes sense of a force: people called by nationality alone serve and fight, weapons are placed."""
    if force.kind == Kinds.NATIONALS:
        return lemma in table("verbs", "nationals")
    if force.kind in {Kinds.AIRCRAFT, Kinds.VESSELS} and lemma in CARRYING:
        return False
    return (
        force.kind != Kinds.WEAPONS or lemma in PLACING or (force.batteries and lemma in {"keep", "maintain", "host"})
    )


def is_state(verb: Token) -> bool:
    """Whether a participle tells a state: "stationed in", "based at", "assembled in"."""
    group = read_group(verb)
    state = verb.lower_ in STATES
    return state and (
        (verb.lower_ in {"kept", "maintained"} and group.perfect)
        or verb.dep_ in {"acl", "amod"}
        or (not group.past and not group.perfect)
        or verb.lower_ in {"maintains", "keeps", "hosts"}
    )


def stands_alone(word: str, force: Force) -> bool:
    """Whether a force counts by standing right before "in …": soldiers do, police officers and staff do not."""
    if force.kind in {Kinds.NATIONALS, Kinds.WEAPONS}:
        return False
    if force.kind == Kinds.PEOPLE:
        body = word == "force" and not PEACE.isdisjoint(force.words.lower().split())
        return body or word in table("forces", "people") or word in STANDING
    return True


def verb_over(noun: Token) -> Token | None:
    """The verb that has a noun for its object."""
    head = noun.head
    return head if head.pos_ in {"VERB", "AUX"} and noun.dep_ == "dobj" else None


def untagged(token: Token) -> bool:
    """Whether a verb of hosting is taken for a noun: "the base hosts 300 men"."""
    return token.dep_ == "ROOT" and token.lower_ in verb_forms("host") and any(c.dep_ == "nsubj" for c in token.lefts)


def holder(noun: Token, forces: Sequence[Force]) -> Token | None:
    """The verb whose "in …" belongs to a force in its object: "built up a presence in", "has 300 soldiers in"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    return verb if forces[0].kind == Kinds.PRESENCE or verb.lower_ in HOLDING else None


def leaves(verb: Token, lemma: str) -> bool:
    """Whether a verb of leaving has the particle it needs: "pull out", "fly home"."""
    particles = {c.lower_ for c in children(verb) if c.dep_ in {"prt", "advmod", "prep"}}
    if lemma in table("verbs", "leave_with_home"):
        return "home" in particles
    return lemma not in table("verbs", "leave_with_particle") or bool(particles & {"out", "away", "back", "home"})
