"""What the words of a date mean: one reader for each way of writing it.

Each reader takes the match and the publication date and gives a ``Found``, or None where the match is no date after all
(31 February, The Sunday Times). Weeks run from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from routes.extract.lexicon import load_table

Ends = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a pattern read: the fields of ``routes.extract.dates.dates.WrittenDate`` before they get their wording."""

    kind: str
    ends: Ends | None = None
    past: Ends | None = None
    future: Ends | None = None
    offset_days: int | None = None
    slack_days: int = 0
    note: str | None = None


Reader = Callable[[re.Match[str], date | None], Found | None]


# -- days, months, years -------------------------------------------------------------------------------------------


def day_ends(day: date) -> Ends:
    """One day, half-open."""
    return day, day + timedelta(days=1)


def month_ends(year: int, month: int) -> Ends:
    """One month, half-open."""
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def year_ends(year: int) -> Ends:
    """One year, half-open."""
    return date(year, 1, 1), date(year + 1, 1, 1)


@cache
def _table(name: str) -> dict[str, int]:
    return dict(load_table("dates")[name])


def _month(word: str) -> int:
    return _table("months")[word.rstrip(".").lower()]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _table("numbers")[word.lower()]


def _safe_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def read_calendar_day(match: re.Match[str], published: date | None) -> Found | None:
    """A day and a month, with or without the year; without it the year that lies nearest to publication."""
    month, day = _month(match["month"]), int(match["day"])
    first = int(match["first"]) if match.groupdict().get("first") else day
    if match["year"]:
        return _days(int(match["year"]), month, first, day)
    if published is None:
        return Found(kind="inferred")
    readings = [r for y in (-1, 0, 1) if (r := _days(published.year + y, month, first, day)) and r.ends]
    if not readings:
        return None
    ends = [r.ends for r in readings if r.ends is not None]
    nearest = min(ends, key=lambda e: abs((e[0] - published).days))
    past = max((e for e in ends if e[0] <= published), default=None)
    future = min((e for e in ends if e[1] > published), default=None)
    note = f"year {nearest[0].year} from the publication date"
    return Found(kind="inferred", ends=nearest, past=past, future=future, note=note)


def _days(year: int, month: int, first: int, last: int) -> Found | None:
    start, end = _safe_day(year, month, first), _safe_day(year, month, last)
    if start is None or end is None or start > end:
        return None
    return Found(kind="absolute", ends=(start, end + timedelta(days=1)))


def read_iso(match: re.Match[str], _published: date | None) -> Found | None:
    """2025-10-22."""
    return _days(int(match["year"]), int(match["month"]), int(match["day"]), int(match["day"]))


def read_numeric(match: re.Match[str], _published: date | None) -> Found | None:
    """22/10/2025, 10/22/2025: read where only one order is possible, else left open."""
    first, second, year = int(match["one"]), int(match["two"]), int(match["year"])
    readings = {r.ends for m, d in ((second, first), (first, second)) if m <= 12 and (r := _days(year, m, d, d))}  # noqa: PLR2004
    if len(readings) == 1:
        return Found(kind="absolute", ends=readings.pop())
    return Found(kind="ambiguous", note="day and month can be read either way round") if readings else None


def read_month_of_year(match: re.Match[str], published: date | None) -> Found | None:
    """A month, whole or in part, with its year or with the one that publication suggests."""
    month, part = _month(match["month"]), (match["part"] or "").strip(" -").lower()
    if match["year"]:
        return Found(kind="absolute", ends=_part(month_ends(int(match["year"]), month), part))
    if published is None:
        return Found(kind="inferred")
    past = _part(month_ends(published.year - (month > published.month), month), part)
    future = _part(month_ends(published.year + (month < published.month), month), part)
    which = (match["which"] or "").strip().lower()
    ends = future if which == "next" else past
    if which == "this":
        ends = _part(month_ends(published.year, month), part)
    note = f"year {ends[0].year} from the publication date"
    if which:
        return Found(kind="relative", ends=ends, note=note)
    return Found(kind="inferred", ends=ends, past=past, future=future, note=note)


def read_year(match: re.Match[str], _published: date | None) -> Found | None:
    """A year, whole or in part."""
    return Found(kind="absolute", ends=_part(year_ends(int(match["year"])), (match["part"] or "").strip(" -").lower()))


def read_decade(match: re.Match[str], _published: date | None) -> Found | None:
    """The 1990s."""
    year = int(match["year"])
    return Found(kind="absolute", ends=(date(year, 1, 1), date(year + 10, 1, 1)))


def read_season(match: re.Match[str], _published: date | None) -> Found | None:
    """A season of a year: which months depends on the hemisphere, so the year is all that is certain."""
    return Found(kind="absolute", ends=year_ends(int(match["year"])), note="a season: only the year is certain")


def _part(ends: Ends, words: str) -> Ends:
    """The early, middle or late third, the first or second half, the quarter, the beginning or end of an interval."""
    share = next((s for word, s in _PARTS if word in words), None)
    if share is None:
        return ends
    total = (ends[1] - ends[0]).days
    return ends[0] + timedelta(days=round(total * share[0])), ends[0] + timedelta(days=round(total * share[1]))


_PARTS = (
    ("first half", (0, 1 / 2)), ("second half", (1 / 2, 1)), ("first quarter", (0, 1 / 4)),
    ("second quarter", (1 / 4, 1 / 2)),
    ("third quarter", (1 / 2, 3 / 4)), ("fourth quarter", (3 / 4, 1)), ("last quarter", (3 / 4, 1)), ("q1", (0, 1 / 4)),
    ("q2", (1 / 4, 1 / 2)), ("q3", (1 / 2, 3 / 4)), ("q4", (3 / 4, 1)), ("early", (0, 1 / 3)), ("start", (0, 1 / 3)),
    ("beginning", (0, 1 / 3)), ("mid", (1 / 3, 2 / 3)), ("late", (2 / 3, 1)), ("end", (2 / 3, 1)),
)  # fmt: skip


# -- counted from publication ---------------------------------------------------------------------------------------


def read_near_day(match: re.Match[str], published: date | None) -> Found | None:
    """Today, yesterday, tomorrow and their like."""
    if published is None:
        return Found(kind="relative")
    words = " ".join(match.group().lower().split())
    shift = 0
    if "yesterday" in words or words.startswith("last"):
        shift = -2 if "before" in words else -1
    elif "tomorrow" in words:
        shift = 2 if "after" in words else 1
    return Found(kind="relative", ends=day_ends(published + timedelta(days=shift)))


def read_weekday(match: re.Match[str], published: date | None) -> Found | None:
    """A weekday: the last one, or the next one where its clause tells of what is to come."""
    names = load_table("dates")["names"]
    before = (match["before"] or "").strip().lower()
    after = match.string[match.end() : match.end() + 12].split()
    if before in names["before_weekday"] or (after and after[0].lower() in names["after_weekday"]):
        return None
    if published is None:
        return Found(kind="relative")
    weekday = _table("weekdays")[match["weekday"].lower()]
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    past, future = (day_ends(published + timedelta(days=d)) for d in (-back, ahead))
    which = (match["which"] or "").strip().lower()
    if which == "last":
        return Found(kind="relative", ends=day_ends(published - timedelta(days=back or 7)))
    if which in {"next", "coming", "this coming"}:
        return Found(kind="relative", ends=day_ends(published + timedelta(days=ahead or 7)))
    return Found(kind="relative", ends=future if which == "this" else past, past=past, future=future)


def read_period(match: re.Match[str], published: date | None) -> Found | None:
    """Last, this or next week, weekend, month or year, whole or in part."""
    if published is None:
        return Found(kind="relative")
    unit, which = match["unit"].lower(), match["which"].lower()
    part = " ".join((match["part"] or "").lower().split())
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "weekend":
        return _weekend(published, shift, which)
    ends = _unit_ends(published, unit, shift)
    if "earlier" in part:
        ends = ends[0], max(published, ends[0] + timedelta(days=1))
    elif "later" in part or "rest of" in part:
        ends = published, max(ends[1], published + timedelta(days=1))
    return Found(kind="relative", ends=_part(ends, "" if part in {"earlier", "later"} else part))


def _unit_ends(published: date, unit: str, shift: int) -> Ends:
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=7)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return month_ends(months // 12, months % 12 + 1)
    return year_ends(published.year + shift)


SATURDAY = 5
THURSDAY = 3


def _weekend(published: date, shift: int, which: str) -> Found:
    saturday = published + timedelta(days=SATURDAY - published.weekday())
    last = saturday if published.weekday() >= SATURDAY else saturday - timedelta(days=7)
    coming = saturday
    past, future = ((d, d + timedelta(days=2)) for d in (last, coming))
    if shift:
        ends = (saturday - timedelta(days=7), saturday - timedelta(days=5)) if shift < 0 else future
        if shift > 0 and published.weekday() >= SATURDAY:
            ends = ends[0] + timedelta(days=7), ends[1] + timedelta(days=7)
        return Found(kind="relative", ends=ends)
    near = future if which == "this" and published.weekday() >= THURSDAY else past
    return Found(kind="relative", ends=near, past=past, future=future)


def read_ago(match: re.Match[str], published: date | None) -> Found | None:
    """Two days ago, a week ago, in three days' time."""
    if published is None or match["count"] is None:
        return Found(kind="relative")
    unit, count = match["unit"].lower(), _count(match["count"])
    sign = 1 if "time" in match.group().lower() or "from now" in match.group().lower() else -1
    try:
        if unit == "year":
            return Found(kind="relative", ends=year_ends(published.year + sign * count))
        if unit == "month":
            months = published.year * 12 + published.month - 1 + sign * count
            return Found(kind="relative", ends=month_ends(months // 12, months % 12 + 1))
        slack = _table("unit_slack")[unit]
        day = published + timedelta(days=sign * count * _table("unit_days")[unit])
        return Found(kind="relative", ends=(day - timedelta(days=slack), day + timedelta(days=1 + slack)))
    except (ValueError, OverflowError):
        return None


def read_vague(_match: re.Match[str], _published: date | None) -> Found | None:
    """In recent days: no day is given."""
    return Found(kind="relative", note="no day is given")


# -- counted from another date ----------------------------------------------------------------------------------------


def read_offset(match: re.Match[str], _published: date | None) -> Found | None:
    """Two days later, a week before, after 40 days at sea."""
    unit = match["unit"].lower()
    sign = -1 if match["way"].lower() in {"earlier", "before", "previously"} else 1
    if match["count"] is None:
        return Found(kind="offset", note="no number of days is given")
    count = _count(match["count"])
    slack = _table("unit_slack")[unit] * min(count, 4)
    return Found(kind="offset", offset_days=sign * count * _table("unit_days")[unit], slack_days=slack)


def read_next_day(match: re.Match[str], _published: date | None) -> Found | None:
    """The following day, the same week, the day before."""
    words = match.group().lower()
    unit = "week" if "week" in words else "month" if "month" in words else "year" if "year" in words else "day"
    shift = _table("unit_days")[unit]
    if "same" in words:
        shift = 0
    elif "previous" in words or "before" in words:
        shift = -shift
    slack = {"day": 0, "week": 6, "month": 15, "year": 180}[unit]
    return Found(kind="offset", offset_days=shift, slack_days=slack if "same" not in words else slack // 2)
