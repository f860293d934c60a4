"""What a named place stands for: itself, its government ("Moscow denied"), or an adjective ("a Russian jet")."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from gazetteer.place import Kind, NameKind, Place
from routes.model import MentionRole

LEXICON = Path(__file__).parent.parent / "lexicon" / "metonyms.toml"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.!?;:\n]")
_REACH = 60
_AUXILIARIES = 3
_LARGE_CITY = 300_000
_DEALING_LINKS = frozenset({"with", "between", "from", "against", "to", "of"})


@cache
def metonym_cues() -> dict[str, frozenset[str]]:
    """The cue words of ``lexicon/metonyms.toml``, by list."""
    with LEXICON.open("rb") as table:
        return {name: frozenset(words) for name, words in tomllib.load(table).items()}


def role_of(text: str, start: int, end: int, key: str, place: Place | None, sense: NameKind | None) -> MentionRole:
    """The role a name plays in its sentence.

    Args:
        text: The report's text.
        start: Where the name begins.
        end: Where it ends.
        key: Its folded key.
        place: What it was resolved to, or its likeliest candidate.
        sense: In which sense the name names that place.
    """
    if sense is NameKind.DEMONYM:
        return MentionRole.DEMONYM
    cues = metonym_cues()
    is_seat = key in cues["seats"]
    if not is_seat and (place is None or not _may_govern(place)):
        return MentionRole.LITERAL
    before = [w.lower() for w in _WORD.findall(text[max(0, start - _REACH) : start])][-3:]
    if before and before[-1] == "the":
        before.pop()
    if before and before[-1] in cues["locative"]:
        return MentionRole.LITERAL
    if is_seat or _acts(text[end : end + _REACH], cues) or _is_dealt_with(before, cues):
        return MentionRole.METONYM
    return MentionRole.LITERAL


def _may_govern(place: Place) -> bool:
    return place.kind is Kind.COUNTRY or (place.kind is Kind.CITY and place.population >= _LARGE_CITY)


def _acts(after: str, cues: dict[str, frozenset[str]]) -> bool:
    if after[:2] in ("'s", "’s"):
        words = _WORD.findall(after[2:])
        return bool(words) and words[0].lower() in cues["belongings"]
    if after[:1] != " ":
        return False
    for word in _WORD.findall(after)[: _AUXILIARIES + 1]:
        if word in cues["acts"]:
            return True
        if word not in cues["auxiliaries"]:
            return False
    return False


def _is_dealt_with(before: list[str], cues: dict[str, frozenset[str]]) -> bool:
    if not before:
        return False
    if before[-1] in cues["addressed"]:
        return True
    return before[-1] in _DEALING_LINKS and any(word in cues["dealings"] for word in before[:-1])
