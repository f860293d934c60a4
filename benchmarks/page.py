"""The map page at size: bytes, time to build, time until usable, each beside Folium's own way with the same routes.

    python -m benchmarks.page [--routes 1000 10000] [--repeats 5]

Folium's page gets its Leaflet from disk, so that no network is measured; its GeoJson layer holds the routes as our own
routes.geojson does (great circles as lines). Pages are opened in turn, ours and Folium's, in one Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import maps
from gazetteer.place import Kind, Precision
from routes.model import (
    Atlas,
    Certainty,
    DateInterval,
    Evidence,
    Leg,
    Mode,
    Movement,
    PathKind,
    Position,
    Report,
    Role,
    RouteClaim,
    RouteEvent,
    Span,
    Status,
    Stop,
)

STOPS = 5
QUOTE_LENGTH = 200
ROUTES_PER_REPORT = 20
EMPTY_LIMIT = 700_000
MORE_LIMIT = 5_000_000


def random_atlas(count: int, *, first: date = date(2024, 1, 1), days: int = 700, seed: int = 1) -> Atlas:
    """Routes of five stops between large cities, each with a distinct quote of 200 characters."""
    from importlib.resources import files

    chance = random.Random(seed)
    cities = json.loads(files("maps").joinpath("data/basemap.json").read_text(encoding="utf-8"))["cities"]
    words = [c[0].lower() for c in cities]
    reports, routes, legs = [], [], []
    for n in range(count):
        if n % ROUTES_PER_REPORT == 0:
            name = f"report-{n}"
            reports.append(Report(id=name, text="", sha256="", title=f"Report {n}", publisher=f"Paper {n % 97}",
                                  url=f"https://example.org/{n}", published=first))  # fmt: skip
        quote = f"{n}: " + " ".join(chance.choices(words, k=60))
        stops = []
        for seq, city in enumerate(chance.sample(cities, STOPS), 1):
            place = Position(name=city[0], kind=Kind.CITY, precision=Precision.CITY, lon=city[1], lat=city[2],
                             place_id=city[0])  # fmt: skip
            role = Role.ORIGIN if seq == 1 else Role.DESTINATION if seq == STOPS else Role.STOP
            stops.append(Stop(seq=seq, role=role, position=place, text=city[0], span=Span(start=0, end=1)))
        start = first + timedelta(days=chance.randrange(days))
        moved = Movement(
            id=f"m-{n}", mode=chance.choice([Mode.AIR, Mode.SEA, Mode.LAND]), stops=tuple(stops),
            status=chance.choice(list(Status)[:4]), certainty=chance.choice(list(Certainty)),
            evidence=(Evidence(span=Span(start=0, end=QUOTE_LENGTH), quote=quote[:QUOTE_LENGTH]),),
            carrier=f"Carrier {chance.randrange(2000)}", date=DateInterval(start=start, end=start + timedelta(days=1)),
        )  # fmt: skip
        event = f"r-{chance.randrange(16**12):012x}"
        claim = RouteClaim(report_id=reports[-1].id, movement=moved)
        routes.append(RouteEvent(id=event, merged=moved, claims=(claim,)))
        for seq, (a, b) in enumerate(pairwise(stops), 1):
            legs.append(Leg(id=f"l-{n}-{seq}", route_id=event, seq=seq, from_seq=a.seq, to_seq=b.seq, length_km=5000.0,
                            line=_great_circle(a.position, b.position), path=PathKind.GREAT_CIRCLE))  # fmt: skip
    return Atlas(reports=tuple(reports), routes=tuple(routes), legs=tuple(legs))


def _great_circle(a: Position, b: Position) -> tuple[tuple[float, float], ...]:
    from routes.paths.geodesic import great_circle

    assert a.lon is not None
    assert a.lat is not None
    assert b.lon is not None
    assert b.lat is not None
    return great_circle((a.lon, a.lat), (b.lon, b.lat))


def folium_geojson(atlas: Atlas, path: Path) -> None:
    """The same routes by folium.GeoJson with a tooltip of two properties."""
    import folium

    lines: dict[str, list[list[list[float]]]] = {}
    for leg in atlas.legs:
        lines.setdefault(leg.route_id, []).append([[round(x, 6), round(y, 6)] for x, y in leg.line])
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiLineString", "coordinates": lines[event.id]},
            "properties": {"carrier": event.merged.carrier, "quote": event.merged.evidence[0].quote},
        }
        for event in atlas.routes
    ]
    page = folium.Map(location=[20, 0], zoom_start=2, tiles=None, prefer_canvas=True)
    layer = folium.GeoJson({"type": "FeatureCollection", "features": features})
    layer.add_child(folium.GeoJsonTooltip(["carrier", "quote"]))
    layer.add_to(page)
    _save_local(page, path)


def folium_polylines(atlas: Atlas, path: Path) -> None:
    """The same routes by one folium.PolyLine each, straight from stop to stop."""
    import folium

    page = folium.Map(location=[20, 0], zoom_start=2, tiles=None, prefer_canvas=True)
    for event in atlas.routes:
        points = [[s.position.lat, s.position.lon] for s in event.merged.stops]
        folium.PolyLine(points, tooltip=event.merged.carrier).add_to(page)
    _save_local(page, path)


def _save_local(page: Any, path: Path) -> None:
    from xstatic.pkg import leaflet

    home = Path(leaflet.BASE_DIR)
    page.default_js = [("leaflet", (home / "leaflet.js").as_uri())]
    page.default_css = [("leaflet_css", (home / "leaflet.css").as_uri())]
    page.save(str(path))


def usable_ms(browser: Any, path: Path, ready: str) -> float:
    """Milliseconds from navigation until the page has drawn and two further frames have passed."""
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    page.goto(path.as_uri(), wait_until="load", timeout=300_000)
    page.wait_for_selector(ready, timeout=300_000, state="attached")
    frames = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))"
    took = page.evaluate(frames)
    page.close()
    return float(took)


def timed(work: Any) -> float:
    """Seconds of processor time, the best of three."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description="The map page at size, beside Folium's own way.")
    parser.add_argument("--routes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        home = Path(folder)
        empty = maps.write_map(Atlas(), home / "empty.html").stat().st_size
        print(f"empty map: {empty:,} bytes (limit {EMPTY_LIMIT:,})")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for count in asked.routes:
            atlas = random_atlas(count)
            ours, theirs, lines = home / "ours.html", home / "geojson.html", home / "polylines.html"
            built = timed(lambda a=atlas, p=ours: maps.write_map(a, p))
            geojson = timed(lambda a=atlas, p=theirs: folium_geojson(a, p))
            polylines = timed(lambda a=atlas, p=lines: folium_polylines(a, p))
            print(f"{count:,} routes: {ours.stat().st_size - empty:,} bytes more than empty (limit {MORE_LIMIT:,})")
            print(f"  build: {built:.2f} s; folium PolyLine each {polylines:.2f} s; folium GeoJson {geojson:.2f} s")
            pairs = [
                (usable_ms(browser, ours, "html[data-ready]"), usable_ms(browser, theirs, ".leaflet-container canvas"))
                for _ in range(asked.repeats)
            ]
            mine, folium_s = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"  usable: {mine:.0f} ms; folium GeoJson {folium_s:.0f} ms; median of paired ratios {ratio:.2f}")
        browser.close()


if __name__ == "__main__":
    main()
