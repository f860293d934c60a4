"""What a carrier or force is called → what it is known by, so that two reports' names can be compared.

The words are in ``carriers.toml`` (types, kinds, ship prefixes) and the gazetteer's tables of countries and demonyms.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

from routes.model import Deployment, Movement
from routes.weigh.words import fold, phrases

_HERE = Path(__file__).parent
_TYPE = re.compile(r"\b(il|an|tu|su|mig|yak|ka|mi|be|[a-z]{1,3}) ?(\d{1,3})([a-z]{0,4}\d?)\b")
"""A type's designator: letters, number, variant ("il 76td", "c 17", "b 52h", "kc 135")."""
_AIRLINER = re.compile(r"\b(a ?3[0-9]0|7[0-9]7)(?: ?(\d{3}))?([a-z]{0,3})\b")
"""Airbus and Boeing airliners are known by their number alone ("a330 200", "747 8f")."""
_CLASS = re.compile(r"\b(?:Type|Project)\s+\d+\w*|\b[\w-]+[- ]class\b", re.IGNORECASE)
"""What class a ship is of; not its name."""
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th|d)\b")
"""The 45th brigade is brigade 45."""
_CONTROL = {
    "imo": re.compile(r"^(?:imo ?)?(\d{7})$"),
    "mmsi": re.compile(r"^(?:mmsi ?)?(\d{9})$"),
    "hull": re.compile(r"^((?:cvn|cv|ddg|cg|ffg|ssn|ssbn|ssgn|lhd|lha|lpd|lsd|lcs|wmsl|wagb|[dflrap]) ?\d{1,3})$"),
    "registration": re.compile(r"^(n\d{1,5}[a-z]{0,2}|[a-z0-9]{1,2} [a-z0-9]{2,5}|[a-z]{1,2} ?\d{4,5})$"),
    "call sign": re.compile(r"^([a-z]{3,6} ?\d{1,4}[a-z]{0,2})$"),
}
LASTING = frozenset({"imo", "mmsi", "registration", "hull"})
"""Identifiers that a carrier keeps from trip to trip; two that differ mean two carriers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a carrier or force is known by; everything folded, empty where the report does not tell.

    Attributes:
        identifiers: (kind, value) pairs such as ("imo", "9123456").
        name: Its own name: a ship's, a unit's, a person's.
        type: Designator of an aircraft type ("il 76"), without variant.
        family: "aircraft", "vessel", "unit", "person", "convoy", "shipment" or "".
        kinds: What sort of thing it is said to be ("tanker").
        flag: ISO code of the country it is said to belong to.
        organisation: A force known by its own name ("wagner").
        operator: Who runs it, where that is not a country.
        several: Told in the plural.
    """

    identifiers: frozenset[tuple[str, str]] = frozenset()
    name: str = ""
    type: str = ""
    family: str = ""
    kinds: frozenset[str] = frozenset()
    flag: str = ""
    organisation: str = ""
    operator: str = ""
    several: bool = False

    @property
    def definite(self) -> bool:
        """Whether it is told apart by more than its sort."""
        return bool(self.identifiers or self.name or self.type or self.organisation)


NOBODY = Identity()
"""Of whom nothing is told."""


@dataclass(frozen=True, slots=True)
class _Tables:
    makers: dict[str, str]
    nicknames: dict[str, str]
    prefixes: frozenset[str]
    sorts: dict[str, str]
    kinds: dict[str, dict[str, str]]
    kind_words: frozenset[str]
    near: frozenset[frozenset[str]]
    noise: frozenset[str]
    organisations: dict[str, str]
    flags: dict[str, str]
    services: dict[str, str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw = tomllib.loads((_HERE / "carriers.toml").read_text(encoding="utf-8"))
    kinds = {
        family: {word: kind for kind, words in table.items() for word in words}
        for family, table in raw["kinds"].items()
    }
    return _Tables(
        makers=raw["makers"],
        nicknames=raw["nicknames"],
        prefixes=frozenset(raw["ship_prefixes"]["words"]),
        sorts={word: family for family, words in raw["sorts"].items() for word in words},
        kinds=kinds,
        kind_words=frozenset(word for table in kinds.values() for word in table),
        near=frozenset(frozenset(pair) for pair in raw["near"]["pairs"]),
        noise=frozenset(raw["noise"]["words"]),
        organisations={word: name for name, words in raw["organisations"].items() for word in words},
        flags={**_nations(), **raw["flags"]},
        services=raw["services"],
    )


def _nations() -> dict[str, str]:
    """Folded names of countries and adjectives of their people → ISO code."""
    data = resources.files("gazetteer") / "data"
    found: dict[str, str] = {}
    for table, code, columns in (
        ("countries.tsv", "iso2", ("name", "alternates")),
        ("demonyms.tsv", "target", ("words",)),
    ):
        rows = (line.split("\t") for line in (data / table).read_text(encoding="utf-8").splitlines())
        head = next(rows)
        listed = sorted((dict(zip(head, row, strict=False)) for row in rows), key=lambda row: len(row[code]))
        for row in listed:
            country = row[code].partition(".")[0]
            for word in "|".join(row[column] for column in columns).split("|"):
                if len(country) == _ISO_LETTERS and fold(word):
                    found.setdefault(fold(word), country)
    return found


_ISO_LETTERS = 2


def flag_of(text: str | None) -> str:
    """ISO code of the first country named in a carrier's or operator's name, by its name or adjective, or ""."""
    flags = _tables().flags
    found = [
        (first, first - end, flags[run]) for first, end, run in phrases(tuple(fold(text or "").split())) if run in flags
    ]
    return min(found)[2] if found else ""


def identifiers_of(written: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Each written identifier with the kind its shape shows; an unknown shape is of kind "other"."""
    found = set()
    for text in written:
        folded = fold(text)
        kind, value = next(
            ((kind, match[1]) for kind, shape in _CONTROL.items() if (match := shape.match(folded))), ("other", folded)
        )
        if value:
            found.add((kind, value.replace(" ", "")))
    return frozenset(found)


def type_of(text: str) -> str:
    """Designator of the aircraft type named in a folded text ("ilyushin 76td cargo" → "il 76"; maker alone: "il")."""
    tables = _tables()
    words = text.split()
    known = " ".join(tables.makers.get(word, word) for word in words)
    known = " ".join(known.split())
    known = re.sub(r"\b([a-z]+) \1\b", r"\1", known)  # "ilyushin il 76" has become "il il 76"
    if found := _AIRLINER.search(known):
        return found[1].replace(" ", "")
    if found := _TYPE.search(known):
        return f"{found[1]} {int(found[2])}"
    nickname = next((tables.nicknames[run] for _, _, run in phrases(tuple(words), 2) if run in tables.nicknames), "")
    return nickname or next((prefix for word in words if (prefix := tables.makers.get(word))), "")


@lru_cache(maxsize=50_000)
def identify(
    text: str | None, family: str | None, operator: str | None, identifiers: tuple[str, ...], mode: str
) -> Identity:
    """What a carrier is known by, from its name, type, operator and identifiers as told.

    Args:
        text: The name as the report gives it at its fullest.
        family: ``Movement.carrier_type``; guessed from words and mode when None.
        operator: Who runs it, as told.
        identifiers: Registrations, IMO numbers and the like, as told.
        mode: Value of ``Mode``, or "force" for a deployment.
    """
    tables = _tables()
    folded = fold(text or "")
    words = tuple(folded.split())
    family = _family_of(words, mode) if family is None or (family == "person" and mode in {"air", "sea"}) else family
    designator = type_of(folded) if family in {"aircraft", ""} else ""
    kinds = _kinds_of(words, family)
    flag = (
        flag_of(operator)
        or flag_of(text)
        or next((tables.services[word] for word in words if word in tables.services), "")
    )
    organisation = next(
        (tables.organisations[run] for _, _, run in phrases(words, 2) if run in tables.organisations), ""
    )
    house = fold(operator or "")
    return Identity(
        identifiers=identifiers_of(identifiers),
        name="" if designator else _name_of(text or "", family),
        type=designator,
        family=family,
        kinds=kinds,
        flag=flag,
        organisation=organisation,
        operator="" if flag_of(operator) else house,
        several=_head(words) in _plurals(),
    )


def of_movement(movement: Movement) -> Identity:
    """What the carrier of a movement is known by."""
    return identify(
        movement.carrier, movement.carrier_type, movement.operator, movement.identifiers, movement.mode.value
    )


def of_deployment(deployment: Deployment) -> Identity:
    """What the force of a deployment is known by."""
    force = identify(deployment.force, "unit", None, (), "force")
    unit = identify(deployment.unit, "unit", None, (), "force")
    return replace(force, flag=force.flag or unit.flag, organisation=force.organisation or unit.organisation)


@lru_cache(maxsize=1)
def _plurals() -> frozenset[str]:
    tables = _tables()
    words = tables.kind_words | tables.sorts.keys()
    return frozenset(word for word in words if word.endswith("s") and (word[:-1] in words or word in tables.sorts))


def _head(words: tuple[str, ...]) -> str:
    """The word a name turns on: the last before "of", "with" or "carrying" ("convoy of trucks")."""
    end = next((at for at, word in enumerate(words) if word in {"of", "with", "carrying", "from"} and at), len(words))
    return words[end - 1] if words else ""


def _family_of(words: tuple[str, ...], mode: str) -> str:
    by_mode = {"air": "aircraft", "sea": "vessel", "force": "unit"}.get(mode)
    if by_mode:
        return by_mode
    tables = _tables()
    runs = {run for _, _, run in phrases(words, 3)}
    if len(words) > 1 and runs & tables.prefixes:
        return "vessel"
    kinds = (family for family in ("vessel", "aircraft", "unit") if runs & tables.kinds[family].keys())
    return next((tables.sorts[word] for word in words if word in tables.sorts), "") or next(kinds, "")


def _kinds_of(words: tuple[str, ...], family: str) -> frozenset[str]:
    table = _tables().kinds.get(family, {})
    found, taken = set(), set[int]()
    for first, end, run in phrases(words, 3):
        if run in table and not taken & set(range(first, end)):
            found.add(table[run])
            taken |= set(range(first, end))
    return frozenset(found)


def _name_of(text: str, family: str) -> str:
    """The proper name left when everything general is taken away; only words written with a capital count."""
    tables = _tables()
    text = _ORDINAL.sub(r"\1", _CLASS.sub(" ", text.partition(",")[0]))
    capital = {fold(word) for word in re.findall(r"\S+", text) if word.strip("“”\"'‘’()[]«»")[:1].isupper()}
    capital = {part for word in capital for part in word.split()}
    flagged = {part for _, _, run in phrases(tuple(fold(text).split())) if run in tables.flags for part in run.split()}
    general = tables.noise | tables.kind_words | tables.sorts.keys() | tables.prefixes | tables.organisations.keys()
    if family in {"", "aircraft", "convoy", "shipment"}:
        general |= tables.makers.keys() | tables.nicknames.keys()
    words = _numbered(fold(text).split(), capital)
    left = [word for word in words if word not in general and word not in flagged]
    if not any(word in capital and not word[0].isdigit() for word in left):
        return ""
    return " ".join(word for word in left if word in capital or word[0].isdigit())


def _numbered(words: list[str], capital: set[str]) -> list[str]:
    """The words with the number of a name in digits: "Star Two" is a name, "two stars" is none."""
    named = (before in capital and word in capital for before, word in zip(["", *words], words, strict=False))
    return [_DIGITS.get(word, word) if is_name else word for word, is_name in zip(words, named, strict=True)]


@lru_cache(maxsize=200_000)
def same_name(one: str, other: str) -> float:
    """How alike two folded proper names are, in [0, 1]: 1 equal, 0.95 one within the other ("ford", "gerald r ford").

    Numbers in a name must agree, written as they may be: "victoria 2" is "victoria two" and not "victoria 3", nor is
    the 82nd division the 101st.
    """
    from rapidfuzz import fuzz

    one, other = _in_digits(one), _in_digits(other)
    if one == other or other in _initials(one) or one in _initials(other):
        return 1.0
    parts, others = set(one.split()), set(other.split())
    numbers, other_numbers = ({p for p in some if _is_number(p)} for some in (parts, others))
    if numbers != other_numbers:
        return 0.0
    if parts <= others or others <= parts:
        return 0.95
    whole = fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100
    return whole if whole >= _MISSPELT else min(whole, 0.5)


_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DIGITS = _ROMAN | {word: str(number) for number, word in enumerate(_SPELT, 1)}


def _in_digits(name: str) -> str:
    """A name with its numbers in digits: "star two", "star ii" and "star 02" are one."""
    first, *rest = name.split() or [""]
    return " ".join((first, *(_DIGITS.get(word) or (word.lstrip("0") if word.isdigit() else word) for word in rest)))


def _is_number(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _initials(name: str) -> tuple[str, ...]:
    words = name.split()
    return ("".join(word[0] for word in words),) if len(words) > 1 else ()


def same_person(one: str, other: str) -> bool:
    """Whether two written names may mean one person: the surnames agree, ranks and given names aside."""
    mine, yours = fold(one).split(), fold(other).split()
    return bool(mine and yours) and same_name(mine[-1], yours[-1]) >= _MISSPELT


_MISSPELT = 0.84
"""Names at least this alike are one name spelt two ways ("makarevich", "makarevic"); measured on no corpus, chosen so
that one letter in seven may differ."""


def kinds_meet(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether what two reports call a carrier can be one thing; None when either does not say."""
    if not one or not other:
        return None
    return bool(one & other) or kinds_near(one, other)


def kinds_near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two kinds differ but are taken for each other by reports."""
    near = _tables().near
    return not one & other and any(frozenset({a, b}) in near for a in one for b in other)
