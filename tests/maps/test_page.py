"""The page in a real browser, opened from disk: what it counts, shows, hides and says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maps
from benchmarks.page import random_atlas
from gazetteer.place import Candidate, Kind, NameKind, Place
from maps.errors import MapError
from routes.model import (
    Atlas,
    Claims,
    DateInterval,
    MentionStatus,
    Mode,
    PlaceMention,
    Span,
    Tie,
)
from tests.maps.atlases import polar
from tests.maps.conftest import drawn, outside
from tests.samples import day, event, movement, report

pytestmark = pytest.mark.browser


@pytest.fixture
def shown(sample: Atlas, tmp_path: Path, open_page: Any) -> Any:
    return open_page(maps.write_map(sample, tmp_path / "map.html"))


def dated_routes(days: list[str | None]) -> Atlas:
    """One flight for each day, in this order; None for an undated one."""
    source = report("flights", "Flights went from Moscow to Caracas.", publisher="Example Post")
    routes = []
    for n, when in enumerate(days):
        told = movement(
            f"m-{n}", source, "Moscow", "Caracas", carrier=f"Flight {n}", date=day(when) if when else DateInterval()
        )
        routes.append(event(f"r-{n}", [(source, told)]))
    return drawn(Atlas(reports=(source,), routes=tuple(routes)))


def test_every_route_is_counted_and_nothing_is_asked_for(shown: Any, sample: Atlas) -> None:
    counts = shown.run("dateline.counts")
    assert (counts["routes"], counts["deployments"], counts["reports"]) == (5, 2, 4)
    assert counts["legs"] == len(sample.legs)
    assert shown.errors == []
    assert outside(shown.requests) == []


@pytest.mark.parametrize("item", ["r-il76", "r-tanker", "r-frigate", "r-denied"])
def test_a_click_on_a_line_opens_the_quote_with_its_source(shown: Any, sample: Atlas, item: str) -> None:
    shown.page.fill("#search", next(e.merged.carrier for e in sample.routes if e.id == item))
    shown.page.wait_for_timeout(50)
    shown.click_on(item)
    popup = shown.page.wait_for_selector(".leaflet-popup .popup").inner_text()
    claim = next(e for e in sample.routes if e.id == item).claims[0]
    assert claim.movement.evidence[0].quote in popup
    assert next(r for r in sample.reports if r.id == claim.report_id).publisher in popup


def test_the_detail_says_who_where_when_how_sure_and_who_disagrees(shown: Any) -> None:
    shown.page.click('#items .item[data-id="r-il76"]')
    words = shown.page.inner_text("#detail")
    for part in (
        "Ilyushin Il-76", "Moscow → Yerevan → Algiers → Rabat → Dakar → Nouakchott → Caracas", "22–26 Oct 2025",
        "Completed, stated by the report", "Told by", "2 independent reports", "The sources disagree", "2025-10-24",
        "The Il-76 left Moscow on October 22", "Pentagon sources", "Example Tribune", "1 Dec 2025", "schematic",
        "without claiming an order",
    ):  # fmt: skip
        assert part in words
    assert "[object" not in words
    assert shown.run("document.activeElement.id") == "detail-title"


def test_why_accounts_are_one_event_is_folded_away(tmp_path: Path, open_page: Any) -> None:
    one, other = report("one", "A plane left.", publisher="Post"), report("two", "A plane left.", publisher="Wire")
    trips = [(source, movement(f"m-{source.id}", source, "Moscow", "Caracas")) for source in (one, other)]
    ties = (
        Tie(
            report_ids=("one", "two"), agrees=("same days", "same type"), differs=("another origin",), score=(5.3, 5.0)
        ),
        Tie(report_ids=("two", "one"), agrees=("the same text",), copied=True),
        Tie(report_ids=("one", "one"), agrees=("put together by hand",)),
    )
    atlas = drawn(Atlas(reports=(one, other), routes=(event("r-1", trips, ties=ties), event("r-2", trips[:1]))))
    page = open_page(maps.write_map(atlas, tmp_path / "map.html")).page
    page.click('#items .item[data-id="r-1"]')
    assert "same days" not in page.inner_text("#detail")
    page.click(".ties summary")
    assert page.inner_text(".ties ul").splitlines() == [
        "Post and Wire: same days; same type; against it: another origin (5.3 points, 5 are needed)",
        "Wire and Post: the same text; counted as one source",
        "Post (told twice): put together by hand",
    ]
    page.click("#back")
    page.click('#items .item[data-id="r-2"]')
    assert page.locator(".ties").count() == 0


def test_what_a_filter_hides_is_counted_and_can_be_shown_again(shown: Any) -> None:
    page = shown.page
    assert page.inner_text("#tally") == "Shown: 5 routes and 2 deployments."
    page.uncheck("#legend label:has-text('Sea') input")
    assert page.inner_text("#tally").startswith("Shown: 2 routes and 2 deployments. 3 routes and 7 stops hidden.")
    assert page.locator("#items .item").count() == 4
    page.click("#tally button")
    assert page.inner_text("#tally") == "Shown: 5 routes and 2 deployments."


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("status", "planned", ["r-frigate"]),
        ("certainty", "hedged", ["r-tanker", "d-advisers"]),
        ("actor", "Russia", ["r-il76", "r-denied"]),
        ("actor", "Oleg Makarevich", ["d-advisers"]),
        ("source", "Example Wire", ["r-tanker", "r-oil"]),
        ("place", "Caracas", ["r-il76", "r-denied"]),
        ("q", "yerévan", ["r-il76"]),
        ("q", "slipped into", ["r-tanker", "r-oil"]),
    ],
)
def test_filters_and_search(
    sample: Atlas, tmp_path: Path, open_page: Any, name: str, value: str, ids: list[str]
) -> None:
    opened = open_page(maps.write_map(sample, tmp_path / "map.html"), fragment=f"#{name}={value}")
    listed = opened.run("[...document.querySelectorAll('#items .item')].map(n => n.dataset.id)")
    assert sorted(listed) == sorted(ids)


def test_the_filters_in_the_panel_do_the_same_as_the_address(shown: Any) -> None:
    shown.page.click(".filters summary")
    shown.page.select_option(".filters label:has-text('Place') select", "Honolulu")
    assert shown.page.locator("#items .item").count() == 1
    assert "place=Honolulu" in shown.run("location.hash")


def test_the_state_is_in_the_address_and_comes_back(shown: Any, sample: Atlas, tmp_path: Path, open_page: Any) -> None:
    shown.page.click('#items .item[data-id="r-il76"]')
    shown.page.click("#theme")
    shown.page.uncheck("#legend label:has-text('Planned') input")
    fragment = shown.run("location.hash")
    again = open_page(maps.write_map(sample, tmp_path / "again.html"), fragment=fragment)
    assert "Ilyushin Il-76" in again.page.inner_text("#detail h2")
    assert again.run("document.documentElement.dataset.theme") == "dark"
    assert again.run("dateline.shown().hiddenRoutes") == 1


@pytest.mark.parametrize(
    "fragment", ["#v=NaN,1,2", "#v=1e999,0,3&sel=<img>&t=window,x,y&hide=zzz", "#%E0%A4%A", "#sel=__proto__"]
)
def test_a_broken_address_does_no_harm(sample: Atlas, tmp_path: Path, open_page: Any, fragment: str) -> None:
    opened = open_page(maps.write_map(sample, tmp_path / "map.html"), fragment=fragment)
    assert opened.errors == []
    assert opened.run("dateline.shown().routes") == 5


def test_dates_are_sorted_as_dates_across_9_september_2001(tmp_path: Path, open_page: Any) -> None:
    # Milliseconds since 1970 gain a digit on that day: sorted as text, later days come first.
    days = ["2001-09-10", "1999-12-31", "2001-09-08", "2004-01-01", "2001-09-09"]
    opened = open_page(maps.write_map(dated_routes(days), tmp_path / "map.html"))
    order = []
    for _ in days:
        opened.page.click("button[aria-label='Next event']")
        order.append(
            (opened.run("document.querySelectorAll('.days input')[1].value"), opened.run("dateline.shown().routes"))
        )
    assert order == [(when, n) for n, when in enumerate(sorted(days), 1)]


def test_until_window_and_undated(tmp_path: Path, open_page: Any) -> None:
    days = ["2024-01-01", "2024-01-05", "2024-02-01", None, None]
    opened = open_page(maps.write_map(dated_routes(days), tmp_path / "map.html"))
    page = opened.page

    def count() -> int:
        return int(opened.run("dateline.shown().routes"))

    assert count() == 5
    page.click("button[data-mode='until']")
    page.fill(".days input >> nth=1", "2024-01-05")
    assert count() == 4
    page.uncheck(".undated input")
    assert count() == 2
    page.click("button[data-mode='window']")
    page.fill(".days input >> nth=0", "2024-01-05")
    assert count() == 1
    assert page.inner_text("#tally").startswith("Shown: 1 route. 4 routes and 8 stops hidden.")
    page.click("button[data-mode='all']")
    assert count() == 3


def test_nothing_plays_by_itself_and_reduced_motion_makes_play_one_step(tmp_path: Path, open_page: Any) -> None:
    opened = open_page(maps.write_map(dated_routes(["2024-01-01", "2024-01-05", "2024-02-01"]), tmp_path / "map.html"))
    opened.page.wait_for_timeout(1200)
    assert opened.run("dateline.shown().routes") == 3
    opened.page.click("button.play")
    opened.page.wait_for_timeout(2100)
    assert opened.run("dateline.shown().routes") == 1


def test_the_table_holds_everything_and_works_by_keyboard(shown: Any) -> None:
    page = shown.page
    page.keyboard.press("Tab")
    assert shown.run("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_selector("#table table")
    words = page.inner_text("#table")
    for part in (
        "Ilyushin Il-76",
        "frigate",
        "U.S. naval and air armada",
        "Russian troops",
        "The Il-76 left Moscow",
        "Denied",
    ):
        assert part in words
    assert page.locator("#table tbody tr").count() == 7
    page.locator("#table button:has-text('Show on the map')").first.focus()
    page.keyboard.press("Enter")
    assert shown.run("document.getElementById('table').hidden") is True
    assert "[object" not in words
    assert shown.run("document.activeElement.id") == "detail-title"


def test_what_could_not_be_placed_is_listed(tmp_path: Path, open_page: Any) -> None:
    source = report("lost", "A convoy went from Nowhereville to Caracas.", publisher="Example Post")
    told = movement("m-lost", source, "Moscow", "Caracas", mode=Mode.LAND, carrier="convoy")
    nowhere = replace(told.stops[0], position=replace(told.stops[0].position, name="Nowhereville", lon=None, lat=None))
    other = replace(told, id="m-other", stops=(nowhere,), carrier="lorries")
    told = replace(told, stops=(nowhere, told.stops[1]))
    springfield = Place(
        id="t:1", name="Springfield", kind=Kind.CITY, lon=-89.6, lat=39.8, country_code="US", admin1="Illinois"
    )
    unsure = PlaceMention(
        span=Span(start=0, end=1), text="Springfield", status=MentionStatus.AMBIGUOUS,
        candidates=(Candidate(place=springfield, name_kind=NameKind.OFFICIAL, score=0.5),),
    )  # fmt: skip
    atlas = drawn(
        Atlas(
            reports=(source,),
            claims=(Claims(report=source, places=(unsure,), movements=(told, other)),),
            routes=(event("r-lost", [(source, told)]), event("r-other", [(source, other)])),
            left_out=("2 single tweets were left out",),
        )
    )
    opened = open_page(maps.write_map(atlas, tmp_path / "map.html"))
    opened.page.click("#unlocated summary")
    words = opened.page.inner_text("#unlocated")
    for part in ("Not on the map (3)", "lorries", "convoy", "Springfield, Illinois, US"):
        assert part in words
    about = opened.page.inner_text("#about")
    for part in (
        "1 claim whose place was not found",
        "2 stops whose place was not found",
        "2 single tweets were left out",
    ):
        assert part in about
    assert opened.run("dateline.counts.legs") == 0


INKED = """([lon, lat]) => {
  const canvas = map_dateline.getPane('dl-lines').querySelector('canvas');
  const [box, home] = [canvas, map_dateline.getContainer()].map(node => node.getBoundingClientRect());
  const turns = Math.round((map_dateline.getCenter().lng - lon) / 360);
  const at = map_dateline.latLngToContainerPoint([lat, lon + 360 * turns]);
  const [x, y] = [at.x + home.left - box.left, at.y + home.top - box.top];
  const pixels = canvas.getContext('2d').getImageData(x - 6, y - 6, 13, 13).data;
  return pixels.some((_, i) => i % 4 === 3 && pixels[i] > 90 && pixels[i - 3] > pixels[i - 1] + 60);
}"""
"""Whether the sea's hue is painted at a longitude and latitude, or within six pixels of it."""


def test_a_line_across_the_antimeridian_is_unbroken(sample: Atlas, tmp_path: Path, open_page: Any) -> None:
    only = replace(
        sample,
        routes=tuple(r for r in sample.routes if r.id == "r-frigate"),
        legs=tuple(leg for leg in sample.legs if leg.route_id == "r-frigate"),
        deployments=(),
    )
    opened = open_page(maps.write_map(only, tmp_path / "map.html"))
    assert 150 < opened.run("map_dateline.getCenter().lng") % 360 < 230, "the Pacific is in the middle"
    vertices = [vertex for leg in only.legs for vertex in leg.line]
    crossing = [lon % 360 for lon, _ in vertices]
    assert min(crossing) < 180 < max(crossing)
    for lon, lat in vertices[:: max(1, len(vertices) // 60)]:
        assert opened.page.evaluate(INKED, [lon, lat]), f"no line at {lon}, {lat}"
    assert not opened.page.evaluate(INKED, [200.0, -40.0])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((10.0, 70.0), (-170.0, 65.0), "The line goes over the North Pole"),
        ((55.3, 25.3), (-122.3, 47.6), "The line goes past the North Pole"),
        ((-70.7, -33.5), (109.3, -31.9), "The line goes over the South Pole"),
        ((37.6, 55.8), (-66.9, 10.5), None),
    ],
)
def test_a_line_over_a_pole_ends_before_it_on_both_sides(
    tmp_path: Path, open_page: Any, start: tuple[float, float], end: tuple[float, float], words: str | None
) -> None:
    import io

    from PIL import Image

    opened = open_page(maps.write_map(polar((start, end)), tmp_path / "map.html"))
    picture = np.asarray(Image.open(io.BytesIO(opened.page.locator("#stage").screenshot())).convert("RGB")).astype(int)
    line = np.abs(picture - np.array([0x00, 0x72, 0xB2])).sum(axis=2) < 30
    along_the_edge = [
        len(run) for row in line for run in np.split(row, np.flatnonzero(np.diff(row.astype(int))) + 1) if run[0]
    ]
    assert 0 < max(along_the_edge) < 60
    opened.page.click('#items .item[data-id="r-0"]')
    detail = opened.page.inner_text("#detail")
    assert (words in detail) if words else ("Pole" not in detail)
    assert opened.errors == []


def test_an_empty_map_opens_and_says_so(tmp_path: Path, open_page: Any) -> None:
    path = maps.write_map(Atlas(), tmp_path / "map.html")
    opened = open_page(path)
    assert "No report told of a movement" in opened.text()
    assert opened.errors == []
    assert outside(opened.requests) == []
    assert path.stat().st_size <= 700_000


def test_right_to_left_names_are_set_apart(tmp_path: Path, open_page: Any) -> None:
    source = report("rtl", "x", publisher="صحيفة")
    told = movement("m-rtl", source, "Moscow", "Caracas", carrier="طائرة شحن")
    opened = open_page(
        maps.write_map(
            drawn(Atlas(reports=(source,), routes=(event("r-rtl", [(source, told)]),))), tmp_path / "map.html"
        )
    )
    found = opened.run(
        "[...document.querySelectorAll('bdi')].filter(n => /[\\u0600-\\u06ff]/.test(n.textContent)).length"
    )
    loose = opened.run(
        "(() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); let n = 0;"
        " while (walk.nextNode()) { const e = walk.currentNode.parentElement;"
        " if (/[\\u0600-\\u06ff]/.test(walk.currentNode.data) && !e.closest('bdi, option, script')) n += 1; }"
        " return n; })()"
    )
    assert found >= 3
    assert loose == 0


def test_the_page_prints_with_legend_and_sources(shown: Any) -> None:
    shown.page.emulate_media(media="print")
    words = shown.text()
    assert "About this map" in words
    assert "Example Post" in words
    assert shown.run("getComputedStyle(document.getElementById('tools')).display") == "none"
    before = shown.run("[map_dateline.getZoom(), map_dateline.getCenter().lat]")
    shown.run("window.dispatchEvent(new Event('beforeprint'))")
    picture = "document.getElementById('paper')"
    assert shown.run(f"{picture}.decode().then(() => {picture}.naturalWidth)") > 1000
    shown.run("window.dispatchEvent(new Event('afterprint'))")
    assert shown.run(f"{picture}.hasAttribute('src')") is False
    after = shown.run("[map_dateline.getZoom(), map_dateline.getCenter().lat]")
    assert after == pytest.approx(before, abs=0.01)
    assert shown.errors == []


@pytest.mark.parametrize(
    "tiles",
    ["javascript:alert(1)", "https://h/{{7*7}}", "https://h/{z}'>", "ftp://h/{z}/{x}/{y}", "https://h/{% raw %}"],
)
def test_tiles_must_be_a_web_address(tiles: str, tmp_path: Path) -> None:
    with pytest.raises(MapError, match="tile address"):
        maps.write_map(Atlas(), tmp_path / "map.html", tiles=tiles)


def test_tiles_are_asked_of_their_own_host_alone(sample: Atlas, tmp_path: Path, open_page: Any) -> None:
    path = maps.write_map(sample, tmp_path / "map.html", tiles="http://127.0.0.1:9/{z}/{x}/{y}.png")
    opened = open_page(path)
    assert outside(opened.requests)
    assert all(url.startswith("http://127.0.0.1:9/") for url in outside(opened.requests))


def test_a_route_in_doubt_is_not_a_finding_of_the_page(shown: Any) -> None:
    shown.page.click('#items .item[data-id="r-tanker"]')
    words = shown.page.inner_text("#detail")
    assert "to La Guaira, origin not told" in words
    assert "unconfirmed" in words


def test_large_sets_list_step_by_step(tmp_path: Path, open_page: Any) -> None:
    start = date(2024, 1, 1)
    opened = open_page(
        maps.write_map(dated_routes([str(start + timedelta(days=n)) for n in range(100)]), tmp_path / "m.html")
    )
    assert opened.page.locator("#items .item").count() == 40
    opened.page.click("#items button.plain")
    assert opened.page.locator("#items .item").count() == 80
    assert opened.run("dateline.counts.routes") == 100


@pytest.mark.parametrize(("count", "first", "days"), [(1000, date(2024, 1, 1), 700), (60, date(1999, 1, 1), 2190)])
def test_large_sets_and_old_ones_open_without_error(
    count: int, first: date, days: int, tmp_path: Path, open_page: Any
) -> None:
    atlas = random_atlas(count, first=first, days=days)
    opened = open_page(maps.write_map(atlas, tmp_path / "map.html"))
    assert opened.run("dateline.counts") == {
        "routes": count,
        "deployments": 0,
        "reports": -(-count // 20),
        "legs": 4 * count,
    }
    assert opened.errors == []
    assert outside(opened.requests) == []


def test_roles_and_precision_are_said(shown: Any) -> None:
    shown.page.click('#items .item[data-id="r-oil"]')
    words = shown.page.inner_text("#detail")
    assert "origin, known to a country only" in words
