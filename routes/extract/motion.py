"""Parsed sentence → moves: who left, reached, passed or was at which places, in one clause.

A move is what one verb, noun or adjective of motion says. Trips are put together from the moves of a whole report in
itinerary.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import Cue, Lexicon, load_lexicon, word_set
from routes.extract.parsing import STAND_IN_CRAFT
from routes.extract.slots import MAX_CHAIN, Part, Slot, find_slots, named_place, qualifiers
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.parsing import Parsed

BOUND_SUFFIX = "bound"
PAIR = 2


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


def find_moves(parsed: Parsed) -> tuple[Move, ...]:
    """The moves of a sentence, in the order of the text."""
    lexicon = load_lexicon()
    skip = qualifiers(parsed)
    moves: list[Move] = []
    for token in parsed.doc:
        for cue in _cues(lexicon, token):
            slots = find_slots(parsed, token, cue, skip)
            slots += _sent_from(parsed, token, cue)
            slots += _compound_slots(parsed, token, cue, skip, {s.token for s in slots})
            moves.append(
                Move(
                    parsed=parsed,
                    token=token.i,
                    cue=cue,
                    subject=_index(subject_of(token)),
                    theme=_index(_theme(parsed, token, cue, slots)),
                    slots=_travelled(slots),
                    mode=cue.mode,
                    aboard=_index(_aboard(token)),
                )
            )
        instead = _instead(parsed, token, moves, skip)
        if instead is not None:
            moves.append(instead)
        for extra in (
            _ride(parsed, token, skip),
            _bound_move(parsed, token, lexicon),
            _goal_move(parsed, token, skip),
            _there(parsed, token, skip),
        ):
            if extra is not None:
                moves.append(extra)
    moves += _arrows(parsed, {slot.token for move in moves for slot in move.slots})
    listed = _listed(parsed, moves, skip)
    if listed is not None:
        moves.append(listed)
    done = list(_without_doubles(_support(moves)))
    return tuple(sorted(done, key=lambda m: (min((s.token for s in m.slots), default=m.token), m.token)))


def _sent_from(parsed: Parsed, token: Token, cue: Cue) -> list[Slot]:
    """Where a force that arrives is from: "four hundred police officers from Kenya landed in Haiti"."""
    subject = subject_of(token) if cue.frame.name == "arrive" else None
    noun = load_lexicon().carriers.get(subject.lower_) if subject is not None else None
    if subject is None or noun is None or noun.type != "unit":
        return []
    found = []
    for child in subject.children:
        for thing in child.children if child.dep_ == "prep" and child.lower_ == "from" else ():
            mention = parsed.mention(thing)
            if mention is not None and mention.role is not MentionRole.DEMONYM:
                found.append(Slot(part=Part.LEFT, token=thing.i, mention=mention, words=f"{subject.text} from"))
    return found


def _index(token: Token | None) -> int | None:
    return None if token is None else token.i


def _cues(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The entry of the lexicon a token stands for: at most one, the one of most words."""
    form = token.lower_
    light = any(c.dep_ in ("dobj", "attr") and c.lower_ in lexicon.nouns for c in token.children)
    if token.pos_ in ("VERB", "AUX") or (token.tag_.startswith("V") and token.dep_ != "amod"):
        particles = {c.lower_ for c in token.children if c.dep_ not in ("nsubj", "nsubjpass", "aux", "mark")}
        following = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
        for lemma in lexicon.lemmas.get(form, ()):
            for cue in lexicon.verbs[lemma]:
                if all(_has(word, particles | {following}) for word in cue.words[1:]):
                    if not (light and cue.carrier_only):  # "made a visit": the noun tells of the way
                        yield cue
                    return
    elif token.pos_ in ("NOUN", "PROPN") and form in lexicon.nouns and token.text not in word_set("never_names"):
        yield lexicon.nouns[form]


def _has(word: str, present: set[str]) -> bool:
    return word in present or bool(present & {word + "s", "a " + word})


def subject_of(token: Token) -> Token | None:
    """Who or what does the thing: the subject, or what governs the clause where it has none of its own."""
    current, seen = token, 0
    while seen < MAX_CHAIN:
        seen += 1
        own = _own_subject(current)
        if own is not None:
            return _resolve_relative(own)
        if current.dep_ in ("acl", "relcl") and current.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return current.head
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
            before = next((c for c in current.children if c.dep_ == "advcl" and c.i < current.i), None)
            return _own_subject(before) if before is not None else None
        current = current.head
    return None


def _own_subject(verb: Token) -> Token | None:
    return next(
        (
            c
            for c in verb.children
            if c.dep_ in ("nsubj", "nsubjpass", "expl")
            and c.lower_ != "there"
            and c.lower_ not in word_set("way_nouns")
        ),
        None,
    )


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


def _resolve_relative(token: Token) -> Token:
    if token.lower_ == "one" and token.i and token.doc[token.i - 1].text in ("—", "–", "-", ",", "("):
        return _craft_before(token) or token  # "an Il-76 — one of the sanctioned aircraft — arrived"
    if token.lower_ in ("which", "that", "who", "whom"):
        head = token
        for _ in range(MAX_CHAIN):
            if head.dep_ == "relcl":
                return head.head
            if head.head == head:
                break
            head = head.head
    return token


def _theme(parsed: Parsed, token: Token, cue: Cue, slots: list[Slot]) -> Token | None:
    """What is moved: an object that is no place, or the subject of a passive."""
    used = {s.token for s in slots}
    if token.pos_ in ("VERB", "AUX"):
        if cue.frame.name in ("reach", "pass", "depart", "setoff", "call", "arrive", "stay"):
            by = next((c for c in token.children if c.dep_ == "agent"), None)
            return next((g for g in by.children if g.dep_ == "pobj"), None) if by is not None else None
        for child in token.children:
            if (
                child.lower_ in word_set("way_objects")
                or child.lower_ in cue.words[1:]
                or child.lower_.removesuffix("s") in cue.words[1:]
            ):
                continue
            if child.dep_ in ("nsubjpass", "dobj") and child.i not in used and parsed.mention(child) is None:
                return _resolve_relative(child)
        if token.dep_ == "acl" and token.tag_ == "VBN":
            return token.head
        return None
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "by"):
            return next((c for c in child.children if c.dep_ == "pobj" and parsed.mention(c) is None), None)
    carriers = load_lexicon().carriers
    return next(
        (
            c
            for c in token.children
            if parsed.mention(c) is None and (c.dep_ == "poss" or (c.dep_ == "compound" and c.lower_ in carriers))
        ),
        None,
    )


def _aboard(token: Token) -> Token | None:
    """The vehicle in "aboard the frigate", "on a charter flight", "by lorry"."""
    lexicon = load_lexicon()
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("aboard", "on", "by", "in", "with"):
            for thing in child.children:
                noun = lexicon.carriers.get(thing.lower_)
                if thing.dep_ == "pobj" and noun is not None and noun.type in ("aircraft", "vessel", "convoy"):
                    return thing
    return None


def _compound_slots(parsed: Parsed, token: Token, cue: Cue, skip: set[int], used: set[int]) -> list[Slot]:
    """Places beside a noun of motion: "his London visit", "the Moscow–Caracas flight", "the invasion of Kuwait"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return []
    goal = {"origin": Part.LEFT, "via": Part.PASSED}.get(cue.of, Part.REACHED)
    found: list[Slot] = []
    for child in token.children:
        mention = parsed.mention(child)
        if child.dep_ in ("compound", "nmod", "amod") and mention is not None and mention.role is MentionRole.LITERAL:
            found.append(Slot(part=goal, token=child.i, mention=mention, words=f"… {token.text}"))
        if child.dep_ == "prep" and child.lower_ == "of" and cue.of in ("goal", "origin", "via"):
            for thing in child.children:
                got = named_place(parsed, thing) if thing.dep_ == "pobj" else None
                if got is not None and got[0].i not in skip | used:
                    found.append(Slot(part=goal, token=got[0].i, mention=got[1], words=f"{token.text} of"))
    if len(found) == PAIR and found[0].token < token.i and cue.of == "mover":
        found = [replace(found[0], part=Part.LEFT), found[1]]
    return [slot for slot in found if slot.token not in used]


def _bound_move(parsed: Parsed, token: Token, lexicon: Lexicon) -> Move | None:
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
            slots = _after(parsed, token, {"for": Part.BOUND, "to": Part.BOUND, "from": Part.LEFT})
    elif token.lower_ in ("due", "expected", "awaited", "back", "home", "safely"):
        due = token.lower_ in ("due", "expected", "awaited")
        slots = _after(parsed, token, dict.fromkeys(("in", "at", "off"), Part.BOUND if due else Part.REACHED))
        slots += [] if due else _after(parsed, token, {"to": Part.REACHED})
    elif (
        token.lower_ in ("in", "inbound", "out", "outbound")
        and token.dep_ != "prt"
        and parsed.doc[token.i + 1 : token.i + 2].text in TO_FROM
    ):
        slots = _after(parsed, token, {"from": Part.LEFT, "to": Part.BOUND, "for": Part.BOUND})
    if not slots:
        return None
    head = token if token.dep_ in ("amod", "compound") else token.head
    while head.dep_ in ("amod", "compound", "nmod") and head.head != head:
        head = head.head
    mover = head if head.pos_ in ("NOUN", "PROPN") else subject_of(head)
    if token.lower_ in ("in", "out"):
        mover = _craft_before(token) or mover
    return Move(parsed=parsed, token=token.i, cue=cue, subject=_index(mover), theme=None, slots=tuple(slots))


TO_FROM = ("from", "to", "for")


def _goal_move(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
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
    return Move(parsed=parsed, token=token.i, cue=cue, subject=_index(owner), theme=None, slots=(slot,))


def _instead(parsed: Parsed, token: Token, moves: list[Move], skip: set[int]) -> Move | None:
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


def _ride(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
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
        parsed=parsed, token=token.i, cue=cue, subject=token.i, theme=None, slots=_travelled(slots), mode=noun.mode
    )


VEHICLE_TYPES = ("aircraft", "vessel", "convoy")


def _there(parsed: Parsed, token: Token, skip: set[int]) -> Move | None:
    """Being somewhere: what a vehicle does in, at or off a place, it was there for ("was inspected in Istanbul")."""
    lexicon = load_lexicon()
    if token.pos_ != "VERB" or token.lower_ in lexicon.lemmas or token.lower_ in word_set("not_there"):
        return None
    cue = lexicon.verbs["lie"][-1]
    slots = [s for s in find_slots(parsed, token, cue, skip) if s.part is Part.AT]
    subject = subject_of(token)
    if not slots or subject is None or subject == token:
        return None
    theme = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
    return Move(parsed=parsed, token=token.i, cue=cue, subject=_index(theme or subject), theme=None, slots=tuple(slots))


ARROWS = frozenset(("→", "⇒", "->", "=>", "-->"))
DASHES = frozenset(("-", "–", "—", "‑", ">", "/"))


def _arrows(parsed: Parsed, used: set[int]) -> list[Move]:
    """Ways in notation: "Windhoek → Lusaka → Kigali", "the Moscow–Caracas flight"."""
    lexicon = load_lexicon()
    found: list[Move] = []
    run: list[int] = []
    for token in parsed.doc:
        mention = parsed.mentions[token.i]
        if mention is not None and mention.role is not MentionRole.DEMONYM:
            run.append(token.i)
        elif not (run and run[-1] == token.i - 1 and token.text in ARROWS | DASHES):
            found += _noted_way(parsed, lexicon, run, used)
            run = []
    return found + _noted_way(parsed, lexicon, run, used)


def _noted_way(parsed: Parsed, lexicon: Lexicon, run: list[int], used: set[int]) -> list[Move]:
    """The move of one run of places joined by arrows or dashes, if the sentence speaks of moving."""
    marks = {parsed.doc[i].text for a, b in pairwise(run) for i in range(a + 1, b)}
    tight = all(b == a + PAIR for a, b in pairwise(run))
    if len(run) < PAIR or not tight or used & set(run):
        return []
    mover = next((t for t in parsed.doc if t.lower_ in lexicon.carriers or t.text == STAND_IN_CRAFT), None)
    speaks = mover is not None or any(t.lower_ in lexicon.nouns for t in parsed.doc)
    if not (marks & ARROWS or (speaks and (len(run) > PAIR or _names_flight(parsed, run[-1])))):
        return []
    parts = [Part.LEFT, *[Part.STOPPED] * (len(run) - PAIR), Part.REACHED]
    slots = tuple(
        Slot(part=part, token=i, mention=parsed.mentions[i], words="… → …") for part, i in zip(parts, run, strict=True)
    )
    cue = lexicon.nouns["trip"]
    return [Move(parsed=parsed, token=run[0], cue=cue, subject=_index(mover), theme=None, slots=slots)]


def _names_flight(parsed: Parsed, last: int) -> bool:
    """Whether a noun of motion follows: "the Moscow–Caracas flight"."""
    return last + 1 < len(parsed.doc) and parsed.doc[last + 1].lower_ in load_lexicon().nouns


def _listed(parsed: Parsed, moves: list[Move], skip: set[int]) -> Move | None:
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
        parsed=parsed, token=token.i, cue=cue, subject=_index(mover), theme=None, slots=tuple(slots), mode=cue.mode
    )


def _any_cue(lexicon: Lexicon, token: Token) -> Iterator[Cue]:
    """The cue of a word whatever the tagger makes of it: "the jet calling" is no noun."""
    known = list(_cues(lexicon, token))
    if not known and token.lower_.endswith("ing"):
        lemmas = lexicon.lemmas.get(token.lower_, ())
        known = [cue for lemma in lemmas for cue in lexicon.verbs[lemma] if len(cue.words) == 1][:1]
    yield from known


GOES_ON = frozenset(("move", "call", "arrive", "reach", "pass"))


def _craft_before(token: Token) -> Token | None:
    """The vehicle named last before a verbless phrase: "a Boeing of Kalitta Air, in from Columbus"."""
    carriers = load_lexicon().carriers
    for before in reversed(token.doc[max(0, token.i - 8) : token.i]):
        if before.text == STAND_IN_CRAFT or before.lower_ in carriers:
            return before
    return None


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


ORDER = {Part.LEFT: 0, Part.PASSED: 1, Part.STOPPED: 1, Part.BETWEEN: 1, Part.AT: 2, Part.REACHED: 2, Part.BOUND: 3}


def _travelled(slots: list[Slot]) -> tuple[Slot, ...]:
    """One clause's places in travelled order: left, then passed and stopped at, then reached."""
    return tuple(sorted(slots, key=lambda s: (ORDER[s.part], s.token)))


def _support(moves: list[Move]) -> list[Move]:
    """Hand the places of a light verb to its noun of motion: "made a stop in X", "begin the journey from Y"."""
    by_token = {move.token: move for move in moves}
    return [_supported(move, moves, by_token) for move in moves]


def _supported(move: Move, moves: list[Move], by_token: dict[int, Move]) -> Move:
    token = move.parsed.doc[move.token]
    if token.pos_ != "NOUN" or token.dep_ not in NOMINAL:
        return move
    verb = token.head if token.dep_ != "pobj" else token.head.head
    if move.subject is None:
        subject = subject_of(verb) if token.dep_ in ("dobj", "pobj", "attr") else None
        move = replace(move, subject=_index(subject) if subject != token else None)
    own = by_token.get(token.head.i)  # "made for X" is a move itself, "stopovers were made in X" lends its places
    if (own is not None and own.slots) or verb.pos_ not in ("VERB", "AUX") or token.dep_ == "pobj":
        return move
    extra = find_slots(move.parsed, verb, move.cue, qualifiers(move.parsed))
    have = {slot.token for other in moves for slot in other.slots}
    return replace(move, slots=_travelled([*move.slots, *(s for s in extra if s.token not in have)]))


NOMINAL = frozenset(("dobj", "pobj", "attr", "nsubj", "nsubjpass"))


def _without_doubles(moves: list[Move]) -> Iterator[Move]:
    """Moves with places, each place once: the cue nearest before it in the parse keeps it."""
    taken: set[int] = set()
    for move in moves:
        slots = tuple(s for s in move.slots if s.token not in taken)
        taken |= {s.token for s in slots}
        if slots or move.cue.frame.name in ("divert", "turnback", "arrive"):
            yield replace(move, slots=slots)
