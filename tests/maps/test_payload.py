from __future__ import annotations

import base64
import gzip
import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gazetteer.place import Precision
from maps.headline import headline, period_words
from maps.page.payload import LINE_STEPS, build_payload, encode
from routes.model import Atlas, Certainty, Finding, Leg, Mode, Movement, PathKind, Report, Role, Severity, Status
from tests.maps.conftest import drawn
from tests.samples import day, event, movement, report, sample_atlas

PAGE = Path(__file__).resolve().parents[2] / "maps" / "page"


def decoded(packed: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_what_is_packed_comes_out_again(sample: Atlas) -> None:
    data = build_payload(sample, version="1")
    assert decoded(encode(data)) == json.loads(json.dumps(data))
    assert encode(data) == encode(build_payload(sample, version="1"))


def test_great_circles_are_not_stored_and_other_lines_once() -> None:
    atlas = drawn(sample_atlas())
    lane = ((-66.0, 8.0), (-70.123456, 12.5), (-79.5, 22.0))
    legs = tuple(
        replace(leg, path=PathKind.SEA_LANE, line=lane)
        if leg.route_id == "r-oil"
        else replace(leg, path=PathKind.GREAT_CIRCLE)
        for leg in atlas.legs
    )
    twice = Leg(
        id="l-x", route_id="r-oil", seq=2, from_seq=1, to_seq=2, line=lane, length_km=1.0, path=PathKind.SEA_LANE
    )
    data = build_payload(replace(atlas, legs=(*legs, twice)))
    assert data["lines"] == [(-66 * LINE_STEPS, 8 * LINE_STEPS, -4123, 4500, -9377, 9500)]
    oil = next(r for r in data["routes"] if r["id"] == "r-oil")
    assert [leg[3:5] for leg in oil["legs"]] == [["sea_lane", 1], ["sea_lane", 1]]


def test_equal_quotes_and_places_are_stored_once(sample: Atlas) -> None:
    data = build_payload(sample)
    assert len(data["quotes"]) == len(set(data["quotes"])) == 4
    assert len(data["places"]) == len({tuple(p) for p in data["places"]}) == 15


def test_the_first_report_is_not_lost(sample: Atlas) -> None:
    il76 = next(r for r in build_payload(sample)["routes"] if r["id"] == "r-il76")
    assert [claim["report"] for claim in il76["claims"]] == [0, 1]


def one(*names: str, **fields: Any) -> Atlas:
    source = report("one", "x")
    return Atlas(reports=(source,), routes=(event("r-1", [(source, movement("m-1", source, *names, **fields))]),))


def with_origin_alone(atlas: Atlas) -> Atlas:
    route = atlas.routes[0]
    told: Movement = replace(route.merged, stops=(replace(route.merged.stops[0], role=Role.ORIGIN),))
    return replace(atlas, routes=(replace(route, merged=told),))


@pytest.mark.parametrize(
    ("atlas", "words"),
    [
        (Atlas(), "No movements found"),
        (one("Moscow", "Caracas", carrier="Il-76"), "Il-76: Moscow to Caracas"),
        (one("Moscow", "Caracas"), "Flight: Moscow to Caracas"),
        (one("Caracas", carrier="Il-76"), "Il-76: at Caracas"),
        (with_origin_alone(one("Caracas", carrier="Il-76")), "Il-76: from Caracas"),
        (sample_atlas(), "Venezuela: 5 routes and 2 deployments"),
    ],
)
def test_headline(atlas: Atlas, words: str) -> None:
    assert headline(atlas) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, "undated"),
        ({"date": day("2025-10-22")}, "22 October 2025"),
        ({"dates": {"Moscow": "2025-10-22", "Caracas": "2025-10-26"}}, "22 to 26 October 2025"),
        ({"dates": {"Moscow": "2025-09-30", "Caracas": "2025-10-01"}}, "30 September to 1 October 2025"),
        ({"dates": {"Moscow": "1999-12-31", "Caracas": "2000-01-01"}}, "31 December 1999 to 1 January 2000"),
    ],
)
def test_period(dates: dict[str, Any], words: str) -> None:
    assert period_words(one("Moscow", "Caracas", **dates)) == words


def test_days_are_whole_numbers(sample: Atlas) -> None:
    source = Report(id="old", text="", sha256="", published=date(1969, 12, 31))
    assert build_payload(Atlas(reports=(source,)))["reports"] == [{"id": "old", "published": -1}]


def test_grades_notes_and_corrections_reach_the_page(sample: Atlas) -> None:
    note = Finding(code="x", severity=Severity.INFO, message="read twice", about="il76-stops")
    graded = replace(sample.reports[0], reliability="B", credibility=2, findings=(note,))
    best = replace(sample.routes[0], grade="B2")
    atlas = replace(
        sample,
        reports=(graded, *sample.reports[1:]),
        routes=(best, *sample.routes[1:]),
        findings=(note,),
        edits=("moved",),
    )
    data = build_payload(atlas)
    assert data["reports"][0]["grade"] == "B2"
    assert "grade" not in data["reports"][1]
    assert data["routes"][0]["grade"] == "B2"
    assert data["notes"] == [[0, "info", "read twice"]]
    assert data["edits"] == ["moved"]


def test_every_word_of_the_script_is_in_the_table() -> None:
    scripts = "".join(p.read_text(encoding="utf-8") for p in sorted((PAGE / "script").glob("*.js")))
    words = tomllib.loads((PAGE / "strings" / "en.toml").read_text(encoding="utf-8"))
    asked = set(re.findall(r"""\bt\("([a-z.]+)"[,)]""", scripts))
    asked |= {f"{key}.{n}" for key in re.findall(r"""counted\("([a-z.]+)",""", scripts) for n in ("one", "many")}
    assert asked - words.keys() == set()
    families = {
        "mode": [*Mode, "force"], "status": Status, "certainty": Certainty, "role": Role, "path": PathKind,
        "severity": Severity, "precision": Precision, "mention": ["unresolved", "ambiguous"],
        "stroke": ["said", "unsure", "planned", "attempted", "denied"], "carrier": Mode,
    }  # fmt: skip
    built = {f"{family}.{value}" for family, values in families.items() for value in values}
    assert built - words.keys() == set()
    unused = {w for w in words.keys() - asked - built if not re.search(rf'"{re.escape(w)}"', scripts)}
    prefixes = ("filter.", "col.", "field.", "time.", "precision.", "fact.")
    assert {w for w in unused if not w.startswith(prefixes) and w != "months"} == set()
