from __future__ import annotations

from pathlib import Path

import pytest

import dateline

TRIP = "The cargo plane left Minsk on 3 March 2024 and landed in Tashkent the next day."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "trip.txt"
    path.write_text(TRIP, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_figure_is_written(tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    out = tmp_path / f"figure.{kind}"
    assert dateline.run(["figure", str(report), "-o", str(out), "--size", "column", "--title", "To Tashkent"]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert out.stat().st_size > 10_000
    assert sorted(path.name for path in tmp_path.iterdir()) == [out.name, "trip.txt"]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("figure.gif", "page", ".svg, .png or .pdf"), ("figure.svg", "poster", "column"), ("no/where.svg", "page", "-o")],
)
def test_what_cannot_be_drawn_is_named(
    tmp_path: Path, report: Path, capsys: pytest.CaptureFixture[str], name: str, size: str, words: str
) -> None:
    assert dateline.run(["figure", str(report), "-o", str(tmp_path / name), "--size", size]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / name).exists()
