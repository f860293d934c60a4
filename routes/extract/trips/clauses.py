"""A move, and what of the parse it rests on: the cue of a word, who does it, the order of its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import Cue, Lexicon, load_lexicon, word_set
from routes.extract.places.noun_places import MAX_CHAIN
from routes.extract.text.clause import lemma_in
from routes.extract.text.parsing import STAND_IN_CRAFT, STAND_IN_PLACE
from routes.extract.trips.slots import Part, Slot
from routes.model import Mode, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.clipped.entry_movers import Named
    from routes.extract.text.parsing import Parsed
    from routes.model import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What one clause says of one mover.

    Attributes:
        parsed: The parsed sentence.
        token: Index of the verb, noun or adjective of motion.
        cue: Its entry in the lexicon; None for verbless phrases.
        subject, theme: Indices of the heads of who acts and of what is moved, or None.
        slots: The places with their parts, in the order they were travelled as far as the clause says.
        mode: The mode the words imply, or unknown.
        aboard: Index of the carrier that "on", "aboard" or "by" brings in, or None.
        thwarted: Whether the words say it was meant and did not come about ("rather than in Tripoli").
        refused: Whether the words say that the mover was kept out of the place ("was turned away from Malta").
        off: What became of the trip told before where it was not made ("the flight was cancelled"): attempted, denied.
        beside: Index of the carrier whose verb it shares ("one ship went to Haifa, the other to Ashdod"), or None.
        due: Whether the words say it is still to come ("next stop is Darwin, where she is due on Monday").
        named: Who moves, where an entry in clipped prose names it and no parse has to be asked.
        noted: How far an entry got, by its own words, or None.
    """

    parsed: Parsed
    token: int
    cue: Cue
    subject: int | None
    theme: int | None
    slots: tuple[Slot, ...]
    mode: Mode = Mode.UNKNOWN
    aboard: int | None = None
    thwarted: bool = False
    refused: bool = False
    off: Status | None = None
    beside: int | None = None
    due: bool = False
    named: Named | None = None
    noted: Status | None = None


def index_of(token: Token | None) -> int | None:
    """Index of a token, or None."""
    return None if token is None else token.i


def cues_of(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The entry of the lexicon a token stands for: at most one, the one of most words."""
    form = token.lower_
    if form not in lexicon.lemmas and form not in lexicon.nouns and form not in CHANGES:
        return
    if _is_label(token) or _is_compound(token):
        return
    if token.pos_ in ("VERB", "AUX") or (token.tag_.startswith("V") and token.dep_ != "amod"):
        yield from _verb_cue(lexicon, token)
    elif token.i == 0 and token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN") and form not in lexicon.nouns:
        yield from _ordered(lexicon, token)
    elif token.tag_ == "NNS" and form in lexicon.lemmas and form not in lexicon.nouns and _stands_as_verb(token):
        yield from (c for lemma in lexicon.lemmas[form] for c in lexicon.verbs[lemma] if len(c.words) == 1)
    elif token.pos_ in ("NOUN", "PROPN") and token.text not in word_set("never_names"):
        noun = lexicon.nouns.get("stop" if changes_planes(token) else form)
        yield from (noun,) if noun is not None else ()


def _verb_cue(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The cue of a verb with the words beside it."""
    light = any(c.dep_ in ("dobj", "attr") and c.lower_ in lexicon.nouns for c in token.children)
    lemmas = lexicon.lemmas.get(token.lower_, ())
    single = all(len(cue.words) == 1 for lemma in lemmas for cue in lexicon.verbs[lemma])
    particles = set() if single else particles_of(lexicon, token)
    for lemma in lemmas:
        for cue in lexicon.verbs[lemma]:
            idle = cue.frame.name == "none" or (cue.words == ("put", "in") and _with_object(token))
            if all(_has(word, particles - (_with_name(token) if idle else set())) for word in cue.words[1:]):
                # "made a visit": the noun tells of the way
                if not ((light and cue.carrier_only) or _means_other(cue, token)):
                    yield cue
                return


def _ordered(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The cue of an order that the tagger took for a name: "Motor across the border to …"."""
    goes = any(c.dep_ == "prep" and c.i == 1 and lexicon.prepositions.get(c.lower_) == "via" for c in token.children)
    for lemma in lexicon.lemmas.get(token.lower_, ()) if goes else ():
        if lemma == token.lower_:
            yield from (c for c in lexicon.verbs[lemma] if len(c.words) == 1)


def _stands_as_verb(token: Token) -> bool:
    """Whether a form in -s that was taken for a noun stands as a verb: "then overnights in Budapest and leaves for"."""
    alone = not any(c.dep_ in ("det", "amod", "nummod", "poss", "compound") for c in token.children)
    return alone and token.dep_ in ("dep", "conj", "ccomp") and any(c.dep_ == "prep" for c in token.children)


CHANGES = frozenset(("change", "changes"))


def changes_planes(noun: Token) -> bool:
    """Whether it is "a change of planes", a stop on the way."""
    return noun.lower_ in CHANGES and any(
        g.lower_ in word_set("changed") for c in noun.children if c.lower_ == "of" for g in c.children
    )


def _means_other(cue: Cue, verb: Token) -> bool:
    """Whether a verb moves nobody here: "is to sail" (the next verb tells), "a note put the office in Scotland"."""
    if cue.words == ("be",):
        return any(c.dep_ == "xcomp" for c in verb.children)
    if cue.words[0] in ("head", "lead"):
        return verb.tag_ == "VBN" and any(c.dep_ == "agent" for c in verb.children)  # "a convoy headed by two tanks"
    if cue.words[-1] not in PARTICLES or cue.frame.name not in ("call", "setoff"):
        return False
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return thing is not None and thing.lower_ not in word_set("way_objects") and thing.lower_ not in LINES


PARTICLES = frozenset(("in", "out", "off", "by", "over", "away"))
LINES = frozenset(("lines", "moorings", "ropes"))
"""What a ship casts off."""


def _with_object(token: Token) -> bool:
    """Whether a verb has an object: who puts something in a place does not put in there."""
    return any(c.dep_ == "dobj" for c in token.children)


def _is_label(token: Token) -> bool:
    """Whether a participle is a label before a colon: "Rowing: the eight from Cambridge"."""
    return token.i == 0 and token.tag_ == "VBG" and len(token.doc) > 1 and token.nbor().text == ":"


def _is_compound(token: Token) -> bool:
    """Whether a noun is taken for a verb behind another: "Bus pass" (a bus would pass with an s)."""
    if token.i == 0 or token.tag_ not in ("VB", "VBP") or any(c.dep_ in ("aux", "mark") for c in token.children):
        return False
    before = token.nbor(-1)
    return before.tag_ == "NN" and before.dep_ in ("nsubj", "compound") and before.head == token


def particles_of(lexicon: Lexicon, token: Token) -> set[str]:
    """The words beside a verb that may make another verb of it: "take off", "put to sea".

    A preposition that brings in a day or a trip is none: "passed the canal on Sunday" is not "passed on".
    """
    own = {c.i for c in token.children if c.dep_ == "prep" and _brings_in(lexicon, c)}
    beside = [c for c in token.children if c.dep_ not in ("nsubj", "nsubjpass", "aux", "mark") and c.i not in own]
    found = {c.lower_ for c in beside}
    found |= {g.lower_ for c in beside if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj" and g.tag_ == "NN"}
    if token.i + 1 < len(token.doc) and token.i + 1 not in own:
        found.add(token.nbor().lower_)
    return found


def _brings_in(lexicon: Lexicon, prep: Token) -> bool:
    """Whether a preposition has an object that has nothing to do with the verb's sense: a trip, a day."""
    return any(
        g.lower_ in lexicon.nouns or (g.dep_ == "pobj" and g.text in word_set("never_names")) for g in prep.children
    )


def _with_name(token: Token) -> set[str]:
    """Prepositions of a verb that are no particles of it.

    They bring in a name ("brought them down the Nile" brought nobody down) or come behind the name that another brought
    in ("will call at Colombo for fuel" does not call for it).
    """
    preps = [c for c in token.children if c.dep_ == "prep"]
    named = [c for c in preps if any(g.dep_ == "pobj" and g.pos_ == "PROPN" for g in c.children)]
    return {c.lower_ for c in named} | {c.lower_ for c in preps if any(n.i < c.i for n in named)}


def _has(word: str, present: set[str]) -> bool:
    return word in present or bool(present & {word + "s", "a " + word})


def subject_of(token: Token) -> Token | None:
    """Who or what does the thing: the subject, or what governs the clause where it has none of its own."""
    current, seen = token, 0
    while seen < MAX_CHAIN:
        seen += 1
        own = _own_subject(current)
        if own is not None:
            return resolve_relative(own)
        current = _who_may(_past_aside(current))
        if current.dep_ in ("acl", "relcl") and current.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return _of_rank(current.head) or _whole_of(current.head)
        if current.dep_ == "pcomp" and current.head.lower_ == "from" and current.head.head.pos_ == "VERB":
            kept = next((c for c in current.head.head.children if c.dep_ == "dobj"), None)
            if kept is not None:  # "tried to keep the tanker from entering"
                return kept
        if current.dep_ == "csubj":
            return next((c for c in current.head.children if c.dep_ == "dobj"), None)
        if current.dep_ in ("xcomp", "ccomp") and current.head.lower_ in word_set("control"):
            thing = next((c for c in current.head.children if c.dep_ == "dobj"), None)
            if thing is not None:
                return thing
        if current.head == current or current.dep_ not in LINKS:
            before = next((c for c in current.children if c.dep_ in ("advcl", "ccomp") and c.i < current.i), None)
            return _own_subject(before) if before is not None else None
        current = current.head
    return None


def _of_rank(head: Token) -> Token | None:
    """Who was "the last to leave": the subject of the clause that says so."""
    if head.dep_ != "attr" or head.lower_ not in word_set("stop_ranks") | {"latest"} or head.head.pos_ != "AUX":
        return None
    return _own_subject(head.head)


def _whole_of(noun: Token) -> Token:
    """The convoy of "a convoy of forty lorries that left Lyon": they go as one."""
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return above if above.lower_ in ("convoy", "column", "flotilla", "fleet", "train", "motorcade") else noun


def _past_aside(verb: Token) -> Token:
    """The verb a clause goes on from: "it hopped to Cork, where it had a rest, and reached Bath" goes on from "hopped".

    The parse joins the last clause to the aside between the commas, whose subject is another.
    """
    aside = verb.head
    if verb.dep_ != "conj" or aside.dep_ not in ("relcl", "advcl") or not verb.i:
        return verb
    opens = next((c for c in aside.children if c.lower_ in ("where", "when") and c.i < aside.i), None)
    joint = next((c for c in aside.children if c.dep_ == "cc" and aside.i < c.i < verb.i), None)
    if opens is None or joint is None or not opens.i:
        return verb
    commas = verb.doc[opens.i - 1].text == "," == verb.doc[joint.i - 1].text
    above = aside.head
    while commas and above.pos_ not in ("VERB", "AUX") and above.head is not above:
        above = above.head
    return above if commas and above.pos_ in ("VERB", "AUX") else verb


def _who_may(verb: Token) -> Token:
    """The noun over "to cross" in "it was refused permission to cross": who crosses stands further up."""
    return verb.head if verb.dep_ == "acl" and verb.head.lower_ in word_set("leave_nouns") else verb


def _own_subject(verb: Token) -> Token | None:
    own = (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl"))
    found = next((c for c in own if c.lower_ != "there" and c.lower_ not in word_set("way_nouns")), None)
    return found if found is not None else _before_saying(verb)


def _before_saying(verb: Token) -> Token | None:
    """Who a clause is of whose subject stands before who says it: "Costa, she told the court, was driven to Faro"."""
    said = verb.head
    if verb.dep_ != "ccomp" or verb.i < said.i or lemma_in(said, "reporting") is None:
        return None
    opens = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
    if opens.nbor(-1).text != "," or not any(c.dep_ == "nsubj" for c in said.children):
        return None
    named = (c for c in said.children if c.i < said.i and c.dep_ in ("npadvmod", "dep") and c.pos_ in ("NOUN", "PROPN"))
    return next((c for c in named if c.doc[c.right_edge.i + 1].text == ","), None)


LINKS = frozenset(
    (
        "conj",
        "xcomp",
        "advcl",
        "pcomp",
        "prep",
        "ccomp",
        "pobj",
        "dobj",
        "attr",
        "acomp",
        "advmod",
        "dep",
        "agent",
        "parataxis",
        "oprd",
    )
)
"""Links along which a clause without a subject takes that of the clause above it."""


def resolve_relative(token: Token) -> Token:
    """Whom "which", "that", "who" or an apposed "one" stands for."""
    if token.lower_ == "one" and token.i and token.doc[token.i - 1].text in ("—", "–", "-", ",", "("):
        return craft_before(token) or token  # "an Il-76 — one of the sanctioned aircraft — arrived"
    if token.lower_ in ("which", "that", "who", "whom"):
        head = token
        for _ in range(MAX_CHAIN):
            if head.dep_ == "relcl":
                return _from_there(head.head) if token.lower_ != "whom" else head.head
            if head.head == head:
                break
            head = head.head
    return token


def _from_there(place: Token) -> Token:
    """Who is meant where the parse has hung a clause on the place they are from: "lorries from Ghent, which …"."""
    noun = place.head.head
    behind = (
        (place.text == STAND_IN_PLACE or place.pos_ == "PROPN") and place.dep_ == "pobj" and place.head.lower_ == "from"
    )
    return noun if behind and noun.lower_ in load_lexicon().carriers else place


def craft_before(token: Token) -> Token | None:
    """The vehicle named last before a verbless phrase: "a Boeing of Kalitta Air, in from Columbus"."""
    carriers = load_lexicon().carriers
    for before in reversed(token.doc[max(0, token.i - 8) : token.i]):
        if before.text == STAND_IN_CRAFT or before.lower_ in carriers:
            return before
    return None


ORDER = {Part.LEFT: 0, Part.PASSED: 1, Part.STOPPED: 1, Part.BETWEEN: 1, Part.AT: 2, Part.REACHED: 2, Part.BOUND: 3}


def travelled(slots: list[Slot]) -> tuple[Slot, ...]:
    """One clause's places in travelled order: left, then passed and stopped at, then reached."""
    ends = {s.mention.text: s.token for s in slots if s.part is Part.REACHED and s.mention is not None}
    again = [s for s in slots if s.part is Part.LEFT and s.mention is not None and s.mention.text in ends]
    first = min((s.token for s in slots if s.part is Part.REACHED and s.mention is not None), default=None)
    if first is not None and any(s.part is Part.LEFT and s.mention is None and s.token > first for s in slots):
        return tuple(sorted(slots, key=lambda s: s.token))  # "to Bath, and from there to Rye"
    if any(s.mention is not None and ends[s.mention.text] < s.token for s in again):
        return tuple(sorted(slots, key=lambda s: s.token))  # "to Bath, and from Bath to Rye"
    return tuple(sorted(slots, key=lambda s: (ORDER[s.part], s.token)))


MODE_BY = {"air": Mode.AIR, "sea": Mode.SEA, "road": Mode.LAND, "rail": Mode.LAND, "land": Mode.LAND}


def mode_by(token: Token) -> Mode | None:
    """How it goes: "travels to Nuuk by air"."""
    for child in token.children:
        for thing in child.children if child.lower_ == "by" else ():
            if thing.lower_ in MODE_BY and not any(c.dep_ in ("det", "amod") for c in thing.children):
                return MODE_BY[thing.lower_]
    return None
