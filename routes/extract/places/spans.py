"""The names of the gazetteer in a chain: from the left, the longest match.

The same chains come up again and again in news ("The", "U.S. President"), so what one holds is kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from gazetteer.names import fold
from gazetteer.place import NamedPlace, Referent
from routes.extract.places.bundles import Weights
from routes.extract.places.evidence import ChainName, in_chain
from routes.extract.places.others import has_ship_prefix, is_other_in_chain
from routes.extract.places.people import family_names
from routes.extract.places.profiles import Profile, profile_of
from routes.extract.places.words import Word, words_of

_COMMUNITIES = frozenset({"city", "town", "village", "county", "borough", "township", "municipality", "parish"})
"""Words before "of" that say what a place is ("the City of Huntsville") and are no part of its name."""

_MAX_CHAINS = 60_000
_LONGEST_KEPT = 200  # letters of a chain


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


@dataclass(slots=True, eq=False)
class Chain:
    """What a chain of capitalised words holds, wherever it stands.

    Attributes:
        names: The names of the gazetteer in it, in order, none overlapping another.
        people: Folded family names of people in it, with their offsets.
    """

    names: tuple[ChainName, ...]
    people: tuple[tuple[str, int], ...]


NOTHING = Chain((), ())
"""A chain without names and people, as most are."""


@dataclass(slots=True)
class NameIndex:
    """A gazetteer with what was learned of its names while reading: chains and name profiles."""

    names: Names
    weights: Weights
    chains: dict[str, Chain] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)

    def profile(self, key: str) -> Profile:
        """The profile of a name that the gazetteer has."""
        known = self.profiles.get(key)
        if known is None:
            known = self.profiles[key] = profile_of(key, self.names.referents(key), self.weights)
        return known

    def chain(self, raw: str) -> Chain:
        """What a chain holds that is not among :attr:`chains` yet."""
        chain = self._read(raw)
        if len(raw) <= _LONGEST_KEPT:
            if len(self.chains) >= _MAX_CHAINS:
                self.chains.clear()
                self.profiles.clear()
            self.chains[raw] = chain
        return chain

    def _read(self, raw: str) -> Chain:
        if raw.isalnum() and 1 not in self.names.name_lengths(fold(raw)):
            return NOTHING  # one word alone, as four in ten chains are
        words = words_of(raw)
        found = _find(words, self)
        names = tuple([_chain_name(raw, words, *span, self) for span in found])
        people = family_names(words, found) if len(words) > 1 else ()
        return Chain(names, people) if names or people else NOTHING


def _find(words: list[Word], index: NameIndex) -> list[tuple[int, int, int, str]]:
    """First and last word, end and key of each name in a chain: from the left, the longest match."""
    found = []
    i = 0
    while i < len(words):
        name = _longest(words, i, index)
        if name is None:
            i += 1
        else:
            found.append((i, *name))
            i = name[0] + 1
    return found


def _chain_name(raw: str, words: list[Word], first: int, last: int, end: int, key: str, index: NameIndex) -> ChainName:
    profile = index.profile(key)
    start = words[first].start
    if raw[end : end + 1] == "." and profile.is_abbreviation:
        end += 1
    bundles = in_chain(words, first, last, raw[start:end], profile)
    score = profile.score + sum([index.weights[bundle] for bundle in bundles])
    is_whole, is_ship = last - first + 1 == len(words), has_ship_prefix(words[:first])
    is_other = is_other_in_chain(words, first, raw[start:end], profile)
    return ChainName(start, end, key, profile, first, is_whole, is_ship, is_other, bundles, score)


def _longest(words: list[Word], i: int, index: NameIndex) -> tuple[int, int, str] | None:
    """Last word, end and key of the longest name that begins at word ``i``."""
    word = words[i]
    names = index.names
    key = word.key
    lengths = names.name_lengths(key[: key.index(" ")] if " " in key else key)
    whole_lengths = names.name_lengths(word.whole_key) if word.whole_key != key else ()
    if not lengths and not whole_lengths:
        return None
    if key in _COMMUNITIES and i + 1 < len(words) and words[i + 1].link == "of":
        return None
    found = _longest_key(words, i, names, lengths, whole_lengths)
    if found is None or not names.referents(found[2]):  # word lengths are told by a digest
        return None
    if key == "the" and found[0] > i and _needs_no_article(found[2], index):
        return None
    return found


def _needs_no_article(key: str, index: NameIndex) -> bool:
    """Whether a name without its "the" is a country or region ("the Ukraine"), unlike that of a town ("The Hague")."""
    bare = key[4:]
    return index.names.has_key(bare) and index.profile(bare).coarse in ("country", "state", "region")


def _longest_key(
    words: list[Word], i: int, names: Names, lengths: tuple[int, ...], whole_lengths: tuple[int, ...]
) -> tuple[int, int, str] | None:
    """Index of the last word, end and key of the longest name that begins at word ``i``."""
    found: tuple[int, int, str] | None = None
    key = ""
    size = 0
    longest = max(*lengths[:1], *whole_lengths[:1], 0)
    for j in range(i, len(words)):
        word = words[j]
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
