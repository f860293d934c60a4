"""Corpora: many reports in one file, one to a row (.jsonl, .csv, .parquet), read a row at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from routes.errors import ReportError
from routes.read.raw import FIELDS, MAX_CHARACTERS, Raw

MAX_ROW_BYTES = 32 * 1024 * 1024
COLUMNS = ("id", "text", *FIELDS)
PARQUET_BATCH_ROWS = 256

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
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return RowError(number, "its encoding is broken or not UTF-8", "save the corpus as UTF-8")
    except json.JSONDecodeError as error:
        return RowError(number, f"not valid JSON ({error.msg}, column {error.colno})", "mend or remove the line")
    except (ValueError, RecursionError):
        return RowError(number, "not valid JSON", "mend or remove the line")
    if not isinstance(row, dict):
        return RowError(number, "not a JSON object", NEEDS)
    return from_row(number, row)


def read_csv(path: Path) -> Iterator[Raw | RowError]:
    """CSV in UTF-8 with a header line; rows are numbered by the line they end on.

    Raises:
        ReportError: The file has no header with a text column, or its encoding is broken.
    """
    csv.field_size_limit(MAX_CHARACTERS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        try:
            check_columns([name.strip().lower() for name in reader.fieldnames or ()])
            for row in reader:
                yield from_row(reader.line_num, {k.strip().lower(): v for k, v in row.items() if isinstance(k, str)})
        except UnicodeDecodeError as error:
            raise ReportError(
                f"its encoding is broken or not UTF-8 after line {reader.line_num}", "save the corpus as UTF-8"
            ) from error
        except csv.Error as error:
            raise ReportError(f"not valid CSV near line {reader.line_num}: {error}", "mend the line") from error


def read_parquet(path: Path) -> Iterator[Raw | RowError]:
    """Parquet, a batch of rows at a time, only the columns used.

    Raises:
        ReportError: The file is not Parquet or has no text column.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            names = {name.lower(): name for name in file.schema_arrow.names}
            check_columns(list(names))
            columns = [names[name] for name in COLUMNS if name in names]
            number = 0
            for batch in file.iter_batches(batch_size=PARQUET_BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(number, {name.lower(): value for name, value in row.items()})
    except (ArrowException, OSError) as error:
        raise ReportError("it is broken or not Parquet", "write the corpus anew, or as .jsonl") from error


def check_columns(names: list[str]) -> None:
    """See that a table can be a corpus.

    Raises:
        ReportError: It has no text column; the message lists those it has.
    """
    if "text" not in names:
        shown = ", ".join(names[:12]) or "none"
        raise ReportError(f"it has no column called text (columns: {shown})", NEEDS)


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
