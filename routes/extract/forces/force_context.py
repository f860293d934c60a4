"""What shows a force to be one beyond its own words: who keeps or sends it, what it does, what was told before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_words import sure_words, verb_forms
from routes.extract.forces.forces import Force
from routes.extract.text.clause import children, has_child, subject
from routes.extract.text.sizes import find_sizes, find_vague
from routes.model import PlaceMention, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

BODIES = frozenset(("contingent", "force", "battalion", "brigade", "garrison", "detachment"))
"""With "the" they mean a force told of before."""
HOLDING = frozenset(("has", "have", "had", "having", "keeps", "keep", "kept", "retains", "retained", "maintains"))
"""Verbs of having: the place behind them is that of what is had."""
MAX_BETWEEN = 12
"""Two forces with no more characters between them than this are named in one breath."""


class ForceContext:
    """One parsed sentence, with the force told of before it and the soldiers it spoke of ("they")."""

    def __init__(self, text: str, parsed: Parsed, before: Force | None = None, spoken: Force | None = None) -> None:
        self.text = text
        self.parsed = parsed
        self.before = before
        self.spoken = spoken
        self.words = {word.lower() for word in parsed.written}

    def spoken_of(self) -> Force | None:
        """The force that "they" means: the last one of this sentence or the one before."""
        last = self.before or self.spoken
        return replace(last, token=-1) if last is not None else None

    def together(self, first: Force, second: Force) -> Force:
        """Forces in one breath, "bombers and warships", as one."""
        span = Span(start=first.span.start, end=max(first.span.end, second.span.end))
        between = self.text[first.span.end : second.span.start]
        words = f"{first.words}{between}{second.words}" if len(between) < MAX_BETWEEN else first.words
        return replace(first, span=span, words=" ".join(words.split()))

    def national(self, noun: Token) -> PlaceMention | None:
        """The nationality before a noun: "a British cell of ten officers"."""
        found = (self.parsed.mention(c) for c in children(noun) if c.dep_ == "amod" and c.i < noun.i)
        return next((m for m in found if m is not None and m.place is not None), None)

    def of_nation(self, force: Force, noun: Token) -> Force:
        """A force counted in a body of some nation is of that nation; that shows it to be one, if soldierly at all."""
        mention = self.national(noun)
        if force.owner is not None or mention is None or mention.place is None:
            return force
        civilian = force.noun in table("forces", "civilian")
        owner = (mention.place.country_code or mention.place.id, mention.place.name)
        return replace(force, owner=owner, marked=force.marked or not civilian)

    def counted(self, force: Force, quantity: Token) -> Force:
        """The force with the quantity it stands behind: "hundreds of mercenaries", "half of its troops"."""
        if force.size_text is not None or quantity.i > force.token:
            return force
        start, end = self.parsed.spans[quantity.left_edge.i].start, self.parsed.spans[quantity.i].end
        sizes = find_sizes(self.text, start, end) if quantity.tag_ == "CD" else []
        if len(sizes) == 1:
            return replace(force, size=sizes[0], size_text=sizes[0].text)
        vague = find_vague(self.text, start, end)
        if vague is None and quantity.lower_ in {"half", "most", "part", "all", "third", "quarter"}:
            vague = quantity.text
        return replace(force, size_text=vague)

    def owned(self, force: Force, verb: Token | None) -> Force:
        """The force with the country that sends it, where its own words name none."""
        if force.owner is not None or verb is None:
            return force
        noun = subject(verb.head if verb.dep_ in {"xcomp", "advcl"} and subject(verb) is None else verb)
        if noun is not None and noun.lower_ in {"which", "that", "who"} and verb.dep_ == "relcl":
            noun = verb.head
        if noun is None or noun.i == force.token:
            return force
        mention = self.parsed.mention(noun)
        if mention is None and noun.lower_ in table("persons", "bodies"):
            inside = (self.parsed.mention(c) for c in children(noun) if c.dep_ in {"poss", "amod", "compound", "nmod"})
            mention = next((m for m in inside if m is not None), None)
        if mention is None or mention.place is None:
            return force
        code = mention.place.country_code or mention.place.id
        return replace(force, owner=(code, mention.place.name))

    def shown(self, force: Force, noun: Token, verb: Token | None) -> Force:
        """A force that its own words do not show to be one, but who keeps or sends it, what it does, or what was told.

        A country has or sends "700 officers"; "Ugandan units" hold a town; after a sentence on soldiers, "its
        contingent" and "a company of 200" are forces too.
        """
        if force.marked:
            return force
        word = force.noun
        owned = self.owned(force, verb)
        civilian = word in table("forces", "civilian")
        civil = civilian or (force.kind == Kinds.UNITS and word in table("forces", "civil"))
        if verb is not None and is_country(owned.owner):
            if not civilian and verb.lower_ in verb_forms("martial"):
                return replace(owned, marked=True)
            keeps = verb.lower_ in HOLDING or verb_forms("send").get(verb.lower_) is not None
            if not civil and force.size is not None and keeps and noun.dep_ in {"dobj", "conj"}:
                return replace(owned, marked=True)
        body = force.noun in BODIES and has_child(noun, {"the"}) is not None
        own = body or (has_child(noun, {"its", "their"}) is not None and force.kind in {Kinds.UNITS, Kinds.PRESENCE})
        soldiers = self.before is not None or self.spoken is not None
        if force.kind == Kinds.PEOPLE and force.size is not None and not civilian:
            soldiers = soldiers or not sure_words().isdisjoint(self.words)
        people = force.kind in {Kinds.PEOPLE, Kinds.UNITS} and (
            force.size is not None or (force.owner is not None and not civil)
        )
        aboard = force.noun in {"crew", "crews", "staff"}  # of a ship or an office
        return replace(owned, marked=True) if soldiers and (own or people) and not aboard else force


def is_country(owner: tuple[str, str] | None) -> bool:
    """Whether an owner is a country, by its two-letter code."""
    return owner is not None and len(owner[0]) == 2  # noqa: PLR2004 (ISO 3166-1 alpha-2)
