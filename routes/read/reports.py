"""What the user named becomes reports; what cannot be read is said to be unreadable, and why."""

from __future__ import annotations

import email.utils
import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from routes.errors import ReportError
from routes.model import Finding, Report, Severity, Unreadable
from routes.read.corpora import RowError, read_csv, read_jsonl, read_parquet
from routes.read.docx import read_docx
from routes.read.html import read_html
from routes.read.inputs import list_files, reason_of
from routes.read.markdown import parse_markdown, read_markdown
from routes.read.pdf import read_pdf
from routes.read.raw import MAX_FILE_BYTES, Raw, check_text, clean, decode, shown

STANDARD_INPUT = "-"

READERS: dict[str, Callable[[Path], Raw]] = {
    ".txt": read_markdown,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
CORPUS_READERS: dict[str, Callable[[Path], Iterator[Raw | RowError]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
MAX_FIELD_CHARACTERS = 500
EARLIEST_YEAR, LATEST_YEAR = 1500, 2999
"""Of days of publication. Beyond them a date is a stand-in, and counting from it runs off the calendar."""

_KNOWN = ", ".join((*READERS, *CORPUS_READERS))
_INSTEAD = {
    ".json": "write each report as one object on a line of its own and call the file .jsonl",
    ".tsv": "save the table as .csv, with commas",
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save the sheet as .csv"),
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages"), "save the text as .docx or .txt"),
    **dict.fromkeys((".zip", ".gz", ".7z", ".tar"), "unpack it and name the folder"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "recognise its text first, as with ocrmypdf"),
}
"""What to do with files of other kinds that reports come in."""
_DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d")
"""Written dates with one meaning. 03/04/2025 has two, so it is not among them."""


def read_reports(inputs: Iterable[str | Path], *, published: date | None = None) -> Iterator[Report | Unreadable]:
    """Read every report of the inputs, in a fixed order: as given, folders by name.

    Args:
        inputs: Files, folders, or ``-`` for text on standard input. A file given twice is read once.
        published: Day of publication of reports that give none.

    Yields:
        A Report, or an Unreadable that says why there is none. Ids are made unique by a number at the end, and a
        finding of the report says so. Corpora are read a row at a time, so they may be larger than memory.
    """
    taken: dict[str, int] = {}
    for made in _each(inputs, published):
        yield made if isinstance(made, Unreadable) else _with_free_id(made, taken)


def make_report(raw: Raw, *, name: str, path: str | None, published: date | None = None) -> Report:
    """A reader's find as a Report: text cleaned, fields trimmed, the date understood.

    Args:
        raw: What the reader found.
        name: The id if the find has none of its own.
        path: What to call it in messages.
        published: Day of publication if it gives none.

    Raises:
        ReportError: It holds no text, or too much.
    """
    text = check_text(clean(raw.text))
    fields = {key: value for key in raw.fields if (value := _field(raw.fields[key]))}
    report_id = _field(raw.id or "") or name
    findings: list[Finding] = []
    written = fields.get("published")
    own_day = parse_day(written) if written else None
    if own_day and not is_plausible(own_day):
        own_day = None
    if written and own_day is None:
        findings.append(
            Finding(
                code="input.date-not-understood",
                severity=Severity.WARNING,
                message=f"The date of publication “{written}” was not understood. Write it as 2025-11-01.",
                about=report_id,
            )
        )
    url = fields.get("url")
    if url and not url.lower().startswith(("http://", "https://")):
        url = None
    return Report(
        id=report_id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=fields.get("title"),
        publisher=fields.get("publisher"),
        author=fields.get("author"),
        published=own_day or published,
        url=url,
        path=path,
        findings=tuple(findings),
    )


def is_plausible(day: date) -> bool:
    """Whether a report can be of this day; databases write 0001-01-01 and 9999-12-31 for "no date"."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def parse_day(text: str) -> date | None:
    """A day written in ISO form (a time may follow), as e-mail dates are, or in English with the month's name."""
    text = text.strip()
    if re.match(r"\d{4}-\d\d-\d\d(?!\d)", text):
        text = text[:10]
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    try:
        return email.utils.parsedate_to_datetime(text).date() if re.match(r"[A-Z][a-z]{2}, ", text) else None
    except (ValueError, TypeError):
        return None


def _each(inputs: Iterable[str | Path], published: date | None) -> Iterator[Report | Unreadable]:
    named = [str(item) for item in inputs]
    if STANDARD_INPUT in named:
        yield _standard_input(published)
    for found in list_files(item for item in named if item != STANDARD_INPUT):
        if isinstance(found, Unreadable):
            yield found
        else:
            yield from _read_file(found, published)


def _standard_input(published: date | None) -> Report | Unreadable:
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    try:
        if len(data) > MAX_FILE_BYTES:
            raise ReportError(f"more than {MAX_FILE_BYTES / 1e6:,.0f} MB came in", "give files or a corpus instead")
        return make_report(parse_markdown(decode(data)), name="stdin", path="standard input", published=published)
    except ReportError as error:
        return Unreadable(path="standard input", reason=error.reason, advice=error.advice)


def _read_file(path: Path, published: date | None) -> Iterator[Report | Unreadable]:
    kind = path.suffix.lower()
    try:
        if kind in READERS:
            yield make_report(READERS[kind](path), name=_name_of(path), path=shown(path), published=published)
        elif kind in CORPUS_READERS:
            yield from _read_corpus(path, kind, published)
        else:
            files = f"“{shown(kind)}” files" if kind else "files without an ending"
            yield Unreadable(
                path=shown(path),
                reason=f"{files} are of no kind that dateline reads",
                advice=f"{_INSTEAD.get(kind, 'save the text as .txt')}; dateline reads {_KNOWN}",
            )
    except ReportError as error:
        yield Unreadable(path=shown(path), reason=error.reason, advice=error.advice)
    except OSError as error:
        yield Unreadable(path=shown(path), reason=reason_of(error), advice="check who may read it")


def _read_corpus(path: Path, kind: str, published: date | None) -> Iterator[Report | Unreadable]:
    count = 0
    for raw in CORPUS_READERS[kind](path):
        count += 1
        where = f"{shown(path)}:{raw.row}"
        if isinstance(raw, RowError):
            yield Unreadable(path=where, reason=raw.reason, advice=raw.advice)
            continue
        try:
            yield make_report(raw, name=f"{_name_of(path)}-{raw.row}", path=where, published=published)
        except ReportError as error:
            yield Unreadable(path=where, reason=error.reason, advice=error.advice)
    if not count:
        raise ReportError("the corpus is empty", "it needs at least one row with id and text")


def _name_of(path: Path) -> str:
    """What a report is called after its file."""
    return " ".join(shown(path.stem).split()) or "report"


def _with_free_id(report: Report, taken: dict[str, int]) -> Report:
    """The report itself, or under an id no other report has; ``taken`` counts the uses of each id so far."""
    if report.id not in taken:
        taken[report.id] = 1
        return report
    while (new_id := f"{report.id}-{taken[report.id] + 1}") in taken:
        taken[report.id] += 1
    taken[report.id] += 1
    taken[new_id] = 1
    finding = Finding(
        code="input.duplicate-id",
        severity=Severity.WARNING,
        message=f"Another report is called “{report.id}” too; this one ({report.path}) is now “{new_id}”.",
        about=new_id,
    )
    return replace(report, id=new_id, findings=(*(replace(f, about=new_id) for f in report.findings), finding))


def _field(text: str) -> str:
    """A field on one line, without control characters, of bounded length."""
    return " ".join(clean(text).split())[:MAX_FIELD_CHARACTERS]
