"""The files behind what the user named."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from routes.model import Unreadable
from routes.read.raw import shown

NOT_REPORTS = re.compile(
    r"(readme|license|notice)(\.(md|txt))?|corrections(\.example)?\.toml|sources\.toml", re.IGNORECASE
)
"""Names of files in a walked folder that speak of the folder or steer the run; a README named by hand is read."""


def list_files(inputs: Iterable[str | Path]) -> Iterator[Path | Unreadable]:
    """The files behind the inputs, each once; folders are walked, hidden files and READMEs in them left out."""
    seen: set[tuple[int, int]] = set()
    for named in inputs:
        if not str(named):
            yield Unreadable(
                path="“”",
                reason="an empty name was given",
                advice="name a file or folder; a variable of the shell may have been empty",
            )
            continue
        for found in _walk(Path(named)):
            if isinstance(found, Unreadable):
                yield found
                continue
            try:
                status = found.stat()
            except OSError as error:
                yield Unreadable(path=shown(found), reason=reason_of(error), advice="check who may read it")
                continue
            if not stat.S_ISREG(status.st_mode):
                yield Unreadable(path=shown(found), reason="it is not an ordinary file", advice="give - and pipe it in")
            elif (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                yield found


def reason_of(error: OSError | ValueError) -> str:
    """Why the system refused a file, in its own words."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _walk(path: Path) -> Iterator[Path | Unreadable]:
    try:
        if path.is_dir():
            yield from _walk_folder(path)
        elif path.exists():
            yield path
        else:
            yield Unreadable(path=shown(path), reason="there is no such file or folder", advice="check the name")
    except (OSError, ValueError) as error:
        yield Unreadable(path=shown(path), reason=reason_of(error), advice="check the name and who may read it")


def _walk_folder(folder: Path) -> Iterator[Path | Unreadable]:
    count = 0
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not NOT_REPORTS.fullmatch(name):
                count += 1
                yield Path(parent, name)
    for error in refused:
        yield Unreadable(path=shown(error.filename), reason=reason_of(error), advice="check who may read it")
    if not count and not refused:
        yield Unreadable(
            path=shown(folder),
            reason="there are no reports in this folder",
            advice="name another, or the files in it one by one",
        )
