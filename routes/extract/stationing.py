"""One parsed sentence → the forces its words join to a place.

Three kinds of words do so: verbs that put a force there ("deployed", "withdrew"), verbs of which it is the subject
there ("patrols", "fights in"), and nouns that hold both ("a presence in", "the withdrawal from"). A force right before
"in …" counts as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from routes.extract.attribution import agent
from routes.extract.bases import Joined, given_up, home_beside, hosted
from routes.extract.certainty import Judgement, judge
from routes.extract.clause import children, has_child, read_group, subject
from routes.extract.force_places import BEING, PlaceFinder
from routes.extract.force_reader import HOLDING, ForceReader, row
from routes.extract.force_words import verb_forms
from routes.extract.strength import counted_at
from routes.extract.forces import Force, Kinds, read_force, table
from routes.model import PlaceMention, Position, Report, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

PLACE_REACH = 3
"""In how many sentences behind a deployment "there" still means its place."""
TAKING = frozenset(("take", "takes", "took", "taken", "taking"))
CAMP = re.compile(r"\b(?:Camp|Base|Barracks|Fort|Airbase|Garrison)\b")
"""Places where people known by their nationality alone are soldiers."""
OWNED = frozenset(("force", "forces", "contingent", "garrison", "detachment", "battlegroup", "troops"))
"""With "its" before it, a force of whoever enlarges or keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A force joined to a place by one clause.

    Attributes:
        force: The force.
        place: The mention of the place.
        position: Where that is.
        words: The words that join them.
        going: Whether the force leaves the place.
        staying: Whether the words tell of a state rather than an act.
        judgement: How far it got and how sure it is.
        parsed: The sentence.
        token: Index of the joining word.
    """

    force: Force
    place: PlaceMention
    position: Position
    words: str
    going: bool
    staying: bool
    judgement: Judgement
    parsed: Parsed
    token: int

    @property
    def status(self) -> Status | None:
        """The status of the deployment; None where there is none."""
        status = self.judgement.status
        word = self.parsed.doc[self.token].lower_
        if status in {Status.COMPLETED, Status.ONGOING} and word in verb_forms("promise"):
            return Status.PLANNED
        if status is None or status in {Status.DENIED, Status.ATTEMPTED, Status.PLANNED}:
            return status
        if self.going:
            return Status.WITHDRAWN
        return Status.ONGOING if self.staying and not self.over else status

    @property
    def over(self) -> bool:
        """Whether a state is told in the past: "troops were based in"."""
        word = self.parsed.doc[self.token]
        if word.pos_ not in {"VERB", "AUX"}:
            if word.dep_ not in {"dobj", "attr", "acomp"}:
                return False
            word = word.head
        group = read_group(word)
        return group.past and not group.progressive and word.dep_ not in {"acl", "amod"}


class Scene:
    """One parsed sentence of a report while it is read."""

    def __init__(
        self,
        report: Report,
        parsed: Parsed,
        places: Sequence[PlaceMention],
        before: Sequence[Found] = (),
        spoken: Force | None = None,
    ) -> None:
        near = [f.force for f in before if parsed.index - f.parsed.index <= 1]
        self.spoken: Force | None = None
        self.text = report.text
        self.parsed = parsed
        self.who = ForceReader(report.text, parsed, near[-1] if near else None, spoken)
        recent = [f.place for f in before if parsed.index - f.parsed.index <= PLACE_REACH]
        self.where = PlaceFinder(report.text, parsed, places, recent[-1] if recent else None)
        self.seen: set[tuple[int, int]] = set()

    def found(self) -> list[Found]:
        """Every force of the sentence that its words join to a place."""
        found: list[Found] = []
        for token in self.parsed.doc:
            self.speaks_of(token)
            if found:
                self.who.before = found[-1].force
            if token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB" or _untagged(token):
                found += self.by_verb(token)
                found += self.at_bases(token)
            elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                found += self.by_noun(token)
        return found

    def speaks_of(self, noun: Token) -> None:
        """Keep the soldiers that are a subject: "they" in the next sentence means them."""
        if noun.dep_ in {"nsubj", "nsubjpass"} and self.parsed.mention(noun) is None:
            for force in self.who.forces([noun])[:1]:
                if force.kind in {Kinds.PEOPLE, Kinds.UNITS} and force.token >= 0:
                    self.spoken = force

    def by_verb(self, verb: Token) -> Iterator[Found]:
        """What a verb of sending, staying, coming or leaving says."""
        word = verb.lower_
        sends, leaves = verb_forms("send").get(word), verb_forms("leave").get(word)
        sends = sends or verb_forms("promise").get(word)
        stays, comes = verb_forms("stay").get(word), verb_forms("come").get(word)
        if leaves is not None and self._leaves(verb, leaves):
            forces = [f for f in self.who.moved(verb) or self.who.actor(verb) if _withdraws(f, leaves)]
            gone = list(self.join(verb, forces, going=True, staying=False))
            yield from gone or self.gone_from_where_they_were(verb, forces)
            return
        if sends is not None:
            forces = [f for f in self.who.moved(verb) if _fits(f, sends)]
            yield from self.join(verb, forces, going=False, staying=_is_state(verb))
            if not forces:
                yield from self.carried_in(verb)
        if word in TAKING and has_child(verb, {"station", "position", "positions", "part"}, "dobj") is not None:
            yield from self.join(verb, self.who.actor(verb), going=False, staying=True)
        if stays is not None and read_group(verb).passive:
            yield from self.held_by(verb)
        elif stays is not None:
            forces = [f for f in self.who.actor(verb) if _fits(f, stays)]
            yield from self.join(verb, forces, going=False, staying=True)
        if comes is not None:
            forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE}]
            if comes == "go":  # anybody goes somewhere; only soldiers are deployed by it
                forces = [f for f in forces if self.is_at(f, verb)]
            yield from self.join(verb, forces, going=False, staying=False)
        if not (sends or stays or comes) and verb.dep_ == "relcl" and has_child(verb, {"where"}) is not None:
            forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS}]
            yield from self.join(verb, forces, going=False, staying=True)
        if word in BEING:
            forces = [f for f in self.who.actor(verb) if self.is_at(f, verb)]
            yield from self.join(verb, forces, going=False, staying=True)

    def gone_from_where_they_were(self, verb: Token, forces: Sequence[Force]) -> Iterator[Found]:
        """Forces whose own phrase says where they were: "the French soldiers in X have left"."""
        for force in forces:
            places = self.where.next_to(force, verb.text) if force.token >= 0 else []
            for token, mention, words in places:
                if (force.token, token) not in self.seen:
                    self.seen.add((force.token, token))
                    yield replace(self.made(force, mention, words, verb), going=True, staying=False)

    def at_bases(self, verb: Token) -> Iterator[Found]:
        """Forces told of by the place that holds them, or held them."""
        joins = (
            *hosted(verb, self.who, self.where),
            *given_up(verb, self.who, self.where),
            *counted_at(verb, self.who, self.where),
        )
        for joined in joins:
            if (joined.force.token, joined.token) not in self.seen:
                self.seen.add((joined.force.token, joined.token))
                made = self.made(joined.force, joined.place, joined.words, verb)
                yield replace(made, going=joined.going, staying=not joined.going)

    def carried_in(self, verb: Token) -> Iterator[Found]:
        """What the parse takes for a place in "carried in 100 mercenaries": they came to where the carrier went."""
        within = next((c for c in children(verb) if c.dep_ == "prep" and c.lower_ == "in"), None)
        if within is None or within.i != verb.i + 1:
            return
        forces = self.who.forces([c for c in within.children if c.dep_ == "pobj"], verb)
        for force in (f for f in forces if f.size is not None and f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.NAMED}):
            for token, mention, words in self.where.pointed(within, verb.text):
                if (force.token, token) not in self.seen:
                    self.seen.add((force.token, token))
                    yield replace(self.made(force, mention, words, verb), staying=False)

    def held_by(self, verb: Token) -> Iterator[Found]:
        """A place that is the subject: "the base at Gao is held by 600 soldiers"."""
        by, held = agent(verb), subject(verb)
        if by is None or held is None:
            return
        forces = self.who.forces([by], verb)
        for token, mention, words in (p for n in row(held) for p in self.where.named(n, verb.text)):
            for force in forces:
                if (force.token, token) not in self.seen:
                    self.seen.add((force.token, token))
                    yield self.made(force, mention, words, verb)

    def made(self, force: Force, mention: PlaceMention, words: str, verb: Token) -> Found:
        """A force that a verb tells to be at a place."""
        return Found(
            force=force,
            place=mention,
            position=self.where.position(mention, words),
            words=words,
            going=False,
            staying=True,
            judgement=judge(verb, self.parsed, self.text),
            parsed=self.parsed,
            token=verb.i,
        )

    def is_at(self, force: Force, verb: Token) -> bool:
        """Whether "is in X" tells where a force is: "150 soldiers are in Riga", not "three officers are ill in X"."""
        if any(c.dep_ in {"acomp", "attr"} for c in children(verb)):
            return False
        if force.token < 0:  # "they"
            return force.marked and force.kind in {Kinds.PEOPLE, Kinds.UNITS}
        if force.kind in {Kinds.AIRCRAFT, Kinds.WEAPONS}:
            return force.marked
        word = self.parsed.written[force.token].lower() if force.token >= 0 else ""
        if force.kind == Kinds.NATIONALS:
            return force.size is not None and any(
                CAMP.search(m.text) for _, m, _ in self.where.places_round(verb, going=False)
            )
        return force.kind in {Kinds.UNITS, Kinds.VESSELS, Kinds.PRESENCE} or _stands_alone(word, force)

    def _leaves(self, verb: Token, lemma: str) -> bool:
        particles = {c.lower_ for c in children(verb) if c.dep_ in {"prt", "advmod", "prep"}}
        if lemma in table("verbs", "leave_with_home"):
            return "home" in particles
        if lemma in table("verbs", "leave_with_particle") and not particles & {"out", "away", "back", "home"}:
            return False
        return lemma != "abandon" or bool(self.who.actor(verb))

    def by_noun(self, noun: Token) -> Iterator[Found]:
        """A force or presence right before its place: "a military presence in", "troops in", "forces active in"."""
        if noun.pos_ == "ADJ":
            if noun.lower_ in {"active", "present", "stationary", "operational"}:
                head = noun.head if noun.dep_ == "amod" else subject(noun.head) if noun.dep_ == "acomp" else subject(noun)
                forces = self.who.forces([head]) if head is not None else []
                yield from self.join(noun, forces, going=False, staying=True)
            return
        word = self.parsed.written[noun.i].lower()
        force = read_force(self.parsed, noun, self.text)
        if force is None:
            return
        own = word in OWNED and noun.dep_ == "dobj" and has_child(noun, {"its", "their"}) is not None
        if own:
            force = self.who.owned(force, noun.head)  # "Rwanda has doubled its force in"
            force = replace(force, marked=force.owner is not None)
        force = self.who.shown(force, noun, _verb_over(noun))
        if not force.marked or self.leaving(noun):
            return
        going = word in table("forces", "going")
        if force.kind == Kinds.PRESENCE:
            inner = self.who.of_what(noun)
            force = self.who.owned(
                replace(inner, kind=Kinds.PRESENCE) if inner is not None else force, _verb_over(noun)
            )
        elif not own and not (force.kind in {Kinds.PEOPLE, Kinds.NAMED, Kinds.UNITS} and _stands_alone(word, force)):
            force = self.who.owned(force, _verb_over(noun))
            if force.owner is None or force.size is None or noun.head.lower_ not in HOLDING or noun.dep_ != "dobj":
                return
            if force.kind == Kinds.NATIONALS and not self.is_at(force, noun):
                return
        made = list(self.join(noun, [force], going=going, staying=not going))
        yield from made if made or going else self.behind(noun, force)

    def leaving(self, noun: Token) -> bool:
        """Whether a noun is the subject or object of a verb of leaving, which tells of it."""
        verb = noun.head
        lemma = verb_forms("leave").get(verb.lower_)
        return noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and lemma is not None and self._leaves(verb, lemma)

    def behind(self, noun: Token, force: Force) -> Iterator[Found]:
        """The place right behind a force, where the parse hangs it on another word."""
        for token, mention, words in self.where.next_to(force, noun.text):
            if (force.token, token) not in self.seen:
                self.seen.add((force.token, token))
                yield self.made(force, mention, words, noun)

    def join(self, word: Token, forces: Sequence[Force], *, going: bool, staying: bool) -> Iterator[Found]:
        """The forces with the places round a word."""
        if not forces:
            return
        judgement: Judgement | None = None
        places = list(self.where.places_round(word, going=going))
        if not places and not going and word.pos_ == "VERB":
            brought = next((c for c in children(word) if c.dep_ == "prt" and c.lower_ in {"in", "ashore"}), None)
            places = list(self.where.pointed(brought, word.text)) if brought is not None else []
        if not places and word.dep_ == "relcl" and any(c.lower_ == "where" for c in children(word)):
            where = next(c for c in children(word) if c.lower_ == "where")
            places = list(self.where.right_before(where, word.text)) or list(self.where.named(word.head, word.text))
        if not places and (verb := _holder(word, forces)) is not None:
            places = [p for p in self.where.places_round(verb, going=going) if p[0] > word.i]
        for token, mention, words in places:
            for force in forces:
                if token == force.token or force.span.start <= mention.span.start < force.span.end:
                    continue
                if (force.token, token) in self.seen or self.where.in_port(force, word, mention, words):
                    continue
                if judgement is None:
                    judgement = judge(word, self.parsed, self.text)
                self.seen.add((force.token, token))
                yield Found(
                    force=force,
                    place=mention,
                    position=self.where.position(mention, words),
                    words=words,
                    going=going,
                    staying=staying,
                    judgement=judgement,
                    parsed=self.parsed,
                    token=word.i,
                )


def _untagged(token: Token) -> bool:
    """Whether a verb of hosting is taken for a noun: "the base hosts 300 men"."""
    return token.dep_ == "ROOT" and token.lower_ in verb_forms("host") and any(c.dep_ == "nsubj" for c in token.lefts)


def _holder(noun: Token, forces: Sequence[Force]) -> Token | None:
    """The verb whose "in …" belongs to a force in its object: "built up a presence in", "has 300 soldiers in"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    return verb if forces[0].kind == Kinds.PRESENCE or verb.lower_ in HOLDING else None


CARRYING = frozenset(("fly", "land", "bring", "ship", "airlift", "carry", "ferry", "transport"))
"""Verbs that carry people somewhere; of ships and aircraft they tell a voyage or a flight."""
WITHDRAWING = frozenset(("withdraw", "pull", "recall", "remove", "evacuate", "repatriate", "return", "go"))
"""Verbs that take any force away; of ships and aircraft the others begin a voyage or a flight."""


def _withdraws(force: Force, lemma: str) -> bool:
    """Whether leaving is a withdrawal and not the start of a voyage or flight."""
    if force.kind == Kinds.WEAPONS:
        return lemma in WITHDRAWING
    vehicle = force.kind in {Kinds.VESSELS, Kinds.AIRCRAFT} or (force.kind == Kinds.NAMED and force.unit is not None)
    return not vehicle or lemma in WITHDRAWING


def _fits(force: Force, lemma: str) -> bool:
    """Whether a verb makes sense of a force: people called by nationality alone serve and fight, weapons are placed."""
    if force.kind == Kinds.NATIONALS:
        return lemma in table("verbs", "nationals")
    if force.kind in {Kinds.AIRCRAFT, Kinds.VESSELS} and lemma in CARRYING:
        return False
    return force.kind != Kinds.WEAPONS or lemma in {
        "deploy",
        "redeploy",
        "station",
        "place",
        "install",
        "position",
        "send",
        "move",
        "transfer",
    }


def _is_state(verb: Token) -> bool:
    """Whether a participle tells a state: "stationed in", "based at", "assembled in"."""
    group = read_group(verb)
    state = verb.lower_ in {
        "stationed",
        "based",
        "garrisoned",
        "assembled",
        "amassed",
        "massed",
        "housed",
        "billeted",
        "concentrated",
        "positioned",
        "kept",
        "maintained",
        "maintains",
        "keeps",
    }
    return state and (
        verb.dep_ in {"acl", "amod"} or (not group.past and not group.perfect) or verb.lower_ in {"maintains", "keeps"}
    )


def _stands_alone(word: str, force: Force) -> bool:
    """Whether a force counts by standing right before "in …": soldiers do, police officers and staff do not."""
    if force.kind in {Kinds.NATIONALS, Kinds.WEAPONS}:
        return False
    if force.kind == Kinds.PEOPLE:
        return word in table("forces", "people") or word in {
            "forces",
            "advisers",
            "advisors",
            "personnel",
            "contractors",
        }
    return True


def _verb_over(noun: Token) -> Token | None:
    head = noun.head
    return head if head.pos_ in {"VERB", "AUX"} and noun.dep_ == "dobj" else None
