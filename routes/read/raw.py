"""What every reader gives, and the limits and cleaning that all of them share."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from routes.errors import ReportError

MAX_FILE_BYTES = 64 * 1024 * 1024
"""Of one report's file; a bound on memory, far above any report."""

MAX_CHARACTERS = 5_000_000
"""Of one report's text: about 1,500 pages."""

FIELDS = ("title", "publisher", "author", "published", "url")
"""What a report may say of itself, in front matter, page metadata or corpus columns."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = ((b"%PDF", ".pdf"), (b"PK\x03\x04", ".docx"), (b"PAR1", ".parquet"))
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and newline, and lone surrogates, which no UTF-8 file can hold."""

_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One report as a reader found it, before its date is understood and its id made unique.

    Attributes:
        text: The body; not yet cleaned.
        fields: Those of ``FIELDS`` that the report gives, as written.
        id: What a corpus row calls itself; None where the file's name has to serve.
        row: Number of the row or line in its corpus, from 1; None for a report with a file of its own.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None
    row: int | None = None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that holds one report.

    Raises:
        ReportError: The file is empty or larger than ``MAX_FILE_BYTES``.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise ReportError(
            f"{size / 1e6:,.0f} MB is more than one report may have ({MAX_FILE_BYTES / 1e6:,.0f} MB)",
            "split it into one file for each report, or give a corpus (.jsonl, .csv, .parquet)",
        )
    data = path.read_bytes()
    if not data.strip():
        raise ReportError("the file is empty", "put the report's text in it, or leave it out")
    return data


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, or UTF-16 and UTF-32 with a byte order mark. No other encoding is guessed.

    Line ends become line feeds, as they do when Python opens a text file.

    Raises:
        ReportError: The bytes are not text in one of these encodings.
    """
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            raise ReportError(f"this is not text but looks like a {suffix} file", f"rename it to end in {suffix}")
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise ReportError(
            f"its encoding is broken or not UTF-8 (byte 0x{byte:02x} at offset {error.start:,})",
            "save it as UTF-8; a file from an older Windows program: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
        ) from error
    if "\0" in text:
        raise ReportError(
            "it holds zero bytes, so it is not plain text",
            "save it as UTF-8 text; UTF-16 needs its byte order mark",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """The text with control characters and lone surrogates turned into spaces, one for one: offsets stay true."""
    return _UNPRINTABLE.sub(" ", text)


def shown(name: object) -> str:
    """A file's name as any output can hold it: what no eye sees, and bytes that are not UTF-8, become U+FFFD.

    White space becomes spaces. The joiners of Persian and Indic scripts stay.
    """
    return "".join(
        sign if sign.isprintable() or sign in _JOINERS else " " if sign.isspace() else "\ufffd" for sign in str(name)
    )


def check_text(text: str) -> str:
    """The text itself, if there is any and not too much.

    Raises:
        ReportError: There is nothing but white space, or more than ``MAX_CHARACTERS``.
    """
    if not text.strip():
        raise ReportError("there is no text in it", "put the report's text in it, or leave it out")
    if len(text) > MAX_CHARACTERS:
        raise ReportError(
            f"{len(text):,} characters are more than one report may have ({MAX_CHARACTERS:,})",
            "split it into one file for each report",
        )
    return text
