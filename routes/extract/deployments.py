"""Parsed sentences → forces at places: sent, stationed, patrolling, withdrawn.

Three kinds of words join a force to a place: verbs that put it there ("deployed", "withdrew"), verbs of which it is the
subject there ("patrols", "fights in"), and nouns that hold both ("a presence in", "the withdrawal from"). A force right
before "in …" counts as well. Nothing is taken from what is only supposed or asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from gazetteer.place import Precision
from routes.extract.certainty import Judgement, judge
from routes.extract.clause import children, read_group, subject
from routes.extract.extent import position_of
from routes.extract.forces import Force, Kinds, find_commander, read_force, table
from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import inflect_verb
from routes.model import (
    DateInterval,
    Deployment,
    Evidence,
    MentionRole,
    MentionStatus,
    PlaceMention,
    Position,
    Report,
    Span,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.dates import WrittenDate
    from routes.extract.parsing import Parsed

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
        if status is None or status in {Status.DENIED, Status.ATTEMPTED, Status.PLANNED}:
            return status
        if self.going:
            return Status.WITHDRAWN
        if self.staying and not (self.judgement.past and not self.judgement.ongoing):
            return Status.ONGOING
        return status


def find_deployments(
    report: Report, parsed: Sequence[Parsed], places: Sequence[PlaceMention], dates: Sequence[WrittenDate]
) -> tuple[Deployment, ...]:
    """The forces a report puts at places, one for each force and place, in the order of the text.

    Args:
        report: The report.
        parsed: Its parsed sentences.
        places: Its place mentions, in order.
        dates: Its written dates, in order.
    """
    found: list[Found] = []
    for one in parsed:
        scene = _Scene(report, one, places)
        found += scene.found()
    made = [d for f in found if (d := _deployment(report, f, dates)) is not None]
    return tuple(_merge(made))


# -- reading one sentence ------------------------------------------------------------------------------------------


@cache
def _verb_forms(key: str) -> dict[str, str]:
    data = load_table("deployments")
    return {
        form: lemma
        for lemma in data["verbs"][key]
        for form in inflect_verb(lemma) | {lemma} | set(data["irregular"].get(lemma, ()))
    }


class _Scene:
    """One parsed sentence of a report while it is read."""

    def __init__(self, report: Report, parsed: Parsed, places: Sequence[PlaceMention]) -> None:
        self.text = report.text
        self.parsed = parsed
        self.places = places
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
        sends, leaves = _verb_forms("send").get(word), _verb_forms("leave").get(word)
        stays, comes = _verb_forms("stay").get(word), _verb_forms("come").get(word)
        if leaves is not None and self._leaves(verb, leaves):
            yield from self.join(verb, self.moved(verb) or self.actor(verb), going=True, staying=False)
            return
        if sends is not None:
            yield from self.join(verb, self.moved(verb), going=False, staying=_is_state(verb))
        if stays is not None:
            yield from self.join(verb, self.actor(verb), going=False, staying=True)
        if comes is not None:
            forces = [f for f in self.actor(verb) if f.kind in {Kinds.PEOPLE, Kinds.UNITS, Kinds.PRESENCE}]
            yield from self.join(verb, forces, going=False, staying=False)
        if word in {"is", "are", "was", "were", "be", "been", "remain", "remains", "remained"}:
            yield from self.join(verb, self.actor(verb), going=False, staying=True)

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
        if not heads and verb.tag_ == "VBD" and not group.passive:
            heads = [c for c in children(verb) if c.dep_ == "nsubj"] if _headline(verb) else []
        return self.forces(heads, verb)

    def actor(self, verb: Token) -> list[Force]:
        """The forces that are the subject of a verb, or the noun a participle or relative clause hangs on."""
        noun = subject(verb)
        if noun is None and verb.dep_ in {"acl", "advcl", "xcomp", "conj"}:
            noun = verb.head if verb.dep_ == "acl" else subject(verb.head)
        if noun is not None and noun.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
            noun = verb.head
        return self.forces([noun] if noun is not None else [], verb)

    def forces(self, heads: Sequence[Token], verb: Token | None = None) -> list[Force]:
        """The forces among noun phrases and what is coordinated with them, or inside them ("lorries of the mission")."""
        found = []
        for head in heads:
            for noun in _row(head):
                force = self.force_at(noun)
                if force is not None:
                    found.append(self.owned(force, verb))
        return found[:1] if found and all(f.owner == found[0].owner for f in found) else found

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
                        if deeper is not None and deeper.marked:
                            return deeper
            elif child.dep_ in {"appos", "compound"} and self.parsed.mention(child) is None:
                beside = read_force(self.parsed, child, self.text)
                if beside is not None and beside.marked and beside.kind == Kinds.NAMED:
                    return beside
        return None

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
        if force is None or not force.marked:
            return
        going = word in table("forces", "going")
        if force.kind == Kinds.PRESENCE:
            inner = self.of_what(noun)
            force = self.owned(replace(inner, kind=Kinds.PRESENCE) if inner is not None else force, _verb_over(noun))
        elif not (force.kind in {Kinds.PEOPLE, Kinds.NAMED, Kinds.UNITS} and _stands_alone(word, force)):
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
        for token, mention, words in self.places_round(word, going=going):
            for force in forces:
                if token == force.token or force.span.start <= mention.span.start < force.span.end:
                    continue
                if (force.token, token) in self.seen:
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
        forms = {lemma for key in ("send", "stay", "come", "leave") if (lemma := _verb_forms(key).get(word.lower_))}
        direct = verb and not forms.isdisjoint(table("verbs", "place_object"))
        for child in children(word):
            if child.dep_ in {"prep", "dative", "prt", "advmod", "agent"}:
                yield from self.behind(word, child, wanted, going=going)
            elif direct and child.dep_ == "dobj":
                yield from self.named(child, word.text)
            elif child.lower_ in table("points", "here") and not going:
                yield from self.pointed(child, word.text)
            elif verb and child.dep_ == "dobj":  # "amassed a presence in the Caribbean"
                for inner in children(child):
                    if inner.dep_ == "prep":
                        yield from self.behind(word, inner, wanted, going=going)

    def behind(self, word: Token, prep: Token, wanted: frozenset[str], *, going: bool) -> Iterator[tuple[int, PlaceMention, str]]:
        """Places behind a preposition, also "out of X", "in the waters off X"."""
        form = prep.lower_
        inside = [c for c in children(prep) if c.dep_ in {"pobj", "pcomp"}]
        if form in wanted or (going and form == "out"):
            for noun in inside:
                for member in _row(noun):
                    yield from self.named(member, f"{word.text} {prep.text}")
        for deeper in children(prep):
            if deeper.dep_ == "prep" and deeper.lower_ in wanted | {"of"}:
                yield from self.behind(word, deeper, wanted | {"of"}, going=going)

    def named(self, noun: Token, words: str, depth: int = 0) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place a noun names, or holds ("the garrison at Kapan", "Venezuelan shores", "bases in Mali")."""
        mention = self.parsed.mention(noun)
        if mention is not None:
            if mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
                yield noun.i, mention, words
            return
        where = noun.lower_
        for child in children(noun):
            inner = self.parsed.mention(child)
            if inner is None or inner.place is None or child.dep_ not in {"amod", "compound", "nmod", "poss"}:
                continue
            if where in table("coasts", "sea"):
                yield child.i, inner, f"{words} {noun.text} +sea"
                return
            if where in table("coasts", "land") or inner.role is MentionRole.LITERAL:
                yield child.i, inner, f"{words} … {noun.text}"
                return
        if where in table("points", "country") and any(c.lower_ in {"the", "that", "this"} for c in noun.children):
            yield from self.pointed(noun, words)
            return
        if depth < 3:  # noqa: PLR2004 (bases | in the north | of Mali)
            for child in children(noun):
                if child.dep_ == "prep" and child.lower_ in table("prepositions", "at") | {"of"}:
                    for inner_noun in child.children:
                        if inner_noun.dep_ == "pobj":
                            yield from self.named(inner_noun, words, depth + 1)
                elif child.dep_ == "relcl" and depth == 0:
                    for prep in children(child):
                        if prep.dep_ == "prep" and prep.lower_ in {"in", "at"}:
                            for inner_noun in prep.children:
                                yield from self.named(inner_noun, words, depth + 1)

    def pointed(self, pointer: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "there" or "the country" points back to: the last one named that is not the force's own."""
        at = self.parsed.spans[pointer.i].start
        subjects = {t.i for t in self.parsed.doc if t.dep_ in {"nsubj", "nsubjpass"}}
        own = {m.place.id for i in subjects if (m := self.parsed.mentions[i]) is not None and m.place is not None}
        for mention in reversed([p for p in self.places if p.span.end <= at]):
            if mention.role is not MentionRole.LITERAL or mention.place is None or mention.place.id in own:
                continue
            if pointer.lower_ in table("points", "here") or mention.place.kind.value == "country":
                yield pointer.i, mention, f"{words} {pointer.text} ({mention.text})"
                return


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
    state = verb.lower_ in {"stationed", "based", "garrisoned", "assembled", "amassed", "massed", "housed", "billeted", "concentrated", "positioned", "kept", "maintained", "maintains", "keeps"}
    return state and (verb.dep_ in {"acl", "amod"} or (not group.past and not group.perfect) or verb.lower_ in {"maintains", "keeps"})


def _headline(verb: Token) -> bool:
    """Whether "400 contractors sent to Mali" lacks its auxiliary, as headlines do: a past form without an object."""
    return verb.lower_ in {"sent", "deployed", "dispatched", "stationed", "posted", "airlifted", "flown", "moved", "brought"} and not any(
        c.dep_ == "dobj" for c in children(verb)
    )


def _stands_alone(word: str, force: Force) -> bool:
    """Whether a force counts by standing right before "in …": soldiers do, police officers and staff do not."""
    if force.kind == Kinds.PEOPLE:
        return word in table("forces", "people") or word in {"forces", "advisers", "advisors", "personnel", "contractors"}
    return True


def _verb_over(noun: Token) -> Token | None:
    head = noun.head
    return head if head.pos_ in {"VERB", "AUX"} and noun.dep_ == "dobj" else None


# -- from what was found to deployments ------------------------------------------------------------------------------


def _deployment(report: Report, found: Found, dates: Sequence[WrittenDate]) -> Deployment | None:
    status = found.status
    if status is None:
        return None
    force, judgement = found.force, found.judgement
    sentence = found.parsed.span(0, len(found.parsed.doc))
    words = force.words
    if force.owner is not None and force.owner[1].lower() not in words.lower() and not _names_owner(found):
        words = f"{words} ({force.owner[1]})"
    place = found.place
    evidence = (Evidence(span=sentence, quote=report.text[sentence.start : sentence.end]),)
    digest = sha256(repr((report.id, place.span.start, force.span.start)).encode("utf-8", "replace"))
    return Deployment(
        id="c-" + digest.hexdigest()[:12],
        position=found.position,
        text=place.text,
        span=place.span,
        status=status,
        certainty=judgement.certainty,
        evidence=evidence,
        force=words,
        unit=force.unit,
        commander=find_commander(report.text, sentence),
        size_min=force.size.low if force.size else None,
        size_max=force.size.high if force.size else None,
        size_text=force.size_text,
        attribution=judgement.attribution,
        date=_date(dates, sentence, found.parsed.spans[found.token], future=status is Status.PLANNED),
        reasons=(f"“{words}” with “{found.words}”: force and place", *judgement.reasons),
    )


def _names_owner(found: Found) -> bool:
    start, end = found.force.span.start, found.force.span.end
    return any(m is not None and start <= m.span.start < end for m in found.parsed.mentions)


def _date(dates: Sequence[WrittenDate], sentence: Span, word: Span, *, future: bool) -> DateInterval:
    """The date of the sentence that stands nearest to the joining word."""
    inside = [d for d in dates if sentence.start <= d.span.start and d.span.end <= sentence.end]
    if not inside:
        return DateInterval()
    nearest = min(inside, key=lambda d: abs(d.span.start - word.start))
    return nearest.read(future=future)


def _merge(made: Sequence[Deployment]) -> list[Deployment]:
    """One deployment for each force and place; different sizes stay apart."""
    merged: list[Deployment] = []
    for one in made:
        for i, other in enumerate(merged):
            if _same(one, other):
                merged[i] = _join(other, one)
                break
        else:
            merged.append(one)
    return merged


def _same(a: Deployment, b: Deployment) -> bool:
    if a.position.place_id != b.position.place_id or a.position.precision != b.position.precision:
        return False
    if (a.status is Status.WITHDRAWN) != (b.status is Status.WITHDRAWN):
        return False
    if None not in (a.size_min or a.size_max, b.size_min or b.size_max) and (a.size_min, a.size_max) != (b.size_min, b.size_max):
        return False
    return _alike(a, b)


SMALL = frozenset(("the", "of", "a", "an", "and", "in", "its", "new", "more", "forces", "force", "troops", "military", "mission", "presence", "soldiers", "personnel", "group"))


def _alike(a: Deployment, b: Deployment) -> bool:
    """Whether two forces may be one: the same unit, or nothing that tells them apart."""
    if a.unit and b.unit and a.unit != b.unit:
        return False
    first, second = _telling(a), _telling(b)
    return not first or not second or bool(first & second)


def _telling(deployment: Deployment) -> set[str]:
    words = (deployment.force or "").lower().replace("(", " ").replace(")", " ").split()
    return {w.strip(".,“”\"'’") for w in words} - SMALL


def _join(first: Deployment, second: Deployment) -> Deployment:
    """Two tellings of one deployment: the fuller values of either, the evidence of both."""
    sized = first if (first.size_min or first.size_max) else second
    evidence = (*first.evidence, *(e for e in second.evidence if e not in first.evidence))
    return replace(
        first,
        evidence=evidence,
        unit=first.unit or second.unit,
        commander=first.commander or second.commander,
        size_min=sized.size_min,
        size_max=sized.size_max,
        size_text=sized.size_text or first.size_text,
        attribution=first.attribution or second.attribution,
        date=first.date if first.date.text else second.date,
        reasons=tuple(dict.fromkeys((*first.reasons, *second.reasons))),
    )
