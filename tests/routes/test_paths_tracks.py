"""Recorded tracks: read, matched, compared, drawn."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from routes.atlas import finish_atlas
from routes.checks import run_checks
from routes.errors import TrackError
from routes.layers import build_layers
from routes.model import Atlas, Mode, PathKind, RouteEvent
from routes.paths.geodesic import great_circle
from routes.paths.track_files import Track, read_tracks
from routes.paths.tracks import compare, match, track_finding, track_leg
from tests.routes.test_paths_legs import SOURCE
from tests.samples import POSITIONS, event, movement

START = datetime(2025, 10, 22, 6, tzinfo=UTC)


def flown(*names: str, hours: float = 3.0, start: datetime = START, **fields: object) -> Track:
    """A track along great circles between places, one point each 20 km at even speed."""
    points: list[tuple[float, float]] = []
    for a, b in pairwise(names):
        line = great_circle(POSITIONS[a][1:3], POSITIONS[b][1:3], max_gap_km=20)
        points += [(lon, lat) for lon, lat in line]
    step = timedelta(hours=hours * (len(names) - 1)) / (len(points) - 1)
    values: dict = {"source": "track.csv", "identifiers": ("RA-76502",), "mode": Mode.AIR} | fields
    return Track(points=tuple(points), times=tuple(start + step * i for i in range(len(points))), **values)


def told(*names: str, dates: dict[str, str] | None = None, **fields: object) -> RouteEvent:
    values: dict = {"identifiers": ("RA-76502",), "carrier": "Il-76"} | fields
    return event("r-1", [(SOURCE, movement("m-1", SOURCE, *names, dates=dates, **values))])


CSV = "time,lon,lat,registration\n2025-10-22T06:00:00Z,37.6,55.7,RA-76502\n1761112800,38,55,RA-76502\n"
READSB = {
    "icao": "1533c6",
    "r": "RA-76502",
    "timestamp": 1761112800.0,
    "trace": [
        [0, 55.7, 37.6, "ground", 0, 0, 0, None, {"flight": "RFF7001 "}],
        [60.5, 55.6, 37.7, 3000, 300, 90, 0, 0, None],
    ],
}
GPX = """<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x"><trk>
<name>RA-76502</name><trkseg><trkpt lat="55.7" lon="37.6"><time>2025-10-22T06:00:00Z</time></trkpt>
<trkpt lat="55" lon="38"><time>2025-10-22T06:10:00Z</time></trkpt></trkseg></trk></gpx>"""
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Placemark><name>RA-76502</name><gx:Track><when>2025-10-22T06:00:00Z</when><when>2025-10-22T06:10:00Z</when>
<gx:coord>37.6 55.7 0</gx:coord><gx:coord>38 55 9000</gx:coord></gx:Track></Placemark></kml>"""
KML_LINE = """<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>RA-76502</name><LineString>
<coordinates>37.6,55.7,0 38,55,0</coordinates></LineString></Placemark></kml>"""


@pytest.mark.parametrize(
    ("name", "content", "timed"),
    [
        ("a.csv", CSV, True),
        ("a.json", json.dumps(READSB), True),
        ("a.gpx", GPX, True),
        ("a.kml", KML, True),
        ("b.kml", KML_LINE, False),
    ],
)
def test_formats(tmp_path: Path, name: str, content: str, timed: bool) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    (track,) = read_tracks(file)
    assert "RA-76502" in track.identifiers
    assert track.points[0] == (37.6, 55.7)
    assert bool(track.times) == timed
    if timed:
        assert track.times[0] == datetime(2025, 10, 22, 6, tzinfo=UTC)
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress(content.encode()))
    assert read_tracks(packed)[0].points == track.points


def test_each_carrier_of_a_csv_is_a_track(tmp_path: Path) -> None:
    file = tmp_path / "ais.csv"
    file.write_text("MMSI,BaseDateTime,LAT,LON\n1,2025-01-01T00:00:00,10,20\n2,2025-01-01T00:00:00,1,2\n"
                    "1,2025-01-01T01:00:00,10.1,20\n2,2025-01-01T01:00:00,1.1,2\n")  # fmt: skip
    assert [(track.identifiers, track.mode, len(track.points)) for track in read_tracks(file)] == [
        (("1",), Mode.SEA, 2),
        (("2",), Mode.SEA, 2),
    ]


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx><trk><name>&b;</name></trk></gpx>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "hello"),
        ("a.csv", "a,b\n1,2\n"),
        ("a.csv", "time,lon,lat\n2025,abc,1\n"),
        ("a.csv", "lon,lat\n500,1\n2,3\n"),
        ("a.csv", "lon,lat\n1,1\n"),
        ("a.json", "[1, 2]"),
        ("a.json", "{}"),
        ("a.gpx", "<gpx><trk>"),
        ("a.gpx", BOMB),
        ("a.kml", "not xml"),
        ("a.csv.gz", "\x1f\x8b broken"),
    ],
)
def test_what_is_no_track_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(TrackError, match=r"a\."):
        read_tracks(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrackError, match="gone"):
        read_tracks(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    ("identifiers", "mode", "matches"),
    [
        (("RA-76502",), Mode.AIR, True),
        (("ra 76502",), None, True),
        (("RA76502",), Mode.SEA, False),
        (("RA-76503",), Mode.AIR, False),
        ((), Mode.AIR, False),
    ],
)
def test_a_track_belongs_by_its_identifier(identifiers: tuple[str, ...], mode: Mode | None, matches: bool) -> None:
    track = replace(flown("Moscow", "Yerevan"), identifiers=identifiers, mode=mode)
    assert bool(match(told("Moscow", "Yerevan"), [track])) == matches


def test_an_imo_number_is_known_with_and_without_its_name() -> None:
    ship = told("Busan", "Auckland", identifiers=("IMO 9256602",), mode=Mode.SEA)
    track = replace(flown("Busan", "Auckland"), identifiers=("9256602",), mode=Mode.SEA)
    assert match(ship, [track])


WORDS = [
    ("the whole way", ("Moscow", "Yerevan", "Algiers"), {}, ("confirmed", "confirmed", "confirmed")),
    ("past a stop", ("Moscow", "Algiers"), {}, ("confirmed", "contradicted", "confirmed")),
    ("the first leg alone", ("Moscow", "Yerevan"), {}, ("confirmed", "confirmed", "not covered")),
    ("elsewhere that day", ("Busan", "San Diego"), {"hours": 48.0, "start": START - timedelta(hours=12)},
     ("contradicted", "not covered", "not covered")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "way", "fields", "words"), WORDS, ids=[case[0] for case in WORDS])
def test_stops_confirmed_contradicted_or_not_covered(
    name: str, way: tuple[str, ...], fields: dict, words: tuple[str, ...]
) -> None:
    route = told("Moscow", "Yerevan", "Algiers", dates={"Moscow": "2025-10-22"})
    assert tuple(verdict.word for verdict in compare(route, flown(*way, **fields))) == words


def test_a_gap_covers_nothing() -> None:
    track = flown("Moscow", "Algiers")
    middle = len(track.points) // 2
    cut = replace(
        track,
        points=track.points[: middle - 30] + track.points[middle + 30 :],
        times=track.times[: middle - 30] + track.times[middle + 30 :],
    )
    words = [verdict.word for verdict in compare(told("Moscow", "Yerevan", "Algiers"), cut)]
    assert words == ["confirmed", "not covered", "confirmed"]


def test_the_wrong_day_does_not_confirm() -> None:
    route = told("Moscow", "Yerevan", dates={"Yerevan": "2025-11-22"})
    assert [verdict.word for verdict in compare(route, flown("Moscow", "Yerevan"))] == ["confirmed", "not covered"]


def test_a_track_is_drawn_beside_the_reported_legs() -> None:
    route, track = told("Moscow", "Yerevan", "Algiers"), flown("Moscow", "Algiers")
    atlas = finish_atlas(Atlas(routes=(route,)), tracks=[track])
    assert [leg.path for leg in atlas.legs] == [PathKind.GREAT_CIRCLE, PathKind.GREAT_CIRCLE, PathKind.TRACK]
    layers = build_layers(atlas)
    assert layers.routes.iloc[0].path == "great_circle"
    assert layers.routes.iloc[0].distance_km == pytest.approx(1804.5 + 3604.2, abs=0.2)
    assert layers.legs.iloc[2].path == "track"
    assert "contradicts Yerevan" in layers.routes.iloc[0].findings
    assert "The recorded track crosses" in layers.routes.iloc[0].findings
    assert not [f for f in run_checks(route, atlas.legs) if f.code.startswith("range.") and f.about.endswith("t1")]


def test_a_track_of_nobody_is_told() -> None:
    route = told("Moscow", "Yerevan")
    atlas = finish_atlas(Atlas(routes=(route,)), tracks=[replace(flown("Busan", "Auckland"), identifiers=("N1",))])
    assert "track.unmatched" in {finding.code for finding in atlas.findings}


def test_a_long_track_is_thinned_and_unwrapped() -> None:
    track = flown("Busan", "San Diego", hours=24)
    many = replace(
        track,
        points=tuple(point for point in track.points for _ in range(10)),
        times=tuple(when for when in track.times for _ in range(10)),
    )
    leg = track_leg(told("Busan", "San Diego"), many, 1)
    assert leg is not None
    assert leg.line[-1][0] == pytest.approx(-117.1647 + 360)
    assert "RA-76502" in leg.notes[0]
    assert "track.csv" in track_finding(told("Busan", "San Diego"), track).source  # type: ignore[operator]
