"""How strong a force is at a place: "the number of troops in X fell to 2,500", "its strength in X is 800"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from routes.extract.forces.force_context import HOLDING
from routes.extract.forces.force_kinds import Kinds, table
from routes.extract.forces.force_places import BEING
from routes.extract.forces.force_words import verb_forms
from routes.extract.forces.forces import Force, read_force
from routes.extract.text.clause import children, has_child, subject
from routes.extract.text.sizes import Size, find_sizes
from routes.model import MentionRole, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from routes.extract.forces.bases import Joined
    from routes.extract.forces.force_places import PlaceFinder
    from routes.extract.forces.force_reader import ForceReader

CHANGING = BEING | {"stands", "stand", "stood", "stays", "stay", "stayed"}
NEARLY = frozenset(
    ("about", "now", "just", "only", "still", "nearly", "almost", "roughly", "around", "some", "perhaps")
)
"""What may stand between a verb and its number."""
REACH = 60
"""Characters behind the verb in which the number is looked for."""


def counted_at(verb: Token, who: ForceReader, where: PlaceFinder) -> Iterator[Joined]:
    """The force whose number at a place is the subject of a verb of being, standing at, rising or falling to."""
    from routes.extract.forces.bases import Joined

    noun = subject(verb.head if verb.dep_ == "xcomp" else verb)
    if any(c.dep_ == "xcomp" for c in children(verb)):
        return  # "are to fall": the other verb tells
    told = CHANGING | HOLDING | verb_forms("growth").keys() | verb_forms("counting").keys()
    if noun is None or verb.lower_ not in told:
        return
    counts = verb.lower_ in verb_forms("counting") or verb.lower_ in verb_forms("reckoning")
    if noun.lower_ in table("growth", "nouns"):
        whose = _whose(noun, who)
    elif verb.lower_ in HOLDING:
        whose = _with_men(noun, verb, who)
    else:
        grows = verb.lower_ in verb_forms("enlarging") and noun.lower_ in table("growth", "subjects")
        force = who.force_at(noun, verb) if counts or grows else None
        whose = (force, noun) if force is not None and force.size is None else None
    size = _new_size(verb, who)
    if whose is None or size is None:
        return
    force, holder = whose
    force = replace(force, size=size, size_text=size.text)
    places = [
        p for word in (noun, holder) for p in where.places_round(word, going=False) if p[0] < size_token(who, size)
    ]
    if verb.lower_ in HOLDING and any(True for _ in where.places_round(verb, going=False)):
        return  # those it has are told to be there
    if not places and verb.lower_ in HOLDING and where.before is not None:
        places = [(noun.i, where.before, f"{noun.text} ({where.before.text})")]
    places = places or [p for p in where.places_round(verb, going=False) if p[1].role is MentionRole.LITERAL]
    for token, place, words in places[:1]:
        yield Joined(force=force, token=token, place=place, words=f"{noun.text} … {words}")


def _with_men(noun: Token, verb: Token, who: ForceReader) -> tuple[Force, Token] | None:
    """The force that has so many men: "the training mission there has 600 instructors"."""
    force = read_force(who.parsed, noun, who.text)
    body = force is not None and force.kind in {Kinds.UNITS, Kinds.PRESENCE, Kinds.NAMED}
    men = next((read_force(who.parsed, c, who.text) for c in children(verb) if c.dep_ == "dobj"), None)
    soldierly = men is not None and men.kind == Kinds.PEOPLE and men.size is not None and men.noun != "staff"
    shown = force is not None and men is not None and (force.marked or men.noun in table("forces", "people"))
    return (force, noun) if force is not None and force.size is None and body and soldierly and shown else None


def size_token(who: ForceReader, size: Size) -> int:
    """The token at which a number begins."""
    return next(i for i, span in enumerate(who.parsed.spans) if span.end > size.start)


def _whose(noun: Token, who: ForceReader) -> tuple[Force, Token] | None:
    """The force that is counted, and the word that names it: "of American troops", "the mission's", "American"."""
    for child in children(noun):
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in (c for c in child.children if c.dep_ == "pobj"):
                force = read_force(who.parsed, inner, who.text)
                if force is not None and (who.shown(force, inner, None).marked or force.kind == Kinds.PRESENCE):
                    return force, inner
        elif child.dep_ in {"poss", "compound"} and who.parsed.mention(child) is None:
            force = read_force(who.parsed, child, who.text)
            if force is not None and (force.marked or force.kind == Kinds.PRESENCE):
                return force, child
    mention = next((m for c in children(noun) if (m := who.parsed.mention(c)) is not None and m.place), None)
    soldiers = has_child(noun, {"troop", "force", "military"}) is not None or who.before is not None
    if mention is None or mention.place is None or not soldiers:
        return None
    start = noun.left_edge.i
    span = who.parsed.span(start, noun.i + 1)
    words = " ".join(who.text[span.start : span.end].split())
    owner = (mention.place.country_code or mention.place.id, mention.place.name)
    return Force(token=noun.i, span=span, words=words, kind=Kinds.PEOPLE, marked=True, owner=owner), noun


def _new_size(verb: Token, who: ForceReader) -> Size | None:
    """The number it comes to: the one behind "to" or "at", or right behind the verb."""
    span = Span(start=who.parsed.spans[verb.i].end, end=who.parsed.spans[verb.i].end + REACH)
    end = min(span.end, who.parsed.spans[-1].end)
    stop = who.text.find(";", span.start, end)
    found = find_sizes(who.text, span.start, stop if stop >= 0 else end)
    years = {str(year) for year in range(1900, 2100)}
    found = [s for s in found if s.text not in years]
    before = {s: who.text[max(span.start, s.start - 8) : s.start].lower().split() for s in found}
    goal = next((s for s in found if before[s] and before[s][-1] in {"to", "at"}), None)
    return goal or next((s for s in found if not before[s] or before[s][-1] in NEARLY), None)
