"""The ways dates are written: one pattern each, most specific first, with the function that reads it."""

from __future__ import annotations

import re

from routes.extract.dates.date_readers import (
    Reader,
    read_ago,
    read_calendar_day,
    read_decade,
    read_iso,
    read_month_of_year,
    read_near_day,
    read_next_day,
    read_numeric,
    read_offset,
    read_period,
    read_season,
    read_vague,
    read_weekday,
    read_year,
)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY_CAPITAL = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)\d{2}"
_TH = r"(?:st|nd|rd|th)?"
_S = r"[ \t\xa0\n\r]{1,3}"
_LEAD = rf"(?:(?:{_WEEKDAY_CAPITAL}|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)\.?,?{_S})?(?:the{_S}night{_S}of{_S})?"
_COUNT = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety)"
)
_ABOUT = r"(?:(?:about|around|some|roughly|nearly|almost|more than|over|just|only|at least|a full|barely)[ \xa0])?"
_UNIT = r"(?:hour|day|night|week|fortnight|month|year)"
_END = r"(?![\w/]|[-–]\d|,\d{3}|\.\d|%)"

ANCHORS = re.compile(
    r"\b(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]*"
    r"|May\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|[Tt]o(?:day|night|morrow)\b|[Yy]esterday|[Aa]go\b|[Ll]ater?\b|[Ee]arl(?:y|ier)\b|[Ll]ast\b|[Nn]ext\b"
    r"|[Ff]ollowing\b"
    r"|[Pp]revious\b|[Ss]ame\b|[Cc]oming\b|[Rr]ecent\b|(?:week|month|year|day|night|hour)s?\b|weekend|fortnight"
    r"|[Tt]his (?:w|m|y|a|e)"
    r"|\d{4}\b|\d{4}s\b|\d{1,2}[/.]\d)"
)
"""A word that every date holds one of; text without them is never tried."""

RANGE_JOINS = re.compile(r"\s{0,3}(to|until|till|through|and|[-–—])\s{1,3}(?:the\s)?|[-–—]")


_I = re.IGNORECASE
_TIMES = r"(?:day|morning|afternoon|evening|night|dawn|noon|midday)"
_HALF = (
    r"(?P<part>(?:the[ \xa0])?(?:early|mid|late|(?:start|beginning|end|middle)[ ]of|(?:first|second)[ ]half[ ]of"
    r"|(?:first|second|third|fourth|last)[ ]quarter[ ]of|earlier|later|the[ ]rest[ ]of|Q[1-4])(?:[ \xa0]in)?[ \xa0-]+)?"
)

PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(rf"(?<![\w/.-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>{_DAY})(?![\d-])"), read_iso),
    (re.compile(rf"(?<![\w/.-])(?P<one>{_DAY})(?P<sep>[/.])(?P<two>{_DAY})(?P=sep)(?P<year>{_YEAR})"
    rf"(?![\w/])"), read_numeric),
    (
        re.compile(
            rf"\b{_LEAD}(?<![\d,.])(?:(?P<first>{_DAY}){_TH}(?:{_S}(?:to|and|until|through){_S}|[ ]?[-–][ ]?))?"
            rf"(?P<day>{_DAY}){_TH}"
            rf"{_S}(?:of{_S})?(?P<month>{_MONTH})(?:,?{_S}(?P<year>{_YEAR}){_END})?(?![\w])"
        ),
        read_calendar_day,
    ),
    (
        re.compile(
            rf"\b{_LEAD}(?P<month>{_MONTH}){_S}(?:the{_S})?(?:(?P<first>{_DAY}){_TH}(?:{_S}(?:to|until"
            rf"|through){_S}|[ ]?[-–][ ]?))?"
            rf"(?P<day>{_DAY}){_TH}{_END}(?!{_S}(?:percent|men|people|troops)\b)(?:,?{_S}(?P<year>{_YEAR}){_END})?"
        ),
        read_calendar_day,
    ),
    (re.compile(rf"\b{_HALF}(?P<which>\b\B)?(?P<month>{_MONTH}),?{_S}(?:of{_S})?"
    rf"(?P<year>{_YEAR}){_END}"), read_month_of_year),
    (
        re.compile(
            rf"(?:(?P<which>\b(?:[Ll]ast|[Nn]ext|[Tt]his)[ \xa0])|(?<=\b[Ii]n )|(?<=\bsince )|(?<=\bSince )|"
            rf"(?<=\b[Bb]y )|(?<=\buntil )"
            rf"|(?<=\bof )|(?<=\b[Ff]rom )|(?<=\b[Tt]o )|(?<=\bbefore )|(?<=\bafter )|(?<=\bduring )|"
            rf"(?<=\bbetween )|(?<=\band )"
            rf"|(?=\b(?:[Ee]arly|[Ll]ate|[Mm]id)[ -]))"
            rf"(?P<part>(?:[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?P<month>{_MONTH})(?P<year>\b\B)?(?![\w-]|['’]s|{_S}"
            rf"(?:\d|[A-Z][a-z]))"
        ),
        read_month_of_year,
    ),
    (re.compile(rf"\b(?:[Tt]he{_S})?(?:spring|summer|autumn|fall|winter)(?:{_S}of)?{_S}"
    rf"(?P<year>{_YEAR}){_END}", _I), read_season),
    (re.compile(rf"\b(?:the{_S})?(?P<year>(?:1[5-9]|20)\d0)s\b"), read_decade),
    (
        re.compile(
            rf"(?:\b(?P<part>(?:the{_S})?(?:early|late|mid|(?:start|beginning|end|middle){_S}of|(?:first"
            rf"|second){_S}half{_S}of"
            rf"|(?:first|second|third|fourth|last){_S}quarter{_S}of|Q[1-4])(?:{_S}in)?[ \xa0-]+)"
            rf"|(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\buntil )|(?<=\bof )|(?<=\bfrom )|(?<=\bto )|"
            rf"(?<=\bbefore )|(?<=\bafter )|(?<=\bduring )"
            rf"|(?<=\bthroughout )|(?<=\bfor ))(?P<year>{_YEAR}){_END}(?!{_S}(?:men|troops|people|soldiers|km"
            rf"|miles|feet|tons|tonnes))",
            _I,
        ),
        read_year,
    ),
    (
        re.compile(
            r"\b(?:the[ ]day[ ](?:before[ ]yesterday|after[ ]tomorrow)|today|tonight|yesterday|tomorrow|last[ ]night"
            r"|this[ ](?:morning|afternoon|evening))\b(?!['’]s)",
            _I,
        ),
        read_near_day,
    ),
    (
        re.compile(rf"\b(?:(?P<count>{_COUNT})|several|some|a few|many)[ \xa0](?P<unit>{_UNIT})s?[ \xa0]ago\b", _I),
        read_ago,
    ),
    (re.compile(rf"\bin[ ](?P<count>{_COUNT})[ \xa0](?P<unit>{_UNIT})s?(?:['’]s?)?[ ]time\b", _I), read_ago),
    (re.compile(rf"\b(?P<count>{_COUNT})[ \xa0](?P<unit>{_UNIT})s?[ ]from[ ]now\b", _I), read_ago),
    (
        re.compile(
            rf"\b{_HALF}(?P<which>last|this|next|past|previous|coming)[ \xa0](?P<unit>weekend|week|month|year)\b"
            rf"(?![ ]?['’]s)",
            _I,
        ),
        read_period,
    ),
    (re.compile(r"\b(?P<part>\b\B)?(?:over|at|during)[ ](?P<which>the)[ ](?P<unit>weekend)\b", _I), read_period),
    (
        re.compile(r"\b(?P<part>(?:the[ ])?(?:end|start|beginning|middle|rest)[ ]of)[ ](?P<which>the)[ ]"
        r"(?P<unit>week|month|year)\b", _I),
        read_period,
    ),
    (
        re.compile(
            rf"\b{_ABOUT}(?:(?P<count>{_COUNT})|several|some|many|a few)[ \xa0](?P<unit>{_UNIT})s?[ \xa0]"
            r"(?P<way>later|earlier|afterwards?|before(?=[ ,.;])|after(?=[ ]))",
            _I,
        ),
        read_offset,
    ),
    (
        re.compile(
            rf"\b(?P<way>after|following)[ ]{_ABOUT}(?:(?P<count>{_COUNT})|several|some)[ \xa0](?P<unit>day|night"
            rf"|week|month)s?"
            r"\b(?:[ ](?:at[ ]sea|at[ ]anchor|in[ ]port|under[ ]way|there|of[ ]sailing))?",
            _I,
        ),
        read_offset,
    ),
    (
        re.compile(
            rf"\b(?:the[ ])?(?:following|next|same|previous)[ ]{_TIMES}\b|\b(?:the[ ])(?:following|next|previous"
            rf"|same)[ ](?:week|month|year)\b"
            rf"|\bthe[ ]{_TIMES}[ ](?:before|after)\b(?![ ](?:yesterday|tomorrow|it|she|he|they|we|I)\b)",
            _I,
        ),
        read_next_day,
    ),
    (
        re.compile(
            rf"\b(?:(?P<before>[A-Z][a-z]+)[ ])?(?P<date>(?P<which>(?:[Ll]ast|[Nn]ext|[Tt]his(?:[ ]coming)?"
            rf"|coming)[ ])?"
            rf"\b(?P<weekday>{_WEEKDAY_CAPITAL})\b)(?![ ]?\.com)"
        ),
        read_weekday,
    ),
    (re.compile(r"\b(?:in|over|during)[ ](?:the[ ])?(?:recent|past|last|coming|next)[ ](?:few[ ])?(?:days|weeks"
    r"|months|years)\b", _I), read_vague),
)  # fmt: skip
