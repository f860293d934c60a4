"""Every record that passes between the stages. They are values: frozen, made once, handed on.

Coordinates are (lon, lat) in WGS84 degrees. Offsets count characters of ``Report.text``, end exclusive, so
``report.text[span.start:span.end]`` is always the quote. Dates are half-open intervals of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gazetteer.borders import Crossing
from gazetteer.place import Candidate, Kind, Place, Precision

Line = tuple[tuple[float, float], ...]
"""Vertices (lon, lat) in travelled order; longitudes are unwrapped, so neighbours differ by less than 180."""


class Mode(StrEnum):
    """By what a thing moved."""

    AIR = "air"
    SEA = "sea"
    LAND = "land"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a stop is to its trip. ``VIA`` is passed, crossed or overflown without stopping."""

    ORIGIN = "origin"
    STOP = "stop"
    VIA = "via"
    DESTINATION = "destination"


class Status(StrEnum):
    """How far a trip or deployment got. ``WITHDRAWN`` is for deployments alone."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    ATTEMPTED = "attempted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class Certainty(StrEnum):
    """Who vouches: the report itself, a source it names, or nobody quite."""

    STATED = "stated"
    ATTRIBUTED = "attributed"
    HEDGED = "hedged"


class MentionStatus(StrEnum):
    """What became of a name: one place, several possible places, or none known."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


class MentionRole(StrEnum):
    """A place itself, an actor called by its seat ("Moscow denied"), or an adjective ("a Russian jet")."""

    LITERAL = "literal"
    METONYM = "metonym"
    DEMONYM = "demonym"


class PathKind(StrEnum):
    """How a leg's line was laid. ``TRACK`` is recorded (ADS-B, AIS); the others nobody reported."""

    GREAT_CIRCLE = "great_circle"
    SEA_LANE = "sea_lane"
    SCHEMATIC = "schematic"
    TRACK = "track"


class SentenceKind(StrEnum):
    """What a stretch of text is in its report."""

    PROSE = "prose"
    HEADING = "heading"
    LIST_ITEM = "list_item"


class Severity(StrEnum):
    """How much a finding matters to whoever publishes the map."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


# -- reading ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Offsets into ``Report.text``, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as read.

    Attributes:
        id: Id of the corpus row, or the file's name without its ending.
        text: The body as read, front matter removed; all offsets count its characters.
        sha256: Hex digest of the text in UTF-8.
        path: What the user named on the command line, for messages; None for text given directly.
        findings: What the reader had to settle: an id made unique, a date it could not read.
        reliability: Grade of the source by NATO's scale, A (reliable) to F (cannot be judged); None when unrated.
        credibility: Grade of its information, 1 (confirmed) to 6 (cannot be judged); None when unrated.
        title, publisher, author, url: As the report gives them, or None.
        published: Day of publication, or None; without it relative dates stay unresolved.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    path: str | None = None
    reliability: str | None = None
    credibility: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An input, or a row of a corpus, that gave no report.

    Attributes:
        path: What it is, as the user named it; rows as ``corpus.jsonl:7``.
        reason: Why it could not be read.
        advice: What to do about it.
    """

    path: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, heading or list item.

    Attributes:
        span: Where it stands, without surrounding white space, bullet or number.
        kind: Prose, heading or list item.
        lead_in: Index (in the report's sentences) of the line a list item hangs on ("Stopovers were:"), or None.
        paragraph: Number of its paragraph, from 0.
    """

    span: Span
    kind: SentenceKind = SentenceKind.PROSE
    lead_in: int | None = None
    paragraph: int = 0


# -- extraction: one report's claims -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInterval:
    """A written date as a half-open interval of days with its wording; both ends None when it cannot be resolved."""

    start: date | None = None
    end: date | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A name in a report that means a place.

    Attributes:
        span, text: Where and how it is written.
        status: Resolved, ambiguous or unresolved.
        role: Literal, metonym or demonym.
        place: The place meant; None unless resolved.
        confidence: Calibrated probability in [0, 1] that ``place`` (or the first candidate) is right.
        reasons: Why this place, in words a reader understands.
        candidates: What else it might be, best first; at most ten.
    """

    span: Span
    text: str
    status: MentionStatus
    role: MentionRole = MentionRole.LITERAL
    place: Place | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a stop or deployment is: a gazetteer place, or a point derived from one ("300 km west of Perth").

    ``lon`` and ``lat`` are None when the name could not be resolved; such a stop is listed and never drawn.
    """

    name: str
    kind: Kind | None = None
    precision: Precision | None = None
    lon: float | None = None
    lat: float | None = None
    country_code: str | None = None
    place_id: str | None = None
    radius_km: float = 0.0

    @classmethod
    def of(cls, place: Place) -> Position:
        """The position of a gazetteer place itself."""
        return cls(
            name=place.name,
            kind=place.kind,
            precision=place.precision,
            lon=place.lon,
            lat=place.lat,
            country_code=place.country_code,
            place_id=place.id,
            radius_km=place.radius_km,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A stretch of the report that a claim rests on, with its words."""

    span: Span
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of a trip.

    Attributes:
        seq: Place in travelled order, from 1.
        role: Origin, stop, via or destination.
        position: Where it is.
        text, span: The words that name it in the report.
        date: When the carrier was there, as told.
        reasons: Which words gave it its role and its place in the order.
    """

    seq: int
    role: Role
    position: Position
    text: str
    span: Span
    date: DateInterval = DateInterval()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One trip of one carrier as one report tells it, stops in travelled order.

    Attributes:
        id: ``m-`` and a digest of report id and evidence, the same on every run.
        carrier: What moved, as named at its fullest ("Ilyushin Il-76").
        carrier_type: "aircraft", "vessel", "unit", "convoy", "person", "shipment" or None.
        identifiers: Registrations, call signs, IMO and MMSI numbers, hull numbers.
        operator: Who runs it, if told.
        order_stated: False where the report lists the stops without claiming an order.
        edits: What was set by hand on this claim, by whom and why.
    """

    id: str
    mode: Mode
    stops: tuple[Stop, ...]
    status: Status
    certainty: Certainty
    evidence: tuple[Evidence, ...]
    carrier: str | None = None
    carrier_type: str | None = None
    identifiers: tuple[str, ...] = ()
    operator: str | None = None
    cargo: str | None = None
    personnel_min: int | None = None
    personnel_max: int | None = None
    attribution: str | None = None
    date: DateInterval = DateInterval()
    order_stated: bool = True
    reasons: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """A force at, sent to or withdrawn from a place, as one report tells it."""

    id: str
    position: Position
    text: str
    span: Span
    status: Status
    certainty: Certainty
    evidence: tuple[Evidence, ...]
    force: str | None = None
    unit: str | None = None
    commander: str | None = None
    size_min: int | None = None
    size_max: int | None = None
    size_text: str | None = None
    attribution: str | None = None
    date: DateInterval = DateInterval()
    reasons: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader should know before publishing. It flags; it never changes a claim.

    Attributes:
        code: Short stable name, such as ``order.doubles-back`` or ``language.not-english``.
        severity: Info, warning or error.
        message: One or two sentences with the numbers in them.
        about: Id of the report, movement, event or leg it is about.
        values: The numbers by name, units in the name (``("length_km", 8123.4)``).
        source: Where the reference figures come from, if any.
    """

    code: str
    severity: Severity
    message: str
    about: str
    values: tuple[tuple[str, float | int | str], ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything one report was found to say."""

    report: Report
    places: tuple[PlaceMention, ...] = ()
    movements: tuple[Movement, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    findings: tuple[Finding, ...] = ()


# -- weighing: events from the claims of many reports ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value of a disputed field and the reports that give it."""

    value: str
    report_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What the sources disagree on: a field (``date_start``, ``stops``, ``size``, ``status`` …) side by side."""

    field: str
    versions: tuple[Version, ...]
    stop_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteClaim:
    """A movement and the id of the report that makes it."""

    report_id: str
    movement: Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentClaim:
    """A deployment and the id of the report that makes it."""

    report_id: str
    deployment: Deployment


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Why two accounts are taken for one event, or two reports for one source, in words for a reader.

    Attributes:
        report_ids: The reports of the two; one report twice where it tells the event twice.
        agrees: What speaks for it, strongest first.
        differs: What speaks against it, strongest first.
        score: Points for one event, and how many are needed; None for one source, or by hand.
        copied: Whether the two are counted as one source.
    """

    report_ids: tuple[str, str]
    agrees: tuple[str, ...]
    differs: tuple[str, ...] = ()
    score: tuple[float, float] | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteEvent:
    """One trip as all reports together tell it. ``merged`` holds the agreed values; ``claims`` who said what.

    Attributes:
        id: ``r-`` and a digest that does not change when unrelated reports are added.
        merged: A movement with the values to show.
        claims: The claims it rests on, in a fixed order.
        support: How many independent reports tell it (copies count once).
        conflicts: Where they disagree; nothing is averaged.
        reasons: Why these claims are one event, with scores and ids.
        ties: The same for a reader who does not know the ids.
        edits: What was set by hand, by whom and why.
        grade: Best grade among its sources ("B2"; "-" stands for an unrated half), or None when all are unrated.
    """

    id: str
    merged: Movement
    claims: tuple[RouteClaim, ...]
    support: int = 1
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    edits: tuple[str, ...] = ()
    grade: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentEvent:
    """One deployment as all reports together tell it; id ``d-…``; fields as in RouteEvent."""

    id: str
    merged: Deployment
    claims: tuple[DeploymentClaim, ...]
    support: int = 1
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    edits: tuple[str, ...] = ()
    grade: str | None = None


# -- drawing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The way between two neighbouring located stops of an event.

    Attributes:
        id: ``l-…``.
        route_id: Event it belongs to.
        seq: Place in the route, from 1.
        from_seq, to_seq: ``seq`` of the stops it joins.
        line: Its vertices, longitudes unwrapped; see ``Line``.
        length_km: Length on the WGS84 ellipsoid.
        path: How the line was laid.
        overflown: Countries crossed in order.
        chokepoints: Straits and canals a sea lane takes, in order.
        notes: What a reader must know of the line ("Caracas is inland: drawn to La Guaira").
    """

    id: str
    route_id: str
    seq: int
    from_seq: int
    to_seq: int
    line: Line
    length_km: float
    path: PathKind
    overflown: tuple[Crossing, ...] = ()
    chokepoints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Everything there is to show: the reports, what they say, what it comes to, and how it is drawn.

    Attributes:
        left_out: What the gate or a judgement by hand kept off the map, counted, one line per reason.
        edits: Every correction by hand that was applied, in the order of its file.
    """

    reports: tuple[Report, ...] = ()
    claims: tuple[Claims, ...] = ()
    routes: tuple[RouteEvent, ...] = ()
    deployments: tuple[DeploymentEvent, ...] = ()
    legs: tuple[Leg, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
