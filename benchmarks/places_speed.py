"""Characters a second of place recognition and resolution, paired in one run with flashgeotext, which resolves nothing.

    python -m benchmarks.places_speed CORPUS.jsonl [GAZETTEER.sqlite]

Each tool reads all texts in turn, ROUNDS times, and its best round counts; ours begins each round with nothing kept
from the one before. CPU time of one process. Needs the extra `bench` (flashgeotext).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.run_places import report_of
from gazetteer.store import open_gazetteer
from routes.extract.mentions import find_places
from routes.model import Report

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ours(reports: list[Report], path: str | None) -> None:
    with open_gazetteer(path) as gazetteer:
        for report in reports:
            find_places(report, (), gazetteer)


def main() -> None:
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").rstrip("\n").split("\n")
    reports = [report_of(json.loads(line)) for line in lines]
    path = sys.argv[2] if len(sys.argv) > 2 else None
    characters = sum(len(report.text) for report in reports)
    opening = min(seconds(lambda: open_gazetteer(path).close()) for _ in range(ROUNDS))
    best = min(seconds(lambda: ours(reports, path)) for _ in range(ROUNDS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from flashgeotext.geotext import GeoText

    other = GeoText()
    flash = min(seconds(lambda: [other.extract(input_text=report.text) for report in reports]) for _ in range(ROUNDS))
    print(f"{len(reports)} reports, {characters} characters")
    print(f"opening the gazetteer  {opening * 1000:.1f} ms")
    print(f"dateline               {characters / best:,.0f} characters/s, peak memory {memory:.0f} MB")
    print(f"flashgeotext           {characters / flash:,.0f} characters/s")
    print(f"ratio                  {flash / best:.2f}")


if __name__ == "__main__":
    main()
