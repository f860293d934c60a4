"""Folders, corpora, standard input; and everything that gives no report, named with what to do."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from routes.model import Report, Unreadable
from routes.read.raw import MAX_CHARACTERS
from routes.read.reports import read_reports
from tests.routes import documents


def write(folder: Path, files: dict[str, bytes | str]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


def test_a_folder_is_walked_in_a_fixed_order(tmp_path: Path) -> None:
    write(
        tmp_path, {"b.txt": "B", "a.md": "A", "sub/c.txt": "C", ".git/x.txt": "X", "README.md": "About", ".h.txt": "H"}
    )
    made = list(read_reports([tmp_path]))
    assert [m.text for m in made if isinstance(m, Report)] == ["A", "B", "C"]
    assert len(made) == 3


def test_a_readme_named_by_hand_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "A plane left."})
    assert [type(m) for m in read_reports([tmp_path / "README.md"])] == [Report]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A"})
    os.link(tmp_path / "a.txt", tmp_path / "z.txt")
    assert len(list(read_reports([tmp_path / "a.txt", tmp_path, tmp_path / "." / "a.txt"]))) == 1


def test_ids_are_made_unique_and_it_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"one/r.txt": "A", "two/r.txt": "B", "three/r-2.txt": "C", "zz/r.txt": "D"})
    made = [m for m in read_reports([tmp_path]) if isinstance(m, Report)]
    assert len({m.id for m in made}) == 4
    for report in made:
        renamed = report.id != Path(report.path or "").stem
        assert [f.code for f in report.findings] == (["input.duplicate-id"] if renamed else [])


ZIP_BOMB = documents.docx("", members={"word/document.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="' + documents.WORD.encode() + b'">&a;</w:document>'

BAD: list[tuple[str, bytes | str, str, str]] = [
    ("a.txt", "", "empty", "text"),
    ("a.txt", " \n\t ", "empty", "text"),
    ("a.md", "---\ntitle: T\n---\n\n", "no text", "text"),
    ("a.xyz", "text", ".xyz", ".txt"),
    ("report", "text", "ending", ".txt"),
    ("a.doc", "text", ".doc", ".txt"),
    ("a.txt", b"caf\xe9 in Caracas", "0xe9", "UTF-8"),
    ("a.txt", b"\xff\xfebroken\xd8", "encoding", "UTF-8"),
    ("a.txt", "left Busan".encode("utf-16-le"), "zero bytes", "UTF-16"),
    ("a.txt", b"%PDF-1.4 rest", ".pdf", "rename"),
    ("a.txt", "x" * (MAX_CHARACTERS + 1), "5,000,001", "split"),
    ("a.html", "<html><body><script>1</script></body></html>", "article", ".txt"),
    ("a.html", b"<meta charset=utf-8><p>caf\xe9", "encoding", "UTF-8"),
    ("a.html", b"<meta charset=euc-jp><p>caf\xe9 in", "euc-jp", "UTF-8"),
    ("a.pdf", documents.pdf([]), "scan", "ocrmypdf"),
    ("a.pdf", b"%PDF-1.4 and nothing", "broken", "save"),
    ("a.pdf", "no pdf", "broken", "save"),
    ("a.pdf", documents.pdf(["Left Busan."])[:300], "", "save"),
    ("a.pdf", documents.locked_pdf("secret"), "password", "password"),
    ("a.docx", "no zip", "broken", "save"),
    ("a.docx", b"\xd0\xcf\x11\xe0 old", "old .doc", "save"),
    ("a.docx", documents.docx("")[:200], "broken", "save"),
    ("a.docx", documents.docx(""), "no text", "text"),
    ("a.docx", ZIP_BOMB, "zip bomb", ".txt"),
    ("a.docx", documents.docx("", members={"word/document.xml": ENTITIES}), "unsafe", "save"),
    ("a.docx", documents.docx("", members={"word/document.xml": b"<open>"}), "XML", "save"),
    ("a.jsonl", "", "empty", "id and text"),
    ("a.csv", "", "text", "id and text"),
    ("a.csv", "id,body\n1,Left\n", "body", "id and text"),
    ("a.csv", b"id,text\n1,caf\xe9\n", "encoding", "UTF-8"),
    ("a.parquet", "no parquet", "Parquet", ".jsonl"),
    ("a.md", "---\ntitle: A\n\nLeft Busan.", "no end", "---"),
    ("a.md", "---\npublished: 2025-11-01\nPublished: 2025-11-02\n---\nLeft Busan.", "published 2 times", "one"),
    ("a.csv", "id,text,text\n1,Left Busan.,Left Lagos.\n", "2 columns called text", "rename"),
    ("a.csv", "id,Text,TEXT \n1,Left Busan.,Left Lagos.\n", "2 columns called text", "rename"),
    ("a.csv", "id;text\n1;Left Busan.\n", "semicolons", "commas"),
    ("a.csv", "id\ttext\n1\tLeft Busan.\n", "tabs", "commas"),
    ("a.json", "{}", ".json", ".jsonl"),
    ("a.xlsx", "PK", ".xlsx", ".csv"),
]


@pytest.mark.parametrize(("name", "data", "reason", "advice"), BAD, ids=[f"{n}-{r}" for n, _, r, _ in BAD])
def test_what_gives_no_report_is_named_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes | str, reason: str, advice: str
) -> None:
    write(tmp_path, {name: data, "good.txt": "The ship left Busan."})
    made = list(read_reports([tmp_path / name, tmp_path / "good.txt"]))
    (bad,) = [m for m in made if isinstance(m, Unreadable)]
    assert [m.id for m in made if isinstance(m, Report)] == ["good"]
    assert bad.path == str(tmp_path / name)
    assert reason in bad.reason
    assert advice in bad.advice


def test_missing_and_empty_places_are_named(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    made = list(read_reports([tmp_path / "gone.txt", tmp_path / "bare", tmp_path, "\0"]))
    assert all(isinstance(m, Unreadable) and m.reason and m.advice for m in made)
    assert len(made) == 5


def test_a_locked_pdf_without_a_user_password_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.pdf": documents.locked_pdf("")})
    (made,) = read_reports([tmp_path])
    assert isinstance(made, Report)
    assert "left Busan" in made.text


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": 7, "text": "One \ud800 é\r\n.", "published": "2025-11-01", "other": [1]}),
        "{broken",
        "",
        '["list"]',
        json.dumps({"id": "x"}),
        json.dumps({"text": "No id.", "title": "T\x1b[0m\nU", "url": "javascript:alert(1)"}),
        "[" * 100_000,
        json.dumps({"id": 7, "text": "Again."}),
    ]
    write(tmp_path, {"c.jsonl": "\n".join(rows)})
    made = list(read_reports([tmp_path / "c.jsonl"]))
    good = [m for m in made if isinstance(m, Report)]
    assert [(m.id, m.text) for m in good] == [("7", "One   é \n."), ("c-6", "No id."), ("7-2", "Again.")]
    assert (good[0].published, good[1].title, good[1].url) == (date(2025, 11, 1), "T [0m U", None)
    bad = [m for m in made if isinstance(m, Unreadable)]
    assert [m.path.rsplit(":", 1)[1] for m in bad] == ["2", "4", "5", "7"]


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "id": ["a", "b"],
            "text": ["First, with\n“two” lines. " * 9000, "Second."],
            "publisher": ["Example", None],
            "published": ["2025-11-01", None],
            "junk": [1, 2],
        }
    )
    frame.to_csv(tmp_path / "c.csv", index=False)
    frame.to_parquet(tmp_path / "c.parquet")
    for name in ("c.csv", "c.parquet"):
        one, two = read_reports([tmp_path / name])
        assert isinstance(one, Report)
        assert isinstance(two, Report)
        assert one.text == frame["text"][0]
        assert (one.id, one.publisher, one.published) == ("a", "Example", date(2025, 11, 1))
        assert (two.id, two.publisher, two.published) == ("b", None, None)


def test_rows_without_text_do_not_stop_a_table(tmp_path: Path) -> None:
    write(tmp_path, {"c.csv": "id,Text\n1,\n2,Left Busan.\n3\n"})
    made = list(read_reports([tmp_path / "c.csv"]))
    assert [type(m) for m in made] == [Unreadable, Report, Unreadable]


@pytest.mark.parametrize(
    ("rows", "bad", "said"),
    [
        ("1,A ship left Busan, and reached Lagos.\n2,Left Oslo.\n", ["2"], "3 cells"),
        ('1,"A ship left Busan.\n2,"Left Lagos."\n3,Left Oslo.\n', ["3"], "lines 2 to 3"),
        ("1,A ship left Busan.,,\n2,Left Oslo.\n", [], ""),
    ],
)
def test_no_text_is_cut_off_in_silence(tmp_path: Path, rows: str, bad: list[str], said: str) -> None:
    write(tmp_path, {"c.csv": f"id,text\n{rows}"})
    made = list(read_reports([tmp_path / "c.csv"]))
    refused = [m for m in made if isinstance(m, Unreadable)]
    assert [m.path.rsplit(":", 1)[1] for m in refused] == bad
    assert all(said in m.reason and "quotes" in m.advice for m in refused)
    assert [m.text for m in made if isinstance(m, Report)][-1] == "Left Oslo."


def test_a_field_that_stands_twice_in_a_row(tmp_path: Path) -> None:
    write(
        tmp_path, {"c.jsonl": '{"id": 1, "text": "Left Busan.", "text": "Left Lagos."}\n{"text": "A", "x": 1, "x": 2}'}
    )
    bad, good = read_reports([tmp_path / "c.jsonl"])
    assert isinstance(bad, Unreadable)
    assert "called text" in bad.reason
    assert isinstance(good, Report)


@pytest.mark.parametrize(
    ("name", "report_id"),
    [
        (b"plain.txt", "plain"),
        (b"bad\xff\xfename.txt", "bad\ufffd\ufffdname"),
        (b"two\nlines\tand more.txt", "two lines and more"),
        ("rtl\u202etxt.exe.txt".encode(), "rtl\ufffdtxt.exe"),
        ("می\u200cروم.txt".encode(), "می\u200cروم"),
        (b" .txt", "report"),
        (b"\x1b[31m.txt", "\ufffd[31m"),
    ],
)
def test_a_report_is_called_what_every_file_can_hold(tmp_path: Path, name: bytes, report_id: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("A ship left Busan.")
    (made,) = read_reports([tmp_path])
    assert isinstance(made, Report)
    assert made.id == report_id
    assert (made.path or "").encode()
    (tmp_path / os.fsdecode(name)).write_text("")
    (bad,) = read_reports([tmp_path])
    assert isinstance(bad, Unreadable)
    assert bad.path.encode()


def test_an_empty_name_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.txt": "A ship left Busan."})
    (made,) = read_reports([""])
    assert isinstance(made, Unreadable)
    assert "shell" in made.advice


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(data: bytes) -> Report | Unreadable:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        (made,) = read_reports(["-"], published=date(2025, 11, 1))
        return made

    report = piped(b"---\ntitle: T\n---\nA plane left.")
    assert isinstance(report, Report)
    assert (report.id, report.title, report.text, report.published) == (
        "stdin",
        "T",
        "A plane left.",
        date(2025, 11, 1),
    )
    assert isinstance(piped(b""), Unreadable)
    assert isinstance(piped(b"\xff\xfe\xff"), Unreadable)
