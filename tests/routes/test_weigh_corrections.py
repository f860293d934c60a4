"""Judgements by hand: read from a file, applied on every run, reported when nothing is left to judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.store import Gazetteer
from routes.errors import SettingsError
from routes.model import Atlas, Certainty, RouteEvent, Status
from routes.weigh.corrections import Corrections, PlaceMeans
from routes.weigh.corrections_file import find_beside, read_corrections, read_interval
from routes.weigh.events import weigh
from routes.weigh.grades import read_grades
from tests.corroboration.reports import REPORTS

CLAIMS = tuple(one.claims for one in REPORTS)
IDS = {one.report.id: one.said[0].claim.id for one in REPORTS}
PLAIN = weigh(CLAIMS)


def corrected(text: str, tmp_path: Path, gazetteer: Gazetteer) -> Atlas:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    return weigh(CLAIMS, corrections=read_corrections(path, gazetteer))


def route_of(atlas: Atlas, report_id: str) -> RouteEvent:
    return next(event for event in atlas.routes if any(claim.report_id == report_id for claim in event.claims))


def test_a_name_means_the_place_given(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = """
        place = [
          { name = "Tripoli", means = "Beirut" },
          { name = "misrata", means = "Tunis, Tunisia", by = "Kim" },
        ]
    """
    atlas = corrected(text, tmp_path, gazetteer)
    event = route_of(atlas, "an124-misrata")
    assert event.merged.stops[-1].position.name == "Tunis"
    assert any("“misrata” means Tunis" in edit and "by Kim" in edit for edit in event.edits)
    assert any("means Tunis" in edit for edit in atlas.edits)
    unused = [finding for finding in atlas.findings if finding.code == "correction.unused"]
    assert [finding.about for finding in unused] == ["corrections.toml, place 1"]


def test_a_wrong_claim_is_left_out_and_counted(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = f'[[wrong]]\nid = "{IDS["il76-24th"]}"\nby = "Kim"\nreason = "the official took it back"\n'
    atlas = corrected(text, tmp_path, gazetteer)
    event = route_of(atlas, "il76-long")
    assert event.support == route_of(PLAIN, "il76-long").support - 1
    assert "2025-10-24" not in {version.value for one in event.conflicts for version in one.versions}
    assert atlas.left_out == ("1 claim left out: judged wrong by hand",)
    assert "the official took it back" in atlas.edits[0]


def test_a_wrong_event_is_left_out_and_counted(tmp_path: Path, gazetteer: Gazetteer) -> None:
    event = route_of(PLAIN, "convoy")
    text = f'[[wrong]]\nid = "{event.id}"\nby = "Kim"\nreason = "an exercise"\n'
    atlas = corrected(text, tmp_path, gazetteer)
    assert event.id not in {one.id for one in atlas.routes}
    assert atlas.left_out == ("1 route left out: judged wrong by hand",)


def test_two_events_are_made_one_and_one_is_made_two(tmp_path: Path, gazetteer: Gazetteer) -> None:
    one, other = IDS["tanker-genoa"], IDS["tanker-hamburg"]
    atlas = corrected(f'[[same]]\nids = ["{one}", "{other}"]\nby = "Kim"\n', tmp_path, gazetteer)
    merged = route_of(atlas, "tanker-genoa")
    assert {claim.report_id for claim in merged.claims} == {"tanker-genoa", "tanker-hamburg"}
    assert any("are one event" in edit for edit in merged.edits)
    assert any(conflict.field == "destination" for conflict in merged.conflicts)
    parted = corrected(f'[[different]]\nids = ["{IDS["jets"]}", "{IDS["jets-estonia"]}"]\n', tmp_path, gazetteer)
    assert len(route_of(parted, "jets-estonia").claims) == 1
    assert any("are not one event" in edit for edit in route_of(parted, "jets-estonia").edits)


def test_against_is_stronger_than_for(tmp_path: Path, gazetteer: Gazetteer) -> None:
    pair = f'ids = ["{IDS["tanker-genoa"]}", "{IDS["tanker-hamburg"]}"]\n'
    atlas = corrected(f"[[same]]\n{pair}[[different]]\n{pair}", tmp_path, gazetteer)
    assert len(route_of(atlas, "tanker-genoa").claims) == 1
    assert any("not carried out" in edit for edit in atlas.edits)


def test_an_event_is_known_by_the_id_of_any_of_its_claims(tmp_path: Path, gazetteer: Gazetteer) -> None:
    alone = weigh(one.claims for one in REPORTS if one.report.id == "il76-cuba").routes[0].id
    assert alone != route_of(PLAIN, "il76-cuba").id
    atlas = corrected(f'[[set]]\nid = "{alone}"\nstatus = "denied"\n', tmp_path, gazetteer)
    assert route_of(atlas, "il76-long").merged.status is Status.DENIED


def test_status_certainty_and_date_are_set(tmp_path: Path, gazetteer: Gazetteer) -> None:
    event = route_of(PLAIN, "convoy")
    text = f'[[set]]\nid = "{event.id}"\nstatus = "planned"\ncertainty = "hedged"\ndate = 2025-02-05\nby = "Kim"\n'
    merged = route_of(corrected(text, tmp_path, gazetteer), "convoy").merged
    assert (merged.status, merged.certainty) == (Status.PLANNED, Certainty.HEDGED)
    assert merged.date.start is not None
    assert merged.date.start.isoformat() == "2025-02-05"
    assert all(stop.date.start is None for stop in merged.stops)


def test_a_route_is_added_with_its_source(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = """
        [[route]]
        mode = "air"
        carrier = "Il-76"
        stops = ["Moscow", "gn:3646738"]
        date = "2025-12-01"
        source = "letter to the editor"
        by = "Kim"
    """
    atlas = corrected(text, tmp_path, gazetteer)
    event = next(event for event in atlas.routes if event.edits)
    assert [stop.position.name for stop in event.merged.stops] == ["Moscow", "Caracas"]
    assert event.merged.attribution == "letter to the editor"
    reports = {report.id: report for report in atlas.reports}
    for claim in event.claims:
        for evidence in claim.movement.evidence:
            assert reports[claim.report_id].text[evidence.span.start : evidence.span.end] == evidence.quote
        for stop in claim.movement.stops:
            assert reports[claim.report_id].text[stop.span.start : stop.span.end] == stop.text


def test_without_entries_nothing_changes(tmp_path: Path, gazetteer: Gazetteer) -> None:
    assert corrected("", tmp_path, gazetteer) == PLAIN
    assert weigh(CLAIMS, corrections=Corrections()) == PLAIN


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[place]\n", "not readable as TOML"),
        ("[[plaice]]\n", "plaice is not known"),
        ('[place]\nname = "x"\n', "two brackets"),
        ('[[place]]\nname = "Tripoli"\n', "means is missing"),
        ('[[place]]\nname = "Tripoli"\nmeans = "gn:1"\n', "gn:1"),
        ('[[place]]\nname = "Tripoli"\nmeans = "Xyzzyville"\n', "in no gazetteer"),
        ('[[place]]\nname = "x"\nmeans = "Springfield"\n', "write one of these ids"),
        ('[[place]]\nname = "x"\nmeans = "Georgia"\n', "write one of these ids"),
        ('[[place]]\nname = "x"\nmeans = "Tripoli"\n', "write one of these ids"),
        ('[[place]]\nname = "x"\nmeans = "200, 10"\n', "longitude first"),
        ('[[place]]\nnom = "x"\n', "nom is not known here"),
        ('[[wrong]]\nid = "m-1"\n', "who judged and why"),
        ('[[wrong]]\nid = "Il-76"\nby = "K"\nreason = "x"\n', "is no id"),
        ('[[same]]\nids = ["m-1"]\n', "at least 2"),
        ('[[same]]\nids = ["m-1", "m-1"]\n', "twice"),
        ('[[different]]\nids = ["m-1", "c-1"]\n', "cannot be one event"),
        ('[[set]]\nid = "r-1"\n', "sets nothing"),
        ('[[set]]\nid = "r-1"\nstatus = "done"\n', "none of planned"),
        ('[[set]]\nid = "r-1"\ndate = "yesterday"\n', "is no date"),
        ('[[set]]\nid = "r-1"\ndate = "2025-02-30"\n', "is no date"),
        ('[[set]]\nid = "r-1"\nstatus = 3\n', "text in quotes"),
        ('[[set]]\nid = "r-1"\nstatus = "denied"\n[[set]]\nid = "r-1"\nstatus = "planned"\n', "set 2: contradicts"),
        ('[[route]]\nmode = "air"\nstops = ["Moscow"]\n', "source is missing"),
        ('[[route]]\nmode = "air"\nstops = "Moscow"\nsource = "x"\n', "list of texts"),
    ],
)
def test_faults_are_told_with_the_entry(text: str, told: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"corrections\.toml") as raised:
        read_corrections(path, gazetteer)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-10-22", ("2025-10-22", "2025-10-23")),
        ("2025-12", ("2025-12-01", "2026-01-01")),
        ("2024", ("2024-01-01", "2025-01-01")),
        ("2025-10-22/2025-10-24", ("2025-10-22", "2025-10-25")),
        ("2025-10-24/2025-10-22", None),
        ("9999-12-31", None),
        ("2025-13", None),
        ("", None),
    ],
)
def test_periods(text: str, days: tuple[str, str] | None) -> None:
    found = read_interval(text)
    assert (found and (str(found.start), str(found.end))) == days


@pytest.mark.parametrize(
    ("means", "place_id"),
    [("Moscow", "gn:524901"), ("Tripoli, Lebanon", "gn:266826"), ("Havana", "gn:3553478"), ("Niger", "gn:2440476")],
)
def test_a_place_is_meant_by_its_name(means: str, place_id: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(f'[[place]]\nname = "X"\nmeans = "{means}"\n', encoding="utf-8")
    (entry,) = read_corrections(path, gazetteer).of(PlaceMeans)
    assert entry.position.place_id == place_id


def test_the_file_beside_the_reports_is_found(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "report.txt").write_text("x")
    assert find_beside([one, "-"], "corrections.toml") is None
    (one / "corrections.toml").write_text("")
    assert find_beside([one / "report.txt", other], "corrections.toml") == one / "corrections.toml"
    (other / "corrections.toml").write_text("")
    with pytest.raises(SettingsError, match="--corrections"):
        find_beside([one, other], "corrections.toml")


def test_the_example_in_the_docs_can_be_read(tmp_path: Path, gazetteer: Gazetteer) -> None:
    page = (Path(__file__).parents[2] / "docs" / "corrections.md").read_text(encoding="utf-8")
    first, second = (part.partition("```")[0] for part in page.split("```toml\n")[1:])
    corrections, sources = tmp_path / "corrections.toml", tmp_path / "sources.toml"
    corrections.write_text(first, encoding="utf-8")
    sources.write_text(second, encoding="utf-8")
    assert len(read_corrections(corrections, gazetteer).entries) == 6
    assert read_grades(sources)[0].reliability == "B"
