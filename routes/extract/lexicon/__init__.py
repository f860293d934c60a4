"""Verbs, nouns and cues as tables that a reviewer reads without Python; `load_table` reads one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent


@cache
def load_table(name: str) -> dict[str, Any]:
    """The table ``name``.toml of this folder, read once per process. Treat what it returns as read-only.

    Raises:
        FileNotFoundError: There is no such table.
        tomllib.TOMLDecodeError: The table is malformed.
    """
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def words(table: str, key: str) -> frozenset[str]:
    """The words listed under ``key`` of a table, as a set."""
    return frozenset(load_table(table)[key])
