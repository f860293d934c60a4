"""A folder of output that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gazetteer.errors import DatelineError
from routes.errors import OutputError


def output_folder(out: str | Path) -> Path:
    """The folder to write to, if there can be such a one; asked before the work and not after it.

    Raises:
        OutputError: There is a file of this name, or no folder can have it, or not every format can hold it.
    """
    if not str(out):
        raise OutputError("-o names no folder. Name one; a variable of the shell may have been empty.")
    if not str(out).isprintable():
        raise OutputError(
            f"{str(out)!a} has characters that not every file format can hold. Name another folder with -o."
        )
    out = Path(out)
    try:
        is_file = out.exists() and not out.is_dir()
    except OSError as error:
        raise _refused(out, error) from error
    if is_file:
        raise OutputError(f"{out} is a file. Name a folder with -o.")
    return out


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A folder inside ``out`` to write to; when all is written, its files move to ``out``, over those of their names.

    Args:
        out: Made if it is missing, and taken away again if nothing comes of it.

    Raises:
        OutputError: A file cannot be written, or a folder stands where it is to go; ``out`` is left as it was.
    """
    made = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".dateline-", dir=out) as temporary:
            stage = Path(temporary)
            yield stage
            names = sorted(file.name for file in stage.iterdir())
            blocked = next((out / name for name in names if (out / name).is_dir()), None)
            if blocked:
                raise OutputError(f"{blocked} is a folder, where a file is to be. Move it, or choose another with -o.")
            for name in names:
                (stage / name).replace(out / name)
    except OSError as error:
        if isinstance(error, DatelineError):
            raise
        raise _refused(out, error) from error
    finally:
        for folder in made:
            with suppress(OSError):  # it holds what was written
                folder.rmdir()


def _refused(out: Path, error: OSError) -> OutputError:
    return OutputError(f"Cannot write to {out}: {error.strerror or error}. Choose another folder with -o.")
