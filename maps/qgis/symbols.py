"""Symbols in QGIS's XML. Values are set by attribute, so no text can become markup.

Sizes are millimetres; QGIS 3.22 and later read the ``Option`` form written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

PX_TO_MM = 25.4 / 96
"""A CSS pixel is 1/96 inch (CSS Values and Units, level 3)."""


def rgba(hex_colour: str, alpha: int = 255) -> str:
    """``#RRGGBB`` as QGIS writes colours: "r,g,b,a", each 0 to 255."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def _options(parent: Element, values: Mapping[str, str]) -> None:
    options = SubElement(parent, "Option", type="Map")
    for key, value in values.items():
        SubElement(options, "Option", name=key, type="QString", value=value)


def _data_defined(parent: Element, expressions: Mapping[str, str]) -> None:
    holder = SubElement(SubElement(parent, "data_defined_properties"), "Option", type="Map")
    SubElement(holder, "Option", name="name", type="QString", value="")
    properties = SubElement(holder, "Option", name="properties", type="Map")
    for name, expression in expressions.items():
        item = SubElement(properties, "Option", name=name, type="Map")
        SubElement(item, "Option", name="active", type="bool", value="true")
        SubElement(item, "Option", name="expression", type="QString", value=expression)
        SubElement(item, "Option", name="type", type="int", value="3")
    SubElement(holder, "Option", name="type", type="QString", value="collection")


def symbol(kind: str, name: str, layers: Sequence[Element], *, whole: bool = False) -> Element:
    """A symbol of kind "line", "marker" or "fill" made of layers, bottom first.

    ``whole`` keeps QGIS from cutting lines at the view's edge, which would move what stands at a share of their length.
    """
    made = Element("symbol", type=kind, name=name, alpha="1", clip_to_extent="0" if whole else "1", force_rhr="0")
    made.extend(layers)
    return made


def _layer(class_name: str, values: Mapping[str, str], expressions: Mapping[str, str] | None = None) -> Element:
    made = Element("layer", {"class": class_name}, enabled="1", locked="0")
    made.set("pass", "0")
    _options(made, values)
    if expressions:
        _data_defined(made, expressions)
    return made


def simple_line(
    colour: str, width_mm: float, dash_mm: Sequence[float] = (), *, width_expression: str | None = None
) -> Element:
    """A line; ``dash_mm`` alternates stroke and gap, empty for solid."""
    values = {
        "line_color": rgba(colour),
        "line_style": "solid",
        "line_width": f"{width_mm:.3g}",
        "line_width_unit": "MM",
        "capstyle": "flat" if dash_mm else "round",
        "joinstyle": "round",
        "use_custom_dash": "1" if dash_mm else "0",
        "customdash": ";".join(f"{part:.3g}" for part in dash_mm) or "5;2",
        "customdash_unit": "MM",
    }
    return _layer("SimpleLine", values, {"outlineWidth": width_expression} if width_expression else None)


def simple_marker(
    shape: str,
    colour: str,
    size_mm: float,
    *,
    outline: str | None = None,
    outline_mm: float = 0.3,
    fill_alpha: int = 255,
    outline_alpha: int = 255,
    angle_expression: str | None = None,
) -> Element:
    """A marker of a QGIS shape name ("circle", "filled_arrowhead", "line" …)."""
    values = {
        "name": shape,
        "color": rgba(colour, fill_alpha),
        "size": f"{size_mm:.3g}",
        "size_unit": "MM",
        "outline_color": rgba(outline or colour, outline_alpha),
        "outline_style": "solid",
        "outline_width": f"{outline_mm:.3g}",
        "outline_width_unit": "MM",
        "joinstyle": "miter",
        "horizontal_anchor_point": "1",
        "vertical_anchor_point": "1",
        "offset": "0,0",
        "angle": "0",
    }
    return _layer("SimpleMarker", values, {"angle": angle_expression} if angle_expression else None)


def simple_fill(colour: str, outline: str, outline_mm: float) -> Element:
    """An area with a thin outline."""
    values = {
        "color": rgba(colour),
        "style": "solid",
        "outline_color": rgba(outline),
        "outline_style": "solid",
        "outline_width": f"{outline_mm:.3g}",
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }
    return _layer("SimpleFill", values)


def font_marker(character: str, colour: str, size_mm: float) -> Element:
    """One character of ours as a marker, with a white outline so that it reads on any ground."""
    values = {
        "chr": character,
        "font": "DejaVu Sans",
        "font_style": "Bold",
        "color": rgba(colour),
        "outline_color": rgba("#FFFFFF"),
        "outline_width": "0.4",
        "outline_width_unit": "MM",
        "size": f"{size_mm:.3g}",
        "size_unit": "MM",
        "joinstyle": "round",
        "angle": "0",
        "offset": "0,0",
    }
    return _layer("FontMarker", values)


def generated(expression: str, marker: Element) -> Element:
    """A marker at the point or points that a QGIS expression gives."""
    made = _layer("GeometryGenerator", {"SymbolType": "Marker", "geometryModifier": expression, "units": "MapUnit"})
    made.append(symbol("marker", "@0@1", [marker]))
    return made
