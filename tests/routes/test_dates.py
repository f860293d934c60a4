from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.extract.dates.dates import DateKind, find_dates
from routes.model import DateInterval

PUBLISHED = date(2025, 10, 29)  # a Wednesday

ROWS = [
    # absolute
    ("It left on 22 October 2025.", "22 October 2025", "2025-10-22", "2025-10-23"),
    ("It left on October 22, 2025, at dawn.", "October 22, 2025", "2025-10-22", "2025-10-23"),
    ("It left on the 3rd of May 2024.", "3rd of May 2024", "2024-05-03", "2024-05-04"),
    ("Logged 2025-10-22 at the gate.", "2025-10-22", "2025-10-22", "2025-10-23"),
    ("Logged 22/10/2025.", "22/10/2025", "2025-10-22", "2025-10-23"),
    ("Logged 10/22/2025.", "10/22/2025", "2025-10-22", "2025-10-23"),
    ("Logged 22.10.2025.", "22.10.2025", "2025-10-22", "2025-10-23"),
    ("It sank in April 1912.", "April 1912", "1912-04-01", "1912-05-01"),
    ("It was sold in 2019.", "2019", "2019-01-01", "2020-01-01"),
    ("It was sold in early 2019.", "early 2019", "2019-01-01", "2019-05-03"),
    ("It sailed in mid-2022.", "mid-2022", "2022-05-03", "2022-09-01"),
    ("It is due in the second half of 2027.", "the second half of 2027", "2027-07-02", "2028-01-01"),
    ("It served through the 1990s.", "the 1990s", "1990-01-01", "2000-01-01"),
    ("It was away in the summer of 2022.", "the summer of 2022", "2022-01-01", "2023-01-01"),
    # the year comes from publication
    ("It left on October 22.", "October 22", "2025-10-22", "2025-10-23"),
    ("It left on Oct. 22 with mail.", "Oct. 22", "2025-10-22", "2025-10-23"),
    ("It left on Thursday, 30 October.", "Thursday, 30 October", "2025-10-30", "2025-10-31"),
    ("It left in May.", "May", "2025-05-01", "2025-06-01"),
    ("It left in early May.", "early May", "2025-05-01", "2025-05-11"),
    ("It left last December.", "last December", "2024-12-01", "2025-01-01"),
    ("It will be there by December.", "December", "2025-12-01", "2026-01-01"),
    # counted from publication
    ("It left today.", "today", "2025-10-29", "2025-10-30"),
    ("It left yesterday at noon.", "yesterday", "2025-10-28", "2025-10-29"),
    ("It leaves tomorrow.", "tomorrow", "2025-10-30", "2025-10-31"),
    ("It left on Sunday.", "Sunday", "2025-10-26", "2025-10-27"),
    ("It left Wednesday.", "Wednesday", "2025-10-29", "2025-10-30"),
    ("It left last Wednesday.", "last Wednesday", "2025-10-22", "2025-10-23"),
    ("It leaves next Wednesday.", "next Wednesday", "2025-11-05", "2025-11-06"),
    ("It will be seen this Sunday.", "this Sunday", "2025-11-02", "2025-11-03"),
    ("It left last week.", "last week", "2025-10-20", "2025-10-27"),
    ("It left earlier this week.", "earlier this week", "2025-10-27", "2025-10-29"),
    ("It left earlier this month.", "earlier this month", "2025-10-01", "2025-10-29"),
    ("It leaves next month.", "next month", "2025-11-01", "2025-12-01"),
    ("It is due in the first half of next week.", "the first half of next week", "2025-11-03", "2025-11-07"),
    ("It left two days ago.", "two days ago", "2025-10-27", "2025-10-28"),
    ("It left a week ago.", "a week ago", "2025-10-21", "2025-10-24"),
    ("It left three months ago.", "three months ago", "2025-07-01", "2025-08-01"),
    ("It left over the weekend.", "over the weekend", "2025-10-25", "2025-10-27"),
    ("It leaves in two days' time.", "in two days' time", "2025-10-31", "2025-11-01"),
    # ranges
    ("It stayed from 3 to 7 May.", "3 to 7 May", "2025-05-03", "2025-05-08"),
    ("It stayed from 3 May to 7 June.", "3 May to 7 June", "2025-05-03", "2025-06-08"),
    ("It stayed between May 3 and May 7.", "May 3 and May 7", "2025-05-03", "2025-05-08"),
    ("It stayed 3–7 May 2024.", "3–7 May 2024", "2024-05-03", "2024-05-08"),
    ("It stayed from 2019 to 2021.", "2019 to 2021", "2019-01-01", "2022-01-01"),
    ("It stays from Monday to Friday.", "Monday to Friday", "2025-10-27", "2025-11-01"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), ROWS)
def test_dates_are_intervals(text: str, words: str, start: str, end: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [d.interval for d in found] == [
        DateInterval(start=date.fromisoformat(start), end=date.fromisoformat(end), text=words)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He may march on if he must.",
        "They read The Sunday Times on Black Friday.",
        "A crew of 2,025 men with 1912 in its name.",
        "It flew 1,950 km at 10.30.",
        "On 31 February it was.",
        "Version 2.10.20251 came out.",
        "The second mate has a day job and a long night.",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "days", "slack"),
    [
        ("It was in Kiel two days later.", 2, 0),
        ("It was in Kiel a day later.", 1, 0),
        ("It was in Kiel the following day.", 1, 0),
        ("It was in Kiel the same day.", 0, 0),
        ("It was in Kiel the day before.", -1, 0),
        ("After 40 days at sea it was in Kiel.", 40, 0),
        ("Three days before, it was in Kiel.", -3, 0),
        ("It left a week after loading there.", 7, 1),
        ("Several days later it was in Kiel.", None, 0),
    ],
)
def test_distances_from_another_date(text: str, days: int | None, slack: int) -> None:
    (found,) = find_dates(text, PUBLISHED)
    assert (found.kind, found.offset_days, found.slack_days) == (DateKind.OFFSET, days, slack)
    anchor = DateInterval(start=date(2025, 3, 1), end=date(2025, 3, 2))
    counted = found.counted_from(anchor)
    assert (counted.start is None) == (days is None)
    if days is not None and counted.start is not None:
        assert (counted.start - date(2025, 3, 1)).days == days - slack


def test_tense_chooses_between_last_and_next() -> None:
    (sunday,) = find_dates("on Sunday", PUBLISHED)
    assert sunday.read(future=False).start == date(2025, 10, 26)
    assert sunday.read(future=True).start == date(2025, 11, 2)
    (may,) = find_dates("on 12 May", PUBLISHED)
    assert may.read(future=True).start == date(2026, 5, 12)
    assert may.read(future=None).start == date(2025, 5, 12)


@pytest.mark.parametrize("text", ["on Sunday", "yesterday", "two days ago", "next week", "October 22", "in May"])
def test_without_publication_date_nothing_is_guessed(text: str) -> None:
    (found,) = find_dates(text, None)
    assert (found.interval.start, found.interval.end) == (None, None)
    assert found.interval.text
    assert found.note


def test_day_and_month_that_may_be_swapped_stay_open() -> None:
    (found,) = find_dates("on 03/04/2025", PUBLISHED)
    assert found.kind is DateKind.AMBIGUOUS
    assert found.interval == DateInterval(text="03/04/2025")


def test_words_that_make_a_date_a_limit() -> None:
    bounds = [
        d.bound for d in find_dates("since May; until 3 June; by the end of 2027; before Friday; on Monday", PUBLISHED)
    ]
    assert bounds == ["since", "until", "by", "before", None]


# fmt: off
WORDS = st.sampled_from((
    "October", "May", "Oct.", "22", "3", "2025", "-", "–", "to", "from", "between", "and", "Sunday", "the", "last",
    "next", "week", "day", "ago", "later", "two", "a", "of", "early", "mid-", ",", ".", "/", "\n\t", "Q1", "in",
))
# fmt: on


@given(st.lists(WORDS, max_size=40).map(" ".join), st.one_of(st.none(), st.dates()))
@settings(max_examples=300, deadline=None)
def test_spans_quote_the_text_and_do_not_overlap(text: str, published: date | None) -> None:
    at = 0
    for found in find_dates(text, published):
        assert at <= found.span.start < found.span.end <= len(text)
        assert " ".join(text[found.span.start : found.span.end].split()) == found.interval.text
        at = found.span.end
        start, end = found.interval.start, found.interval.end
        assert (start is None) == (end is None)
        assert start is None or end is None or start < end


@pytest.mark.parametrize(
    "unit", ["1", "May ", "the ", "2025 ", "a day ", "3 ", "Sunday ", "22/10/", "early ", " ", "12-", "from 3 to "]
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    begin = time.perf_counter()
    find_dates(text, PUBLISHED)
    assert time.perf_counter() - begin < 4.0
