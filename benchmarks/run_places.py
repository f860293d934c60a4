"""Print the places of a corpus as JSON lines, one report a line: recognition and resolution alone, without the rest.

python -m benchmarks.run_places CORPUS.jsonl [GAZETTEER.sqlite] > OUT.jsonl
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from gazetteer.store import open_gazetteer
from routes.extract.places.mentions import find_places
from routes.model import PlaceMention, Report


def report_of(row: dict[str, str]) -> Report:
    text = row["text"]
    return Report(
        id=str(row["id"]),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        url=row.get("url"),
        publisher=row.get("publisher"),
    )


def place_row(mention: PlaceMention) -> dict[str, object]:
    place = mention.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "status": mention.status.value,
        "role": mention.role.value,
        "name": place.name if place else None,
        "kind": place.kind.value if place else None,
        "country_code": place.country_code if place else None,
        "lon": place.lon if place else None,
        "lat": place.lat if place else None,
        "confidence": mention.confidence,
        "reasons": list(mention.reasons),
    }


def main() -> None:
    gazetteer = open_gazetteer(sys.argv[2] if len(sys.argv) > 2 else None)
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").rstrip("\n").split("\n"):
        report = report_of(json.loads(line))
        places = [place_row(mention) for mention in find_places(report, (), gazetteer)]
        print(json.dumps({"report": {"id": report.id}, "places": places}, ensure_ascii=False))


if __name__ == "__main__":
    main()
