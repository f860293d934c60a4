"""What recognition and resolution ask of every name and place, packed in columns and kept in memory: some 10 MB.

Reading it takes milliseconds; asking the database for each word and place of a report would take longer than all else.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from gazetteer.features import capitals
from gazetteer.place import Kind, NameKind, Place, Referent

if TYPE_CHECKING:
    import sqlite3

KINDS = tuple(Kind)
NAME_KINDS = tuple(NameKind)
NAME_KIND_BITS = 3
REF_BITS = 6
"""Of a reference: the sense of the name in three bits, whether it is the name shown, its first part, spelt like it."""
SHOWN, SHORT, CLOSE = 8, 16, 32
GREAT = 16
"""Bit of the kind column: a country, continent, sea or great region."""
KEY_BITS = 23
"""The filter of keys has two to this power bits; one in fourteen keys that do not exist passes it."""
COORDINATE_SCALE = 100_000
MAX_NAME_WORDS = 12
COLUMNS = {"kind": "B", "lon": "i", "lat": "i", "population": "I", "division": "H"}
"""Column of the places, by number from 1 on, and its type as of :mod:`array`."""
_KEY_MASK = (1 << KEY_BITS) - 1
_SENSE = (1 << NAME_KIND_BITS) - 1


def digest(key: str) -> int:
    """Number of 32 bits by which a folded word or key is filtered."""
    return crc32(key.encode())


def key_filter(keys: Collection[str]) -> bytes:
    """A bit for each digest that some key has."""
    bits = bytearray(1 << KEY_BITS - 3)
    for key in keys:
        bit = digest(key) & _KEY_MASK
        bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


class Columns:
    """The columns of an open gazetteer file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        blobs: dict[str, bytes] = dict(db.execute("SELECT name, data FROM packed"))
        self._keys = blobs["key"]
        self._words = array("I", blobs["word"])
        self._lengths = array("H", blobs["length"])
        self._kind, self._lon, self._lat, self._population, self._division = (
            array(kind, blobs[name]) for name, kind in COLUMNS.items()
        )
        self._divisions = blobs["divisions"].decode().split("\n")
        ids = sorted(capitals())
        rows = db.execute(f"SELECT pk FROM place_id WHERE id IN ({','.join('?' * len(ids))})", ids)
        self._capitals = frozenset(pk for (pk,) in rows)

    def may_have_key(self, key: str) -> bool:
        """Whether some name may have this folded key; False is certain."""
        bit = crc32(key.encode()) & _KEY_MASK
        return self._keys[bit >> 3] >> (bit & 7) & 1 == 1

    def lengths(self, word: str) -> tuple[int, ...]:
        """Numbers of words of the names that begin with a word of this digest, longest first."""
        wanted = crc32(word.encode())
        i = bisect_left(self._words, wanted)
        if i == len(self._words) or self._words[i] != wanted:
            return ()
        return _lengths_of(self._lengths[i])

    def referents(self, refs: bytes, read: Callable[[int], Place]) -> tuple[Referent, ...]:
        """The places of some references, in their order."""
        out = []
        for ref in array("I", refs):
            pk = ref >> REF_BITS
            kind = self._kind[pk]
            country, admin1, admin2 = self._divisions[self._division[pk]].split("\t")
            out.append(
                Referent(
                    pk,
                    NAME_KINDS[ref & _SENSE],
                    KINDS[kind & ~GREAT],
                    self._lon[pk] / COORDINATE_SCALE,
                    self._lat[pk] / COORDINATE_SCALE,
                    self._population[pk],
                    country,
                    admin1,
                    admin2,
                    ref & SHOWN != 0,
                    ref & SHORT != 0,
                    ref & CLOSE != 0,
                    kind & GREAT != 0,
                    pk in self._capitals,
                    read,
                )
            )
        return tuple(out)


@cache
def _lengths_of(bits: int) -> tuple[int, ...]:
    return tuple(n for n in range(MAX_NAME_WORDS, 0, -1) if bits >> n & 1)
