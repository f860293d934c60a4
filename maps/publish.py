"""The whole job of ``dateline map``: reports in; map, layers, figure and run record out, all of them or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maps.options import Options
from maps.run_record import RUN_RECORD, recorded_run, run_record
from routes.errors import NothingUsableError, OutputError
from routes.model import Atlas, Claims, Unreadable
from routes.staging import output_folder, staged

if TYPE_CHECKING:
    from gazetteer.place import Place
    from gazetteer.store import Gazetteer
    from routes.layers import Layers

PAGE = "map.html"
EMBED = "embed.html"
FIGURES = ("figure.svg", "figure.png")
CORRECTIONS = "corrections.toml"
SOURCES = "sources.toml"

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a run came to.

    Attributes:
        out: The folder written to.
        files: Names of the files in it, sorted.
        layers: What they show.
        unreadable: Inputs that gave no report.
    """

    out: Path
    files: tuple[str, ...]
    layers: Layers
    unreadable: tuple[Unreadable, ...]

    @property
    def page(self) -> Path:
        """The map page, the file to open first."""
        return self.out / PAGE


def publish(
    inputs: Iterable[str | Path],
    out: str | Path,
    options: Options | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    on_step: Step = lambda _: None,
) -> Publication:
    """Read the inputs, extract what they say, and write everything that ``dateline map`` promises to ``out``.

    Args:
        inputs: Files, folders or ``-``.
        out: Folder to write to; made if it is missing. Files of other names in it are left alone.
        options: The user's choices.
        gazetteer: An open gazetteer; the compiled one if None.
        on_step: Told what is being done, for a progress display.

    Raises:
        NothingUsableError: No input gave a report; nothing is written.
        SettingsError: A corrections or sources file says something it cannot.
        OutputError: A file cannot be written; what was there before is left as it was.
    """
    from gazetteer.store import open_gazetteer
    from routes.collect import collect_claims

    inputs = list(inputs)
    options = _with_settings(inputs, options or Options())
    gazetteer = gazetteer or open_gazetteer()
    made = collect_claims(inputs, published=options.published, gazetteer=gazetteer, ask=_ask(options))
    return publish_claims(made, out, options, inputs=inputs, gazetteer=gazetteer, on_step=on_step)


def publish_claims(
    made: Iterable[Claims | Unreadable],
    out: str | Path,
    options: Options | None = None,
    *,
    inputs: Sequence[str | Path] = (),
    gazetteer: Gazetteer,
    on_step: Step = lambda _: None,
) -> Publication:
    """Write everything that ``dateline map`` promises from claims that are at hand, such as typed itineraries.

    Args:
        made: Claims, and what could not be read; taken one at a time.
        out: Folder to write to; made if missing.
        options: The user's choices; no file is looked for beside inputs.
        inputs: What the claims were read from, for run.json.
        gazetteer: An open gazetteer.
        on_step: Told what is being done, for a progress display.

    Raises:
        NothingUsableError: There are no claims; nothing is written.
        OutputError: A file cannot be written; what was there before is left as it was.
    """
    from routes.layers import build_layers

    out, options = output_folder(out), options or Options()
    atlas, unreadable = _atlas_of(made, options, gazetteer, on_step)
    layers = build_layers(atlas)
    files = _write_all(layers, out, options, run_record(layers, inputs, options, unreadable), on_step)
    return Publication(out=out, files=files, layers=layers, unreadable=unreadable)


def publish_figure(
    inputs: Iterable[str | Path],
    path: str | Path,
    options: Options | None = None,
    *,
    size: str = "page",
    on_step: Step = lambda _: None,
) -> tuple[Unreadable, ...]:
    """Read the inputs and draw one static figure of what they say.

    Args:
        inputs: Files, folders or ``-``.
        path: File to write, ending in .svg, .png or .pdf; it appears whole or not at all.
        options: The user's choices.
        size: One of ``maps.figure.drawing.SIZES``.
        on_step: Told what is being done.

    Returns:
        Inputs that gave no report.

    Raises:
        MapError: There is no such kind or size of figure; nothing is read.
        NothingUsableError: No input gave a report; nothing is written.
        OutputError: The file cannot be written.
    """
    from gazetteer.store import open_gazetteer
    from maps.figure.drawing import check_figure, draw_figure
    from routes.collect import collect_claims

    path, inputs = Path(path), list(inputs)
    check_figure(path, size)
    options = _with_settings(inputs, options or Options())
    gazetteer = open_gazetteer()
    made = collect_claims(inputs, published=options.published, gazetteer=gazetteer, ask=_ask(options))
    atlas, unreadable = _atlas_of(made, options, gazetteer, on_step)
    on_step("drawing the figure")
    part = path.with_name(f".dateline-{os.getpid()}{path.suffix}")
    try:
        draw_figure(atlas, part, size=size, title=options.title)
        part.replace(path)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror or error}. Choose another file with -o.") from error
    finally:
        part.unlink(missing_ok=True)
    return unreadable


def explain_event(
    wanted: str, out: str | Path, *, gazetteer: Gazetteer | None = None, on_step: Step = lambda _: None
) -> str:
    """The whole chain from sentence to line of one event on the map in ``out``, worked out anew from its inputs.

    Args:
        wanted: Id of a route, deployment, leg or claim.
        out: Folder that ``publish`` wrote; its run.json says what the inputs were.
        gazetteer: An open gazetteer; the compiled one if None.
        on_step: Told what is being done.

    Raises:
        RunRecordError: The folder holds no usable run.json.
        NothingUsableError: The inputs can no longer be read.
        UnknownEventError: There is no event of this id.
    """
    from gazetteer.store import open_gazetteer
    from routes.collect import collect_claims
    from routes.weigh.explain import explain

    inputs, options = recorded_run(Path(out))
    gazetteer = gazetteer or open_gazetteer()
    made = collect_claims(inputs, published=options.published, gazetteer=gazetteer, ask=_ask(options))
    atlas, _ = _atlas_of(made, options, gazetteer, on_step)
    return explain(atlas, wanted)


def _ask(options: Options) -> Callable[[str], Place | None] | None:
    from gazetteer.online import open_online

    return open_online(host=options.online) if options.online else None


def _with_settings(inputs: Sequence[str | Path], options: Options) -> Options:
    """The options with the settings files that lie beside the inputs."""
    from routes.weigh.corrections_file import find_beside

    return replace(
        options,
        corrections=options.corrections or find_beside(inputs, CORRECTIONS),
        sources=options.sources or find_beside(inputs, SOURCES),
    )


def _atlas_of(
    collected: Iterable[Claims | Unreadable], options: Options, gazetteer: Gazetteer, on_step: Step
) -> tuple[Atlas, tuple[Unreadable, ...]]:
    """Claims as they come → the finished atlas, and what could not be read."""
    from routes.atlas import build_atlas
    from routes.paths.network import bits_of
    from routes.paths.track_files import read_tracks
    from routes.paths.voyage import DEFAULT_AVOID
    from routes.weigh.corrections_file import read_corrections
    from routes.weigh.grades import read_grades

    bits_of(options.avoid)  # unknown names are told before the work, not after it
    tracks = [track for file in options.tracks for track in read_tracks(file)]
    corrections = read_corrections(options.corrections, gazetteer) if options.corrections else None
    grades = read_grades(options.sources) if options.sources else ()
    claims: list[Claims] = []
    unreadable: list[Unreadable] = []
    for one in collected:
        if isinstance(one, Claims):
            on_step(f"read {one.report.path or one.report.id}")
            claims.append(one)
        else:
            unreadable.append(one)
    if not claims:
        named = "\n".join(f"  {one.path}: {one.reason}; {one.advice}" for one in unreadable)
        raise NothingUsableError(f"No report could be read:\n{named}")
    on_step("weighing and drawing")
    atlas = build_atlas(
        claims,
        corrections=corrections,
        grades=grades,
        gate=options.gate,
        gazetteer=gazetteer,
        avoid=DEFAULT_AVOID | set(options.avoid),
        tracks=tracks,
    )
    return atlas, tuple(unreadable)


def _write_all(layers: Layers, out: Path, options: Options, record: str, on_step: Step) -> tuple[str, ...]:
    """Write all files, or none."""
    with staged(out) as stage:
        _write_files(layers, stage, options, on_step)
        # What no UTF-8 can hold is written as JSON escapes it.
        (stage / RUN_RECORD).write_text(record, encoding="utf-8", errors="backslashreplace", newline="\n")
        return tuple(sorted(file.name for file in stage.iterdir()))


def _write_files(layers: Layers, stage: Path, options: Options, on_step: Step) -> None:
    from maps.embed import write_embed
    from maps.figure.drawing import draw_figure
    from maps.headline import headline
    from maps.kml import write_kml
    from maps.page.build import write_map
    from maps.qgis.desk import write_qgis
    from maps.summary import write_html, write_markdown
    from routes.weigh.example import write_example
    from routes.write import write_layers

    on_step("writing layers")
    write_layers(layers, stage)
    write_example(layers, stage)
    on_step("writing the map")
    title = options.title or headline(layers.atlas)
    page = write_map(layers, stage / PAGE, title=title, tiles=options.tiles)
    write_embed(layers, stage / EMBED, page, title=title, inline=options.inline)
    on_step("writing figures, QGIS project, KML and summary")
    write_qgis(layers.atlas, stage)
    write_kml(layers.atlas, stage / "dateline.kml")
    for name in FIGURES:
        draw_figure(layers.atlas, stage / name, title=title)
    write_markdown(layers.atlas, stage / "report.md")
    write_html(layers.atlas, stage / "report.html")
