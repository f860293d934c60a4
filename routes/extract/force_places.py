"""Which places the words round a force name or point to: behind prepositions, as objects, "there", "the country"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind, Precision
from routes.extract.clause import children, has_child, subject
from routes.extract.extent import position_of
from routes.extract.force_kinds import Kinds, table
from routes.extract.force_reader import row
from routes.extract.force_words import verb_forms
from routes.extract.forces import Force, read_force
from routes.model import MentionRole, MentionStatus, PlaceMention, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

AT_SEA = frozenset((Kind.SEA, Kind.WATERWAY, Kind.REGION))
LOCATIVE = re.compile(
    r"\b(?:in|to|into|from|at|across|inside|near|on|off|for|within|throughout)\s(?:the\s)?$", re.IGNORECASE
)
LOCATIVE_REACH = 16
"""A place right behind such a word is one where something is, not one that acts."""
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
MAX_DEPTH = 3
"""How deep a noun phrase is searched for its place."""


class PlaceFinder:
    """The places of one parsed sentence, with those of the whole report for what it points back to."""

    def __init__(
        self, text: str, parsed: Parsed, places: Sequence[PlaceMention], before: PlaceMention | None = None
    ) -> None:
        self.before = before
        self.text = text
        self.parsed = parsed
        self.places = places

    def position(self, mention: PlaceMention, words: str) -> Position:
        """Where the words put the force; off a coast it is at sea."""
        position = position_of(self.text, mention)
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

    def behind(
        self, word: Token, prep: Token, wanted: frozenset[str], *, going: bool
    ) -> Iterator[tuple[int, PlaceMention, str]]:
        """Places behind a preposition, also "out of X", "in the waters off X"."""
        form = prep.lower_
        inside = [c for c in children(prep) if c.dep_ in {"pobj", "pcomp"}]
        if form in wanted or (going and form == "out"):
            for noun in inside:
                for member in row(noun):
                    if member.i == noun.i or not self.counts(member):
                        yield from self.named(member, f"{word.text} {prep.text}")
        if form in WITH:
            for noun in (n for thing in inside for n in _inside(thing, outermost=False)):
                yield from self.named(noun, f"{word.text} {prep.text} …")
        for deeper in children(prep) if form in wanted | FURTHER else ():
            if deeper.dep_ == "prep" and deeper.lower_ in wanted | {"of"}:
                yield from self.behind(word, deeper, wanted | {"of"}, going=going)

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
            yield at + 1, mention, f"{words} {prep.text}"
        else:
            yield from self.behind(prep.head, prep, table("prepositions", "at"), going=False)

    def named(self, noun: Token, words: str, depth: int = 0) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place a noun names, or holds ("the garrison at Kapan", "Venezuelan shores", "bases in Mali")."""
        mention = self.parsed.mention(noun)
        if mention is not None:
            if mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
                yield noun.i, mention, words
            elif mention.role is MentionRole.LITERAL and depth == 0:
                yield from self.around(noun, words)
            return
        listed = [
            p
            for c in children(noun)
            if c.dep_ == "appos" and c.i > noun.i
            for m in row(c)
            for p in self.listed(m, words)
        ]
        beside = self.beside(noun, words)
        if beside is not None:
            yield beside
        elif listed:
            yield from listed
        elif noun.lower_ in _pointers() and _definite(noun):
            of = (n for c in children(noun) if c.dep_ == "prep" and c.lower_ == "of" for n in c.children)
            said = [p for n in of if self.parsed.mention(n) is not None for p in self.named(n, words, depth + 1)]
            yield from said or self.pointed(noun, words)
        elif depth < MAX_DEPTH:
            at_sea = " +sea" if noun.lower_ in table("coasts", "sea") else ""
            held = [p for n in _inside(noun, outermost=depth == 0) for p in self.named(n, words + at_sea, depth + 1)]
            if not held and depth == 0 and noun.pos_ == "PROPN":
                held = list(self.around(noun, words))
            if not held and depth == 0 and noun.lower_ in table("points", "site") and _definite(noun):
                held = list(self.pointed(noun, words))
            yield from held

    def around(self, noun: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place behind a name that no gazetteer knows: "at Camp Elm, in Latvia", "at Camp Elm, Latvia"."""
        doc = noun.doc
        at = noun.i + 1
        comma = at < len(doc) and doc[at].text == ","
        at += comma
        if at < len(doc) and doc[at].lower_ in {"in", "near", "outside"}:
            at += 1
            while at < len(doc) and doc[at].tag_ in {"DT", "JJ"} and self.parsed.mentions[at] is None:
                at += 1
        elif not comma:
            return
        if at < len(doc):
            yield from self.listed(doc[at], f"{words} … {doc[at - 1].text}")

    def listed(self, noun: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """A place named beside the noun that it explains: "two countries, Chad and Niger"."""
        mention = self.parsed.mention(noun)
        if mention is not None and mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
            yield noun.i, mention, words

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
            if where in table("coasts", "sea"):
                return child.i, inner, f"{words} {noun.text} +sea"
            if where in table("coasts", "land") or (inner.role is MentionRole.LITERAL and noun.pos_ == "NOUN"):
                return child.i, inner, f"{words} … {noun.text}"
        return None

    def right_before(self, where: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "where" follows, with or without a comma."""
        at = where.i - 1
        while at > 0 and where.doc[at].text == ",":
            at -= 1
        yield from self.listed(where.doc[at], f"where … {words}")

    def own_soil(self, noun: Token, words: str) -> tuple[int, PlaceMention, str] | None:
        """The country whose "its soil" is: the subject of the verb above."""
        verb = next((a for a in noun.ancestors if a.pos_ in {"VERB", "AUX"}), None)
        whose = subject(verb) if verb is not None else None
        mention = self.parsed.mention(whose) if whose is not None else None
        if whose is None or mention is None or mention.place is None or mention.status is not MentionStatus.RESOLVED:
            return None
        return whose.i, mention, f"{words} … {noun.text} ({mention.text})"

    def pointed(self, pointer: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "there" or "the country" points back to: the last one named that is not the force's own."""
        at = self.parsed.spans[pointer.i].start
        subjects = {t.i for t in self.parsed.doc if t.dep_ in {"nsubj", "nsubjpass"}}
        own = {m.place.id for i in subjects if (m := self.parsed.mentions[i]) is not None and m.place is not None}
        kinds = _kinds_of(pointer.lower_)
        last = self.before if pointer.lower_ not in {"in", "ashore"} else None
        if last is not None and last.place is not None and last.place.kind in kinds and last.place.id not in own:
            yield pointer.i, last, f"{words} {pointer.text} ({last.text})"
            return
        spoken: PlaceMention | None = None
        for mention in reversed([p for p in self.places if p.span.end <= at]):
            if mention.role is not MentionRole.LITERAL or mention.place is None or mention.place.id in own:
                continue
            if mention.place.kind not in kinds:
                continue
            spoken = spoken or mention
            if LOCATIVE.search(self.text, max(0, mention.span.start - LOCATIVE_REACH), mention.span.start):
                spoken = mention
                break
        if spoken is not None:
            yield pointer.i, spoken, f"{words} {pointer.text} ({spoken.text})"


def _pointers() -> frozenset[str]:
    return table("points", "country") | table("points", "area") | table("points", "city")


def _kinds_of(pointer: str) -> frozenset[Kind]:
    """Which kinds of place a pointing noun may mean; "there" may mean any."""
    if pointer in table("points", "country"):
        return frozenset((Kind.COUNTRY,))
    if pointer in table("points", "area"):
        return frozenset((Kind.REGION, Kind.ADMIN1, Kind.ADMIN2, Kind.SEA))
    if pointer in table("points", "site"):
        return frozenset(Kind) - AT_SEA
    return frozenset((Kind.CITY,)) if pointer in table("points", "city") else frozenset(Kind)


def _definite(noun: Token) -> bool:
    return any(c.lower_ in {"the", "that", "this"} for c in children(noun))


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
