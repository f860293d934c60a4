"""Names the gazetteer lacks are asked online where the user chose that, and nowhere else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

import dateline

TEXT = "The transport plane took off from Zwolmar Air Base on Monday and landed in Tashkent."
ANSWER = {
    **{"osm_type": "way", "osm_id": 42, "lat": "12.5", "lon": "-70.25", "name": "Zwolmar Air Base"},
    "display_name": "Zwolmar Air Base, Aruba",
    **{"class": "military", "type": "airfield", "addresstype": "military", "address": {"country_code": "aw"}},
}


class Service(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        name = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append(name)
        body = json.dumps([ANSWER] if name == ANSWER["name"] else []).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("gazetteer.online.SECONDS_BETWEEN_REQUESTS", 0.0)
    Service.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def stops(run_arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[tuple[str, float | None]]:
    assert dateline.run(run_arguments) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    return [(stop["name"], stop["lon"]) for movement in row["movements"] for stop in movement["stops"]]


def test_only_what_is_lacking_is_asked_and_only_if_wanted(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    plain = stops(["claims", str(path)], capsys)
    assert Service.asked == []
    assert plain[0] == ("Zwolmar Air Base", None)
    asked = stops(["claims", str(path), "--online", host], capsys)
    assert Service.asked == ["Zwolmar Air Base"]
    assert asked == [("Zwolmar Air Base", -70.25), plain[1]]
    assert dateline.run(["claims", str(path), "--online", host]) == 0
    assert Service.asked == ["Zwolmar Air Base"], "an answer on disk is not asked for again"
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    found = next(place for place in row["places"] if place["text"] == "Zwolmar Air Base")
    assert any("found online" in reason for reason in found["reasons"])


def test_what_nobody_knows_is_listed_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert dateline.run(["claims", str(path)]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    listed = [(p["text"], p["status"], TEXT[p["start"] : p["end"]]) for p in row["places"]]
    assert listed == [
        ("Zwolmar Air Base", "unresolved", "Zwolmar Air Base"),
        ("Tashkent", "resolved", "Tashkent"),
    ]


def test_a_service_out_of_reach_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert dateline.run(["claims", str(path), "--online", "127.0.0.1:9"]) == 2
    assert "127.0.0.1:9 could not be asked" in capsys.readouterr().err
