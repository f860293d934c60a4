"""Each format: what of it is the report, and what it says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from routes.model import Report, Unreadable
from routes.read.pdf import join_lines
from routes.read.reports import parse_day, read_reports
from tests.routes import documents


def read_one(path: Path, data: bytes | str, **options: Any) -> Report | Unreadable:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (made,) = read_reports([path], **options)
    return made


def report_of(path: Path, data: bytes | str, **options: Any) -> Report:
    made = read_one(path, data, **options)
    assert isinstance(made, Report), made
    return made


HEADER = '---\ntitle: "Round trip: the long way"\npublisher: Example Post\nauthor: [Ana Diaz, Bo Li]\n'


def test_front_matter_is_not_text(tmp_path: Path) -> None:
    report = report_of(
        tmp_path / "a.md", HEADER + "published: 2025-11-01\nurl: https://example.org/a\n---\nThe jet left."
    )
    assert report.text == "The jet left."
    assert (report.id, report.title, report.publisher) == ("a", "Round trip: the long way", "Example Post")
    assert (report.author, report.published, report.url) == (
        "Ana Diaz, Bo Li",
        date(2025, 11, 1),
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("A jet left.\n---\nIt landed.", "A jet left.\n---\nIt landed."),
        ("---\nA jet left with no end of the header", "---\nA jet left with no end of the header"),
        ("---\n---\nBody", "Body"),
        ("\ufeff---\ntitle: T\n---\nBody", "Body"),
        ("---\r\ntitle: T\r\n---\r\nOne\r\nTwo", "One\nTwo"),
        ("---\ntitle: No\npublished: 2025-11-01\n...\nBody", "Body"),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_where_the_body_begins(tmp_path: Path, text: str, body: str, suffix: str) -> None:
    assert report_of(tmp_path / f"a{suffix}", text.encode()).text == body


@pytest.mark.parametrize("header", ["title: [a, b", "title: one: two", "- a\n- b", "? [x]\n: &a [*a", "\ttitle: x"])
def test_broken_front_matter_is_named(tmp_path: Path, header: str) -> None:
    made = read_one(tmp_path / "a.md", f"---\n{header}\n---\nBody")
    assert isinstance(made, Unreadable)
    assert "front matter" in made.reason
    assert made.advice


def test_front_matter_runs_nothing_and_expands_nothing(tmp_path: Path) -> None:
    made = read_one(tmp_path / "a.md", f"---\ntitle: !!python/object/apply:os.mkdir [{tmp_path}/made]\n---\nBody")
    assert isinstance(made, Unreadable)
    assert not (tmp_path / "made").exists()
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    bomb = "\n".join(rows)
    assert report_of(tmp_path / "b.md", f"---\n{bomb}\ntitle: *a11\n---\nBody").title is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-11-01", date(2025, 11, 1)),
        ("2025-11-01T23:30:00-05:00", date(2025, 11, 1)),
        ("2025-11-01 08:00", date(2025, 11, 1)),
        ("1 November 2025", date(2025, 11, 1)),
        ("Nov 1, 2025", date(2025, 11, 1)),
        ("Sat, 01 Nov 2025 08:00:00 GMT", date(2025, 11, 1)),
        ("20251101", date(2025, 11, 1)),
        ("03/04/2025", None),
        ("2025-13-01", None),
        ("last Sunday", None),
        ("2025", None),
        ("", None),
    ],
)
def test_published_days(written: str, day: date | None) -> None:
    assert parse_day(written) == day


def test_a_date_not_understood_is_a_finding_and_the_option_serves(tmp_path: Path) -> None:
    report = report_of(tmp_path / "a.md", "---\npublished: 03/04/2025\n---\nBody", published=date(2025, 4, 5))
    assert report.published == date(2025, 4, 5)
    assert [f.code for f in report.findings] == ["input.date-not-understood"]
    assert "03/04/2025" in report.findings[0].message


def test_control_characters_become_spaces_one_for_one(tmp_path: Path) -> None:
    report = report_of(tmp_path / "a.txt", "A \x1b[31mjet\x07 left\u0085 Busan.\tYes\n")
    assert report.text == "A  [31mjet  left  Busan.\tYes\n"


PAGE = """<!doctype html><html><head><title>Long way round | Example Post</title>
<meta property="article:published_time" content="2025-11-01T08:00:00Z"><meta name="author" content="Ana Diaz">
<meta property="og:site_name" content="Example Post"><link rel="canonical" href="https://example.org/a"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Long way round</h1>
<p>The plane left Moscow on October 22 and went on for a long while, people in the town said.</p>
<ul><li>It stopped in Yerevan;</li><li>It stopped in Rabat.</li></ul>
<p>Then it landed in Caracas, where it stayed for two days, according to 2019-03-04 papers.</p>
<script>alert("gotcha")</script></article><footer>Subscribe to our newsletter</footer></body></html>"""


def test_html_gives_the_article_alone(tmp_path: Path) -> None:
    report = report_of(tmp_path / "a.html", PAGE)
    assert "left Moscow on October 22" in report.text
    assert "- It stopped in Yerevan;\n- It stopped in Rabat." in report.text
    for other in ("Sport", "gotcha", "newsletter", "<p>"):
        assert other not in report.text
    assert (report.title, report.publisher, report.author) == ("Long way round", "Example Post", "Ana Diaz")
    assert (report.published, report.url) == (date(2025, 11, 1), "https://example.org/a")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="date" content="2025-11-02">', date(2025, 11, 2)),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2025-11-03T01:00"}]}</script>',
            date(2025, 11, 3),
        ),
        ('<script type="application/ld+json">{"datePublished": broken</script>', None),
        ('<meta name="revised" content="2025-11-04">', None),
    ],
)
def test_html_date_is_only_what_the_page_calls_one(tmp_path: Path, head: str, day: date | None) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2025-11-01T08:00:00Z">', head)
    assert report_of(tmp_path / "a.htm", page).published == day


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("utf-8", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("cp1251", "<meta charset=windows-1251>"),
    ],
)
def test_html_encodings(tmp_path: Path, encoding: str, declaration: str) -> None:
    word = "Каракас" if encoding == "cp1251" else "Nicolás"
    page = (
        f"<html><head>{declaration}</head><body><p>The plane of {word} left Moscow for Caracas today.</p></body></html>"
    )
    assert word in report_of(tmp_path / "a.html", page.encode(encoding)).text


def test_pdf_lines_become_paragraphs(tmp_path: Path) -> None:
    lines = [
        "A cargo plane of the trans-",
        "port fleet left Moscow on October",
        "22 (a Wednesday).",
        "It landed in Caracas.",
    ]
    report = report_of(tmp_path / "a.pdf", documents.pdf(lines, ["Second page."]))
    assert "transport fleet left Moscow on October 22 (a Wednesday)." in report.text
    assert report.text.endswith("Second page.")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("Stops were:\n• Yerevan\n• Rabat and\nDakar\n", "Stops were:\n\n• Yerevan\n\n• Rabat and Dakar"),
        ("The Il-\n76 left.", "The Il-76 left."),
        ("It ended here.\n\nNext one", "It ended here.\n\nNext one"),
        ("", ""),
    ],
)
def test_joining_printed_lines(page: str, text: str) -> None:
    assert join_lines(page) == text


def test_docx_keeps_lists_tables_and_title(tmp_path: Path) -> None:
    cell = documents.paragraph
    body = (
        cell("The ship left Busan.")
        + cell("Auckland", item=True)
        + f"<w:tbl><w:tr><w:tc>{cell('Leg')}</w:tc><w:tc>{cell('Busan to Auckland')}</w:tc></w:tr></w:tbl>"
        + "<w:p><w:r><w:t>The Il</w:t><w:noBreakHyphen/><w:t>76</w:t><w:delText>gone</w:delText></w:r></w:p>"
    )
    report = report_of(tmp_path / "a.docx", documents.docx(body, title="A voyage"))
    assert report.text == "The ship left Busan.\n- Auckland\nLeg\tBusan to Auckland\nThe Il-76"
    assert report.title == "A voyage"


def test_docx_of_great_depth_is_read(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 3000 + documents.paragraph("Deep down in Busan.") + "</w:sdt>" * 3000
    assert report_of(tmp_path / "a.docx", documents.docx(deep)).text == "Deep down in Busan."
