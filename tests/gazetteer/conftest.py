from __future__ import annotations

from collections.abc import Iterator

import pytest

from gazetteer.store import DEFAULT_PATH, Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    if not DEFAULT_PATH.is_file():
        from gazetteer.build.compile import build

        build()
    with open_gazetteer() as opened:
        yield opened
