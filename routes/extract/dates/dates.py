"""Written dates → half-open intervals of days, counted from the day of publication where they say no more.

What cannot be resolved stays unresolved with its wording: a relative date in a report without a publication date, a
day and month that may be read either way round, a distance from another date ("two days later"), which only the
itinerary can count from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from routes.extract.dates.date_patterns import ANCHORS, PATTERNS, RANGE_JOINS
from routes.extract.dates.date_readers import Found
from routes.model import DateInterval, Span

BEFORE_ANCHOR = 40
AFTER_ANCHOR = 40
"""How far a date may reach before and after one of its own words, in characters."""


class DateKind(StrEnum):
    """In which way a date is written."""

    ABSOLUTE = "absolute"
    """It says its year: "22 October 2025", "in 2023"."""
    INFERRED = "inferred"
    """Its year comes from the publication date: "October 22", "in May"."""
    RELATIVE = "relative"
    """It is counted from the publication date: "on Sunday", "two days ago", "next week"."""
    OFFSET = "offset"
    """It is counted from another date of the report: "two days later", "the same day", "after 40 days at sea"."""
    AMBIGUOUS = "ambiguous"
    """It can be read either way round: "03/04/2025"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date as written, with what it comes to.

    Attributes:
        span: Where it stands in the report.
        interval: The days it means, with its wording; both ends None where they cannot be told.
        kind: In which way it is written.
        past, future: The readings before and after publication where it has both ("on Sunday"); else None.
        offset_days: For ``OFFSET``, days from the other date, negative before it; None where no number is given.
        slack_days: How exact that distance is.
        bound: "since", "until", "by", "before" or "after" where such a word stands before it.
        note: What was inferred or left open, in words a reader understands.
    """

    span: Span
    interval: DateInterval
    kind: DateKind
    past: DateInterval | None = None
    future: DateInterval | None = None
    offset_days: int | None = None
    slack_days: int = 0
    bound: str | None = None
    note: str | None = None

    def read(self, *, future: bool | None) -> DateInterval:
        """The interval by the tense of its clause: True for what is to come, False for what was, None if unknown."""
        if future is None:
            return self.interval
        chosen = self.future if future else self.past
        return chosen if chosen is not None else self.interval

    def counted_from(self, anchor: DateInterval) -> DateInterval:
        """For ``OFFSET``: the interval that far from ``anchor``, or an unresolved one with its wording."""
        if self.offset_days is None or anchor.start is None or anchor.end is None:
            return self.interval
        try:
            return DateInterval(
                start=anchor.start + timedelta(days=self.offset_days - self.slack_days),
                end=anchor.end + timedelta(days=self.offset_days + self.slack_days),
                text=self.interval.text,
            )
        except OverflowError:
            return self.interval


def find_dates(text: str, published: date | None) -> tuple[WrittenDate, ...]:
    """The dates written in a text, in order, none overlapping another. Times of day are left out.

    Args:
        text: The report's text.
        published: Its day of publication, from which relative dates are counted; None leaves them unresolved.
    """
    taken: list[tuple[Found, Span]] = []
    busy = bytearray(len(text))
    windows = _windows(text)
    for pattern, make in PATTERNS:
        for match in (m for a, b in windows for m in pattern.finditer(text, a, b)):
            found = make(match, published)
            if found is None:
                continue
            start, end = match.span("date") if "date" in pattern.groupindex else match.span()
            if any(busy[start:end]):
                continue
            busy[start:end] = b"\x01" * (end - start)
            taken.append((found, Span(start=start, end=end)))
    taken.sort(key=lambda pair: pair[1].start)
    written = [_written(text, found, span, published) for found, span in taken]
    return tuple(_join_ranges(text, written))


def _windows(text: str) -> list[tuple[int, int]]:
    """Stretches of text round the words that dates are made of: all the patterns are tried only there."""
    windows: list[tuple[int, int]] = []
    for match in ANCHORS.finditer(text):
        start, end = max(0, match.start() - BEFORE_ANCHOR), min(len(text), match.end() + AFTER_ANCHOR)
        while start > 0 and not text[start].isspace() and match.start() - start < 2 * BEFORE_ANCHOR:
            start -= 1
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _written(text: str, found: Found, span: Span, published: date | None) -> WrittenDate:
    words = " ".join(text[span.start : span.end].split())

    def interval(ends: tuple[date | None, date | None] | None) -> DateInterval | None:
        return DateInterval(start=ends[0], end=ends[1], text=words) if ends is not None else None

    bound = _bound(text, span.start)
    own = interval(found.future if bound in {"by", "until"} and found.future is not None else found.ends)
    return WrittenDate(
        span=span,
        interval=own if own is not None else DateInterval(text=words),
        kind=DateKind(found.kind),
        past=interval(found.past),
        future=interval(found.future),
        offset_days=found.offset_days,
        slack_days=found.slack_days,
        bound=bound,
        note=found.note if published is not None or found.kind in {"absolute", "offset", "ambiguous"} else NO_DAY,
    )


NO_DAY = "no publication date to count from"
BOUNDS = ("since", "until", "till", "by", "before", "after", "from")


def _bound(text: str, start: int) -> str | None:
    """The word right before a date that makes it a limit."""
    words = text[max(0, start - 16) : start].rsplit(None, 2)
    last = words[-1].lower() if words and text[start - 1 : start].isspace() else ""
    if last in {"the", "late", "early"} and len(words) > 1:
        last = words[-2].lower()
    return {"till": "until", "from": "since"}.get(last, last) if last in BOUNDS else None


def _join_ranges(text: str, written: list[WrittenDate]) -> list[WrittenDate]:
    """Make one interval of "from X to Y", "between X and Y" and "X–Y"."""
    joined: list[WrittenDate] = []
    for one in written:
        if joined and (merged := _range(text, joined[-1], one)) is not None:
            joined[-1] = merged
        else:
            joined.append(one)
    return joined


def _range(text: str, first: WrittenDate, last: WrittenDate) -> WrittenDate | None:
    between = text[first.span.end : last.span.start]
    join = RANGE_JOINS.fullmatch(between)
    before = text[max(0, first.span.start - 9) : first.span.start].rstrip().lower()
    if join is None or (join.group(1) == "and" and not before.endswith("between")):
        return None
    if join.group(1) in {"to", "until", "till"} and not before.endswith("from"):
        return None
    start = first.interval.start
    end = last.interval.end
    if start is not None and end is not None and start >= end:
        end = last.future.end if last.future is not None else None
        start = first.interval.start
    if start is None or end is None or start >= end:
        return None
    span = Span(start=first.span.start, end=last.span.end)
    words = " ".join(text[span.start : span.end].split())
    interval = DateInterval(start=start, end=end, text=words)
    return replace(last, span=span, interval=interval, past=None, future=None, bound=first.bound)
