"""One parsed sentence → the forces its words join to a place.

Verbs put a force there ("deployed", "withdrew") or have it for their subject there ("patrols", "fights in"); nouns hold
both ("a presence in", "the withdrawal from"); bases and countries hold, host and give up forces. A force right before
"in …" counts as well.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.attribution import agent
from routes.extract.bases import given_up, home_beside, hosted, manned
from routes.extract.certainty import Judgement, judge
from routes.extract.clause import children, has_child, read_group, subject
from routes.extract.force_context import HOLDING
from routes.extract.force_kinds import Kinds, table
from routes.extract.force_places import BEING
from routes.extract.force_reader import row
from routes.extract.force_verbs import fits, is_state, leaves, stands_alone, untagged, verb_over, withdraws
from routes.extract.force_words import verb_forms
from routes.extract.forces import Force, read_force
from routes.extract.found import Found, Joiner
from routes.extract.lexicon.tables import inflect_verb
from routes.extract.strength import counted_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed
    from routes.model import PlaceMention, Report

TAKING = frozenset(("take", "takes", "took", "taken", "taking"))
CAMP = re.compile(r"\b(?:Camp|Base|Barracks|Fort|Airbase|Garrison)\b")
"""Places where people known by their nationality alone are soldiers."""
OWNED = frozenset(("force", "forces", "contingent", "garrison", "detachment", "battlegroup", "troops"))
"""With "its" before it, a force of whoever enlarges or keeps it."""
DUTY = frozenset(("deployment", "tour", "rotation", "mission", "assignment", "stint"))
"""What soldiers leave for and come back from."""
TOURS = frozenset(("tour", "tours", "stint"))
ACTIVE = frozenset(("active", "present", "stationary", "operational"))


class Scene:
    """One parsed sentence of a report while it is read.

    Attributes:
        spoken: After reading, the soldiers that were its subject: "they" in the next sentence means them.
    """

    def __init__(
        self,
        report: Report,
        parsed: Parsed,
        places: Sequence[PlaceMention],
        before: Sequence[Found] = (),
        spoken: Force | None = None,
    ) -> None:
        self.parsed = parsed
        self.text = report.text
        self.joiner = Joiner(report, parsed, places, before, spoken)
        self.who = self.joiner.who
        self.where = self.joiner.where
        self.spoken: Force | None = None
        self.so_far: list[Found] = []

    def found(self) -> list[Found]:
        """Every force of the sentence that its words join to a place."""
        found: list[Found] = []
        for token in self.parsed.doc:
            self.speaks_of(token)
            self.so_far = found
            if found:
                self.who.before = found[-1].force
                self.where.before = found[-1].place
            if token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB" or untagged(token):
                more = list(self.by_verb(token))
                found = self.without_those_who_left(found, more) + more
                found += self.at_bases(token)
            elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                found += self.by_noun(token)
                found += self.manned(token)
            if token.lower_ == "home":
                found += self.at_home(token)
        return found

    def without_those_who_left(self, found: Sequence[Found], more: Sequence[Found]) -> list[Found]:
        """What was told but for those of whom the same sentence says that they left: "those sent to X are home"."""
        gone = {(f.force.token, f.position.place_id) for f in more if f.going}
        return [f for f in found if (f.force.token, f.position.place_id) not in gone]

    def manned(self, base: Token) -> Iterator[Found]:
        """The men of "the base at X, with 300 men, stays"."""
        for one in manned(base, self.who, self.where):
            yield from self.joiner.all_at([one.force], [(one.token, one.place, one.words)], base)

    def speaks_of(self, noun: Token) -> None:
        """Keep the soldiers that are a subject."""
        if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and self.parsed.mention(noun) is None:
            for force in self.who.forces([noun])[:1]:
                if force.kind in {Kinds.PEOPLE, Kinds.UNITS} and force.token >= 0 and noun.tag_ != "CD":
                    self.spoken = force
                    self.who.spoken = force

    def by_verb(self, verb: Token) -> Iterator[Found]:
        """What a verb of sending, staying, coming or leaving says."""
        word = verb.lower_
        lemma = verb_forms("leave").get(word)
        if lemma is not None and self.goes(verb, lemma):
            gone = list(self.leaving(verb, lemma))
            yield from gone or (self.flying_from(verb) if verb_forms("from_base").get(word) else ())
            return
        sends = verb_forms("send").get(word) or verb_forms("promise").get(word)
        stays, comes = verb_forms("stay").get(word), verb_forms("come").get(word)
        if sends is not None:
            yield from self.sending(verb, sends)
        if verb_forms("from_base").get(word) is not None:
            yield from self.flying_from(verb)
        if (
            word in TAKING
            and has_child(
                verb, {"station", "position", "positions", "part", "post", "posts", "quarters", "duty"}, "dobj"
            )
            is not None
        ):
            yield from self.joiner.join(verb, self.who.actor(verb), going=False, staying=True)
        if stays is not None and read_group(verb).passive:
            yield from self.held_by(verb)
        elif stays is not None:
            forces = [f for f in self.who.actor(verb) if fits(f, stays)]
            yield from self.joiner.join(verb, forces, going=False, staying=True)
        if comes is not None:
            yield from self.coming(verb, comes)
        if word in HOLDING:
            numbers = [c for c in children(verb) if c.dep_ == "dobj" and c.tag_ == "CD"]
            forces = [self.who.owned(f, verb) for n in numbers for f in self.who.numbered(n, verb)]
            yield from self.joiner.join(verb, forces, going=False, staying=True)
        if not (sends or stays or comes):
            yield from self.being(verb)

    def sending(self, verb: Token, lemma: str) -> Iterator[Found]:
        """Who is sent, and where to."""
        forces = [f for f in self.who.moved(verb) if fits(f, lemma)]
        sent = list(self.joiner.join(verb, forces, going=False, staying=is_state(verb)))
        yield from sent or self.joiner.spoken_of(verb, forces, going=False)
        if not forces:
            yield from self.carried_in(verb)

    def flying_from(self, verb: Token) -> Iterator[Found]:
        """Aircraft that "fly out of X", without a goal: that is where they are based."""
        over = (verb, *(c for c in children(verb) if c.dep_ == "dobj"))  # "flying patrols out of X"
        preps = {c.lower_ for word in over for c in children(word) if c.dep_ == "prep"}
        flies = verb_forms("from_base").get(verb.lower_) in {"fly", "sortie"}
        forces = [f for f in self.who.actor(verb) if f.marked and (f.kind == Kinds.AIRCRAFT or not flies)]
        if preps & {"from", "out"} and not preps & {"to", "into", "for", "towards", "toward", "over"}:
            places = list(self.where.places_round(verb, going=True))
            yield from self.joiner.all_at(forces, self.joiner.finest(places), verb)

    def coming(self, verb: Token, lemma: str) -> Iterator[Found]:
        """Who comes, and where to."""
        forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE}]
        if lemma == "go":  # anybody goes somewhere; only soldiers are deployed by it
            forces = [f for f in forces if self.is_at(f, verb)]
        came = list(self.joiner.join(verb, forces, going=False, staying=False))
        yield from came or self.joiner.spoken_of(verb, forces, going=False)

    def leaving(self, verb: Token, lemma: str) -> Iterator[Found]:
        """Who goes away, and where from."""
        forces = [f for f in self.who.moved(verb) or self.who.actor(verb) if withdraws(f, lemma)]
        after = [n for c in children(verb) if c.dep_ == "prep" and c.lower_ == "for" for n in c.children]
        goals = [p for n in after for p in self.where.named(n, f"{verb.text} for")]
        if goals:
            soldiers = [f for f in forces if f.kind in {Kinds.PEOPLE, Kinds.UNITS}]
            yield from self.joiner.all_at(soldiers, self.joiner.finest(goals), verb, staying=False)
        gone = list(self.joiner.join(verb, forces, going=True, staying=False))
        gone = gone or list(self.joiner.next_to(forces, verb, going=True)) or list(self.back_after(verb, forces))
        gone = gone or [
            replace(f, going=True, judgement=judge(verb, self.parsed, self.text)) for f in self.sent(forces)
        ]
        for one in gone or self.joiner.spoken_of(verb, forces, going=True):
            stays = one.judgement.negated and not one.judgement.denied and not one.force.words.lower().startswith("no ")
            yield replace(one, going=False, staying=True, judgement=one.judgement.without_negation()) if stays else one

    def sent(self, forces: Sequence[Force]) -> list[Found]:
        """Where the sentence has said that forces were: "the soldiers sent to X went home"."""
        tokens = {f.token for f in forces}
        return [f for f in self.so_far if f.force.token in tokens and not f.going]

    def back_after(self, verb: Token, forces: Sequence[Force]) -> Iterator[Found]:
        """Those who come home "after six months at X", "from a tour in X"."""
        spent = [n for c in children(verb) if c.lower_ in {"after", "from"} for n in c.children if n.dep_ == "pobj"]
        for noun in spent:
            places = list(self.where.places_round(noun, going=False))
            yield from self.joiner.all_at(forces, self.joiner.finest(places), verb, going=True, staying=False)

    def on_duty(self, noun: Token) -> Iterator[Found]:
        """Those who leave "for a deployment to X" or are "on a tour in X"."""
        verb = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "on", "during"} or verb.pos_ not in {"VERB", "AUX"}:
            return
        forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.NAMED}]
        places = list(self.where.places_round(noun, going=False)) or list(self.where.places_round(verb, going=False))
        yield from self.joiner.all_at(forces, places, verb, staying=noun.head.lower_ != "for")

    def being(self, verb: Token) -> Iterator[Found]:
        """Who is or is seen somewhere, or does anything where a place is named before "where"."""
        if verb.lower_ in BEING:
            forces = [f for f in self.who.actor(verb) if self.is_at(f, verb)]
        elif verb_forms("see").get(verb.lower_) is not None:
            forces = [f for f in self.who.moved(verb) if f.kind in {Kinds.AIRCRAFT, Kinds.WEAPONS} and f.marked]
        elif verb.dep_ == "relcl" and has_child(verb, {"where"}) is not None:
            forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS}]
        else:
            return
        yield from self.joiner.join(verb, forces, going=False, staying=True)

    def goes(self, verb: Token, lemma: str) -> bool:
        """Whether a verb of leaving is one: with its particle, and of "abandon" with somebody who does it."""
        return leaves(verb, lemma) and (lemma != "abandon" or bool(self.who.actor(verb)))

    def at_bases(self, verb: Token) -> Iterator[Found]:
        """Forces told of by their number, or by the place that holds them or held them."""
        for one in counted_at(verb, self.who, self.where):  # anew, where it has been found without its number
            yield self.joiner.made(one.force, (one.token, one.place, one.words), verb)
        for one in (*hosted(verb, self.who, self.where), *given_up(verb, self.who, self.where)):
            place = (one.token, one.place, one.words)
            yield from self.joiner.all_at([one.force], [place], verb, going=one.going, staying=not one.going)

    def at_home(self, home: Token) -> Iterator[Found]:
        """What "Chad, once home to 1,000 French soldiers" says."""
        for one, former in home_beside(home, self.who, self.where):
            yield from self.joiner.all_at([one.force], [(one.token, one.place, one.words)], home, staying=not former)

    def carried_in(self, verb: Token) -> Iterator[Found]:
        """What the parse takes for a place in "carried in 100 mercenaries": they came to where the carrier went."""
        within = next((c for c in children(verb) if c.dep_ == "prep" and c.lower_ == "in"), None)
        if within is None or within.i != verb.i + 1:
            return
        forces = self.who.forces([c for c in within.children if c.dep_ == "pobj"], verb)
        forces = [f for f in forces if f.size is not None and f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.NAMED}]
        places = list(self.where.pointed(within, verb.text)) if forces else []
        yield from self.joiner.all_at(forces, places, verb, staying=False)

    def held_by(self, verb: Token) -> Iterator[Found]:
        """A place that is the subject: "the base at Gao is held by 600 soldiers"."""
        by, held = agent(verb), subject(verb)
        if by is not None and held is not None:
            places = [p for n in row(held) for p in self.where.named(n, verb.text)]
            yield from self.joiner.all_at(self.who.forces([by], verb), places, verb)

    def is_at(self, force: Force, verb: Token) -> bool:
        """Whether "is in X" tells where a force is: "150 soldiers are in Riga", not "three officers are ill in X"."""
        if any(c.dep_ in {"acomp", "attr"} for c in children(verb)):
            return False
        if force.token < 0:  # "they"
            return force.marked and force.kind in {Kinds.PEOPLE, Kinds.UNITS}
        if force.kind in {Kinds.AIRCRAFT, Kinds.WEAPONS}:
            return force.marked
        if force.kind == Kinds.NATIONALS:
            places = self.where.places_round(verb, going=False)
            return force.size is not None and any(CAMP.search(m.text) for _, m, _ in places)
        police = force.kind == Kinds.PEOPLE and force.size is not None
        return police or force.kind in {Kinds.UNITS, Kinds.VESSELS, Kinds.PRESENCE} or stands_alone(force.noun, force)

    def by_noun(self, noun: Token) -> Iterator[Found]:
        """A force or presence right before its place: "a military presence in", "troops in", "forces active in"."""
        if noun.pos_ == "ADJ":
            if noun.lower_ in ACTIVE:
                head = {"amod": noun.head, "acomp": subject(noun.head)}.get(noun.dep_, subject(noun))
                forces = self.who.forces([head]) if head is not None else []
                yield from self.joiner.join(noun, forces, going=False, staying=True)
            return
        force = self.standing(noun)
        if force is None:
            if self.parsed.written[noun.i].lower() in DUTY:
                yield from self.on_duty(noun)
            return
        going = self.parsed.written[noun.i].lower() in table("forces", "going")
        made = list(self.joiner.join(noun, [force], going=going, staying=not going))
        made = made or list(self.joiner.next_to([force], noun, going=going))
        enlarged = noun.dep_ == "dobj" and noun.head.lower_ in growing()  # "is to double its force in X": it is there
        yield from (replace(one, judgement=Judgement()) if enlarged and not going else one for one in made)

    def standing(self, noun: Token) -> Force | None:
        """The force of a noun, where a place beside it tells where it stands."""
        force = read_force(self.parsed, noun, self.text)
        if force is None:
            return None
        word = self.parsed.written[noun.i].lower()
        verb = verb_over(noun)
        own = word in OWNED and noun.dep_ == "dobj" and has_child(noun, {"its", "their"}) is not None
        if own:
            force = self.who.owned(force, noun.head)  # "Rwanda has doubled its force in"
            force = replace(force, marked=force.owner is not None)
        if word in TOURS or (noun.dep_ == "pobj" and noun.head.lower_ == "from"):
            return None
        force = self.who.shown(force, noun, verb)
        if noun.dep_ == "pobj" and noun.head.head.lower_ in table("forces", "going") and noun.head.lower_ == "of":
            return None  # "the withdrawal of the soldiers in X"
        lemma = verb_forms("leave").get(noun.head.lower_)
        gone = noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and lemma is not None and self.goes(noun.head, lemma)
        if not force.marked or gone:  # the verb tells of those who leave
            return None
        if force.kind == Kinds.PRESENCE:
            inner = self.who.of_what(noun)
            return self.who.owned(replace(inner, kind=Kinds.PRESENCE) if inner is not None else force, verb)
        if own or (force.kind in {Kinds.PEOPLE, Kinds.NAMED, Kinds.UNITS} and stands_alone(word, force)):
            return force
        force = self.who.owned(force, verb)
        if noun.dep_ == "attr" and noun.head.lower_ in BEING and force.owner is not None:
            return force
        held = noun.head.lower_ in HOLDING and noun.dep_ == "dobj" and force.owner is not None
        if not held or force.size is None or (force.kind == Kinds.NATIONALS and not self.is_at(force, noun)):
            return None
        return force


@cache
def growing() -> frozenset[str]:
    """Verbs of making a force larger or smaller, in every form."""
    return frozenset(form for lemma in table("growth", "changes") for form in inflect_verb(lemma))
