"""run.json: what went in, what was chosen, what came out, and what to look at before publishing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.version import VERSION
from maps.errors import RunRecordError
from maps.options import Options, options_of, options_row
from routes.rows import finding_row, report_row

if TYPE_CHECKING:
    from routes.layers import Layers
    from routes.model import Unreadable

RUN_RECORD = "run.json"


def run_record(layers: Layers, inputs: Iterable[str | Path], options: Options, unreadable: Iterable[Unreadable]) -> str:
    """The text of run.json. It holds no time of day and no host: the same run gives the same bytes.

    Args:
        layers: What was made.
        inputs: What the user named.
        options: What the user chose.
        unreadable: Inputs that gave no report.
    """
    atlas = layers.atlas
    findings = [*(finding for report in atlas.reports for finding in report.findings), *atlas.findings]
    record = {
        "version": VERSION,
        "options": options_row(inputs, options),
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
        },
        "left_out": list(atlas.left_out),
        "edits": list(atlas.edits),
        "findings": [finding_row(finding) for finding in findings],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def recorded_run(out: Path) -> tuple[tuple[str, ...], Options]:
    """Inputs and options of the run that wrote a folder.

    Raises:
        RunRecordError: The folder holds no run.json of this version's form; the message says what to do.
    """
    path = out / RUN_RECORD
    try:
        inputs, options = options_of(json.loads(path.read_text(encoding="utf-8"))["options"])
    except OSError as error:
        reason = f"{path}: cannot be read ({error.strerror})"
        raise RunRecordError(f"{reason}; name the folder that `dateline map` wrote with -o") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RunRecordError(f"{path}: not a record of this version; run `dateline map` again") from error
    if not inputs or "-" in inputs:
        raise RunRecordError(f"{path}: the run read no files that could be read again; map files or folders")
    return inputs, options
