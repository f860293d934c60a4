"""Places a sentence points to without naming them: "there", "the country", "its soil", "where"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.forces.force_kinds import table
from routes.extract.lexicon.tables import read_rows
from routes.extract.text.clause import children, subject
from routes.model import MentionRole, MentionStatus, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

AT_SEA = frozenset((Kind.SEA, Kind.WATERWAY, Kind.REGION))
INTO = re.compile(r"\b(?:in|to|into|inside|across|of)\s(?:the\s)?$", re.IGNORECASE)
AROUND_REACH = 9
"""How many words lie at most between an unknown name and the place near which it is said to lie."""
LYING = frozenset(("in", "near", "outside", "on", "off", "north", "south", "east", "west", "close"))
WAY_THERE = frozenset(("IN", "DT", "JJ", "CD", "NN", "NNS", "NNP", "NNPS", "RB", "TO"))
"""What "60 km north of", "on the edge of" are made of."""
LOCATIVE = re.compile(
    r"\b(?:in|to|into|from|at|across|inside|near|on|off|for|within|throughout)\s(?:the\s)?$", re.IGNORECASE
)
LOCATIVE_REACH = 16
"""A place right behind such a word is one where something is, not one that acts."""
ISLANDS = frozenset(("island", "islands", "archipelago"))


class Pointing:
    """The places of one parsed sentence, with those of the whole report for what it points back to."""

    def __init__(
        self, text: str, parsed: Parsed, places: Sequence[PlaceMention], before: PlaceMention | None = None
    ) -> None:
        self.before = before
        self.text = text
        self.parsed = parsed
        self.places = places

    def around(self, noun: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place behind a name that no gazetteer knows: "at Camp Elm, in Latvia", "at Camp Elm, Latvia"."""
        doc = noun.doc
        at = noun.i + 1
        comma = at < len(doc) and doc[at].text == ","
        at += comma
        if at >= len(doc) or not (comma or doc[at].lower_ in LYING):
            return
        direct = at
        while at < len(doc) and at - direct < AROUND_REACH and doc[at].tag_ in WAY_THERE:
            if (mention := self.parsed.mentions[at]) is not None:
                capital = at + 1 < len(doc) and doc[at + 1].lower_ == "capital"
                if mention.role is MentionRole.DEMONYM and mention.place is not None and capital:
                    yield at, mention, f"{words} … {mention.text} capital"
                    return
                if mention.role is MentionRole.LITERAL and (at == direct or doc[direct].tag_ != "NNP"):
                    yield from self.listed(doc[at], f"{words} … {doc[at - 1].text}")
                return
            at += 1

    def listed(self, noun: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """A place named beside the noun that it explains: "two countries, Chad and Niger"."""
        mention = self.parsed.mention(noun)
        if mention is not None and mention.role is MentionRole.LITERAL and mention.status is MentionStatus.RESOLVED:
            yield noun.i, mention, words

    def right_before(self, where: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "where" follows, with or without a comma."""
        at = where.i - 1
        while at > 0 and where.doc[at].text == ",":
            at -= 1
        yield from self.listed(where.doc[at], f"where … {words}")

    def own_soil(self, noun: Token, words: str) -> tuple[int, PlaceMention, str] | None:
        """The country whose "its soil" is: the subject of the verb above."""
        for verb in (a for a in noun.ancestors if a.pos_ in {"VERB", "AUX"}):
            whose = subject(verb)
            mention = self.parsed.mention(whose) if whose is not None else None
            if whose is not None and mention is not None and mention.place is not None:
                if mention.place.kind is Kind.CITY:
                    return None  # a capital speaks for its country and is not its soil
                resolved = mention.status is MentionStatus.RESOLVED
                return (whose.i, mention, f"{words} … {noun.text} ({mention.text})") if resolved else None
        return None

    def pointed(self, pointer: Token, words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The place that "there" or "the country" points back to: the last one named that is not the force's own."""
        at = self.parsed.spans[pointer.i].start
        own = self.actors(pointer)
        kinds = _kinds_of(pointer.lower_)
        last = self.before if pointer.lower_ not in {"in", "ashore", "capital"} else None
        if last is not None and last.place is not None and last.place.kind in kinds and last.place.id not in own:
            yield pointer.i, last, f"{words} {pointer.text} ({last.text})"
            return
        if pointer.lower_ == "capital":
            yield from self.capital(pointer, at, own, words)
            return
        spoken: PlaceMention | None = None
        for mention in reversed([p for p in self.places if p.span.end <= at]):
            if mention.role is not MentionRole.LITERAL or mention.place is None or mention.place.id in own:
                continue
            if mention.place.kind not in kinds:
                continue
            spoken = spoken or mention
            if LOCATIVE.search(self.text, max(0, mention.span.start - LOCATIVE_REACH), mention.span.start):
                spoken = mention
                break
        if spoken is not None:
            yield pointer.i, spoken, f"{words} {pointer.text} ({spoken.text})"

    def actors(self, pointer: Token) -> set[str]:
        """Ids of the places that act in the clause of a pointing word: "Hungary has sent soldiers to the country"."""
        for verb in (a for a in pointer.ancestors if a.pos_ in {"VERB", "AUX"}):
            noun = subject(verb)
            mention = self.parsed.mention(noun) if noun is not None else None
            if noun is not None and (mention is not None or noun.pos_ not in {"PRON", "DET"}):
                return {mention.place.id} if mention is not None and mention.place is not None else set()
        return set()

    def capital(self, pointer: Token, at: int, own: set[str], words: str) -> Iterator[tuple[int, PlaceMention, str]]:
        """The capital spoken of last, or the country of which it must be."""
        for mention in reversed([p for p in self.places if p.span.end <= at]):
            place = mention.place
            if place is None or mention.role is not MentionRole.LITERAL or place.id in own:
                continue
            start = mention.span.start
            within = INTO.search(self.text, max(0, start - LOCATIVE_REACH), start) is not None
            if (place.kind is Kind.COUNTRY and within) or (place.kind is Kind.CITY and place.name in capital_names()):
                yield pointer.i, mention, f"{words} {pointer.text} ({mention.text})"
                return


@cache
def capital_names() -> frozenset[str]:
    """The names of the capitals of capitals.tsv."""
    return frozenset(row[1] for row in read_rows("capitals.tsv", 2))


def pointing_nouns() -> frozenset[str]:
    """Nouns that with "the" point back to a place."""
    return table("points", "country") | table("points", "area") | table("points", "city") | table("points", "side")


def _kinds_of(pointer: str) -> frozenset[Kind]:
    """Which kinds of place a pointing noun may mean; "there" may mean any."""
    if pointer in table("points", "country"):
        return frozenset((Kind.COUNTRY,))
    if pointer in ISLANDS:
        return frozenset((Kind.REGION, Kind.ADMIN1, Kind.ADMIN2, Kind.COUNTRY))
    if pointer in table("points", "side"):
        return frozenset((Kind.COUNTRY, Kind.REGION, Kind.ADMIN1))
    if pointer in table("points", "area"):
        return frozenset((Kind.REGION, Kind.ADMIN1, Kind.ADMIN2, Kind.SEA))
    if pointer in table("points", "site"):
        return frozenset(Kind) - AT_SEA - {Kind.CONTINENT}
    return frozenset((Kind.CITY,)) if pointer in table("points", "city") else frozenset(Kind) - {Kind.CONTINENT}


def definite(noun: Token) -> bool:
    """Whether a noun stands with "the" or "that"."""
    return any(c.lower_ in {"the", "that", "this"} for c in children(noun))
