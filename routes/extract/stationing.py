"""One parsed sentence → the forces its words join to a place.

Three kinds of words do so: verbs that put a force there ("deployed", "withdrew"), verbs of which it is the subject
there ("patrols", "fights in"), and nouns that hold both ("a presence in", "the withdrawal from"). A force right before
"in …" counts as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind, Precision
from routes.extract.certainty import Judgement, judge
from routes.extract.clause import children, has_child, read_group, subject
from routes.extract.extent import position_of
from routes.extract.force_words import verb_forms
from routes.extract.forces import Force, Kinds, read_force, table
from routes.extract.sizes import find_vague
from routes.model import MentionRole, MentionStatus, PlaceMention, Position, Report, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

CAMP = re.compile(r"\b(?:Camp|Base|Barracks|Fort|Airbase|Garrison)\b")
"""Places where people known by their nationality alone are soldiers."""
AT_SEA = frozenset((Kind.SEA, Kind.WATERWAY, Kind.REGION))
LOCATIVE = re.compile(
    r"\b(?:in|to|into|from|at|across|inside|near|on|off|for|within|throughout)\s(?:the\s)?$", re.IGNORECASE
)
LOCATIVE_REACH = 16
"""A place right behind such a word is one where something is, not one that acts."""
HOLDING = frozenset(("has", "have", "had", "having", "keeps", "keep", "kept", "retains", "retained", "maintains"))
"""Verbs of having: the place behind them is that of what is had."""
FURTHER = frozenset(
    (
        *("currently", "now", "already", "still", "out", "up", "down", "away", "off", "over", "back", "far"),
        *("north", "south", "east", "west"),
    )
)
"""Adverbs behind which the preposition of a place may stand."""
WITH = frozenset(("with", "alongside", "under", "as", "for", "beside"))
"""Prepositions whose object may hold the place: "serving with the mission in Mali"."""
BEING = frozenset(("is", "are", "was", "were", "be", "been", "remain", "remains", "remained"))
MAX_BETWEEN = 12
"""Two forces with no more characters between them than this are named in one breath."""
MAX_DEPTH = 3
"""How deep a noun phrase is searched for its place."""
MAX_CHAIN = 12
"""How many members of a row ("Goma, Sake and Bukavu") are followed."""


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
        self, report: Report, parsed: Parsed, places: Sequence[PlaceMention], before: Sequence[Found] = ()
    ) -> None:
        self.text = report.text
        self.parsed = parsed
        self.places = places
        self.before = before
        self.seen: set[tuple[int, int]] = set()

    def found(self) -> list[Found]:
        """Every force of the sentence that its words join to a place."""
        found: list[Found] = []
        for token in self.parsed.doc:
            if token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB":
                found += self.by_verb(token)
            elif token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                found += self.by_noun(token)
        return found

    # verbs

    def by_verb(self, verb: Token) -> Iterator[Found]:
        """What a verb of sending, staying, coming or leaving says."""
        word = verb.lower_
        sends, leaves = verb_forms("send").get(word), verb_forms("leave").get(word)
        sends = sends or verb_forms("promise").get(word)
        stays, comes = verb_forms("stay").get(word), verb_forms("come").get(word)
        if leaves is not None and self._leaves(verb, leaves):
            yield from self.join(verb, self.moved(verb) or self.actor(verb), going=True, staying=False)
            return
        if sends is not None:
            forces = [f for f in self.moved(verb) if _fits(f, sends)]
            yield from self.join(verb, forces, going=False, staying=_is_state(verb))
        if stays is not None:
            forces = [f for f in self.actor(verb) if _fits(f, stays)]
            yield from self.join(verb, forces, going=False, staying=True)
        if comes is not None:
            forces = [f for f in self.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE}]
            yield from self.join(verb, forces, going=False, staying=False)
        if word in BEING:
            forces = [f for f in self.actor(verb) if self.is_at(f, verb)]
            yield from self.join(verb, forces, going=False, staying=True)

    def is_at(self, force: Force, verb: Token) -> bool:
        """Whether "is in X" tells where a force is: "150 soldiers are in Riga", not "three officers are ill in X"."""
        if any(c.dep_ in {"acomp", "attr"} for c in children(verb)):
            return False
        word = self.parsed.written[force.token].lower() if force.token >= 0 else ""
        if force.kind == Kinds.NATIONALS:
            return force.size is not None and any(
                CAMP.search(m.text) for _, m, _ in self.places_round(verb, going=False)
            )
        return force.kind in {Kinds.UNITS, Kinds.VESSELS, Kinds.PRESENCE} or _stands_alone(word, force)

    def _leaves(self, verb: Token, lemma: str) -> bool:
        particles = {c.lower_ for c in children(verb) if c.dep_ in {"prt", "advmod", "prep"}}
        if lemma in table("verbs", "leave_with_particle") and not particles & {"out", "away", "back"}:
            return False
        return lemma != "abandon" or bool(self.actor(verb))

    def moved(self, verb: Token) -> list[Force]:
        """The forces that a verb moves: its object, or the subject of the passive; the noun a participle hangs on."""
        group = read_group(verb)
        heads = [c for c in children(verb) if c.dep_ in {"dobj", "nsubjpass", "oprd"}]
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
            heads = [first] if first is not None else []
        if not heads and verb.tag_ == "VBD" and not group.passive:
            heads = [c for c in children(verb) if c.dep_ == "nsubj"] if _headline(verb) else []
        led = next((f for h in heads if (f := self.led_by(h, verb)) is not None), None)
        if led is not None:
            return [self.owned(led, None)]
        return [self.from_unit(f, verb) for f in self.forces(heads, verb)]

    def led_by(self, noun: Token, verb: Token) -> Force | None:
        """The force that a general is sent to lead: "was sent to Mali to head a mission of 120 men"."""
        if noun.lower_ not in table("persons", "leaders"):
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
            return [last] if last is not None else []
        return self.forces([noun] if noun is not None else [], verb)

    def spoken_of(self) -> Force | None:
        """The force that "they" means: the last one of this sentence or the one before."""
        near = [f for f in self.before if self.parsed.index - f.parsed.index <= 1]
        return replace(near[-1].force, token=-1) if near else None

    def forces(self, heads: Sequence[Token], verb: Token | None = None) -> list[Force]:
        """The forces among noun phrases, in a row with them, or inside them ("lorries of the mission")."""
        found: list[Force] = []
        for head in heads:
            for noun in _row(_counted(head)):
                force = self.force_at(noun)
                if force is None:
                    continue
                force = self.owned(force, verb)
                if found and noun != head and not force.size and force.owner in {None, found[-1].owner}:
                    found[-1] = self.together(found[-1], force)
                else:
                    found.append(force)
        return found

    def together(self, first: Force, second: Force) -> Force:
        """Forces in one breath, "bombers and warships", as one."""
        span = Span(start=first.span.start, end=max(first.span.end, second.span.end))
        between = self.text[first.span.end : second.span.start]
        words = f"{first.words}{between}{second.words}" if len(between) < MAX_BETWEEN else first.words
        return replace(first, span=span, words=" ".join(words.split()))

    def force_at(self, noun: Token) -> Force | None:
        """The force a noun names, itself or through "of": "the first lorries of the mission"."""
        force = read_force(self.parsed, noun, self.text)
        if force is not None and force.marked:
            return force
        for child in children(noun):
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        deeper = read_force(self.parsed, inner, self.text)
                        if deeper is not None and (deeper.marked or force is not None):
                            return self.counted(deeper, noun)
            elif child.dep_ in {"appos", "compound"} and self.parsed.mention(child) is None:
                beside = read_force(self.parsed, child, self.text)
                if beside is not None and beside.marked and beside.kind == Kinds.NAMED:
                    return beside
        return None

    def counted(self, force: Force, quantity: Token) -> Force:
        """The force with the quantity it stands behind: "hundreds of mercenaries", "half of its troops"."""
        if force.size_text is not None or quantity.i > force.token:
            return force
        start, end = self.parsed.spans[quantity.left_edge.i].start, self.parsed.spans[quantity.i].end
        vague = find_vague(self.text, start, end)
        if vague is None and quantity.lower_ in {"half", "most", "part", "all", "third", "quarter"}:
            vague = quantity.text
        return replace(force, size_text=vague)

    def owned(self, force: Force, verb: Token | None) -> Force:
        """The force with the country that sends it, where its own words name none."""
        if force.owner is not None or verb is None:
            return force
        noun = subject(verb)
        mention = self.parsed.mention(noun) if noun is not None else None
        if mention is None or mention.place is None or noun is None or noun.i == force.token:
            return force
        code = mention.place.country_code or mention.place.id
        return replace(force, owner=(code, mention.place.name))

    # nouns

    def by_noun(self, noun: Token) -> Iterator[Found]:
        """A force or presence right before its place: "a military presence in", "troops in", "forces active in"."""
        if noun.pos_ == "ADJ":
            if noun.lower_ in {"active", "present", "stationary", "operational"}:
                head = noun.head if noun.dep_ == "amod" else subject(noun.head) if noun.dep_ == "acomp" else None
                forces = self.forces([head]) if head is not None else []
                yield from self.join(noun, forces, going=False, staying=True)
            return
        word = self.parsed.written[noun.i].lower()
        force = read_force(self.parsed, noun, self.text)
        if force is None:
            return
        own = word in {"force", "forces"} and noun.dep_ == "dobj" and has_child(noun, {"its", "their"}) is not None
        if own:
            force = self.owned(force, noun.head)  # "Rwanda has doubled its force in"
            force = replace(force, marked=force.owner is not None)
        if not force.marked:
            return
        going = word in table("forces", "going")
        if force.kind == Kinds.PRESENCE:
            inner = self.of_what(noun)
            force = self.owned(replace(inner, kind=Kinds.PRESENCE) if inner is not None else force, _verb_over(noun))
        elif not own and not (force.kind in {Kinds.PEOPLE, Kinds.NAMED, Kinds.UNITS} and _stands_alone(word, force)):
            force = self.owned(force, _verb_over(noun))
            if force.owner is None or force.size is None or noun.head.lower_ not in HOLDING or noun.dep_ != "dobj":
                return
        yield from self.join(noun, [force], going=going, staying=not going)

    def of_what(self, noun: Token) -> Force | None:
        """The force in "a buildup of American forces", "the deployment of 200 soldiers", "troop withdrawal"."""
        for child in children(noun):
            if child.dep_ == "prep" and child.lower_ in {"of", "by"}:
                for inner in child.children:
                    if inner.dep_ == "pobj" and (force := read_force(self.parsed, inner, self.text)) is not None:
                        return force if force.marked or force.kind else None
        return None

    # joining

    def join(self, word: Token, forces: Sequence[Force], *, going: bool, staying: bool) -> Iterator[Found]:
        """The forces with the places round a word."""
        if not forces:
            return
        judgement: Judgement | None = None
        places = list(self.places_round(word, going=going))
        if not places and not going and word.pos_ == "VERB":
            brought = next((c for c in children(word) if c.dep_ == "prt" and c.lower_ in {"in", "ashore"}), None)
            places = list(self.pointed(brought, word.text)) if brought is not None else []
        if not places and word.dep_ == "relcl" and any(c.lower_ == "where" for c in children(word)):
            places = list(self.named(word.head, f"where … {word.text}"))
        if not places and (verb := _holder(word, forces)) is not None:
            places = [p for p in self.places_round(verb, going=going) if p[0] > word.i]
        for token, mention, words in places:
            for force in forces:
                if token == force.token or force.span.start <= mention.span.start < force.span.end:
                    continue
                if (force.token, token) in self.seen or self.in_port(force, word, mention, words):
                    continue
                if judgement is None:
                    judgement = judge(word, self.parsed, self.text)
                self.seen.add((force.token, token))
                yield Found(
                    force=force,
                    place=mention,
                    position=self.position(mention, words),
                    words=words,
                    going=going,
                    staying=staying,
                    judgement=judgement,
                    parsed=self.parsed,
                    token=word.i,
                )

    def in_port(self, force: Force, word: Token, mention: PlaceMention, words: str) -> bool:
        """Whether a ship merely stays somewhere: a call at a port, which is a stop of its voyage."""
        rests = word.lower_ in BEING or verb_forms("stay").get(word.lower_) in {"stay", "remain", "live", "gather"}
        at_sea = mention.place is not None and mention.place.kind in AT_SEA
        return force.kind in {Kinds.VESSELS, Kinds.AIRCRAFT} and rests and not at_sea and not words.endswith("+sea")

    def position(self, mention: PlaceMention, words: str) -> Position:
        """Where the words put the force; off a coast it is at sea."""
        position = position_of(self.text, mention)
        if position.name.startswith("off ") or words.endswith("+sea"):
            name = position.name if position.name.startswith("off ") else f"off {position.name}"
            return replace(position, name=name, precision=Precision.SEA, country_code=None)
        return position

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
                for inner in children(child):
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
                for member in _row(noun):
                    yield from self.named(member, f"{word.text} {prep.text}")
        if form in WITH:
            for noun in (n for thing in inside for n in _inside(thing, outermost=False)):
                yield from self.named(noun, f"{word.text} {prep.text} …")
        for deeper in children(prep) if form in wanted | FURTHER else ():
            if deeper.dep_ == "prep" and deeper.lower_ in wanted | {"of"}:
                yield from self.behind(word, deeper, wanted | {"of"}, going=going)

    def named(self, noun: Token, words: str, depth: int = 0) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place a noun names, or holds ("the garrison at Kapan", "Venezuelan shores", "bases in Mali")."""
        mention = self.parsed.mention(noun)
        if mention is not None:
            if mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
                yield noun.i, mention, words
            return
        beside = self.beside(noun, words)
        if beside is not None:
            yield beside
        elif noun.lower_ in table("points", "country") and _definite(noun):
            yield from self.pointed(noun, words)
        elif depth < MAX_DEPTH:
            at_sea = " +sea" if noun.lower_ in table("coasts", "sea") else ""
            for inner in _inside(noun, outermost=depth == 0):
                yield from self.named(inner, words + at_sea, depth + 1)

    def beside(self, noun: Token, words: str) -> tuple[int, PlaceMention, str] | None:
        """The place that qualifies a noun: "Venezuelan shores" are at sea, "Syrian soil" is Syria."""
        where = noun.lower_
        for child in children(noun):
            inner = self.parsed.mention(child)
            if inner is None or inner.place is None or child.dep_ not in {"amod", "compound", "nmod", "poss"}:
                continue
            if where in table("coasts", "sea"):
                return child.i, inner, f"{words} {noun.text} +sea"
            if where in table("coasts", "land") or inner.role is MentionRole.LITERAL:
                return child.i, inner, f"{words} … {noun.text}"
        return None

    def pointed(self, pointer: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "there" or "the country" points back to: the last one named that is not the force's own."""
        at = self.parsed.spans[pointer.i].start
        subjects = {t.i for t in self.parsed.doc if t.dep_ in {"nsubj", "nsubjpass"}}
        own = {m.place.id for i in subjects if (m := self.parsed.mentions[i]) is not None and m.place is not None}
        country = pointer.lower_ in table("points", "country")
        spoken: PlaceMention | None = None
        for mention in reversed([p for p in self.places if p.span.end <= at]):
            if mention.role is not MentionRole.LITERAL or mention.place is None or mention.place.id in own:
                continue
            if country and mention.place.kind is not Kind.COUNTRY:
                continue
            spoken = spoken or mention
            if LOCATIVE.search(self.text, max(0, mention.span.start - LOCATIVE_REACH), mention.span.start):
                spoken = mention
                break
        if spoken is not None:
            yield pointer.i, spoken, f"{words} {pointer.text} ({spoken.text})"


def _holder(noun: Token, forces: Sequence[Force]) -> Token | None:
    """The verb whose "in …" belongs to a force in its object: "built up a presence in", "has 300 soldiers in"."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ not in {"VERB", "AUX"}:
        return None
    return verb if forces[0].kind == Kinds.PRESENCE or verb.lower_ in HOLDING else None


def _definite(noun: Token) -> bool:
    return any(c.lower_ in {"the", "that", "this"} for c in children(noun))


def _inside(noun: Token, *, outermost: bool) -> Iterator[Token]:
    """Nouns inside a noun phrase that may say where it is: "bases in the north of Mali", "a group X leads in Mali"."""
    at = table("prepositions", "at") | {"of"}
    for child in children(noun):
        if child.dep_ == "prep" and child.lower_ in at:
            yield from (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "relcl" and outermost:
            for prep in children(child):
                if prep.dep_ == "prep" and prep.lower_ in {"in", "at"}:
                    yield from (c for c in prep.children if c.dep_ == "pobj")


def _fits(force: Force, lemma: str) -> bool:
    """Whether a verb makes sense of a force: people called by nationality alone serve and fight, weapons are placed."""
    if force.kind == Kinds.NATIONALS:
        return lemma in table("verbs", "nationals")
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


def _counted(noun: Token) -> Token:
    """Whose predicate a noun is: in "US forces are not the only troops operating in Mali" the US forces are meant."""
    if noun.dep_ == "attr" and noun.head.lower_ in {"are", "is", "were", "was"}:
        return next((c for c in children(noun.head) if c.dep_ == "nsubj" and c.pos_ in {"NOUN", "PROPN"}), noun)
    return noun


def _row(token: Token) -> Iterator[Token]:
    """A noun and what is coordinated with it."""
    waiting, seen = [token], 0
    while waiting and seen < MAX_CHAIN:
        current = waiting.pop(0)
        seen += 1
        yield current
        waiting += [c for c in children(current) if c.dep_ == "conj"]


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
