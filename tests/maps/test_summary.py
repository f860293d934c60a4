from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from maps.summary import write_html, write_markdown
from tests.maps import atlases


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_summary_says_who_said_what_and_what_they_disagree_on(tmp_path: Path) -> None:
    write_markdown(atlases.whole(), tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "from Moscow, by Yerevan" in text
    assert "Told by 2 independent reports" in text
    assert "Sources disagree on date start: 2025\\-10\\-22 \\[1\\]; 2025\\-10\\-24 \\[2\\]" in text
    assert "1. Example Post, The long way round, 1 Nov 2025 <https://example.org/il76>" in text


def test_every_source_a_figure_only_counts_is_listed_with_its_day(tmp_path: Path) -> None:
    atlas = atlases.crowded()
    write_markdown(atlas, tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for number, report in enumerate(atlas.reports, 1):
        assert f"{number}. {report.publisher}, crowd\\-{number - 1}, {number} Jan 2025" in text


def test_hostile_text_is_text_in_both_forms(tmp_path: Path) -> None:
    write_html(atlases.hostile(), tmp_path / "report.html")
    page = Tags()
    page.feed((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert not {"img", "script", "a"} & set(page.seen)
    assert "{{7*7}}" in page.text
    write_markdown(atlases.hostile(), tmp_path / "report.md")
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "<img" not in text.replace("\\<", "")
    assert "javascript:" not in text
