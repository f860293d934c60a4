"""Which places the words round a force name or point to: behind prepositions, as objects, "there", "the country"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind, Precision
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_reader import row
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force, read_force
from routes.extract.places.extent import position_of
from routes.extract.places.pointing import AT_SEA, Pointing, definite, pointing_nouns
from routes.extract.text.clause import children, has_child
from routes.model import MentionRole, MentionStatus, PlaceMention, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token


FURTHER = frozenset(
    (
        *(
            "currently",
            "now",
            "already",
            "still",
            "out",
            "up",
            "down",
            "away",
            "off",
            "over",
            "back",
            "far",
            "home",
            "also",
            "deep",
            "only",
        ),
        *("north", "south", "east", "west"),
    )
)
"""Adverbs behind which the preposition of a place may stand."""
WITH = frozenset(("with", "alongside", "under", "as", "for", "beside"))
"""Prepositions whose object may hold the place: "serving with the mission in Mali"."""
BEING = frozenset(("is", "are", "was", "were", "be", "been", "remain", "remains", "remained"))
FRONTIERS = frozenset(("border", "borders", "frontier", "frontiers"))
"""What lies on the own side, in "along the border with X"."""
ON_COAST = re.compile(r"\bon\s(?:the|its)\s(?:\w+\s)?(?:coast|shores?|seaboard)\sof\s(?:the\s)?$", re.IGNORECASE)
"""On the coast is ashore."""
COAST_REACH = 40
MAX_DEPTH = 3
"""How deep a noun phrase is searched for its place."""


class PlaceFinder(Pointing):
    """The places that the words of one parsed sentence give to forces."""

    def position(self, mention: PlaceMention, words: str) -> Position:
        """Where the words put the force; off a coast it is at sea."""
        position = position_of(self.text, mention)
        before = self.text[max(0, mention.span.start - COAST_REACH) : mention.span.start]
        if mention.place is not None and ON_COAST.search(before):
            return Position.of(mention.place)
        if position.name.startswith("off ") or words.endswith("+sea"):
            name = position.name if position.name.startswith("off ") else f"off {position.name}"
            return replace(position, name=name, precision=Precision.SEA, country_code=None)
        return position

    def in_port(self, force: Force, word: Token, mention: PlaceMention, words: str) -> bool:
        """Whether a ship merely stays somewhere: a call at a port, which is a stop of its voyage."""
        rests = word.lower_ in BEING or verb_forms("stay").get(word.lower_) in {"stay", "remain", "live", "gather"}
        at_sea = mention.place is not None and mention.place.kind in AT_SEA
        several = force.size is not None and force.size.low is not None and force.size.low > 1
        if force.kind == Kinds.AIRCRAFT and (several or self.parsed.doc[force.token].tag_ in {"NNS", "NNPS"}):
            return False
        off = position_of(self.text, mention).name.startswith("off ")
        return force.kind in {Kinds.VESSELS, Kinds.AIRCRAFT} and rests and not (at_sea or off or words.endswith("+sea"))

    def places_round(self, word: Token, *, going: bool) -> Iterator[tuple[int, PlaceMention, str]]:
        """Places that a word's prepositions or direct object name: token, mention, joining words."""
        wanted = table("prepositions", "from" if going else "at")
        verb = word.pos_ in {"VERB", "AUX"}
        forms = {lemma for key in ("send", "stay", "come", "leave") if (lemma := verb_forms(key).get(word.lower_))}
        direct = verb and not forms.isdisjoint(table("verbs", "place_object"))
        for child in children(word):
            if child.dep_ in {"prep", "dative", "prt", "advmod", "agent"} and child.lower_ not in {"there", "where"}:
                yield from self.behind(word, child, wanted, going=going)
            elif direct and child.dep_ == "dobj":
                objects = list(self.named(child, word.text))
                if not objects and going:  # "abandoned their camp in X"
                    near = (c for c in children(word) if c.dep_ == "prep" and c.i > child.i)
                    objects = [p for c in near for p in self.behind(word, c, table("prepositions", "at"), going=False)][
                        :1
                    ]
                yield from objects
            elif child.lower_ in table("points", "here") and not going:
                yield from self.pointed(child, word.text)
            elif verb and child.dep_ == "dobj":  # "amassed a presence in the Caribbean"
                for inner in (c for member in row(child) for c in children(member)):
                    if inner.dep_ == "prep":
                        yield from self.behind(word, inner, wanted, going=going)
                    elif inner.lower_ in table("points", "here") and not going:
                        yield from self.pointed(inner, word.text)

    def behind(
        self, word: Token, prep: Token, wanted: frozenset[str], *, going: bool
    ) -> Iterator[tuple[int, PlaceMention, str]]:
        """Places behind a preposition, also "out of X", "in the waters off X"."""
        form = prep.lower_
        inside = [c for c in children(prep) if c.dep_ in {"pobj", "pcomp"}]
        if form in wanted or (going and form == "out"):
            for noun in inside if not self.abroad(form, inside) else ():
                for member in row(noun):
                    if member.i == noun.i or not self.counts(member):
                        yield from self.named(member, f"{word.text} {prep.text}")
        if form in WITH and not (form == "with" and word.lower_ in verb_forms("from_base")):
            for noun in (n for thing in inside for n in _inside(thing, outermost=False)):
                yield from self.named(noun, f"{word.text} {prep.text} …")
        for deeper in children(prep) if form in wanted | FURTHER else ():
            if deeper.dep_ == "prep" and deeper.lower_ in wanted | {"of"}:
                yield from self.behind(word, deeper, wanted | {"of"}, going=going)

    def abroad(self, form: str, nouns: Sequence[Token]) -> bool:
        """Whether "outside X" means the rest of the world."""
        named = (self.parsed.mention(n) for n in nouns)
        kinds = {m.place.kind for m in named if m is not None and m.place is not None}
        return form == "outside" and Kind.COUNTRY in kinds

    def counts(self, noun: Token) -> bool:
        """Whether a member of a row begins a clause without its verb: "… in Mali and Ghana 870", "… 70 policemen"."""
        force = read_force(self.parsed, noun, self.text)
        counted = self.parsed.mention(noun) is not None and any(
            c.dep_ == "nummod" and c.i > noun.i for c in children(noun)
        )
        return counted or (force is not None and force.kind == Kinds.PEOPLE)

    def next_to(self, force: Force, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place right behind the phrase of a force, whatever word the parse hangs it on."""
        end = max(
            force.span.end, force.size.end if force.size is not None and force.size.start >= force.span.start else 0
        )
        doc = self.parsed.doc
        at = next((i for i, s in enumerate(self.parsed.spans) if s.start >= end), len(doc))
        while at < len(doc) and doc[at].lower_ in FURTHER | {",", ")", "strong"}:
            at += 1
        if at >= len(doc) or doc[at].tag_ != "IN" or doc[at].lower_ not in table("prepositions", "beside"):
            return
        prep = doc[at]
        while (
            at + 1 < len(doc)
            and at - prep.i < MAX_DEPTH
            and doc[at + 1].tag_ in {"DT", "JJ"}
            and self.parsed.mentions[at + 1] is None
        ):
            at += 1
        mention = self.parsed.mentions[at + 1] if at + 1 < len(doc) else None
        if mention is not None and mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
            abroad = prep.lower_ == "outside" and mention.place is not None and mention.place.kind is Kind.COUNTRY
            if not abroad:
                yield at + 1, mention, f"{words} {prep.text}"
        else:
            yield from self.behind(prep.head, prep, table("prepositions", "at"), going=False)

    def named(self, noun: Token, words: str, depth: int = 0) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place a noun names, or holds ("the garrison at Kapan", "Venezuelan shores", "bases in Mali")."""
        mention = self.parsed.mention(noun)
        if noun.lower_ in table("points", "nowhere"):
            return
        if mention is not None:
            if mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
                yield noun.i, mention, words
            elif mention.role is MentionRole.LITERAL and depth == 0:
                yield from self.around(noun, words)
            return
        explained = (m for c in children(noun) if c.dep_ == "appos" and c.i > noun.i for m in row(c))
        listed = [p for m in explained for p in self.listed(m, words)]
        beside = self.beside(noun, words)
        if beside is not None or listed:
            yield from [beside] if beside is not None else listed
        elif noun.lower_ in FRONTIERS:
            yield from self.at_border(noun, words, depth)
        elif noun.lower_ in pointing_nouns() and definite(noun):
            of = (n for c in children(noun) if c.dep_ == "prep" and c.lower_ == "of" for n in c.children)
            said = [p for n in of if self.parsed.mention(n) is not None for p in self.named(n, words, depth + 1)]
            yield from said or self.pointed(noun, words)
        elif depth < MAX_DEPTH:
            yield from self.held(noun, words, depth)

    def held(self, noun: Token, words: str, depth: int) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place inside a phrase, or beside an unknown name, or meant by "the base"."""
        ashore = words.endswith(" on") and noun.lower_ in table("coasts", "shore")
        at_sea = " +sea" if noun.lower_ in table("coasts", "sea") and not ashore else ""
        held = [p for n in _inside(noun, outermost=depth == 0) for p in self.named(n, words + at_sea, depth + 1)]
        if not held and depth == 0 and noun.pos_ == "PROPN":
            held = list(self.around(noun, words))
        if not held and depth == 0 and noun.lower_ in table("points", "site") and definite(noun):
            held = list(self.pointed(noun, words))
        yield from held

    def at_border(self, noun: Token, words: str, depth: int) -> Iterator[tuple[int, PlaceMention, str]]:
        """Of "its border with X" the own side, if told; of "X's border" X."""
        own = self.own_soil(noun, words)
        if own is not None and has_child(noun, {"with"}, "prep") is not None:
            yield own
        elif own is None or has_child(noun, {"the"}, "det") is None:
            yield from (p for n in _inside(noun, outermost=False) for p in self.named(n, words, depth + 1))

    def beside(self, noun: Token, words: str) -> tuple[int, PlaceMention, str] | None:
        """The place that qualifies a noun: "Venezuelan shores" are at sea, "Syrian soil" is Syria."""
        where = noun.lower_
        if where in table("forces", "people") | table("forces", "people_if_marked"):
            return None
        sites = table("bases", "nouns")
        if where in sites and any(
            True for inner in _inside(noun, outermost=False) for _ in self.named(inner, words, MAX_DEPTH)
        ):
            return None  # "Spain's base in Djibouti" lies in Djibouti
        if where in table("coasts", "land") and has_child(noun, {"its", "their"}, "poss") is not None:
            return self.own_soil(noun, words)
        for child in children(noun):
            inner = self.parsed.mention(child)
            if inner is None or inner.place is None or child.dep_ not in {"amod", "compound", "nmod", "poss"}:
                continue
            if where in table("coasts", "sea") and not (words.endswith(" on") and where in table("coasts", "shore")):
                return child.i, inner, f"{words} {noun.text} +sea"
            if where in table("coasts", "land") or (inner.role is MentionRole.LITERAL and noun.pos_ == "NOUN"):
                return child.i, inner, f"{words} … {noun.text}"
        return None


def _inside(noun: Token, *, outermost: bool) -> Iterator[Token]:
    """Nouns inside a noun phrase that may say where it is: "bases in the north of Mali", "a group X leads in Mali"."""
    at = table("prepositions", "at") | {"of"}
    for child in children(noun) if noun.tag_ != "CD" else ():
        if child.dep_ == "prep" and child.lower_ in at:
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "relcl" and outermost:
            for prep in children(child):
                if prep.dep_ == "prep" and prep.lower_ in {"in", "at"}:
                    yield from (c for c in prep.children if c.dep_ == "pobj")
