"""Parsed sentence → moves: who left, reached, passed or was at which places, in one clause.

A move is what one verb, noun or adjective of motion says. Trips are put together from the moves of a whole report in
itinerary.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.certainty.calling_off import called_off
from routes.extract.certainty.refusals import refusal
from routes.extract.clipped.notation import noted_ways
from routes.extract.lexicon.tables import Cue, load_lexicon, word_set
from routes.extract.places.noun_places import named_place, qualifiers
from routes.extract.text.attachment import with_nearest
from routes.extract.trips.clauses import (
    Move,
    changes_planes,
    cues_of,
    index_of,
    mode_by,
    resolve_relative,
    subject_of,
    travelled,
)
from routes.extract.trips.ellipsis import with_gaps
from routes.extract.trips.homeward import home_slot
from routes.extract.trips.origins import boarded, origin_first, sent_for, sent_from
from routes.extract.trips.phrases import (
    being_there,
    bound_move,
    expected_in,
    goal_move,
    instead_of,
    listed_after,
    next_stop,
    ride,
)
from routes.extract.trips.returns import and_back
from routes.extract.trips.slots import Part, Slot, find_slots
from routes.extract.trips.ways_apart import with_rows, with_ways_apart
from routes.model import MentionRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

PAIR = 2


def find_moves(parsed: Parsed) -> tuple[Move, ...]:
    """The moves of a sentence, in the order of the text."""
    lexicon = load_lexicon()
    skip = qualifiers(parsed)
    moves: list[Move] = []
    for token in parsed.doc:
        for cue in cues_of(lexicon, token):
            slots = find_slots(parsed, token, cue, skip)
            slots += sent_from(parsed, token, cue)
            slots += _compound_slots(parsed, token, cue, skip, {s.token for s in slots})
            slots += home_slot(token, cue, slots)
            move = Move(
                parsed=parsed,
                token=token.i,
                cue=cue,
                subject=index_of(subject_of(token)),
                theme=index_of(_theme(parsed, token, cue, slots)),
                slots=travelled(slots),
                mode=mode_by(token) or cue.mode,
                aboard=index_of(_aboard(token)),
            )
            moves.append(boarded(move))
            goals = sent_for(parsed, token, cue)
            if goals:
                moves.append(replace(move, slots=travelled(goals), due=True))
        instead = instead_of(parsed, token, moves, skip)
        if instead is not None:
            moves.append(instead)
        for extra in (
            refusal(parsed, token, skip),
            called_off(parsed, token),
            ride(parsed, token, skip),
            bound_move(parsed, token, lexicon),
            expected_in(parsed, token),
            goal_move(parsed, token, skip),
            next_stop(parsed, token, skip),
            being_there(parsed, token, skip),
        ):
            if extra is not None:
                moves.append(extra)
    ways = noted_ways(parsed, {slot.token for move in moves for slot in move.slots})
    noted = {slot.token for way in ways for slot in way.slots}
    moves = [replace(move, slots=tuple(s for s in move.slots if s.token not in noted)) for move in moves] + ways
    listed = listed_after(parsed, moves, skip)
    if listed is not None:
        moves.append(listed)
    single = list(_without_doubles(_support(with_nearest(parsed, moves, skip))))
    single = with_rows(parsed, with_ways_apart(parsed, single), skip)
    done = origin_first([and_back(move) for move in with_gaps(parsed, single, skip)])
    return tuple(sorted(done, key=lambda m: (min((s.token for s in m.slots), default=m.token), m.token)))


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
                return resolve_relative(child)
        if token.dep_ == "acl" and token.tag_ == "VBN":
            return token.head
        return None
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "by") and not changes_planes(token):
            return next((c for c in child.children if c.dep_ == "pobj" and parsed.mention(c) is None), None)
    carriers = load_lexicon().carriers
    return next(
        (
            c
            for c in token.children
            if parsed.mention(c) is None
            and not _of_subject(token, c)
            and c.lower_ not in word_set("stays")
            and (c.dep_ == "poss" or (c.dep_ == "compound" and c.lower_ in carriers))
        ),
        None,
    )


def _of_subject(noun: Token, owner: Token) -> bool:
    """Whether a trip is that of who makes it: "the carrier resumed her own voyage"."""
    own = owner.lower_ in ("its", "her", "his", "their") and noun.dep_ in ("dobj", "pobj")
    return own and noun.head.lower_.startswith(MAKES)


MAKES = ("resum", "continu", "beg", "start", "mak", "made", "complet", "finish", "end", "broke", "pursu", "interrupt")
"""How verbs begin whose subject makes the trip that is their object."""


VEHICLES = ("aircraft", "vessel", "convoy")
FLEETS = ("flotilla", "fleet", "armada", "squadron", "strike group", "task group")
"""Whoever goes "with" one of these goes in it; a ship that passes "with a patrol boat" does not."""


def _aboard(token: Token) -> Token | None:
    """The vehicle in "aboard the frigate", "on a charter flight", "by lorry"."""
    lexicon = load_lexicon()
    by = [c for c in token.head.children if c.dep_ == "agent"] if token.dep_ == "conj" and token.tag_ != "VBZ" else []
    for child in (*token.children, *by):  # "were taken off by a tug and landed in Bari"
        if child.dep_ in ("prep", "agent") and child.lower_ in ("aboard", "on", "by", "in", "with"):
            for thing in child.children:
                pair = " ".join(t.lower_ for t in thing.doc[max(thing.i - 1, 0) : thing.i + 1])
                noun = lexicon.carriers.get(pair) or lexicon.carriers.get(thing.lower_)
                along = child.lower_ != "with" or (noun is not None and (noun.type == "convoy" or noun.word in FLEETS))
                if thing.dep_ == "pobj" and noun is not None and noun.type in VEHICLES and along:
                    return thing
    return _aboard_further(token)


def _aboard_further(verb: Token) -> Token | None:
    """The vehicle in "took her dogs to Nome in a ski-plane", which the parse may hang on the place or the dogs."""
    if verb.pos_ != "VERB" or not any(c.dep_ == "dobj" for c in verb.children):
        return None
    for prep in verb.doc[verb.i + 1 : verb.i + 16]:
        if prep.text in (";", ":") or prep.tag_ in ("VBD", "VBZ", "VBP"):
            return None
        for thing in prep.children if prep.lower_ in ("in", "aboard", "by") and prep.dep_ == "prep" else ():
            noun = load_lexicon().carriers.get(thing.lower_)
            new = any(c.lower_ in ("a", "an") for c in thing.children)
            if thing.dep_ == "pobj" and noun is not None and noun.type in VEHICLES and new:
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
        named = mention is not None and mention.role is MentionRole.LITERAL and child.tag_ != "JJ"
        named = named and cue.frame.name != "depart"  # "the Berlin exodus": who leaves, or from where
        if child.dep_ in ("compound", "nmod", "amod") and mention is not None and named:
            found.append(Slot(part=goal, token=child.i, mention=mention, words=f"… {token.text}"))
        if child.dep_ == "prep" and child.lower_ == "of" and cue.of in ("goal", "origin", "via"):
            for thing in child.children:
                got = named_place(parsed, thing) if thing.dep_ == "pobj" else None
                if got is not None and got[0].i not in skip | used:
                    found.append(Slot(part=goal, token=got[0].i, mention=got[1], words=f"{token.text} of"))
    if cue.of == "goal" and any(slot.token > token.i for slot in found):  # "the US invasion of Panama"
        found = [slot for slot in found if slot.token > token.i]
    if len(found) == PAIR and found[0].token < token.i and cue.of == "mover":
        found = [replace(found[0], part=Part.LEFT), found[1]]
    return [slot for slot in found if slot.token not in used]


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
        move = replace(move, subject=index_of(subject) if subject != token else None)
    own = by_token.get(token.head.i)  # "made for X" is a move itself, "stopovers were made in X" lends its places
    if (own is not None and own.slots) or verb.pos_ not in ("VERB", "AUX") or token.dep_ == "pobj":
        return move
    extra = find_slots(move.parsed, verb, move.cue, qualifiers(move.parsed))
    have = {slot.token for other in moves for slot in other.slots}
    return replace(move, slots=travelled([*move.slots, *(s for s in extra if s.token not in have)]))


NOMINAL = frozenset(("dobj", "pobj", "attr", "nsubj", "nsubjpass"))


def _without_doubles(moves: list[Move]) -> Iterator[Move]:
    """Moves with places, each place once: the cue nearest before it in the parse keeps it."""
    taken: set[int] = set()
    # "a statement issued at the end of her Rome visit": being there yields to the word of motion that says more
    for move in sorted(moves, key=lambda m: (not m.refused, m.cue.frame.name == "stay")):
        slots = tuple(s for s in move.slots if s.token not in taken)
        taken |= {s.token for s in slots}
        if slots or move.off is not None or move.cue.frame.name in ("divert", "turnback", "arrive"):
            yield replace(move, slots=slots)
