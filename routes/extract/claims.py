"""Report → claims: the one call that runs every step of the extraction."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from routes.extract.carriers import Carrier, assign
from routes.extract.itinerary import Told, Trip, build_trips, roles
from routes.extract.motion import Move, find_moves
from routes.extract.parsing import parse_sentences
from routes.extract.sentences import split_sentences
from routes.extract.slots import Part
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Evidence,
    Mode,
    Movement,
    Position,
    Report,
    Span,
    Status,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from routes.extract.parsing import Parsed
    from routes.extract.spans import Names


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
    movements = find_movements(report, parsed)
    return Claims(report=report, places=places, movements=movements, findings=findings)


def find_movements(report: Report, parsed: Sequence[Parsed]) -> tuple[Movement, ...]:
    """The trips of a report, those of one carrier together."""
    moves = [move for one in parsed for move in find_moves(one)]
    found: list[Movement] = []
    for carrier in assign(parsed, moves):
        groups = [_tell(move) for move in carrier.moves]
        for trip in build_trips(groups):
            movement = _movement(report, carrier, trip)
            if movement is not None:
                found.append(movement)
    return tuple(found)


def _tell(move: Move) -> list[Told]:
    token = move.parsed.doc[move.token]
    aux = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "neg")}
    status = Status.COMPLETED
    if aux & {"will", "should", "to", "would", "may"} and token.dep_ != "advcl":
        status = Status.PLANNED
    found = []
    for slot in move.slots:
        if slot.mention is None:
            continue
        position = (
            Position.of(slot.mention.place) if slot.mention.place is not None else Position(name=slot.mention.text)
        )
        found.append(
            Told(
                part=slot.part,
                mention=slot.mention,
                position=position,
                at=slot.mention.span.start,
                date=DateInterval(),
                status=status,
                earlier="had" in aux or "having" in aux,
                onward=any(c.lower_ in ("then", "later", "next") for c in token.children),
                words=slot.words,
                move=move,
            )
        )
    return found


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
    statuses = [h.status for h in trip.halts if Part.LEFT not in h.parts] or [h.status for h in trip.halts]
    status = Status.COMPLETED
    if all(s is Status.PLANNED for s in statuses):
        status = Status.PLANNED
    elif Status.PLANNED in statuses:
        status = Status.ONGOING
    digest = sha256(
        repr((report.id, carrier.words, [(s.text, s.span.start) for s in stops])).encode("utf-8", "replace")
    )
    return Movement(
        id="m-" + digest.hexdigest()[:12],
        mode=mode,
        stops=stops,
        status=status,
        certainty=Certainty.STATED,
        evidence=evidence,
        carrier=carrier.words or None,
        carrier_type=carrier.type,
    )
