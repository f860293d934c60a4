"""The stretches of a text that are names of the gazetteer: in each chain, from the left, the longest match."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from gazetteer.place import NamedPlace, NameKind, Referent
from routes.extract.evidence import NameSpan, Profile, profile_of
from routes.extract.words import Word

_COMMUNITIES = frozenset({"city", "town", "village", "county", "borough", "township", "municipality", "parish"})
"""Words before "of" that say what a place is ("the City of Huntsville") and are no part of its name."""


class Names(Hashable, Protocol):
    """What is asked of the gazetteer here."""

    def name_lengths(self, first_word: str) -> tuple[int, ...]:
        """Numbers of words of the names that begin with this folded word, longest first."""

    def has_key(self, key: str) -> bool:
        """Whether any place has a name with this folded key."""

    def lookup_key(self, key: str) -> tuple[NamedPlace, ...]:
        """The places a name with this folded key may mean, with their records."""

    def referents(self, key: str) -> tuple[Referent, ...]:
        """The places a name with this folded key may mean, without their records."""

    def read_ahead(self, referents: Iterable[Referent]) -> None:
        """Read the records of places that will be asked for."""


@dataclass(slots=True)
class NameIndex:
    """A gazetteer with what was learned of its names while reading: folded words and name profiles."""

    names: Names
    weights: dict[str, float]
    keys: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)

    def profile(self, key: str) -> Profile:
        """The profile of a name that the gazetteer has."""
        known = self.profiles.get(key)
        if known is None:
            known = self.profiles[key] = profile_of(key, self.names.referents(key), self.weights)
        return known


def find_spans(text: str, chains: list[list[Word]], index: NameIndex) -> list[NameSpan]:
    """All names of the gazetteer in the chains of a text, in order, none overlapping another."""
    spans: list[NameSpan] = []
    for chain in chains:
        i = 0
        while i < len(chain):
            span = _longest(text, chain, i, index)
            if span is None:
                i += 1
            else:
                spans.append(span)
                i = span.last + 1
    return spans


def _longest(text: str, chain: list[Word], i: int, index: NameIndex) -> NameSpan | None:
    word = chain[i]
    names = index.names
    key = word.key
    lengths = names.name_lengths(key[: key.index(" ")] if " " in key else key)
    whole_lengths = names.name_lengths(word.whole_key) if word.whole_key != key else ()
    if not lengths and not whole_lengths:
        return None
    if key in _COMMUNITIES and i + 1 < len(chain) and chain[i + 1].link == "of":
        return None
    found = _longest_key(chain, i, names, lengths, whole_lengths)
    if found is None:
        return None
    j, end, key = found
    if not names.referents(key):  # word lengths are told by a digest
        return None
    profile = index.profile(key)
    if chain[i].key == "the" and j > i and _needs_no_article(key, index):
        return None
    if text[end : end + 1] == "." and any(n.name_kind is NameKind.ABBREVIATION for n in profile.named):
        end += 1
    return NameSpan(chain[i].start, end, key, chain, i, j, profile)


def _needs_no_article(key: str, index: NameIndex) -> bool:
    """Whether a name without its "the" is a country or region ("the Ukraine"), unlike that of a town ("The Hague")."""
    bare = key[4:]
    return index.names.has_key(bare) and index.profile(bare).coarse in ("country", "state", "region")


def _longest_key(
    chain: list[Word], i: int, names: Names, lengths: tuple[int, ...], whole_lengths: tuple[int, ...]
) -> tuple[int, int, str] | None:
    """Index of the last word, end and key of the longest name that begins at word ``i``."""
    found: tuple[int, int, str] | None = None
    key = ""
    size = 0
    longest = max(*lengths[:1], *whole_lengths[:1], 0)
    for j in range(i, len(chain)):
        word = chain[j]
        if word.link and j > i:
            key += f"{word.link} "
            size += word.link.count(" ") + 1
        size += word.key.count(" ") + 1
        saint = word.whole_key != word.key and key.startswith("saint ") and names.has_key(key + word.whole_key)
        if not saint and size in lengths and (size == 1 or names.has_key(key + word.key)):
            found = (j, word.end, key + word.key)
        elif (
            word.whole_key != word.key
            and size in (whole_lengths if j == i else lengths)
            and names.has_key(key + word.whole_key)
        ):
            found = (j, word.whole_end, key + word.whole_key)
        if size >= longest:
            break
        key += word.whole_key + " "
    return found
