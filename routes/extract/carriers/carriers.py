"""Who moves: the carriers of a report as they are spoken of, and which of them a phrase means.

Names, designations and flight numbers identify a carrier; "the jet", "she", "it" and dropped subjects go to the one
last spoken of that they can mean. "A second tanker" is always a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from routes.extract.carriers.described import VEHICLES, Described
from routes.extract.carriers.marks import Mark, agree, differ
from routes.extract.carriers.persons import STEERS, may_be_person
from routes.extract.lexicon.tables import exclusive, word_set
from routes.extract.trips.members import set_meant
from routes.model import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from routes.extract.clipped.entry_movers import Named
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move


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
    one more beside them ("a third") and not one of them, ``riders`` the pronouns for who is told to be aboard,
    ``marks`` the registrations and numbers it is told by.
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
    riders: set[str] = field(default_factory=set, repr=False, compare=False)
    marks: frozenset[Mark] = frozenset()
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
        known = self.known(told, mode) if told.names or told.marks else None
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
            apart=told.indefinite and not told.partitive and told.rank != "one",
            partitive=told.partitive,
            marks=told.marks,
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
        carrier.marks |= told.marks
        carrier.article = carrier.article or (bool(told.names) and told.definite)
        if (carrier.flexible() and told.type in VEHICLES and told.mode is not Mode.UNKNOWN) or carrier.type is None:
            carrier.type, carrier.mode = told.type, told.mode
        if not told.pronoun:
            carrier.nouns.add(told.noun)
        carrier.last = max(carrier.last, told.at)

    def known(self, told: Described, mode: Mode) -> Carrier | None:
        """The carrier told of before that a phrase means, or None."""
        recent = sorted((c for c in self.carriers if c.last <= told.at), key=lambda c: -c.last)
        recent = [c for c in recent if not differ(c.marks, told.marks)]
        marked = next((c for c in recent if agree(c.marks, told.marks)), None)
        return marked if marked is not None else self._meant_of(told, mode, recent)

    def _meant_of(self, told: Described, mode: Mode, recent: Sequence[Carrier]) -> Carrier | None:
        """Which of the carriers that it can be, the last told of first, a phrase means by its words."""
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
    if fits is None:
        fits = next((c for c in recent if pronoun in c.riders), fits)
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
    bare = carrier.type is None and bool(carrier.names) and not carrier.article
    return bare and set(carrier.modes) <= {Mode.UNKNOWN, Mode.LAND}


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
