"""Reports in other languages: their places are found, and it is said that the rest was not looked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from routes.extract.claims import extract_claims
from routes.extract.text.tongue import foreign_language
from routes.read.raw import Raw
from routes.read.reports import make_report

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
SPANISH = (
    "El buque zarpó de Lima el lunes y llegó a Guayaquil el martes con doscientos soldados a bordo, según la armada."
    " Después siguió hacia el norte por el canal de Panamá."
)

TEXTS = [
    (SPANISH, "Spanish"),
    ("Das Schiff verließ Hamburg am Montag und erreichte am Dienstag den Hafen von Oslo. " * 2, "German"),
    ("Le navire a quitté Brest lundi et il est arrivé à Dakar mardi avec deux cents soldats. " * 2, "French"),
    ("Корабль вышел из Мурманска в понедельник и прибыл в Гавану во вторник, сообщил флот.", "another script"),
    ("船舶于周一离开上海" * 20, "another script"),
    ("The ship left Lima on Monday and reached Guayaquil on Tuesday with soldiers aboard. " * 2, None),
    ("THE SHIP LEFT BUSAN AND REACHED LIMA ON MONDAY " * 20, None),
    ("Lima, Quito, La Paz, " * 300, None),
    ("Zarpó de Lima.", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_languages(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


def test_the_sample_reports_are_english() -> None:
    assert {foreign_language(path.read_text(encoding="utf-8")) for path in SEEDS.glob("[0-9]*.md")} == {None}


def test_places_are_found_and_the_rest_is_owned_up_to(gazetteer: Any, language: Any) -> None:
    claims = extract_claims(make_report(Raw(text=SPANISH), name="es", path=None), gazetteer, language)
    assert {"Lima", "Guayaquil"} <= {mention.text for mention in claims.places}
    assert (claims.movements, claims.deployments) == ((), ())
    (finding,) = claims.findings
    assert finding.code == "language.not-english"
    assert "Spanish" in finding.message
