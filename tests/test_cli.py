"""The command line: what it prints where, what it writes, and with which exit code it leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import dateline

ROOT = Path(__file__).resolve().parent.parent
TRIP = "The cargo plane left Minsk on 3 March 2024 and landed in Tashkent the next day."
FILES = {
    *("claims.csv", "claims.jsonl", "dateline.gpkg", "embed.html", "map.html", "run.json"),
    *("dateline.qgz", "dateline.kml", "figure.svg", "figure.png", "report.md", "report.html"),
    *(f"{layer}.qml" for layer in ("routes", "legs", "stops", "deployments", "places")),
    *("routes.geojson", "legs.geojson", "stops.geojson", "deployments.geojson", "places.geojson"),
}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def runner(*arguments: object) -> tuple[int, str, str]:
        code = dateline.run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return runner


def started(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "trip.txt"
    path.write_text(TRIP, encoding="utf-8")
    return path


def test_a_folder_whose_name_is_not_utf_8_is_refused(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "trip.txt"
    report.write_text(TRIP, encoding="utf-8")
    code, _, err = run("map", report, "-o", tmp_path / "n\udcff")
    assert code == 2
    assert "-o" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["trip.txt"]


def test_a_report_whose_name_is_not_utf_8_goes_into_every_file(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "bad\udcff\udcfename.txt"
    report.write_text(TRIP, encoding="utf-8")
    code, _, err = run("map", report, "-o", tmp_path / "out", "--title", "Title \udcff")
    assert (code, err) == (0, "")
    for file in (tmp_path / "out").iterdir():
        if file.suffix in {".json", ".jsonl", ".geojson", ".html", ".kml", ".svg", ".md", ".csv", ".qml"}:
            text = file.read_bytes().decode("utf-8")
            assert "\\udc" not in text, file.name
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["inputs"][0]["id"] == "bad\ufffd\ufffdname"
    (route,) = json.loads((tmp_path / "out" / "routes.geojson").read_text(encoding="utf-8"))["features"]
    code, out, _ = run("explain", route["properties"]["id"], "-o", tmp_path / "out")
    assert code == 0
    assert "Minsk" in out


def test_a_folder_where_a_file_is_to_be_leaves_all_as_it_was(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "map.html").mkdir(parents=True)
    code, _, err = run("map", report, "-o", tmp_path / "out")
    assert code == 2
    assert "map.html is a folder" in err
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["map.html"]


def test_what_a_bar_leaves_off_the_map_is_said(run: Run, report: Path, tmp_path: Path) -> None:
    code, out, _ = run("map", report, "-o", tmp_path / "out", "--min-support", "2")
    assert code == 0
    assert "1 route left out: told by fewer than 2 independent reports" in out


def test_a_stop_west_of_greenwich_is_no_option(run: Run, tmp_path: Path) -> None:
    code, out, err = run("route", "-66.88,10.49 > Moscow", "-o", tmp_path / "out")
    assert (code, err) == (0, "")
    assert "1 route" in out


def test_a_date_that_is_not_understood_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\npublished: yesterday\n---\n{TRIP}", encoding="utf-8")
    code, out, err = run("claims", tmp_path / "a.md")
    assert code == 0
    assert "“yesterday” was not understood" in err
    assert json.loads(out)["report"]["published"] is None


def test_a_table_of_itineraries_names_its_bad_rows(run: Run, tmp_path: Path) -> None:
    rows = ["Stops,id", "Moscow > 37.62,55.76,a", "Moscow > Minsk,b", "Minsk > Moscow,b", "nan,c"]
    (tmp_path / "trips.csv").write_text("\n".join(rows), encoding="utf-8")
    code, out, err = run("route", tmp_path / "trips.csv", "-o", tmp_path / "out")
    assert code == 1
    assert "1 route" in out
    assert [words for words in ("3 cells", "id “b” too", "“nan” is no position") if words not in err] == []
    (tmp_path / "twice.csv").write_text("stops,stops\nMoscow,Minsk\n", encoding="utf-8")
    assert "2 columns “stops”" in run("route", tmp_path / "twice.csv", "-o", tmp_path / "o")[2]


def test_map_writes_everything_and_says_where(run: Run, report: Path, tmp_path: Path) -> None:
    code, out, err = run("map", report, "-o", tmp_path / "new" / "out")
    assert (code, err) == (0, "")
    assert str(tmp_path / "new" / "out" / "map.html") in out
    assert {file.name for file in (tmp_path / "new" / "out").iterdir()} >= FILES
    record = json.loads((tmp_path / "new" / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["version"] == dateline.__version__
    assert record["counts"]["reports"] == 1
    assert record["counts"]["routes"] == 1
    (source,) = record["inputs"]
    assert len(source["sha256"]) == 64
    assert (source["id"], source["path"]) == ("trip", str(report))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        process = started("map", "seeds", "-o", out, env={**os.environ, "PYTHONHASHSEED": seed})
        _, err = process.communicate()
        assert process.returncode == 0, err
        made.append({file.name: file.read_bytes() for file in out.iterdir()})
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_some_unreadable_is_one_and_all_the_others_are_written(run: Run, report: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad\x1b[31m.xyz"
    bad.write_text("x")
    code, _, err = run("map", report, bad, tmp_path / "gone.txt", "-o", tmp_path / "out")
    assert code == 1
    assert {file.name for file in (tmp_path / "out").iterdir()} >= FILES
    assert "bad\ufffd[31m.xyz: " in err
    assert "gone.txt: there is no such file" in err
    assert "\x1b" not in err
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert len(record["unreadable"]) == 2


@pytest.mark.parametrize("command", [["map", "-o", "OUT"], ["claims"], ["places"]])
def test_nothing_usable_is_two_and_nothing_is_written(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "empty.txt").touch()
    arguments = [str(tmp_path / "out") if part == "OUT" else part for part in command]
    code, out, err = run(*arguments, tmp_path / "empty.txt", tmp_path / "none.pdf")
    assert (code, out) == (2, "")
    assert "empty.txt: the file is empty; " in err
    assert "none.pdf: there is no such file or folder; " in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["map", "seeds"], "--out"),
        (["map", "-o", "x"], "INPUT"),
        (["claims", "seeds", "--format", "xml"], "jsonl, csv, table"),
        (["map", "seeds", "-o", "x", "--published", "yesterday"], "yesterday"),
        (["map", "seeds", "-o", "x", "--exclude-status", "gone"], "withdrawn"),
        (["map", "seeds", "-o", "x", "--min-certainty", "sure"], "hedged"),
        (["map", "seeds", "-o", "x", "--min-support", "0"], "min"),
        (["map", "seeds", "-o", "x", "--avoid", "the-moon"], "suez"),
        (["map", "seeds", "-o", "x", "--tiles", "ftp://tiles"], "https://"),
        (["map", "seeds", "-o", "x", "--sources", "nowhere.toml"], "nowhere.toml"),
        (["map", "seeds", "-o", "LICENSE"], "LICENSE"),
        (["map", "seeds", "-o", "LICENSE/out"], "LICENSE/out"),
        (["map", "seeds", "-o", ""], "empty"),
        (["map", "seeds", "-o", "x/" + "y" * 300], "too long"),
        (["map", "", "-o", "x"], "empty name"),
        (["map", "seeds", "-o", "x", "--corrections", "nowhere.toml"], "check the name"),
        (["map", "seeds", "-o", "x", "--track", "nowhere.csv"], "Check the name"),
        (["map", "seeds", "-o", "x", "--track", ""], "empty"),
        (["map", "seeds", "-o", "x", "--published", "03/04/2024"], "write it as 2025-11-01"),
        (["map", "seeds", "-o", "x", "--online", "http://a b"], "nominatim"),
        (["figure", "seeds", "-o", "y" * 300 + ".svg"], "too long"),
        (["corpus", "seeds", "-o", "LICENSE"], "LICENSE is a file"),
        (["route", "nowhere.csv", "-o", "x"], "nowhere.csv cannot be read: No such file"),
        (["mop"], "mop"),
        (["lookup"], "NAME"),
    ],
)
def test_wrong_usage_is_two_and_says_what_is_right(
    run: Run, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert not (ROOT / "x").exists()


def test_claims_as_json_lines(run: Run, report: Path) -> None:
    code, out, err = run("claims", report)
    assert (code, err) == (0, "")
    (row,) = map(json.loads, out.splitlines())
    assert set(row) == {"report", "places", "movements", "deployments"}
    (movement,) = row["movements"]
    assert [stop["name"] for stop in movement["stops"]] == ["Minsk", "Tashkent"]
    for place in (*row["places"], *movement["stops"]):
        assert TRIP[place["start"] : place["end"]] == place["text"]
    for evidence in movement["evidence"]:
        assert TRIP[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_claims_as_csv_keep_formulas_from_running(run: Run, tmp_path: Path) -> None:
    row = {"id": "=cmd()", "text": TRIP, "publisher": "+HYPERLINK(1)"}
    (tmp_path / "c.jsonl").write_text(json.dumps(row) + "\n" + json.dumps({"id": "b", "text": TRIP}), encoding="utf-8")
    code, out, _ = run("claims", tmp_path / "c.jsonl", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(r["report_id"], r["publisher"], r["name"]) for r in rows] == [
        ("'=cmd()", "'+HYPERLINK(1)", "Minsk"),
        ("'=cmd()", "'+HYPERLINK(1)", "Tashkent"),
        ("b", "", "Minsk"),
        ("b", "", "Tashkent"),
    ]


def test_tables_show_markup_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(json.dumps({"id": "[bold]a[/]", "text": TRIP}), encoding="utf-8")
    code, out, _ = run("claims", tmp_path / "c.jsonl", "--format", "table")
    assert code == 0
    assert "[bold]a[/]" in out
    assert "Minsk" in out
    assert run("places", tmp_path / "c.jsonl", "--format", "table")[1].count("[bold]a[/]") == 2


def test_places_in_every_format(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The minister flew to Tashkent. He had been in Qwertzopol, Ruritania.", encoding="utf-8"
    )
    rows = json.loads(run("places", tmp_path / "a.txt")[1])["places"]
    assert [row["name"] for row in rows if row["text"] == "Tashkent"] == ["Tashkent"]
    features = json.loads(run("places", tmp_path / "a.txt", "--format", "geojson")[1])["features"]
    assert [f["properties"]["text"] for f in features] == [row["text"] for row in rows]
    for feature, row in zip(features, rows, strict=True):
        assert feature["geometry"] == (
            None if row["lon"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        )
    listed = list(csv.DictReader(io.StringIO(run("places", tmp_path / "a.txt", "--format", "csv")[1])))
    assert [row["text"] for row in listed] == [row["text"] for row in rows]


def test_lookup_tells_candidates_and_reasons(run: Run) -> None:
    code, out, _ = run("lookup", "Tripoli", "Valencia, Venezuela", "SVMI")
    assert code == 0
    for words in ("LY", "North Lebanon", "Carabobo", "SVMI is its code"):
        assert words in out
    assert run("lookup", "Zzyzzxqqq")[0] == 2
    assert run("lookup", "Zzyzzxqqq", "Caracas")[0] == 1
    (row,) = map(json.loads, run("lookup", "Caracas", "--format", "jsonl")[1].splitlines())
    assert row["candidates"][0]["country_code"] == "VE"


def test_help_teaches(run: Run) -> None:
    for command in ([], ["map"], ["claims"], ["places"], ["lookup"], ["route"], ["explain"], ["corpus"]):
        code, out, _ = run(*command, "--help")
        assert code == 0
        assert "Examples:" in out
    assert run("--version")[1] == f"dateline {dateline.__version__}\n"


def test_what_was_there_stays_when_writing_fails(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "map.html").write_text("yesterday's")
    (out / "notes.txt").write_text("mine")
    for error, expected in ((KeyboardInterrupt(), 130), (OSError(28, "No space left on device"), 2)):

        def fail(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("maps.embed.write_embed", fail)
        code, _, err = run("map", report, "-o", out)
        assert code == expected
        assert "Traceback" not in err
        assert {file.name for file in out.iterdir()} == {"map.html", "notes.txt"}
        assert (out / "map.html").read_text() == "yesterday's"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_is_130_with_nothing_half_written(tmp_path: Path, number: int) -> None:
    process = started("map", "-", "-o", tmp_path / "out")
    assert process.stdin
    process.stdin.write(b"A plane left")  # and the rest never comes
    process.stdin.flush()
    time.sleep(3)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"no file was half-written" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["map", "REPORT", "-o", "OUT", "--published", "9999-12-31"], "--published"),
        (["claims", "REPORT", "--published", "0001-01-01"], "--published"),
        (["route", "Moscow > Caracas", "-o", "OUT", "--date", "9999-12-31"], "is no date"),
        (["route", "Moscow > Caracas", "-o", "OUT", "--date", "9999"], "is no date"),
        (["route", "\udcff > Caracas", "-o", "OUT"], "is no place"),
        (["map", "REPORT", "-o", "OUT", "--track", "TRACK"], "cannot be read as a .json track"),
    ],
)
def test_what_runs_off_the_scale_is_named(
    run: Run, report: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "track.json").write_text('{"timestamp": 1e400, "trace": [[0, 55, 37], [9, 56, 38]]}')
    there = {"REPORT": report, "OUT": tmp_path / "out", "TRACK": tmp_path / "track.json"}
    code, _, err = run(*(there.get(one, one) for one in arguments))
    assert code == 2
    assert said in err
    assert not (tmp_path / "out").exists()


def test_a_stand_in_for_no_date_is_no_date(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": day, "text": "A tanker left Lagos on Sunday.", "published": day} for day in ("0001-01-01", "9999-12-31")
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    code, out, _ = run("claims", tmp_path / "rows.jsonl")
    assert code == 0
    assert [json.loads(line)["report"]["published"] for line in out.splitlines()] == [None, None]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_a_row_is_one_line_however_lines_are_split(mark: str) -> None:
    from routes.listing import json_line

    line = json_line({"quote": f"Lagos{mark}Cádiz"})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"quote": f"Lagos{mark}Cádiz"}


def test_a_service_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    process = started("claims", "-", "--online", "127.0.0.1:9")
    _, err = process.communicate(b"A convoy drove from Qwxyzgrad to Moscow.", timeout=60)
    assert process.returncode == 2
    assert b"could not be asked" in err
    assert b"Traceback" not in err


def test_a_reader_that_has_enough_gets_no_traceback() -> None:
    process = started("places", "seeds")
    assert process.stdout
    process.stdout.read(10)
    process.stdout.close()
    assert process.stdin
    process.stdin.close()
    assert process.stderr
    err = process.stderr.read()
    process.wait(timeout=60)
    assert b"Traceback" not in err
    assert b"Broken" not in err


def test_standard_input_and_published() -> None:
    process = started("claims", "-", "--published", "2024-03-08")
    out, _ = process.communicate(b"The frigate left Busan on Sunday and arrived in Auckland on Thursday.")
    row = json.loads(out)
    assert row["report"]["id"] == "stdin"
    assert row["report"]["published"] == "2024-03-08"
