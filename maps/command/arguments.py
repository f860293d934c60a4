"""The arguments and options of the command line, each told once: its name, its help, and what a typed value means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from gazetteer.online import NOMINATIM_HOST
from routes.geojson import encodable
from routes.listing import Format
from routes.model import Certainty, Mode, Status
from routes.weigh.grades import RELIABILITY

One = TypeVar("One")

IFRAME, INLINE = "iframe", "inline"
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?)+(?::\d{1,5})?|\[[0-9A-Fa-f:]+\](?::\d{1,5})?")


def one_of(*allowed: One) -> Callable[[str], One]:
    """A reader of a typed value that has to be one of these; any other is wrong usage, and told them all.

    Args:
        *allowed: The values, each typed as its ``str``.
    """
    known = {str(one): one for one in allowed}

    def read(typed: str | One) -> One:
        if str(typed) not in known:
            raise typer.BadParameter(f"{typed!r} is not one of {', '.join(known)}")
        return known[str(typed)]

    return read


def _day(typed: str) -> date:
    from routes.read.reports import is_plausible

    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise typer.BadParameter(f"{typed!r} is no date; write it as 2025-11-01") from None
    if not is_plausible(day):
        raise typer.BadParameter(f"nobody published a report in the year {day.year}")
    return day


def _host(typed: str) -> str:
    host = NOMINATIM_HOST if typed == "nominatim" else typed
    if not _HOST.fullmatch(host):
        raise typer.BadParameter(f"{typed!r} is no host; write nominatim, or a host such as geo.example.org:8080")
    return host


def _path(typed: str) -> Path:
    if not typed:
        raise typer.BadParameter("the name is empty; a variable of the shell may have been")
    return Path(typed)


def _text(typed: str) -> str:
    """What was typed, without bytes that are not UTF-8."""
    return encodable(typed)


# -- what is read ------------------------------------------------------------------------------------------------

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Reports (.txt .md .html .pdf .docx), corpora (.jsonl .csv .parquet), folders, or - for standard input.",
        show_default=False,
    ),
]
Itinerary = Annotated[
    str, typer.Argument(metavar="ITINERARY", help="Stops with > between them, or a .csv of many.", show_default=False)
]
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="Names or codes of places.", show_default=False)]
Wanted = Annotated[str, typer.Argument(metavar="ID", help="Id of a route, deployment, leg or claim.")]
Published = Annotated[
    date | None,
    typer.Option(
        metavar="DATE",
        parser=_day,
        help="Day of publication of reports that carry none; without it “on Sunday” stays unresolved.",
    ),
]
Tracks = Annotated[
    list[Path] | None,
    typer.Option(
        "--track",
        metavar="FILE",
        parser=_path,
        help="A recorded track to draw and compare: .csv (time, lon, lat), readsb .json, .gpx, .kml; repeatable.",
    ),
]
Corrections = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", parser=_path, help="Judgements by hand; otherwise corrections.toml beside the reports."
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", parser=_path, help="Grades A-F and 1-6 of sources; otherwise sources.toml beside the reports."
    ),
]
Online = Annotated[
    str | None,
    typer.Option(
        metavar="HOST",
        parser=_host,
        help="Nominatim service to ask for names the gazetteer lacks (these names leave the machine):"
        " nominatim for OpenStreetMap's own, or a host of yours.",
    ),
]

# -- what of it is shown -----------------------------------------------------------------------------------------

MinSupport = Annotated[int, typer.Option(metavar="N", min=1, help="Show what N independent reports tell.")]
MinCertainty = Annotated[
    Certainty | None,
    typer.Option(
        metavar="hedged|attributed|stated", parser=one_of(*Certainty), help="Show what is at least so certain."
    ),
]
ExcludeStatus = Annotated[
    list[Status] | None,
    typer.Option(metavar="STATUS", parser=one_of(*Status), help="Leave out planned, attempted, denied …; repeatable."),
]
MinReliability = Annotated[
    str | None, typer.Option(metavar="A-F", parser=one_of(*RELIABILITY), help="Show sources graded so or better.")
]
MinCredibility = Annotated[
    int | None, typer.Option(metavar="1-6", min=1, max=6, help="Show information graded so or better.")
]

# -- how it is drawn ---------------------------------------------------------------------------------------------

Avoid = Annotated[
    list[str] | None,
    typer.Option(metavar="STRAIT", help="No voyage takes it: suez, panama, bosporus, malacca …; repeatable."),
]
Title = Annotated[str | None, typer.Option(metavar="TEXT", parser=_text, help="Headline of the map or figure.")]
Tiles = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Online base map, as https://host/{z}/{x}/{y}.png; the bundled one is offline."),
]
Embed = Annotated[
    str,
    typer.Option(
        metavar="iframe|inline",
        parser=one_of(IFRAME, INLINE),
        help="What embed.html holds: the map's address, or all of it.",
    ),
]
MovedBy = Annotated[
    Mode | None, typer.Option("--mode", metavar="air|sea|land", parser=one_of(*Mode), help="By what it moved.")
]
When = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="Day, month or year: 2025-10-22, 2025-10, 2025.")
]
Carrier = Annotated[str | None, typer.Option(metavar="NAME", parser=_text, help="What moved, such as Il-76 or tanker.")]
Size = Annotated[str, typer.Option(metavar="column|page|slide", help="85 mm, 180 mm, or 16:9.")]

# -- where it goes -----------------------------------------------------------------------------------------------

Out = Annotated[
    Path, typer.Option("--out", "-o", metavar="OUT", parser=_path, help="Folder to write to.", show_default=False)
]
OutFile = Annotated[
    Path,
    typer.Option(
        "--out", "-o", metavar="FILE", parser=_path, help="File to write: .svg, .png or .pdf.", show_default=False
    ),
]
Made = Annotated[
    Path, typer.Option("--out", "-o", metavar="OUT", parser=_path, help="Folder that `dateline map` wrote.")
]
ClaimsForm = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="jsonl|csv|table",
        parser=one_of(Format.JSONL, Format.CSV, Format.TABLE),
        help="How to list them.",
    ),
]
PlacesForm = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="jsonl|csv|geojson|table",
        parser=one_of(Format.JSONL, Format.CSV, Format.GEOJSON, Format.TABLE),
        help="How to list them.",
    ),
]
AnswerForm = Annotated[
    Format,
    typer.Option("--format", metavar="text|jsonl", parser=one_of(Format.TEXT, Format.JSONL), help="How to answer."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]

# -- who works on it ---------------------------------------------------------------------------------------------

Workers = Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; one for each core.")]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to work for instead: tcp://host:8786.")
]
