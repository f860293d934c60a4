"""How many: written numbers before a noun → smallest and largest number, with the wording.

"some 100" is 100 to 100; "more than 5,000" has no upper end; "dozens" and "a battalion" are wording alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ONES = {
    **{"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
    **{"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19},
}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12, "score": 20}

PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
PART = re.compile(r"(?:an? )?(?P<part>half|quarter|third)(?: of)? an? ", re.IGNORECASE)
"""What goes before "million" in "a quarter of a million", before "dozen" in "half a dozen"."""

_DIGITS = r"\d{1,3}(?:[,\u202f\xa0]\d{3})+|\d+(?:\.\d+)?"
_SMALL = "|".join((*ONES, *TENS))
_WORD_NUMBER = (
    rf"(?:(?:half an?|(?:a )?(?:quarter|third) of an?|an?|{_SMALL})[ -])?(?:(?:{_SMALL})[ -])?"
    rf"(?:hundred|thousand|million|dozen|score)"
    rf"(?:[ -](?:and[ -])?(?:(?:{_SMALL}|hundred|thousand)(?:[ -](?:{_SMALL}|hundred|thousand)){{0,3}}))?"
    rf"|(?:{_SMALL})(?:-(?:{_SMALL}))?"
)
_NUMBER = rf"(?:(?:{_DIGITS})(?:[ ](?:hundred|thousand|million|dozen))?|{_WORD_NUMBER})"
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|an estimated|estimated|circa|ca\."
    r"|the first|the last|as|perhaps|maybe|possibly"
)
_LEAST = r"more than|over|at least|upwards of|no fewer than|in excess of|above|exceeding"
_MOST = r"up to|as many as|at most|no more than|fewer than|less than|under|below|a maximum of"

SIZE = re.compile(
    rf"(?<![\w.,/-])(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT}))?[ \xa0\n]{{0,2}}"
    rf"(?:about |around |some |roughly |an estimated |another |between )?(?P<low>{_NUMBER})"
    rf"(?:[ ]?(?P<join>[-–—]|to|and|or)[ ]?(?P<high>{_NUMBER}))?"
    rf"(?:[- ]odd|[ ]or[ ]so)?(?P<strong>[- ]strong)?(?![\w]|[.,]\d|%|[-–](?!strong)\w|(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:(?:several|a few|many|some|a couple of|the low|the high)[ ]"
    r"(?:tens of |dozens of )?(?:hundreds?|thousands?|dozens?)"
    r"|(?:tens of |hundreds of |scores of )?(?:hundreds|thousands|dozens|scores))\b",
    re.IGNORECASE,
)
UNCOUNTED = re.compile(r"\b(?:several|few|many|couple of|low|high)\s$", re.IGNORECASE)
MAX_COUNT = 10_000_000
TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A number as written.

    Attributes:
        low, high: Smallest and largest number; None where the words set no such end.
        text: The wording.
        start, end: Offsets in the text searched.
    """

    low: int | None
    high: int | None
    text: str
    start: int
    end: int


def number(words: str) -> int | None:
    """The value of a written number: "5,000", "1.5 million", "twenty thousand", "a dozen"; None if it is none."""
    total, current, seen = 0.0, 0.0, False
    part = PART.match(words)
    for word in re.split(r"[\s\xa0-]+", words[part.end() if part else 0 :].lower().strip()):
        if word in {"and", ""}:
            continue
        plain = re.sub(r"[,\u202f\xa0]", "", word)
        if re.fullmatch(r"\d+(?:\.\d+)?", plain) and len(plain) < 12:  # noqa: PLR2004 (more digits are no head count)
            current, seen = current + float(plain), True
        elif word in {"a", "an"}:
            current += 1
        elif word in ONES or word in TENS:
            current, seen = current + ONES.get(word, TENS.get(word, 0)), True
        elif word in SCALES:
            current, seen = max(current, 1) * SCALES[word], True
            if word in {"thousand", "million"}:
                total, current = total + current, 0
        else:
            return None
    value = round((total + current) * (PARTS[part["part"].lower()] if part else 1))
    return value if seen and value <= MAX_COUNT else None


def find_sizes(text: str, start: int = 0, end: int | None = None) -> list[Size]:
    """The written numbers of a stretch of text, in order; years and bare ordinals are left to the caller."""
    found = []
    for match in SIZE.finditer(text, start, len(text) if end is None else end):
        low = number(match["low"])
        if low is None or UNCOUNTED.search(text, max(0, match.start("low") - 12), match.start("low")):
            continue
        found.append(_size(match, low))
    return found


def find_vague(text: str, start: int, end: int) -> str | None:
    """Wording without a number, such as "dozens" or "several hundred"."""
    match = VAGUE.search(text, start, end)
    return " ".join(match.group().split()) if match else None


def _of_same_scale(low: int, first: str, last: str, high: int | None) -> int:
    """That "two to three hundred" begins at 200, "4-5,000" at 4,000."""
    if high is None or low >= TEN or not re.fullmatch(r"\w+", first):
        return low
    scale = next((v for word, v in SCALES.items() if last.lower().endswith(word)), 1_000 if "," in last else 1)
    return low * scale if low * scale < high else low


def _size(match: re.Match[str], low: int) -> Size:
    second = number(match["high"]) if match["high"] else None
    if match["join"] not in {None, "and"} or "between" in match.group().lower():
        low = _of_same_scale(low, match["low"], match["high"], second)
    high: int | None = low
    least: int | None = low
    words, end = match.group(), match.end()
    joined = second is not None and (match["join"] != "and" or "between" in words.lower())
    if joined and second is not None and second > low:
        high = second
    elif match["high"]:
        words, end = match.string[match.start() : match.end("low")], match.end("low")
    if match["least"]:
        high = None
    elif match["most"]:
        least = None
        high = second if joined and second else low
    start = match.start() + len(words) - len(words.lstrip())
    return Size(low=least, high=high, text=" ".join(words.split()), start=start, end=end)
