"""What ``dateline claims`` and ``dateline places`` print: JSON lines, CSV, GeoJSON or a table, report by report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gazetteer.reasons import describe
from routes.rows import Row, candidate_row, claims_row, place_row, places_row

if TYPE_CHECKING:
    from gazetteer.lookup import Answer
    from routes.model import Claims, Deployment, Movement

JOINER = " > "
UNBROKEN = 10_000
"""Columns of a table that goes to no terminal."""

ROUNDS_TO_NOTHING = 0.005

PLACE_COLUMNS = (
    *("report_id", "start", "end", "text", "status", "place_id", "name", "kind", "country_code", "admin1"),
    *("lon", "lat", "precision", "confidence", "role", "reasons", "candidates"),
)


class Format(StrEnum):
    """How claims or places are listed."""

    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"
    TABLE = "table"
    TEXT = "text"


def list_claims(claims: Iterable[Claims], form: Format) -> Iterator[str]:
    """Claims in pieces of text to be written one after the other.

    Args:
        claims: What each report says; taken one at a time.
        form: JSON lines, CSV (a row a stop or deployment) or a table. GeoJSON of claims is the layers of a map.

    Raises:
        ValueError: ``form`` is GeoJSON.
    """
    if form is Format.GEOJSON:
        raise ValueError("claims have no GeoJSON of their own: the layers of `dateline map` are that")
    if form is Format.JSONL:
        return (json_line(claims_row(one)) for one in claims)
    if form is Format.CSV:
        return _csv_of_claims(claims)
    return _table(("report", "kind", "status", "what", "where and when"), _claims_cells, claims)


def list_places(claims: Iterable[Claims], form: Format) -> Iterator[str]:
    """Places in pieces of text to be written one after the other; unresolved names are listed like all others.

    Args:
        claims: What each report names; taken one at a time.
        form: JSON lines, CSV (a row a mention), GeoJSON (a feature a mention, geometry null where it has no point)
            or a table.
    """
    if form is Format.JSONL:
        return (json_line(places_row(one.report, one.places)) for one in claims)
    if form is Format.CSV:
        return _csv_of_places(claims)
    if form is Format.GEOJSON:
        return _geojson_of_places(claims)
    return _table(("report", "text", "role", "place", "confidence", "why"), _places_cells, claims)


def list_answers(answers: Iterable[Answer], form: Format) -> Iterator[str]:
    """Answers of the gazetteer in pieces of text to be written one after the other.

    Args:
        answers: What each name may mean.
        form: JSON lines or text.
    """
    for answer in answers:
        if form is Format.JSONL:
            rows = [candidate_row(candidate) for candidate in answer.candidates]
            yield json_line({"name": answer.name, "total": answer.total, "candidates": rows})
        else:
            yield from _answer_text(answer)


def _answer_text(answer: Answer) -> Iterator[str]:
    yield f"{answer.name}\n"
    if not answer.candidates:
        yield "  no place of this name or code is known; try another spelling, or add a country: “Name, Country”\n"
    for number, candidate in enumerate(answer.candidates, 1):
        place = candidate.place
        kind = place.site_type or place.kind.value
        share = _share(candidate.score)
        people = f", {place.population:,} inhabitants" if place.population else ""
        codes = f", {' '.join(place.codes)}" if place.codes else ""
        yield f"  {number:>2} {share}  {describe(place)}: {kind} at {place.lat:.4f}, {place.lon:.4f}"
        yield f"{people}{codes}  [{place.id}]\n"
        if candidate.reasons:
            yield f"           {'; '.join(candidate.reasons)}\n"
    if answer.total > len(answer.candidates):
        yield f"     … and {answer.total - len(answer.candidates):,} more\n"


def _share(score: float) -> str:
    if not score:
        return "code"
    return "<1%".rjust(4) if score < ROUNDS_TO_NOTHING else f"{score:.0%}".rjust(4)


_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}
"""JSON lets them stand in a string; readers that split lines as Unicode does would cut the row there."""


def json_line(row: Row) -> str:
    """A row as one line of JSON, UTF-8 as it stands.

    Args:
        row: Values of JSON's own kinds.
    """
    return json.dumps(row, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS) + "\n"


def _csv_of_claims(claims: Iterable[Claims]) -> Iterator[str]:
    from routes.claims_table import CLAIM_FIELDS, claim_rows, csv_bytes

    yield csv_bytes(CLAIM_FIELDS, ()).decode()
    for one in claims:
        yield _without_header(csv_bytes(CLAIM_FIELDS, claim_rows([one])))


def _csv_of_places(claims: Iterable[Claims]) -> Iterator[str]:
    from routes.claims_table import csv_bytes
    from routes.fields import Field

    fields = [Field(name=name, type="TEXT", meaning="") for name in PLACE_COLUMNS]
    yield csv_bytes(fields, ()).decode()
    for one in claims:
        yield _without_header(csv_bytes(fields, (_flat_place(one, mention) for mention in one.places)))


def _without_header(table: bytes) -> str:
    return table.decode().partition("\r\n")[2]


def _flat_place(claims: Claims, mention: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"report_id": claims.report.id, **place_row(mention)}
    row["reasons"] = "; ".join(mention.reasons)
    row["candidates"] = "; ".join(candidate.place.id for candidate in mention.candidates)
    return row


def _geojson_of_places(claims: Iterable[Claims]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","name":"places","features":['
    before = "\n"
    for one in claims:
        for mention in one.places:
            row = _flat_place(one, mention)
            lon, lat = row.pop("lon"), row.pop("lat")
            point = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
            feature = {"type": "Feature", "properties": row, "geometry": point}
            yield before + json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            before = ",\n"
    yield "\n]}\n"


def _claims_cells(claims: Claims) -> Iterator[tuple[str, ...]]:
    for movement in claims.movements:
        what = movement.carrier or movement.mode.value
        where = JOINER.join(_stop_cell(stop.position.name, stop.date.start) for stop in movement.stops)
        yield claims.report.id, movement.mode.value, _status(movement), what, where
    for deployment in claims.deployments:
        size = f" ({deployment.size_text})" if deployment.size_text else ""
        what = (deployment.force or deployment.unit or "force") + size
        where = _stop_cell(deployment.position.name, deployment.date.start)
        yield claims.report.id, "deployment", _status(deployment), what, where


def _status(claim: Movement | Deployment) -> str:
    return f"{claim.status.value}, {claim.certainty.value}"


def _stop_cell(name: str, day: object) -> str:
    return f"{name} ({day})" if day else name


def _places_cells(claims: Claims) -> Iterator[tuple[str, ...]]:
    for mention in claims.places:
        place = mention.place
        named = ", ".join(part for part in (place.name, place.admin1, place.country_code) if part) if place else ""
        where = f"{named} ({place.lat:.3f}, {place.lon:.3f})" if place else mention.status.value
        confidence = f"{mention.confidence:.2f}" if place else ""
        yield claims.report.id, mention.text, mention.role.value, where, confidence, "; ".join(mention.reasons)


def _table(
    columns: tuple[str, ...], cells: Callable[[Claims], Iterator[tuple[str, ...]]], claims: Iterable[Claims]
) -> Iterator[str]:
    """A table for reading; as wide as the terminal, or unbroken where the output is no terminal."""
    import io
    import sys

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for one in claims:
        for row in cells(one):
            table.add_row(*map(Text, row))  # Text: what a report says is never taken for rich's markup
    out = io.StringIO()
    Console(
        file=out, width=Console().width if sys.stdout.isatty() else UNBROKEN, highlight=False, color_system=None
    ).print(table)
    yield out.getvalue()
