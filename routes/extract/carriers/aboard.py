"""What a carrier has aboard: its cargo in the report's words, and how many people.

Told by verbs of carrying with the carrier as subject ("carrying 26,000 tons of maize", "to unload missiles"), by "laden
with", "a cargo of", "with … in its tanks", by what a clause of motion says was moved, and by the number before a unit
or group that moves itself. What it might, could or is only believed to carry is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from routes.extract.lexicon import load_table
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.text.clause import read_group
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.text.phrase_words import HOLD, NEAR, aboard_words, phrase_tokens, verb_forms, words_of
from routes.extract.text.sizes import Size, find_sizes
from routes.extract.trips.clauses import subject_of
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.carriers.carriers import Carrier, Met
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move

MAX_CLIMB = 5
MEASURE = re.compile(
    r"^(?:tons?|tonnes?|barrels?|litres?|liters?|gallons?|kilos?|kilograms?|pounds?|containers?|bushels?|crates?|pallets?)$"
)
HOLLOW = frozenset(("one", "two", "first", "second", "last"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aboard:
    """What a trip's carrier is told to have aboard; None where nothing is told."""

    cargo: str | None = None
    low: int | None = None
    high: int | None = None
    reasons: tuple[str, ...] = ()


@cache
def people() -> frozenset[str]:
    """Words for people and bodies of people, in all forms."""
    carriers = load_lexicon().carriers
    moved = {word for word, noun in carriers.items() if noun.type in ("person", "unit")}
    return frozenset(aboard_words("people") | set(load_table("deployments")["forces"]["people"]) | moved) - {
        "force",
        "mission",
    }


def find_aboard(text: str, carrier: Carrier, moves: Sequence[Move], met: Sequence[Met]) -> Aboard:
    """Cargo and people of one trip.

    Args:
        text: The report's text.
        carrier: Who moves.
        moves: The moves of this trip.
        met: Where the report speaks of the carrier, in sentences that tell of no other trip of it.
    """
    cargo: list[str] = []
    counts: list[tuple[int | None, int | None, str]] = []
    afloat = carrier.type is None and carrier.article and any(m.mode in (Mode.AIR, Mode.SEA) for m in moves)
    vehicle = carrier.type in ("aircraft", "vessel", "convoy") or afloat
    heads = list(_own_number(carrier, met)) if not vehicle else list(_carried(moves, met))
    for parsed, head in heads:
        if vehicle and not is_people(parsed, head):
            words = _cargo_words(parsed, text, head)
            cargo += [words] if words else []
        else:
            counts += _count(parsed, text, head)
    if not cargo and carrier.type in ("shipment", *(("aircraft", "vessel", "convoy") if vehicle else ())):
        cargo += [w for one in met for w in _wrapped(one.parsed, text, one.parsed.doc[one.token])]
    low, high, said = counts[0] if counts else (None, None, "")
    reasons = [f"cargo: “{cargo[0]}”"] if cargo else []
    reasons += [f"aboard: “{said}”"] if said and vehicle else [f"people: “{said}”"] if said else []
    return Aboard(cargo=cargo[0] if cargo else None, low=low, high=high, reasons=tuple(reasons))


def is_people(parsed: Parsed, head: Token) -> bool:
    """Whether a noun is of people; "a group of 177 Venezuelans" is, by what follows "of"."""
    word = head.lower_
    mention = parsed.mentions[head.i]
    if word in people() or word in aboard_words("crew") or head.ent_type_ == "PERSON":
        return True
    if mention is not None and mention.role is MentionRole.DEMONYM:
        return True
    if (
        head.pos_ == "PROPN"
        and mention is None
        and parsed.written[head.i] != STAND_IN_CRAFT
        and head.dep_ != "compound"
    ):
        return (
            parsed.written[head.i] == head.text
            and not any(c.isdigit() for c in head.text)
            and head.text != STAND_IN_CRAFT
        )
    return any(is_people(parsed, g) for g in of_objects(head))


def of_objects(head: Token) -> Iterator[Token]:
    """What "of" brings in behind a noun."""
    for child in islice(head.children, NEAR):
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (g for g in child.children if g.dep_ == "pobj" and g.i > head.i)


def _carried(moves: Sequence[Move], met: Sequence[Met]) -> Iterator[tuple[Parsed, Token]]:
    """The heads of what the words say is aboard, in the order of the text within each way of saying it."""
    for one in met:
        tokens = {m.token for m in met if m.parsed is one.parsed}
        yield from ((one.parsed, head) for head in _by_verbs(one.parsed, tokens))
    for move in moves:
        yield from _moved(move)
    for one in met:
        yield from ((one.parsed, head) for head in _in_hold(one.parsed, one.token, met))


def _by_verbs(parsed: Parsed, tokens: set[int]) -> Iterator[Token]:
    for verb in parsed.doc:
        form = verb.lower_
        if form in verb_forms("carrying") and verb.pos_ in ("VERB", "AUX"):
            thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
            aboard_ = next(
                (
                    g
                    for c in verb.children
                    if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "aboard", "onto", "into", "from", "off", "on")
                    for g in c.children
                    if g.dep_ == "pobj"
                ),
                None,
            )
            if thing is not None and _is_of(_doer(parsed, verb), tokens) and not _doubtful(verb):
                yield thing
            elif thing is None and aboard_ is not None and aboard_.i in tokens and not _doubtful(verb):
                yield from (c for c in verb.children if c.dep_ == "nsubjpass" and c.pos_ != "PRON")
        elif (
            form in aboard_words("full")
            and (_is_of(subject_of(verb), tokens) or verb.head.i in tokens)
            and not _doubtful(verb)
        ):
            yield from (
                g
                for c in verb.children
                if c.dep_ == "prep" and c.lower_ == "with"
                for g in c.children
                if g.dep_ == "pobj"
            )


def _doer(parsed: Parsed, verb: Token) -> Token | None:
    """Who carries; behind a time ("remained there for two days to unload …") the subject of the clause above."""
    purpose = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if verb.dep_ in ("relcl", "acl") and (purpose or _is_place(parsed, verb.head)):
        above = next((t for t in islice(verb.ancestors, NEAR) if t.pos_ == "VERB"), None)
        return subject_of(above) if above is not None else subject_of(verb)
    found = subject_of(verb)
    if found is None:  # "the aircraft landing in Kano remained to unload …", read as a clause for a subject
        clauses = (c for t in (verb, verb.head) for c in t.children if c.dep_ == "csubj")
        found = next((c for clause in clauses for c in clause.children if c.dep_ == "nsubj"), None)
    return found


def _is_place(parsed: Parsed, token: Token) -> bool:
    """Whether a clause was hung on a place: "flew to Oslo carrying …" is of who flew."""
    mention = parsed.mentions[token.i]
    return mention is not None and mention.role is MentionRole.LITERAL


def _is_of(token: Token | None, tokens: set[int]) -> bool:
    """Whether a noun is the carrier, or apposed to it, or what it is made of ("a convoy of lorries")."""
    for _ in range(MAX_CLIMB):
        if token is None:
            return False
        if token.i in tokens:
            return True
        if (
            token.dep_ in ("appos", "compound", "nmod", "conj")
            or (token.dep_ == "pobj" and token.head.lower_ == "of")
            or (token.dep_ == "prep" and token.lower_ == "of")
        ):
            token = token.head
        else:
            return False
    return False


def _doubtful(verb: Token) -> bool:
    """Whether the words leave open, deny or only suppose that it is so."""
    if verb.doc[-1].text == "?":
        return True
    token = verb
    for _ in range(MAX_CLIMB):
        group = read_group(token)
        if group.negation is not None or (group.modal is not None and group.modal.lower_ in aboard_words("modals")):
            return True
        if any(
            c.lower_ in aboard_words("doubt") or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether"))
            for c in islice(token.children, NEAR)
            if c.dep_ in ("advmod", "mark", "amod", "acomp")
        ):
            return True
        if (
            token.dep_ not in ("xcomp", "ccomp", "pcomp", "prep", "acl", "conj", "acomp", "oprd", "advcl")
            or token.head == token
        ):
            return False
        if token.dep_ == "advcl" and any(c.dep_ == "mark" or c.lower_ == "to" for c in token.children):
            return any(c.lower_ in ("if", "unless", "whether") for c in token.children)
        if token.dep_ == "acl" and token.head.pos_ != "VERB" and token.head.lower_ not in aboard_words("doubt"):
            return False
        token = token.head
        if token.lower_ in aboard_words("doubt"):
            return True
    return False


def _moved(move: Move) -> Iterator[tuple[Parsed, Token]]:
    """What a clause of motion says was moved, where a vehicle moves it."""
    doc = move.parsed.doc
    verb = doc[move.token]
    if move.thwarted or _doubtful(verb):
        return
    if move.theme is not None and move.subject is not None and move.theme != move.subject:
        if not _is_craft(doc[move.theme]):
            yield move.parsed, doc[move.theme]
    elif move.aboard is not None:
        for which in (move.theme, move.subject):
            if which is not None and which != move.aboard and doc[which].pos_ != "PRON" and not _is_craft(doc[which]):
                yield move.parsed, doc[which]
                return


def _is_craft(token: Token) -> bool:
    noun = load_lexicon().carriers.get(token.lower_)
    return token.text == STAND_IN_CRAFT or (noun is not None and noun.type in ("aircraft", "vessel", "convoy"))


def _in_hold(parsed: Parsed, token: int, met: Sequence[Met]) -> Iterator[Token]:
    """What stands with the carrier: "with 300 soldiers aboard", "its cargo of", "its 26,000 tons of"."""
    from routes.extract.carriers.identifiers import nearest

    for word in parsed.doc:
        if word.lower_ == "with":
            thing = next((c for c in word.children if c.dep_ == "pobj"), None)
            if thing is None or not HOLD.search(_after(parsed, word.i)):
                continue
            if nearest(met, parsed, thing.i) == token and not _doubtful(word):
                yield thing
        elif word.lower_ in aboard_words("wrappers") or MEASURE.match(word.lower_):
            owner = next((c for c in word.children if c.dep_ == "poss"), None)
            if (
                owner is not None
                and owner.lower_ in ("its", "her", "their")
                and any(of_objects(word))
                and nearest(met, parsed, word.i) == token
            ):
                yield word


def _after(parsed: Parsed, at: int) -> str:
    """The words behind a word up to the next break, as written."""
    words: list[str] = []
    for i in range(at + 1, min(at + 20, len(parsed.doc))):
        if parsed.written[i] in ",;:.—":
            break
        words.append(parsed.written[i])
    return " ".join(words)


def _wrapped(parsed: Parsed, text: str, token: Token) -> Iterator[str]:
    """What the carrier's own noun holds: "planeloads of military equipment", "a shipment of drones"."""
    if token.lower_ in aboard_words("wrappers"):
        words = _cargo_words(parsed, text, token)
        if words:
            yield words


def _cargo_words(parsed: Parsed, text: str, head: Token) -> str | None:
    inner = head
    for _ in range(MAX_CLIMB):
        if inner.lower_ not in aboard_words("wrappers"):
            break
        following = next(of_objects(inner), None)
        if following is None:
            return None
        inner = following
    plain = inner.lower_
    placed = parsed.mentions[inner.i]
    if plain in aboard_words("not_cargo") or inner.pos_ not in ("NOUN", "PROPN", "NUM") or (placed is not None):
        return None
    if plain in HOLLOW or plain in people() or any(c.lower_ == "no" for c in inner.children):
        return None
    words = words_of(parsed, text, phrase_tokens(parsed, inner))
    found = HOLD.search(words)
    return (words[: found.start()] if found else words).strip(" ,") or None


def _own_number(carrier: Carrier, met: Sequence[Met]) -> Iterator[tuple[Parsed, Token]]:
    """The nouns of a unit or group that moves itself."""
    if carrier.type == "shipment":
        return
    yield from ((one.parsed, one.parsed.doc[one.token]) for one in met)


def _count(parsed: Parsed, text: str, head: Token) -> Iterator[tuple[int | None, int | None, str]]:
    """The number before a noun of people, and those of the nouns in a row with it."""
    if head.lower_ in aboard_words("crew"):
        return
    inner = (g for g in of_objects(head) if is_people(parsed, g))
    for who in (head, *inner):  # "177 migrants of …", "a group of 177 …"
        sizes = [size for noun in (who, *who.conjuncts) if (size := _size(parsed, text, noun)) and noun.i >= who.i]
        if sizes:
            break
    else:
        return
    lows, highs = [s.low for s in sizes], [s.high for s in sizes]
    low = sum(n for n in lows if n is not None) if None not in lows else None
    high = sum(n for n in highs if n is not None) if None not in highs else None
    yield low, high, text[sizes[0].start : parsed.spans[who.i].end if len(sizes) == 1 else sizes[-1].end]


def _size(parsed: Parsed, text: str, noun: Token) -> Size | None:
    """The number that counts a noun of people."""
    named = (noun, *(c for c in islice(noun.lefts, NEAR) if c.dep_ == "compound"))
    if any(t.lower_ in aboard_words("crew") for t in named) or noun.pos_ == "NUM" or not is_people(parsed, noun):
        return None
    if any(is_people(parsed, g) for g in of_objects(noun)) and noun.lower_ not in people():
        return None  # the number before "groups" counts groups
    tokens = phrase_tokens(parsed, noun, conjuncts=False)
    start, end = parsed.spans[tokens[0].i].start, parsed.spans[noun.i].start
    before = [s for s in find_sizes(text, start, parsed.spans[noun.i].end) if s.end <= end]
    return before[-1] if before and before[-1].text.lower() not in HOLLOW else None
