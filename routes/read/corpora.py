"""Corpora: many reports in one file, one to a row (.jsonl, .csv, .parquet), read a row at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from routes.errors import ReportError
from routes.read.raw import FIELDS, MAX_CHARACTERS, Raw

MAX_ROW_BYTES = 32 * 1024 * 1024
COLUMNS = ("id", "text", *FIELDS)
PARQUET_BATCH_ROWS = 256

_OTHER_MARKS = {"\t": "tabs", ";": "semicolons", "|": "bars"}
_QUOTES = 'put text that holds a comma or a line break in double quotes, and double the quotes within it: ""'
NEEDS = "a corpus needs the columns id and text, and may have " + ", ".join(FIELDS)


class RowError(ReportError):
    """One row of a corpus gives no report; the rows after it are read all the same.

    Attributes:
        row: Number of the row or line, from 1.
    """

    def __init__(self, row: int, reason: str, advice: str) -> None:
        """Keep the row's number, so that the message can name it."""
        super().__init__(reason, advice)
        self.row = row


def read_jsonl(path: Path) -> Iterator[Raw | RowError]:
    """JSON lines: one object to a line; blank lines are passed over."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_ROW_BYTES + 1):
            number += 1
            if len(line) > MAX_ROW_BYTES and not line.endswith(b"\n"):
                _skip_line(file.readline)
                yield RowError(number, f"the line is longer than {MAX_ROW_BYTES / 1e6:,.0f} MB", "split the report")
            elif line.strip():
                yield _from_json(number, line)


def _skip_line(readline: object) -> None:
    while callable(readline) and (rest := readline(MAX_ROW_BYTES)) and not rest.endswith(b"\n"):
        pass


def _from_json(number: int, line: bytes) -> Raw | RowError:
    try:
        row = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once_each)
    except _TwiceError as error:
        return RowError(number, f"it has more than one field called {error}", "keep one of them")
    except UnicodeDecodeError:
        return RowError(number, "its encoding is broken or not UTF-8", "save the corpus as UTF-8")
    except json.JSONDecodeError as error:
        return RowError(number, f"not valid JSON ({error.msg}, column {error.colno})", "mend or remove the line")
    except (ValueError, RecursionError):
        return RowError(number, "not valid JSON", "mend or remove the line")
    if not isinstance(row, dict):
        return RowError(number, "not a JSON object", NEEDS)
    return from_row(number, row)


class _TwiceError(Exception):
    """A field that stands twice in one object; which one was meant is not to be guessed."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next((name for name in COLUMNS if names.count(name) > 1), None)
        if twice:
            raise _TwiceError(twice)
    return made


def read_csv(path: Path) -> Iterator[Raw | RowError]:
    """CSV in UTF-8 with a header line and commas; rows are numbered by the line they end on.

    Raises:
        ReportError: The file has no header with one text column, or its encoding is broken.
    """
    csv.field_size_limit(MAX_CHARACTERS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            names = [name.strip().lower() for name in next(reader, ())]
            check_columns(names)
            while (made := _next_row(reader, names)) is not None:
                yield made
        except UnicodeDecodeError as error:
            where = f" after line {reader.line_num}" if reader.line_num else ""
            raise ReportError(f"its encoding is broken or not UTF-8{where}", "save the corpus as UTF-8") from error
        except csv.Error as error:
            raise ReportError(f"its first line is not valid CSV: {error}", "mend the line") from error


def _next_row(reader: Any, names: list[str]) -> Raw | RowError | None:
    """The next row that is not blank; None at the end."""
    cells: list[str] | None = []
    try:
        while cells == []:
            first = reader.line_num + 1
            cells = next(reader, None)
    except csv.Error as error:
        lines = f"lines {first} to {reader.line_num}" if reader.line_num > first else f"line {first}"
        return RowError(reader.line_num, f"{lines}: not valid CSV ({error})", _QUOTES)
    if cells is None:
        return None
    if any(cell.strip() for cell in cells[len(names) :]):  # the end of a text, cut off at a comma
        reason = f"the row has {len(cells)} cells, the first line has {len(names)}"
        return RowError(reader.line_num, reason, _QUOTES)
    return from_row(reader.line_num, dict(zip(names, cells, strict=False)))


def read_parquet(path: Path) -> Iterator[Raw | RowError]:
    """Parquet, a batch of rows at a time, only the columns used.

    Raises:
        ReportError: The file is not Parquet or has no text column.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            check_columns([name.strip().lower() for name in file.schema_arrow.names])
            names = {name.strip().lower(): name for name in file.schema_arrow.names}
            columns = [names[name] for name in COLUMNS if name in names]
            number = 0
            for batch in file.iter_batches(batch_size=PARQUET_BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(number, {name.strip().lower(): value for name, value in row.items()})
    except (ArrowException, OSError) as error:
        raise ReportError("it is broken or not Parquet", "write the corpus anew, or as .jsonl") from error


def check_columns(names: list[str]) -> None:
    """See that a table can be a corpus.

    Raises:
        ReportError: It has no text column (the message lists those it has), or two columns of one name.
    """
    if "text" not in names:
        listed = ", ".join(name[:40] for name in names[:12]) or "none"
        mark = next((mark for mark in _OTHER_MARKS if len(names) == 1 and mark in names[0]), None)
        if mark:
            reason = f"its columns are set apart by {_OTHER_MARKS[mark]} ({listed.replace(mark, ' ')})"
            raise ReportError(reason, "save it with commas, and text that holds a comma in double quotes")
        raise ReportError(f"it has no column called text (columns: {listed})", NEEDS)
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice:
        raise ReportError(f"it has {names.count(twice)} columns called {twice}", "rename those that are not meant")


def from_row(number: int, row: Mapping[str, object]) -> Raw | RowError:
    """One row of any corpus; columns not of the contract are passed over."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        return RowError(number, "the row has no text", NEEDS)
    if len(text) > MAX_CHARACTERS:
        return RowError(number, f"{len(text):,} characters are more than one report may have", "split the report")
    fields = {name: value for name in FIELDS if (value := _as_text(row.get(name)))}
    return Raw(text=text, fields=fields, id=_as_text(row.get("id")) or None, row=number)


def _as_text(value: object) -> str:
    """A value of a row as text; nothing for missing or nested values."""
    return "" if value is None or isinstance(value, dict | list | bytes) else str(value).strip()
