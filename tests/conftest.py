"""What all tests share: no network, one gazetteer and one language pipeline for the whole run."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
REQUIRED = {"browser": "DATELINE_REQUIRE_BROWSER", "qgis": "DATELINE_REQUIRE_QGIS"}


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection but to this machine fails, so a test that needs the network cannot pass by luck."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(host: object) -> None:
        if isinstance(host, bytes):
            host = host.decode()
        if host not in LOOPBACK and host is not None:
            raise OSError(f"tests may not reach {host!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            check(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            check(address[0])
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host)
        return resolve(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


@pytest.fixture(scope="session")
def gazetteer() -> Any:
    """The compiled gazetteer itself; opened once."""
    from gazetteer.store import open_gazetteer

    return open_gazetteer()


@pytest.fixture(scope="session")
def language() -> Any:
    """The real parsing pipeline; loaded once."""
    from routes.extract.text.language import load_language

    return load_language()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where a browser or QGIS is required, a test of theirs that is skipped has failed."""
    outcome: Any = yield
    report = outcome.get_result()
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    for marker, variable in REQUIRED.items():
        if item.get_closest_marker(marker) and os.environ.get(variable):
            report.outcome = "failed"
            report.longrepr = f"{variable} is set, but {item.nodeid} was skipped: {report.longrepr}"
