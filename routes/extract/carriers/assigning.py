"""Every move to its carrier: those a sentence names, those it points back to, and who a clause without a name is of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.carriers.carriers import Carrier, Register
from routes.extract.carriers.described import VEHICLES, Described, describe, is_brought_up
from routes.extract.carriers.movers import mover
from routes.extract.carriers.persons import STEERS
from routes.extract.lexicon.tables import load_lexicon, word_set
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.clauses import mode_by
from routes.extract.trips.members import is_bare, share
from routes.extract.trips.slots import Part
from routes.model import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move


def assign(parsed: Sequence[Parsed], moves: Sequence[Move]) -> tuple[Carrier, ...]:
    """Give every move to its carrier.

    Args:
        parsed: The parsed sentences of the report; carriers are met in them before they move.
        moves: The moves of the whole report in the order of the text.

    Returns:
        The carriers that move, in the order they are first spoken of, with their moves in the order of the text.
    """
    register = Register()
    for one in parsed:
        own = [_pronoun_moves(register, move) for move in moves if move.parsed is one]
        met = _meet(register, one, own)
        riding: dict[int, Carrier] = {}
        for move in own:
            carrier = _carrier_of(register, move, met)
            if (
                move.named is None and move.subject is not None and mover(move) == move.subject
            ):  # "he left on a flight and landed in Rome"
                carrier = riding.get(move.subject, carrier)
            elif move.subject is not None and move.aboard is not None and mover(move) == move.aboard:
                riding[move.subject] = carrier
                carrier.riders |= _pronouns(describe(one, one.doc[move.subject]))
            carrier = _by_other_means(register, carrier, move)
            carrier.moves.append(move)
            carrier.modes.append(move.mode)
    share(register.carriers)
    return tuple(c for c in register.carriers if c.moves)


def _pronouns(told: Described) -> set[str]:
    """By what pronouns who is aboard may be meant."""
    if told.plural:
        return {"they", "them"}
    return {told.pronoun} if told.pronoun is not None else {"he", "she"}


def _by_other_means(register: Register, carrier: Carrier, move: Move) -> Carrier:
    """Another carrier where a clause says that what was carried goes on otherwise: "they travelled on by road"."""
    said = mode_by(move.parsed.doc[move.token])
    if said is None or carrier.type not in VEHICLES or said in (carrier.mode, *carrier.modes):
        return carrier
    token = mover(move)
    if token is None or move.parsed.doc[token].pos_ != "PRON":
        return carrier
    other = Carrier(
        type=None, mode=said, names=set(), words="", nouns={"load"}, plural=carrier.plural, last=carrier.last
    )
    register.carriers.append(other)
    return other


def _meet(register: Register, parsed: Parsed, moves: Sequence[Move]) -> dict[int, Carrier]:
    """Enter the carriers a sentence speaks of; give those that its moves name, by token."""
    if any(move.named is not None for move in moves):
        return {}
    wanted: dict[int, Mode] = {}
    for move in moves:
        which = mover(move)
        if which is not None:
            wanted[which] = move.mode if wanted.get(which, Mode.UNKNOWN) is Mode.UNKNOWN else wanted[which]
    leaders = {move.subject: move.beside for move in moves if move.subject is not None and move.beside is not None}
    met: dict[int, Carrier] = {}
    passing: dict[int, Carrier] = {}
    for token in parsed.doc:
        if token.i in wanted:
            told, leader = describe(parsed, token), (met | passing).get(leaders.get(token.i) or -1)
            if told.none:
                met[token.i] = Register().resolve(told, Mode.UNKNOWN)
            elif leader is not None:
                met[token.i] = register.beside(told, leader, wanted[token.i])
            else:
                met[token.i] = register.resolve(told, wanted[token.i])
            register.note(met[token.i], parsed, token.i)
        elif token.dep_ in HEADS and (token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") or is_bare(parsed, token)):
            spoken_of = _in_passing(register, parsed, token)
            if spoken_of is not None:
                passing[token.i] = spoken_of
    return met


def _in_passing(register: Register, parsed: Parsed, token: Token) -> Carrier | None:
    """Enter the carrier that a noun means which no move of its sentence names; None where it means none."""
    if token.pos_ == "NOUN" and not _may_be_carrier(parsed, token):
        return None
    told = describe(parsed, token)
    subject = token.dep_ in ("nsubj", "nsubjpass")
    meant: Carrier | None = None
    if (told.type in VEHICLES and not told.hollow) or (
        (subject or is_brought_up(token))
        and ((told.names and told.definite) or (told.bare and register.kin(told) is not None))
    ):
        meant = register.resolve(told, Mode.UNKNOWN)
        register.note(meant, parsed, token.i)
        register.fade(told, parsed, token)
    elif told.noun in STEERS and told.definite and not told.names:  # "had a chat with the pilot": she flies it
        steered = register.known(told, Mode.UNKNOWN)
        if steered is not None:
            steered.nouns.add(told.noun)
    elif told.pronoun is not None and subject:
        meant = register.known(told, Mode.UNKNOWN)
        if meant is not None:
            register.note(meant, parsed, token.i)
    return meant


def _may_be_carrier(parsed: Parsed, token: Token) -> bool:
    """Whether a common noun can mean a carrier: by itself, or by a name or a carrier's noun in its phrase."""
    carriers = load_lexicon().carriers
    if token.lower_ in carriers or token.text == STAND_IN_CRAFT or token.lower_ in STEERS or is_bare(parsed, token):
        return True
    if token.lower_ in word_set("groups") or token.lower_ in word_set("collective"):
        return True
    return any(c.pos_ == "PROPN" or c.lower_ in carriers or c.dep_ == "appos" for c in token.children)


def _carrier_of(register: Register, move: Move, met: dict[int, Carrier]) -> Carrier:
    """Whose a move is; one that names nobody goes on with the last, one whose mover is a clause is nobody's."""
    if move.named is not None:
        return register.of_entry(move, move.named)
    which = mover(move)
    if which is not None:
        return met[which]
    if any(c.dep_ in ("csubj", "csubjpass") for c in move.parsed.doc[move.token].children):
        return Register().last()  # "what is left of the group has been sent there"
    if move.parsed.doc[move.token].lower_ in word_set("services") and not any(s.part is Part.AT for s in move.slots):
        return Register().last()  # "the service between Bari and Bar has resumed"
    at = move.parsed.spans[move.token].start
    carrier = register.last(before=at)
    carrier.last = max(carrier.last, at)
    return carrier


def _pronoun_moves(register: Register, move: Move) -> Move:
    """Where "it" is a vehicle it is what moves, and not what it carries: "It carried diplomats from Rome to Oslo"."""
    if move.subject is None or move.theme is None or move.subject == move.theme:
        return move
    told = describe(move.parsed, move.parsed.doc[move.subject])
    known = register.known(told, move.mode) if told.pronoun is not None else None
    return replace(move, theme=None) if known is not None and known.type in VEHICLES else move


HEADS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "ROOT", "conj"))
"""Where in a sentence a noun phrase may bring up a carrier."""
