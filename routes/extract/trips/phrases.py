"""Moves told without a verb of motion: "bound for", "in from", "its destination is", lists, being somewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import Cue, Lexicon, load_lexicon, word_set
from routes.extract.places.noun_places import named_place, qualifiers
from routes.extract.text.clause import lemma_in
from routes.extract.trips.clauses import Move, craft_before, cues_of, index_of, subject_of, travelled
from routes.extract.trips.slots import Part, Slot, find_slots
from routes.model import MentionRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

BOUND_SUFFIX = "bound"
PAIR = 2


def bound_move(parsed: Parsed, token: Token, lexicon: Lexicon) -> Move | None:
    """What adjectives and adverbs say: "bound for X", "en route to X", "due in X", "Syria-bound", "in from X"."""
    cue = lexicon.verbs["head"][-1]
    slots: list[Slot] = []
    if (token.lower_ == BOUND_SUFFIX and token.pos_ not in ("VERB", "AUX")) or token.lower_ in (
        "bound",
        "destined",
        "en",
    ):
        if token.i >= PAIR and parsed.doc[token.i - 1].text == "-" and parsed.mentions[token.i - 2] is not None:
            slots = [Slot(part=Part.BOUND, token=token.i - 2, mention=parsed.mentions[token.i - 2], words="-bound")]
        else:
            parts = {"for": Part.BOUND, "to": Part.BOUND, "from": Part.LEFT}
            slots = _after(parsed, token, parts) or _past_source(parsed, token, parts)
    elif token.lower_ == "back" and token.head.lower_ in ("turn", "turns", "turned", "turning"):
        return None
    elif token.lower_ in ("due", "expected", "awaited", "back", "home", "safely"):
        due = token.lower_ in ("due", "expected", "awaited")
        slots = _after(parsed, token, dict.fromkeys(("in", "at", "off"), Part.BOUND if due else Part.REACHED))
        slots += [] if due else _after(parsed, token, {"to": Part.REACHED})
    elif token.lower_ in ("in", "inbound", "out", "outbound") and token.dep_ != "prt":
        slots = _in_or_out(parsed, token)
    if not slots:
        return None
    head = token if token.dep_ in ("amod", "compound") else token.head
    while head.dep_ in ("amod", "compound", "nmod") and head.head != head:
        head = head.head
    mover = head if head.pos_ in ("NOUN", "PROPN") else subject_of(head)
    if token.lower_ in ("in", "out"):
        mover = craft_before(token) or mover
    if mover is None and token.lower_ == "home" and parsed.doc[token.i - 1].lower_ == "at":
        return None  # "at home to Faro" is a match and no way
    return Move(parsed=parsed, token=token.i, cue=cue, subject=index_of(mover), theme=None, slots=tuple(slots))


def _past_source(parsed: Parsed, token: Token, parts: dict[str, Part]) -> list[Slot]:
    """Where it is bound, with a source in between: "bound, officials say, for Bari"."""
    ahead = parsed.doc[token.i + 1 : token.i + 9]
    if len(ahead) < PAIR or ahead[0].text != ",":
        return []
    says = next((t for t in ahead if t.text == "," and t.i > ahead[0].i and lemma_in(t.nbor(-1), "reporting")), None)
    return _after(parsed, says, parts) if says is not None else []


def _in_or_out(parsed: Parsed, token: Token) -> list[Slot]:
    """The places of "in from X", "outbound to X", "nineteen days out of X"."""
    following = parsed.doc[token.i + 1 : token.i + 2].text
    if following in TO_FROM:
        return _after(parsed, token, {"from": Part.LEFT, "to": Part.BOUND, "for": Part.BOUND})
    return _after(parsed, token, {"of": Part.LEFT}) if following == "of" and _counts_from(token) else []


def _counts_from(token: Token) -> bool:
    """Whether "out of" stands apart and says where it came from: "nineteen days out of Bermuda", "the ship, out of"."""
    before = token.doc[token.i - 1] if token.i else None
    if before is None:
        return False
    return before.text == "," or (before.lower_ in word_set("stays") and before.i > 0 and before.nbor(-1).pos_ == "NUM")


TO_FROM = ("from", "to", "for")


def expected_in(parsed: Parsed, token: Token) -> Move | None:
    """Where others look for it: "her owners expect her in Hamburg on Friday"."""
    if token.lower_ not in ("expect", "expects", "await", "awaits") or token.pos_ != "VERB":
        return None
    mover = next((c for c in token.children if c.dep_ == "dobj" and parsed.mention(c) is None), None)
    if mover is None:
        return None
    slots = _after(parsed, token, dict.fromkeys(("in", "at", "off"), Part.BOUND)) or _after(
        parsed, mover, dict.fromkeys(("in", "at", "off"), Part.BOUND)
    )
    cue = load_lexicon().verbs["head"][-1]
    return (
        Move(parsed=parsed, token=token.i, cue=cue, subject=mover.i, theme=None, slots=tuple(slots), due=True)
        if slots
        else None
    )


def goal_move(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """Where a trip goes: "its destination is Corpus Christi", "Corpus Christi is the destination of the tanker"."""
    if token.pos_ != "AUX":
        return None
    sides = [c for c in token.children if c.dep_ in ("nsubj", "attr")]
    goal = next((c for c in sides if c.lower_ in word_set("goal_nouns")), None)
    place = next((c for c in sides if c != goal and parsed.mentions[c.i] is not None and c.i not in skip), None)
    if goal is None or place is None:
        return None
    owner = next((c for c in goal.children if c.dep_ == "poss"), None) or next(
        (g for c in goal.children if c.lower_ in ("of", "for") for g in c.children if g.dep_ == "pobj"), None
    )
    cue = load_lexicon().verbs["head"][-1]
    slot = Slot(part=Part.BOUND, token=place.i, mention=parsed.mentions[place.i], words=goal.text)
    return Move(parsed=parsed, token=token.i, cue=cue, subject=index_of(owner), theme=None, slots=(slot,))


COMES = ("came", "comes", "followed", "follows")


def next_stop(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """A stop told as the next or last: "next stop is Darwin", "Manila will be the last port", "Colombo came next"."""
    if token.pos_ != "AUX" and token.lower_ not in COMES:
        return None
    sides = [c for c in token.children if c.dep_ in ("nsubj", "attr")]
    place = next((c for c in sides if _names_place(parsed, c) and c.i not in skip), None)
    if place is None:
        return None
    stop = next((c for c in sides if c.lower_ in word_set("stop_nouns") and parsed.mentions[c.i] is None), None)
    if token.pos_ == "AUX" and stop is not None and len(sides) == PAIR:
        rank = next((c.lower_ for c in stop.children if c.lower_ in word_set("stop_ranks")), None)
    elif token.lower_ in COMES and place.dep_ == "nsubj":
        rank = next((c.lower_ for c in token.children if c.lower_ in ("next", "then", "last", "first")), None)
    else:
        return None
    if rank is None:
        return None
    present = token.tag_ in ("VBZ", "VBP")
    owner = next((c for c in stop.children if c.dep_ == "poss"), None) if stop is not None else None
    cue = load_lexicon().nouns["stop"]
    words = f"{rank} {stop.text}" if stop is not None else f"{token.text} {rank}"
    slot = Slot(
        part=Part.BOUND if present else Part.STOPPED, token=place.i, mention=parsed.mentions[place.i], words=words
    )
    return Move(parsed=parsed, token=token.i, cue=cue, subject=index_of(owner), theme=None, slots=(slot,), due=present)


def _names_place(parsed: Parsed, token: Token) -> bool:
    mention = parsed.mentions[token.i]
    return mention is not None and mention.role is not MentionRole.DEMONYM


def instead_of(parsed: Parsed, token: Token, moves: list[Move], skip: set[int]) -> Move | None:
    """What was meant: "rather than in Tripoli", "instead of Tripoli"."""
    pair = (parsed.doc[token.i - 1].lower_, token.lower_) if token.i else ("", "")
    if pair not in (("rather", "than"), ("instead", "of")) or not moves:
        return None
    near = range(token.i + 1, min(token.i + 7, len(parsed.doc)))
    place = next((i for i in near if parsed.mentions[i] is not None and i not in skip), None)
    if place is None:
        return None
    slot = Slot(part=Part.BOUND, token=place, mention=parsed.mentions[place], words=" ".join(pair))
    return replace(moves[-1], token=token.i, slots=(slot,), thwarted=True)


def ride(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """A vehicle named with both ends of its way: "an aircraft from Chato to Bloemfontein"."""
    lexicon = load_lexicon()
    noun = lexicon.carriers.get(token.lower_)
    if token.pos_ != "NOUN" or noun is None or noun.type not in VEHICLE_TYPES or token.lower_ in lexicon.nouns:
        return None
    cue = lexicon.nouns["trip"]
    slots = find_slots(parsed, token, cue, skip)
    if not {Part.LEFT, Part.REACHED} <= {s.part for s in slots}:
        return None
    slots = [replace(s, part=Part.BOUND) if s.part is Part.REACHED else s for s in slots]
    return Move(
        parsed=parsed, token=token.i, cue=cue, subject=token.i, theme=None, slots=travelled(slots), mode=noun.mode
    )


VEHICLE_TYPES = ("aircraft", "vessel", "convoy")


SIGHTED = frozenset(("seen", "reported", "spotted", "sighted", "logged", "tracked", "located", "recorded"))
"""With "last" these tell where it was."""


BRINGING = frozenset(("prep", "advmod", "npadvmod", "prt", "dative", "agent"))
"""What may bring in the place where something is done."""


def being_there(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """Being somewhere: what a vehicle does in, at or off a place, it was there for ("was inspected in Istanbul")."""
    lexicon = load_lexicon()
    sighted = token.lower_ in SIGHTED and any(c.lower_ == "last" for c in token.children)
    if token.pos_ != "VERB" or token.lower_ in lexicon.lemmas:
        return None
    if token.lower_ in word_set("not_there") and not sighted:
        return None
    if not any(c.dep_ in BRINGING for c in token.children):
        return None
    cue = lexicon.verbs["lie"][-1]
    slots = [s for s in find_slots(parsed, token, cue, skip) if s.part is Part.AT]
    subject = subject_of(token)
    if not slots or subject is None or subject == token:
        return None
    theme = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    if theme is None and lemma_in(token, "thwarting") is not None:  # "they seized the tanker off Fujairah"
        theme = next((c for c in token.children if c.dep_ == "dobj" and parsed.mention(c) is None), None)
    return Move(
        parsed=parsed, token=token.i, cue=cue, subject=index_of(theme or subject), theme=None, slots=tuple(slots)
    )


def listed_after(parsed: Parsed, moves: list[Move], skip: set[int]) -> Move | None:
    """Places enumerated after a colon or as list items go on with the last move before them.

    "It came back the same way: Suez, Istanbul"; "the jet calling, in turn, at:" and a bullet for each place.
    """
    end = parsed.sentence.span.end
    first = next((t.i for t in parsed.doc if t.text == ":" or parsed.spans[t.i].start >= end), None)
    if first is None:
        return None
    used = {slot.token for move in moves for slot in move.slots}
    places = [i for i, m in enumerate(parsed.mentions) if m is not None and i >= first and i not in skip | used]
    lexicon = load_lexicon()
    found = [(t, cue) for t in parsed.doc[:first] for cue in _any_cue(lexicon, t) if cue.frame.name in GOES_ON]
    if len(places) < PAIR or not found or any(t.tag_ in ("VBD", "VBZ", "VBP") for t in parsed.doc[first:]):
        return None
    token, cue = found[-1]
    slots = [Slot(part=Part.STOPPED, token=i, mention=parsed.mentions[i], words=f"{token.text}: …") for i in places]
    beside = next((c for c in token.children if c.dep_ == "compound" and c.lower_ in lexicon.carriers), None)
    mover = beside if beside is not None else subject_of(token)
    return Move(
        parsed=parsed, token=token.i, cue=cue, subject=index_of(mover), theme=None, slots=tuple(slots), mode=cue.mode
    )


def _any_cue(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The cue of a word whatever the tagger makes of it: "the jet calling" is no noun."""
    known = list(cues_of(lexicon, token))
    if not known and token.lower_.endswith("ing"):
        lemmas = lexicon.lemmas.get(token.lower_, ())
        known = [cue for lemma in lemmas for cue in lexicon.verbs[lemma] if len(cue.words) == 1][:1]
    yield from known


GOES_ON = frozenset(("move", "call", "arrive", "reach", "pass"))


def _after(parsed: Parsed, token: Token, parts: dict[str, Part]) -> list[Slot]:
    """Places that the prepositions right after a word bring in."""
    found: list[Slot] = []
    skip = qualifiers(parsed)
    near = [t for t in (*token.children, *parsed.doc[token.i + 1 : token.i + 2]) if t.pos_ == "ADP"]
    for prep in near:
        part = parts.get(prep.lower_)
        for thing in prep.children:
            got = named_place(parsed, thing) if part is not None and thing.dep_ == "pobj" else None
            if got and part and got[0].i not in skip and got[0].i not in {s.token for s in found}:
                found.append(Slot(part=part, token=got[0].i, mention=got[1], words=f"{token.text} {prep.text}"))
    return found
