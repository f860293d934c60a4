"""Registrations, call signs, flight, IMO, MMSI and hull numbers, each given to the carrier it stands with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routes.extract.carriers.carriers import Carrier, Met
    from routes.extract.text.parsing import Parsed

SEA = r"\b(?:IMO|MMSI)(?: (?:number|no\.?))?:?\s?\d{7,9}\b"
AIR = (
    r"(?:(?:RA|RF|UR|EW|UK|UN|EK|ER|EX|EY|EZ|UP|YV|CU)-?\d{4,5}[A-Z]?|(?:[A-Z]{1,2}|[A-Z]\d|\d[A-Z])-[A-Z]{3,4}"
    r"|N\d{1,5}[A-Z]{0,2}|B-\d{4}|JA\d{2,4}[A-Z]{0,2}|HL\d{4})\b"
)
HULL = (
    r"(?:(?:DDG|CVN|CG|FFG|SSN|SSBN|SSGN|LHD|LHA|LPD|LSD|LCS|CV|DD|FF|WMSL|WAGB|WMEC|WLB|T-AO|T-AKE|AGF|ESB|LCC|MCM|DDH"
    r"|FFH|SSK)[- ]\d{1,4}|(?:F|D|R|L|P|A|M|S|K)-?\d{2,4})\b"
)
ANY = re.compile(
    rf"(?P<sea>{SEA})|(?<![\w-])(?:(?P<air>{AIR})|(?P<flight>[A-Z]{{3}}\d{{2,4}}[A-Z]?\b)|(?P<hull>{HULL}))(?![\w-])"
)
NOT_FLIGHTS = frozenset(("COP", "ISO", "SDR", "UTC", "GMT", "EUR", "USD", "COVID", "RES", "PAR", "FPV"))
NEVER = re.compile(r"^(?:F|A|M|S|K|P|D|R|L)-?\d")
SPELLED = re.compile(
    r"\b(?:registered(?: as)?|registration(?: number)?(?: of)?|tail number|call ?sign|flight(?: number)?|hull number"
    r"|pennant(?: number)?)(?: is| was)?[:,]? [\"“'‘(]?"
    r"(?P<id>[A-Z0-9]{1,4}[- ]?[A-Z0-9]*\d[A-Z0-9]*|[A-Z0-9]{1,2}-[A-Z]{3,5}|[A-Z]{2,12}\s?\d{1,4})\b"
)
FITS = {"air": ("aircraft",), "flight": ("aircraft",), "sea": ("vessel",), "hull": ("vessel",)}


def find_identifiers(carrier: Carrier, met: Sequence[Met]) -> tuple[str, ...]:
    """The identifiers that stand with a carrier, in the order of the text.

    Args:
        carrier: Whose.
        met: Where the report speaks of it.
    """
    found: list[str] = []
    for one in met:
        for kind, written, token, last in _in(one.parsed):
            fits = FITS.get(kind)
            if fits is not None and carrier.type not in (*fits, None):
                continue
            company = one.company
            if kind == "worn":  # "wears the registration RA-…": the number is no carrier of its own
                company = [m for m in company if m.parsed is not one.parsed or not token <= m.token <= last]
            if nearest(company, one.parsed, token, fits, last) == one.token:
                found.append(written)
    return tuple(dict.fromkeys(found))


def _in(parsed: Parsed) -> Iterator[tuple[str, str, int, int]]:
    """Kind, wording, first token (with a label: of that) and last token of the identifiers of a sentence."""
    base = parsed.sentence.span.start
    first = min(s.start for s in parsed.spans) if parsed.spans else base
    text = "".join(_written(parsed, first))
    taken: set[int] = set()
    for match in SPELLED.finditer(text):
        taken.update(range(match.start("id"), match.end("id")))
        yield (
            _kind(match[0]),
            match["id"],
            _token(parsed, first + match.start()),
            _token(parsed, first + match.end("id") - 1),
        )
    for match in ANY.finditer(text):
        kind = match.lastgroup or ""
        if match.start() in taken or (kind == "flight" and match[0][:3] in NOT_FLIGHTS):
            continue
        at = _token(parsed, first + match.start())
        if parsed.mentions[at] is not None or (kind in ("hull", "flight") and _is_designation(parsed, at)):
            continue
        if kind == "hull" and NEVER.match(match[0]) and not _bracketed(text, match):
            continue
        yield kind, match[0], at, _token(parsed, first + match.end() - 1)


def _written(parsed: Parsed, first: int) -> Iterator[str]:
    """The text of a sentence, rebuilt so that offsets fit."""
    at = first
    for span, written in zip(parsed.spans, parsed.written, strict=True):
        if span.start < at:
            continue
        yield " " * (span.start - at)
        yield written
        at = span.end


def _token(parsed: Parsed, at: int) -> int:
    return next((i for i, s in enumerate(parsed.spans) if s.start <= at < s.end), 0)


def _is_designation(parsed: Parsed, at: int) -> bool:
    from routes.extract.text.parsing import STAND_IN_CRAFT

    return bool(parsed.doc[at].text == STAND_IN_CRAFT and parsed.written[at] != STAND_IN_CRAFT)


def _bracketed(text: str, match: re.Match[str]) -> bool:
    """A short pennant number counts in brackets only, or it might be a road or a plane: "HMS Kent (F78)"."""
    return text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"


def _kind(words: str) -> str:
    lowered = words.lower()
    if lowered.startswith(("hull", "pennant")):
        return "hull"
    return "flight" if lowered.startswith("flight") else "worn"


def nearest(
    met: Sequence[Met], parsed: Parsed, token: int, types: tuple[str, ...] | None = None, last: int | None = None
) -> int | None:
    """The mention of a carrier that something stands with: the last before it, else the first behind it."""
    here = [m for m in met if m.parsed is parsed and (types is None or m.carrier.type in (*types, None))]
    own = [m.token for m in here if token <= m.token <= (last or token)]
    if own:
        return own[0]
    before = [m.token for m in here if m.token < token]
    return max(before) if before else min((m.token for m in here), default=None)
