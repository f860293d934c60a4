"""What is known of a name before its report is read: the sorts of places it names and how its words are used else."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gazetteer.place import Kind, NameKind, Referent
from routes.extract.places.bundles import Bundle, Weights, lists_features
from routes.extract.places.word_uses import word_uses

_KIND_CLASS = {
    Kind.COUNTRY: ("country", "country"),
    Kind.CONTINENT: ("continent", "country"),
    Kind.REGION: ("region", "region"),
    Kind.SEA: ("sea", "region"),
    Kind.WATERWAY: ("water", "region"),
    Kind.ADMIN2: ("admin2", "admin2"),
    Kind.SITE: ("site", "site"),
}
_RANK = {"country": 0.0, "continent": 1.0, "demonym": 2.0, "state": 2.0, "region": 3.0, "sea": 3.0, "water": 5.0}
_RANK |= {"admin2": 6.0, "site": 7.0}
_STATES = frozenset({"US", "CA", "AU"})
"""Where news names the states as readily as countries."""
_SIZES = 10.0
_LARGE = 5


@dataclass(slots=True, eq=False)
class Profile:
    """What is known of a name before its report is read.

    Attributes:
        kind: The sort of place it most likely names ("country", "city5" for a city of 10^5 inhabitants and more …).
        coarse: The same in five classes.
        bundles: Its own features.
        score: The sum of their weights.
        named: The places it may mean.
        first, family, common: How its only word is used else (0 to 3); 0 for several words.
        is_abbreviation: Whether it is one in some sense, so that a period after it is its own.
    """

    kind: str
    coarse: str
    bundles: tuple[Bundle, ...]
    score: float
    named: tuple[Referent, ...]
    first: int
    family: int
    common: int
    is_abbreviation: bool


def _class_of(n: Referent) -> tuple[float, str, str]:
    """Rank (the most prominent first), class and coarse class of a place under a name."""
    kind = n.kind
    if n.name_kind is NameKind.DEMONYM:
        return _RANK["demonym"], "demonym", "demonym"
    if kind is Kind.ADMIN1 and n.country in _STATES:
        return _RANK["state"], "state", "state"
    if kind in (Kind.CITY, Kind.ADMIN1):
        size = int(math.log10(n.population)) if n.population > 0 else 0
        size = min(max(size, 2), 6)
        if kind is Kind.CITY:
            return _SIZES - size, f"city{size}", "town" if size < _LARGE else "city"
        return _SIZES + 0.5 - size, f"division{size}", "division"
    fine, coarse = _KIND_CLASS[kind]
    return _RANK[fine], fine, coarse


def profile_of(key: str, named: tuple[Referent, ...], weights: Weights) -> Profile:
    """The profile of a name with the places it may mean."""
    classes = [_class_of(n) for n in named]
    best = min(range(len(named)), key=lambda i: classes[i][0])
    _, kind, coarse = classes[best]
    sense = named[best].name_kind
    words = key.split(" ")
    bundles: list[Bundle] = [
        ("sort", kind, coarse, sense),
        ("size", min(len(key), 8), min(int(math.log2(len(named))), 5), min(len(words), 4), coarse),
    ]
    if len(named) > 1:
        bundles.append(("senses", *sorted({k for _, k, _ in classes if k != kind})))
    if sense is NameKind.ALTERNATE:
        bundles.append(f"spelling={'close' if named[best].is_close else 'other'}|{coarse}")
    use = word_uses().get(key, 0)
    if len(words) == 1:
        bundles.append(("uses", use, coarse, key[-1] == "s"))
    else:
        uses = [word_uses().get(word, 0) for word in words]
        bundles += (f"begins={words[0]}", f"ends={words[-1]}")
        bundles.append(("pair", uses[0] // 100, uses[-1] // 10 % 10, min(use % 10 for use in uses), coarse))
    return Profile(
        kind=kind,
        coarse=coarse,
        bundles=tuple(bundles),
        score=sum([weights[bundle] for bundle in bundles]),
        named=named,
        first=use // 100,
        family=use // 10 % 10,
        common=use % 10,
        is_abbreviation=any(n.name_kind is NameKind.ABBREVIATION for n in named),
    )


@lists_features
def _sort(kind: str, coarse: str, sense: NameKind) -> tuple[str, ...]:
    return "bias", f"kind={kind}", f"sense={sense}|{coarse}"


@lists_features
def _size(length: int, places: int, words: int, coarse: str) -> tuple[str, ...]:
    return f"length={length}", f"places={places}|{coarse}", f"words={words}|{coarse}"


@lists_features
def _senses(*kinds: str) -> tuple[str, ...]:
    return tuple(f"has={kind}" for kind in kinds)


@lists_features
def _uses(use: int, coarse: str, is_plural: bool) -> tuple[str, ...]:
    """Features of how the only word of a name is used else."""
    features = [f"uses={use:03d}"]
    for group, value in (("first", use // 100), ("family", use // 10 % 10), ("common", use % 10)):
        features += (f"{group}={value}", f"{group}={value}|{coarse}")
    if coarse == "demonym" and is_plural:
        features.append("plural demonym")
    return tuple(features)


@lists_features
def _pair(first: int, family: int, common: int, coarse: str) -> tuple[str, str]:
    return f"pair={first}{family}|{coarse}", f"commons={common}|{coarse}"
