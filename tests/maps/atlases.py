"""Atlases for tests of what is drawn: the hand-made sample with its legs, parts of it, and a hostile one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from routes.model import Atlas, Certainty, DeploymentEvent, Mode, Report, RouteEvent, Status
from routes.paths.legs import draw_legs
from tests.samples import event, movement, report, sample_atlas

HOSTILE = (
    "{{7*7}} {% for x in y %} <img src=x onerror=alert(1)> </script><!-- ]]> ${1} $x$ =1+1 "
    "\u2028 \x00 \u202e \ud800 [% 1+1 %] '\"&amp;"
)


def drawn(atlas: Atlas) -> Atlas:
    return replace(atlas, legs=tuple(leg for route in atlas.routes for leg in draw_legs(route)))


def part_of(atlas: Atlas, *route_ids: str, deployments: bool = False) -> Atlas:
    return replace(
        atlas,
        routes=tuple(r for r in atlas.routes if r.id in route_ids),
        legs=tuple(leg for leg in atlas.legs if leg.route_id in route_ids),
        deployments=atlas.deployments if deployments else (),
    )


def whole() -> Atlas:
    return drawn(sample_atlas())


def il76() -> Atlas:
    return part_of(whole(), "r-il76", "r-tanker", "r-oil", "r-denied", deployments=True)


def pacific() -> Atlas:
    return part_of(whole(), "r-frigate")


def polar(*legs: tuple[tuple[float, float], tuple[float, float]]) -> Atlas:
    """A flight for each pair of (lon, lat)."""
    source = report("flights", "Aircraft flew over the pole.", title="Over the top", publisher="Example Post")
    routes = []
    for number, ends in enumerate(legs):
        trip = movement(f"m-{number}", source, "Busan", "San Diego", carrier=f"Flight {number}")
        stops = tuple(
            replace(stop, position=replace(stop.position, name=f"Place {number}{end}", lon=lon, lat=lat, place_id=None))
            for stop, end, (lon, lat) in zip(trip.stops, "ab", ends, strict=True)
        )
        routes.append(event(f"r-{number}", [(source, replace(trip, stops=stops))]))
    return drawn(Atlas(reports=(source,), routes=tuple(routes)))


def hostile() -> Atlas:
    source = report("evil", HOSTILE, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    trip = movement("m-evil", source, "Busan", "San Diego", carrier=HOSTILE, operator=HOSTILE, attribution=HOSTILE)
    stops = tuple(replace(s, position=replace(s.position, name=HOSTILE)) for s in trip.stops)
    return drawn(Atlas(reports=(source,), routes=(event("r-evil", [(source, replace(trip, stops=stops))]),)))


PLACES = {
    "Lisbon": (-9.14, 38.72),
    "Madrid": (-3.70, 40.42),
    "Paris": (2.35, 48.86),
    "Brussels": (4.35, 50.85),
    "Hamburg": (9.99, 53.55),
    "Berlin": (13.40, 52.52),
    "Prague": (14.42, 50.09),
    "Vienna": (16.37, 48.21),
    "Warsaw": (21.01, 52.23),
    "Vilnius": (25.28, 54.69),
    "Riga": (24.11, 56.95),
    "Helsinki": (24.94, 60.17),
    "Kyiv": (30.52, 50.45),
    "Odesa": (30.73, 46.48),
    "Athens": (23.73, 37.98),
    "Istanbul": (28.98, 41.01),
    "Cairo": (31.24, 30.04),
    "Khartoum": (32.53, 15.50),
    "Nairobi": (36.82, -1.29),
    "Cape Town": (18.42, -33.92),
    "Lagos": (3.38, 6.45),
    "Delhi": (77.21, 28.61),
    "Bangkok": (100.50, 13.76),
    "Tokyo": (139.69, 35.69),
    "Seoul": (126.98, 37.57),
    "Sydney": (151.21, -33.87),
    "Anchorage": (-149.90, 61.22),
    "Los Angeles": (-118.24, 34.05),
    "New York": (-74.01, 40.71),
    "Guatemala City": (-90.51, 14.63),
    "Santiago": (-70.67, -33.45),
    "Papeete": (-149.57, -17.54),
}
FAR_NORTH_AND_SOUTH = {"Longyearbyen": (15.63, 78.22), "Ushuaia": (-68.30, -54.81), "Rothera": (-68.13, -67.57)}


def crowded() -> Atlas:
    """Every mode and status over the whole world, most of it in Europe, told by more sources than a figure names."""
    names = list(PLACES)
    ways = [(mode, status, certainty) for mode in Mode for status in Status for certainty in Certainty]
    ways = [way for way in ways if way[1] is not Status.WITHDRAWN]
    sources = [
        report(f"crowd-{i}", "It moved.", publisher=f"Harbour Courier {i}", published=date(2025, 1, 1 + i))
        for i in range(14)
    ]
    routes = []
    for i, (mode, status, certainty) in enumerate(ways):
        source, ends = sources[i % len(sources)], (names[i % 17], names[(i * 7 + 5) % len(names)])
        # Voyages are laid over the land too: what is tested is the drawing.
        routes.append(_trip(f"crowd-{i}", source, *ends, mode=mode, status=status, certainty=certainty))
    forces = tuple(replace(force, claims=()) for force in whole().deployments)
    return _schematic(routes, sources, forces)


def round_the_world() -> Atlas:
    """Flights that leave no meridian free, so that the map's edge cuts one of them."""
    source = report("round", "It flew on.", publisher="Example Post")
    chain = ("Tokyo", "Los Angeles", "New York", "Paris", "Delhi", "Tokyo")
    ways = [*pairwise(chain), ("Longyearbyen", "Paris"), ("Ushuaia", "Rothera")]
    routes = [_trip(f"round-{i}", source, *ends, mode=Mode.AIR) for i, ends in enumerate(ways)]
    return drawn(Atlas(reports=(source,), routes=tuple(routes)))


def _trip(name: str, source: Report, *stops: str, **fields: object) -> RouteEvent:
    trip = movement(f"m-{name}", source, *("Moscow" for _ in stops), carrier=f"carrier {name}", **fields)
    placed = [
        replace(stop, text=town, position=replace(stop.position, name=town, lon=lon, lat=lat))
        for stop, town in zip(trip.stops, stops, strict=True)
        for lon, lat in [(PLACES | FAR_NORTH_AND_SOUTH)[town]]
    ]
    return event(f"r-{name}", [(source, replace(trip, stops=tuple(placed)))])


def _schematic(routes: list[RouteEvent], sources: list[Report], deployments: tuple[DeploymentEvent, ...]) -> Atlas:
    """The atlas with every route laid as a flight would be."""
    legs = [leg for route in routes for leg in draw_legs(replace(route, merged=replace(route.merged, mode=Mode.AIR)))]
    return Atlas(reports=tuple(sources), routes=tuple(routes), deployments=deployments, legs=tuple(legs))
