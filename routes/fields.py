"""The columns of the layers, from fields.tsv: names fixed by the public contract, types as files declare them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LAYERS = ("routes", "legs", "stops", "deployments", "places")
"""The five layers, in the order files and legends list them."""

GEOMETRY = {
    "routes": "MultiLineString",
    "legs": "MultiLineString",
    "stops": "Point",
    "deployments": "Point",
    "places": "Point",
}
"""The one geometry type of each layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a layer.

    Attributes:
        name: As the public contract fixes it.
        type: TEXT, INTEGER, REAL or DATE (a day, written YYYY-MM-DD).
        meaning: What it says, in a sentence.
    """

    name: str
    type: str
    meaning: str


@cache
def layer_fields() -> dict[str, tuple[Field, ...]]:
    """Columns of each layer in order, without the geometry."""
    fields: dict[str, list[Field]] = {layer: [] for layer in LAYERS}
    lines = files("routes").joinpath("fields.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        layer, name, kind, meaning = line.split("\t")
        fields[layer].append(Field(name=name, type=kind, meaning=meaning))
    return {layer: tuple(columns) for layer, columns in fields.items()}
