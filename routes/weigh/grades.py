"""Grades of sources by NATO's scale (AJP-2.1): reliability A–F of the source, credibility 1–6 of what it says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from routes.errors import SettingsError
from routes.model import Report
from routes.weigh.words import fold

RELIABILITY = "ABCDEF"
CREDIBILITY = (1, 2, 3, 4, 5, 6)
_FIELDS = frozenset({"publisher", "host", "report", "reliability", "credibility"})
_HOW = 'write [[source]] with one of publisher = "…", host = "…", report = "…", and reliability = "B", credibility = 2'


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a source is judged to be worth; None is unrated.

    Attributes:
        publisher, host, report: By which of these the source is known; exactly one is given.
        reliability: "A" (completely reliable) to "E" (unreliable), "F" (cannot be judged).
        credibility: 1 (confirmed by others) to 5 (improbable), 6 (cannot be judged).
    """

    publisher: str | None = None
    host: str | None = None
    report: str | None = None
    reliability: str | None = None
    credibility: int | None = None


def read_grades(path: Path) -> tuple[Grade, ...]:
    """Read ``sources.toml``.

    Raises:
        SettingsError: The file cannot be read or is no TOML, or an entry says something it cannot; it is named.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable as TOML ({error}); {_HOW}") from error
    unknown = sorted(raw.keys() - {"source"})
    if unknown or not isinstance(raw.get("source", []), list):
        raise SettingsError(f"{path}: {unknown or 'source'} is not known here; {_HOW}")
    return tuple(_grade(path, number, entry) for number, entry in enumerate(raw.get("source", []), 1))


def _grade(path: Path, number: int, entry: object) -> Grade:
    where = f"{path}, source {number}"
    if not isinstance(entry, dict) or set(entry) - _FIELDS:
        raise SettingsError(f"{where}: not understood ({entry!r}); {_HOW}")
    known = [name for name in ("publisher", "host", "report") if isinstance(entry.get(name), str) and entry[name]]
    if len(known) != 1:
        raise SettingsError(f"{where}: name the source by exactly one of publisher, host and report; {_HOW}")
    reliability, credibility = entry.get("reliability"), entry.get("credibility")
    if reliability is not None and (not isinstance(reliability, str) or reliability not in tuple(RELIABILITY)):
        raise SettingsError(f"{where}: reliability is one letter from A to F, not {reliability!r}")
    if credibility is not None and (isinstance(credibility, bool) or credibility not in CREDIBILITY):
        raise SettingsError(f"{where}: credibility is a number from 1 to 6, not {credibility!r}")
    return Grade(reliability=reliability, credibility=credibility, **{known[0]: entry[known[0]]})


def graded(report: Report, grades: Sequence[Grade]) -> Report:
    """The report with its source's grade; the narrowest entry holds: report, then host, then publisher."""
    for fits in (_by_report, _by_host, _by_publisher):
        for grade in grades:
            if fits(report, grade):
                return replace(report, reliability=grade.reliability, credibility=grade.credibility)
    return report


def _by_report(report: Report, grade: Grade) -> bool:
    return grade.report is not None and grade.report == report.id


def _by_host(report: Report, grade: Grade) -> bool:
    if grade.host is None or not report.url:
        return False
    try:
        host = (urlsplit(report.url).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    wanted = grade.host.casefold().removeprefix("www.")
    return host == wanted or host.endswith("." + wanted)


def _by_publisher(report: Report, grade: Grade) -> bool:
    return (
        grade.publisher is not None and bool(report.publisher) and fold(grade.publisher) == fold(report.publisher or "")
    )


def best_grade(reports: Iterable[Report]) -> str | None:
    """The best grade among some reports: by reliability, then credibility; "-" for an unrated half; None if unrated."""
    rated = [report for report in reports if report.reliability or report.credibility]
    if not rated:
        return None
    best = min(rated, key=lambda report: (report.reliability or "G", report.credibility or 7))
    return f"{best.reliability or '-'}{best.credibility or '-'}"
