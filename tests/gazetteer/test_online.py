from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.online import OnlineLookupError, open_online
from gazetteer.place import Kind

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "Kwisatz Base": [
        {
            "osm_type": "way",
            "osm_id": 42,
            "lat": "12.5",
            "lon": "-70.25",
            "class": "military",
            "type": "airfield",
            "addresstype": "military",
            "name": "Kwisatz Base",
            "display_name": "Kwisatz Base, Aruba",
            "address": {"country_code": "aw", "state": "Noord"},
        }
    ],
    "Oddville": [{"osm_type": "node", "osm_id": 7, "lat": "1", "lon": "2", "class": "place", "type": "village",
                  "display_name": "Oddville, Nowhere"}],
}  # fmt: skip


class Service(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[float, str, str]]] = []
    refuse: ClassVar[bool] = False

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append((time.monotonic(), query, self.headers["User-Agent"]))
        body = json.dumps(ANSWERS.get(query, [])).encode()
        self.send_response(403 if self.refuse else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Service.asked.clear()
    Service.refuse = False
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_asks_and_reads_the_answer(host: str, tmp_path: Path) -> None:
    find = open_online(host=host, cache=tmp_path / "kept.sqlite", seconds_between_requests=0)
    place = find("Kwisatz Base")
    assert place is not None
    assert (place.id, place.lon, place.lat, place.country_code) == ("osm:w42", -70.25, 12.5, "AW")
    assert (place.kind, place.site_type) == (Kind.SITE, "base")
    assert "OpenStreetMap" in place.source
    village = find("Oddville")
    assert village is not None
    assert (village.name, village.kind) == ("Oddville", Kind.CITY)
    assert Service.asked[0][2].startswith("dateline/")


def test_a_name_is_asked_once_found_or_not(host: str, tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "kept.sqlite"
    for _ in range(2):
        find = open_online(host=host, cache=cache, seconds_between_requests=0)
        assert find("Kwisatz Base") == find(" kwisatz   base ")
        assert find("Qwxyzzy") is None
        assert find("") is None
    assert [query for _, query, _ in Service.asked] == ["Kwisatz Base", "Qwxyzzy"]


def test_requests_keep_their_distance(host: str, tmp_path: Path) -> None:
    find = open_online(host=host, cache=tmp_path / "kept.sqlite", seconds_between_requests=0.3)
    for name in ("Kwisatz Base", "Oddville", "Qwxyzzy"):
        find(name)
    times = [at for at, _, _ in Service.asked]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))


def test_a_refusal_is_an_error_and_is_not_kept(host: str, tmp_path: Path) -> None:
    find = open_online(host=host, cache=tmp_path / "kept.sqlite", seconds_between_requests=0)
    Service.refuse = True
    with pytest.raises(OnlineLookupError, match="could not be asked for 'Oddville'"):
        find("Oddville")
    Service.refuse = False
    assert find("Oddville") is not None


def test_nobody_there(tmp_path: Path) -> None:
    find = open_online(host="127.0.0.1:9", cache=tmp_path / "kept.sqlite", seconds_between_requests=0)
    with pytest.raises(OnlineLookupError, match="try again later"):
        find("Oddville")


def test_unknown_service() -> None:
    with pytest.raises(ValueError, match="nominatim"):
        open_online("bing")
