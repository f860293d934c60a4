"""The whole job of ``dateline map``: reports in; map, layers, figure and run record out, all of them or none."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from routes.errors import NothingUsableError, OutputError
from routes.model import Claims, Unreadable
from routes.weigh.gate import Gate

if TYPE_CHECKING:
    from gazetteer.store import Gazetteer
    from routes.layers import Layers

RUN_RECORD = "run.json"
CORRECTIONS = "corrections.toml"
SOURCES = "sources.toml"
PAGE = "map.html"
EMBED = "embed.html"
FIGURES = ("figure.svg", "figure.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user chose; all of it stands in run.json.

    Attributes:
        published: Day of publication of reports that give none.
        corrections: Judgements by hand; corrections.toml beside the inputs, if there is one, where None.
        sources: Grades of sources; sources.toml beside the inputs, if there is one, where None.
        gate: What an event must have to be published.
        title: Headline of the map; made from what it shows if None.
        tiles: Address template of an online base map, or None for the bundled one.
        inline: Whether embed.html holds the whole map instead of its address.
        avoid: Keys of straits and canals that no voyage takes, beside the Northwest Passage (chokepoints.tsv).
    """

    published: date | None = None
    corrections: Path | None = None
    sources: Path | None = None
    gate: Gate = field(default_factory=Gate)
    title: str | None = None
    tiles: str | None = None
    inline: bool = False
    avoid: tuple[str, ...] = ()


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
    on_step: Callable[[str], None] = lambda _: None,
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
        OutputError: A file cannot be written; what was there before is left as it was.
    """
    from gazetteer.store import open_gazetteer
    from routes.collect import collect_claims
    from routes.weigh.corrections_file import find_beside

    inputs = list(inputs)
    options = options or Options()
    gazetteer = gazetteer or open_gazetteer()
    options = replace(
        options,
        corrections=options.corrections or find_beside(inputs, CORRECTIONS),
        sources=options.sources or find_beside(inputs, SOURCES),
    )
    made = collect_claims(inputs, published=options.published, gazetteer=gazetteer)
    return publish_claims(made, out, options, gazetteer=gazetteer, on_step=on_step)


def publish_claims(
    made: Iterable[Claims | Unreadable],
    out: str | Path,
    options: Options | None = None,
    *,
    gazetteer: Gazetteer,
    on_step: Callable[[str], None] = lambda _: None,
) -> Publication:
    """Write everything that ``dateline map`` promises from claims that are at hand, such as typed itineraries.

    Args:
        made: Claims, and what could not be read; taken one at a time.
        out: Folder to write to; made if missing.
        options: The user's choices; no file is looked for beside inputs.
        gazetteer: An open gazetteer.
        on_step: Told what is being done, for a progress display.

    Raises:
        NothingUsableError: There are no claims; nothing is written.
        OutputError: A file cannot be written; what was there before is left as it was.
    """
    from routes.atlas import build_atlas
    from routes.layers import build_layers
    from routes.paths.network import bits_of
    from routes.paths.voyage import DEFAULT_AVOID
    from routes.weigh.corrections_file import read_corrections
    from routes.weigh.grades import read_grades

    options = options or Options()
    out = Path(out)
    _check_out(out)
    bits_of(options.avoid)  # unknown names are told before the work, not after it
    corrections = read_corrections(options.corrections, gazetteer) if options.corrections else None
    grades = read_grades(options.sources) if options.sources else ()
    claims: list[Claims] = []
    unreadable: list[Unreadable] = []
    for one in made:
        if isinstance(one, Claims):
            on_step(f"read {one.report.path or one.report.id}")
            claims.append(one)
        else:
            unreadable.append(one)
    if not claims:
        raise NothingUsableError(nothing_usable(unreadable))
    on_step("drawing")
    avoid = DEFAULT_AVOID | set(options.avoid)
    atlas = build_atlas(
        claims, corrections=corrections, grades=grades, gate=options.gate, gazetteer=gazetteer, avoid=avoid
    )
    layers = build_layers(atlas)
    files = _write_all(layers, out, options, run_record(layers, options, unreadable), on_step)
    return Publication(out=out, files=files, layers=layers, unreadable=tuple(unreadable))


def nothing_usable(unreadable: Iterable[Unreadable]) -> str:
    """The message where no input gave a report, each named with the reason and what to do."""
    named = "\n".join(f"  {one.path}: {one.reason}; {one.advice}" for one in unreadable)
    return f"No report could be read:\n{named}"


def run_record(layers: Layers, options: Options, unreadable: Iterable[Unreadable]) -> str:
    """The text of run.json: version, options, inputs with sha256, counts, findings. No time of day, no host."""
    from gazetteer.version import VERSION
    from routes.rows import finding_row, report_row

    atlas = layers.atlas
    findings = [*(finding for report in atlas.reports for finding in report.findings), *atlas.findings]
    record = {
        "version": VERSION,
        "options": _options_row(options),
        "inputs": [{"path": report.path, **report_row(report)} for report in atlas.reports],
        "unreadable": [{"path": one.path, "reason": one.reason, "advice": one.advice} for one in unreadable],
        "counts": {
            "reports": len(atlas.reports),
            "claims": sum(len(one.movements) + len(one.deployments) for one in atlas.claims),
            "routes": len(atlas.routes),
            "routes_drawn": len(layers.routes),
            "legs": len(layers.legs),
            "stops": len(layers.stops),
            "deployments": len(atlas.deployments),
            "deployments_drawn": len(layers.deployments),
            "places": len(layers.places),
            "left_out": len(atlas.left_out),
        },
        "left_out": list(atlas.left_out),
        "edits": list(atlas.edits),
        "findings": [finding_row(finding) for finding in findings],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _options_row(options: Options) -> dict[str, object]:
    return {
        "published": options.published.isoformat() if options.published else None,
        "corrections": str(options.corrections) if options.corrections else None,
        "sources": str(options.sources) if options.sources else None,
        "title": options.title,
        "tiles": options.tiles,
        "embed": "inline" if options.inline else "iframe",
        "avoid": list(options.avoid),
        "min_support": options.gate.min_support,
        "min_certainty": options.gate.min_certainty,
        "exclude_status": list(options.gate.exclude_status),
        "min_reliability": options.gate.min_reliability,
        "min_credibility": options.gate.min_credibility,
    }


def _check_out(out: Path) -> None:
    """Find out before the work, not after it, that there is nowhere to write."""
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file. Name a folder with -o.")


def _write_all(
    layers: Layers, out: Path, options: Options, record: str, on_step: Callable[[str], None]
) -> tuple[str, ...]:
    """Write all files into a folder of their own inside ``out`` and move them into place at the end."""
    from maps.embed import write_embed
    from maps.figure.drawing import draw_figure
    from maps.headline import headline
    from maps.kml import write_kml
    from maps.page.build import write_map
    from maps.qgis.desk import write_qgis
    from maps.summary import write_html, write_markdown
    from routes.write import write_layers

    made_out = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.TemporaryDirectory(prefix=".dateline-", dir=out) as staged:
                stage = Path(staged)
                on_step("writing layers")
                write_layers(layers, stage)
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
                (stage / RUN_RECORD).write_text(record, encoding="utf-8", newline="\n")
                return _move(stage, out)
        finally:
            if made_out and not any(out.iterdir()):
                shutil.rmtree(out)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"Cannot write to {out}: {error.strerror or error}. Choose another folder with -o."
        ) from error


def _move(stage: Path, out: Path) -> tuple[str, ...]:
    names = tuple(sorted(file.name for file in stage.iterdir()))
    for name in names:
        (stage / name).replace(out / name)
    return names
