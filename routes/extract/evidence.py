"""What speaks for and against a capitalised name being a place: named features of the name and of its surroundings.

Each feature is a short text ``group=value``; its weight lies in ``lexicon/recognition_weights.tsv``, fitted by
``benchmarks/fit_places.py``. A name's score is the sum of its features' weights, so every decision can be taken apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.fuzz import ratio

from gazetteer.names import fold
from gazetteer.place import Kind, NameKind, Referent
from routes.extract.words import Word

LEXICON = Path(__file__).parent / "lexicon"
_REACH = 40
_SHORT = 4
_KEPT = 1 << 14  # words before and after names whose features are kept
_CLOSE = 6
_AGE = re.compile(r", \d\d?[,.]")
_MARKS = ".,;:!?()[]\"'“”‘’—–-"
_LINKING = frozenset({"of", "the", "in", "and", "at", "for", "from", "to", "&"})
_MOVING = re.compile(
    r"\b(?:landed|touched down|arriv\w+|dock\w+|anchor\w+|moored|stopp\w+|refuel\w+|bound|head\w+|sail\w*|flew"
    r"|flown|fly\w*|flight|depart\w+|took off|taken off|return\w*|divert\w+|deploy\w*|based|stationed|cargo|unload\w+"
    r"|voyage|shipped|moved) (?:at|in|to|from|for|off|near|via|into)(?: the)? $"
)
"""Right before a name: words of moving and staying with a preposition ("landed at", "bound for")."""
_MOVING_ENDS = (" at ", " in ", " to ", " from ", " for ", " off ", " near ", " via ", " into ", " the ")
_WHITE = {"\n": "newline", "\t": "tab", "\r": "newline"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a name before its report is read.

    Attributes:
        kind: The sort of place it most likely names ("country", "city5" for a city of 10^5 inhabitants and more …).
        coarse: The same in five classes.
        features: Its own features.
        score: The sum of their weights.
        named: The places it may mean.
        first, family, common: How its only word is used else (0 to 3); 0 for several words.
    """

    kind: str
    coarse: str
    features: tuple[str, ...]
    score: float
    named: tuple[Referent, ...]
    first: int
    family: int
    common: int


@dataclass(slots=True)
class NameSpan:
    """A stretch of a chain that is a name of the gazetteer."""

    start: int
    end: int
    key: str
    chain: list[Word]
    first: int
    last: int
    profile: Profile
    features: list[str] = field(default_factory=list)
    score: float = 0.0


@cache
def word_uses() -> dict[str, int]:
    """Folded word → its uses as first name, family name and common word, as a number of three digits 0 to 3."""
    uses: dict[str, int] = {}
    with (LEXICON / "word_uses.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#" and not row.startswith("word\t"):
                word, digits = row.rstrip("\n").split("\t", 1)
                uses[word] = int(digits.replace("\t", ""))
    return uses


@cache
def heads() -> dict[str, str]:
    """Folded noun → the class of things it heads, from ``lexicon/heads.tsv``."""
    classes = {}
    with (LEXICON / "heads.tsv").open(encoding="utf-8") as rows:
        for row in rows:
            if row[0] != "#":
                word, _, kind = row.rstrip("\n").partition("\t")
                classes[word] = kind
    return classes


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
_CLOSE_SPELLING = 70.0  # of 100, rapidfuzz's normalised edit similarity
_LARGE = 5


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


def profile_of(key: str, named: tuple[Referent, ...], weights: dict[str, float]) -> Profile:
    """The profile of a name with the places it may mean."""
    classes = [_class_of(n) for n in named]
    best = min(range(len(named)), key=lambda i: classes[i][0])
    _, kind, coarse = classes[best]
    features = ["bias", f"kind={kind}", f"sense={named[best].name_kind}|{coarse}", f"length={min(len(key), 8)}"]
    if named[best].name_kind is NameKind.ALTERNATE:
        close = ratio(fold(named[best].place.name), key) >= _CLOSE_SPELLING
        features.append(f"spelling={'close' if close else 'other'}|{coarse}")
    features.append(f"places={min(int(math.log2(len(named))), 5)}|{coarse}")
    features += sorted({f"has={k}" for _, k, _ in classes if k != kind})
    words = key.split(" ")
    features.append(f"words={min(len(words), 4)}|{coarse}")
    use = word_uses().get(key, 0)
    first, family, common = use // 100, use // 10 % 10, use % 10
    if len(words) == 1:
        for group, value in (("first", first), ("family", family), ("common", common)):
            features += (f"{group}={value}", f"{group}={value}|{coarse}")
        features.append(f"uses={use:03d}")
        if coarse == "demonym" and key[-1] == "s":
            features.append("plural demonym")
    else:
        features += _features_of_words(words, coarse)
    return Profile(
        kind=kind,
        coarse=coarse,
        features=tuple(features),
        score=sum(weights.get(f, 0.0) for f in features),
        named=named,
        first=first,
        family=family,
        common=common,
    )


def _features_of_words(words: list[str], coarse: str) -> tuple[str, ...]:
    uses = [word_uses().get(word, 0) for word in words]
    return (
        f"begins={words[0]}",
        f"ends={words[-1]}",
        f"pair={uses[0] // 100}{uses[-1] // 10 % 10}|{coarse}",
        f"commons={min(use % 10 for use in uses)}|{coarse}",
    )


def context_features(
    text: str,
    name: NameSpan,
    previous: NameSpan | None,
    following: NameSpan | None,
    people: Mapping[str, tuple[int, int]],
) -> list[str]:
    """Features of a name's surroundings: words before and after, punctuation, the rest of its chain, its case.

    Args:
        text: The report's text.
        name: The name.
        previous: The name before it, if any.
        following: The name after it, if any.
        people: Folded family names of the report's people: how often each stands so, and where first.
    """
    out: list[str] = []
    before = text[max(0, name.start - _REACH) : name.start]
    _before(before, name.profile, out)
    if before.endswith(_MOVING_ENDS) and _MOVING.search(before):
        out.append(f"moving|{name.profile.coarse}")
    _after(text[name.end : name.end + _REACH], name.profile, out)
    _chain(name, out)
    _case(text[name.start : name.end], name, out)
    _neighbours(text, name, previous, following, out)
    known = people.get(name.key)
    if known is not None:
        coarse = name.profile.coarse
        out.append(f"person={min(known[0], 3)}|{coarse}")
        out.append(
            f"person {'after' if known[1] > name.start else 'here' if known[1] == name.start else 'before'}|{coarse}"
        )
        if name.first == 0 and len(name.chain) == name.last - name.first + 1:
            out.append(f"person alone|{coarse}")
    if text[name.end : name.end + 1] == "," and _AGE.match(text, name.end):
        out.append("age")
    return out


def _before(before: str, profile: Profile, out: list[str]) -> None:
    tokens = before.rsplit(None, 2)
    p1 = tokens[-1] if tokens and "\n" not in before[-2:] else "^"
    p2 = tokens[-2] if len(tokens) > 1 and p1 in _LINKING else "^"
    out += _words_before(p1, p2, before[-1:], profile.coarse, profile.kind, profile.family, profile.common)


@lru_cache(maxsize=_KEPT)
def _words_before(p1: str, p2: str, last: str, coarse: str, kind: str, family: int, common: int) -> tuple[str, ...]:
    """Features of the word before a name, of the one before that where it is a linking word, and of the last sign."""
    out: list[str] = []
    mark = p1[-1]
    if p1 != "^" and not mark.isalnum():
        out += (f"p-mark={mark}", f"p-mark={mark}|{coarse}", f"p-word={p1.strip(_MARKS)[:14]}")
        p1 = "." if mark in '.!?”"' else mark
    elif p1[0].isupper():
        use = word_uses().get(p1.lower(), 0)
        out += (
            f"P1={p1}",
            f"P1=*|{coarse}",
            f"P1f={use // 100}|{family}|{coarse}",
            f"P1c={use % 10}|{coarse}",
        )
    else:
        out += (f"p1={p1}", f"p1={p1}|{coarse}")
        if p1 in heads():
            out.append(f"before={heads()[p1]}|{coarse}")
        if p1 in _LINKING:
            out.append(f"p2={p2}+{p1}")
            head = heads().get(p2.lower())
            if head is not None:
                out.append(f"before={head} {p1}|{coarse}")
            if p2[0].isupper():
                out.append(f"p2=*+{p1}|{coarse}")
    if common and p1 in ("^", "."):
        out.append(f"opens common={common}|{coarse}")
    out.append(f"pc={p1 if not p1[0].isalnum() else '*'}|{kind}")
    if last not in (" ", "\u00a0"):
        out.append(f"mark={_WHITE.get(last, last)}")
    return tuple(out)


def _after(after: str, profile: Profile, out: list[str]) -> None:
    coarse = profile.coarse
    if after[:2] in ("'s", "’s"):
        out += ("n=possessive", f"n=possessive|{coarse}")
        rest = after[2:].split(None, 1)
        if rest:
            out.append(f"ns={rest[0][:16]}")
        return
    tokens = after.split(None, 1)
    if after[:1] not in (" ", "\u00a0") or not tokens:
        mark = _WHITE.get(after[:1], after[:1]) or "$"
        out += (f"n-mark={mark}", f"n-mark={mark}|{coarse}")
        if mark == "-":
            out.append(f"n-={tokens[0][1:17].rstrip(_MARKS)}")
        return
    out += _word_after(tokens[0], coarse, profile.first)


@lru_cache(maxsize=_KEPT)
def _word_after(token: str, coarse: str, first: int) -> tuple[str, ...]:
    """Features of the word after a name."""
    out: list[str] = []
    n1 = token.split("—", 1)[0] or token
    head = heads().get(n1.rstrip(_MARKS).lower())
    if head is not None:
        out.append(f"next={head}{'' if n1[0].isupper() else ' small'}|{coarse}")
    if n1[0].isupper():
        word = n1.rstrip(_MARKS)
        use = word_uses().get(word.lower(), 0)
        out += (
            f"N1={word}",
            f"N1=*|{coarse}",
            f"N1f={first}|{use // 10 % 10}|{coarse}",
            f"N1c={use % 10}|{coarse}",
        )
    elif n1[0].isdigit():
        out += ("n1=#", f"n1=#|{coarse}")
    else:
        n1 = n1.rstrip(_MARKS)
        out += (f"n1={n1}", f"n1={n1}|{coarse}")
    return tuple(out)


def _chain(name: NameSpan, out: list[str]) -> None:
    chain, profile = name.chain, name.profile
    coarse = profile.coarse
    if name.first > 0:
        word = chain[name.first - 1]
        use = word_uses().get(word.key, 0)
        linked = chain[name.first].link
        out += (
            f"cp={use // 100}|{profile.family}|{'link' if linked else ''}",
            f"c-before={min(name.first, 3)}|{coarse}",
        )
        if not linked:
            out.append(f"cp={word.text[:16]}")
            if name.first > 1:
                out.append(f"c0={chain[0].text[:16]}")
    left = len(chain) - 1 - name.last
    if left:
        link = chain[name.last + 1].link
        if link:
            out.append(f"c-link={link}")
        else:
            head = heads().get(chain[-1].key)
            if profile.first and left == 1 and head is None and word_uses().get(chain[-1].key, 0) // 10 % 10:
                out.append(f"full name|{coarse}")
            if head is not None:
                out.append(f"tail={head}|{coarse}")
            out += (
                f"tail={chain[-1].text[:16]}",
                f"c-after={min(left, 3)}|{coarse}",
                f"c-after=*|{'first' if name.first == 0 else 'mid'}|{coarse}",
            )
    elif name.first == 0:
        out.append(f"whole|{profile.kind}")


def _case(raw: str, name: NameSpan, out: list[str]) -> None:
    if "." in raw:
        return
    if raw.isupper() and len(raw) > 1:
        capital = len(raw) > _SHORT and all(word.text.isupper() for word in name.chain)
        out += (f"capitals={'chain' if capital else 'alone'}|{name.profile.coarse}", f"capitals={min(len(raw), 5)}")
    elif not raw[1:2].islower():
        out.append("case=odd")


def _neighbours(
    text: str, name: NameSpan, previous: NameSpan | None, following: NameSpan | None, out: list[str]
) -> None:
    coarse = name.profile.coarse
    if previous is not None and name.start - previous.end <= _CLOSE:
        out.append(f"after-name={text[previous.end : name.start].strip()}|{previous.profile.coarse}|{coarse}")
    if following is not None and following.start - name.end <= _CLOSE:
        between = text[name.end : following.start].strip()
        out.append(f"before-name={between}|{coarse}|{following.profile.coarse}")
        if between == "," and _inside(name.profile.named, following.profile.named):
            out.append(f"contained|{coarse}")


def _inside(inner: tuple[Referent, ...], outer: tuple[Referent, ...]) -> bool:
    """Whether some place of the first name lies in a country or division of the second."""
    for o in outer:
        if o.kind is Kind.COUNTRY:
            if any(i.country == o.country and i.kind is not Kind.COUNTRY for i in inner):
                return True
        elif o.kind is Kind.ADMIN1 and any(i.admin1 == o.admin1 and i.kind is not Kind.ADMIN1 for i in inner):
            return True
    return False
