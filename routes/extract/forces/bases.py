"""Places told of by the forces they hold: "the base houses 300", "X is home to", "handed back its base in X"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from routes.extract.forces.force_context import HOLDING, is_country
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_places import BEING
from routes.extract.forces.force_reader import row
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force, read_force
from routes.extract.text.clause import children, has_child, read_group, subject
from routes.model import MentionRole, MentionStatus, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from gazetteer.place import Place
    from routes.extract.forces.force_places import PlaceFinder
    from routes.extract.forces.force_reader import ForceReader

HOME = frozenset(("home", "host"))
BECOMING = BEING | {"become", "becomes", "became"}
FORMER = frozenset(("once", "formerly", "previously"))
BEFORE_HOME = 8
"""At most so many tokens lie between a place and "home to …" set beside it."""
RELATIVE = frozenset(("which", "that", "where"))
BACK = frozenset(("over", "back", "up", "down"))


class Joined(NamedTuple):
    """A force and the place that holds or held it.

    Attributes:
        force: The force.
        token: Index of the token that names the place.
        place: The mention of the place.
        words: The words that join them.
        going: Whether the force has left.
    """

    force: Force
    token: int
    place: PlaceMention
    words: str
    going: bool = False


def hosted(verb: Token, who: ForceReader, where: PlaceFinder) -> Iterator[Joined]:
    """The forces in the object of a verb whose subject is the place they are at."""
    host = verb_forms("host").get(verb.lower_)
    holds = verb_forms("holds").get(verb.lower_)
    home = next((c for c in children(verb) if c.dep_ == "attr" and c.lower_ in HOME), None)
    if verb.lower_ in BECOMING and home is not None:
        forces = _at_home(home, who)
    elif host is not None or holds is not None:
        forces = who.forces([c for c in children(verb) if c.dep_ == "dobj"]) or _counted(verb, who)
    else:
        return
    holder = subject(verb)
    if holder is not None and holder.lower_ in RELATIVE and verb.dep_ == "relcl":
        holder = verb.head
    if holder is None or not forces:
        return
    only_bases = host is None and home is None
    for token, place, words in _places_of(holder, verb.text, where, only_bases=only_bases):
        for force in forces:
            if force.owner is None or place.place is None or not _own(force, place.place):
                yield Joined(force=force, token=token, place=place, words=words)


def home_beside(noun: Token, who: ForceReader, where: PlaceFinder) -> Iterator[tuple[Joined, bool]]:
    """Of "Gao, once home to 500 Germans, …": the force, and whether it is there no longer."""
    if noun.lower_ != "home" or noun.dep_ == "attr":
        return
    forces = _at_home(noun, who)
    near = range(noun.i - 1, max(-1, noun.i - BEFORE_HOME), -1)
    token = next((i for i in near if where.parsed.mentions[i] is not None), None)
    place = where.parsed.mentions[token] if token is not None else None
    if token is None or place is None or place.role is MentionRole.DEMONYM or place.place is None:
        return
    former = any(t.lower_ in FORMER for t in noun.doc[token : noun.i])
    for force in forces:
        yield Joined(force=force, token=token, place=place, words="home to"), former


def given_up(verb: Token, who: ForceReader, where: PlaceFinder) -> Iterator[Joined]:
    """A base in the object of a verb of closing or handing over: whoever it belonged to has gone from there."""
    lemma = verb_forms("gives_up").get(verb.lower_)
    if lemma is None or (lemma in table("verbs", "over_back") and has_child(verb, BACK) is None):
        return
    for thing in _dealt_with(verb):
        if thing.lower_ not in table("bases", "closed"):
            continue
        force = _leaving(verb, who) or _own_force(thing, verb, who) or _garrison(thing, verb, who)
        if force is None or _elsewhere(thing, who):
            continue
        places = list(where.named(thing, verb.text)) or list(where.places_round(verb, going=False))
        for token, place, words in places:
            yield Joined(force=force, token=token, place=place, words=words, going=True)


def _dealt_with(verb: Token) -> list[Token]:
    """The objects of a verb, and what is "said to have been given up"."""
    over = verb.head
    raised = verb.dep_ == "xcomp" and has_child(verb, {"been", "be"}, "auxpass") is not None
    found = [c for c in children(verb) if c.dep_ in {"dobj", "nsubjpass"}]
    return found + [c for c in children(over) if raised and c.dep_ in {"nsubj", "nsubjpass"}]


def _elsewhere(base: Token, who: ForceReader) -> bool:
    """Whether a base is at a place by a name that was not found: it is not where the sentence before was."""
    at = [n for c in children(base) if c.dep_ == "prep" for n in c.children if n.dep_ == "pobj"]
    return any(n.pos_ == "PROPN" for n in at) and all(who.parsed.mention(n) is None for n in at)


def _leaving(verb: Token, who: ForceReader) -> Force | None:
    """Who leaves a base that is closed: "the base at X was closed and its 90 soldiers were flown home"."""
    for other in verb.conjuncts:
        if verb_forms("leave").get(other.lower_) is None or read_group(other).negation is not None:
            continue
        for noun in (c for c in children(other) if c.dep_ in {"dobj", "nsubjpass", "nsubj"}):
            force = read_force(who.parsed, noun, who.text) if has_child(noun, {"its", "their"}, "poss") else None
            if force is not None and force.marked and force.kind in {Kinds.PEOPLE, Kinds.UNITS}:
                return who.owned(force, other)
    return None


def _own_force(base: Token, verb: Token, who: ForceReader) -> Force | None:
    """What is the place and those who hold it in one, where nobody's name is with it: "the outpost", "the garrison"."""
    if base.lower_ not in table("forces", "presence"):
        return None
    force = read_force(who.parsed, base, who.text)
    return None if force is None else who.owned(replace(force, marked=True), verb)


def manned(base: Token, who: ForceReader, where: PlaceFinder) -> Iterator[Joined]:
    """The force that a base has with it: "the base in X, with 3,000 men"."""
    if base.lower_ not in table("bases", "closed"):
        return
    for prep in (c for word in (base, base.head) for c in children(word) if c.lower_ == "with" and c.i > base.i):
        if prep.i > base.right_edge.i + 2:  # a comma lies between at most
            continue
        for noun in (c for c in prep.children if c.dep_ == "pobj"):
            force = read_force(who.parsed, noun, who.text)
            if force is None or force.kind != Kinds.PEOPLE or force.size is None:
                continue
            for token, place, words in where.named(base, base.text):
                yield Joined(force=replace(force, marked=True), token=token, place=place, words=f"{words} with")


def bases_of(verb: Token, who: ForceReader, where: PlaceFinder) -> Iterator[Joined]:
    """The base that one country has or opens in another: "maintains a naval base in Djibouti"."""
    if verb.lower_ not in HOLDING and verb.lower_ not in verb_forms("opens"):
        return
    for thing in (c for c in children(verb) if c.dep_ in {"dobj", "nsubjpass"}):
        if thing.lower_ not in table("bases", "own"):
            continue
        force = _garrison(thing, verb, who)
        places = list(where.named(thing, verb.text)) or list(where.places_round(verb, going=False))
        for token, place, words in places if force is not None and is_country(force.owner) else ():
            country = place.place.country_code if place.place is not None else None
            if force is not None and force.owner is not None and force.owner[0] != country:
                yield Joined(force=force, token=token, place=place, words=words)


def _garrison(base: Token, verb: Token, who: ForceReader) -> Force | None:
    """Whoever lives in a base, if a country's: "its base", "the French camp"."""
    start = base.left_edge.i
    owner = None
    for i in range(start, base.i):
        mention = who.parsed.mentions[i]
        if mention is not None and mention.place is not None and mention.role is not MentionRole.LITERAL:
            owner = (mention.place.country_code or mention.place.id, mention.place.name)
    words = " ".join(who.parsed.written[start : base.i + 1])
    force = Force(
        token=base.i,
        span=who.parsed.span(start, base.i + 1),
        words=words.removeprefix("the ").removeprefix("its ").removeprefix("their "),
        kind=Kinds.PRESENCE,
        marked=True,
        owner=owner,
    )
    force = who.owned(force, verb)
    return force if force.owner is not None else None


def _at_home(home: Token, who: ForceReader) -> list[Force]:
    nouns = [n for c in children(home) if c.dep_ == "prep" and c.lower_ in {"to", "of", "for"} for n in c.children]
    return who.forces([n for n in nouns if n.dep_ == "pobj"])


def _counted(verb: Token, who: ForceReader) -> list[Force]:
    """What a base has, where only a number or the base itself makes it a force: "has around 3,000 men"."""
    found = []
    for thing in (c for c in children(verb) if c.dep_ == "dobj"):
        force = read_force(who.parsed, thing, who.text)
        if force is not None and force.kind == Kinds.PEOPLE and force.size is not None:
            found.append(force)
    return found


def _places_of(
    holder: Token, words: str, where: PlaceFinder, *, only_bases: bool
) -> Iterator[tuple[int, PlaceMention, str]]:
    """The places a subject names; of a verb of having only bases and camps."""
    for noun in row(holder):
        mention = where.parsed.mention(noun)
        if mention is not None and mention.role is not MentionRole.DEMONYM:
            site = mention.place is not None and mention.place.kind.value == "site"
            if mention.status is MentionStatus.RESOLVED and (site or not only_bases):
                yield noun.i, mention, f"{mention.text} {words}"
        elif noun.lower_ in table("bases", "closed" if only_bases else "nouns"):
            for token, place, _ in where.named(noun, words):
                yield token, place, f"{noun.text} … {words}"


def _own(force: Force, place: Place) -> bool:
    """Whether a country has forces of its own: that tells no place."""
    return place.kind.value == "country" and force.owner is not None and force.owner[0] == place.country_code
