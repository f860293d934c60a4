"""Names that several well-known places share, each told apart by the rest of its report."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gazetteer.store import Gazetteer
from routes.extract.places.mentions import find_places
from routes.model import MentionStatus, Report

ROWS = (Path(__file__).parent / "namesakes.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
NAMESAKES = [row.split("\t") for row in ROWS]


@pytest.mark.parametrize(("name", "country", "text"), NAMESAKES)
def test_a_name_is_told_by_its_context(name: str, country: str, text: str, gazetteer: Gazetteer) -> None:
    report = Report(id="r", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    mentions = [m for m in find_places(report, (), gazetteer) if m.text == name]
    assert mentions, f"{name} is not listed"
    for mention in mentions:
        assert mention.status is MentionStatus.RESOLVED
        assert mention.place is not None
        assert mention.place.country_code == country, mention.reasons
        assert mention.reasons
