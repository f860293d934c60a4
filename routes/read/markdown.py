"""Text with YAML front matter: ``.md``, and ``.txt`` that begins with the same ``---`` block."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from routes.errors import ReportError
from routes.read.raw import FIELDS, Raw, decode, read_bytes

MAX_HEADER_CHARACTERS = 65_536

_HEADER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_UNCLOSED = re.compile(rf"\A---[ \t]*\n(?:{'|'.join(FIELDS)}):", re.IGNORECASE)


def read_markdown(path: Path) -> Raw:
    """Read a text or Markdown file; its front matter, if any, is not part of the text.

    Raises:
        ReportError: The file is empty, not text, or its front matter is broken.
    """
    return parse_markdown(decode(read_bytes(path)))


def parse_markdown(text: str) -> Raw:
    """Part text from its front matter.

    Raises:
        ReportError: The front matter is not YAML of the form ``name: value``.
    """
    header = _HEADER.match(text)
    if header is None:
        if _UNCLOSED.match(text):
            raise ReportError("its front matter has no end", "close it with a line of three dashes: ---")
        return Raw(text=text)
    return Raw(text=text[header.end() :], fields=_fields(header["yaml"]))


def _fields(yaml_text: str) -> dict[str, str]:
    """The known fields of a header as the strings they are written as ("No" stays "No", dates stay text)."""
    import yaml

    class Plain(yaml.SafeLoader):
        """The safe loader with every plain scalar left a string."""

        yaml_implicit_resolvers = {}  # noqa: RUF012 - declared mutable by the base class

    if len(yaml_text) > MAX_HEADER_CHARACTERS:
        raise ReportError("its front matter is too long", "keep to title, publisher, author, published and url")
    try:
        header = yaml.load(yaml_text, Loader=Plain)  # a SafeLoader
        names = _names(yaml.compose(yaml_text, Loader=Plain))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise ReportError(
            f"its front matter is not valid YAML{where}",
            'put values that hold a colon in quotes: title: "Caracas: the long way round"',
        ) from error
    if header is None:
        return {}
    if not isinstance(header, dict):
        raise ReportError("its front matter is not a list of fields", "write one a line, such as published: 2025-11-01")
    twice = next((name for name in FIELDS if names.count(name) > 1), None)
    if twice:  # YAML would keep the last; which one was meant is not to be guessed
        raise ReportError(f"its front matter has {twice} {names.count(twice)} times", "keep one of them")
    lowered = {str(name).strip().lower(): value for name, value in header.items()}
    return {name: text for name in FIELDS if (text := _as_text(lowered.get(name)))}


def _names(header: Any) -> list[str]:
    """The names of a header's fields as often as they stand there."""
    pairs = header.value if getattr(header, "id", "") == "mapping" else ()
    return [str(name.value).strip().lower() for name, _ in pairs]


def _as_text(value: object) -> str:
    """A scalar as it is, a list of scalars joined by commas, and nothing for anything nested."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return ""
