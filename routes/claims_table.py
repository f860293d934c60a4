"""Claims and reports as flat tables, for CSV and for the GeoPackage: one row a stop, one row a deployment."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from routes.fields import Field
from routes.geojson import encodable
from routes.quoting import joined_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.model import Atlas, Claims, DateInterval, Deployment, Movement, Position, Report, Stop

Row = dict[str, Any]

_DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection)."""


def _fields(*columns: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(name=name, type=kind, meaning=meaning) for name, kind, meaning in columns)


REPORT_FIELDS = _fields(
    ("id", "TEXT", "Identifier of the report"),
    ("title", "TEXT", "Its title"),
    ("publisher", "TEXT", "Who published it"),
    ("author", "TEXT", "Who wrote it"),
    ("published", "DATE", "Day of publication"),
    ("url", "TEXT", "Its address"),
    ("sha256", "TEXT", "Digest of its text"),
)

CLAIM_FIELDS = _fields(
    ("report_id", "TEXT", "Report that makes the claim"),
    ("publisher", "TEXT", "Who published it"),
    ("published", "DATE", "Day of publication"),
    ("url", "TEXT", "Its address"),
    ("claim", "TEXT", "movement or deployment"),
    ("id", "TEXT", "Identifier of the claim"),
    ("event_id", "TEXT", "Trip (r-…) or deployment (d-…) it is part of"),
    ("mode", "TEXT", "By what it moved"),
    ("carrier", "TEXT", "What moved"),
    ("carrier_type", "TEXT", "aircraft, vessel, unit, convoy, person or shipment"),
    ("identifiers", "TEXT", "Registrations, call signs, IMO and MMSI numbers, hull numbers"),
    ("operator", "TEXT", "Who runs it"),
    ("cargo", "TEXT", "What it carried"),
    ("force", "TEXT", "Whose force"),
    ("unit", "TEXT", "Which unit"),
    ("commander", "TEXT", "Who commands it"),
    ("size_min", "INTEGER", "Persons, at least"),
    ("size_max", "INTEGER", "Persons, at most"),
    ("size_text", "TEXT", "The size as worded"),
    ("status", "TEXT", "planned, ongoing, completed, attempted, denied or withdrawn"),
    ("certainty", "TEXT", "stated, attributed or hedged"),
    ("attribution", "TEXT", "Whom the report cites"),
    ("date_start", "DATE", "First day of the whole claim"),
    ("date_end", "DATE", "Day after its last (exclusive)"),
    ("date_text", "TEXT", "The date as worded"),
    ("seq", "INTEGER", "Place of the stop in travelled order"),
    ("role", "TEXT", "origin, stop, via or destination"),
    ("text", "TEXT", "The place as written"),
    ("place_id", "TEXT", "Its identifier in the gazetteer"),
    ("name", "TEXT", "Its name; null coordinates mean it could not be located"),
    ("kind", "TEXT", "site, city, admin2, admin1, country, region, sea, waterway or continent"),
    ("precision", "TEXT", "site, city, region, country or sea"),
    ("country_code", "TEXT", "ISO 3166-1 alpha-2 code"),
    ("lon", "REAL", "Longitude in degrees, WGS84"),
    ("lat", "REAL", "Latitude in degrees, WGS84"),
    ("there_start", "DATE", "First day it may have been at the stop"),
    ("there_end", "DATE", "Day after the last (exclusive)"),
    ("quote", "TEXT", "The sentences the claim rests on"),
)


def claim_rows(claims: Iterable[Claims], atlas: Atlas | None = None) -> list[Row]:
    """One row for each stop of each movement and one for each deployment, in the reports' order.

    Args:
        claims: What each report says.
        atlas: Where given, ``event_id`` names the event each claim went into.
    """
    events = _event_ids(atlas) if atlas else {}
    rows = []
    for one in claims:
        source = {
            "report_id": one.report.id,
            "publisher": one.report.publisher,
            "published": _iso(one.report.published),
            "url": one.report.url,
        }
        for movement in one.movements:
            shared = source | _movement(movement) | {"event_id": events.get((one.report.id, movement.id))}
            rows += [_whole(shared | _stop(stop)) for stop in movement.stops]
        for deployment in one.deployments:
            shared = source | _deployment(deployment) | {"event_id": events.get((one.report.id, deployment.id))}
            rows.append(_whole(shared | _position(deployment.position) | {"text": deployment.text}))
    return rows


def report_rows(reports: Iterable[Report]) -> list[Row]:
    """One row for each report, without its text."""
    return [
        {
            field.name: _iso(r.published) if field.name == "published" else getattr(r, field.name)
            for field in REPORT_FIELDS
        }
        for r in reports
    ]


def claims_csv(claims: Iterable[Claims], atlas: Atlas | None = None) -> bytes:
    """Claims as CSV in UTF-8 (RFC 4180), text that a spreadsheet would run as a formula made harmless by an apostrophe.

    Args:
        claims: What each report says.
        atlas: Where given, ``event_id`` names the event each claim went into.
    """
    return csv_bytes(CLAIM_FIELDS, claim_rows(claims, atlas))


def csv_bytes(fields: Sequence[Field], rows: Iterable[Row]) -> bytes:
    """Rows as CSV in UTF-8: absent values empty, numbers bare, dangerous text cells with a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields])
    for row in rows:
        writer.writerow([_cell(row[field.name]) for field in fields])
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = encodable(value)
    return f"'{text}" if text.startswith(_DANGEROUS_STARTS) else text


def _whole(row: Row) -> Row:
    return {field.name: row.get(field.name) for field in CLAIM_FIELDS}


def _movement(movement: Movement) -> Row:
    return {
        "claim": "movement",
        "id": movement.id,
        "mode": movement.mode.value,
        "carrier": movement.carrier,
        "carrier_type": movement.carrier_type,
        "identifiers": "; ".join(movement.identifiers) or None,
        "operator": movement.operator,
        "cargo": movement.cargo,
        "size_min": movement.personnel_min,
        "size_max": movement.personnel_max,
        **_shared(movement),
    }


def _deployment(deployment: Deployment) -> Row:
    return {
        "claim": "deployment",
        "id": deployment.id,
        "force": deployment.force,
        "unit": deployment.unit,
        "commander": deployment.commander,
        "size_min": deployment.size_min,
        "size_max": deployment.size_max,
        "size_text": deployment.size_text,
        **_shared(deployment),
    }


def _shared(claim: Movement | Deployment) -> Row:
    return {
        "status": claim.status.value,
        "certainty": claim.certainty.value,
        "attribution": claim.attribution,
        **_days("date", claim.date),
        "date_text": claim.date.text,
        "quote": joined_quotes(claim.evidence),
    }


def _stop(stop: Stop) -> Row:
    return {
        "seq": stop.seq,
        "role": stop.role.value,
        "text": stop.text,
        **_position(stop.position),
        **_days("there", stop.date),
    }


def _position(position: Position) -> Row:
    return {
        "place_id": position.place_id,
        "name": position.name,
        "kind": position.kind.value if position.kind else None,
        "precision": position.precision.value if position.precision else None,
        "country_code": position.country_code,
        "lon": None if position.lon is None else round(position.lon, 6),
        "lat": None if position.lat is None else round(position.lat, 6),
    }


def _days(prefix: str, interval: DateInterval) -> Row:
    return {f"{prefix}_start": _iso(interval.start), f"{prefix}_end": _iso(interval.end)}


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _event_ids(atlas: Atlas) -> dict[tuple[str, str], str]:
    """Event of each claim by its report and its own identifier."""
    routes = {(claim.report_id, claim.movement.id): event.id for event in atlas.routes for claim in event.claims}
    forces = {(claim.report_id, claim.deployment.id): event.id for event in atlas.deployments for claim in event.claims}
    return routes | forces
