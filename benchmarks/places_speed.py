"""Characters a second of place recognition and resolution, paired in one run with flashgeotext, which resolves nothing.

    python -m benchmarks.places_speed CORPUS.jsonl [GAZETTEER.sqlite]

Each tool reads all texts ROUNDS times, taking turns, and its best round counts. Ours is measured twice: at first sight,
with a gazetteer just opened, where half the time goes into reading each name's places from the file; and again with the
same gazetteer, as for the later reports of a large corpus. CPU time of one process. Needs the extra `bench`.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.run_places import report_of
from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.places.mentions import find_places
from routes.model import Report

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def read_all(reports: list[Report], gazetteer: Gazetteer) -> None:
    for report in reports:
        find_places(report, (), gazetteer)


def main() -> None:
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").rstrip("\n").split("\n")
    reports = [report_of(json.loads(line)) for line in lines]
    path = sys.argv[2] if len(sys.argv) > 2 else None
    characters = sum(len(report.text) for report in reports)
    opening = min(seconds(lambda: open_gazetteer(path).close()) for _ in range(ROUNDS))
    read_all(reports[:1], open_gazetteer(path))  # the tables of weights and words are read once a process
    first, again = [], []
    for _ in range(ROUNDS):
        gazetteer = open_gazetteer(path)
        first.append(seconds(lambda g=gazetteer: read_all(reports, g)))
        again.append(seconds(lambda g=gazetteer: read_all(reports, g)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from flashgeotext.geotext import GeoText

    other = GeoText()
    flash = min(seconds(lambda: [other.extract(input_text=report.text) for report in reports]) for _ in range(ROUNDS))
    print(f"{len(reports)} reports, {characters} characters; opening the gazetteer {opening * 1000:.1f} ms")
    print(f"dateline, first sight {characters / min(first):12,.0f} characters/s, {flash / min(first):.2f} of it")
    print(f"dateline, again       {characters / min(again):12,.0f} characters/s, {flash / min(again):.2f} of it")
    print(f"flashgeotext          {characters / flash:12,.0f} characters/s")
    print(f"peak memory of dateline {memory:.0f} MB")


if __name__ == "__main__":
    main()
