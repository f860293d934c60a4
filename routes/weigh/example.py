"""corrections.example.toml: a ready entry for each doubtful thing, to be taken over into corrections.toml.

Every entry is a comment: the file as written changes nothing. Text of a report stands in it only as a TOML string.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from routes.model import (
    Atlas,
    Certainty,
    Claims,
    Conflict,
    DeploymentEvent,
    MentionRole,
    MentionStatus,
    PlaceMention,
    RouteEvent,
)
from routes.weigh.conflicts import UNTOLD

EXAMPLE_NAME = "corrections.example.toml"
_UNSURE = 0.6
"""Resolved names below this confidence are offered for correction."""
_MOST_CANDIDATES = 4
_MOST_ENTRIES = 200
_HEAD = """\
# Doubtful things in this run, each with an entry that settles it. To use one, copy it into corrections.toml beside the
# reports, take away the "# " before its lines, change what is wrong, and say who judged and why. corrections.toml is
# applied on every run; entries that no longer apply are reported.
#
# Kinds of entries: [[place]] a name means this place; [[wrong]] a claim or event is wrong; [[same]] these are one
# event; [[different]] these are not; [[set]] status, certainty or date; [[route]] a route with its source.
"""
_ROUTE = """\
# A route that no report tells:
#
# [[route]]
# mode = "air"
# carrier = "Il-76"
# stops = ["Moscow", "Caracas"]
# date = 2025-10-22
# source = "where it is known from"
# by = "your name"
"""


class Shown(Protocol):
    """Whatever carries the finished atlas."""

    @property
    def atlas(self) -> Atlas:
        """The finished atlas."""


def write_example(shown: Shown, out: Path) -> None:
    """Write corrections.example.toml into a folder.

    Args:
        shown: The layers of the run.
        out: An existing folder.
    """
    (out / EXAMPLE_NAME).write_text(example(shown.atlas), encoding="utf-8", newline="\n")


def example(atlas: Atlas) -> str:
    """The text of corrections.example.toml: names, pairs of events, disputes, hedged and denied claims."""
    parts = [*_names(atlas.claims), *_pairs(atlas), *_disputes(atlas), *_unproven(atlas)]
    shown = parts[:_MOST_ENTRIES]
    left = len(parts) - len(shown)
    more = [f"# {left} further doubtful things are not listed; run.json has all findings.\n"] if left else []
    return "\n".join([_HEAD, *shown, *more, _ROUTE])


def quoted(text: str) -> str:
    """Any text as a TOML basic string on one line."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign) or _plain(sign) for sign in text) + '"'


def _plain(sign: str) -> str:
    """A character as it stands, or escaped where it would not show, break the line or turn the text round."""
    if sign.isprintable():
        return sign
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004  (a lone surrogate cannot be written at all)
        return "\\uFFFD"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004


def _entry(kind: str, why: str, fields: Sequence[tuple[str, str]], notes: Sequence[str] = ()) -> str:
    """One entry as comment lines; ``why`` and ``notes`` may hold report text, so they are quoted."""
    lines = [f"# {why}", *(f"#   {note}" for note in notes), "#", f"# [[{kind}]]"]
    lines += [f"# {name} = {value}" for name, value in fields]
    lines += ['# by = "your name"', '# reason = "why"', ""]
    return "\n".join(lines)


# -- names -------------------------------------------------------------------------------------------------------


def _names(claims: Sequence[Claims]) -> Iterator[str]:
    for one in claims:
        needed = {stop.text for claim in one.movements for stop in claim.stops} | {
            post.text for post in one.deployments
        }
        seen = set()
        for mention in one.places:
            if mention.text in seen or not _doubtful(mention, mention.text in needed):
                continue
            seen.add(mention.text)
            yield _name(one.report.id, mention)


def _doubtful(mention: PlaceMention, needed: bool) -> bool:
    if mention.role is not MentionRole.LITERAL:
        return False
    if mention.status is MentionStatus.RESOLVED:
        return needed and mention.confidence < _UNSURE
    return needed or mention.status is MentionStatus.AMBIGUOUS


def _name(report_id: str, mention: PlaceMention) -> str:
    places = [candidate.place for candidate in mention.candidates]
    if mention.place is not None:
        places = [mention.place, *(place for place in places if place.id != mention.place.id)]
    notes = [
        f"{quoted(place.id)}: {quoted(', '.join(filter(None, (place.name, place.admin1, place.country_code))))}"
        for place in places[:_MOST_CANDIDATES]
    ]
    told = {
        MentionStatus.AMBIGUOUS: "may mean several places",
        MentionStatus.UNRESOLVED: "is in no gazetteer",
        MentionStatus.RESOLVED: f"was placed with confidence {mention.confidence:.2f}",
    }[mention.status]
    means = places[0].id if places else "lon,lat"
    fields = [("name", quoted(mention.text)), ("report", quoted(report_id)), ("means", quoted(means))]
    return _entry("place", f"{quoted(mention.text)} {told}", fields, notes)


# -- events ------------------------------------------------------------------------------------------------------


def _pairs(atlas: Atlas) -> Iterator[str]:
    """Claims that may be one event, and claims that only just became one."""
    for finding in atlas.findings:
        values = dict(finding.values)
        if finding.code == "weigh.maybe-one-event":
            ids = f"[{quoted(str(values['one']))}, {quoted(str(values['other']))}]"
            why = f"May be one event, kept apart ({values['score']} points)"
            yield _entry("same", why, [("ids", ids)], [quoted(finding.message)])


def _disputes(atlas: Atlas) -> Iterator[str]:
    for event in atlas.routes:
        claims = {claim.report_id: claim.movement.id for claim in event.claims}
        yield from _of_event(event.id, event.conflicts, claims)
    for post in atlas.deployments:
        claims = {claim.report_id: claim.deployment.id for claim in post.claims}
        yield from _of_event(post.id, post.conflicts, claims)


def _of_event(event_id: str, conflicts: Sequence[Conflict], claims: dict[str, str]) -> Iterator[str]:
    for conflict in conflicts:
        told = [version for version in conflict.versions if version.value != UNTOLD]
        if len(told) <= 1:
            continue
        given = [
            f"{quoted(version.value)}: {', '.join(f'{quoted(one)} ({claims.get(one)})' for one in version.report_ids)}"
            for version in told
        ]
        fewest = min(told, key=lambda version: (len(version.report_ids), version.value))
        claim = claims.get(fewest.report_ids[0], event_id)
        yield _entry("wrong", f"{event_id}: reports differ on {conflict.field}", [("id", quoted(claim))], given)


def _unproven(atlas: Atlas) -> Iterator[str]:
    """Events that rest on hedged words alone."""
    events: list[RouteEvent | DeploymentEvent] = [*atlas.routes, *atlas.deployments]
    for event in events:
        if event.merged.certainty is Certainty.HEDGED and event.support == 1:
            fields = [("id", quoted(event.id)), ("certainty", quoted(Certainty.STATED.value))]
            yield _entry("set", f"{event.id} rests on one hedged claim", fields)
