"""The ``dateline`` command: parse the command line, make one public call, report. No logic lives here."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from gazetteer.errors import DatelineError
from gazetteer.version import VERSION
from maps.command import arguments as given
from maps.command.terminal import (
    complain,
    harmless,
    name_unreadable,
    progress,
    say_corpus,
    say_published,
    write_listing,
)
from routes.listing import Format

if TYPE_CHECKING:
    from gazetteer.place import Place

__version__ = VERSION
DONE, SOME_UNREADABLE, NOTHING, INTERRUPTED = 0, 1, 2, 130

_WESTERN = re.compile(r"-[\d.]+\s*,")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


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
    inputs: given.Inputs,
    out: given.Out,
    published: given.Published = None,
    corrections: given.Corrections = None,
    sources: given.Sources = None,
    min_support: given.MinSupport = 1,
    min_certainty: given.MinCertainty = None,
    exclude_status: given.ExcludeStatus = None,
    min_reliability: given.MinReliability = None,
    min_credibility: given.MinCredibility = None,
    online: given.Online = None,
    avoid: given.Avoid = None,
    title: given.Title = None,
    tiles: given.Tiles = None,
    embed: given.Embed = given.IFRAME,
    track: given.Tracks = None,
    quiet: given.Quiet = False,
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
    from routes.weigh.gate import Gate

    gate = Gate(
        min_support=min_support,
        min_certainty=min_certainty,
        exclude_status=tuple(exclude_status or ()),
        min_reliability=min_reliability,
        min_credibility=min_credibility,
    )
    options = Options(
        published=published,
        corrections=corrections,
        sources=sources,
        gate=gate,
        avoid=tuple(avoid or ()),
        tracks=tuple(track or ()),
        online=online,
        title=title,
        tiles=tiles,
        inline=embed == given.INLINE,
    )
    with progress(quiet=quiet) as on_step:
        made = publish(inputs, out, options, on_step=on_step)
    say_published(made)
    _leave(unreadable=len(made.unreadable))


@app.command("route")
def route_command(
    itinerary: given.Itinerary,
    out: given.Out,
    mode: given.MovedBy = None,
    when: given.When = None,
    carrier: given.Carrier = None,
    avoid: given.Avoid = None,
    title: given.Title = None,
    track: given.Tracks = None,
    quiet: given.Quiet = False,
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
    from routes.typed import read_typed

    options = Options(avoid=tuple(avoid or ()), tracks=tuple(track or ()), title=title)
    gazetteer = open_gazetteer()
    read = read_typed(itinerary, gazetteer, mode=mode, when=when, carrier=carrier)
    with progress(quiet=quiet) as on_step:
        made = publish_claims(read, out, options, gazetteer=gazetteer, on_step=on_step)
    say_published(made)
    _leave(unreadable=len(made.unreadable))


@app.command("figure")
def figure_command(
    inputs: given.Inputs,
    out: given.OutFile,
    size: given.Size = "page",
    published: given.Published = None,
    title: given.Title = None,
    quiet: given.Quiet = False,
) -> None:
    """One static figure for print or slides; `dateline map` writes figure.svg and figure.png of its own.

    \b
    Examples:
      dateline figure reports/ -o flight.pdf --size column
      dateline figure reports/ -o flight.png --size slide --title "The long way round"
    """
    from maps.options import Options
    from maps.publish import publish_figure

    options = Options(published=published, title=title)
    with progress(quiet=quiet) as on_step:
        unreadable = publish_figure(inputs, out, options, size=size, on_step=on_step)
    name_unreadable(unreadable)
    sys.stdout.write(f"{out}\n")
    _leave(unreadable=len(unreadable))


@app.command("claims")
def claims_command(
    inputs: given.Inputs,
    form: given.ClaimsForm = Format.JSONL,
    published: given.Published = None,
    online: given.Online = None,
    quiet: given.Quiet = False,
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

    collected = collect_claims(inputs, published=published, ask=_asker(online))
    listed, unreadable = write_listing(collected, list_claims, form, quiet=quiet)
    _leave(done=listed, unreadable=unreadable)


@app.command("places")
def places_command(inputs: given.Inputs, form: given.PlacesForm = Format.JSONL, quiet: given.Quiet = False) -> None:
    """Every place each report names, where it is, how sure that is, and why.

    \b
    Examples:
      dateline places report.txt --format table
      dateline places corpus.jsonl > places.jsonl
      dateline places reports/ --format geojson > places.geojson
    """
    from routes.collect import collect_places
    from routes.listing import list_places

    listed, unreadable = write_listing(collect_places(inputs), list_places, form, quiet=quiet)
    _leave(done=listed, unreadable=unreadable)


@app.command("corpus")
def corpus_command(
    inputs: given.Inputs,
    out: given.Out,
    workers: given.Workers = None,
    scheduler: given.Scheduler = None,
    published: given.Published = None,
    quiet: given.Quiet = False,
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

    with progress(quiet=quiet) as on_step:
        run = extract_corpus(inputs, out, published=published, workers=workers, scheduler=scheduler, on_step=on_step)
    say_corpus(run, out)
    _leave(unreadable=run.unreadable)


@app.command("explain")
def explain_command(wanted: given.Wanted, out: given.Made = Path("out"), quiet: given.Quiet = False) -> None:
    """From sentence to line: which reports say it, in which words, why they are one event, how it is drawn.

    \b
    Examples:
      dateline explain r-1f3a9c2b7d40
      dateline explain d-77b1c0aa9e12 -o elsewhere/

    Ids stand in the layers and in claims.jsonl. The reports of the run are read once more.
    """
    from maps.publish import explain_event

    with progress(quiet=quiet) as on_step:
        text = explain_event(wanted, out, on_step=on_step)
    sys.stdout.write("".join(harmless(line) + "\n" for line in text.splitlines()))


@app.command("lookup")
def lookup_command(names: given.Names, form: given.AnswerForm = Format.TEXT) -> None:
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

    with open_gazetteer() as gazetteer:
        answers = [look_up(name, gazetteer) for name in names]
    sys.stdout.writelines(harmless(piece) for piece in list_answers(answers, form))
    known = sum(bool(answer.candidates) for answer in answers)
    _leave(done=known, unreadable=len(names) - known)


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code; messages go to standard error."""
    from typer import Abort

    signal.signal(signal.SIGTERM, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    typed = sys.argv[1:] if arguments is None else arguments
    # A stop west of Greenwich ("-66.88,10.49 > Caracas") is no option, and is read without the space before it.
    typed = [f" {one}" if _WESTERN.match(one) else one for one in typed]
    try:
        code = app(args=typed, prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # typer makes an exit code of the interrupt and says nothing
            raise KeyboardInterrupt
        return int(code or DONE)
    except (KeyboardInterrupt, Abort):
        complain("interrupted; no file was half-written")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it (| head). Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except DatelineError as error:
        complain(str(error))
        return NOTHING
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # wrong usage, as typer tells it
            error.show()
            return NOTHING
        raise


def main() -> None:
    """Entry point of the ``dateline`` command."""
    sys.exit(run())


def _leave(*, done: int = 1, unreadable: int) -> NoReturn:
    """Leave with the exit code of the contract."""
    raise typer.Exit(NOTHING if not done else SOME_UNREADABLE if unreadable else DONE)


def _asker(online: str | None) -> Callable[[str], Place | None] | None:
    from gazetteer.online import open_online

    return open_online(host=online) if online else None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
