"""Reads the tables of gazetteer/data/: tab-separated text, one head line, ``#`` before a remark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gazetteer.errors import GazetteerBuildError

DATA = Path(__file__).resolve().parent.parent / "data"


class Row(dict[str, str]):
    """One row: column → text, with the place it stands at."""

    def __init__(self, values: dict[str, str], where: str) -> None:
        super().__init__(values)
        self.where = where

    def fail(self, what: str) -> GazetteerBuildError:
        """An error that names file and row."""
        return GazetteerBuildError(f"{self.where}: {what}")

    def number(self, column: str, *, low: float, high: float, default: float | None = None) -> float:
        """A number within bounds, both included."""
        text = self[column]
        if not text and default is not None:
            return default
        try:
            value = float(text)
        except ValueError:
            raise self.fail(f"{column} is {text!r}, not a number") from None
        if not low <= value <= high:
            raise self.fail(f"{column} is {value:g}, outside {low:g} to {high:g}")
        return value

    @property
    def lon(self) -> float:
        """Degrees east."""
        return self.number("lon", low=-180, high=180)

    @property
    def lat(self) -> float:
        """Degrees north."""
        return self.number("lat", low=-90, high=90)

    def many(self, column: str) -> list[str]:
        """The parts of a cell divided by ``|``."""
        return [part.strip() for part in self[column].split("|") if part.strip()]


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read one table.

    Args:
        path: The file.
        columns: The columns it must have, in this order.

    Raises:
        GazetteerBuildError: Another head, or a row with another number of cells; names file and row.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        head = next(lines, "").rstrip("\n").split("\t")
        if tuple(head) != columns:
            raise GazetteerBuildError(f"{path.name}, row 1: columns are {head}, expected {list(columns)}")
        for number, line in enumerate(lines, 2):
            text = line.rstrip("\n")
            if not text or text.startswith("#"):
                continue
            cells = text.split("\t")
            where = f"{path.name}, row {number}"
            if len(cells) != len(columns):
                raise GazetteerBuildError(f"{where}: {len(cells)} cells, expected {len(columns)}")
            yield Row(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), where)
