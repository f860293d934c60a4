"""Text of a report is hostile: it must be shown as it is written, and nothing of it may run, in any field."""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from maps.page.payload import build_payload, encode
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
    Finding,
    MentionStatus,
    PlaceMention,
    Report,
    Severity,
    Span,
    Status,
    Tie,
    Version,
)
from tests.maps.conftest import drawn, outside
from tests.samples import event, movement, position

ATTACKS = {
    "jinja expression": "{{7*7}}",
    "jinja statement": "{% for x in range(9) %}{% include 'x' %}",
    "jinja comment": "{# gone",
    "image": "<img src=x onerror=\"window.ran='img'\">",
    "script end": "</script><script>window.ran='script'</script>",
    "comment script": "<!--<script>",
    "template literal": "`${window.ran='template'}`",
    "quotes": "\"'><svg onload=\"window.ran='svg'\">",
    "style end": "</style><style>body{display:none}</style>",
    "title end": "</title><script>window.ran='title'</script>",
    "textarea": "</textarea><iframe srcdoc=\"<script>parent.ran='frame'</script>\"></iframe>",
    "line separators": "a\u2028b\u2029c",
    "nul": "a\x00b\x1b[31mc",
    "bidi": "safe\u202egnp.exe\u2066x",
    "lone surrogate": "a\ud800b\udfffc",
    "dollar": "$& $1 $` {n} {what}",
    "base64 break": '"};window.ran=1;//',
    "entities": "&lt;b&gt; &#x3c;script&#x3e;",
}
LINKS = ["javascript:window.ran='link'", "data:text/html,<script>window.ran='data'</script>", "JaVaScRiPt:window.ran=1",
         " javascript:window.ran=1", "file:///etc/passwd", "http://[", "vbscript:x", "//evil.example/x"]  # fmt: skip


def atlas_of(text: str, url: str | None = None) -> Atlas:
    """An atlas with the text in every field that can reach the page."""
    source = Report(
        id=text, text=text, sha256="0" * 64, title=text, publisher=text, author=text, url=url or text, path=text,
        published=date(2025, 1, 2),
    )  # fmt: skip
    when = DateInterval(start=date(2025, 1, 1), end=date(2025, 1, 3), text=text)
    told = Evidence(span=Span(start=0, end=len(text)), quote=text)
    route = movement(
        "m-1", source, "Moscow", "Caracas", carrier=text, operator=text, cargo=text, identifiers=(text,),
        attribution=text, date=when, evidence=(told,),
    )  # fmt: skip
    named = tuple(
        replace(stop, text=text + "!", position=replace(stop.position, name=text), reasons=(text,))
        for stop in route.stops
    )
    route = replace(route, stops=named)
    lost = replace(route, id="m-2", stops=(replace(named[0], position=replace(named[0].position, lon=None, lat=None)),))
    force = Deployment(
        id="c-1", position=replace(position("Cuba"), name=text), text=text, span=Span(start=0, end=1),
        status=Status.ONGOING, certainty=Certainty.ATTRIBUTED, evidence=(told,), force=text, unit=text, commander=text,
        size_text=text, attribution=text, date=when,
    )  # fmt: skip
    conflict = Conflict(field=text, versions=(Version(value=text, report_ids=(source.id,)),))
    mention = PlaceMention(span=Span(start=0, end=1), text=text, status=MentionStatus.UNRESOLVED)
    findings = tuple(
        Finding(code="x", severity=Severity.WARNING, message=text, about=about, source=text)
        for about in ("r-1", "d-1", source.id)
    )
    sent = DeploymentEvent(id="d-1", merged=force, claims=(DeploymentClaim(report_id=source.id, deployment=force),))
    claims = Claims(report=source, places=(mention,), movements=(route, lost), deployments=(force,))
    return drawn(
        Atlas(
            reports=(source,),
            claims=(claims,),
            routes=(
                event(
                    "r-1",
                    [(source, route)],
                    conflicts=(conflict,),
                    edits=(text,),
                    reasons=(text,),
                    ties=(Tie(report_ids=(source.id, source.id), agrees=(text,), differs=(text,), score=(6.0, 5.0)),),
                ),
                event("r-2", [(source, lost)]),
            ),
            deployments=(sent,),
            findings=findings,
            left_out=(text,),
        )
    )


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_text_of_a_report_is_in_the_file_as_it_stands(text: str, tmp_path: Path) -> None:
    plain = maps.write_map(atlas_of("harmless"), tmp_path / "plain.html", title="harmless").read_text(encoding="utf-8")
    hostile = maps.write_map(atlas_of(text), tmp_path / "map.html", title=text).read_text(encoding="utf-8")
    packed = re.compile(r'(?<=<script type="text/plain" id="dateline-data">)[A-Za-z0-9+/=]+(?=</script>)')
    assert len(packed.findall(hostile)) == 1
    assert packed.sub("", hostile) == packed.sub("", plain)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_the_payload_is_plain_base64(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", encode(build_payload(atlas_of(text), title=text)))


@pytest.mark.browser
@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_text_is_shown_as_it_is_written_and_nothing_runs(text: str, tmp_path: Path, open_page: Any) -> None:
    opened = open_page(maps.write_map(atlas_of(text), tmp_path / "map.html", title=text))
    page = opened.page
    page.click('#items .item[data-id="r-1"]')
    # Counted inside the page, because a lone surrogate cannot leave it in UTF-8.
    shown = page.evaluate(
        "written => (document.getElementById('title').textContent + document.getElementById('detail').textContent"
        " + document.getElementById('about').textContent).split(JSON.parse(written)).length - 1",
        json.dumps(text),
    )
    assert shown >= 12
    page.click("#back")
    page.click('#items .item[data-id="d-1"]')
    page.click("#back")
    page.click("#unlocated summary")
    page.click("#zoom button:last-child")
    opened.click_on("r-1")
    page.wait_for_selector(".leaflet-popup .popup")
    page.click("#table-button")
    page.wait_for_selector("#table table")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelectorAll('img:not(#paper), iframe, svg[onload]').length") == 0
    assert opened.errors == []
    assert outside(opened.requests) == []


@pytest.mark.browser
@pytest.mark.parametrize("url", LINKS)
def test_only_web_addresses_become_links(url: str, tmp_path: Path, open_page: Any) -> None:
    opened = open_page(maps.write_map(atlas_of("words", url=url), tmp_path / "map.html"))
    opened.page.click('#items .item[data-id="r-1"]')
    links = opened.run("[...document.querySelectorAll('a')].map(a => [a.protocol, a.rel]).filter(a => a[1])")
    assert links == []
    assert opened.errors == []


@pytest.mark.browser
def test_links_to_the_web_say_nothing_of_where_they_are(tmp_path: Path, open_page: Any) -> None:
    opened = open_page(maps.write_map(atlas_of("words", url="https://example.org/a?b=1"), tmp_path / "map.html"))
    links = opened.run("[...document.querySelectorAll('#about a')].map(a => [a.href, a.rel, a.target])")
    assert links == [["https://example.org/a?b=1", "noopener noreferrer", "_blank"]]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that writes down what is asked of it, and would answer."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], seen
    server.shutdown()


@pytest.mark.browser
def test_the_page_asks_nothing_of_a_server_it_could_reach(
    tmp_path: Path, open_page: Any, listener: tuple[int, list[str]]
) -> None:
    port, seen = listener
    address = f"http://127.0.0.1:{port}/x.png"
    text = f'<img src="{address}"><script src="{address}"></script><link rel=stylesheet href="{address}">'
    opened = open_page(maps.write_map(atlas_of(text, url=address), tmp_path / "map.html", title=text))
    opened.page.click('#items .item[data-id="r-1"]')
    # Even markup forced in from outside asks for nothing and runs nothing: the page's policy forbids it.
    opened.run(f"document.body.insertAdjacentHTML('beforeend', '<img src=\"{address}\" onerror=\"window.ran=1\">')")
    opened.run(f"fetch('{address}').catch(() => 0)")
    opened.page.wait_for_timeout(400)
    assert seen == []
    assert opened.run("window.ran") is None
