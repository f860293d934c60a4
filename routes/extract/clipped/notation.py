"""Ways in notation: "Windhoek → Lusaka → Kigali", "the Moscow–Caracas flight", "its last trip: Odesa to Bourgas"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from routes.extract.clipped.entry_labels import listed
from routes.extract.lexicon.tables import Lexicon, load_lexicon
from routes.extract.text.clause import read_group, subject
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.trips.clauses import Move, index_of
from routes.extract.trips.slots import Part, Slot
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

ARROWS = frozenset(("→", "⇒", "->", "=>", "-->"))
DASHES = frozenset(("-", "–", "—", "‑", ">", "/"))
PAIR = 2

RIDES = {
    **dict.fromkeys(("flew", "flown"), Mode.AIR),
    **{"sailed": Mode.SEA, "drove": Mode.LAND},
    **dict.fromkeys(("did", "ran", "went", "operated", "shuttled"), Mode.UNKNOWN),
}
"""Verbs that have a way in notation for their object, and what it goes by."""
RIDERS = frozenset(("it", "she", "they", "one"))
PAST = frozenset(("VBD", "VBN"))

OPENS = frozenset((":", ",", "("))
CLOSES = frozenset((",", ";", ".", ")", "on", "at", "in"))
"""What stands before and behind a way told apart from its sentence."""


def noted_ways(parsed: Parsed, used: set[int]) -> list[Move]:
    """The moves of the ways in notation.

    Args:
        parsed: The parsed sentence.
        used: Tokens of places that other moves have.
    """
    lexicon = load_lexicon()
    found: list[Move] = []
    run: list[int] = []
    for token in parsed.doc:
        mention = parsed.mentions[token.i]
        if mention is not None and mention.role is not MentionRole.DEMONYM:
            run.append(token.i)
        elif not (run and run[-1] == token.i - 1 and (token.text in ARROWS | DASHES or token.lower_ == "to")):
            found += _noted_way(parsed, lexicon, run, used)
            run = []
    return found + _noted_way(parsed, lexicon, run, used)


def _noted_way(parsed: Parsed, lexicon: Lexicon, run: list[int], used: set[int]) -> list[Move]:
    """The move of one run of places, if the sentence speaks of moving."""
    if len(run) < PAIR:
        return []
    marks = {parsed.doc[i].text for a, b in pairwise(run) for i in range(a + 1, b)}
    tight = all(b == a + PAIR for a, b in pairwise(run))
    rode = _verb_of(parsed, run[0]) if marks <= DASHES else None
    taken = (
        used & set(run) if len(run) == PAIR and rode is None else set()
    )  # a run of three is a way whatever else has one of them
    if len(run) < PAIR or not tight or taken or (rode is None and not _is_told(parsed, lexicon, run, marks)):
        return []
    parts = [Part.LEFT, *[Part.STOPPED] * (len(run) - PAIR), Part.REACHED]
    slots = tuple(
        Slot(part=part, token=i, mention=parsed.mentions[i], words="… → …") for part, i in zip(parts, run, strict=True)
    )
    mover = _mover(parsed, lexicon, run[0]) or (subject(rode) if rode is not None else None)
    trip = _trip_before(parsed, lexicon, run[0]) if run[0] and parsed.doc[run[0] - 1].text == ":" else None
    return [
        Move(
            parsed=parsed,
            token=trip.i if trip is not None else run[0],
            cue=lexicon.nouns["trip"],
            subject=index_of(mover),
            theme=None,
            slots=slots,
            mode=RIDES.get(rode.lower_, Mode.UNKNOWN) if rode is not None else Mode.UNKNOWN,
        )
    ]


def _verb_of(parsed: Parsed, first: int) -> Token | None:
    """The verb whose object a way is: "did Lima - Cusco - Lima", "flew Bonn–Bath"."""
    verb = parsed.doc[first - 1] if first else None
    if verb is None or verb.tag_ not in PAST or verb.lower_ not in RIDES or read_group(verb).negation is not None:
        return None
    who = subject(verb)
    if RIDES[verb.lower_] is Mode.UNKNOWN and who is not None:  # "the talk went Bonn – Bath – Bonn"
        rides = who.lower_ in RIDERS or who.lower_ in load_lexicon().carriers or who.text == STAND_IN_CRAFT
        return verb if rides else None
    return None if who is None else verb


def _is_told(parsed: Parsed, lexicon: Lexicon, run: list[int], marks: set[str]) -> bool:
    """Whether a run of places is a way that somebody made."""
    if marks & ARROWS:
        return True
    speaks = _vehicle(parsed, lexicon) is not None or any(t.lower_ in lexicon.nouns for t in parsed.doc)
    if "to" not in marks and (len(run) > PAIR or _names_flight(parsed, run[-1])):
        return speaks
    money = not listed("verbs", "never").isdisjoint(t.lower_ for t in parsed.doc)
    return speaks and not money and _stands_apart(parsed, lexicon, run, marks)


def _stands_apart(parsed: Parsed, lexicon: Lexicon, run: list[int], marks: set[str]) -> bool:
    """Whether "A to B" or "A–B" stands alone between colon or commas, behind what it tells the way of."""
    first, last = run[0], run[-1]
    opener = parsed.doc[first - 1].text if first else ""
    closer = parsed.doc[last + 1].lower_ if last + 1 < len(parsed.doc) else "."
    if closer not in CLOSES or opener not in ((":", "(") if "to" in marks else OPENS):
        return False
    before = parsed.doc[:first]
    return any(t.lower_ in lexicon.nouns or t.lower_ in lexicon.carriers or t.text == STAND_IN_CRAFT for t in before)


def _vehicle(parsed: Parsed, lexicon: Lexicon) -> Token | None:
    return next((t for t in parsed.doc if t.lower_ in lexicon.carriers or t.text == STAND_IN_CRAFT), None)


def _mover(parsed: Parsed, lexicon: Lexicon, first: int) -> Token | None:
    """Whose way it is: the owner of the trip named last before it, else the vehicle the sentence names."""
    trip = _trip_before(parsed, lexicon, first)
    owner = next((c for c in trip.children if c.dep_ == "poss"), None) if trip is not None else None
    return owner or _vehicle(parsed, lexicon)


def _trip_before(parsed: Parsed, lexicon: Lexicon, first: int) -> Token | None:
    """The noun of motion named last before a way: "its last voyage, in May: …"."""
    return next((t for t in reversed(parsed.doc[:first]) if t.lower_ in lexicon.nouns), None)


def _names_flight(parsed: Parsed, last: int) -> bool:
    """Whether a noun of motion follows: "the Moscow–Caracas flight"."""
    return last + 1 < len(parsed.doc) and parsed.doc[last + 1].lower_ in load_lexicon().nouns
