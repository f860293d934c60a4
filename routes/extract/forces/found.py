"""A force joined to a place by the words of one clause, and how the two are joined, each pair once a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.extract.certainty.certainty import Judgement, judge
from routes.extract.certainty.falsehood import ruled_out
from routes.extract.forces.force_context import HOLDING
from routes.extract.forces.force_kinds import Kinds
from routes.extract.forces.force_places import BEING, PlaceFinder
from routes.extract.forces.force_reader import ForceReader
from routes.extract.forces.force_verbs import holder
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force
from routes.extract.text.clause import children, lemma_in, read_group
from routes.extract.text.sizes import find_sizes
from routes.model import MentionRole, PlaceMention, Position, Report, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

FORCE_REACH = 2
"""In how many sentences behind a force told of "its contingent" or a bare number still means it."""
PLACE_REACH = 3
"""In how many sentences behind a deployment "there" still means its place."""
COARSE = {Precision.SITE: 0, Precision.CITY: 1, Precision.REGION: 2, Precision.COUNTRY: 3, Precision.SEA: 3}
WITHIN = re.compile(r"[,\s]+(?:(?:in|near|on|outside)\s)?(?:the\s)?(?:[a-z]+(?:ern)?\s){0,3}(?:of\s)?(?:the\s)?")
"""What stands between a place and the larger one that it lies in."""
OF = re.compile(r",?\s(?P<of>(?:of|numbering|totalling|counting)\s)?(?:(?:now|maybe|perhaps|possibly)\s)?")
STRONG = re.compile(r"\s(?:\w+\s)?strong\b|\s(?:men|soldiers|troops|personnel)(?=[,.;)]|$)")
"""Behind a number between commas: ", 270 soldiers strong,", ", perhaps 80 men,"."""
OF_REACH = 40
"""In how many characters behind "of" a number is looked for."""
BODIES = frozenset((Kinds.UNITS, Kinds.PRESENCE, Kinds.NAMED))
LASTING = frozenset(("remain", "stay", "keep", "maintain", "retain", "continue"))
"""Who will remain somewhere is there already."""
MORE = frozenset(("another", "more", "additional", "further", "extra", "other"))
"""With such a word a force joins one told of before."""
SAME = frozenset(("the", "its", "their", "these", "those", "last", "first"))
"""With such a word it is one told of before."""

Pointed = tuple[int, PlaceMention, str]
"""A token that names or points to a place, the place's mention, the joining words."""


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
        if status is Status.PLANNED and word in LASTING and not self.going:
            return Status.ONGOING
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
            if word.dep_ not in {"dobj", "attr", "acomp"} or word.head.lower_ not in HOLDING | BEING:
                return False
            word = word.head
        group = read_group(word)
        said = (
            word.dep_ == "ccomp" and word.head.tag_ in {"VBD", "VBN"} and lemma_in(word.head, "reporting") is not None
        )
        claimed = word.dep_ == "ccomp" and word.head.tag_ == "VBD" and lemma_in(word.head, "hedging") is not None
        if (said or claimed) and not group.perfect and word.head.i < word.i:
            return False  # "said that they were in X": they are
        return group.past and not group.progressive and word.dep_ not in {"acl", "amod"}


class Joiner:
    """Joins the forces of one parsed sentence to its places."""

    def __init__(
        self,
        report: Report,
        parsed: Parsed,
        places: Sequence[PlaceMention],
        before: Sequence[Found],
        spoken: Force | None,
    ) -> None:
        near = [f.force for f in before if parsed.index - f.parsed.index <= FORCE_REACH]
        recent = [f.place for f in before if parsed.index - f.parsed.index <= PLACE_REACH]
        self.text = report.text
        self.parsed = parsed
        self.stayed = bool(before) and before[-1].staying
        self.who = ForceReader(report.text, parsed, near[-1] if near else None, spoken)
        self.where = PlaceFinder(report.text, parsed, places, recent[-1] if recent else None)
        self.seen: set[tuple[int, int]] = set()

    def made(self, force: Force, place: Pointed, verb: Token, *, going: bool = False, staying: bool = True) -> Found:
        """A force that a word tells to be, come to be, or have been at a place."""
        self.seen.add((force.token, place[0]))
        force = self.numbered(force, place[1])
        return Found(
            force=force,
            place=place[1],
            position=self.where.position(place[1], place[2]),
            words=place[2],
            going=going,
            staying=staying,
            judgement=judge(verb, self.parsed, self.text),
            parsed=self.parsed,
            token=verb.i,
        )

    def numbered(self, force: Force, place: PlaceMention) -> Force:
        """The force with a number that its place has parted from it: "a garrison in X of 4,000"."""
        gap = OF.match(self.text, place.span.end) if force.size is None and force.kind in BODIES else None
        found = find_sizes(self.text, gap.end(), min(len(self.text), gap.end() + OF_REACH)) if gap is not None else []
        if gap is None or not found or found[0].start > gap.end():
            return force
        if not gap["of"] and not STRONG.match(self.text, found[0].end):
            return force
        return replace(force, size=found[0], size_text=found[0].text)

    def all_at(
        self,
        forces: Iterable[Force],
        places: Sequence[Pointed],
        verb: Token,
        *,
        going: bool = False,
        staying: bool = True,
    ) -> Iterator[Found]:
        """Every force with every place, but for the pairs that are joined already."""
        for place in places:
            for force in () if ruled_out(self.parsed.doc, place[0]) else forces:
                if (force.token, place[0]) not in self.seen:
                    yield self.made(force, place, verb, going=going, staying=staying)

    def join(self, word: Token, forces: Sequence[Force], *, going: bool, staying: bool) -> Iterator[Found]:
        """The forces with the places round a word."""
        if not forces:
            return
        places = list(self.where.places_round(word, going=going))
        if not places and not going and word.pos_ == "VERB":
            brought = next((c for c in children(word) if c.dep_ == "prt" and c.lower_ in {"in", "ashore"}), None)
            places = list(self.where.pointed(brought, word.text)) if brought is not None else []
        where = next((c for c in children(word) if c.lower_ == "where"), None) if word.dep_ == "relcl" else None
        if not places and where is not None:
            places = list(self.where.right_before(where, word.text)) or list(self.where.named(word.head, word.text))
        if not places and (verb := holder(word, forces)) is not None:
            places = [p for p in self.where.places_round(verb, going=going) if p[0] > word.i]
        for token, mention, words in self.finest(places):
            inside = (f for f in forces if token != f.token and not _holds(f, mention))
            fit = [f for f in inside if not self.where.in_port(f, word, mention, words)]
            yield from self.all_at(fit, [(token, mention, words)], word, going=going, staying=staying)

    def finest(self, places: Sequence[Pointed]) -> list[Pointed]:
        """Places without those that only say where the one before lies: "at X in Y"."""
        kept: list[Pointed] = []
        for one in places:
            last = kept[-1][1] if kept else None
            gap = self.text[last.span.end : one[1].span.start] if last is not None else ""
            inner, outer = last.place if last is not None else None, one[1].place
            within = inner is not None and outer is not None and COARSE[outer.precision] > COARSE[inner.precision]
            if not (within and WITHIN.fullmatch(gap)):
                kept.append(one)
        return kept

    def next_to(self, forces: Sequence[Force], word: Token, *, going: bool = False) -> Iterator[Found]:
        """Forces with the place right behind their phrase: "the soldiers in X", "the soldiers in X have left"."""
        for force in forces:
            places = list(self.where.next_to(force, word.text)) if force.token >= 0 else []
            yield from self.all_at([force], places, word, going=going, staying=not going)

    def spoken_of(self, verb: Token, forces: Sequence[Force], *, going: bool) -> Iterator[Found]:
        """The place told before, where the clause names none: "Another 300 will come in May", "They leave in June"."""
        place = self.where.before
        named = [m for m in self.parsed.mentions if m is not None and m.role is MentionRole.LITERAL and m != place]
        own = {f.owner[1] for f in forces if f.owner is not None}
        if place is None or any(m.place is None or m.place.name not in own for m in named):
            return
        on = self.stayed and verb.dep_ in {"ROOT", "conj", "ccomp"}
        for force in forces:
            said = force.span if force.token >= 0 else Span(start=0, end=0)
            words = set(self.text[said.start : said.end].lower().split())
            told_of = bool(words & (SAME if going else MORE)) or (force.token < 0 and on)
            if told_of and force.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.NAMED} and (going or force.size is not None):
                yield self.made(force, (verb.i, place, f"{verb.text} ({place.text})"), verb, going=going, staying=False)


def _holds(force: Force, mention: PlaceMention) -> bool:
    """Whether a place stands inside the phrase of a force."""
    return force.span.start <= mention.span.start < force.span.end
