"""A small atlas made by hand, for tests of the stages after extraction. The facts are those of seeds/."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from gazetteer.place import Kind, Precision
from routes.model import (
    Atlas,
    Certainty,
    Claims,
    Conflict,
    DateInterval,
    Deployment,
    DeploymentClaim,
    DeploymentEvent,
    Evidence,
    Mode,
    Movement,
    Position,
    Report,
    Role,
    RouteClaim,
    RouteEvent,
    Span,
    Status,
    Stop,
    Version,
)

POSITIONS = {
    "Moscow": ("RU", 37.6178, 55.7558, Kind.CITY),
    "Yerevan": ("AM", 44.5136, 40.1811, Kind.CITY),
    "Algiers": ("DZ", 3.0588, 36.7732, Kind.CITY),
    "Rabat": ("MA", -6.8326, 34.0133, Kind.CITY),
    "Dakar": ("SN", -17.4441, 14.6937, Kind.CITY),
    "Nouakchott": ("MR", -15.9785, 18.0858, Kind.CITY),
    "Caracas": ("VE", -66.879, 10.488, Kind.CITY),
    "La Guaira": ("VE", -66.9333, 10.6017, Kind.CITY),
    "Venezuela": ("VE", -66.0, 8.0, Kind.COUNTRY),
    "Cuba": ("CU", -79.5, 22.0, Kind.COUNTRY),
    "Caribbean Sea": (None, -75.0, 15.0, Kind.SEA),
    "Honolulu": ("US", -157.8583, 21.3069, Kind.CITY),
    "Auckland": ("NZ", 174.7635, -36.8485, Kind.CITY),
    "Busan": ("KR", 129.0403, 35.1028, Kind.CITY),
    "San Diego": ("US", -117.1647, 32.7157, Kind.CITY),
}
_PRECISION = {Kind.CITY: Precision.CITY, Kind.COUNTRY: Precision.COUNTRY, Kind.SEA: Precision.SEA}


def day(text: str) -> DateInterval:
    start = date.fromisoformat(text)
    return DateInterval(start=start, end=start + timedelta(days=1), text=text)


def position(name: str) -> Position:
    country, lon, lat, kind = POSITIONS[name]
    return Position(
        name=name,
        kind=kind,
        precision=_PRECISION[kind],
        lon=lon,
        lat=lat,
        country_code=country,
        place_id=f"test:{name.lower().replace(' ', '-')}",
        radius_km={Kind.COUNTRY: 500.0, Kind.SEA: 1200.0}.get(kind, 0.0),
    )


def report(report_id: str, text: str, **fields: object) -> Report:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(id=report_id, text=text, sha256=digest, **fields)  # type: ignore[arg-type]


def stops(text: str, *names: str, dates: dict[str, str] | None = None) -> tuple[Stop, ...]:
    made = []
    for seq, name in enumerate(names, 1):
        role = Role.DESTINATION if seq == len(names) else Role.ORIGIN if seq == 1 else Role.STOP
        start = max(text.find(name), 0)
        when = day(dates[name]) if dates and name in dates else DateInterval()
        made.append(
            Stop(
                seq=seq,
                role=role,
                position=position(name),
                text=name,
                span=Span(start=start, end=start + len(name)),
                date=when,
                reasons=(f"“{name}” is told in this place",),
            )
        )
    return tuple(made)


def movement(movement_id: str, source: Report, *names: str, **fields: object) -> Movement:
    values: dict[str, object] = {
        "mode": Mode.AIR,
        "status": Status.COMPLETED,
        "certainty": Certainty.STATED,
        "evidence": (Evidence(span=Span(start=0, end=len(source.text)), quote=source.text),),
    }
    dates = fields.pop("dates", None)
    values.update(fields)
    return Movement(id=movement_id, stops=stops(source.text, *names, dates=dates), **values)  # type: ignore[arg-type]


def event(event_id: str, claims: list[tuple[Report, Movement]], **fields: object) -> RouteEvent:
    pairs = tuple(RouteClaim(report_id=r.id, movement=m) for r, m in claims)
    values: dict[str, object] = {"support": len(pairs)} | fields
    return RouteEvent(id=event_id, merged=claims[0][1], claims=pairs, **values)  # type: ignore[arg-type]


def sample_atlas() -> Atlas:
    """Il-76 to Caracas (two reports that disagree), a tanker, a Pacific voyage, a plan, a denial, two forces."""
    one = report(
        "il76-stops",
        "The Il-76 left Moscow on October 22 and stopped in Yerevan, Algiers, Rabat, Dakar, Nouakchott, then Caracas.",
        title="The long way round",
        publisher="Example Post",
        published=date(2025, 11, 1),
        url="https://example.org/il76",
    )
    two = report(
        "il76-arrival",
        "An Ilyushin 76TD landed in Caracas on October 26, according to Pentagon sources.",
        title="Cargo in Caracas",
        publisher="Example Tribune",
        published=date(2025, 12, 1),
        url="https://example.org/caracas",
    )
    three = report(
        "tanker",
        "A tanker is reported to have slipped into La Guaira. Tankers sail from Venezuela to Cuba.",
        publisher="Example Wire",
    )
    four = report(
        "pacific",
        "The frigate sails from Busan by Auckland and Honolulu to San Diego next month.",
        publisher="Pacific Sample",
    )
    il76_one = movement(
        "m-il76-1",
        one,
        *("Moscow", "Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas"),
        carrier="Ilyushin Il-76",
        carrier_type="aircraft",
        operator="Russia",
        dates={"Moscow": "2025-10-22", "Caracas": "2025-10-26"},
        date=DateInterval(start=date(2025, 10, 22), end=date(2025, 10, 27), text="October 22"),
        order_stated=False,
    )
    il76_two = movement(
        "m-il76-2",
        two,
        "Caracas",
        carrier="Ilyushin 76TD",
        carrier_type="aircraft",
        certainty=Certainty.ATTRIBUTED,
        attribution="Pentagon sources",
        dates={"Caracas": "2025-10-26"},
        date=day("2025-10-26"),
    )
    tanker = movement(
        "m-tanker",
        three,
        "La Guaira",
        mode=Mode.SEA,
        carrier="tanker",
        carrier_type="vessel",
        certainty=Certainty.HEDGED,
    )
    oil = movement(
        "m-oil",
        three,
        "Venezuela",
        "Cuba",
        mode=Mode.SEA,
        carrier="tankers",
        carrier_type="vessel",
        status=Status.ONGOING,
    )
    frigate = movement(
        "m-frigate",
        four,
        *("Busan", "Auckland", "Honolulu", "San Diego"),
        mode=Mode.SEA,
        carrier="frigate",
        carrier_type="vessel",
        status=Status.PLANNED,
    )
    denied = movement("m-denied", two, "Moscow", "Caracas", carrier="An-124", status=Status.DENIED, operator="Russia")
    quote = Evidence(span=Span(start=0, end=len(two.text)), quote=two.text)
    force = Deployment(
        id="c-1",
        position=position("Caribbean Sea"),
        text="Caribbean",
        span=Span(start=0, end=9),
        status=Status.ONGOING,
        certainty=Certainty.STATED,
        evidence=(quote,),
        force="U.S. naval and air armada",
    )
    advisers = Deployment(
        id="c-2",
        position=position("Venezuela"),
        text="Venezuela",
        span=Span(start=0, end=9),
        status=Status.COMPLETED,
        certainty=Certainty.HEDGED,
        evidence=(quote,),
        force="Russian troops",
        unit="Equator Task Force",
        commander="Oleg Makarevich",
        size_min=120,
        size_max=400,
        size_text="roughly 120",
    )
    origin_conflict = Conflict(
        field="date_start",
        versions=(
            Version(value="2025-10-22", report_ids=("il76-stops",)),
            Version(value="2025-10-24", report_ids=("il76-arrival",)),
        ),
    )
    claims = tuple(
        Claims(
            report=source,
            movements=tuple(m for r, m in made if r is source),
            deployments=(force, advisers) if source is two else (),
        )
        for source in (one, two, three, four)
        for made in [[(one, il76_one), (two, il76_two), (three, tanker), (three, oil), (four, frigate), (two, denied)]]
    )
    return Atlas(
        reports=(one, two, three, four),
        claims=claims,
        routes=(
            event("r-il76", [(one, il76_one), (two, il76_two)], conflicts=(origin_conflict,)),
            event("r-tanker", [(three, tanker)]),
            event("r-oil", [(three, oil)]),
            event("r-frigate", [(four, frigate)]),
            event("r-denied", [(two, denied)]),
        ),
        deployments=(
            DeploymentEvent(id="d-armada", merged=force, claims=(DeploymentClaim(report_id=two.id, deployment=force),)),
            DeploymentEvent(
                id="d-advisers", merged=advisers, claims=(DeploymentClaim(report_id=two.id, deployment=advisers),)
            ),
        ),
    )
