"""Word files (.docx): paragraphs, list items and table rows, read from the zip archive by hand.

A .docx comes from anywhere. Its members are capped in size and ratio before they are unpacked, and its XML is parsed
with defusedxml, which refuses entities.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from routes.errors import ReportError
from routes.read.raw import Raw, read_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
"""Unpacked to packed size; XML of real documents packs to about 1:20."""

RATIO_MATTERS_ABOVE_BYTES = 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DC = "{http://purl.org/dc/elements/1.1/}"

_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(path: Path) -> Raw:
    """Read a Word file's text: one line to a paragraph, ``- `` before a list item, table cells parted by tabs.

    Raises:
        ReportError: It is not a .docx, needs a password, is a zip bomb, or holds no text.
    """
    data = read_bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReportError("it is an old .doc or needs a password", "save it in Word as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _parse(_member(archive, "word/document.xml"))
            core = _parse(_member(archive, "docProps/core.xml")) if "docProps/core.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise ReportError("it is broken or not a .docx", "open it in Word or LibreOffice and save it anew") from error
    fields = {"title": _property(core, "title"), "author": _property(core, "creator")}
    return Raw(
        text="\n".join(_lines(body)).strip("\n"),
        fields={name: value for name, value in fields.items() if value},
    )


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes, unpacked only if its stated size is sane, and never past that size."""
    info = archive.getinfo(name)
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > MAX_MEMBER_BYTES or (ratio > MAX_RATIO and info.file_size > RATIO_MATTERS_ABOVE_BYTES):
        raise ReportError(
            f"it unpacks to {info.file_size / 1e6:,.0f} MB ({ratio:,.0f} times its size), as a zip bomb does",
            "if you trust it, save its text as .txt",
        )
    with archive.open(info) as member:
        data = member.read(MAX_MEMBER_BYTES + 1)
    if len(data) > info.file_size:
        raise ReportError("it unpacks to more than it states, as a zip bomb does", "if you trust it, save it as .txt")
    return data


def _parse(xml: bytes) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(xml)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ReportError("its XML is broken or unsafe", "open it in Word or LibreOffice and save it anew") from error
    return root


def _lines(body: Element) -> Iterator[str]:
    """The document's lines in reading order."""
    for block in _walk(body, whole={f"{_W}p", f"{_W}tr"}):
        if block.tag == f"{_W}p":
            yield _paragraph(block)
        elif block.tag == f"{_W}tr":
            yield "\t".join(" ".join(map(_paragraph, cell.iter(f"{_W}p"))) for cell in block.findall(f"{_W}tc"))


def _paragraph(paragraph: Element) -> str:
    """The words of one paragraph as Word shows them; deleted text and field codes are not shown."""
    parts: list[str] = ["- "] if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else []
    for node in _walk(paragraph):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _CHARACTERS:
            parts.append(_CHARACTERS[node.tag])
    return "".join(parts)


def _walk(root: Element, whole: Collection[str] = ()) -> Iterator[Element]:
    """The elements below ``root`` in order, not going into those in ``whole``, nor into second versions of a drawing.

    A stack of its own, so that no depth of nesting can exhaust Python's.
    """
    stack = list(reversed(root))
    while stack:
        node = stack.pop()
        yield node
        if node.tag not in whole and node.tag != _FALLBACK:
            stack.extend(reversed(node))


def _property(core: Element | None, name: str) -> str | None:
    return core.findtext(f"{_DC}{name}") if core is not None else None
