"""One parsed sentence → the forces its words join to a place.

Verbs put a force there ("deployed", "withdrew") or have it for their subject there ("patrols", "fights in"); nouns hold
both ("a presence in", "the withdrawal from"); bases and countries hold, host and give up forces. A force right before
"in …" counts as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.certainty.attribution import agent
from routes.extract.certainty.certainty import judge
from routes.extract.forces.bases import bases_of, given_up, home_beside, hosted, manned
from routes.extract.forces.force_context import HOLDING
from routes.extract.forces.force_kinds import Kinds
from routes.extract.forces.force_places import BEING
from routes.extract.forces.force_reader import row
from routes.extract.forces.force_verbs import fits, is_state, untagged, withdraws
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force
from routes.extract.forces.found import Found
from routes.extract.forces.standing import Standing
from routes.extract.forces.strength import counted_at
from routes.extract.text.clause import children, has_child, read_group, subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token


TAKING = frozenset(("take", "takes", "took", "taken", "taking"))


class Scene(Standing):
    """One parsed sentence of a report while it is read.

    Attributes:
        spoken: After reading, the soldiers that were its subject: "they" in the next sentence means them.
    """

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
                held = list(self.at_bases(token))
                found = self.without_those_who_left(found, held) + held
            elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                found += self.by_noun(token)
                found += self.manned(token)
            elif token.tag_ == "CD" and token.dep_ in {"conj", "appos", "npadvmod", "dep"}:
                found += self.joiner.join(token, self.who.numbered(token), going=False, staying=True)
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
        behind = [f for c in children(verb) if c.dep_ == "dobj" for f in self.who.forces([c], verb)]
        if lemma == "leave" and behind:  # "will leave 60 soldiers in X"
            yield from self.joiner.join(verb, behind, going=False, staying=True)
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

    def being(self, verb: Token) -> Iterator[Found]:
        """Who is or is seen somewhere, or does anything where a place is named before "where"."""
        if verb.lower_ in BEING:
            forces = [f for f in self.who.actor(verb) if self.is_at(f, verb)]
            if has_child(verb, {"there"}, "expl") is not None:
                numbers = [c for c in children(verb) if c.tag_ == "CD" and c.dep_ in {"attr", "nsubj"}]
                forces += [f for n in numbers for f in self.who.numbered(n, verb)]
        elif verb_forms("see").get(verb.lower_) is not None:
            forces = [f for f in self.who.moved(verb) if f.kind in {Kinds.AIRCRAFT, Kinds.WEAPONS} and f.marked]
        elif verb.dep_ == "relcl" and has_child(verb, {"where"}) is not None:
            forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS}]
        else:
            return
        yield from self.joiner.join(verb, forces, going=False, staying=True)

    def at_bases(self, verb: Token) -> Iterator[Found]:
        """Forces told of by their number, or by the place that holds them or held them."""
        for one in counted_at(verb, self.who, self.where):  # anew, where it has been found without its number
            yield self.joiner.made(one.force, (one.token, one.place, one.words), verb)
        bases = (*hosted(verb, self.who, self.where), *bases_of(verb, self.who, self.where))
        for one in bases:
            yield from self.joiner.all_at([one.force], [(one.token, one.place, one.words)], verb)
        for one in given_up(verb, self.who, self.where):  # anew, where the words for the base alone were read as there
            gone = self.joiner.made(one.force, (one.token, one.place, one.words), verb, going=True, staying=False)
            if gone.judgement.negated and not gone.judgement.denied:
                gone = replace(gone, going=False, staying=True, judgement=gone.judgement.without_negation())
            yield gone

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
