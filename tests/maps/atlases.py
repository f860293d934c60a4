"""Atlases for tests of what is drawn: the hand-made sample with its legs, parts of it, and a hostile one."""

from __future__ import annotations

from dataclasses import replace

from routes.model import Atlas
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
