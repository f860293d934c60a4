"""PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from routes.errors import ReportError
from routes.read.raw import MAX_CHARACTERS, Raw, read_bytes

if TYPE_CHECKING:
    from pypdf import PdfReader

_BULLET = re.compile(r"\s*(?:[•▪‣◦·*–—-]|\(?\d{1,2}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_SPLIT_WORD = re.compile(r"(?<=[a-z])-$")

SHORT_LINE = 0.75
"""A line that ends a sentence below this share of the page's usual width ends its paragraph as well."""


def read_pdf(path: Path) -> Raw:
    """Read a PDF's text, lines joined to paragraphs again.

    A PDF's own dates say when the file was made, not when the report was published; they are not used.

    Raises:
        ReportError: It is not a PDF, needs a password, or holds no text (a scan).
    """
    data = read_bytes(path)
    reader = _open(data)
    pages = _page_texts(reader)
    text = "\n\n".join(body for page in pages if (body := join_lines(page)))
    if not text.strip():
        raise ReportError(
            f"none of its {len(pages)} pages holds text: it looks like a scan",
            "put it through text recognition first, such as: ocrmypdf IN.pdf OUT.pdf",
        )
    info = reader.metadata
    fields = {"title": info.title if info else None, "author": info.author if info else None}
    return Raw(text=text, fields={name: str(value) for name, value in fields.items() if value})


def _open(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings name no file and help no reader
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise ReportError(
            "it is broken or not a PDF", "open it in a viewer and save it anew, or save its text"
        ) from error
    if locked:
        raise ReportError("it is encrypted and needs a password", "save a copy without a password")
    return reader


def _page_texts(reader: PdfReader) -> list[str]:
    """The text of each page, in order.

    A damaged or hostile file can raise nearly anything from inside the decoder; all of it means the same to the user.
    """
    pages: list[str] = []
    length = 0
    try:
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > MAX_CHARACTERS:
                raise ReportError(
                    f"its text is longer than one report may have ({MAX_CHARACTERS:,} characters)",
                    "split it into one file for each report",
                )
    except ReportError:
        raise
    except Exception as error:
        raise ReportError(
            f"page {len(pages) + 1} cannot be read", "open it in a viewer and save it anew, or save its text"
        ) from error
    return pages


def join_lines(page: str) -> str:
    """One page's printed lines as paragraphs: a line runs on unless it is blank, a bullet, or a short sentence's end.

    A word parted by a hyphen at the line's end is joined where both halves are lower case ("trans-" "port").
    """
    lines = [line.strip() for line in page.splitlines()]
    width = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if not line:
            runs_on = False
            continue
        if runs_on and not _BULLET.match(line):
            paragraphs[-1] = _join(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        runs_on = not (_SENTENCE_END.search(line) and len(line) < SHORT_LINE * width)
    return "\n\n".join(paragraphs)


def _join(before: str, line: str) -> str:
    if _SPLIT_WORD.search(before) and line[:1].islower():
        return before[:-1] + line
    return before + ("" if before.endswith(("-", "–", "—")) else " ") + line
