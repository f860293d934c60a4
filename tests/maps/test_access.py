"""The page for everyone: axe-core finds nothing serious, light and dark, wide and on a phone, in every view.

axe-core comes from npm at a pinned version (``.ci/run`` installs it); the variable AXE may name its axe.min.js.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import maps
from routes.model import Atlas

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
VIEWS = {
    "map": [],
    "detail": ["#items .item >> nth=0"],
    "table": ["#table-button"],
    "filters": [".filters summary"],
    "popup": [],
}


@pytest.fixture(scope="session")
def axe() -> str:
    path = Path(os.environ.get("AXE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
    if not path.is_file():
        pytest.skip("no axe-core: npm install axe-core@4.14.1, or name its axe.min.js in AXE")
    return path.read_text(encoding="utf-8")


def serious(opened: Any, axe: str) -> list[str]:
    opened.run(axe)
    found = opened.run("axe.run(document).then(r => r.violations)")
    return [
        f"{v['impact']} {v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary'][:300]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(
    view: str, width: int, dark: bool, axe: str, sample: Atlas, tmp_path: Path, open_page: Any
) -> None:
    opened = open_page(maps.write_map(sample, tmp_path / "map.html"), width=width, dark=dark)
    for selector in VIEWS[view]:
        opened.page.click(selector)
    if view == "popup":
        opened.click_on("r-il76")
        opened.page.wait_for_selector(".leaflet-popup")
    assert serious(opened, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_an_empty_map(dark: bool, axe: str, tmp_path: Path, open_page: Any) -> None:
    assert serious(open_page(maps.write_map(Atlas(), tmp_path / "map.html"), dark=dark), axe) == []


def test_nothing_is_wider_than_a_phone(sample: Atlas, tmp_path: Path, open_page: Any) -> None:
    opened = open_page(maps.write_map(sample, tmp_path / "map.html"), width=390)
    assert opened.run("document.documentElement.scrollWidth") <= 390
    opened.page.click("#items .item >> nth=0")
    assert opened.run("document.documentElement.scrollWidth") <= 390
