"""Paths measured: speed on one core, sea distances against published ones, share of sea lanes on land.

    python -m benchmarks.paths speed        10,000 legs, distinct flights and voyages a second, start, memory
    python -m benchmarks.paths distances    the published distances of the tests, one line each
    python -m benchmarks.paths land         200 random port pairs: km on land beyond the last 10 km, where, of what
    python -m benchmarks.paths overflight   countries under a flight: flights a second, and beside cutting polygons

Times are processor times, so that other work on the machine does not count.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from routes.model import Atlas, Certainty, Evidence, Leg, Mode, Movement, Position, Role, RouteEvent, Span, Status, Stop
from routes.paths.geodesic import KM_PER_NMI, distance_km, great_circle, length_km
from routes.paths.legs import draw_legs
from routes.paths.network import network
from routes.paths.sealane import landfall, sea_lane
from routes.paths.split import split_line
from routes.paths.voyage import DEFAULT_AVOID

Port = tuple[str, tuple[float, float]]

SEED = 7
LAST_KM = 10.0
CANALS = {"Suez Canal": (32.35, 30.45, 90), "Panama Canal": (-79.75, 9.12, 50), "Kiel Canal": (9.6, 54.1, 60)}
STRAITS = {"Bosporus": (29.07, 41.12, 25), "Dardanelles": (26.4, 40.18, 40)}
INLAND = {"Great Lakes and St Lawrence": (-93, -69, 41, 49.5), "Volga and Don": (38.5, 50, 45, 50.5)}


def ports() -> list[Port]:
    """The 3,962 ports of the searoute package, some of them inland."""
    spec = find_spec("searoute")
    assert spec is not None
    assert spec.submodule_search_locations
    file = Path(spec.submodule_search_locations[0]) / "data" / "ports.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return [(f["properties"]["name"], tuple(f["geometry"]["coordinates"])) for f in features]


def event(number: int, mode: Mode, start: tuple[float, float], end: tuple[float, float]) -> RouteEvent:
    span = Span(start=0, end=1)
    stops = tuple(
        Stop(seq=seq, role=role, position=Position(name=str(seq), lon=lon, lat=lat), text="x", span=span)
        for seq, role, (lon, lat) in ((1, Role.ORIGIN, start), (2, Role.DESTINATION, end))
    )
    made = Movement(
        id=f"m-{number}",
        mode=mode,
        stops=stops,
        status=Status.COMPLETED,
        certainty=Certainty.STATED,
        evidence=(Evidence(span=span, quote="x"),),
    )
    return RouteEvent(id=f"r-{number}", merged=made, claims=())


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def drawn(events: list[RouteEvent]) -> list[Leg]:
    return [leg for one in events for leg in draw_legs(one)]


def speed() -> None:
    chance = random.Random(SEED)
    print(f"start: lanes {timed(network):.2f} s, land mask {timed(lambda: landfall((0.0, 0.0))):.2f} s")
    towns = [(chance.uniform(-180, 180), chance.uniform(-55, 70)) for _ in range(4000)]
    flights = [event(i, Mode.AIR, *chance.sample(towns, 2)) for i in range(10_000)]
    took = timed(lambda: drawn(flights))
    print(f"10,000 distinct flights: {took:.2f} s, {10_000 / took:,.0f} a second")
    again = timed(lambda: drawn(flights))
    print(f"the same again: {again:.2f} s, {10_000 / again:,.0f} a second")
    repeated = [event(i, Mode.AIR, *chance.sample(towns[:60], 2)) for i in range(10_000)]
    took = timed(lambda: drawn(repeated))
    print(f"10,000 flights between 60 places: {took:.2f} s, {10_000 / took:,.0f} a second")
    reached = [port for port in ports() if (fall := landfall(port[1])) is not None and fall.gap_km == 0]
    landfall.cache_clear()
    pairs = [chance.sample(reached, 2) for _ in range(300)]
    voyages = [event(i, Mode.SEA, a[1], b[1]) for i, (a, b) in enumerate(pairs)]
    took = timed(lambda: drawn(voyages))
    print(f"300 distinct voyages: {took:.2f} s, {300 / took:,.1f} a second")
    took = timed(lambda: drawn(voyages * 10))
    print(f"3,000 voyages, those 300 over again: {took:.2f} s, {3000 / took:,.0f} a second")
    print(f"parts for files: {timed(lambda: [split_line(leg.line) for leg in drawn(flights)]):.2f} s for 10,000 legs")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def distances() -> None:
    from tests.routes.test_paths_sealane import PORTS, PUBLISHED

    worst = 0.0
    for start, end, avoid, miles, source in PUBLISHED:
        lane = sea_lane(PORTS[start], PORTS[end], avoid=DEFAULT_AVOID | set(avoid.split()))
        assert lane is not None
        ours = lane.length_km / KM_PER_NMI
        worst = max(worst, abs(ours / miles - 1))
        print(f"{start:14} {end:14} {avoid:14} {miles:7,} {ours:9,.0f} {ours / miles - 1:+7.1%}  {source}")
    print(f"{len(PUBLISHED)} distances, the worst {worst:.1%} off")


def land() -> None:
    """Length on land by the gazetteer's borders, which count lakes and rivers as land."""
    import shapely

    from gazetteer.borders import load_borders

    polygons = shapely.get_parts([area.land for area in load_borders().areas if area.land is not None])
    tree = shapely.STRtree(polygons)
    reached = [port for port in ports() if (fall := landfall(port[1])) is not None and fall.gap_km == 0]
    chance = random.Random(SEED)
    total_km, on_land = 0.0, dict.fromkeys([*CANALS, *STRAITS, *INLAND, "elsewhere"], 0.0)
    worst = []
    for _ in range(200):
        (first, start), (last, end) = chance.sample(reached, 2)
        lane = sea_lane(start, end, avoid=DEFAULT_AVOID)
        if lane is None:
            print(f"no lane from {first} to {last}")
            continue
        total_km += lane.length_km
        own_km = 0.0
        for part in split_line(lane.line):
            line = shapely.LineString(part)
            for polygon in polygons[tree.query(line, predicate="intersects")]:
                for piece in shapely.get_parts(shapely.intersection(line, polygon)):
                    if piece.geom_type == "LineString":
                        own_km += counted(tuple(piece.coords), (start, end), on_land)
        worst.append((own_km, f"{first} to {last}"))
    for where, km in on_land.items():
        print(f"{where:28} {km:8,.0f} km  {km / total_km:.4%}")
    print(f"{total_km:,.0f} km in all; farthest over land elsewhere:")
    for km, name in sorted(worst, reverse=True)[:8]:
        print(f"  {km:6.1f} km  {name}")


def counted(piece: tuple, ends: tuple, on_land: dict[str, float]) -> float:
    """Add the steps of a piece on land to the sums, but for the last 10 km; give back what lies elsewhere."""
    elsewhere = 0.0
    for a, b in pairwise(piece):
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        if min(distance_km(middle, end) for end in ends) <= LAST_KM:
            continue
        circles = {**CANALS, **STRAITS}
        where = next((n for n, (x, y, r) in circles.items() if distance_km(middle, (x, y)) <= r), None)
        where = where or next(
            (n for n, (w, e, s, north) in INLAND.items() if w < middle[0] < e and s < middle[1] < north), "elsewhere"
        )
        on_land[where] += length_km((a, b))
        elsewhere += length_km((a, b)) if where == "elsewhere" else 0.0
    return elsewhere


def overflight() -> None:
    """Countries under lines, beside cutting every border polygon by the line, and a map of 10,000 flights."""
    from gazetteer.borders import countries_along, load_borders
    from gazetteer.store import open_gazetteer
    from routes.atlas import finish_atlas
    from tests.gazetteer.cut_polygons import countries_cut

    print(f"start: borders {timed(load_borders):.2f} s, cells {timed(lambda: countries_along([(0, 0), (1, 1)])):.2f} s")
    countries_cut([(0, 0), (1, 1)])
    chance = random.Random(SEED)
    spots = [(chance.uniform(-180, 180), chance.uniform(-50, 70)) for _ in range(400)]
    lines = [great_circle(*chance.sample(spots, 2)) for _ in range(200)]
    mean = sum(map(length_km, lines)) / len(lines)
    for _ in range(3):
        took, cut = (timed(lambda way=way: [way(line) for line in lines]) for way in (countries_along, countries_cut))
        print(
            f"200 flights of {mean:,.0f} km on average: {200 / took:,.0f} a second,"
            f" {200 / cut:,.0f} by cutting polygons: {cut / took:.1f} times faster"
        )
    towns = [(chance.uniform(-180, 180), chance.uniform(-50, 70)) for _ in range(4000)]
    weighed = Atlas(routes=tuple(event(i, Mode.AIR, *chance.sample(towns, 2)) for i in range(10_000)))
    with open_gazetteer() as gazetteer:
        took = timed(lambda: finish_atlas(weighed, gazetteer=gazetteer))
    print(f"10,000 distinct flights drawn, with countries and checks: {took:.1f} s")


if __name__ == "__main__":
    {"speed": speed, "distances": distances, "land": land, "overflight": overflight}[sys.argv[1]]()
