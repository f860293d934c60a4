"""Report → claims: the one call that runs every step of the extraction."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from routes.extract.carriers.aboard import find_aboard
from routes.extract.carriers.assigning import assign
from routes.extract.carriers.carriers import Carrier
from routes.extract.carriers.described import VEHICLES
from routes.extract.carriers.identifiers import find_identifiers
from routes.extract.carriers.movers import mover
from routes.extract.carriers.operators import find_operator
from routes.extract.clipped.clipped import clipped_moves
from routes.extract.clipped.codes import coded_places
from routes.extract.dates.dates import find_dates
from routes.extract.forces.deployments import find_deployments
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.places.faint import faint_places, taken_up
from routes.extract.places.joined import with_joined
from routes.extract.places.unresolved import with_unresolved
from routes.extract.text.casing import in_sentence_case
from routes.extract.text.parsing import parse_sentences
from routes.extract.text.sentences import split_sentences
from routes.extract.text.tongue import not_english
from routes.extract.trips.endings import roles
from routes.extract.trips.halts import Halt, Told, Trip
from routes.extract.trips.itinerary import build_trips
from routes.extract.trips.motion import find_moves
from routes.extract.trips.scope import complete_ends, counts, deny, each_goal, go_on_from, in_scope, is_trip
from routes.extract.trips.telling import Scene, date_moves, tell
from routes.model import (
    Claims,
    DateInterval,
    Evidence,
    Mode,
    Movement,
    Report,
    Role,
    Span,
    Stop,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.language import Language

    from routes.extract.carriers.carriers import Met
    from routes.extract.certainty.certainty import Judgement
    from routes.extract.dates.dates import WrittenDate
    from routes.extract.places.spans import Names
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move
    from routes.model import PlaceMention


MAX_MET = 200
"""So many mentions of a carrier are asked what it has aboard: a report that repeats itself stays quick."""


def extract_claims(report: Report, gazetteer: Names, language: Language) -> Claims:
    """Everything a report says of places, movements and deployments.

    Args:
        report: The report as read.
        gazetteer: From ``gazetteer.store.open_gazetteer``.
        language: From ``routes.extract.text.language.load_language``.
    """
    from routes.extract.places.mentions import find_places

    sentences = split_sentences(report.text)
    printed = replace(report, text=in_sentence_case(report.text, sentences, gazetteer))
    places = find_places(printed, sentences, gazetteer)
    if printed.text != report.text:
        places = tuple(replace(p, text=report.text[p.span.start : p.span.end]) for p in places)
    foreign = not_english(report)
    if foreign is not None:
        return Claims(report=report, places=places, findings=(foreign,))
    places = _in_order([*places, *coded_places(printed.text, places, gazetteer)])
    faint = faint_places(printed, sentences, places, gazetteer)
    likely = _in_order([*places, *faint])
    told, findings = parse_sentences(printed, sentences, likely, language)
    parsed = tuple(with_joined(one) for one in told)
    dates = find_dates(printed.text, report.published)
    entries = clipped_moves(printed, sentences, parsed, likely)
    movements = find_movements(report, likely, parsed, dates, gazetteer, entries)
    deployments = find_deployments(report, parsed, likely, dates)
    shown = _in_order([*places, *taken_up(faint, movements, deployments)])
    listed = with_unresolved(shown, movements, deployments)
    return Claims(report=report, places=listed, movements=movements, deployments=deployments, findings=findings)


def _moves_of(one: Parsed, entry: tuple[Move, ...] | None) -> tuple[Move, ...]:
    """The moves of a sentence; one that several carriers share, or that was thwarted, is no entry in clipped prose."""
    if entry is None:
        return find_moves(one)
    if all(move.noted is None for move in entry):
        return entry  # told in full, with its mover named by the paragraph
    told = find_moves(one)
    return told if any(move.beside is not None or move.thwarted or move.refused for move in told) else entry


def _in_order(mentions: list[PlaceMention]) -> tuple[PlaceMention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.span.start))


def find_movements(
    report: Report,
    places: Sequence[PlaceMention],
    parsed: Sequence[Parsed],
    dates: Sequence[WrittenDate],
    gazetteer: Names | None,
    entries: Mapping[int, tuple[Move, ...]] | None = None,
) -> tuple[Movement, ...]:
    """The trips of a report, those of one carrier together.

    Args:
        report: The report.
        places: Its place mentions in order.
        parsed: The sentences of ``parse_sentences``.
        dates: Its written dates in order.
        gazetteer: To look up capitals that a report only points to.
        entries: Sentence → its moves, for those in clipped prose, which are not looked for in the parse.
    """
    known = entries or {}
    moves = [move for one in parsed for move in _moves_of(one, known.get(one.index))]
    visited = sorted((s.mention for m in moves for s in m.slots if s.mention), key=lambda m: m.span.start)
    dated = date_moves(parsed, moves, dates)
    scene = Scene(report=report, places=places, visited=visited, gazetteer=gazetteer, dates=dated)
    found: list[tuple[Carrier, Trip]] = []
    untrue: list[Move] = []
    for carrier in assign(parsed, moves):
        telling = [(move, *tell(move, scene)) for move in carrier.moves if counts(move, carrier)]
        untrue += [move for move, judgement, _ in telling if judgement.negated and not judgement.hypothetical]
        groups = [(move, told) for move, _, told in telling]
        found += [
            (carrier, trip) for whole in build_trips(groups) for trip in each_goal(carrier, whole) if is_trip(trip)
        ]
    deny(found, untrue)
    complete_ends(found)
    go_on_from(found)
    return _each_once(_movement(report, carrier, trip) for carrier, trip in in_scope(found))


def _each_once(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    """A trip that a report tells twice in the same words is one, with the evidence of both."""
    kept: dict[tuple[object, ...], Movement] = {}
    for movement in movements:
        places = tuple((stop.role, stop.position, stop.date) for stop in movement.stops)
        key = (movement.carrier, movement.mode, movement.status, movement.certainty, places)
        first = kept.get(key)
        if first is None:
            kept[key] = movement
        else:
            more = tuple(piece for piece in movement.evidence if piece not in first.evidence)
            kept[key] = replace(first, evidence=(*first.evidence, *more))
    return tuple(kept.values())


def _movement(report: Report, carrier: Carrier, trip: Trip) -> Movement:
    stops = tuple(
        Stop(
            seq=number,
            role=role,
            position=halt.position,
            text=halt.first.mention.text,
            span=halt.first.mention.span,
            date=halt.date(),
            reasons=_stop_reasons(halt, role),
        )
        for number, (halt, role) in enumerate(zip(trip.halts, roles(trip), strict=True), start=1)
    )
    told = [t for halt in trip.halts for t in halt.told]
    evidence = _evidence(report, told)
    mode = _ridden(told) or carrier.mode
    if mode is Mode.UNKNOWN:
        mode = next((t.move.mode for t in told if t.move.mode is not Mode.UNKNOWN), mode)
    if mode is Mode.UNKNOWN and carrier.type == "vessel":
        mode = Mode.SEA  # "freighter" may fly, but nothing says that this one did
    sure = _voucher(trip)
    moves = list({id(t.move): t.move for t in told}.values())
    met = _spoken_of(carrier, moves)
    operator, said = find_operator(report.text, carrier, carrier.met[:MAX_MET])
    aboard = find_aboard(report.text, carrier, moves, met)
    also = (*((f"operator: “{said}”",) if said else ()), *aboard.reasons)
    return Movement(
        id=_identify(report, carrier, stops),
        mode=mode,
        stops=stops,
        status=trip.status(),
        certainty=sure.certainty,
        attribution=sure.attribution,
        evidence=evidence,
        carrier=carrier.words or None,
        carrier_type=_type(carrier, mode, moves),
        identifiers=find_identifiers(carrier, met),
        operator=operator,
        cargo=aboard.cargo,
        personnel_min=aboard.low,
        personnel_max=aboard.high,
        date=_span_of([stop.date for stop in stops]),
        order_stated=not any(t.words.endswith(": …") or t.listed for t in told),
        reasons=(*_trip_reasons(carrier, told), *also),
    )


def _ridden(told: Sequence[Told]) -> Mode | None:
    """By what a vehicle goes that is carried itself: "the lorries go by sea", "on the ferry from Kiel to Oslo"."""
    noun = load_lexicon().carriers.get
    for one in told:
        move = one.move
        token = move.parsed.doc[move.token]
        own = noun(token.lower_) if token.dep_ == "pobj" and token.head.lower_ in ("on", "aboard", "by") else None
        if own is not None and own.type in VEHICLES and own.mode is not Mode.UNKNOWN:
            return own.mode
        if move.aboard is not None and mover(move) != move.aboard:
            ferry = noun(move.parsed.doc[move.aboard].lower_)
            if ferry is not None and ferry.mode is not Mode.UNKNOWN and ferry.word != "convoy":
                return ferry.mode
    return None


def _stop_reasons(halt: Halt, role: Role) -> tuple[str, ...]:
    words = dict.fromkeys(t.words for t in halt.told)
    return (f"{role.value}: “{'”, “'.join(words)}”", *halt.reasons)


def _trip_reasons(carrier: Carrier, told: Sequence[Told]) -> tuple[str, ...]:
    said = dict.fromkeys(reason for t in told for reason in t.judgement.reasons)
    names = sorted(carrier.nouns - {""})
    also = (f"the mover is also called “{'”, “'.join(names)}”",) if len(names) > 1 else ()
    return (*also, *said)


def _voucher(trip: Trip) -> Judgement:
    """The judgement of the trip's end: who vouches for its having been made."""
    ends = [t for t in trip.halts[-1].told if t.judgement.attribution] or trip.halts[-1].told
    return ends[0].judgement


def _evidence(report: Report, told: Sequence[Told]) -> tuple[Evidence, ...]:
    """The sentences that the stops stand in, in the order of the text."""
    spans = sorted({(t.move.parsed.spans[0].start, max(s.end for s in t.move.parsed.spans)) for t in told})
    return tuple(Evidence(span=Span(start=a, end=b), quote=report.text[a:b]) for a, b in spans)


def _type(carrier: Carrier, mode: Mode, moves: Sequence[Move]) -> str | None:
    """The type by its noun; "the Aster" that loads and unloads is a vessel or aircraft, a bare name a person."""
    if carrier.type is not None or not carrier.names:
        return carrier.type
    if not carrier.article:
        return "person"
    loads = any(move.cue.frame.name in ("load", "unload") for move in moves)
    return {Mode.SEA: "vessel", Mode.AIR: "aircraft"}.get(mode) if loads else None


def _spoken_of(carrier: Carrier, moves: Sequence[Move]) -> list[Met]:
    """Where the report speaks of a carrier, but for the sentences that tell of another trip of it alone."""
    own = {id(move.parsed) for move in moves}
    other = {id(move.parsed) for move in carrier.moves if move.slots} - own
    return [met for met in carrier.met if id(met.parsed) not in other][:MAX_MET]


def _span_of(dates: Sequence[DateInterval]) -> DateInterval:
    """From the first day to the last that the stops give, with the first wording."""
    known = [d for d in dates if d.start is not None and d.end is not None]
    text = next((d.text for d in dates if d.text), None)
    if not known:
        return DateInterval(text=text)
    starts = [d.start for d in known if d.start is not None]
    ends = [d.end for d in known if d.end is not None]
    return DateInterval(start=min(starts), end=max(ends), text=known[0].text)


def _identify(report: Report, carrier: Carrier, stops: Sequence[Stop]) -> str:
    """The same id for the same trip of the same report, whatever else the report is read with."""
    told = (report.id, carrier.words, [(s.text, s.span.start, s.span.end, s.role.value) for s in stops])
    return "m-" + sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:12]
