"""From the sample reports to the page in the browser: the main job, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maps.publish import publish
from tests.maps.conftest import outside

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
IL76 = ["Moscow", "Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott", "Caracas"]


def test_the_sample_reports_become_a_page_that_shows_them_all(gazetteer: Any, tmp_path: Path, open_page: Any) -> None:
    made = publish([SEEDS], tmp_path / "out", gazetteer=gazetteer)
    atlas = made.layers.atlas
    opened = open_page(made.page)
    assert opened.run("dateline.counts") == {
        "routes": len(atlas.routes),
        "deployments": len(atlas.deployments),
        "reports": len(atlas.reports),
        "legs": len(atlas.legs),
    }
    assert outside(opened.requests) == []

    il76 = next(e for e in atlas.routes if [s.position.name for s in e.merged.stops] == IL76)
    opened.page.click(f'#items .item[data-id="{il76.id}"]')
    detail = opened.page.inner_text("#detail")
    assert " → ".join(IL76) in detail
    assert il76.claims[0].movement.evidence[0].quote.split("\n")[0] in detail

    opened.page.click("#back")
    opened.page.click("#zoom button:last-child")
    opened.click_on(il76.id)
    popup = opened.page.wait_for_selector(".leaflet-popup .popup").inner_text()
    assert any(e.quote.split("\n")[0] in popup for claim in il76.claims for e in claim.movement.evidence)
    assert opened.errors == []


def test_every_quote_is_in_the_table(gazetteer: Any, tmp_path: Path, open_page: Any) -> None:
    made = publish([SEEDS], tmp_path / "out", gazetteer=gazetteer)
    opened = open_page(made.page, fragment="#view=table")
    words = opened.run("document.getElementById('table').textContent")
    for event in (*made.layers.atlas.routes, *made.layers.atlas.deployments):
        for claim in event.claims:
            told = claim.movement if hasattr(claim, "movement") else claim.deployment
            assert all(e.quote in words for e in told.evidence)
