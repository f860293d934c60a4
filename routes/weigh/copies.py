"""Which reports are independent: the same text, a near copy, or one that cites the other counts once."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zlib import crc32

from routes.model import Report, Tie
from routes.weigh.accounts import Account
from routes.weigh.words import fold

_SHINGLE_WORDS = 4
_SKETCH = 128
"""Smallest hashes kept of each text: the estimate of likeness errs by about 1/√128 = 9 points."""
_COPY = 0.5
"""Reports that share half the shingles of the shorter text are one text with edits (Broder's resemblance, 1997)."""
_QUOTE_COPY = 0.7
_QUOTE_WORDS = 8
"""Sentences this long do not come out alike by chance."""
_NAME_LETTERS = 5
_CITING = re.compile(
    r"\b(?:according to|citing|cited by|reported by|as reported|reports?|reported|told|quoting|quoted by|said|says|"
    r"first published|reprinted|courtesy|via|source|wrote|writes|per|confirmed to|in a dispatch)\b"
)
_ADDRESS_LETTERS = 15
_NEAR_LETTERS = 60
"""How far from a citing word a publisher's name still counts as cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The reports of an event, those that are not independent of each other put together.

    Attributes:
        groups: Report ids of each independent source, sorted.
        reasons: Why reports were put together, in words with their ids.
        ties: The same for a reader who does not know the ids.
    """

    groups: tuple[tuple[str, ...], ...]
    reasons: tuple[str, ...]
    ties: tuple[Tie, ...] = ()

    @property
    def support(self) -> int:
        """How many independent sources there are."""
        return len(self.groups)

    def count(self, report_ids: set[str]) -> int:
        """How many independent sources stand behind some of the reports."""
        return sum(1 for members in self.groups if report_ids & set(members))


_Dependency = tuple[str, str, str, str]
"""The first report, the one that leans on it, why in words with their ids, why in words without."""


def independent_sources(accounts: Sequence[Account]) -> Sources:
    """The independent sources behind the claims of one event."""
    reports = {account.report.id: account.report for account in accounts}
    ids = sorted(reports)
    parent = {report_id: report_id for report_id in ids}

    def root(report_id: str) -> str:
        while parent[report_id] != report_id:
            report_id = parent[report_id]
        return report_id

    reasons, ties = [], []
    for one, other, why, words in _dependencies(reports, accounts):
        a, b = sorted((root(one), root(other)))
        if a != b:
            parent[b] = a
            reasons.append(why)
            ties.append(Tie(report_ids=(other, one), agrees=(words,), copied=True))
    groups: dict[str, list[str]] = defaultdict(list)
    for report_id in ids:
        groups[root(report_id)].append(report_id)
    return Sources(
        groups=tuple(tuple(members) for _, members in sorted(groups.items())), reasons=tuple(reasons), ties=tuple(ties)
    )


def _dependencies(reports: dict[str, Report], accounts: Sequence[Account]) -> list[_Dependency]:
    if len(reports) == 1:
        return []
    found = _same_texts(reports)
    firsts = sorted({min(ids) for ids in _by_text(reports).values()})
    found += _near_copies([reports[report_id] for report_id in firsts])
    found += _same_sentences(accounts)
    return found + _citations([reports[report_id] for report_id in sorted(reports)])


def _by_text(reports: dict[str, Report]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for report_id in sorted(reports):
        texts[_folded_digest(reports[report_id].text)].append(report_id)
    return texts


@lru_cache(maxsize=50_000)
def _folded_digest(text: str) -> str:
    return hashlib.sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()


def _same_texts(reports: dict[str, Report]) -> list[_Dependency]:
    return [
        (members[0], other, f"{other} has the same text as {members[0]}: counted once", "the same text")
        for members in _by_text(reports).values()
        for other in members[1:]
    ]


@lru_cache(maxsize=20_000)
def _sketch(text: str) -> tuple[frozenset[int], int]:
    """The smallest hashes of a text's shingles, and how many different shingles it has."""
    words = fold(text).split()
    size = min(_SHINGLE_WORDS, max(len(words), 1))
    hashes = {
        crc32(" ".join(words[at : at + size]).encode("utf-8", "surrogatepass")) for at in range(len(words) - size + 1)
    }
    return frozenset(sorted(hashes)[:_SKETCH]), len(hashes)


def overlap(one: str, other: str) -> float:
    """Share of the shorter text's shingles that the longer has too, estimated from the smallest hashes of both."""
    (mine, count), (yours, other_count) = _sketch(one), _sketch(other)
    if not mine or not yours:
        return 0.0
    smallest = sorted(mine | yours)[:_SKETCH]
    if len(mine) < _SKETCH and len(yours) < _SKETCH:
        return len(mine & yours) / min(len(mine), len(yours))
    alike = sum(1 for value in smallest if value in mine and value in yours) / len(smallest)
    return min(1.0, alike / (1 + alike) * (count + other_count) / min(count, other_count))


def _copied(texts: Sequence[str], bar: float) -> Iterator[tuple[int, int, float]]:
    """Each text that is a copy of an earlier one that is none: (first, copy, share of wording).

    Only texts that share one of their smallest hashes are compared, and copies with their first alone: a thousand
    copies of one text cost a thousand comparisons.
    """
    shelves: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        hashes = sorted(_sketch(text)[0])
        firsts = dict.fromkeys(first for value in hashes for first in shelves.get(value, ()))
        shares = [(overlap(texts[first], text), -first) for first in firsts]
        share, first = max(shares, default=(0.0, 0))
        if share >= bar:
            yield -first, index, share
        else:
            for value in hashes:
                shelves[value].append(index)


def _near_copies(reports: Sequence[Report]) -> list[_Dependency]:
    """Pairs of near copies."""
    long_enough = [report for report in reports if _sketch(report.text)[1] >= _QUOTE_WORDS]
    found = []
    for one, other, share in _copied([report.text for report in long_enough], _COPY):
        ids = long_enough[one].id, long_enough[other].id
        why = f"{ids[1]} is a near copy of {ids[0]} ({share:.0%} of its wording): counted once"
        found.append((*ids, why, f"{share:.0%} of the wording is the same"))
    return found


def _same_sentences(accounts: Sequence[Account]) -> list[_Dependency]:
    """Reports that tell this event in the same long sentence, whatever else they hold."""
    told: list[tuple[str, str]] = sorted(
        {(account.report.id, quote) for account in accounts for quote in account.quotes if _long(quote)}
    )
    found = []
    for one, other, _ in _copied([quote for _, quote in told], _QUOTE_COPY):
        first, copy = told[one][0], told[other][0]
        if first != copy:
            why = f"{copy} tells it in the words of {first}: counted once"
            found.append((first, copy, why, "told in the same sentence"))
    return found


def _long(quote: str) -> bool:
    return len(fold(quote).split()) >= _QUOTE_WORDS


def _citations(reports: Sequence[Report]) -> list[_Dependency]:
    """Reports that name another's publisher near a citing word, or its address; of several, the first published."""
    publishers: dict[str, Report] = {}
    addresses: dict[str, Report] = {}
    for report in sorted(reports, key=lambda report: (report.published or date.max, report.id)):
        if report.publisher:
            publishers.setdefault(fold(report.publisher), report)
        if report.url and len(report.url) > _ADDRESS_LETTERS:
            addresses.setdefault(report.url, report)
    found = []
    for citing in reports:
        text = fold(citing.text)
        for name, cited in publishers.items():
            if name != fold(citing.publisher or "") and _cites(text, name):
                why = f"{citing.id} cites {cited.publisher} ({cited.id}): counted once"
                found.append((cited.id, citing.id, why, "the first cites the second"))
        for address, cited in addresses.items() if "http" in text else ():
            if cited is not citing and address in citing.text:
                why = f"{citing.id} links to {cited.id}: counted once"
                found.append((cited.id, citing.id, why, "the first links to the second"))
    return found


def _cites(text: str, publisher: str) -> bool:
    if len(publisher) < _NAME_LETTERS and " " not in publisher:
        return False
    bare = publisher.removeprefix("the ")
    start = text.find(bare)
    while start >= 0:
        end = start + len(bare)
        whole = (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")
        around = text[max(0, start - _NEAR_LETTERS) : start] + " " + text[end : end + _NEAR_LETTERS]
        if whole and _CITING.search(around):
            return True
        start = text.find(bare, end)
    return False
