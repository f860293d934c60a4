"""Records become the rows of the public contract; JSON lines, CSV and the map page all take theirs from here."""

from __future__ import annotations

from datetime import date

from gazetteer.place import Candidate
from routes.model import Claims, Deployment, Evidence, Finding, Movement, PlaceMention, Position, Report, Stop

Row = dict[str, object]

DECIMALS = 6
"""Of a coordinate: about 0.1 m on the ground, and the most that the contract allows."""

CONFIDENCE_DECIMALS = 3


def report_row(report: Report) -> Row:
    """The ``report`` object of a JSON line."""
    return {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "author": report.author,
        "published": day(report.published),
        "url": report.url,
        "sha256": report.sha256,
    }


def place_row(mention: PlaceMention) -> Row:
    """One entry of ``places``; what is not known of an unresolved or ambiguous name is None."""
    place = mention.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "status": mention.status.value,
        "place_id": place.id if place else None,
        "name": place.name if place else None,
        "kind": place.kind.value if place else None,
        "country_code": place.country_code if place else None,
        "admin1": place.admin1 if place else None,
        "lon": degrees(place.lon) if place else None,
        "lat": degrees(place.lat) if place else None,
        "precision": place.precision.value if place else None,
        "confidence": round(mention.confidence, CONFIDENCE_DECIMALS),
        "role": mention.role.value,
        "reasons": list(mention.reasons),
        "candidates": [candidate_row(candidate) for candidate in mention.candidates],
    }


def candidate_row(candidate: Candidate) -> Row:
    """One entry of a place's ``candidates``."""
    place = candidate.place
    return {
        "place_id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "country_code": place.country_code,
        "admin1": place.admin1,
        "lon": degrees(place.lon),
        "lat": degrees(place.lat),
        "score": round(candidate.score, CONFIDENCE_DECIMALS),
        "reasons": list(candidate.reasons),
    }


def movement_row(movement: Movement) -> Row:
    """One entry of ``movements``."""
    return {
        "id": movement.id,
        "mode": movement.mode.value,
        "carrier": movement.carrier,
        "carrier_type": movement.carrier_type,
        "identifiers": list(movement.identifiers),
        "operator": movement.operator,
        "cargo": movement.cargo,
        "personnel_min": movement.personnel_min,
        "personnel_max": movement.personnel_max,
        "status": movement.status.value,
        "certainty": movement.certainty.value,
        "attribution": movement.attribution,
        "date_start": day(movement.date.start),
        "date_end": day(movement.date.end),
        "date_text": movement.date.text,
        "stops": [stop_row(stop) for stop in movement.stops],
        "evidence": [evidence_row(evidence) for evidence in movement.evidence],
        "reasons": list(movement.reasons),
    }


def stop_row(stop: Stop) -> Row:
    """One entry of a movement's ``stops``; lon and lat are None where the name could not be resolved."""
    return {
        "seq": stop.seq,
        "role": stop.role.value,
        "text": stop.text,
        "start": stop.span.start,
        "end": stop.span.end,
        **position_row(stop.position),
        "date_start": day(stop.date.start),
        "date_end": day(stop.date.end),
    }


def deployment_row(deployment: Deployment) -> Row:
    """One entry of ``deployments``; its ``place`` has the fields of a stop, with no order, role or date."""
    return {
        "id": deployment.id,
        "force": deployment.force,
        "unit": deployment.unit,
        "commander": deployment.commander,
        "size_min": deployment.size_min,
        "size_max": deployment.size_max,
        "size_text": deployment.size_text,
        "status": deployment.status.value,
        "certainty": deployment.certainty.value,
        "attribution": deployment.attribution,
        "date_start": day(deployment.date.start),
        "date_end": day(deployment.date.end),
        "date_text": deployment.date.text,
        "place": {
            "seq": None,
            "role": None,
            "text": deployment.text,
            "start": deployment.span.start,
            "end": deployment.span.end,
            **position_row(deployment.position),
            "date_start": None,
            "date_end": None,
        },
        "evidence": [evidence_row(evidence) for evidence in deployment.evidence],
        "reasons": list(deployment.reasons),
    }


def position_row(position: Position) -> Row:
    """Where a stop or deployment is, as its row tells it."""
    return {
        "place_id": position.place_id,
        "name": position.name,
        "kind": position.kind.value if position.kind else None,
        "precision": position.precision.value if position.precision else None,
        "country_code": position.country_code,
        "lon": degrees(position.lon),
        "lat": degrees(position.lat),
    }


def evidence_row(evidence: Evidence) -> Row:
    """One entry of ``evidence``."""
    return {"start": evidence.span.start, "end": evidence.span.end, "quote": evidence.quote}


def finding_row(finding: Finding) -> Row:
    """One finding, for run.json and the page."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "about": finding.about,
        "values": dict(finding.values),
        "source": finding.source,
    }


def claims_row(claims: Claims) -> Row:
    """The whole JSON line of ``dateline claims``."""
    return {
        "report": report_row(claims.report),
        "places": [place_row(mention) for mention in claims.places],
        "movements": [movement_row(movement) for movement in claims.movements],
        "deployments": [deployment_row(deployment) for deployment in claims.deployments],
    }


def places_row(report: Report, places: tuple[PlaceMention, ...]) -> Row:
    """The whole JSON line of ``dateline places``."""
    return {"report": report_row(report), "places": [place_row(mention) for mention in places]}


def day(value: date | None) -> str | None:
    """An ISO day, or None."""
    return value.isoformat() if value else None


def degrees(value: float | None) -> float | None:
    """A coordinate as it is written out; -0.0 becomes 0.0, so that the same point gives the same bytes."""
    return None if value is None else round(value, DECIMALS) + 0.0
