"""What speaks for and against a capitalised name being a place: named features of the name and of its surroundings.

Each feature is a short text ``group=value``; its weight lies in ``lexicon/recognition_weights.tsv``, fitted by
``benchmarks/fit_places.py``. A name's score is the sum of its features' weights, so every decision can be taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gazetteer.place import Kind, Referent
from routes.extract.places.bundles import Bundle, lists_features
from routes.extract.places.profiles import Profile
from routes.extract.places.word_uses import heads, word_uses
from routes.extract.places.words import Word

HOPELESS = -4.5
"""A name that scores less by itself and in its chain is no place whatever stands around that."""
_REACH = 40
_SHORT = 4
_CLOSE = 6
_AGE = re.compile(r", \d\d?[,.]")
_MARKS = ".,;:!?()[]\"'“”‘’—–-"
_LINKING = frozenset({"of", "the", "in", "and", "at", "for", "from", "to", "&"})
_MOVING = re.compile(
    r"\b(?:landed|touched down|arriv\w+|dock\w+|anchor\w+|moored|stopp\w+|refuel\w+|bound|head\w+|sail\w*|flew"
    r"|flown|fly\w*|flight|depart\w+|took off|taken off|return\w*|divert\w+|deploy\w*|based|stationed|cargo|unload\w+"
    r"|voyage|shipped|moved|march\w*|walk\w*|dr[io]v\w+|r[io]de|travel\w*|trek\w*|(?:his|her|its|their|our|my) way)"
    r" (?:at|in|to|from|for|off|near|via|into|on|over|through|across|towards?)(?: the)? $"
)
"""Right before a name: words of moving and staying with a preposition ("landed at", "bound for")."""
_MOVING_ENDS = frozenset(
    {"at", "in", "to", "from", "for", "off", "near", "via", "into", "the"}
    | {"on", "over", "through", "across", "toward", "towards"}
)
"""The last words of these."""
People = Mapping[str, tuple[int, int]]
_WHITE = {"\n": "newline", "\t": "tab", "\r": "newline"}


@dataclass(slots=True, eq=False)
class ChainName:
    """A name of the gazetteer in a chain, wherever that chain stands.

    Attributes:
        start, end: Offsets in the chain.
        key: Its folded key.
        profile: What is known of the name.
        first: Index of its first word in the chain.
        is_whole: Whether it is the whole chain.
        is_ship: Whether the chain has a ship's prefix before it.
        is_other: Whether chain or spelling tell that it is a club or initials.
        bundles: Features of its case and of the rest of the chain.
        score: What these and those of the name itself weigh together.
    """

    start: int
    end: int
    key: str
    profile: Profile
    first: int
    is_whole: bool
    is_ship: bool
    is_other: bool
    bundles: tuple[Bundle, ...]
    score: float


@dataclass(slots=True, eq=False)
class NameSpan:
    """A stretch of a text that is a name of the gazetteer.

    Attributes:
        start, end: Offsets in the text.
        chain_end: Where the chain ends that it stands in.
        name: The name in its chain.
        bundles: Features of its surroundings.
        score: Log-odds of the first look that it names a place.
    """

    start: int
    end: int
    chain_end: int
    name: ChainName
    bundles: list[Bundle] = field(default_factory=list)
    score: float = 0.0


def surroundings(
    text: str, span: NameSpan, previous: NameSpan | None, following: NameSpan | None, people: People
) -> list[Bundle]:
    """Features of what stands around a name: words before and after, punctuation, its neighbours, people.

    Args:
        text: The report's text.
        span: The name.
        previous: The name before it, if any.
        following: The name after it, if any.
        people: Folded family names of the report's people: how often each stands so, and where first.
    """
    start, end, name = span.start, span.end, span.name
    profile = name.profile
    coarse = profile.coarse
    before = text[max(0, start - _REACH) : start]
    out = _before(before, profile)
    out += _after(text[end : end + _REACH], profile)
    if before[before.rfind(" ", 0, -1) + 1 : -1] in _MOVING_ENDS and _MOVING.search(before):
        out.append(f"moving|{coarse}")
    if previous is not None and start - previous.end <= _CLOSE:
        out.append(f"after-name={text[previous.end : start].strip()}|{previous.name.profile.coarse}|{coarse}")
    if following is not None and following.start - end <= _CLOSE:
        other = following.name.profile
        between = text[end : following.start].strip()
        out.append(f"before-name={between}|{coarse}|{other.coarse}")
        if between == "," and _inside(profile.named, other.named):
            out.append(f"contained|{coarse}")
    known = people.get(name.key)
    if known is not None:
        where = "after" if known[1] > start else "here" if known[1] == start else "before"
        out.append(("person", min(known[0], 3), where, coarse, name.is_whole))
    if text[end : end + 1] == "," and _AGE.match(text, end):
        out.append("age")
    return out


@lists_features
def _person(count: int, where: str, coarse: str, is_whole: bool) -> tuple[str, ...]:
    features = f"person={count}|{coarse}", f"person {where}|{coarse}"
    return (*features, f"person alone|{coarse}") if is_whole else features


def _before(before: str, profile: Profile) -> list[Bundle]:
    """The word before a name, the one before that where it is a linking word, and the last sign."""
    coarse = profile.coarse
    tokens = before.rsplit(None, 2)
    word = tokens[-1] if tokens and "\n" not in before[-2:] else "^"
    mark = word[-1]
    if word != "^" and not mark.isalnum():
        out: list[Bundle] = [("mark_before", mark, coarse), f"p-word={word.strip(_MARKS)[:14]}"]
        sign = "." if mark in '.!?”"' else mark
    elif word[0].isupper():
        out = [("name_before", word_uses().get(word.lower(), 0), profile.family, coarse), f"P1={word}"]
        sign = "*"
    else:
        out = [("word_before", word, coarse)]
        sign = "*" if word[0].isalnum() else word
        if word in _LINKING:
            far = tokens[-2] if len(tokens) > 1 else "^"
            out += (("words_before", heads().get(far.lower()), far[0].isupper(), word, coarse), f"p2={far}+{word}")
    out.append(("sign_before", sign, before[-1:], profile.kind))
    if profile.common and sign in ("^", "."):
        out.append(f"opens common={profile.common}|{coarse}")
    return out


@lists_features
def _mark_before(mark: str, coarse: str) -> tuple[str, str]:
    return f"p-mark={mark}", f"p-mark={mark}|{coarse}"


@lists_features
def _name_before(use: int, family: int, coarse: str) -> tuple[str, ...]:
    return f"P1=*|{coarse}", f"P1f={use // 100}|{family}|{coarse}", f"P1c={use % 10}|{coarse}"


@lists_features
def _word_before(word: str, coarse: str) -> tuple[str, ...]:
    features = f"p1={word}", f"p1={word}|{coarse}"
    head = heads().get(word)
    return features if head is None else (*features, f"before={head}|{coarse}")


@lists_features
def _words_before(head: str | None, is_name: bool, word: str, coarse: str) -> tuple[str, ...]:
    features = () if head is None else (f"before={head} {word}|{coarse}",)
    return (*features, f"p2=*+{word}|{coarse}") if is_name else features


@lists_features
def _sign_before(sign: str, last: str, kind: str) -> tuple[str, ...]:
    feature = f"pc={sign}|{kind}"
    return (feature,) if last in (" ", "\u00a0") else (feature, f"mark={_WHITE.get(last, last)}")


def _after(after: str, profile: Profile) -> tuple[Bundle, ...]:
    """The possessive ending, mark or word after a name."""
    coarse = profile.coarse
    if after[:2] in ("'s", "’s"):
        rest = after[2:].split(None, 1)
        return (("possessive", coarse), f"ns={rest[0][:16]}") if rest else (("possessive", coarse),)
    tokens = after.split(None, 1)
    if after[:1] not in (" ", "\u00a0") or not tokens:
        mark = _WHITE.get(after[:1], after[:1]) or "$"
        marked = "mark_after", mark, coarse
        return (marked, f"n-={tokens[0][1:17].rstrip(_MARKS)}") if mark == "-" else (marked,)
    token = tokens[0].split("—", 1)[0] or tokens[0]
    word = token.rstrip(_MARKS)
    if token[0].isupper():
        lowered = word.lower()
        use = word_uses().get(lowered, 0)
        return ("name_after", use % 100, heads().get(lowered), profile.first, coarse), f"N1={word}"
    return (("number_after", coarse) if token[0].isdigit() else ("word_after", word, coarse),)


@lists_features
def _possessive(coarse: str) -> tuple[str, str]:
    return "n=possessive", f"n=possessive|{coarse}"


@lists_features
def _mark_after(mark: str, coarse: str) -> tuple[str, str]:
    return f"n-mark={mark}", f"n-mark={mark}|{coarse}"


@lists_features
def _name_after(use: int, head: str | None, first: int, coarse: str) -> tuple[str, ...]:
    features = f"N1=*|{coarse}", f"N1f={first}|{use // 10}|{coarse}", f"N1c={use % 10}|{coarse}"
    return features if head is None else (*features, f"next={head}|{coarse}")


@lists_features
def _word_after(word: str, coarse: str) -> tuple[str, ...]:
    features = f"n1={word}", f"n1={word}|{coarse}"
    head = heads().get(word.lower())
    return features if head is None else (*features, f"next={head} small|{coarse}")


@lists_features
def _number_after(coarse: str) -> tuple[str, str]:
    return "n1=#", f"n1=#|{coarse}"


def in_chain(words: Sequence[Word], first: int, last: int, raw: str, profile: Profile) -> tuple[Bundle, ...]:
    """Features of a name's case and of the rest of its chain.

    Args:
        words: The words of the chain.
        first: Index of the name's first word.
        last: Index of its last word.
        raw: The name as written.
        profile: What is known of the name.
    """
    coarse = profile.coarse
    out: list[Bundle] = []
    if first > 0:
        word, linked = words[first - 1], bool(words[first].link)
        out.append(("chain_before", word_uses().get(word.key, 0) // 100, linked, min(first, 3), profile.family, coarse))
        if not linked:
            out.append(f"cp={word.text[:16]}")
            if first > 1:
                out.append(f"c0={words[0].text[:16]}")
    left = len(words) - 1 - last
    if left:
        link, tail = words[last + 1].link, words[-1]
        if link:
            out.append(f"c-link={link}")
        else:
            head = heads().get(tail.key)
            is_full_name = bool(
                profile.first and left == 1 and head is None and word_uses().get(tail.key, 0) // 10 % 10
            )
            out += (("chain_after", head, is_full_name, min(left, 3), first == 0, coarse), f"tail={tail.text[:16]}")
    elif first == 0:
        out.append(f"whole|{profile.kind}")
    if "." not in raw:
        if raw.isupper() and len(raw) > 1:
            in_capitals = len(raw) > _SHORT and all(word.text.isupper() for word in words)
            out += (f"capitals={'chain' if in_capitals else 'alone'}|{coarse}", f"capitals={min(len(raw), 5)}")
        elif not raw[1:2].islower():
            out.append("case=odd")
    return tuple(out)


@lists_features
def _chain_before(use: int, linked: bool, count: int, family: int, coarse: str) -> tuple[str, str]:
    return f"cp={use}|{family}|{'link' if linked else ''}", f"c-before={count}|{coarse}"


@lists_features
def _chain_after(head: str | None, is_full_name: bool, left: int, is_first: bool, coarse: str) -> tuple[str, ...]:
    features = [f"c-after={left}|{coarse}", f"c-after=*|{'first' if is_first else 'mid'}|{coarse}"]
    if is_full_name:
        features.append(f"full name|{coarse}")
    if head is not None:
        features.append(f"tail={head}|{coarse}")
    return tuple(features)


def _inside(inner: tuple[Referent, ...], outer: tuple[Referent, ...]) -> bool:
    """Whether some place of the first name lies in a country or division of the second."""
    for o in outer:
        if o.kind is Kind.COUNTRY:
            if any(i.country == o.country and i.kind is not Kind.COUNTRY for i in inner):
                return True
        elif o.kind is Kind.ADMIN1 and any(i.admin1 == o.admin1 and i.kind is not Kind.ADMIN1 for i in inner):
            return True
    return False
