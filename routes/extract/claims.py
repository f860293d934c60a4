"""Report → claims: the one call that runs every step of the extraction."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from routes.extract.carriers import Carrier, assign
from routes.extract.itinerary import Trip, build_trips, roles
from routes.extract.motion import find_moves
from routes.extract.parsing import parse_sentences
from routes.extract.scope import counts, in_scope, is_trip
from routes.extract.sentences import split_sentences
from routes.extract.telling import Scene, tell
from routes.model import (
    Certainty,
    Claims,
    Evidence,
    Mode,
    Movement,
    Report,
    Span,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from routes.extract.parsing import Parsed
    from routes.extract.spans import Names
    from routes.model import PlaceMention


def extract_claims(report: Report, gazetteer: Names, language: Language) -> Claims:
    """Everything a report says of places, movements and deployments.

    Args:
        report: The report as read.
        gazetteer: From ``gazetteer.store.open_gazetteer``.
        language: From ``routes.extract.language.load_language``.
    """
    from routes.extract.mentions import find_places

    sentences = split_sentences(report.text)
    places = find_places(report, sentences, gazetteer)
    parsed, findings = parse_sentences(report, sentences, places, language)
    movements = find_movements(report, places, parsed, gazetteer)
    return Claims(report=report, places=places, movements=movements, findings=findings)


def find_movements(
    report: Report, places: Sequence[PlaceMention], parsed: Sequence[Parsed], gazetteer: Names | None
) -> tuple[Movement, ...]:
    """The trips of a report, those of one carrier together.

    Args:
        report: The report.
        places: Its place mentions in order.
        parsed: The sentences of ``parse_sentences``.
        gazetteer: To look up capitals that a report only points to.
    """
    moves = [move for one in parsed for move in find_moves(one)]
    visited = sorted((s.mention for m in moves for s in m.slots if s.mention), key=lambda m: m.span.start)
    scene = Scene(report=report, places=places, visited=visited, gazetteer=gazetteer)
    found: list[tuple[Carrier, Trip]] = []
    for carrier in assign(parsed, moves):
        groups = [(move, tell(move, scene)[1]) for move in carrier.moves if counts(move, carrier)]
        found += [(carrier, trip) for trip in build_trips(groups) if is_trip(trip)]
    movements = [_movement(report, carrier, trip) for carrier, trip in in_scope(found)]
    return tuple(movement for movement in movements if movement is not None)


def _movement(report: Report, carrier: Carrier, trip: Trip) -> Movement | None:
    if not trip.halts:
        return None
    stops = tuple(
        Stop(
            seq=number,
            role=role,
            position=halt.first.position,
            text=halt.first.mention.text,
            span=halt.first.mention.span,
            reasons=tuple(halt.reasons),
        )
        for number, (halt, role) in enumerate(zip(trip.halts, roles(trip), strict=True), start=1)
    )
    spans = sorted(
        {(t.move.parsed.spans[0].start, max(s.end for s in t.move.parsed.spans)) for h in trip.halts for t in h.told}
    )
    evidence = tuple(Evidence(span=Span(start=a, end=b), quote=report.text[a:b]) for a, b in spans)
    mode = carrier.mode
    if mode is Mode.UNKNOWN:
        mode = next((t.move.mode for h in trip.halts for t in h.told if t.move.mode is not Mode.UNKNOWN), mode)
    digest = sha256(
        repr((report.id, carrier.words, [(s.text, s.span.start) for s in stops])).encode("utf-8", "replace")
    )
    return Movement(
        id="m-" + digest.hexdigest()[:12],
        mode=mode,
        stops=stops,
        status=trip.status(),
        certainty=Certainty.STATED,
        evidence=evidence,
        carrier=carrier.words or None,
        carrier_type=carrier.type,
    )
