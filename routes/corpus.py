"""A corpus of any size → its claims as JSON lines, worked on by several processes or a Dask cluster.

One process reads the reports and writes the lines, in the order of the inputs; the others extract. Only so many
batches are under way at a time, so memory does not grow with the corpus.
"""

from __future__ import annotations

import json
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from gazetteer.version import VERSION
from routes.errors import ClusterError, NothingUsableError
from routes.listing import json_line
from routes.model import Claims, Report, Unreadable
from routes.read.reports import read_reports
from routes.rows import claims_row
from routes.staging import output_folder, staged

if TYPE_CHECKING:
    from spacy.language import Language

    from gazetteer.store import Gazetteer

BATCH_REPORTS = 16
"""Reports handed to a worker at a time: some tenths of a second of work, so that handing over costs little."""

BATCHES_AHEAD = 3
"""Batches under way for each worker."""

CONNECT_SECONDS = 10

CLAIMS = "claims.jsonl"
UNREADABLE = "unreadable.jsonl"
RUN_RECORD = "run.json"

Batch = tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusRun:
    """What a corpus came to: numbers of reports, movements and deployments, and of inputs that gave no report."""

    reports: int
    movements: int
    deployments: int
    unreadable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One report's JSON line, and how many movements and deployments it holds."""

    line: str
    movements: int
    deployments: int


def extract_corpus(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    published: date | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> CorpusRun:
    """Extract the claims of every report and write claims.jsonl, unreadable.jsonl and run.json to ``out``.

    The lines are those of ``dateline claims``, in the order of the inputs, whatever the number of workers.

    Args:
        inputs: Files, folders or ``-``.
        out: Folder to write to; made if it is missing.
        published: Day of publication of reports that give none.
        workers: Processes on this machine; one for each core if None.
        scheduler: Address of a Dask scheduler (``tcp://host:8786``) whose workers extract instead; dateline has to be
            installed where they run.
        on_step: Told how far it is.

    Raises:
        NothingUsableError: No input gave a report; nothing is written.
        ClusterError: The cluster cannot be reached, or a worker died.
        OutputError: A file cannot be written.
    """
    out = output_folder(out)
    number = workers or _cores()
    try:
        with staged(out) as stage:
            with (
                (stage / CLAIMS).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as claims,
                (stage / UNREADABLE).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as unreadable,
                _executor(number, scheduler) as executor,
            ):
                read = read_reports(inputs, published=published)
                run = _write_rows(_in_order(executor, read, number * BATCHES_AHEAD), claims, unreadable, on_step)
            if not run.reports:
                rows = map(json.loads, (stage / UNREADABLE).read_text(encoding="utf-8").splitlines())
                named = "\n".join(f"  {row['path']}: {row['reason']}; {row['advice']}" for row in rows)
                raise NothingUsableError(f"No report could be read:\n{named}")
            (stage / RUN_RECORD).write_text(_record(run, published), encoding="utf-8", newline="\n")
    except BrokenProcessPool as error:
        raise ClusterError("A worker died, most likely for want of memory; try fewer with --workers.") from error
    return run


def _cores() -> int:
    """Cores this process may use; a container may grant fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_order(executor: Executor, read: Iterable[Report | Unreadable], ahead: int) -> Iterator[Extracted | Unreadable]:
    """What each input gave, in the order of the inputs, at most ``ahead`` batches under way."""
    under_way: deque[Future[list[Extracted | Unreadable]] | Unreadable] = deque()
    for batch in _batches(read):
        under_way.append(batch if isinstance(batch, Unreadable) else _submit(executor, batch))
        while len(under_way) > ahead:
            yield from _finished(under_way.popleft())
    while under_way:
        yield from _finished(under_way.popleft())


def _submit(executor: Executor, batch: Batch) -> Future[list[Extracted | Unreadable]]:
    """Hand a batch out, with interrupts held back.

    A worker that starts meanwhile inherits that, and does not answer Ctrl-C with a traceback while it still imports.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return executor.submit(extract_batch, batch)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return executor.submit(extract_batch, batch)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _batches(read: Iterable[Report | Unreadable]) -> Iterator[Batch | Unreadable]:
    reports: list[Report] = []
    for one in read:
        if isinstance(one, Report):
            reports.append(one)
        if reports and (isinstance(one, Unreadable) or len(reports) == BATCH_REPORTS):
            yield tuple(reports)
            reports = []
        if isinstance(one, Unreadable):
            yield one
    if reports:
        yield tuple(reports)


def _finished(made: Future[list[Extracted | Unreadable]] | Unreadable) -> Iterator[Extracted | Unreadable]:
    if isinstance(made, Unreadable):
        yield made
    else:
        yield from made.result()


def extract_batch(batch: Batch) -> list[Extracted | Unreadable]:
    """What a worker does with some reports; it opens its gazetteer and language model once and keeps them.

    Args:
        batch: The reports.
    """
    from routes.collect import guarded
    from routes.extract.claims import extract_claims

    gazetteer, language = _tools()
    return [_extracted(guarded(one, partial(extract_claims, one, gazetteer, language))) for one in batch]


@cache
def _tools() -> tuple[Gazetteer, Language]:
    from gazetteer.store import open_gazetteer
    from routes.extract.text.language import load_language

    return open_gazetteer(), load_language()


def _extracted(made: Claims | Unreadable) -> Extracted | Unreadable:
    if isinstance(made, Unreadable):
        return made
    return Extracted(line=json_line(claims_row(made)), movements=len(made.movements), deployments=len(made.deployments))


@contextmanager
def _executor(workers: int, scheduler: str | None) -> Iterator[Executor]:
    """Where batches go: processes of this machine, or the workers of a Dask cluster."""
    if scheduler is None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_main)
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--scheduler needs Dask: pip install 'dateline[cluster]'") from error
    try:
        client: Any = Client(scheduler, timeout=CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"{scheduler}: no Dask scheduler answers there ({error}); check the address") from error
    with client, client.get_executor() as executor:
        yield executor


def _leave_interrupts_to_main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _write_rows(
    made: Iterable[Extracted | Unreadable], claims: TextIO, unreadable: TextIO, on_step: Callable[[str], None]
) -> CorpusRun:
    run = CorpusRun(reports=0, movements=0, deployments=0, unreadable=0)
    for one in made:
        if isinstance(one, Unreadable):
            unreadable.write(json_line({"path": one.path, "reason": one.reason, "advice": one.advice}))
            run = replace(run, unreadable=run.unreadable + 1)
            continue
        claims.write(one.line)
        run = replace(
            run,
            reports=run.reports + 1,
            movements=run.movements + one.movements,
            deployments=run.deployments + one.deployments,
        )
        on_step(f"{run.reports:,} reports: {run.movements:,} movements, {run.deployments:,} deployments")
    return run


def _record(run: CorpusRun, published: date | None) -> str:
    options = {"published": published.isoformat() if published else None}
    record = {"version": VERSION, "options": options, "counts": asdict(run)}
    return json.dumps(record, indent=1) + "\n"
