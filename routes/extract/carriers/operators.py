"""Who runs or owns a carrier, only where the report says so.

A named operator ("of Kalitta Air", "belonging to …", "operated by …", "AirTanker's Airbus", "a Maersk container ship")
goes before a nationality ("a Russian Il-76", "Iran's flotilla"). A flag ("Panama-flagged") or a maker is no operator.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.text.clause import read_group
from routes.extract.text.parsing import STAND_IN_CRAFT
from routes.extract.text.phrase_words import NEAR, aboard_words, phrase_tokens, verb_forms, words_of
from routes.extract.trips.clauses import subject_of
from routes.model import MentionRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from routes.extract.carriers.carriers import Carrier, Met
    from routes.extract.text.parsing import Parsed

OPERATED = frozenset(("aircraft", "vessel", "convoy", "shipment"))
NAME = r"[A-Z][\w&.’'-]*(?: (?:(?:of|and|the|de|&) )?[A-Z][\w&’'-]*){0,4}"
SAID = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]er|(?:[Tt]he|[Tt]hat) (?:plane|jet|aircraft|ship|tanker|vessel|freighter)['’]s) "
    r"(?:registered |current )?(?:operator|owner)(?:, | is | was )"
    r"(?:the (?:\w+ ){0,3}(?:airline|company|firm|carrier) )?"
    rf"(?P<name>{NAME})"
)
FAR = 900
"""So far behind the last words on the only carrier, "the operator" is its."""
HELD = frozenset(("-", "‑"))
PLAIN = re.compile(r"^[^\W\d_][\w .&’'/-]*$")


def find_operator(text: str, carrier: Carrier, met: Sequence[Met]) -> tuple[str | None, str | None]:
    """The operator as the report names it (a country by its name), and the words that say so.

    Args:
        text: The report's text.
        carrier: Whose.
        met: Where the report speaks of it.
    """
    if carrier.type not in OPERATED and not (carrier.type is None and carrier.mode.value in ("air", "sea")):
        return None, None
    country: tuple[str, str] | None = None
    for one in met:
        token = one.parsed.doc[one.token]
        tokens = {m.token for m in met if m.parsed is one.parsed}
        for found in (*_said_of(one.parsed, text, token, tokens), *_in_phrase(one.parsed, text, token)):
            if found[2]:
                return found[0], found[1]
            country = country or found[:2]
    if met and (said := _elsewhere(text, met)):
        return said
    return country or (None, None)


def _elsewhere(text: str, met: Sequence[Met]) -> tuple[str, str] | None:
    """The operator named as such ("The operator, X, …"), where the report speaks of one carrier only."""
    others = (m.carrier for m in met[0].company if m.carrier is not met[0].carrier)
    if any(other.moves and other.type in ("aircraft", "vessel") for other in others):
        return None
    start = max(m.parsed.spans[m.token].end for m in met)
    match = SAID.search(text, min(m.parsed.spans[m.token].end for m in met), start + FAR)
    return (match["name"].strip(" .,"), match[0]) if match else None


def _said_of(parsed: Parsed, text: str, token: Token, tokens: set[int]) -> Iterator[tuple[str, str, bool]]:
    """Verbs and participles: operated by, belonging to; who operates it; "of X"."""
    for verb in parsed.doc:
        form = verb.lower_
        runs = form in verb_forms("running") and verb.pos_ in ("VERB", "ADJ")
        if not (runs or form in aboard_words("belonging")) or read_group(verb).negation is not None:
            continue
        link = next((c for c in verb.children if c.lower_ == ("by" if runs else "to")), None)
        if link is not None and (_is(subject_of(verb), tokens) or verb.head.i in tokens):
            yield from _named(parsed, text, link, (verb.i, link.i))
        elif runs and link is None and any(c.dep_ == "dobj" and c.i in tokens for c in verb.children):
            owner = subject_of(verb)
            if owner is not None and owner.pos_ == "PROPN" and (name := _name(parsed, text, owner)):
                yield name, f"{name} … {parsed.written[verb.i]}", True
    for child in islice(token.children, NEAR):
        if child.dep_ == "prep" and child.lower_ == "of" and token.lower_ not in aboard_words("wrappers"):
            yield from (f for f in _named(parsed, text, child, (child.i, child.i)) if f[2] and _may_run(f[0], token))


def _is(token: Token | None, tokens: set[int]) -> bool:
    return token is not None and (token.i in tokens or (token.dep_ == "appos" and token.head.i in tokens))


def _may_run(name: str, token: Token) -> bool:
    """Groups hold many things ("a convoy of Leopards"): behind their "of" only the name of a body runs them."""
    noun = load_lexicon().carriers.get(token.lower_)
    grouped = noun is not None and (
        noun.type in ("convoy", "shipment") or token.lower_ in ("flotilla", "squadron", "fleet", "group")
    )
    return not grouped or is_body(name)


def is_body(name: str) -> bool:
    """Whether a name ends as those of firms and services do."""
    lowered = name.lower()
    return any(lowered.endswith(word) for word in aboard_words("bodies"))


def _named(parsed: Parsed, text: str, prep: Token, words: tuple[int, int]) -> Iterator[tuple[str, str, bool]]:
    """The name that a preposition brings in, or the country."""
    for thing in (c for c in prep.children if c.dep_ == "pobj"):
        told = " ".join(parsed.written[i] for i in dict.fromkeys(words))
        mention = parsed.mentions[thing.i]
        if mention is not None and mention.place is not None:
            if mention.place.kind is Kind.COUNTRY:
                yield mention.place.name, f"{told} {parsed.written[thing.i]}", False
            continue
        if name := _name(parsed, text, thing):
            yield name, f"{told} {name}", True


def _name(parsed: Parsed, text: str, head: Token) -> str | None:
    """The proper name of a noun phrase: "the state carrier Conviasa" → "Conviasa"; "the Russian navy" as it is."""
    if head.text == STAND_IN_CRAFT or head.lower_ in aboard_words("makers"):
        return None
    tokens = phrase_tokens(parsed, head, conjuncts=False)
    if head.pos_ != "PROPN":
        apposed = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if apposed is not None:
            return _name(parsed, text, apposed)
        body = is_body(words_of(parsed, text, tokens))
        told = any(
            t.pos_ == "PROPN" or ((m := parsed.mentions[t.i]) is not None and m.role is MentionRole.DEMONYM)
            for t in tokens
        )
        return words_of(parsed, text, tokens) if body and told else None
    run = [t for t in tokens if t.i <= head.i]
    start = len(run) - 1
    while (
        start > 0
        and (
            run[start - 1].pos_ == "PROPN"
            or parsed.written[run[start - 1].i] in ("&", "-", "of")
            or parsed.mentions[run[start - 1].i] is not None
        )
        and run[start - 1].dep_ not in ("poss",)
    ):
        start -= 1
    first = run[start]
    if (
        start > 0
        and run[start - 1].pos_ == "ADJ"
        and run[start - 1].text[:1].isupper()
        and is_body(parsed.written[head.i])
    ):
        first = run[start - 1]  # "Royal Navy" with "Royal" as an adjective
    name = words_of(parsed, text, list(head.doc[first.i : head.i + 1]))
    return name if name and PLAIN.match(name) else None


def _in_phrase(parsed: Parsed, text: str, token: Token) -> Iterator[tuple[str, str, bool]]:
    """Possessives, names and nationalities before the carrier's noun."""
    for owner in (c for c in token.children if c.dep_ == "poss"):
        mention = parsed.mentions[owner.i]
        if mention is not None:
            if mention.place is not None and mention.place.kind is Kind.COUNTRY:
                yield mention.place.name, f"{parsed.written[owner.i]}’s", False
            elif mention.role is MentionRole.METONYM:
                yield parsed.written[owner.i], f"{parsed.written[owner.i]}’s", False
        elif name := _owner(parsed, text, owner):
            yield name, f"{name}’s", True
    yield from _before(parsed, text, token)


def _owner(parsed: Parsed, text: str, owner: Token) -> str | None:
    if owner.pos_ == "PRON" or owner.lower_ in aboard_words("makers") or owner.ent_type_ in ("DATE", "TIME"):
        return None
    return _name(parsed, text, owner)


def _before(parsed: Parsed, text: str, token: Token) -> Iterator[tuple[str, str, bool]]:
    """A run of names before the noun ("a Kalitta Air Boeing 747", "a U.S. Navy destroyer"), else a nationality."""
    parts = sorted(_left(token), key=lambda t: t.i)
    named = [t for t in parts if _names_body(parsed, t, token)]
    if named and any(parsed.mentions[t.i] is None for t in named):
        run = [named[0]]
        for t in named[1:]:
            if t.i == run[-1].i + 1:
                run.append(t)
        name = words_of(parsed, text, list(token.doc[run[0].i : run[-1].i + 1]))
        if noun_of(token) != "shipment" and name and PLAIN.match(name) and (is_body(name) or _is_plain_craft(token)):
            yield name, name, True
    if noun_of(token) == "shipment":
        return  # "Russian oil" says where it comes from
    for part in parts:
        mention = parsed.mentions[part.i]
        if mention is None or mention.place is None or mention.place.kind is not Kind.COUNTRY:
            continue
        if _held(parsed, part) and not _owned(parsed, part):
            continue
        yield mention.place.name, parsed.written[part.i], False


def _left(token: Token, depth: int = 3) -> Iterator[Token]:
    """What stands before a noun and describes it: "The Royal Navy frigate" of a ship's name too."""
    for child in islice(token.lefts, NEAR):
        if child.dep_ in ("amod", "compound", "nmod", "npadvmod"):
            yield child
            if depth > 1:
                yield from _left(child, depth - 1)


def _owned(parsed: Parsed, part: Token) -> bool:
    """Whether a hyphen says whose it is: "Chinese-owned"."""
    return part.i + 2 < len(part.doc) and parsed.written[part.i + 2].lower() in ("owned", "operated")


def noun_of(token: Token) -> str | None:
    """The type of mover that a noun means, if it is a carrier's."""
    noun = load_lexicon().carriers.get(token.lower_)
    return noun.type if noun is not None else None


def _names_body(parsed: Parsed, part: Token, token: Token) -> bool:
    lexicon = load_lexicon()
    word = parsed.written[part.i]
    if (
        part.text == STAND_IN_CRAFT
        or word in lexicon.ship_prefixes
        or _held(parsed, part)
        or any(c.isdigit() for c in word)
    ):
        return False
    if part.lower_ in aboard_words("makers") or (part.lower_ in lexicon.carriers and not word[:1].isupper()):
        return False
    mention = parsed.mentions[part.i]
    if mention is not None:
        return mention.place is not None and mention.place.kind is Kind.COUNTRY
    if word.lower() in ("navy", "army") or (word.lower() in ("force", "guard") and part.i):
        return True
    return (
        part.i < token.i
        and word[:1].isupper()
        and part.pos_ in ("PROPN", "ADJ")
        and not parsed.doc[part.i].is_sent_start
    )


def _is_plain_craft(token: Token) -> bool:
    """Whether a name before the noun can be another's: "the Aurora freighter" gives the ship's own."""
    noun = load_lexicon().carriers.get(token.lower_)
    if token.text == STAND_IN_CRAFT:
        return True
    if noun is None or token.pos_ == "PROPN":
        return False
    first = {c.lower_ for c in token.children if c.dep_ == "det"}
    return noun.type == "aircraft" or bool(first & {"a", "an", "another"}) or token.tag_ == "NNS"


def _held(parsed: Parsed, part: Token) -> bool:
    """Whether a hyphen makes it something else: "Panama-flagged", "Russian-built"."""
    return part.i + 1 < len(part.doc) and parsed.written[part.i + 1] in HELD
