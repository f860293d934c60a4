"""How many gold toponyms have a candidate near the gold point: the ceiling of any resolver.

``python benchmarks/coverage.py GOLD.jsonl... [--misses]``. Gold: one report a line, with ``toponyms``
({name, lat, lon}), or ``routes`` with ``stops`` as in the gold of reports (a .json file each).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gazetteer.names import fold, strip_possessive
from gazetteer.store import Gazetteer, distance_km, open_gazetteer

NEAR_KM = 161.0  # 100 miles, the tolerance of the geoparsing literature


def gold_names(path: Path) -> Iterator[tuple[str, float, float, str]]:
    """Name, lon, lat and an id of each gold toponym that has a point."""
    if path.suffix == ".json":
        gold = json.loads(path.read_text(encoding="utf-8"))
        for stop in [s for r in gold.get("routes", ()) for s in r["stops"]] + list(gold.get("deployments", ())):
            if stop.get("lat") is not None:
                yield stop.get("name") or stop.get("place", ""), stop["lon"], stop["lat"], stop.get("precision", "")
        return
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        for t in json.loads(line).get("toponyms", ()):
            if t["lat"] is not None:
                yield t["name"], t["lon"], t["lat"], str(t.get("geonameid", ""))


def distance_of_nearest(gazetteer: Gazetteer, name: str, lon: float, lat: float) -> float | None:
    """Distance in km of the nearest candidate; None where there is no candidate."""
    named = gazetteer.lookup(name) or gazetteer.lookup(strip_possessive(name))
    if not named and fold(name).startswith("the "):
        named = gazetteer.lookup_key(fold(name)[4:])
    return min((distance_km(lon, lat, n.place.lon, n.place.lat) for n in named), default=None)


def main() -> None:
    """Print a line a set, and the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--misses", action="store_true", help="list the names without a near candidate")
    options = parser.parse_args()
    with open_gazetteer() as gazetteer:
        for given in options.gold:
            paths = sorted(given.glob("*.json")) if given.is_dir() else [given]
            count: Counter[str] = Counter()
            misses: Counter[tuple[str, str, str]] = Counter()
            for path in paths:
                for name, lon, lat, gold_id in gold_names(path):
                    km = distance_of_nearest(gazetteer, name, lon, lat)
                    cause = "none" if km is None else "near" if km <= NEAR_KM else "far"
                    count[cause] += 1
                    if cause != "near":
                        detail = "" if km is None else f"{km:.0f} km"
                        misses[name, detail, f"{lat:.3f},{lon:.3f} {gold_id}"] += 1
            total = sum(count.values())
            print(
                f"{given.name}: {total} toponyms, near {count['near'] / max(total, 1):.4f}, "
                f"no such name {count['none']}, all too far {count['far']}"
            )
            if options.misses:
                for (name, detail, where), n in misses.most_common():
                    print(f"  {n:3} {name!r} {detail} {where}")


if __name__ == "__main__":
    main()
