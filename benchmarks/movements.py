"""Speed of the extraction, and how much of a corpus it parses.

    python -m benchmarks.movements CORPUS.jsonl... [--first N]

Corpora are JSON lines with ``text``. Prints reports a second of processor time after start-up, the time of each step,
the share of sentences parsed, and what was found. Accuracy is measured by the evaluation sets' own scorer on what
``dateline claims CORPUS --format jsonl`` prints.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from gazetteer.store import open_gazetteer
from routes.extract.claims import find_movements
from routes.extract.dates.dates import find_dates
from routes.extract.forces.deployments import find_deployments
from routes.extract.places.mentions import find_places
from routes.extract.text.language import load_language
from routes.extract.text.parsing import parse_sentences
from routes.extract.text.sentences import split_sentences
from routes.model import Report

Result = TypeVar("Result")


def reports(paths: list[Path], first: int | None) -> Iterator[Report]:
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if first is not None and number >= first:
                    break
                row = json.loads(line)
                digest = sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
                yield Report(id=str(row.get("id", number)), text=row["text"], sha256=digest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--first", type=int)
    options = parser.parse_args()
    language = load_language()
    seconds: Counter[str] = Counter()
    found: Counter[str] = Counter()

    def timed(step: str, call: Callable[..., Result], *arguments: object) -> Result:
        begin = time.process_time()
        result = call(*arguments)
        seconds[step] += time.process_time() - begin
        return result

    with open_gazetteer() as gazetteer:
        for report in reports(options.corpora, options.first):
            sentences = timed("sentences", split_sentences, report.text)
            places = timed("places", find_places, report, sentences, gazetteer)
            parsed, _ = timed("parse", parse_sentences, report, sentences, places, language)
            dates = timed("dates", find_dates, report.text, report.published)
            movements = timed("movements", find_movements, report, places, parsed, dates, gazetteer)
            deployments = timed("deployments", find_deployments, report, parsed, places, dates)
            found.update(
                reports=1,
                sentences=len(sentences),
                parsed=len({one.index for one in parsed}),
                movements=len(movements),
                deployments=len(deployments),
            )
    total = sum(seconds.values())
    rows = [f"{found['reports'] / total:7.1f} reports a processor second ({found['reports']} in {total:.1f} s)"]
    rows += [f"{100 * value / total:6.1f} % {step}" for step, value in seconds.most_common()]
    rows += [f"{100 * found['parsed'] / found['sentences']:6.1f} % of {found['sentences']} sentences parsed"]
    rows += [f"{found['movements']:7} movements, {found['deployments']} deployments"]
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
