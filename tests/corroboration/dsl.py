"""Short words for reports and what they say, for the set of reports in this folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from gazetteer.place import Kind, Precision
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Deployment,
    Evidence,
    Mode,
    Movement,
    Position,
    Report,
    Role,
    Span,
    Status,
    Stop,
)

_ROWS = (Path(__file__).with_name("places.tsv")).read_text(encoding="utf-8").splitlines()[1:]
_PLACES = {row.split("\t")[0]: row.split("\t")[1:] for row in _ROWS}
_PRECISION = {
    "city": Precision.CITY,
    "site": Precision.SITE,
    "country": Precision.COUNTRY,
    "sea": Precision.SEA,
}


@dataclass(frozen=True)
class Said:
    """A claim and the event that it tells of."""

    event: str
    claim: Movement | Deployment


@dataclass(frozen=True)
class Told:
    """A report with what it says."""

    report: Report
    said: tuple[Said, ...]

    @property
    def claims(self) -> Claims:
        made = [one.claim for one in self.said]
        return Claims(
            report=self.report,
            movements=tuple(claim for claim in made if isinstance(claim, Movement)),
            deployments=tuple(claim for claim in made if isinstance(claim, Deployment)),
        )


def when(text: str | None) -> DateInterval:
    """ "2025-10-22", "2025-10" or "2025-10-22/2025-10-26" (both days included)."""
    if not text:
        return DateInterval()
    first, _, last = text.partition("/")
    if len(first) == 7:
        start = date.fromisoformat(first + "-01")
        return DateInterval(start=start, end=(start + timedelta(days=31)).replace(day=1), text=text)
    start = date.fromisoformat(first)
    return DateInterval(start=start, end=date.fromisoformat(last or first) + timedelta(days=1), text=text)


def position(name: str) -> Position:
    if name not in _PLACES:
        return Position(name=name)
    country, kind, lon, lat, radius = _PLACES[name]
    return Position(
        name=name,
        kind=Kind(kind),
        precision=_PRECISION[kind],
        lon=float(lon),
        lat=float(lat),
        country_code=None if country == "-" else country,
        place_id=f"test:{name.lower()}",
        radius_km=float(radius),
    )


def trip(event: str, carrier: str | None, mode: str, way: str, **fields: object) -> Said:
    """A movement; ``way`` is "Moscow@2025-10-22 > Caracas"; a lone stop is where it arrived, "Odesa >" where left."""
    names = [part.strip() for part in way.split(">")]
    told = [name for name in names if name]
    stops = []
    for seq, part in enumerate(told, 1):
        name, _, day = part.partition("@")
        first, last = seq == 1 and len(names) > 1, seq == len(told) and names[-1] != ""
        role = Role.DESTINATION if last else Role.ORIGIN if first else Role.STOP
        place = position(name.strip())
        span = Span(start=0, end=1)
        stops.append(Stop(seq=seq, role=role, position=place, text=name.strip(), span=span, date=when(day)))
    made = Movement(
        id="m-?",
        mode=Mode(mode),
        carrier=carrier,
        stops=tuple(stops),
        status=Status(str(fields.pop("status", "completed"))),
        certainty=Certainty(str(fields.pop("certainty", "stated"))),
        date=when(str(fields.pop("date", "") or "")),
        evidence=(),
        **fields,  # type: ignore[arg-type]
    )
    return Said(event, made)


def force(event: str, name: str | None, place: str, **fields: object) -> Said:
    """A deployment; ``size`` is a number or (min, max)."""
    size = fields.pop("size", None)
    low, high = size if isinstance(size, tuple) else (size, size)
    made = Deployment(
        id="c-?",
        position=position(place),
        text=place,
        span=Span(start=0, end=1),
        force=name,
        size_min=low,  # type: ignore[arg-type]
        size_max=high,  # type: ignore[arg-type]
        status=Status(str(fields.pop("status", "completed"))),
        certainty=Certainty(str(fields.pop("certainty", "stated"))),
        date=when(str(fields.pop("date", "") or "")),
        evidence=(),
        **fields,  # type: ignore[arg-type]
    )
    return Said(event, made)


def told(report_id: str, publisher: str, published: str, text: str, *said: Said) -> Told:
    """A report; the evidence of each claim is the report's whole text, its id made of report and number."""
    from dataclasses import replace

    text = " ".join(text.split())
    source = Report(
        id=report_id,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        publisher=publisher,
        published=date.fromisoformat(published) if published else None,
    )
    evidence = (Evidence(span=Span(start=0, end=len(text)), quote=text),)
    made = []
    for number, one in enumerate(said):
        letter = "m" if isinstance(one.claim, Movement) else "c"
        digest = hashlib.sha256(f"{report_id} {number}".encode()).hexdigest()[:10]
        made.append(Said(one.event, replace(one.claim, id=f"{letter}-{digest}", evidence=evidence)))
    return Told(source, tuple(made))
