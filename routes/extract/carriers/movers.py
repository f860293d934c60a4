"""What moves in a clause: the vehicle if there is one, else what is moved, else the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.extract.carriers.described import VEHICLES, Described, describe
from routes.extract.lexicon.tables import word_set

if TYPE_CHECKING:
    from routes.extract.trips.clauses import Move


def mover(move: Move) -> int | None:
    """Which token names what moves: the vehicle if there is one, else what is moved, else the subject.

    Who says something does not move: "Russian tankers, the sources say, have sailed" is of the tankers.
    """
    named = _mover(move)
    if named is None or move.parsed.doc[named].lower_ not in word_set("speakers"):
        return named
    before = (t.i for t in reversed(move.parsed.doc[:named]) if t.pos_ in ("NOUN", "PROPN"))
    return next((i for i in before if _vehicle(move, i) is not None), None)


def _mover(move: Move) -> int | None:
    doc = move.parsed.doc
    if move.subject is not None and (move.cue.frame.name in ("load", "unload") or _own(move)):
        return move.subject
    if move.aboard is not None and move.theme is None and _vehicle(move, move.subject) is None:
        return move.aboard
    if move.subject is not None and (move.theme is None or _vehicle(move, move.subject)):
        token = doc[move.subject]
        return None if token.i == move.token else move.subject
    if move.aboard is not None and _vehicle(move, move.theme) is None:
        return move.aboard
    return move.theme if move.theme is not None else move.subject


def _own(move: Move) -> bool:
    """Whether what is moved belongs to the mover ("its anchor", "her lines")."""
    if move.theme is None or move.subject == move.theme:
        return False
    token = move.parsed.doc[move.theme]
    return any(c.dep_ == "poss" and c.lower_ in ("its", "her", "their") for c in token.children)


def _vehicle(move: Move, token: int | None) -> Described | None:
    if token is None:
        return None
    told = describe(move.parsed, move.parsed.doc[token])
    return told if told.type in VEHICLES else None
