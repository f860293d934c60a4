"""Who moves: the carrier of every move, and which moves belong to the same one.

Names, designations and flight numbers identify a carrier; "the jet", "she", "it" and dropped subjects go to the one
last spoken of that they can mean. "A second tanker" is always a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from routes.extract.choosing import REGISTRATION
from routes.extract.lexicon.tables import CarrierNoun, exclusive, load_lexicon, word_set
from routes.extract.members import is_bare, rank_of, set_meant, share
from routes.extract.parsing import STAND_IN_CRAFT, STAND_IN_ONE
from routes.extract.persons import STEERS, may_be_person
from routes.extract.slots import Part
from routes.model import MentionRole, Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.clauses import Move
    from routes.extract.entry_movers import Named
    from routes.extract.parsing import Parsed

VEHICLES = frozenset(("aircraft", "vessel", "convoy"))
FLIGHT_NUMBER = re.compile(r"^[A-Z]{2,3}\s?-?\d{1,4}[A-Z]?$|^[A-Z0-9]{1,2}-[A-Z0-9]{3,5}$")
BREAK = re.compile(r"[:;→(]| [—–] ")
"""Where the words for a carrier end, whatever the parse has hung on them."""

MAX_DISPLAY = 8
"""A carrier is shown by at most so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a noun phrase says of a mover."""

    type: str | None
    mode: Mode
    names: frozenset[str]
    words: str
    noun: str
    pronoun: str | None
    indefinite: bool
    definite: bool
    plural: bool
    anaphoric: bool
    hollow: bool
    none: bool
    other: bool
    rank: str | None
    bare: bool
    at: int
    owned: bool = False
    partitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Met:
    """Where a report speaks of a carrier.

    Attributes:
        parsed, token: The sentence, and the index of the noun or pronoun in it.
        carrier: Whom it means.
        company: All mentions of carriers in the report, those of others too.
    """

    parsed: Parsed
    token: int
    carrier: Carrier = field(repr=False)
    company: list[Met] = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Carrier:
    """One mover of a report, gathered while its mentions are read in the order of the text.

    ``rank`` is which of several it is ("second"), ``kin`` the several told of together before, ``apart`` that it is
    one more beside them ("a third") and not one of them.
    """

    type: str | None
    mode: Mode
    names: set[str]
    words: str
    nouns: set[str]
    plural: bool
    last: int
    article: bool = False
    other: bool = False
    rank: str | None = None
    kin: Carrier | None = field(default=None, repr=False, compare=False)
    apart: bool = False
    partitive: bool = False
    moves: list[Move] = field(default_factory=list)
    modes: list[Mode] = field(default_factory=list)
    met: list[Met] = field(default_factory=list, repr=False, compare=False)

    def first(self) -> int:
        """Where the report first speaks of it."""
        return self.met[0].parsed.spans[self.met[0].token].start if self.met else self.last

    def flexible(self) -> bool:
        """Whether its type is open: "freighter" may fly or float, a bare name may be anything but a ministry."""
        if self.other:
            return False
        return self.type is None or (self.type in VEHICLES and self.mode is Mode.UNKNOWN)


def describe(parsed: Parsed, token: Token) -> Described:
    """Read a noun phrase: what type of mover, its names, whether it can point back."""
    lexicon = load_lexicon()
    phrase = _phrase(token)
    noun = _carrier_noun(parsed, token, phrase)
    names: set[str] = set()
    kind, mode = (noun.type, noun.mode) if noun else (None, Mode.UNKNOWN)
    owners = {g.i for c in token.children if c.dep_ == "poss" for g in (c, *c.children)}
    for part in phrase:
        if part.i in owners:
            continue
        mention = parsed.mentions[part.i]
        written = parsed.written[part.i]
        if part.text == STAND_IN_CRAFT and written != STAND_IN_CRAFT:
            kind, mode = "aircraft", Mode.AIR
            names.add(_model(written))
        elif part.text in lexicon.ship_prefixes:
            kind, mode = "vessel", Mode.SEA
        elif FLIGHT_NUMBER.match(part.text):
            names.add(part.text.lower())
            kind, mode = (kind or "aircraft"), (mode if mode is not Mode.UNKNOWN else Mode.AIR)
        elif (
            part.pos_ == "PROPN"
            and part.text[:1].isupper()
            and (mention is None)
            and part.lower_ not in lexicon.carriers
        ):
            names.add(part.lower_)
        elif (
            mention is not None and mention.role is MentionRole.LITERAL and part is not token and token.pos_ == "PROPN"
        ):
            names |= set(written.lower().split())
    first = {t.lower_ for t in phrase if t.dep_ in ("det", "poss", "amod", "nummod", "predet")}
    if token.dep_ == "compound":  # "the jet calling" taken for a noun
        first |= {t.lower_ for t in token.head.children if t.dep_ == "det"}
    pronoun = (
        token.lower_ if token.pos_ == "PRON" or token.lower_ in word_set("singular") | word_set("plural") else None
    )
    return Described(
        type=kind,
        mode=mode,
        names=frozenset(names - word_set("not_names")),
        words=_display(parsed, phrase),
        noun=_spoken(parsed, token, noun),
        pronoun=pronoun,
        indefinite=bool(first & word_set("indefinite"))
        or (not first & word_set("definite") and not names and pronoun is None and token.pos_ != "PROPN"),
        definite=bool(first & word_set("definite")),
        plural=(token.tag_ in ("NNS", "NNPS") and not (token.pos_ == "PROPN" and token.is_upper))
        or (token.pos_ == "PROPN" and any(_is_number(t) for t in phrase if t.i < token.i))
        or token.lower_ in word_set("plural")
        or (
            token.lower_ in ("aircraft", "craft", "hovercraft")
            and not first & (word_set("indefinite") | {"the", "this"})
        ),
        anaphoric=noun.anaphoric if noun else False,
        none=bool(first & {"no", "any", "neither"}),
        other=noun is None and token.text != STAND_IN_ONE and _is_body_or_person(token),
        hollow=bool(first & {"no", "any", "every", "each", "such"}) or (token.tag_ == "NNS" and not first),
        rank=rank_of(parsed, token),
        bare=is_bare(parsed, token),
        partitive=_of_several(token) is not None or _of_them(token),
        owned=token.tag_ == "NNS" and kind in VEHICLES and any(c.lower_ == "its" for c in token.children),
        at=parsed.spans[token.i].start,
    )


def _is_number(token: Token) -> bool:
    """Whether a word counts two or more: "Two C-17"."""
    return token.tag_ == "CD" and token.dep_ in ("nummod", "compound") and token.lower_ not in ("one", "1")


def _spoken(parsed: Parsed, token: Token, noun: CarrierNoun | None) -> str:
    """The noun as the report has it, and not the stand-in it was parsed under."""
    written = parsed.written[token.i]
    if written != token.text and token.text == STAND_IN_CRAFT:
        return "aircraft"
    return noun.word if noun is not None else written.lower()


def _phrase(token: Token) -> list[Token]:
    """The head with its determiners, adjectives, compounds and appositions, in order."""
    found = [token]
    for child in token.children:
        if child.dep_ in ("det", "amod", "compound", "nmod", "poss", "nummod", "predet"):
            found.append(child)
            found += [g for g in child.children if g.dep_ in ("compound", "amod", "det", "nmod")]
        elif child.dep_ == "appos":
            found.append(child)
            found += [g for g in child.children if g.dep_ in ("compound", "amod", "nmod")]
    return sorted(found, key=lambda t: t.i)


def _is_body_or_person(token: Token) -> bool:
    """Whether a head that is no carrier's says what it is: "the expert", "the Foreign Ministry"."""
    if token.pos_ == "PROPN":
        return token.text in word_set("organisation_nouns")
    return token.pos_ == "NOUN" and token.lower_ not in word_set("trip_nouns") | word_set("groups")


def _with_word_before(token: Token) -> str:
    """A noun and the word before it as one: "bulk carrier", "low-loaders"."""
    before = [str(t.lower_) for t in token.doc[max(0, token.i - 2) : token.i]]
    if before[-1:] == ["-"]:
        return f"{before[0]}-{token.lower_}"
    return f"{before[-1] if before else ''} {token.lower_}"


def _carrier_noun(parsed: Parsed, token: Token, phrase: list[Token]) -> CarrierNoun | None:
    carriers = load_lexicon().carriers
    made = token.pos_ == "PROPN" and token.text[:1].isupper() and token.text != STAND_IN_CRAFT
    makers = [c.lower_ for c in token.children if c.dep_ == "compound" and c.lower_ in carriers] if made else []
    if makers and carriers[makers[-1]].type == "aircraft":
        return carriers[makers[-1]]  # "a Cessna Caravan" is no caravan
    for word in (_with_word_before(token), token.lower_):
        if word in carriers and parsed.mentions[token.i] is None and not _is_traffic(token):
            return carriers[word]
    if token.pos_ == "PROPN" or token.text == STAND_IN_CRAFT:
        parts = [part for part in reversed(phrase) if part.dep_ in ("compound", "nmod", "appos") or _is_craft(part)]
        parts = [part for part in parts if part.lower_ != "transport"]
        words = [word for part in parts for word in (_with_word_before(part), part.lower_)]
        if found := next((carriers[word] for word in words if word in carriers), None):
            return found
    else:
        for part in phrase:
            if part.dep_ == "appos" and part.lower_ in carriers:
                return carriers[part.lower_]
            if part.dep_ == "compound" and part.lower_ in carriers and carriers[part.lower_].type in VEHICLES:
                return carriers[part.lower_] if token.lower_ in ("group", "group", "fleet", "crew", "party") else None
    of = _of_several(token)
    return carriers[of.lower_] if of is not None else None


def _of_them(token: Token) -> bool:
    """Whether it is "thirty of them": of several told of before."""
    if token.lower_ not in word_set("groups") and token.tag_ != "CD":
        return False
    return any(g.lower_ == "them" for c in token.children if c.lower_ == "of" for g in c.children)


def _of_several(token: Token) -> Token | None:
    """The vehicles of which "eleven of the buses", "a convoy of lorries" tells."""
    if token.lower_ not in word_set("groups") and token.tag_ != "CD":
        return None
    objects = (g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
    return next((g for g in objects if g.dep_ == "pobj" and g.lower_ in load_lexicon().carriers), None)


def _is_craft(word: Token) -> bool:
    """Whether a word before a name, taken for an adjective, says what it is: "the frigate Vega"."""
    noun = load_lexicon().carriers.get(word.lower_)
    return word.dep_ == "amod" and noun is not None and noun.type in VEHICLES and word.text.islower()


def _is_traffic(token: Token) -> bool:
    """Whether "transport" is the trade and not a craft: "arms transports", "public transport"; not "two transports"."""
    return token.lower_.startswith("transport") and not any(
        c.lower_ in ("the", "this", "that", "a", "its", "one") or c.dep_ == "nummod" or c.text == STAND_IN_CRAFT
        for c in token.children
        if c.dep_ in ("det", "nummod", "compound")
    )


@cache
def _model(designation: str) -> str:
    """What tells one designation from another: "Ilyushin Il-76TD" → "il76", without maker and suffix."""
    if REGISTRATION.fullmatch(designation):
        return designation.lower()
    match = re.search(
        r"([A-Za-z]{0,3})[-‑–\s]?(\d{1,4})", designation.split(maxsplit=1)[-1] if " " in designation else designation
    )
    return (match[1] + match[2]).lower() if match else designation.lower()


def _display(parsed: Parsed, phrase: Sequence[Token]) -> str:
    """The phrase as written, without its article."""
    kept = _together([t for t in phrase if t.dep_ not in ("det", "predet", "poss") or t.pos_ == "PROPN"])
    if not kept:
        return ""
    start, end = kept[0].i, kept[-1].i + 1
    if end - start > MAX_DISPLAY:
        start = max(start, end - MAX_DISPLAY)
        while start + 1 < end and (parsed.doc[start].is_punct or parsed.doc[start].dep_ == "det"):
            start += 1
    while (
        start > 0 and parsed.spans[start - 1].end == parsed.spans[start].start and parsed.doc[start - 1].dep_ != "poss"
    ):
        start -= 1  # "four-engined"
    text = "".join(
        parsed.written[i] + (" " if i + 1 < end and parsed.spans[i].end < parsed.spans[i + 1].start else "")
        for i in range(start, end)
    )
    return BREAK.split(text)[0].strip(" ,-–—'’\"“”")


def _together(phrase: list[Token]) -> list[Token]:
    """The part of a phrase round its head that no verb parts from it."""
    at = next((n for n, t in enumerate(phrase) if t.head not in phrase or t.head == t), 0)
    low, high = at, at
    while low > 0 and not _parts(phrase[low - 1], phrase[low]):
        low -= 1
    while high + 1 < len(phrase) and not _parts(phrase[high], phrase[high + 1]):
        high += 1
    return phrase[low : high + 1]


def _parts(before: Token, after: Token) -> bool:
    """Whether a verb stands between two words."""
    return any(t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in before.doc[before.i + 1 : after.i])


class Register:
    """The carriers of one report in the order they are spoken of.

    It holds what has been said so far, so that "the vessel" finds the right one.
    """

    def __init__(self) -> None:
        self.carriers: list[Carrier] = []
        self.met: list[Met] = []
        self.of_entries: dict[int, Carrier] = {}

    def note(self, carrier: Carrier, parsed: Parsed, token: int) -> None:
        """Keep where a carrier is spoken of."""
        met = Met(parsed=parsed, token=token, carrier=carrier, company=self.met)
        self.met.append(met)
        carrier.met.append(met)

    def resolve(self, told: Described, mode: Mode) -> Carrier:
        """The carrier a phrase means; a new one where it means none of those before."""
        carrier = self.known(told, mode)
        if carrier is None:
            return self._enter(told)
        self._learn(carrier, told)
        return carrier

    def beside(self, told: Described, leader: Carrier, mode: Mode) -> Carrier:
        """The carrier of a clause that shares the verb of another: "one ship went to Haifa, the other to Ashdod"."""
        known = self.known(told, mode) if told.names else None
        if known is not None and known is not leader:
            self._learn(known, told)
            return known
        if told.type is None:
            told = replace(told, type=leader.type, mode=leader.mode, other=False)
        return self._enter(told)

    def _enter(self, told: Described) -> Carrier:
        """A carrier not told of before."""
        kin = self.kin(told)
        if kin is not None and (told.bare or told.type is None):
            told = replace(told, type=kin.type, mode=kin.mode, noun=next(iter(sorted(kin.nouns)), ""))
        carrier = Carrier(
            type=told.type,
            mode=told.mode,
            names=set(told.names),
            words="" if told.pronoun or told.noun in word_set("trip_nouns") else told.words,
            nouns={told.noun},
            plural=told.plural,
            last=told.at,
            article=bool(told.names) and told.definite,
            other=told.other,
            rank=told.rank,
            kin=kin,
            apart=told.indefinite and not told.partitive,
            partitive=told.partitive,
        )
        self.carriers.append(carrier)
        return carrier

    def kin(self, told: Described) -> Carrier | None:
        """The vehicles told of together that "the second" is one of."""
        if told.partitive and told.type is None:
            return set_meant(told, sorted((c for c in self.carriers if c.last <= told.at), key=lambda c: -c.last))
        if told.rank is None or not (told.bare or told.type in VEHICLES) or told.noun in word_set("trip_nouns"):
            return None
        return set_meant(told, sorted((c for c in self.carriers if c.last <= told.at), key=lambda c: -c.last))

    def of_entry(self, move: Move, named: Named) -> Carrier:
        """The carrier of an entry in clipped prose; entries that share one mover share the carrier."""
        known = self.of_entries.get(id(named))
        if known is None and not named.distinct:
            known = Register().resolve(named.told, move.mode)
            self.carriers.append(known)
        carrier = known if known is not None else self.resolve(named.told, move.mode)
        self.of_entries[id(named)] = carrier
        carrier.last = max(carrier.last, move.parsed.spans[0].start)
        if move.subject is not None:
            self.note(carrier, move.parsed, move.subject)
        return carrier

    def last(self, before: int | None = None) -> Carrier:
        """The carrier last spoken of that moves: a clause that names none goes on with it.

        Args:
            before: Offset that it is spoken of before, unless no carrier is.
        """
        moving = [c for c in self.carriers if c.moves or c.type in VEHICLES]
        if before is not None:
            moving = [c for c in moving if c.first() <= before] or moving
        if not moving:
            self.carriers.append(
                Carrier(type=None, mode=Mode.UNKNOWN, names=set(), words="", nouns=set(), plural=False, last=0)
            )
            return self.carriers[-1]
        return max(moving, key=lambda c: c.last)

    def fade(self, told: Described, parsed: Parsed, token: Token) -> None:
        """What is no subject is less in mind: "it" goes to the subject of the sentence before it."""
        if token.dep_ not in ("nsubj", "nsubjpass", "ROOT"):
            for carrier in self.carriers:
                if carrier.last == told.at:
                    carrier.last = max(parsed.spans[0].start - 1, 0)

    def _learn(self, carrier: Carrier, told: Described) -> None:
        if (told.names and not carrier.names) or (told.words and not carrier.words and not told.pronoun):
            carrier.words = told.words if not told.pronoun else carrier.words
        carrier.names |= told.names
        carrier.article = carrier.article or (bool(told.names) and told.definite)
        if (carrier.flexible() and told.type in VEHICLES and told.mode is not Mode.UNKNOWN) or carrier.type is None:
            carrier.type, carrier.mode = told.type, told.mode
        if not told.pronoun:
            carrier.nouns.add(told.noun)
        carrier.last = max(carrier.last, told.at)

    def known(self, told: Described, mode: Mode) -> Carrier | None:
        """The carrier told of before that a phrase means, or None."""
        recent = sorted((c for c in self.carriers if c.last <= told.at), key=lambda c: -c.last)
        if told.pronoun is not None:
            return _meant(told, mode, recent)
        if (told.noun in word_set("sets") or told.noun == "expedition") and not told.indefinite:
            return _set_or_ship(told, recent)
        if (
            told.noun in word_set("trip_nouns")
            and not told.names
            and not (told.indefinite and told.noun in STEERS | {"flight"})
        ):
            vehicle = next((c for c in recent if c.type in VEHICLES), None)
            return vehicle or next((c for c in recent if c.type is None), None)
        kin = self.kin(told)
        if kin is not None:
            return _ranked(told, kin, recent)
        if told.rank is not None and told.indefinite:
            return None
        if told.names:
            same = next((c for c in recent if _same_name(c.names, told.names) and _types_fit(c, told)), None)
            if same is not None or told.indefinite:
                return same
            return next((c for c in recent[:2] if _may_be_named(c, told, mode)), None)
        if told.indefinite or told.owned:
            return None
        if told.anaphoric:
            return _pointed_at(told, recent)
        return next((c for c in recent if told.noun in c.nouns and c.plural == told.plural), None)


def _ranked(told: Described, kin: Carrier, recent: Sequence[Carrier]) -> Carrier | None:
    """The one of several that a rank means, if it has been told of."""
    if told.partitive:
        return None
    if told.rank == "first" and not kin.plural and not told.indefinite:
        # "a Dornier … a second Dornier … the first": the one that was told of before the second
        alone = [c for c in recent if c.rank in (None, "first") and c.type == kin.type and not c.plural]
        return next((c for c in alone if c.nouns & kin.nouns), None)
    return next((c for c in recent if c.rank == told.rank and (told.bare or c.type == told.type)), None)


def _pointed_at(told: Described, recent: Sequence[Carrier]) -> Carrier | None:
    """The carrier that "the ship" means: the last told of, but not one that its own sentence has only just named."""
    able = [c for c in recent if c.type in (*VEHICLES, "unit", "shipment", None) and _stands_for(c, told)]
    if able and not able[0].moves and told.at - able[0].last < NEAR_CHARS // 4:
        return next((c for c in able if told.noun in c.nouns), able[0])  # "a tug will bring the reefer to Cork"
    return next(iter(able), None)


def _meant(told: Described, mode: Mode, recent: Sequence[Carrier]) -> Carrier | None:
    """The carrier a pronoun means, the last told of that it can mean."""
    pronoun = told.pronoun or ""
    able = [c for c in recent if _pronoun_fits(pronoun, c)]
    fits = next(iter(able), None)
    if fits is not None and fits.type is None and pronoun in ("he", "she"):
        fits = next((c for c in able if pronoun in c.nouns and c.type is None), fits)
    if fits is not None and fits.other:  # "a refinery will take the oil; it is to arrive on Friday"
        near = (c for c in recent if c.type in VEHICLES and told.at - c.last < NEAR_CHARS)
        fits = next((c for c in near if _pronoun_fits(pronoun, c)), fits)
    if fits is None and mode is not Mode.UNKNOWN:  # the pilot for the plane
        fits = next((c for c in recent if c.mode is mode and c.type in VEHICLES), None)
    return fits


def _set_or_ship(told: Described, recent: Sequence[Carrier]) -> Carrier | None:
    """What "the pair" means, and "the expedition" where it has a ship."""
    if told.noun in word_set("sets"):
        return next((c for c in recent if c.plural and c.type in (*VEHICLES, "unit")), None)
    if recent and recent[0].type == "vessel":
        return recent[0]
    return next((c for c in recent if told.noun in c.nouns and c.plural == told.plural), None)


def _pronoun_fits(pronoun: str, carrier: Carrier) -> bool:
    pronoun = {"its": "it", "their": "they", "his": "he", "hers": "her"}.get(pronoun, pronoun)
    if pronoun in ("it", "itself"):
        person = carrier.type == "person" and not carrier.nouns & word_set("collective")
        return not carrier.plural and not person and not _is_person(carrier)
    if pronoun in ("she", "her"):
        return carrier.type == "vessel" or may_be_person(carrier, "he")
    if pronoun in ("he", "him"):
        return may_be_person(carrier, "she")
    if pronoun in ("they", "them", "both", "all", "these", "those"):
        return carrier.plural or carrier.type == "unit" or bool(carrier.nouns & word_set("collective"))
    return pronoun in carrier.nouns


def _is_person(carrier: Carrier) -> bool:
    """A bare name without an article is taken for a person until it moves as a ship or aircraft does."""
    return carrier.type is None and bool(carrier.names) and not carrier.article and set(carrier.modes) <= {Mode.UNKNOWN}


def _same_name(known: set[str], told: frozenset[str]) -> bool:
    """Whether one name is part of the other, or both hold one designation: "Lady R" and "Lady M" are two ships."""
    shared = known & told
    return bool(shared) and (shared in (known, told) or any(any(c.isdigit() for c in word) for word in shared))


def _types_fit(carrier: Carrier, told: Described) -> bool:
    if carrier.type is None or told.type is None:
        return True
    if carrier.type == told.type:
        return True
    return carrier.flexible() or (told.type in VEHICLES and told.mode is Mode.UNKNOWN and carrier.type in VEHICLES)


NEAR_CHARS = 400
"""So near to a nameless carrier a name may be its own."""


def _may_be_named(carrier: Carrier, told: Described, mode: Mode) -> bool:
    """Whether a name just met may be that of the nameless carrier told of right before ("a freighter … the Il-76")."""
    if (
        told.other
        or carrier.names
        or carrier.plural != told.plural
        or any(exclusive(told.noun, noun) for noun in carrier.nouns)
    ):
        return False
    if carrier.type is None and not carrier.words:  # "She was two days late. The Aurora …"
        return told.definite
    if carrier.type not in VEHICLES:
        return False
    if told.type is None:
        if carrier.type == "aircraft" and not told.definite:
            return False  # an aircraft's name has an article, a person's has none
        near = told.at - carrier.last < NEAR_CHARS
        return near and (told.definite if mode is Mode.UNKNOWN else mode is carrier.mode)
    return told.type == carrier.type or carrier.flexible()


def _other_class(carrier: Carrier, told: Described) -> bool:
    """Whether adjectives tell two craft apart: "the presidential Boeing" is not "a private aircraft"."""
    classes = word_set("craft_classes")
    own, other = ({w for w in words.lower().split() if w in classes} for words in (carrier.words, told.words))
    return bool(own) and bool(other) and not own & other


def _stands_for(carrier: Carrier, told: Described) -> bool:
    if _other_class(carrier, told):
        return False
    if any(exclusive(told.noun, noun) for noun in carrier.nouns):
        return False
    if carrier.plural != told.plural and not carrier.nouns & word_set("collective"):
        return False
    if told.noun in carrier.nouns:
        return True
    if carrier.type == told.type:
        return told.mode in (carrier.mode, Mode.UNKNOWN) or carrier.mode is Mode.UNKNOWN
    if told.type in VEHICLES and carrier.flexible():
        return carrier.type is not None or (bool(carrier.names) and carrier.article)
    return told.type in VEHICLES and told.mode is Mode.UNKNOWN and carrier.type in VEHICLES


def assign(parsed: Sequence[Parsed], moves: Sequence[Move]) -> tuple[Carrier, ...]:
    """Give every move to its carrier.

    Args:
        parsed: The parsed sentences of the report; carriers are met in them before they move.
        moves: The moves of the whole report in the order of the text.

    Returns:
        The carriers that move, in the order they are first spoken of, with their moves in the order of the text.
    """
    register = Register()
    for one in parsed:
        own = [_pronoun_moves(register, move) for move in moves if move.parsed is one]
        met = _meet(register, one, own)
        riding: dict[int, Carrier] = {}
        for move in own:
            carrier = _carrier_of(register, move, met)
            if (
                move.named is None and move.subject is not None and mover(move) == move.subject
            ):  # "he left on a flight and landed in Rome"
                carrier = riding.get(move.subject, carrier)
            elif move.subject is not None and move.aboard is not None and mover(move) == move.aboard:
                riding[move.subject] = carrier
            carrier.moves.append(move)
            carrier.modes.append(move.mode)
    share(register.carriers)
    return tuple(c for c in register.carriers if c.moves)


def _meet(register: Register, parsed: Parsed, moves: Sequence[Move]) -> dict[int, Carrier]:
    """Enter the carriers a sentence speaks of; give those that its moves name, by token."""
    if any(move.named is not None for move in moves):
        return {}
    wanted: dict[int, Mode] = {}
    for move in moves:
        which = mover(move)
        if which is not None:
            wanted[which] = move.mode if wanted.get(which, Mode.UNKNOWN) is Mode.UNKNOWN else wanted[which]
    leaders = {move.subject: move.beside for move in moves if move.subject is not None and move.beside is not None}
    met: dict[int, Carrier] = {}
    passing: dict[int, Carrier] = {}
    for token in parsed.doc:
        if token.i in wanted:
            told, leader = describe(parsed, token), (met | passing).get(leaders.get(token.i) or -1)
            if told.none:
                met[token.i] = Register().resolve(told, Mode.UNKNOWN)
            elif leader is not None:
                met[token.i] = register.beside(told, leader, wanted[token.i])
            else:
                met[token.i] = register.resolve(told, wanted[token.i])
            register.note(met[token.i], parsed, token.i)
        elif token.dep_ in HEADS and (token.pos_ in ("NOUN", "PROPN", "PRON", "NUM") or is_bare(parsed, token)):
            spoken_of = _in_passing(register, parsed, token)
            if spoken_of is not None:
                passing[token.i] = spoken_of
    return met


def _in_passing(register: Register, parsed: Parsed, token: Token) -> Carrier | None:
    """Enter the carrier that a noun means which no move of its sentence names; None where it means none."""
    told = describe(parsed, token)
    subject = token.dep_ in ("nsubj", "nsubjpass")
    meant: Carrier | None = None
    if (told.type in VEHICLES and not told.hollow) or (
        subject and ((told.names and told.definite) or (told.bare and register.kin(told) is not None))
    ):
        meant = register.resolve(told, Mode.UNKNOWN)
        register.note(meant, parsed, token.i)
        register.fade(told, parsed, token)
    elif told.noun in STEERS and told.definite and not told.names:  # "had a chat with the pilot": she flies it
        steered = register.known(told, Mode.UNKNOWN)
        if steered is not None:
            steered.nouns.add(told.noun)
    elif told.pronoun is not None and subject:
        meant = register.known(told, Mode.UNKNOWN)
        if meant is not None:
            register.note(meant, parsed, token.i)
    return meant


def _carrier_of(register: Register, move: Move, met: dict[int, Carrier]) -> Carrier:
    """Whose a move is; one that names nobody goes on with the last, one whose mover is a clause is nobody's."""
    if move.named is not None:
        return register.of_entry(move, move.named)
    which = mover(move)
    if which is not None:
        return met[which]
    if any(c.dep_ in ("csubj", "csubjpass") for c in move.parsed.doc[move.token].children):
        return Register().last()  # "what is left of the group has been sent there"
    if move.parsed.doc[move.token].lower_ in word_set("services") and not any(s.part is Part.AT for s in move.slots):
        return Register().last()  # "the service between Bari and Bar has resumed"
    at = move.parsed.spans[move.token].start
    carrier = register.last(before=at)
    carrier.last = max(carrier.last, at)
    return carrier


def _pronoun_moves(register: Register, move: Move) -> Move:
    """Where "it" is a vehicle it is what moves, and not what it carries: "It carried diplomats from Rome to Oslo"."""
    if move.subject is None or move.theme is None or move.subject == move.theme:
        return move
    told = describe(move.parsed, move.parsed.doc[move.subject])
    known = register.known(told, move.mode) if told.pronoun is not None else None
    return replace(move, theme=None) if known is not None and known.type in VEHICLES else move


HEADS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "ROOT", "conj"))
"""Where in a sentence a noun phrase may bring up a carrier."""


def mover(move: Move) -> int | None:
    """Which token names what moves: the vehicle if there is one, else what is moved, else the subject.

    Who says something does not move: "Russian tankers, the sources say, have sailed" is of the tankers.
    """
    named = _mover(move)
    if named is None or move.parsed.doc[named].lower_ not in word_set("speakers"):
        return named
    before = (t.i for t in reversed(move.parsed.doc[:named]) if t.pos_ in ("NOUN", "PROPN"))
    return next((i for i in before if _vehicle(move, i) is not None), None)


def _mover(move: Move) -> int | None:
    doc = move.parsed.doc
    if move.subject is not None and (move.cue.frame.name in ("load", "unload") or _own(move)):
        return move.subject
    if move.aboard is not None and move.theme is None and _vehicle(move, move.subject) is None:
        return move.aboard
    if move.subject is not None and (move.theme is None or _vehicle(move, move.subject)):
        token = doc[move.subject]
        return None if token.i == move.token else move.subject
    if move.aboard is not None and _vehicle(move, move.theme) is None:
        return move.aboard
    return move.theme if move.theme is not None else move.subject


def _own(move: Move) -> bool:
    """Whether what is moved belongs to the mover ("its anchor", "her lines")."""
    if move.theme is None or move.subject == move.theme:
        return False
    token = move.parsed.doc[move.theme]
    return any(c.dep_ == "poss" and c.lower_ in ("its", "her", "their") for c in token.children)


def _vehicle(move: Move, token: int | None) -> Described | None:
    if token is None:
        return None
    told = describe(move.parsed, move.parsed.doc[token])
    return told if told.type in VEHICLES else None
