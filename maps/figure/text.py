"""Text as a figure can hold it."""

from __future__ import annotations

import textwrap
import unicodedata

_MEAN_WIDTH_EM = 0.56
"""Mean advance of DejaVu Sans in running English text, in em, measured."""
_MM_PER_POINT = 25.4 / 72


def printable(text: str) -> str:
    """Text without control, format and unassigned characters, which XML and fonts cannot hold; spaces folded."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())


def wrapped(text: str, width_mm: float, size_pt: float) -> str:
    """Text broken into lines that fit a width, leaving a small margin."""
    columns = max(12, int(width_mm * 0.96 / (size_pt * _MM_PER_POINT * _MEAN_WIDTH_EM)))
    return "\n".join(textwrap.wrap(text, columns))


def short_lines(text: str, columns: int) -> str:
    """A label in lines of at most so many characters, words kept whole where they fit."""
    return "\n".join(textwrap.wrap(printable(text), columns)[:3])
