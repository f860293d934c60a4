"""The ``dateline`` command: parse the command line, make one public call, report. No logic lives here."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from gazetteer.errors import DatelineError
from gazetteer.version import VERSION

if TYPE_CHECKING:
    from gazetteer.place import Place
    from maps.publish import Publication
    from routes.model import Claims, Unreadable

__version__ = VERSION
DONE, SOME_UNREADABLE, NOTHING, INTERRUPTED = 0, 1, 2, 130

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Terminal sequences and control characters: a report's text may hold them, a terminal would obey them."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Reports (.txt .md .html .pdf .docx), corpora (.jsonl .csv .parquet), folders, or - for standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="Day of publication of reports that carry none; without it “on Sunday” stays unresolved.",
    ),
]
Tracks = Annotated[
    list[Path] | None,
    typer.Option(
        "--track",
        metavar="FILE",
        help="A recorded track to draw and compare: .csv (time, lon, lat), readsb .json, .gpx, .kml; repeatable.",
    ),
]
Online = Annotated[
    str | None,
    typer.Option(
        metavar="HOST",
        help="Nominatim service to ask for names the gazetteer lacks (these names leave the machine):"
        " nominatim for OpenStreetMap's own, or a host of yours.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder to write to.", show_default=False)]


@app.callback(invoke_without_command=True)
def _about(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Turn news reports into a sourced map: what moved, from where to where, when, and who says so.

    \b
    Examples:
      dateline map reports/ -o out/              a map, layers and a figure from a folder of reports
      dateline claims report.pdf --format table  what one report says moved
      dateline lookup Tripoli Chkalovsky SVMI    what the gazetteer knows by a name or code

    Exit codes: 0 all done, 1 some inputs could not be read (they are named), 2 nothing usable or wrong usage,
    130 interrupted.
    """
    if version:
        sys.stdout.write(f"dateline {VERSION}\n")
        raise typer.Exit


@app.command("map")
def map_command(
    inputs: Inputs,
    out: Out,
    published: Published = None,
    corrections: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Judgements by hand; otherwise corrections.toml beside the reports."),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Grades A-F and 1-6 of sources; otherwise sources.toml beside the reports."),
    ] = None,
    min_support: Annotated[int, typer.Option(metavar="N", min=1, help="Show what N independent reports tell.")] = 1,
    min_certainty: Annotated[
        str | None, typer.Option(metavar="hedged|attributed|stated", help="Show what is at least so certain.")
    ] = None,
    exclude_status: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="Leave out planned, attempted, denied …; repeatable.")
    ] = None,
    min_reliability: Annotated[
        str | None, typer.Option(metavar="A-F", help="Show sources graded so or better.")
    ] = None,
    min_credibility: Annotated[
        int | None, typer.Option(metavar="1-6", min=1, max=6, help="Show information graded so or better.")
    ] = None,
    online: Online = None,
    avoid: Annotated[
        list[str] | None,
        typer.Option(metavar="STRAIT", help="No voyage takes it: suez, panama, bosporus, malacca …; repeatable."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Headline of the map.")] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Online base map, as https://host/{z}/{x}/{y}.png; the bundled one is offline."
        ),
    ] = None,
    embed: Annotated[
        str, typer.Option(metavar="iframe|inline", help="What embed.html holds: the map's address, or all of it.")
    ] = "iframe",
    track: Tracks = None,
    quiet: Quiet = False,
) -> None:
    """Reports in; map.html, GeoJSON, GeoPackage, QGIS project, figure and claims out.

    \b
    Examples:
      dateline map reports/ -o out/
      dateline map il76.txt --published 2025-11-01 -o out/
      pbpaste | dateline map - -o out/

    Open out/map.html in any browser; it asks nothing of the network.
    """
    from maps.options import Options
    from maps.publish import publish
    from routes.model import Certainty, Status
    from routes.weigh.gate import Gate
    from routes.weigh.grades import RELIABILITY

    gate = Gate(
        min_support=min_support,
        min_certainty=_one_of(Certainty, min_certainty, "--min-certainty") if min_certainty else None,
        exclude_status=tuple(_one_of(Status, name, "--exclude-status") for name in exclude_status or ()),
        min_reliability=_one_of(list(RELIABILITY), min_reliability, "--min-reliability") if min_reliability else None,
        min_credibility=min_credibility,
    )
    options = Options(
        published=_day(published),
        corrections=corrections,
        sources=sources,
        gate=gate,
        avoid=tuple(avoid or ()),
        tracks=tuple(track or ()),
        online=_host(online),
        title=title,
        tiles=tiles,
        inline=_one_of(("iframe", "inline"), embed, "--embed") == "inline",
    )
    with _progress(quiet) as on_step:
        made = publish(inputs, out, options, on_step=on_step)
    _leave(made)


@app.command("route")
def route_command(
    itinerary: Annotated[
        str,
        typer.Argument(metavar="ITINERARY", help="Stops with > between them, or a .csv of many.", show_default=False),
    ],
    out: Out,
    mode: Annotated[str | None, typer.Option(metavar="air|sea|land", help="By what it moved.")] = None,
    when: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day, month or year: 2025-10-22, 2025-10, 2025.")
    ] = None,
    carrier: Annotated[str | None, typer.Option(metavar="NAME", help="What moved, such as Il-76 or tanker.")] = None,
    avoid: Annotated[
        list[str] | None,
        typer.Option(metavar="STRAIT", help="Keep voyages off suez, panama, bosporus …; repeatable."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Headline of the map.")] = None,
    track: Tracks = None,
    quiet: Quiet = False,
) -> None:
    """A typed itinerary in; the same map, layers and checks out as from reports.

    \b
    Examples:
      dateline route "Moscow > Yerevan > Caracas" --mode air --date 2025-10-22 -o out/
      dateline route "UUEE > EVN > SVMI" --carrier Il-76 -o out/
      dateline route "VELAG > via Panama Canal > Guayaquil" --mode sea -o out/
      dateline route "37.62,55.76 > Tripoli, Lebanon @2025-10-24" -o out/
      dateline route trips.csv -o out/     columns stops, and if wanted id, mode, date, carrier, status, operator, url

    Stops are names, ICAO or IATA codes, UN/LOCODEs or lon,lat; “via” before one says it was passed without stopping.
    """
    from gazetteer.store import open_gazetteer
    from maps.options import Options
    from maps.publish import publish_claims
    from routes.model import Mode
    from routes.typed import read_itineraries, read_itinerary

    chosen = _one_of(Mode, mode, "--mode") if mode else None
    gazetteer = open_gazetteer()
    if itinerary.lower().endswith(".csv"):
        read: Iterable[Any] = read_itineraries(Path(itinerary), gazetteer, mode=chosen, when=when, carrier=carrier)
    else:
        read = [read_itinerary(itinerary, gazetteer, mode=chosen, when=when, carrier=carrier)]
    options = Options(avoid=tuple(avoid or ()), tracks=tuple(track or ()), title=title)
    with _progress(quiet) as on_step:
        made = publish_claims(read, out, options, gazetteer=gazetteer, on_step=on_step)
    _leave(made)


@app.command("figure")
def figure_command(
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="File to write: .svg, .png or .pdf.", show_default=False)
    ],
    size: Annotated[str, typer.Option(metavar="column|page|slide", help="85 mm, 180 mm, or 16:9.")] = "page",
    published: Published = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Headline of the figure.")] = None,
    quiet: Quiet = False,
) -> None:
    """One static figure for print or slides; `dateline map` writes figure.svg and figure.png of its own.

    \b
    Examples:
      dateline figure reports/ -o flight.pdf --size column
      dateline figure reports/ -o flight.png --size slide --title "The long way round"
    """
    from maps.options import Options
    from maps.publish import publish_figure

    with _progress(quiet) as on_step:
        options = Options(published=_day(published), title=title)
        unreadable = publish_figure(inputs, out, options, size=size, on_step=on_step)
    for one in unreadable:
        _name(one)
    sys.stdout.write(f"{out}\n")
    raise typer.Exit(SOME_UNREADABLE if unreadable else DONE)


@app.command("claims")
def claims_command(
    inputs: Inputs,
    form: Annotated[str, typer.Option("--format", metavar="jsonl|csv|table", help="How to list them.")] = "jsonl",
    published: Published = None,
    online: Online = None,
    quiet: Quiet = False,
) -> None:
    """What each report says moved or was sent where, with the sentence it rests on.

    \b
    Examples:
      dateline claims reports/ > claims.jsonl
      dateline claims report.pdf --format table
      dateline claims corpus.parquet --format csv > claims.csv
    """
    from routes.collect import collect_claims
    from routes.listing import list_claims

    collected = collect_claims(inputs, published=_day(published), ask=_asker(online))
    _list(collected, list_claims, _form(form, "jsonl", "csv", "table"), quiet)


@app.command("places")
def places_command(
    inputs: Inputs,
    form: Annotated[
        str, typer.Option("--format", metavar="jsonl|csv|geojson|table", help="How to list them.")
    ] = "jsonl",
    quiet: Quiet = False,
) -> None:
    """Every place each report names, where it is, how sure that is, and why.

    \b
    Examples:
      dateline places report.txt --format table
      dateline places corpus.jsonl > places.jsonl
      dateline places reports/ --format geojson > places.geojson
    """
    from routes.collect import collect_places
    from routes.listing import list_places

    _list(collect_places(inputs), list_places, _form(form, "jsonl", "csv", "geojson", "table"), quiet)


@app.command("corpus")
def corpus_command(
    inputs: Inputs,
    out: Out,
    workers: Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; one for each core.")] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler to work for instead: tcp://host:8786.")
    ] = None,
    published: Published = None,
    quiet: Quiet = False,
) -> None:
    """The claims of a large corpus, worked on by several processes or a Dask cluster.

    \b
    Examples:
      dateline corpus archive.parquet -o out/
      dateline corpus archive/ --workers 8 -o out/
      dateline corpus archive.jsonl --scheduler tcp://10.0.0.5:8786 -o out/

    Writes claims.jsonl in the order of the inputs, unreadable.jsonl and run.json.
    """
    from routes.corpus import extract_corpus

    with _progress(quiet) as on_step:
        run = extract_corpus(
            inputs, out, published=_day(published), workers=workers, scheduler=scheduler, on_step=on_step
        )
    sys.stdout.write(
        f"{_count(run.reports, 'report')}: {_count(run.movements, 'movement')},"
        f" {_count(run.deployments, 'deployment')}; {_count(run.unreadable, 'input')} could not be read\n{out}\n"
    )
    raise typer.Exit(SOME_UNREADABLE if run.unreadable else DONE)


@app.command("explain")
def explain_command(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Id of a route, deployment, leg or claim.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder that `dateline map` wrote.")] = Path(
        "out"
    ),
    quiet: Quiet = False,
) -> None:
    """From sentence to line: which reports say it, in which words, why they are one event, how it is drawn.

    \b
    Examples:
      dateline explain r-1f3a9c2b7d40
      dateline explain d-77b1c0aa9e12 -o elsewhere/

    Ids stand in the layers and in claims.jsonl. The reports of the run are read once more.
    """
    from maps.publish import explain_event

    with _progress(quiet) as on_step:
        text = explain_event(wanted, out, on_step=on_step)
    sys.stdout.write("".join(_harmless(line) + "\n" for line in text.splitlines()))


@app.command("lookup")
def lookup_command(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Names or codes of places.", show_default=False)],
    form: Annotated[str, typer.Option("--format", metavar="text|jsonl", help="How to answer.")] = "text",
) -> None:
    """What the gazetteer knows by a name or code: every candidate, its share, and why the first is first.

    \b
    Examples:
      dateline lookup Caracas
      dateline lookup Tripoli "Valencia, Venezuela" Chkalovsky
      dateline lookup SVMI VELAG --format jsonl
    """
    from gazetteer.lookup import look_up
    from gazetteer.store import open_gazetteer
    from routes.listing import list_answers

    chosen = _form(form, "text", "jsonl")
    with open_gazetteer() as gazetteer:
        answers = [look_up(name, gazetteer) for name in names]
    sys.stdout.writelines(_harmless(piece) for piece in list_answers(answers, chosen))
    known = sum(bool(answer.candidates) for answer in answers)
    raise typer.Exit(DONE if known == len(names) else SOME_UNREADABLE if known else NOTHING)


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code; messages go to standard error."""
    from typer import Abort

    signal.signal(signal.SIGTERM, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(args=arguments, prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # typer makes an exit code of the interrupt and says nothing
            raise KeyboardInterrupt
        return int(code or DONE)
    except (KeyboardInterrupt, Abort):
        sys.stderr.write("dateline: interrupted; nothing was half-written\n")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it (| head). Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DatelineError as error:
        sys.stderr.write(f"dateline: {_harmless(str(error))}\n")
        return NOTHING
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # wrong usage, as typer tells it
            error.show()
            return NOTHING
        raise


def main() -> None:
    """Entry point of the ``dateline`` command."""
    sys.exit(run())


def _leave(made: Publication) -> NoReturn:
    """Say what a run came to, name what it could not read, and leave with the exit code of the contract."""
    for one in made.unreadable:
        _name(one)
    atlas = made.layers.atlas
    sys.stdout.write(
        f"{_count(len(atlas.reports), 'report')}: {_count(len(atlas.routes), 'route')},"
        f" {_count(len(atlas.deployments), 'deployment')}, {_count(len(made.layers.places), 'place')}\n"
        f"{made.page}\n"
    )
    raise typer.Exit(SOME_UNREADABLE if made.unreadable else DONE)


def _list(
    collected: Iterable[Claims | Unreadable],
    listing: Callable[..., Iterator[str]],
    form: Any,
    quiet: bool,
) -> None:
    """Write a listing to standard output while its reports are read; leave with the exit code of the contract."""
    from routes.model import Unreadable

    unreadable = count = 0

    def readable() -> Iterator[Claims]:
        nonlocal unreadable, count
        for made in collected:
            if isinstance(made, Unreadable):
                unreadable += 1
                _name(made)
            else:
                count += 1
                on_step(f"{count} read: {made.report.path}")
                yield made

    with _progress(quiet or sys.stdout.isatty()) as on_step:
        for piece in listing(readable(), form):
            sys.stdout.write(piece)
    raise typer.Exit(NOTHING if not count else SOME_UNREADABLE if unreadable else DONE)


def _form(name: str, *allowed: str) -> Any:
    from routes.listing import Format

    return Format(_one_of(allowed, name, "--format"))


def _one_of(allowed: Iterable[Any], name: str, option: str) -> Any:
    """The member of ``allowed`` of this name; wrong usage if there is none."""
    known = {str(one): one for one in allowed}
    if name not in known:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(known)}", param_hint=option)
    return known[name]


def _host(online: str | None) -> str | None:
    """The host that --online names."""
    from gazetteer.online import NOMINATIM_HOST

    return NOMINATIM_HOST if online == "nominatim" else online


def _asker(online: str | None) -> Callable[[str], Place | None] | None:
    from gazetteer.online import open_online

    return open_online(host=_host(online)) if online else None


def _day(moment: datetime | None) -> Any:
    from routes.read.reports import is_plausible

    if moment and not is_plausible(moment.date()):
        raise typer.BadParameter(f"nobody published a report in the year {moment.year}", param_hint="--published")
    return moment.date() if moment else None


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done, only where a person can see it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text("opening the gazetteer")) as status:
        yield lambda step: status.update(Text(_harmless(step)))


def _name(unreadable: Unreadable) -> None:
    sys.stderr.write(_harmless(f"dateline: {unreadable.path}: {unreadable.reason}; {unreadable.advice}") + "\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _harmless(text: str) -> str:
    return _ESCAPES.sub("", text)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
