"""Entries → the columns that are kept in memory when reports are read (:mod:`gazetteer.columns`)."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping, Sequence

from rapidfuzz.fuzz import ratio

from gazetteer.build.entry import Entry
from gazetteer.columns import CLOSE, COLUMNS, COORDINATE_SCALE, GREAT, KINDS, SHORT, SHOWN, digest, key_filter
from gazetteer.names import fold
from gazetteer.place import Kind, NameKind

_GREAT_KINDS = (Kind.COUNTRY, Kind.CONTINENT, Kind.SEA)
_GREAT_REGION_KM = 300.0
_KINGDOM = "GB"
"""Its first-order divisions are countries: England, Wales."""
_CLOSE_SPELLING = 70.0  # of 100, rapidfuzz's normalised edit similarity
_PLAIN = re.compile(r"(?!st |mt |ft )[a-z ]+")


def packed(
    ordered: Sequence[Entry], divisions: Mapping[str, str], keys: Collection[str], lengths: Mapping[str, int]
) -> dict[str, bytes]:
    """All columns by name.

    Args:
        ordered: The entries in the order of the file.
        divisions: Name of each division by its code.
        keys: All folded names.
        lengths: Bits of the numbers of words of the names by their first word.
    """
    words: dict[int, int] = {}
    for word, bits in lengths.items():
        words[digest(word)] = words.get(digest(word), 0) | bits
    in_order = sorted(words)
    places = [_division(e, divisions) for e in ordered]
    kept = sorted(set(places))
    number = {division: i for i, division in enumerate(kept)}
    rows = {
        "kind": [KINDS.index(e.kind) | (GREAT if _is_great(e) else 0) for e in ordered],
        "lon": [round(round(e.lon, 5) * COORDINATE_SCALE) for e in ordered],
        "lat": [round(round(e.lat, 5) * COORDINATE_SCALE) for e in ordered],
        "population": [e.population for e in ordered],
        "division": [number[division] for division in places],
    }
    columns = {name: array(kind, [0, *rows[name]]).tobytes() for name, kind in COLUMNS.items()}
    return columns | {
        "divisions": "\n".join(kept).encode(),
        "key": key_filter(keys),
        "word": array("I", in_order).tobytes(),
        "length": array("H", (words[number] for number in in_order)).tobytes(),
    }


def shown_as(name: str) -> tuple[str, str]:
    """The key under which a place is shown, and its name in lower case."""
    lowered = name.lower()
    return (lowered if _PLAIN.fullmatch(lowered) else fold(lowered)), lowered


def name_bits(key: str, kind: NameKind, shown: tuple[str, str]) -> int:
    """What a reference says of a name besides its sense."""
    if key == shown[0] or kind is NameKind.PRESS:
        return SHOWN | CLOSE
    if kind is not NameKind.ALTERNATE:
        return 0
    short = SHORT if shown[1].startswith(f"{key} ") else 0
    return short | CLOSE if ratio(shown[0], key) >= _CLOSE_SPELLING else short


def _is_great(e: Entry) -> bool:
    if e.kind is Kind.ADMIN1:
        return e.country == _KINGDOM
    return e.kind in _GREAT_KINDS or (e.kind is Kind.REGION and e.radius_km >= _GREAT_REGION_KM)


def _division(e: Entry, divisions: Mapping[str, str]) -> str:
    """Country, first and second division as :class:`gazetteer.place.Referent` has them, with tabs between."""
    second = ""
    if e.admin1:
        name = divisions.get(e.admin2 or "") or (e.name if e.kind is Kind.ADMIN2 else "")
        second = f"{e.admin1}/{' '.join(name.split())}"
    return "\t".join((e.country or "", e.admin1 or "", second))
