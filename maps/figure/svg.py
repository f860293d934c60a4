"""Titles for an SVG: what a screen reader says of it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from maps import style
from maps.figure.canvas import HALO_ID
from maps.figure.text import printable

_SVG = "http://www.w3.org/2000/svg"
_KEPT = {
    "": _SVG,
    "xlink": "http://www.w3.org/1999/xlink",
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def finish_svg(data: bytes, title: str, description: str) -> bytes:
    """Give an SVG made by ourselves a title, a description and the role of an image.

    The words are set as element text, so whatever they contain stays text.
    """
    for prefix, uri in _KEPT.items():
        ET.register_namespace(prefix, uri)
    root = ET.fromstring(data)  # made by matplotlib a moment ago: no foreign markup
    root.set("role", "img")
    root.set("aria-labelledby", "figure-title figure-desc")
    for place, (name, words) in enumerate((("title", title), ("desc", description))):
        element = ET.Element(f"{{{_SVG}}}{name}", id=f"figure-{name}")
        element.text = printable(words)
        root.insert(place, element)
    for group in root.iter(f"{{{_SVG}}}g"):
        if (group.get("id") or "").startswith(HALO_ID):
            group.set("style", f"paint-order:stroke;stroke:{style.LIGHT.halo};stroke-width:2;stroke-linejoin:round")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()
