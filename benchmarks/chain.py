"""The whole chain as users run it: wall time, processor time and peak memory of the commands.

    python -m benchmarks.chain [CORPUS...]

Without a corpus it looks up a name, maps the sample reports, and extracts the claims of the sample reports written
forty times over. With corpora (.jsonl …) it extracts the claims of these as well and says how many reports a second.
Each command runs in a process of its own; the first is run twice and the second run counts, so that files are in the
system's cache.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
COPIES = 40


def measured(*arguments: str) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in MB of one ``dateline`` command."""
    begin = time.perf_counter()
    child = os.fork()
    if child == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.execv(sys.executable, [sys.executable, "-m", "dateline", *arguments])
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(f"dateline {' '.join(arguments)} failed")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tell(what: str, figures: tuple[float, float, float], reports: int = 0) -> None:
    wall, processor, memory = figures
    rate = f"  {reports / processor:6.1f} reports a processor second, start included" if reports else ""
    sys.stdout.write(f"{what:34} {wall:6.2f} s wall  {processor:6.2f} s processor  {memory:6.0f} MB{rate}\n")


def main(corpora: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        measured("lookup", "Caracas")
        tell("lookup Caracas", measured("lookup", "Caracas"))
        tell("map seeds", measured("map", str(SEEDS), "-o", f"{folder}/out"))
        texts = sorted(SEEDS.glob("[0-9]*.md"))
        for copy in range(COPIES):
            for path in texts:
                Path(folder, f"{copy}-{path.name}").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        copies = [str(path) for path in Path(folder).glob("*.md")]
        tell(f"claims of {len(copies)} sample reports", measured("claims", *copies), len(copies))
        for corpus in corpora:
            with Path(corpus).open("rb") as file:
                count = sum(1 for line in file if line.strip())
            tell(f"claims of {Path(corpus).name}", measured("claims", corpus), count)


if __name__ == "__main__":
    main(sys.argv[1:])
