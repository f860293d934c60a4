"""A browser for the tests of the page: Chromium, driven from outside, with everything it does written down."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from routes.model import Atlas
from routes.paths.legs import draw_legs
from tests.samples import sample_atlas

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def drawn(atlas: Atlas) -> Atlas:
    """The atlas with its legs drawn."""
    return replace(atlas, legs=tuple(leg for event in atlas.routes for leg in draw_legs(event)))


@pytest.fixture(scope="session")
def sample() -> Atlas:
    return drawn(sample_atlas())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium found: install it (apt-get install chromium) or name it in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Opened:
    """A page and what happened in it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def run(self, script: str) -> Any:
        return self.page.evaluate(script)

    def text(self) -> str:
        return self.run("document.body.innerText")

    def click_on(self, item_id: str) -> None:
        x, y = self.run(f"dateline.where({item_id!r})")
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    """open_page(path, width=…, height=…, dark=…, fragment=…) → Opened, ready; closes everything at the end."""
    contexts = []

    def opener(
        path: Path, *, width: int = 1300, height: int = 850, dark: bool = False, fragment: str = "", ready: bool = True
    ) -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        opened = Opened(page=context.new_page())
        opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.page.on("console", lambda m: opened.errors.append(m.text) if m.type in {"error", "warning"} else None)
        opened.page.on("dialog", lambda d: (opened.errors.append("dialog " + d.message), d.dismiss()))
        opened.page.on("request", lambda r: opened.requests.append(r.url))
        opened.page.goto(path.resolve().as_uri() + fragment)
        if ready:
            opened.page.wait_for_selector("html[data-ready]", timeout=60_000)
        return opened

    yield opener
    for context in contexts:
        context.close()


def outside(requests: list[str]) -> list[str]:
    """Requests that leave the page: all but the file itself and data of its own."""
    return [url for url in requests if not url.startswith(("file:", "data:", "blob:"))]
