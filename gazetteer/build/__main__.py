"""``python -m gazetteer.build``: compile the gazetteer where it is not up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gazetteer.build.compile import build
from gazetteer.errors import GazetteerBuildError
from gazetteer.store import DEFAULT_PATH


def main(arguments: list[str] | None = None) -> int:
    """Compile; 0 when the file is there afterwards, 1 when a source is malformed."""
    parser = argparse.ArgumentParser(prog="python -m gazetteer.build", description="Compile the gazetteer.")
    parser.add_argument("-o", "--output", type=Path, default=DEFAULT_PATH)
    parser.add_argument("--force", action="store_true", help="compile even if the file is up to date")
    options = parser.parse_args(arguments)
    try:
        built = build(options.output, force=options.force, say=lambda line: sys.stderr.write(f"gazetteer: {line}\n"))
    except GazetteerBuildError as error:
        sys.stderr.write(f"gazetteer: {error}\n")
        return 1
    if not built:
        sys.stderr.write("gazetteer: up to date\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
