"""Which forces a verb moves, or has for its subject, or a noun holds; and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.forces.force_context import ForceContext
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.forces import Force, read_force
from routes.extract.text.clause import NEAR, children, has_child, read_group, subject
from routes.extract.text.sizes import find_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token


WITH_REACH = 7
"""In how many tokens behind "with" the counted force stands."""
OTHER_COUNT = re.compile(r"[$€£¥%]|\b(?:billion|trillion|percent|per cent)\b")
"""What shows that a number counts no people."""
MAX_CHAIN = 12
"""How many members of a row ("Goma, Sake and Bukavu") are followed."""


class ForceReader(ForceContext):
    """The forces of one parsed sentence, with the one spoken of before it ("they")."""

    def moved(self, verb: Token) -> list[Force]:
        """The forces that a verb moves: its object, or the subject of the passive; the noun a participle hangs on."""
        group = read_group(verb)
        heads = [c for c in children(verb) if c.dep_ in {"dobj", "nsubjpass", "oprd", "csubjpass"}]
        if verb.dep_ in {"acl", "relcl"} and (verb.tag_ == "VBN" or group.passive) and not heads:
            heads = [verb.head]
        if any(h.lower_ in {"who", "which", "that"} for h in heads) and verb.dep_ == "relcl":
            heads = [verb.head]
        if not heads and verb.dep_ in {"ROOT", "conj", "amod"} and verb.tag_ in {"VBN", "VBD"} and not group.finite:
            heads = [c for c in children(verb) if c.dep_ == "nsubj"]
        if not heads and verb.dep_ == "conj" and (group.passive or verb.tag_ == "VBN"):
            first = subject(verb)
            heads = [first] if first is not None else []
        if not heads and verb.dep_ == "xcomp" and group.passive:
            first = subject(verb.head)
            if first is not None and first.lower_ in {"who", "which", "that"} and verb.head.dep_ == "relcl":
                first = verb.head.head
            heads = [first] if first is not None else []
        if not heads and verb.tag_ == "VBD" and not group.passive:
            heads = [c for c in children(verb) if c.dep_ == "nsubj"] if _headline(verb) else []
        if not heads:
            heads = _up_to(verb)
        led = next((f for h in heads if (f := self.led_by(h, verb)) is not None), None)
        if led is not None:
            return [self.owned(led, None)]
        counted = [f for h in heads if h.tag_ == "CD" for f in self.numbered(h, verb)]
        found = counted or [self.from_unit(f, verb) for f in self.forces(heads, verb)]
        return found or [f for f in self.forces(_company(verb)) if f.size is not None]

    def led_by(self, noun: Token, verb: Token) -> Force | None:
        """The force that a general is sent to lead: "was sent to Mali to head a mission of 120 men"."""
        leaders = table("persons", "leaders")
        if noun.lower_ not in leaders and has_child(noun, leaders, "appos", "compound") is None:
            return None
        leads = False
        for token in self.parsed.doc[verb.i + 1 :]:
            leads = leads or token.lower_ in {"head", "lead", "command", "run", "direct"}
            if leads and token.pos_ in {"NOUN", "PROPN"}:
                force = read_force(self.parsed, token, self.text)
                if force is not None and force.marked:
                    return force
        return None

    def from_unit(self, force: Force, verb: Token) -> Force:
        """The force with the unit it comes from: "were moved into Mali from the Africa Corps"."""
        if force.unit is not None:
            return force
        for prep in children(verb):
            if prep.dep_ == "prep" and prep.lower_ == "from":
                for noun in prep.children:
                    unit = read_force(self.parsed, noun, self.text) if noun.dep_ == "pobj" else None
                    if unit is not None and unit.unit is not None:
                        return replace(force, unit=unit.unit)
        return force

    def actor(self, verb: Token) -> list[Force]:
        """The forces that are the subject of a verb, or the noun a participle or relative clause hangs on."""
        noun = subject(verb)
        if noun is None and verb.dep_ in {"acl", "advcl", "xcomp", "conj"}:
            noun = verb.head if verb.dep_ == "acl" else subject(verb.head)
        if noun is not None and noun.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            noun = verb.head
        if noun is not None and noun.lower_ in {"they", "it"}:
            last = self.spoken_of()
            plural = last is not None and last.kind == Kinds.PEOPLE
            return [last] if last is not None and not (noun.lower_ == "it" and plural) else []
        if noun is not None and noun.tag_ == "CD" and read_force(self.parsed, noun, self.text) is None:
            return self.numbered(noun, verb)
        found = self.forces([noun] if noun is not None else [], verb)
        return found + (self.with_it(noun, verb) if noun is not None else [])

    def with_it(self, noun: Token, verb: Token) -> list[Force]:
        """A counted force that the subject has with it: "a ship with 650 marines aboard", "a firm with 90 guards"."""
        doc = self.parsed.doc
        at = next(
            (i for i in range(noun.i + 1, min(verb.i, noun.i + NEAR)) if doc[i].lower_ in {"with", "carrying"}), None
        )
        for i in range(at + 1, min(verb.i, at + WITH_REACH)) if at is not None else ():
            if doc[i].pos_ in {"NOUN", "PROPN"} and doc[i].dep_ not in {"compound", "amod"}:
                found = self.force_at(doc[i])
                if found is None and (held := read_force(self.parsed, doc[i], self.text)) is not None:
                    found = self.owned(held, verb) if held.kind == Kinds.PEOPLE else None
                    armed = {t.lower_ for t in children(noun)} & table("marks", "military")
                    found = replace(found, marked=True) if found is not None and armed else None
                return [found] if found is not None and found.size is not None and found.kind == Kinds.PEOPLE else []
        return []

    def numbered(self, number: Token, verb: Token | None = None) -> list[Force]:
        """The force that a bare number counts: "600 are to leave", "400 of whom are in", of those spoken of before."""
        span = self.parsed.span(number.left_edge.i, number.i + 1)
        sizes = find_sizes(self.text, span.start, span.end)
        of = next((c for c in children(number) if c.dep_ == "prep" and c.lower_ == "of"), None)
        whom = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        last: Force | None = self.before or self.spoken
        if whom is not None and whom.lower_ in {"whom", "which"} and verb is not None and verb.dep_ == "relcl":
            last = self.force_at(verb.head) or last
        elif whom is not None and whom.lower_ not in {"them", "these", "those"}:
            own = last is not None and has_child(whom, {"its", "their"}) is not None
            last = self.force_at(whom, verb) or (read_force(self.parsed, whom, self.text) if own else None)
        people = last is not None and last.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE}
        if last is None or not people or len(sizes) != 1 or OTHER_COUNT.search(self.text, span.start - 1, span.end + 9):
            return []
        keeper = subject(verb) if verb is not None else None
        theirs = self.parsed.mention(keeper) if keeper is not None else None
        owner = None if theirs is not None else last.owner
        return [
            replace(last, token=number.i, span=span, size=sizes[0], size_text=sizes[0].text, owner=owner, unit=None)
        ]

    def forces(self, heads: Sequence[Token], verb: Token | None = None) -> list[Force]:
        """The forces among noun phrases, in a row with them, or inside them ("lorries of the mission")."""
        found: list[Force] = []
        for head in heads:
            if found and head.left_edge.i > 0 and self.parsed.doc[head.left_edge.i - 1].text == ",":
                continue  # what follows a comma explains the one before
            for noun in row(_counted(head)):
                force = self.force_at(noun, verb)
                if force is None and (noun.tag_ == "CD" or _is_number(noun)):
                    force = next(iter(self.numbered(noun, verb)), None)
                if force is None:
                    force = self.alongside(noun, found)
                if force is None:
                    continue
                found += self.counted_apart(force)
                force = self.owned(force, verb)
                if found and noun != head and not force.size and force.owner in {None, found[-1].owner}:
                    found[-1] = self.together(found[-1], force)
                else:
                    found.append(force)
        return found

    def alongside(self, noun: Token, found: Sequence[Force]) -> Force | None:
        """People counted beside soldiers, "14,000 soldiers and 3,000 police", and "those at X"."""
        if noun.lower_ == "those" and (last := self.before or self.spoken) is not None:
            return replace(last, token=noun.i, span=self.parsed.span(noun.i, noun.i + 1), size=None, size_text=None)
        force = read_force(self.parsed, noun, self.text) if found else None
        people = force is not None and force.kind == Kinds.PEOPLE and force.size is not None
        return replace(force, marked=True) if force is not None and people else None

    def counted_apart(self, force: Force) -> list[Force]:
        """The first of two nations in one phrase: "160 Dutch and 120 Norwegian troops"."""
        sizes = [s for s in find_sizes(self.text, force.span.start, force.span.end) if s.low or s.high]
        if force.kind != Kinds.PEOPLE or len(sizes) != 2 or force.size != sizes[1]:  # noqa: PLR2004 (a pair)
            return []
        between = self.text[sizes[0].end : sizes[1].start]
        if not re.fullmatch(r"\s[A-Z][\w-]+(?:\s[\w-]+)?(?:,| and| or)\s", between):
            return []
        words = f"{between.split()[0]} {force.noun}"
        return [replace(force, token=-2, words=words, size=sizes[0], size_text=sizes[0].text, owner=None, unit=None)]

    def force_at(self, noun: Token, verb: Token | None = None) -> Force | None:
        """The force a noun names, itself or through "of": "the first lorries of the mission"."""
        force = read_force(self.parsed, noun, self.text)
        if force is not None:
            force = self.shown(force, noun, verb)
            if force.marked:
                return force
        for child in children(noun):
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for inner in (c for c in child.children if c.dep_ == "pobj"):
                    if inner.lower_ in {"them", "these", "those"}:
                        return self.spoken_of()
                    if (deeper := read_force(self.parsed, inner, self.text)) is not None:
                        return self.inner(deeper, inner, noun, verb, outer=force)
            elif child.dep_ in {"appos", "compound"} and self.parsed.mention(child) is None:
                beside = read_force(self.parsed, child, self.text)
                if beside is not None and beside.marked and beside.kind == Kinds.NAMED:
                    return beside
        return None

    def inner(
        self, force: Force, noun: Token, quantity: Token, verb: Token | None, *, outer: Force | None
    ) -> Force | None:
        """The force behind "of", with the number and nation of what stands before: "a British cell of"."""
        if not (force.marked or outer is not None or self.national(quantity) is not None):
            return None
        force = self.shown(self.of_nation(force, quantity), noun, verb)
        return self.counted(force, quantity) if force.marked else None

    def of_what(self, noun: Token) -> Force | None:
        """The force in "a buildup of American forces", "the deployment of 200 soldiers", "troop withdrawal"."""
        for child in children(noun):
            if child.dep_ == "prep" and child.lower_ in {"of", "by"}:
                for inner in child.children:
                    if inner.dep_ == "pobj" and (force := read_force(self.parsed, inner, self.text)) is not None:
                        return force if force.marked or force.kind else None
        return None


def _is_number(noun: Token) -> bool:
    """Whether a number stands with a word that only points: "fifteen others"."""
    return noun.lower_ in {"others", "more"} and any(c.dep_ == "nummod" for c in noun.lefts)


def _up_to(verb: Token) -> list[Token]:
    """What the parse takes for a goal in "sending up to 600 soldiers": the object."""
    if has_child(verb, {"up"}, "prt", "advmod", "prep") is None:
        return []
    to = next((c for c in children(verb) if c.dep_ == "prep" and c.lower_ == "to"), None)
    inside = [c for c in to.children if c.dep_ == "pobj"] if to is not None else []
    return [n for n in inside if any(c.dep_ == "nummod" for c in n.children)]


def _company(verb: Token) -> list[Token]:
    """Who goes with one person: "a general was deployed to X with 120 soldiers"."""
    return [
        n for c in children(verb) if c.dep_ == "prep" and c.lower_ == "with" for n in c.children if n.dep_ == "pobj"
    ]


def _counted(noun: Token) -> Token:
    """Whose predicate a noun is: in "US forces are not the only troops operating in Mali" the US forces are meant."""
    if noun.dep_ == "attr" and noun.head.lower_ in {"are", "is", "were", "was"}:
        return next((c for c in children(noun.head) if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"}), noun)
    return noun


def row(token: Token) -> Iterator[Token]:
    """A noun and what is coordinated with it."""
    waiting, seen = [token], 0
    while waiting and seen < MAX_CHAIN:
        current = waiting.pop(0)
        seen += 1
        yield current
        waiting += [c for c in children(current) if c.dep_ == "conj"]


def _headline(verb: Token) -> bool:
    """Whether "400 contractors sent to Mali" lacks its auxiliary, as headlines do: a past form without an object."""
    return verb.lower_ in {
        "sent",
        "deployed",
        "dispatched",
        "stationed",
        "posted",
        "airlifted",
        "flown",
        "moved",
        "brought",
    } and not any(c.dep_ == "dobj" for c in children(verb))
