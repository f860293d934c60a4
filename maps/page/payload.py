"""Atlas → the page's data, as one string that neither a template engine nor HTML can take for code.

The data are plain JSON, gzipped and base64-encoded; the page's script inflates them and puts every text into the page
as a text node. Equal places, quotes and lines are stored once and referred to by number; a leg along a great circle is
stored as its two ends and drawn in the browser; days are whole numbers, days since 1970-01-01; defaults are left out.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from maps import style
from maps.headline import headline, period_words
from routes.model import (
    Atlas,
    Conflict,
    DateInterval,
    Deployment,
    DeploymentClaim,
    DeploymentEvent,
    Evidence,
    Finding,
    Leg,
    MentionRole,
    MentionStatus,
    Mode,
    Movement,
    PathKind,
    Position,
    Report,
    RouteClaim,
    RouteEvent,
    Stop,
    Tie,
)

EPOCH = date(1970, 1, 1)
COORDINATE_DIGITS = 4
"""Decimals of a degree for places: 11 m."""
LINE_STEPS = 1000
"""Steps per degree for stored lines: 0.001°, 110 m."""
GZIP_LEVEL = 6
"""Nine takes four times as long for three per cent."""
MAX_CANDIDATES = 3


class Table:
    """Values stored once: ``table(value)`` is the number of the value in ``rows``."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._number: dict[Any, int] = {}

    def __call__(self, value: Any) -> int:
        """The number of a value, new or known."""
        number = self._number.setdefault(value, len(self.rows))
        if number == len(self.rows):
            self.rows.append(value)
        return number


def encode(data: Any) -> str:
    """JSON, gzipped, in base64: its alphabet holds no quote, brace, percent sign or angle bracket.

    Lone surrogates and U+2028 survive as JSON escapes. The same data give the same string.
    """
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode("ascii"), compresslevel=GZIP_LEVEL, mtime=0)).decode("ascii")


def build_payload(atlas: Atlas, *, title: str | None = None, version: str = "") -> dict[str, Any]:
    """Everything the page shows, as JSON-ready values; see the module's own words for the form."""
    return _Payload(atlas).build(title, version)


class _Payload:
    """Holds the tables that the parts of one payload share."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.places = Table()
        self.quotes = Table()
        self.lines = Table()
        self.crossings = Table()
        self.reasons = Table()
        self.report_number = {report.id: n for n, report in enumerate(atlas.reports)}
        self.legs: dict[str, list[Leg]] = {}
        for leg in atlas.legs:
            self.legs.setdefault(leg.route_id, []).append(leg)
        self.findings: dict[str, list[Finding]] = {}
        for finding in atlas.findings:
            self.findings.setdefault(finding.about, []).append(finding)

    def build(self, title: str | None, version: str) -> dict[str, Any]:
        atlas = self.atlas
        routes = [self.route(event) for event in atlas.routes]
        deployments = [self.deployment(event) for event in atlas.deployments]
        data = {
            "title": title or headline(atlas),
            "period": period_words(atlas),
            "version": version,
            "style": style_tables(),
            "reports": [_report(r) for r in atlas.reports],
            "routes": routes,
            "deployments": deployments,
            "unlocated": self.unlocated(),
            "notes": self.report_notes(),
            "leftOut": list(atlas.left_out),
            "edits": list(atlas.edits),
        }
        data["places"] = [_place(position) for position in self.places.rows]
        tables = {"quotes": self.quotes, "lines": self.lines, "crossings": self.crossings, "reasons": self.reasons}
        return data | {name: table.rows for name, table in tables.items()}

    def route(self, event: RouteEvent) -> dict[str, Any]:
        merged = event.merged
        numbers = {stop.seq: n for n, stop in enumerate(merged.stops)}
        legs = sorted(self.legs.get(event.id, ()), key=lambda leg: leg.seq)
        about = [event.id, *(c.movement.id for c in event.claims), *(leg.id for leg in legs)]
        return _trimmed(
            {
                **self.common(event, merged, about),
                "mode": None if merged.mode is Mode.AIR else merged.mode,
                "carrier": merged.carrier,
                "type": merged.carrier_type,
                "ids": list(merged.identifiers),
                "operator": merged.operator,
                "cargo": merged.cargo,
                "people": _span(merged.personnel_min, merged.personnel_max),
                "unordered": not merged.order_stated,
                "stops": [self.stop(stop) for stop in merged.stops],
                "legs": [self.leg(leg, numbers) for leg in legs],
                "claims": [self.claim(c, c.movement) for c in event.claims],
            }
        )

    def deployment(self, event: DeploymentEvent) -> dict[str, Any]:
        merged = event.merged
        return _trimmed(
            {
                **self.common(event, merged, [event.id, *(c.deployment.id for c in event.claims)]),
                "place": self.place(merged.position),
                "text": merged.text if merged.text != merged.position.name else None,
                "force": merged.force,
                "unit": merged.unit,
                "commander": merged.commander,
                "people": _span(merged.size_min, merged.size_max),
                "size": merged.size_text,
                "claims": [self.claim(c, c.deployment) for c in event.claims],
            }
        )

    def common(
        self, event: RouteEvent | DeploymentEvent, merged: Movement | Deployment, about: Iterable[str]
    ) -> dict[str, Any]:
        found = [f for name in dict.fromkeys(about) for f in self.findings.get(name, ())]
        return {
            "id": event.id,
            "status": merged.status,
            "certainty": merged.certainty,
            "by": merged.attribution,
            "date": _dates(merged.date),
            "support": event.support if event.support != 1 else None,
            "conflicts": [self.conflict(c) for c in event.conflicts],
            "ties": [self.tie(tie) for tie in event.ties],
            "findings": [[f.severity, f.message, f.source] if f.source else [f.severity, f.message] for f in found],
            "edits": list(event.edits),
            "grade": event.grade,
        }

    def stop(self, stop: Stop) -> list[Any]:
        """[place, role, date or 0, the words that name it where they differ], zeros cut off at the end."""
        words = stop.text if stop.text and stop.text != stop.position.name else 0
        return _short([self.place(stop.position), stop.role[0], _dates(stop.date) or 0, words])

    def place(self, position: Position) -> int:
        """Number of the row [name, kind, precision, lon, lat, country, radius in km]; lon and lat null if unknown."""
        return self.places(position)

    def leg(self, leg: Leg, numbers: dict[int, int]) -> list[Any]:
        """[from stop, to stop, km, path, line, crossings, notes], zeros cut off; no line where a great circle does."""
        great = leg.path is PathKind.GREAT_CIRCLE
        flown = " ".join(crossing.country_code for crossing in leg.overflown)
        return _short(
            [
                numbers[leg.from_seq],
                numbers[leg.to_seq],
                round(leg.length_km),
                0 if great else leg.path,
                0 if great else 1 + self.lines(_steps(leg.line)),
                1 + self.crossings(flown) if flown else 0,
                [*leg.notes, *leg.chokepoints] or 0,
            ]
        )

    def claim(self, claim: RouteClaim | DeploymentClaim, told: Movement | Deployment) -> dict[str, Any]:
        return _trimmed(
            {
                "report": self.report_number.get(claim.report_id),
                "quotes": [self.quotes(e.quote) for e in _distinct(told.evidence)],
                "status": told.status,
                "certainty": told.certainty,
                "by": told.attribution,
                "date": _dates(told.date),
            }
        )

    def conflict(self, conflict: Conflict) -> list[Any]:
        versions = [[v.value, [self.report_number[r] for r in v.report_ids if r in self.report_number]]
                    for v in conflict.versions]  # fmt: skip
        return (
            [conflict.field, versions] if conflict.stop_seq is None else [conflict.field, versions, conflict.stop_seq]
        )

    def tie(self, tie: Tie) -> list[Any]:
        """[report, report, what agrees, what differs, points, points needed], zeros cut off; words by number, from 1.

        The points of two reports that count as one source are -1.
        """
        one, other = (self.report_number.get(report_id, -1) for report_id in tie.report_ids)
        agrees, differs = (1 + self.reasons("; ".join(words)) if words else 0 for words in (tie.agrees, tie.differs))
        points = [round(points, 1) for points in tie.score] if tie.score else [-1 if tie.copied else 0]
        return _short([one, other, agrees, differs, *points])

    def unlocated(self) -> list[list[Any]]:
        """Names that could not be placed: [words, status, reports, what they might be]; each once, in reading order."""
        rows: dict[tuple[str, str], tuple[list[int], list[str]]] = {}
        for claims in self.atlas.claims:
            for mention in claims.places:
                if mention.status is MentionStatus.RESOLVED or mention.role is not MentionRole.LITERAL:
                    continue
                reports, maybe = rows.setdefault((mention.text, mention.status), ([], []))
                number = self.report_number.get(claims.report.id)
                if number is not None and number not in reports:
                    reports.append(number)
                for candidate in mention.candidates[:MAX_CANDIDATES]:
                    where = [candidate.place.name, candidate.place.admin1, candidate.place.country_code]
                    words = ", ".join(part for part in where if part)
                    if words not in maybe:
                        maybe.append(words)
        return [[text, status, reports, maybe] for (text, status), (reports, maybe) in rows.items()]

    def report_notes(self) -> list[list[Any]]:
        """Findings about a report as a whole: [report, severity, message]."""
        return [
            [number, f.severity, f.message]
            for number, report in enumerate(self.atlas.reports)
            for f in dict.fromkeys((*report.findings, *self.findings.get(report.id, ())))
        ]


def style_tables() -> dict[str, Any]:
    """The line grammar as the page's script reads it."""
    return {
        "hues": {mode: asdict(hue) for mode, hue in style.MODE_HUES.items()},
        "deployment": asdict(style.DEPLOYMENT_HUE),
        "neutral": asdict(style.NEUTRAL_HUE),
        "strokes": {f"{s}/{c}": asdict(stroke) for (s, c), stroke in style.STROKES.items()},
        "widths": list(style.WIDTHS),
        "trackWidth": style.TRACK_WIDTH,
        "arrowAt": style.ARROW_AT,
        "marks": dict(style.MARKS),
        "light": asdict(style.LIGHT),
        "dark": asdict(style.DARK),
    }


def _report(report: Report) -> dict[str, Any]:
    return _trimmed(
        {
            "id": report.id,
            "title": report.title,
            "publisher": report.publisher,
            "author": report.author,
            "published": _day(report.published),
            "url": report.url,
            "grade": f"{report.reliability or '-'}{report.credibility or '-'}"
            if report.reliability or report.credibility
            else None,
        }
    )


def _place(position: Position) -> list[Any]:
    located = position.lon is not None and position.lat is not None
    return [
        position.name,
        position.kind,
        position.precision,
        round(position.lon, COORDINATE_DIGITS) if located and position.lon is not None else None,
        round(position.lat, COORDINATE_DIGITS) if located and position.lat is not None else None,
        position.country_code,
        round(position.radius_km),
    ]


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    return list({e.quote: e for e in evidence}.values())


def _day(day: date | None) -> int | None:
    return (day - EPOCH).days if day else None


def _dates(when: DateInterval) -> list[Any] | None:
    """[first day, day after the last, wording], or None; the wording is left out where there is none."""
    if when.start is None and when.end is None and not when.text:
        return None
    ends: list[Any] = [_day(when.start), _day(when.end)]
    return [*ends, when.text] if when.text else ends


def _span(low: int | None, high: int | None) -> list[int | None] | None:
    return None if low is None and high is None else [low, high]


def _steps(line: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """The first vertex and then the differences, in ``LINE_STEPS`` per degree; longitudes stay unwrapped."""
    flat: list[int] = []
    x = y = 0
    for lon, lat in line:
        east, north = round(lon * LINE_STEPS), round(lat * LINE_STEPS)
        flat += (east - x, north - y)
        x, y = east, north
    return tuple(flat)


def _trimmed(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not (value is None or value is False or value in ([], ""))}


def _short(row: list[Any]) -> list[Any]:
    while row and row[-1] == 0:
        row.pop()
    return row
