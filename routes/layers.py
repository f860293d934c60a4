"""An atlas → the five GeoDataFrames that every file, map and figure is made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from routes.fields import layer_fields
from routes.model import MentionRole, MentionStatus, PathKind, Role
from routes.paths.legs import breaks
from routes.paths.split import split_line
from routes.paths.way import is_located
from routes.quoting import Sourcing, conflicts_text, sourcing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import geopandas as gpd

    from gazetteer.place import Place
    from routes.model import Atlas, DateInterval, DeploymentEvent, Leg, RouteEvent, Stop

Row = dict[str, Any]

CRS = "EPSG:4326"
"""WGS84; coordinates are (lon, lat)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The five layers and the atlas they show. Columns are those of the public contract, dates as YYYY-MM-DD text.

    Attributes:
        atlas: What the layers were made from.
        routes, legs: MultiLineStrings cut at ±180.
        stops, deployments, places: Points.
    """

    atlas: Atlas
    routes: gpd.GeoDataFrame
    legs: gpd.GeoDataFrame
    stops: gpd.GeoDataFrame
    deployments: gpd.GeoDataFrame
    places: gpd.GeoDataFrame


def build_layers(atlas: Atlas) -> Layers:
    """Make the five layers.

    A route without a leg (one known stop) is in ``stops`` alone; what could not be located is in none of them, and is
    listed in the claims. Rows stand in the atlas's order, places by their identifier.

    Args:
        atlas: The finished atlas, legs drawn.
    """
    legs_of: dict[str, list[Leg]] = defaultdict(list)
    for leg in atlas.legs:
        legs_of[leg.route_id].append(leg)
    told = {event.id: sourcing(event, atlas.reports) for event in atlas.routes}
    return Layers(
        atlas=atlas,
        routes=frame(
            "routes", [_route_row(e, legs_of[e.id], told[e.id], atlas) for e in atlas.routes if legs_of[e.id]]
        ),
        legs=frame("legs", [_leg_row(e, leg, told[e.id]) for e in atlas.routes for leg in legs_of[e.id]]),
        stops=frame("stops", [row for event in atlas.routes for row in _stop_rows(event)]),
        deployments=frame(
            "deployments", [_deployment_row(e, atlas) for e in atlas.deployments if is_located(e.merged.position)]
        ),
        places=frame("places", _place_rows(atlas)),
    )


def frame(layer: str, rows: Iterable[Row]) -> gpd.GeoDataFrame:
    """A GeoDataFrame of one layer: its columns in order, types as declared, EPSG:4326, also when there are no rows.

    Args:
        layer: Name of the layer.
        rows: One dict a feature: a value for each column, and ``geometry``.
    """
    import geopandas as gpd
    import pandas as pd

    # Objects, not pandas strings: absent text stays None, and what no encoding holds does not fail here.
    dtypes = {"TEXT": "object", "DATE": "object", "INTEGER": "Int64", "REAL": "float64"}
    listed = list(rows)
    columns = {
        field.name: pd.Series([row[field.name] for row in listed], dtype=dtypes[field.type])
        for field in layer_fields()[layer]
    }
    return gpd.GeoDataFrame(columns, geometry=[row["geometry"] for row in listed], crs=CRS)


def _route_row(event: RouteEvent, legs: list[Leg], told: Sourcing, atlas: Atlas) -> Row:
    trip = event.merged
    about = {event.id, *(leg.id for leg in legs)}
    # A recorded track stands beside the reported legs; it is the route's own line only where there are no others.
    legs = [leg for leg in legs if leg.path is not PathKind.TRACK] or legs
    paths = {leg.path for leg in legs}
    whole = not breaks(trip.stops)
    return {
        "id": event.id,
        "mode": trip.mode.value,
        "carrier": trip.carrier,
        "carrier_type": trip.carrier_type,
        "identifiers": "; ".join(trip.identifiers) or None,
        "operator": trip.operator,
        "origin": _name_of(trip.stops, Role.ORIGIN),
        "destination": _name_of(trip.stops[::-1], Role.DESTINATION),
        "stops": "; ".join(stop.position.name for stop in trip.stops),
        "n_stops": len(trip.stops),
        "status": trip.status.value,
        "certainty": trip.certainty.value,
        **_days(trip.date),
        "date_text": trip.date.text,
        "cargo": trip.cargo,
        "personnel_min": trip.personnel_min,
        "personnel_max": trip.personnel_max,
        "distance_km": round(sum(leg.length_km for leg in legs), 1) if whole else None,
        "path": (paths.pop() if len(paths) == 1 else PathKind.SCHEMATIC).value,
        "support": event.support,
        "sources": told.sources,
        "quote": told.quote,
        "url": told.url,
        "conflicts": conflicts_text(event.conflicts, atlas.reports),
        "findings": " ".join(f.message for f in atlas.findings if f.about in about) or None,
        "geometry": _multi_line(legs),
    }


def _leg_row(event: RouteEvent, leg: Leg, told: Sourcing) -> Row:
    trip = event.merged
    by_seq = {stop.seq: stop for stop in trip.stops}
    start, end = by_seq[leg.from_seq], by_seq[leg.to_seq]
    return {
        "id": leg.id,
        "route_id": event.id,
        "seq": leg.seq,
        "from_name": start.position.name,
        "to_name": end.position.name,
        "mode": trip.mode.value,
        "status": trip.status.value,
        "certainty": trip.certainty.value,
        **_leg_days(start, end, trip.date),
        "distance_km": round(leg.length_km, 1),
        "path": leg.path.value,
        "overflown": "; ".join(crossing.country_code for crossing in leg.overflown) or None,
        "chokepoints": "; ".join(leg.chokepoints) or None,
        "notes": " ".join(leg.notes) or None,
        "support": told.support_of(start, end),
        "quote": told.quote_of(start, end),
        "geometry": _multi_line([leg]),
    }


def _stop_rows(event: RouteEvent) -> list[Row]:
    return [
        {
            "id": f"s-{event.id.removeprefix('r-')}-{stop.seq}",
            "route_id": event.id,
            "seq": stop.seq,
            "role": stop.role.value,
            "name": stop.position.name,
            "place_id": stop.position.place_id,
            "kind": _value(stop.position.kind),
            "precision": _value(stop.position.precision),
            "country_code": stop.position.country_code,
            **_days(stop.date),
            "geometry": _point(stop.position.lon, stop.position.lat),
        }
        for stop in event.merged.stops
        if is_located(stop.position)
    ]


def _deployment_row(event: DeploymentEvent, atlas: Atlas) -> Row:
    force, told = event.merged, sourcing(event, atlas.reports)
    return {
        "id": event.id,
        "force": force.force,
        "unit": force.unit,
        "commander": force.commander,
        "size_min": force.size_min,
        "size_max": force.size_max,
        "size_text": force.size_text,
        "place_name": force.position.name,
        "place_id": force.position.place_id,
        "kind": _value(force.position.kind),
        "precision": _value(force.position.precision),
        "country_code": force.position.country_code,
        "status": force.status.value,
        "certainty": force.certainty.value,
        **_days(force.date),
        "date_text": force.date.text,
        "support": event.support,
        "sources": told.sources,
        "quote": told.quote,
        "url": told.url,
        "conflicts": conflicts_text(event.conflicts, atlas.reports),
        "geometry": _point(force.position.lon, force.position.lat),
    }


def _place_rows(atlas: Atlas) -> list[Row]:
    """Places the reports name, as such or for a government that sits there; adjectives ("Russian") name none."""
    places: dict[str, Place] = {}
    naming: dict[str, list[str]] = defaultdict(list)
    for claims in atlas.claims:
        for mention in claims.places:
            if mention.status is MentionStatus.RESOLVED and mention.place and mention.role is not MentionRole.DEMONYM:
                places.setdefault(mention.place.id, mention.place)
                naming[mention.place.id].append(claims.report.id)
    return [
        {
            "id": f"p-{place.id}",
            "name": place.name,
            "kind": place.kind.value,
            "country_code": place.country_code,
            "admin1": place.admin1,
            "population": place.population or None,
            "mentions": len(naming[place.id]),
            "reports": len(set(naming[place.id])),
            "geometry": _point(place.lon, place.lat),
        }
        for place in sorted(places.values(), key=lambda place: place.id)
    ]


def _value(member: Any) -> str | None:
    return None if member is None else str(member.value)


def _name_of(stops: tuple[Stop, ...], role: Role) -> str | None:
    return next((stop.position.name for stop in stops if stop.role is role), None)


def _days(interval: DateInterval) -> Row:
    return {"date_start": _iso(interval.start), "date_end": _iso(interval.end)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _leg_days(start: Stop, end: Stop, trip: DateInterval) -> Row:
    """Days between which the leg was travelled: from its ends where these are dated, else from the trip's own."""
    first = start.date.start or trip.start
    last = end.date.end or trip.end
    if first is not None and last is not None and first >= last:
        # One of the two dates speaks of another part of the trip; keep what the ends themselves say.
        first, last = start.date.start, end.date.end
        if first is not None and last is not None and first >= last:
            first = last = None
    return {"date_start": _iso(first), "date_end": _iso(last)}


def _point(lon: float | None, lat: float | None) -> Any:
    from shapely import Point

    assert lon is not None
    assert lat is not None
    return Point(lon, lat)


def _multi_line(legs: list[Leg]) -> Any:
    """Each leg cut at the antimeridian by itself; the parts of all of them as one geometry."""
    from shapely import MultiLineString

    return MultiLineString([part for leg in legs for part in split_line(leg.line)])
