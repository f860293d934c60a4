"""What tells two carriers of one name or model apart: registrations, hull and IMO numbers, and the number of a name.

Two registrations are two aircraft, "Star 1" and "Star 2" two ships, whatever else is said alike of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routes.extract.carriers.identifiers import ANY, SPELLED
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.text.choosing import designations
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.text.sizes import ONES

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.tokens import Doc, Token

    from routes.extract.text.parsing import Parsed

Mark = tuple[str, str]
"""A sort of identifier and its value: ("registration", "ra78842"), ("number", "1")."""

NUMBER = "number"
"""The sort of a number behind a name. Ships of other names bear it too, so that it tells apart and never joins."""

SORTS = (
    (re.compile(r"^imo", re.IGNORECASE), "imo"),
    (re.compile(r"^mmsi", re.IGNORECASE), "mmsi"),
    (re.compile(r"^call ?sign", re.IGNORECASE), "call sign"),
    (re.compile(r"^(?:hull|pennant)", re.IGNORECASE), "hull"),
    (re.compile(r"^(?:regist|tail)", re.IGNORECASE), "registration"),
)
ROMAN = {"II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
WRITTEN = {**ROMAN, **{word.capitalize(): number for word, number in ONES.items()}}
NUMBERED = re.compile(
    r"(?<!\w)(?P<name>[A-Z][\w'’.-]*) (?:# ?|[Nn](?:o|r|umber)\.? ?)?"
    rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(WRITTEN, key=len, reverse=True))})(?=\s*(?:$|[,(;:]))"
)
CALL_SIGN = "call sign"
CRAFT = "Craft"
"""What a designation is read as, whose own numbers are those of a model: "Il-76 #2"."""


def marks_in(words: str, name: str) -> frozenset[Mark]:
    """The marks in the words for a carrier.

    Args:
        words: The words that speak of it, its identifiers among them.
        name: Those of them that name it.
    """
    return frozenset((*_identifiers(words), *_number(name)))


def differ(known: Collection[Mark], told: Collection[Mark]) -> bool:
    """Whether two carriers bear different marks of one sort."""
    shared = {sort for sort, _ in known} & {sort for sort, _ in told}
    return any({m for m in known if m[0] == sort}.isdisjoint(m for m in told if m[0] == sort) for sort in shared)


def agree(known: Collection[Mark], told: Collection[Mark]) -> bool:
    """Whether an identifier of one carrier is one of the other's."""
    return any(mark in known for mark in told if mark[0] != NUMBER)


def marks_of(parsed: Parsed, token: Token, start: int) -> frozenset[Mark]:
    """The marks of the carrier that a noun names, as they stand with it before anything is told of it.

    Args:
        parsed: The sentence.
        token: The noun.
        start: Where its phrase begins.
    """
    end = token.i + 1
    while end < len(parsed.doc) and not _ends(parsed, end):
        end += 1
    named = next((i for i in range(token.i + 1, end) if not _may_name(parsed.doc[i])), end)
    return marks_in(_text(parsed, start, end), _text(parsed, start, named))


def _ends(parsed: Parsed, i: int) -> bool:
    """Whether the words for a carrier are over: at what it did, at a place, at another carrier."""
    token = parsed.doc[i]
    if parsed.mentions[i] is not None or token.pos_ == "CCONJ":
        return True
    if CALL_SIGN in (_pair(parsed.doc, i), _pair(parsed.doc, i - 1)):
        return False  # either word may be taken for a verb
    if token.pos_ in ("VERB", "AUX"):
        return token.tag_ not in ("VBN", "VBG")
    if token.text == STAND_IN_CRAFT:
        return designations().fullmatch(parsed.written[i]) is not None
    return token.pos_ == "NOUN" and token.lower_ in load_lexicon().carriers


def _pair(doc: Doc, i: int) -> str:
    """A word and the next as one."""
    return " ".join(t.lower_ for t in doc[max(i, 0) : i + 2])


def _may_name(token: Token) -> bool:
    """Whether a word can be part of a name or of the number behind it."""
    return token.pos_ in ("PROPN", "NUM", "NOUN", "SYM", "X") or token.text == "#"


def _text(parsed: Parsed, start: int, end: int) -> str:
    """The words as written, with a space wherever the report has one."""
    spans = parsed.spans
    return "".join(
        parsed.written[i] + (" " if i + 1 < end and spans[i].end < spans[i + 1].start else "")
        for i in range(start, end)
    )


def _identifiers(words: str) -> list[Mark]:
    found = []
    for match in SPELLED.finditer(words):
        sort = next((sort for label, sort in SORTS if label.match(match[0])), None)
        found += [(sort, _plain(match["id"]))] if sort is not None else []
    taken = {value for _, value in found}
    for match in ANY.finditer(words):
        sort = {"air": "registration", "sea": _plain(match[0])[:3], "hull": "hull"}.get(match.lastgroup or "")
        sort = {"mms": "mmsi"}.get(sort or "", sort)
        short = match.lastgroup == "hull" and (not match[0][1:2].isalpha() or designations().fullmatch(match[0]))
        if sort is not None and not short and _plain(match[0]) not in taken:
            found.append((sort, _plain(match[0])))
    return found


def _number(name: str) -> list[Mark]:
    match = NUMBERED.search(designations().sub(CRAFT, name))
    if match is None:
        return []
    noun = load_lexicon().carriers.get(match["name"].lower())
    if noun is not None and noun.type == "aircraft" and match["name"] != CRAFT:
        return []  # "Boeing 747"
    return [(NUMBER, str(WRITTEN.get(match["number"]) or int(match["number"])))]


def _plain(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written.lower())
