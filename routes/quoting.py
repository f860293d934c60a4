"""Who tells an event, in which words: the names of sources, quotes and support that layers and files show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routes.model import Movement, RouteClaim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.model import Conflict, Deployment, DeploymentEvent, Evidence, Report, RouteEvent, Stop

BETWEEN_QUOTES = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """Who tells an event.

    Attributes:
        sources: Names of the sources, each once, in the order of the claims.
        quote: The sentences of the account that is shown.
        url: Address of the report they stand in.
        support: Independent reports that tell the event.
        accounts: Each claim of a movement with its report's identifier, the account that is shown first.
    """

    sources: str | None
    quote: str | None
    url: str | None
    support: int
    accounts: tuple[tuple[str, Movement], ...] = ()

    def support_of(self, start: Stop, end: Stop) -> int:
        """Independent reports that tell the leg between two stops, at least one.

        Reports that copy each other are counted in ``support`` alone, so a leg has no more than its event.
        """
        telling = {report_id for report_id, movement in self.accounts if _tells(movement, start, end)}
        return max(1, min(self.support, len(telling)))

    def quote_of(self, start: Stop, end: Stop) -> str | None:
        """The sentences that name the two stops, from the first account that tells the leg; else the event's quote."""
        for _, movement in self.accounts:
            stops = [_same(movement.stops, stop) for stop in (start, end)]
            spans = [stop.span for stop in stops if stop is not None]
            if len(spans) < len(stops):
                continue
            found = [
                evidence
                for evidence in movement.evidence
                if any(evidence.span.start <= span.start < evidence.span.end for span in spans)
            ]
            if found:
                return joined_quotes(found)
        return self.quote


def sourcing(event: RouteEvent | DeploymentEvent, reports: Sequence[Report]) -> Sourcing:
    """Who tells an event, the account that its merged values come from first.

    Args:
        event: A trip or deployment.
        reports: The atlas's reports.
    """
    by_id = {report.id: report for report in reports}
    claims: list[tuple[str, Movement | Deployment]] = [
        (claim.report_id, claim.movement if isinstance(claim, RouteClaim) else claim.deployment)
        for claim in event.claims
    ]
    claims.sort(key=lambda claim: claim[1].evidence != event.merged.evidence)
    names = [source_name(by_id[report_id]) for report_id in (c.report_id for c in event.claims) if report_id in by_id]
    first = by_id.get(claims[0][0]) if claims else None
    return Sourcing(
        sources="; ".join(dict.fromkeys(names)) or None,
        quote=joined_quotes(event.merged.evidence),
        url=first.url if first else None,
        support=event.support,
        accounts=tuple((report_id, claim) for report_id, claim in claims if isinstance(claim, Movement)),
    )


def source_name(report: Report) -> str:
    """What to call a report's source: its publisher, else its title, else its identifier."""
    return report.publisher or report.title or report.id


def joined_quotes(evidence: Iterable[Evidence]) -> str | None:
    """Quotes in the order of the text, each once, parted by an ellipsis; None where there are none."""
    in_order = sorted(evidence, key=lambda item: (item.span.start, item.span.end))
    return BETWEEN_QUOTES.join(dict.fromkeys(item.quote for item in in_order)) or None


def conflicts_text(conflicts: Iterable[Conflict], reports: Sequence[Report]) -> str | None:
    """Disagreements in one line: ``date_start: 2025-10-22 (Example Post) or 2025-10-24 (Example Tribune)``."""
    by_id = {report.id: report for report in reports}
    lines = []
    for conflict in conflicts:
        versions = [
            f"{version.value} ({', '.join(source_name(by_id[i]) if i in by_id else i for i in version.report_ids)})"
            for version in conflict.versions
        ]
        at = f" at stop {conflict.stop_seq}" if conflict.stop_seq is not None else ""
        lines.append(f"{conflict.field}{at}: {' or '.join(versions)}")
    return "; ".join(lines) or None


def _tells(movement: Movement, start: Stop, end: Stop) -> bool:
    """Whether a movement has both stops, the second somewhere after the first."""
    first, last = _same(movement.stops, start), _same(movement.stops, end)
    return first is not None and last is not None and first.seq < last.seq


def _same(stops: Sequence[Stop], wanted: Stop) -> Stop | None:
    """The stop at the same place as another, by the gazetteer's identifier or else by name."""
    for stop in stops:
        if wanted.position.place_id and stop.position.place_id == wanted.position.place_id:
            return stop
        if stop.position.name == wanted.position.name:
            return stop
    return None
