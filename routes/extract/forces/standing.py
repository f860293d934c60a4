"""Forces right before their place, without a verb that puts them there: "a military presence in", "the troops in"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.certainty.certainty import Judgement
from routes.extract.forces.force_context import HOLDING
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_places import BEING
from routes.extract.forces.force_verbs import leaves, stands_alone, verb_over
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force, read_force
from routes.extract.forces.found import Found, Joiner
from routes.extract.lexicon.tables import inflect_verb
from routes.extract.text.clause import children, has_child, subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed
    from routes.model import PlaceMention, Report

CAMP = re.compile(r"\b(?:Camp|Base|Barracks|Fort|Airbase|Garrison)\b")
"""Places where people known by their nationality alone are soldiers."""
OWNED = frozenset(("force", "forces", "contingent", "garrison", "detachment", "battlegroup", "troops"))
"""With "its" before it, a force of whoever enlarges or keeps it."""
ACTIVE = frozenset(("active", "present", "stationary", "operational"))
TOURS = frozenset(("tour", "tours", "stint"))
DUTY = frozenset(("deployment", "tour", "rotation", "mission", "assignment", "stint"))
"""What soldiers leave for and come back from."""


class Standing:
    """One parsed sentence of a report, read for the forces that stand before their place."""

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

    def on_duty(self, noun: Token) -> Iterator[Found]:
        """Those who leave "for a deployment to X" or are "on a tour in X"."""
        verb = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "on", "during"} or verb.pos_ not in {"VERB", "AUX"}:
            return
        forces = [f for f in self.who.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.NAMED}]
        places = list(self.where.places_round(noun, going=False)) or list(self.where.places_round(verb, going=False))
        yield from self.joiner.all_at(forces, places, verb, staying=noun.head.lower_ != "for")

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

    def goes(self, verb: Token, lemma: str) -> bool:
        """Whether a verb of leaving is one: with its particle, and of "abandon" with somebody who does it."""
        return leaves(verb, lemma) and (lemma != "abandon" or bool(self.who.actor(verb)))

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
        enlarged = (
            noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lower_ in growing()
        )  # "is to double its force in X": it is there
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
        if _elsewhere(noun):
            return None
        force = self.who.shown(force, noun, verb)
        lemma = verb_forms("leave").get(noun.head.lower_)
        gone = noun.dep_ in {"nsubj", "nsubjpass", "dobj"} and lemma is not None and self.goes(noun.head, lemma)
        if not force.marked or gone:  # the verb tells of those who leave
            return None
        if force.kind == Kinds.PRESENCE:
            inner = self.who.of_what(noun)
            return self.who.owned(replace(inner, kind=Kinds.PRESENCE) if inner is not None else force, verb)
        if own or (force.kind in {Kinds.PEOPLE, Kinds.NAMED, Kinds.UNITS} and stands_alone(word, force)):
            return force
        if noun.dep_ == "appos" and force.kind == Kinds.PEOPLE and force.size is not None:
            return force  # "the garrison, 1,500 men on X"
        armed = force.owner is None  # a military word shows it
        force = self.who.owned(force, verb)
        if noun.dep_ == "attr" and noun.head.lower_ in BEING and force.owner is not None:
            return force
        held = noun.head.lower_ in HOLDING and noun.dep_ == "dobj" and force.owner is not None
        told = force.size is not None or (armed and force.kind in {Kinds.VESSELS, Kinds.AIRCRAFT, Kinds.WEAPONS})
        if not held or not told or (force.kind == Kinds.NATIONALS and not self.is_at(force, noun)):
            return None
        return force


def _elsewhere(noun: Token) -> bool:
    """Whether the words round a force take its place away: "a monument to", "drawn from", "the withdrawal of"."""
    if noun.lower_ in TOURS:
        return True
    if noun.dep_ != "pobj":
        return False
    over = noun.head.head.lower_
    withdrawn = noun.head.lower_ == "of" and over in table("forces", "going")
    return withdrawn or noun.head.lower_ == "from" or over in table("marks", "monuments")


@cache
def growing() -> frozenset[str]:
    """Verbs of making a force larger or smaller, in every form."""
    return frozenset(form for lemma in table("growth", "changes") for form in inflect_verb(lemma))
