"""The word tables of motion: verbs, nouns, frames, prepositions, carriers, as text a reviewer can read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from routes.model import Mode

VOWELS = "aeiou"
MIN_DOUBLED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the words round a word of motion say about places; frames.toml explains the fields."""

    name: str
    object: str
    to: str
    for_: str
    at: str
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A verb or noun of motion.

    Attributes:
        words: The verb with its particle or fixed noun, or the noun.
        frame: How it reads the places round it.
        mode: The mode it implies, or unknown.
        carrier_only: True where it is so common that only a carrier as mover makes it count.
        of: For nouns, what "of" and the possessive bring in: mover, goal, origin, via or none.
    """

    words: tuple[str, ...]
    frame: Frame
    mode: Mode
    carrier_only: bool = False
    of: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierNoun:
    """A noun for what moves: its type, its mode, and whether "the …" may point back to one named before."""

    word: str
    type: str
    mode: Mode
    anaphoric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All tables.

    Attributes:
        lemmas: Inflected form → lemmas it may belong to.
        verbs: Lemma → its cues, those of most words first.
        nouns: Form → cue.
        carriers: Form → carrier noun.
        prepositions: Phrase → origin, goal, via or at.
        ship_prefixes: "USS", "MV" …
        aircraft: Regular expressions of designations.
        abstract: Nouns that move in a figure of speech only.
    """

    lemmas: dict[str, tuple[str, ...]]
    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Cue]
    carriers: dict[str, CarrierNoun]
    prepositions: dict[str, str]
    ship_prefixes: frozenset[str]
    aircraft: tuple[str, ...]
    abstract: frozenset[str]


def read_table(name: str) -> str:
    """Read one of the tables beside this file."""
    return files("routes.extract.lexicon").joinpath(name).read_text(encoding="utf-8")


def read_lines(name: str) -> list[str]:
    """Read a table line by line, without comments and empty lines."""
    return [line for line in read_table(name).splitlines() if line.strip() and not line.startswith("#")]


def read_rows(name: str, columns: int) -> list[list[str]]:
    """Read a tab-separated table; short rows are filled with empty cells."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in read_lines(name)]
    return [row + [""] * (columns - len(row)) for row in rows]


def _doubles(verb: str) -> bool:
    """Whether the last consonant doubles before -ed and -ing: one syllable, consonant-vowel-consonant."""
    if len(verb) < MIN_DOUBLED or verb[-1] in VOWELS + "wxy":
        return False
    vowels = sum(c in VOWELS for c in verb)
    return vowels == 1 and verb[-2] in VOWELS and verb[-3] not in VOWELS


def inflect_verb(verb: str) -> set[str]:
    """Regular forms of a verb: itself, -s, -ed, -ing."""
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    if verb.endswith("ie"):
        return {verb, verb + "s", verb + "d", verb[:-2] + "ying"}
    if verb.endswith("ee"):
        return {verb, verb + "s", verb + "d", verb + "ing"}
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    s = verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o")) else "s")
    stem = verb + verb[-1] if _doubles(verb) else verb
    return {verb, s, stem + "ed", stem + "ing"}


def inflect_noun(noun: str) -> set[str]:
    """A noun and its regular plural."""
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return {noun, noun[:-1] + "ies"}
    return {noun, noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")}


def _frames() -> dict[str, Frame]:
    table = tomllib.loads(read_table("frames.toml"))
    return {
        name: Frame(
            name=name, object=row["object"], to=row["to"], for_=row["for"], at=row["at"], reached=row["reached"]
        )
        for name, row in table.items()
    }


def _verbs(frames: dict[str, Frame]) -> tuple[dict[str, tuple[Cue, ...]], dict[str, tuple[str, ...]]]:
    verbs: dict[str, list[Cue]] = {}
    lemmas: dict[str, set[str]] = {}
    for words, frame, mode, subjects, forms in read_rows("verbs.tsv", 5):
        lemma, *rest = words.split()
        cue = Cue(
            words=(lemma, *rest),
            frame=frames[frame],
            mode=Mode(mode or "unknown"),
            carrier_only=subjects == "carrier",
        )
        verbs.setdefault(lemma, []).append(cue)
        for form in inflect_verb(lemma) | set(forms.split()):
            lemmas.setdefault(form, set()).add(lemma)
    for lemma, cues in verbs.items():
        verbs[lemma] = sorted(cues, key=lambda c: (-len(c.words), c.words))
    return {k: tuple(v) for k, v in verbs.items()}, {k: tuple(sorted(v)) for k, v in lemmas.items()}


@cache
def word_set(key: str) -> frozenset[str]:
    """One of the small sets of motion.toml."""
    return frozenset(_motion()[key])


@cache
def _motion() -> dict[str, list[str]]:
    return tomllib.loads(read_table("motion.toml"))


@cache
def exclusive(one: str, other: str) -> bool:
    """Whether two nouns cannot mean one carrier: a destroyer is a warship, and neither is a tanker or a frigate."""
    kinds = _carrier_kinds()
    if one == other or one not in kinds or other not in kinds:
        return False
    return kinds[one] != other and kinds[other] != one


@cache
def _carrier_kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("carrier_kinds.tsv", 2)}


@cache
def load_lexicon() -> Lexicon:
    """Read every table once."""
    frames = _frames()
    verbs, lemmas = _verbs(frames)
    nouns: dict[str, Cue] = {}
    for word, frame, mode, of in read_rows("nouns.tsv", 4):
        cue = Cue(words=tuple(word.split()), frame=frames[frame], mode=Mode(mode or "unknown"), of=of)
        nouns |= dict.fromkeys(inflect_noun(word), cue)
    carriers: dict[str, CarrierNoun] = {}
    for word, kind, mode, anaphoric in read_rows("carriers.tsv", 4):
        noun = CarrierNoun(word=word, type=kind, mode=Mode(mode or "unknown"), anaphoric=anaphoric == "yes")
        carriers |= dict.fromkeys(inflect_noun(word), noun)
    table = tomllib.loads(read_table("prepositions.toml"))
    return Lexicon(
        lemmas=lemmas,
        verbs=verbs,
        nouns=nouns,
        carriers=carriers,
        prepositions={phrase: role for role, phrases in table.items() for phrase in phrases},
        ship_prefixes=frozenset(read_lines("ship_prefixes.txt")),
        aircraft=tuple(read_lines("aircraft.txt")),
        abstract=frozenset(read_lines("abstract.txt")),
    )
