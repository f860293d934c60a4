"""Where a mover is from, told with its noun: "ninety engineers from Ghana landed", "a ship from Santos berthed"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.lexicon.tables import Cue, load_lexicon
from routes.extract.places.noun_places import named_place
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.clauses import subject_of
from routes.extract.trips.slots import Part, Slot, preposition
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move

VEHICLES = frozenset(("aircraft", "vessel", "convoy"))
COMES = frozenset(("arrive", "reach", "call", "unload", "stay", "move", "pass"))
"""Frames of being or coming somewhere: with these, where a vehicle is from is where it came from."""

GOES = frozenset(("move", "turnback", "divert"))
"""Frames of going: with these only "out of" says so, and "from" may say where it is at home."""

MODEL = re.compile(r"(?:7[0-8]7|3[0-8]0)$")
"""An airliner called by its number: "a Cargolux 747"."""

HOUR = re.compile(r"[0-2]?\d[.:][0-5]\d$")
"""A flight or train called by its hour."""


def sent_from(parsed: Parsed, token: Token, cue: Cue) -> list[Slot]:
    """The place that a force or vehicle which arrives is from.

    Args:
        parsed: The parsed sentence.
        token: The word of motion.
        cue: Its entry in the lexicon.
    """
    subject = subject_of(token) if cue.frame.name in COMES | GOES else None
    if subject is None:
        return []
    if HOUR.match(subject.text):  # "the 07:40 from Bergen got into …"
        return _brought_from(parsed, subject, ("out", "from")) if cue.frame.name != "stay" else []
    if (
        cue.frame.name in GOES
    ):  # "twenty wagons from Burgas got as far as Ruse"; "a ship from Malta" may only fly its flag
        counted = subject.tag_ == "NNS" and _is_craft(subject) and any(c.dep_ == "nummod" for c in subject.children)
        return _brought_from(parsed, subject, ("out", "from") if counted else ("out",))
    if _from_between_commas(subject, cue):
        return _brought_from(parsed, subject, ("from", "out"))
    noun = load_lexicon().carriers.get(subject.lower_)
    numbers = (subject, *(c for c in subject.children if c.dep_ == "nummod"))
    flown = subject.text == STAND_IN_CRAFT or any(MODEL.match(t.text) for t in numbers)
    kind = "aircraft" if flown else noun.type if noun is not None else None
    if kind not in VEHICLES and not (kind == "unit" and cue.frame.name == "arrive"):
        return []
    also = next((c for c in subject.children if c.dep_ == "appos" and _is_craft(c)), None)
    if also is not None and any(c.lower_ == "from" for c in also.children):
        subject = also  # "the first flight, a Boeing from Cork, landed"
    if kind in VEHICLES and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in subject.children):
        return []  # "the regular freighter from Denmark" says which one it is
    return _brought_from(parsed, subject, ("from", "out"))


def _from_between_commas(subject: Token, cue: Cue) -> bool:
    """Whether where a named craft comes from stands between commas: "the Maren, from Riga by way of Kiel, berthed"."""
    named = subject.pos_ == "PROPN" and any(c.lower_ == "the" for c in subject.children)
    craft = _is_craft(subject) or any(_is_craft(c) for c in subject.children if c.dep_ == "compound")
    if not craft and not (named and cue.mode in (Mode.SEA, Mode.AIR)):
        return False
    before = next((c for c in subject.children if c.dep_ == "prep" and c.lower_ in ("from", "out")), None)
    return before is not None and before.i > subject.i and before.nbor(-1).text == ","


def sent_for(parsed: Parsed, token: Token, cue: Cue) -> list[Slot]:
    """Where a cargo or its carrier is for, told with its noun: "grain for Mogadishu left Odesa".

    Args:
        parsed: The parsed sentence.
        token: The word of motion.
        cue: Its entry in the lexicon.
    """
    subject = subject_of(token) if cue.frame.name in ("depart", "setoff") else None
    noun = load_lexicon().carriers.get(subject.lower_) if subject is not None else None
    if subject is None or noun is None or noun.type not in VEHICLES | {"shipment"}:
        return []
    load = [g for c in subject.children if c.dep_ == "prep" and c.lower_ == "with" for g in c.children]
    found = []
    for holder in (subject, *load):
        for child in holder.children:
            for thing in child.children if child.dep_ == "prep" and child.lower_ == "for" else ():
                mention = parsed.mention(thing)
                if mention is not None and mention.role is MentionRole.LITERAL:
                    found.append(Slot(part=Part.BOUND, token=thing.i, mention=mention, words=f"{holder.text} for"))
    return found


def _brought_from(parsed: Parsed, subject: Token, words: tuple[str, ...]) -> list[Slot]:
    """The places that "from" or "out of" behind a noun brings in."""
    found = []
    for child in subject.children:
        if child.dep_ != "prep" or child.lower_ not in words or child.i < subject.i:
            continue
        phrase, objects = preposition(child)
        for thing in objects if phrase in ("from", "out of") else ():
            got = named_place(parsed, thing) if thing.dep_ == "pobj" else None
            if got is not None and got[1] is not None and got[1].role is not MentionRole.DEMONYM:
                found.append(Slot(part=Part.LEFT, token=got[0].i, mention=got[1], words=f"{subject.text} {phrase}"))
    return found


def _is_craft(token: Token) -> bool:
    noun = load_lexicon().carriers.get(token.lower_)
    return token.text == STAND_IN_CRAFT or (noun is not None and noun.type in VEHICLES)


def origin_first(moves: Sequence[Move]) -> list[Move]:
    """The moves, where one is from told before what comes in between.

    "Lorries from Lyon, which crossed at Basel, reached Ulm": the parse gives Lyon to the last verb.
    """
    done: list[Move] = []
    for move in moves:
        early = tuple(s for s in move.slots if s.part is Part.LEFT and s.token < move.token)
        between = early and any(early[0].token < o.token < move.token for o in moves if o is not move)
        if between and len(early) < len(move.slots):
            done.append(replace(move, slots=early))
            done.append(replace(move, slots=tuple(s for s in move.slots if s not in early)))
        else:
            done.append(move)
    return done


def boarded(move: Move) -> Move:
    """What is boarded is there: "inspectors boarded the tanker at Genoa" tells where the tanker was."""
    if move.cue.words != ("board",) or move.theme is None:
        return move
    thing = move.parsed.doc[move.theme]
    noun = load_lexicon().carriers.get(thing.lower_) or load_lexicon().carriers.get(
        f"{thing.doc[max(thing.i - 1, 0)].lower_} {thing.lower_}"
    )
    if thing.text != STAND_IN_CRAFT and (noun is None or noun.type not in VEHICLES):
        return move
    slots = tuple(replace(s, part=Part.AT) if s.part is Part.LEFT else s for s in move.slots)
    return replace(move, cue=load_lexicon().verbs["lie"][-1], subject=move.theme, theme=None, slots=slots)
