"""The summary an editor reads: routes, deployments, who says what, what they disagree on, numbered sources.

It is written as Markdown and as HTML from the same parts; text of reports is escaped for each.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from maps.captions import SCHEMATIC, days, deployment_sentence, route_sentence
from maps.figure.text import printable
from maps.headline import headline, period_words

if TYPE_CHECKING:
    from routes.model import Atlas, Conflict, Evidence, Movement, Report

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.2}blockquote{margin:.5rem 0;padding-left:1rem;"
    "border-left:3px solid #ccc;color:#444}li{margin:.3rem 0}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the summary: "h1", "h2", "h3", "p", "quote", "item" or "source"; ``url`` for sources."""

    kind: str
    text: str
    url: str | None = None


def summary_blocks(atlas: Atlas) -> Iterator[Block]:
    """The summary in blocks, in reading order. Texts are plain; an output escapes them."""
    numbers = {report.id: number for number, report in enumerate(atlas.reports, 1)}
    yield Block(kind="h1", text=headline(atlas))
    yield Block(kind="p", text=f"{period_words(atlas)}. {SCHEMATIC if atlas.legs else ''}".strip())
    if atlas.routes:
        yield Block(kind="h2", text="Routes")
    for route in atlas.routes:
        yield Block(kind="h3", text=route.merged.carrier or "Movement")
        yield Block(kind="p", text=f"{route_sentence(route.merged)} {_support(route.support)}")
        if aboard := _aboard(route.merged):
            yield Block(kind="item", text=aboard)
        for claim in route.claims:
            yield from _quotes(claim.movement.evidence, numbers[claim.report_id])
        yield from _conflicts(route.conflicts, numbers)
        yield from _findings(atlas, {route.id, *(leg.id for leg in atlas.legs if leg.route_id == route.id)})
    if atlas.deployments:
        yield Block(kind="h2", text="Deployments")
    for force in atlas.deployments:
        yield Block(kind="h3", text=force.merged.unit or force.merged.force or "Force")
        yield Block(kind="p", text=f"{deployment_sentence(force.merged)} {_support(force.support)}")
        for told in force.claims:
            yield from _quotes(told.deployment.evidence, numbers[told.report_id])
        yield from _conflicts(force.conflicts, numbers)
        yield from _findings(atlas, {force.id})
    yield from _ending(atlas)


def write_markdown(atlas: Atlas, path: Path) -> None:
    """Write the summary as CommonMark in UTF-8."""
    pieces = {"h1": "# {}", "h2": "## {}", "h3": "### {}", "p": "{}", "quote": "> {}", "item": "- {}"}
    lines, number = [], 0
    for block in summary_blocks(atlas):
        text = _MARKDOWN.sub(r"\\\1", printable(block.text))
        if block.kind == "source":
            number += 1
            address = f" <{block.url}>" if block.url else ""
            lines.append(f"{number}. {text}{address}\n")
        else:
            lines.append(pieces[block.kind].format(text) + "\n")
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def write_html(atlas: Atlas, path: Path) -> None:
    """Write the summary as one HTML page that runs and asks nothing."""
    tags = {"h1": "h1", "h2": "h2", "h3": "h3", "p": "p", "quote": "blockquote", "item": "li", "source": "li"}
    body, listed = [], ""
    for block in summary_blocks(atlas):
        wanted = {"item": "ul", "source": "ol"}.get(block.kind, "")
        if wanted != listed:
            body += [f"</{listed}>"] * bool(listed) + [f"<{wanted}>"] * bool(wanted)
            listed = wanted
        text = html.escape(printable(block.text))
        if block.url:
            text += f' <a href="{html.escape(block.url)}" rel="noopener noreferrer">{html.escape(block.url)}</a>'
        body.append(f"<{tags[block.kind]}>{text}</{tags[block.kind]}>")
    body += [f"</{listed}>"] * bool(listed)
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(printable(headline(atlas)))}</title>\n<style>{_STYLE}</style>\n"
    )
    path.write_text(head + "\n".join(body) + "\n</html>\n", encoding="utf-8", newline="\n")


def _support(count: int) -> str:
    return "Told by one report." if count == 1 else f"Told by {count} independent reports."


def _aboard(trip: Movement) -> str:
    """What is told of the carrier beside its way: numbers, operator, cargo, people."""
    low, high = trip.personnel_min, trip.personnel_max
    if low is None and high is None:
        people = None
    elif low is None:
        people = f"up to {high:,}"
    elif high is None:
        people = f"at least {low:,}"
    else:
        people = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    rows = (
        ("Identifiers", ", ".join(trip.identifiers)),
        ("Operator", trip.operator),
        ("Cargo", trip.cargo),
        ("People", people),
    )
    return "; ".join(f"{name}: {value}" for name, value in rows if value)


def _quotes(evidence: tuple[Evidence, ...], number: int) -> Iterator[Block]:
    for piece in evidence:
        yield Block(kind="quote", text=f"“{piece.quote}” [{number}]")


def _conflicts(conflicts: tuple[Conflict, ...], numbers: dict[str, int]) -> Iterator[Block]:
    for conflict in conflicts:
        told = [(v.value, ", ".join(str(numbers[i]) for i in v.report_ids)) for v in conflict.versions]
        versions = "; ".join(f"{value} [{sources}]" for value, sources in told)
        yield Block(kind="item", text=f"Sources disagree on {conflict.field.replace('_', ' ')}: {versions}")


def _findings(atlas: Atlas, about: set[str]) -> Iterator[Block]:
    for finding in atlas.findings:
        if finding.about in about:
            yield Block(kind="item", text=f"{finding.severity.capitalize()}: {finding.message}")


def _ending(atlas: Atlas) -> Iterator[Block]:
    if atlas.left_out:
        yield Block(kind="h2", text="Left out")
        for words in atlas.left_out:
            yield Block(kind="item", text=words)
    yield Block(kind="h2", text="Sources")
    for report in atlas.reports:
        yield Block(kind="source", text=_source(report), url=_address(report))


def _source(report: Report) -> str:
    when = days(report.published, report.published + timedelta(days=1)) if report.published else "undated"
    named = [part for part in (report.publisher, report.author, report.title or report.id) if part]
    return f"{', '.join(named)}, {when}"


def _address(report: Report) -> str | None:
    """The report's address where it is one of the web's and cannot break out of a Markdown autolink."""
    url = report.url or ""
    safe = urlsplit(url).scheme in ("http", "https") and not re.search(r"[\s<>]", url)
    return printable(url) if safe else None
