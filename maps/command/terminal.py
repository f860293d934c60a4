"""What a command says on a terminal: results, progress and what went wrong, with nothing in them a terminal obeys."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from routes.model import Claims, Report, Unreadable

if TYPE_CHECKING:
    from maps.publish import Publication
    from routes.corpus import CorpusRun
    from routes.listing import Format

Listing = Callable[[Iterable[Claims], "Format"], Iterator[str]]

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Terminal sequences, control characters and marks that turn the reading direction: a terminal would obey them."""


def harmless(text: str) -> str:
    """The text without terminal sequences and control characters."""
    return _ESCAPES.sub("", text)


def complain(message: str) -> None:
    """Say on standard error what went wrong."""
    sys.stderr.write(f"dateline: {harmless(message)}\n")


def name_unreadable(unreadable: Iterable[Unreadable]) -> None:
    """Say on standard error which inputs gave no report, why, and what to do."""
    for one in unreadable:
        complain(f"{one.path}: {one.reason}; {one.advice}")


def name_doubts(reports: Iterable[Report]) -> None:
    """Say on standard error what was not understood of reports that were read."""
    for report in reports:
        for finding in report.findings:
            complain(f"{report.path or report.id}: {finding.message}")


def say_published(made: Publication) -> None:
    """Say what a map came to and where it lies; on standard error, what it lacks of its inputs."""
    atlas = made.layers.atlas
    name_unreadable(made.unreadable)
    name_doubts(atlas.reports)
    counts = (_count(len(atlas.routes), "route"), _count(len(atlas.deployments), "deployment"))
    places = _count(len(made.layers.places), "place")
    sys.stdout.write(f"{_count(len(atlas.reports), 'report')}: {', '.join(counts)}, {places}\n")
    sys.stdout.writelines(f"{words}\n" for words in atlas.left_out)
    sys.stdout.write(f"{made.page}\n")


def say_corpus(run: CorpusRun, out: object) -> None:
    """Say what a corpus came to and where its claims lie."""
    counts = (_count(run.movements, "movement"), _count(run.deployments, "deployment"))
    unread = f"{_count(run.unreadable, 'input')} could not be read"
    sys.stdout.write(f"{_count(run.reports, 'report')}: {', '.join(counts)}; {unread}\n{out}\n")


def write_listing(
    collected: Iterable[Claims | Unreadable], listing: Listing, form: Format, *, quiet: bool
) -> tuple[int, int]:
    """Write a listing to standard output while its reports are read, and name those that cannot be.

    Args:
        collected: Claims of each report, or why there are none.
        listing: Claims and format → pieces of text.
        form: The format.
        quiet: Show no progress.

    Returns:
        How many reports were listed, and how many inputs could not be read.
    """
    counts = {Claims: 0, Unreadable: 0}

    def readable() -> Iterator[Claims]:
        for made in collected:
            counts[type(made)] += 1
            if isinstance(made, Unreadable):
                name_unreadable([made])
            else:
                on_step(f"{counts[Claims]} read: {made.report.path}")
                name_doubts([made.report])
                yield made

    with progress(quiet=quiet or sys.stdout.isatty()) as on_step:
        for piece in listing(readable(), form):
            sys.stdout.write(piece)
    return counts[Claims], counts[Unreadable]


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done, only where a person can see it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text("opening the gazetteer")) as status:
        yield lambda step: status.update(Text(harmless(step)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
