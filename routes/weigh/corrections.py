"""Judgements by hand and what they do to claims, before these are weighed.

A judgement against (this is wrong, these are not one) is stronger than any judgement for. What a judgement changed is
said on the claim itself (``edits``); one that found nothing to change is reported.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gazetteer.place import Place
from routes.model import (
    Certainty,
    Claims,
    DateInterval,
    Deployment,
    Evidence,
    Finding,
    MentionStatus,
    Mode,
    Movement,
    PlaceMention,
    Position,
    Report,
    Role,
    Severity,
    Span,
    Status,
    Stop,
)
from routes.weigh.words import fold

UNDATED = DateInterval()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry of a corrections file.

    Attributes:
        where: The file and the entry, for messages: "corrections.toml, wrong 2".
        by: Who judged.
        reason: Why.
    """

    where: str
    by: str | None = None
    reason: str | None = None

    def signed(self, what: str) -> str:
        """What was done, by whom and why, in one line."""
        author = f" by {self.by}" if self.by else ""
        return f"edited by hand{author}: {what}{f' ({self.reason})' if self.reason else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMeans(Correction):
    """A name, in one report or in all, means this place."""

    name: str
    report: str | None
    position: Position
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong(Correction):
    """A claim, or every claim of an event, is wrong and is left out."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Correction):
    """These claims or events are one event."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(Correction):
    """No two of these claims or events are one event."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetByHand(Correction):
    """Status, certainty or date of a claim or event."""

    id: str
    status: Status | None = None
    certainty: Certainty | None = None
    date: DateInterval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRoute(Correction):
    """A route that no report of the set tells, with its source."""

    mode: Mode
    stops: tuple[tuple[str, Position], ...]
    source: str
    url: str | None = None
    carrier: str | None = None
    operator: str | None = None
    identifiers: tuple[str, ...] = ()
    status: Status = Status.COMPLETED
    certainty: Certainty = Certainty.ATTRIBUTED
    date: DateInterval = UNDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All entries of a corrections file, in its order."""

    entries: tuple[Correction, ...] = ()

    def of(self, kind: type[C]) -> tuple[C, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries if isinstance(entry, kind))


C = TypeVar("C", bound=Correction)
Claim = TypeVar("Claim", Movement, Deployment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Claims after the judgements on single claims.

    Attributes:
        claims: The claims that stand, those added by hand last.
        applied: (where of the entry, what it did) for each entry that changed something.
        dropped: How many claims were judged wrong.
    """

    claims: tuple[Claims, ...]
    applied: tuple[tuple[str, str], ...] = ()
    dropped: int = 0


def apply_corrections(claims: Iterable[Claims], corrections: Corrections) -> Corrected:
    """Apply the judgements on names and single claims; those on events are applied where events are made.

    Args:
        claims: What each report says.
        corrections: The file's entries.
    """
    applied: list[tuple[str, str]] = []
    known = tuple(claims)
    wrong = {entry.id: entry for entry in corrections.of(Wrong)}
    dropped = 0
    corrected = []
    for one in known:
        kept, judged = _without_wrong(one, wrong)
        dropped += len(judged)
        applied += judged
        for change in (_with_places, _with_values):
            kept, done = change(kept, corrections)
            applied += done
        corrected.append(kept)
    for entry in corrections.of(AddedRoute):
        corrected.append(claims_by_hand(entry))
        applied.append((entry.where, entry.signed(f"route added, source: {entry.source}")))
    return Corrected(claims=tuple(corrected), applied=tuple(applied), dropped=dropped)


def edits_in_order(corrections: Corrections, applied: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What was done by hand, in the order of the file, each thing once with how often it was done."""
    done: dict[str, Counter[str]] = {}
    for where, what in applied:
        done.setdefault(where, Counter())[what] += 1
    return tuple(
        what if times == 1 else f"{what}, {times} times"
        for entry in corrections.entries
        for what, times in done.get(entry.where, Counter()).items()
    )


def unused(corrections: Corrections, applied: Iterable[str]) -> tuple[Finding, ...]:
    """A finding for each entry that changed nothing: what it speaks of is no longer there."""
    done = set(applied)
    return tuple(
        Finding(
            code="correction.unused",
            severity=Severity.WARNING,
            message=f"{entry.where}: nothing there any more that it applies to ({_subject(entry)}). "
            "Change the entry or take it out.",
            about=entry.where,
        )
        for entry in corrections.entries
        if entry.where not in done
    )


def _subject(entry: Correction) -> str:
    if isinstance(entry, PlaceMeans):
        return f"the name {entry.name!r}" + (f" in report {entry.report!r}" if entry.report else "")
    if isinstance(entry, Same | Different):
        return ", ".join(entry.ids)
    return getattr(entry, "id", entry.where)


def _all_of(one: Claims) -> Iterator[Movement | Deployment]:
    yield from one.movements
    yield from one.deployments


def _without_wrong(one: Claims, wrong: dict[str, Wrong]) -> tuple[Claims, list[tuple[str, str]]]:
    judged = [
        (wrong[claim.id].where, wrong[claim.id].signed(f"claim {claim.id} of {one.report.id} left out as wrong"))
        for claim in _all_of(one)
        if claim.id in wrong
    ]
    if not judged:
        return one, []
    kept = replace(
        one,
        movements=tuple(claim for claim in one.movements if claim.id not in wrong),
        deployments=tuple(claim for claim in one.deployments if claim.id not in wrong),
    )
    return kept, judged


# -- names -------------------------------------------------------------------------------------------------------


def _with_places(one: Claims, corrections: Corrections) -> tuple[Claims, list[tuple[str, str]]]:
    entries = [entry for entry in corrections.of(PlaceMeans) if entry.report in {None, one.report.id}]
    by_name = {fold(entry.name): entry for entry in sorted(entries, key=lambda entry: entry.report is not None)}
    if not by_name:
        return one, []
    named = [stop.text for claim in one.movements for stop in claim.stops]
    named += [claim.text for claim in one.deployments] + [mention.text for mention in one.places]
    used = {by_name[fold(name)].where: by_name[fold(name)] for name in named if fold(name) in by_name}
    if not used:
        return one, []
    corrected = replace(
        one,
        places=tuple(_mention_means(mention, by_name) for mention in one.places),
        movements=tuple(_stops_mean(claim, by_name) for claim in one.movements),
        deployments=tuple(_post_means(claim, by_name) for claim in one.deployments),
    )
    return corrected, [(where, _meaning(entry)) for where, entry in used.items()]


def _meaning(entry: PlaceMeans) -> str:
    return entry.signed(f"“{entry.name}” means {entry.position.name} ({entry.position.place_id or 'by coordinates'})")


def _mention_means(mention: PlaceMention, by_name: dict[str, PlaceMeans]) -> PlaceMention:
    entry = by_name.get(fold(mention.text))
    if entry is None or entry.place is None:
        return mention
    reasons = (_meaning(entry),)
    return replace(mention, status=MentionStatus.RESOLVED, place=entry.place, confidence=1.0, reasons=reasons)


def _stops_mean(claim: Movement, by_name: dict[str, PlaceMeans]) -> Movement:
    stops, edits = [], []
    for stop in claim.stops:
        entry = by_name.get(fold(stop.text))
        if entry is not None:
            edits.append(_meaning(entry))
            stop = replace(stop, position=entry.position, reasons=(*stop.reasons, edits[-1]))  # noqa: PLW2901
        stops.append(stop)
    return replace(claim, stops=tuple(stops), edits=(*claim.edits, *dict.fromkeys(edits))) if edits else claim


def _post_means(claim: Deployment, by_name: dict[str, PlaceMeans]) -> Deployment:
    entry = by_name.get(fold(claim.text))
    return replace(claim, position=entry.position, edits=(*claim.edits, _meaning(entry))) if entry else claim


# -- values ------------------------------------------------------------------------------------------------------


def _with_values(one: Claims, corrections: Corrections) -> tuple[Claims, list[tuple[str, str]]]:
    entries = corrections.of(SetByHand)
    ids = {claim.id for claim in _all_of(one)}
    mine = [entry for entry in entries if entry.id in ids]
    if not mine:
        return one, []
    corrected = replace(
        one,
        movements=tuple(_set_all(claim, mine) for claim in one.movements),
        deployments=tuple(_set_all(claim, mine) for claim in one.deployments),
    )
    return corrected, [(entry.where, f"{setting(entry)} [{entry.id}]") for entry in mine]


def _set_all(claim: Claim, entries: Sequence[SetByHand]) -> Claim:
    for entry in entries:
        if entry.id == claim.id:
            claim = set_values(claim, entry)
            claim = replace(claim, edits=(*claim.edits, setting(entry)))
    return claim


def set_values(claim: Claim, entry: SetByHand) -> Claim:
    """The claim or merged record with the values set by hand; a date given by hand holds for the whole trip."""
    if entry.status is not None:
        claim = replace(claim, status=entry.status)
    if entry.certainty is not None:
        claim = replace(claim, certainty=entry.certainty)
    if entry.date is not None:
        claim = replace(claim, date=entry.date)
        if isinstance(claim, Movement):
            claim = replace(claim, stops=tuple(_only_within(stop, entry.date) for stop in claim.stops))
    return claim


def _only_within(stop: Stop, date: DateInterval) -> Stop:
    """A stop keeps its own date only where that lies within the trip's date as set."""
    first, end = stop.date.start, stop.date.end
    inside = first and end and date.start and date.end and date.start <= first and end <= date.end
    return stop if inside or stop.date == DateInterval() else replace(stop, date=DateInterval())


def setting(entry: SetByHand) -> str:
    """What an entry sets, signed."""
    told = [entry.status and f"status {entry.status.value}", entry.certainty and f"certainty {entry.certainty.value}"]
    told.append(f"date {entry.date.text}" if entry.date else None)
    return entry.signed(", ".join(one for one in told if one))


# -- routes by hand ----------------------------------------------------------------------------------------------


def claims_by_hand(entry: AddedRoute) -> Claims:
    """A route added by hand as the claim of a report that consists of the entry itself."""
    names = " – ".join(name for name, _ in entry.stops)
    author = f" by {entry.by}" if entry.by else ""
    text = f"Added by hand{author}: {entry.carrier or entry.mode.value}, {names}"
    text += f", {entry.date.text}. Source: {entry.source}" if entry.date.text else f". Source: {entry.source}"
    text += f". {entry.reason}" if entry.reason else ""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    at, stops = text.index(names), []
    for seq, (name, position) in enumerate(entry.stops, 1):
        at = text.index(name, at)
        role = Role.DESTINATION if seq == len(entry.stops) else Role.ORIGIN if seq == 1 else Role.STOP
        stops.append(Stop(seq=seq, role=role, position=position, text=name, span=Span(start=at, end=at + len(name))))
        at += len(name)
    movement = Movement(
        id=f"m-{digest[:12]}",
        mode=entry.mode,
        carrier=entry.carrier,
        operator=entry.operator,
        identifiers=entry.identifiers,
        stops=tuple(stops),
        status=entry.status,
        certainty=entry.certainty,
        attribution=entry.source if entry.certainty is Certainty.ATTRIBUTED else None,
        date=entry.date,
        evidence=(Evidence(span=Span(start=0, end=len(text)), quote=text),),
        edits=(entry.signed(f"route added, source: {entry.source}"),),
    )
    report = Report(
        id=f"by-hand-{digest[:12]}", text=text, sha256=digest, title=entry.source, author=entry.by, url=entry.url
    )
    return Claims(report=report, movements=(movement,))
