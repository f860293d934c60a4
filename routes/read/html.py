"""Saved web pages: the article without menus and footers (trafilatura), and what the page says of itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from routes.errors import ReportError
from routes.read.raw import Raw, decode, read_bytes

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN_BYTES = 4096
"""A browser looks for the declaration in the first 1024 bytes; saved pages push it further down."""

# Where a page names its day of publication, best first. A date found anywhere else may be any date.
_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "parsely-pub-date",
    "sailthru.date",
)


def read_html(path: Path) -> Raw:
    """Read the article of a saved web page; list items keep their bullets, one to a line.

    Raises:
        ReportError: The page is empty, its encoding is broken, or it holds no readable text.
    """
    data = read_bytes(path)
    return parse_html(_decode_page(data))


def parse_html(page: str) -> Raw:
    """Take the article and its metadata from a page's source.

    Raises:
        ReportError: No text a reader would see is found.
    """
    from lxml import etree
    from lxml import html as lxml_html
    from trafilatura import bare_extraction

    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        tree = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ReportError("there is no text in this page", "save the article's text as .txt") from error
    published = _published(tree)
    found: Any = bare_extraction(tree, include_comments=False, with_metadata=True, favor_recall=True)
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise ReportError("no article was found in this page", "copy the article's text into a .txt file")
    fields = {
        "title": found.title,
        "publisher": found.sitename,
        "author": found.author,
        "published": published,
        "url": found.url,
    }
    return Raw(text=text, fields={name: value for name, value in fields.items() if value})


def _decode_page(data: bytes) -> str:
    """A page by its byte order mark, its own declaration, or as UTF-8; nothing else is guessed."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN_BYTES])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = declared[1].decode("ascii")
        # Browsers read the Latin-1 family as Windows-1252 (WHATWG Encoding Standard, 4.2), and so do its writers.
        encoding = "cp1252" if encoding.lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else encoding
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError) as error:
            if encoding.lower().replace("_", "-") not in {"utf-8", "utf8"}:
                raise ReportError(
                    f"its encoding is broken: the page declares {encoding} and is not that", "save the page as UTF-8"
                ) from error
    return decode(data)


def _published(tree: Any) -> str | None:
    """The day of publication that the page names as such."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        metas.setdefault(name.strip().lower(), (meta.get("content") or "").strip())
    named = next((value for name in _META if (value := metas.get(name))), None)
    if named:
        return named
    for time in tree.iter("time"):
        if (time.get("itemprop") == "datePublished" or time.get("pubdate") is not None) and time.get("datetime"):
            return str(time.get("datetime"))
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            found = _find_published(json.loads(str(script)))
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return None


def _find_published(node: object) -> str | None:
    """``datePublished`` of a JSON-LD document, wherever in it."""
    if isinstance(node, dict):
        own = node.get("datePublished")
        if isinstance(own, str) and own.strip():
            return own.strip()
        return next((found for value in node.values() if (found := _find_published(value))), None)
    if isinstance(node, list):
        return next((found for value in node if (found := _find_published(value))), None)
    return None
