"""`explain` tells the whole chain; the example file settles each doubtful thing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.place import Candidate, NameKind
from gazetteer.store import Gazetteer
from routes.atlas import finish_atlas
from routes.errors import UnknownEventError
from routes.model import Atlas, MentionStatus, PlaceMention, Span
from routes.weigh.corrections_file import read_corrections
from routes.weigh.events import weigh
from routes.weigh.example import EXAMPLE_NAME, example, quoted, write_example
from routes.weigh.explain import explain
from tests.corroboration.dsl import told, trip
from tests.corroboration.reports import REPORTS

CLAIMS = tuple(one.claims for one in REPORTS)
ATLAS = finish_atlas(weigh(CLAIMS))
IDS = {one.report.id: one.said[0].claim.id for one in REPORTS}


def test_the_chain_runs_from_sentence_to_line() -> None:
    event = next(event for event in ATLAS.routes if event.support == 5)
    text = explain(ATLAS, event.id)
    for claim in event.claims:
        assert claim.report_id in text
        assert claim.movement.id in text
        assert claim.movement.evidence[0].quote in text
    for leg in ATLAS.legs:
        assert (leg.id in text) == (leg.route_id == event.id)
    for needed in ("support 5", "near copy", "2025-10-24: il76-24th", "same type", "great circle", "dateline 0"):
        assert needed in text


def test_an_event_answers_to_the_ids_of_its_claims_and_legs() -> None:
    event = next(event for event in ATLAS.routes if event.support == 5)
    leg = next(leg for leg in ATLAS.legs if leg.route_id == event.id)
    assert explain(ATLAS, leg.id) == explain(ATLAS, IDS["il76-cuba"]) == explain(ATLAS, event.id)


def test_every_event_can_be_explained() -> None:
    for event in (*ATLAS.routes, *ATLAS.deployments):
        assert explain(ATLAS, event.id).startswith(event.id)


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(UnknownEventError, match="there are r-"):
        explain(ATLAS, "r-nothing")
    with pytest.raises(UnknownEventError, match="there is none"):
        explain(Atlas(), "r-nothing")


@dataclass(frozen=True)
class Shown:
    atlas: Atlas


def uncommented(text: str) -> str:
    """The example with every entry made live: all lines that are TOML once the mark is taken away."""
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    return "\n".join(line for line in lines if line.startswith("[[") or " = " in line.split('"')[0])


def test_the_example_changes_nothing_and_its_entries_can_be_used(tmp_path: Path, gazetteer: Gazetteer) -> None:
    caracas = gazetteer.by_id("gn:3646738")
    doubt = PlaceMention(
        span=Span(start=0, end=1),
        text='Caracas"\n[[wrong]]',
        status=MentionStatus.AMBIGUOUS,
        candidates=(Candidate(place=caracas, name_kind=NameKind.OFFICIAL, score=0.4),),
    )
    claims = [replace(CLAIMS[0], places=(doubt,)), *CLAIMS[1:]]
    atlas = weigh(claims)
    write_example(Shown(atlas), tmp_path)
    text = (tmp_path / EXAMPLE_NAME).read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    live = tmp_path / "corrections.toml"
    live.write_text(uncommented(text), encoding="utf-8")
    corrections = read_corrections(live, gazetteer)
    kinds = {type(entry).__name__ for entry in corrections.entries}
    assert {"PlaceMeans", "Wrong", "AddedRoute"} <= kinds
    assert len(corrections.entries) >= 10
    assert not [finding for finding in weigh(claims, corrections=corrections).findings if "set 99" in finding.about]


@given(st.text())
def test_any_text_is_quoted(text: str) -> None:
    read = tomllib.loads(f"x = {quoted(text)}")["x"]
    assert read == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or "\ufffd" in read


def test_doubtful_pairs_are_offered() -> None:
    reports = [
        told("one", "A", "", "An Italian tanker docked in Genoa.", trip("x", "Italian tanker", "sea", "Genoa")),
        told("other", "B", "", "Italian media saw a tanker in Genoa.", trip("y", "Italian tanker", "sea", "Genoa")),
    ]
    atlas = weigh(one.claims for one in reports)
    assert len(atlas.routes) == 2
    (finding,) = atlas.findings
    assert finding.code == "weigh.maybe-one-event"
    ids = [one.said[0].claim.id for one in reports]
    assert f"# ids = [{quoted(ids[0])}, {quoted(ids[1])}]" in example(atlas)
