"""One default style (QML) for each layer, made from the line grammar of ``maps.style``.

QML is QGIS's own XML for how a layer looks and behaves. It is built as an element tree, so a value is never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from gazetteer.place import Precision
from maps import style
from maps.qgis import symbols
from maps.qgis.symbols import PX_TO_MM
from routes.model import Certainty, Mode, Role, Status

VERSION = "3.22.0"
"""Oldest QGIS the styles are written for and tested with."""
_SOFT_RING_MM = 9.0
_DOT_MM = 2.2
_HEAD_MM = 3.0
_LABEL_POINTS = 8.5


def style_of(layer: str) -> str:
    """The QML document of a layer, the same on every call; see ``style_tree``."""
    body = tostring(style_tree(layer), encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"


def style_tree(layer: str) -> Element:
    """The style of a layer as an element tree.

    Args:
        layer: One of ``STYLED_LAYERS`` or ``BASE_LAYERS``.

    Raises:
        KeyError: If there is no such layer.
    """
    root = Element("qgis", version=VERSION, styleCategories="AllStyleCategories", labelsEnabled="0")
    _BUILDERS[layer](root)
    return root


def escaped(field: str) -> str:
    """A QGIS expression that gives a field's text with &, <, > and quotes as HTML entities.

    QGIS before 3.34 has no function for it. The ampersand comes first, or it would escape the others again.
    """
    expression = f"coalesce(\"{field}\", '')"
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("''", "&#39;")):
        expression = f"replace({expression}, '{character}', '{entity}')"
    return expression


# -- rules -------------------------------------------------------------------------------------------------------


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _strokes() -> list[tuple[style.Stroke, list[tuple[Status, Certainty]]]]:
    """The distinct strokes of the grammar, each with the statuses and certainties that wear it."""
    grouped: dict[style.Stroke, list[tuple[Status, Certainty]]] = {}
    for pair, stroke in style.STROKES.items():
        grouped.setdefault(stroke, []).append(pair)
    return list(grouped.items())


def _stroke_filter(pairs: list[tuple[Status, Certainty]]) -> str:
    by_certainties: dict[tuple[Certainty, ...], list[Status]] = {}
    for status in dict.fromkeys(s for s, _ in pairs):
        certainties = tuple(c for s, c in pairs if s is status)
        by_certainties.setdefault(certainties, []).append(status)
    return " OR ".join(
        f'("status" IN ({_quoted(statuses)}) AND "certainty" IN ({_quoted(certainties)}))'
        for certainties, statuses in by_certainties.items()
    )


def _width_expression() -> str:
    one, two, three = (f"{width * PX_TO_MM:.3f}" for width in style.WIDTHS)
    return f'CASE WHEN "support" >= 3 THEN {three} WHEN "support" = 2 THEN {two} ELSE {one} END'


def _at(part: str, share: float) -> str:
    return f"line_interpolate_point({part}, length({part}) * {share:.4f})"


def _heading(part: str, share: float) -> str:
    """Degrees clockwise to turn a mark that points north, so that it points along a line on a Mercator map."""
    before, there = _at(part, share - 0.01), _at(part, share)
    east = f"(x({there}) - x({before})) * cos(radians(y({there})))"
    return f"degrees(atan2({east}, y({there}) - y({before})))"


def _each_part(share: float) -> str:
    """A point at a share of each part of the line. QGIS 3.22 has no marker at a share of the length."""
    point = _at("geometry_n($geometry, @element)", share)
    return f"collect_geometries(array_foreach(generate_series(1, num_geometries($geometry)), {point}))"


_PART = "geometry_n(geometry(get_feature_by_id(@layer, $id)), @geometry_part_num)"


def _line_layers(mode: Mode, stroke: style.Stroke, last_part: str) -> list[Element]:
    colour = (style.NEUTRAL_HUE if stroke.neutral else style.MODE_HUES[mode]).light
    dash = [part * PX_TO_MM for part in stroke.dash]
    inside = "#ffffff" if stroke.head is style.Head.HOLLOW else colour
    turn = _heading(_PART, style.ARROW_AT)
    head = symbols.simple_marker("triangle", inside, _HEAD_MM, outline=colour, angle_expression=turn)
    layers = [
        symbols.simple_line(colour, style.WIDTHS[0] * PX_TO_MM, dash, width_expression=_width_expression()),
        symbols.generated(_each_part(style.ARROW_AT), head),
    ]
    if stroke.end_bar:
        turn = _heading(last_part, 1.0) + " + 90"
        bar = symbols.simple_marker("line", colour, _HEAD_MM, outline=colour, outline_mm=0.6, angle_expression=turn)
        layers.append(symbols.generated(_at(last_part, 1.0), bar))
    if stroke.question:
        layers.append(symbols.generated(_each_part(0.5), symbols.font_marker("?", colour, 4.2)))
    return layers


def _line_renderer(root: Element, last_part: str) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    rules = SubElement(renderer, "rules", key="{root}")
    made = Element("symbols")
    for mode in Mode:
        group = SubElement(
            rules, "rule", key=f"{{{mode}}}", label=style.MODE_WORDS[mode], filter=f"\"mode\" = '{mode}'"
        )
        for stroke, pairs in _strokes():
            number = str(len(made))
            made.append(symbols.symbol("line", number, _line_layers(mode, stroke, last_part), whole=True))
            SubElement(
                group,
                "rule",
                key=f"{{{mode}-{number}}}",
                label=stroke.words,
                filter=_stroke_filter(pairs),
                symbol=number,
            )
    renderer.append(made)


def _point_renderer(root: Element, hue: style.Hue, *, small: bool = False) -> None:
    """A crisp dot where the place is a point, a soft ring where it is an area."""
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    rules = SubElement(renderer, "rules", key="{root}")
    made = SubElement(renderer, "symbols")
    for mark, label in (
        (style.Mark.DOT, "Site or city"),
        (style.Mark.SOFT_RING, "Known to a region, country or sea only"),
    ):
        precisions = [p for p in Precision if style.mark_of(p) is mark]
        known = f'"precision" IN ({_quoted(precisions)})'
        number = str(len(made))
        if mark is style.Mark.DOT:
            marker = symbols.simple_marker("circle", hue.light, _DOT_MM * (0.6 if small else 1), outline="#ffffff")
        else:
            marker = symbols.simple_marker(
                "circle", hue.light, _SOFT_RING_MM * (0.4 if small else 1), fill_alpha=45, outline_alpha=120
            )
            known += ' OR "precision" IS NULL'
        made.append(symbols.symbol("marker", number, [marker]))
        SubElement(rules, "rule", key=f"{{{mark}}}", label=label, filter=known, symbol=number)


# -- behaviour ---------------------------------------------------------------------------------------------------


def _labels(root: Element, expression: str, colour: str, placement: int) -> None:
    root.set("labelsEnabled", "1")
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    text = SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily="DejaVu Sans",
        fontSize=f"{_LABEL_POINTS:g}",
        fontSizeUnit="Point",
        fontWeight="63",
        textColor=symbols.rgba(colour),
        textOpacity="1",
        allowHtml="0",
    )
    SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=symbols.rgba(style.LIGHT.halo),
        bufferOpacity="1",
        bufferNoFill="1",
    )
    SubElement(settings, "text-format", addDirectionSymbol="0", multilineAlign="0", wrapChar="", autoWrapLength="28")
    SubElement(
        settings,
        "placement",
        placement=str(placement),
        dist="1.6",
        distUnits="MM",
        priority="5",
        lineAnchorPercent="0.5",
    )
    SubElement(settings, "rendering", drawLabels="1", obstacle="1", displayAll="0", mergeLines="0")


def _temporal(root: Element) -> None:
    """Show a feature from date_start to date_end (end exclusive); undated features stay visible."""
    temporal = SubElement(
        root,
        "temporal",
        enabled="1",
        mode="2",
        startField="date_start",
        endField="date_end",
        limitMode="0",
        durationField="",
        durationUnit="days",
        fixedDuration="0",
        accumulate="0",
        startExpression="",
        endExpression="",
    )
    fixed = SubElement(temporal, "fixedRange")
    SubElement(fixed, "start")
    SubElement(fixed, "end")


_VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "mode": {str(k): v for k, v in style.MODE_WORDS.items()},
    "status": {str(k): v for k, v in style.STATUS_WORDS.items()},
    "certainty": {str(k): v for k, v in style.CERTAINTY_WORDS.items()},
    "role": {str(k): v for k, v in style.ROLE_WORDS.items() if k in Role},
    "precision": {str(k): v for k, v in style.PRECISION_WORDS.items()},
}


def _value_maps(root: Element, fields: Iterable[str]) -> None:
    configuration = SubElement(root, "fieldConfiguration")
    for name in fields:
        widget = SubElement(SubElement(configuration, "field", name=name), "editWidget", type="ValueMap")
        config = SubElement(SubElement(widget, "config"), "Option", type="Map")
        rows = SubElement(config, "Option", name="map", type="List")
        for value, words in _VALUE_WORDS[name].items():
            SubElement(SubElement(rows, "Option", type="Map"), "Option", name=words, type="QString", value=value)


def _map_tip(root: Element, heading: str, lines: Iterable[str]) -> None:
    parts = [f"<b>[% {heading} %]</b>", *(f"<div>[% {line} %]</div>" for line in lines)]
    SubElement(root, "mapTip").text = "".join(parts)


def _shown_as(root: Element, expression: str) -> None:
    SubElement(root, "previewExpression").text = expression


# -- the layers --------------------------------------------------------------------------------------------------


def _routes(root: Element) -> None:
    _temporal(root)
    _line_renderer(root, "geometry_n($geometry, num_geometries($geometry))")
    _labels(root, "coalesce(\"carrier\", '')", "#3d3d3d", placement=3)
    _value_maps(root, ("mode", "status", "certainty"))
    _shown_as(root, "coalesce(\"carrier\", 'route') || ' ' || coalesce(\"stops\", '')")
    _map_tip(
        root,
        escaped("carrier"),
        (
            escaped("stops"),
            f"{escaped('status')} || ', ' || {escaped('certainty')} || ' ' || {escaped('date_text')}",
            f"'“' || {escaped('quote')} || '”'",
            escaped("sources"),
            "'path: ' || " + escaped("path"),
        ),
    )


def _legs(root: Element) -> None:
    _temporal(root)
    _line_renderer(
        root, 'if("seq" = maximum("seq", "route_id"), geometry_n($geometry, num_geometries($geometry)), NULL)'
    )
    _value_maps(root, ("mode", "status", "certainty"))
    _shown_as(root, "coalesce(\"from_name\", '?') || ' → ' || coalesce(\"to_name\", '?')")
    _map_tip(
        root,
        f"{escaped('from_name')} || ' → ' || {escaped('to_name')}",
        (f"round(\"distance_km\") || ' km, path: ' || {escaped('path')}", f"'“' || {escaped('quote')} || '”'"),
    )


def _stops(root: Element) -> None:
    _temporal(root)
    _point_renderer(root, style.MODE_HUES[Mode.UNKNOWN])
    _labels(root, "\"seq\" || '  ' || coalesce(\"name\", '')", style.MODE_HUES[Mode.UNKNOWN].ink, placement=6)
    _value_maps(root, ("role", "precision"))
    _shown_as(root, "\"seq\" || ' ' || coalesce(\"name\", '')")
    _map_tip(root, escaped("name"), (f"{escaped('role')} || ', ' || {escaped('precision')}",))


def _deployments(root: Element) -> None:
    _temporal(root)
    _point_renderer(root, style.DEPLOYMENT_HUE)
    label = "coalesce(\"force\", '') || coalesce(' (' || \"size_text\" || ')', '')"
    _labels(root, label, style.DEPLOYMENT_HUE.ink, placement=6)
    _value_maps(root, ("status", "certainty", "precision"))
    _shown_as(root, "coalesce(\"force\", '') || ' at ' || coalesce(\"place_name\", '')")
    _map_tip(
        root,
        escaped("force"),
        (
            f"{escaped('place_name')} || ' ' || {escaped('size_text')}",
            f"{escaped('status')} || ', ' || {escaped('certainty')} || ' ' || {escaped('date_text')}",
            f"'“' || {escaped('quote')} || '”'",
            escaped("sources"),
        ),
    )


def _places(root: Element) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0", forceraster="0"
    )
    dot = symbols.simple_marker("circle", style.NEUTRAL_HUE.light, _DOT_MM * 0.6, outline="#ffffff")
    SubElement(renderer, "symbols").append(symbols.symbol("marker", "0", [dot]))
    _shown_as(root, '"name"')
    _map_tip(root, escaped("name"), (f"\"mentions\" || ' mentions in ' || {escaped('reports')}",))


def _single_symbol(root: Element, made: Element) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0", forceraster="0"
    )
    SubElement(renderer, "symbols").append(made)


def _base_land(root: Element) -> None:
    fill = symbols.simple_fill(style.LIGHT.land, style.LIGHT.coast, 0.15)
    _single_symbol(root, symbols.symbol("fill", "0", [fill]))


def _base_borders(root: Element) -> None:
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0", forceraster="0"
    )
    rules = SubElement(renderer, "rules", key="{root}")
    made = SubElement(renderer, "symbols")
    for number, (label, colour, dash) in enumerate(
        (("Border", style.LIGHT.border, ()), ("Disputed border", style.LIGHT.disputed, (1.2, 0.8)))
    ):
        made.append(symbols.symbol("line", str(number), [symbols.simple_line(colour, 0.2, dash)]))
        shown = f'"disputed" = {number}'
        SubElement(rules, "rule", key=f"{{{number}}}", label=label, filter=shown, symbol=str(number))


_BUILDERS: dict[str, Callable[[Element], None]] = {
    "routes": _routes,
    "legs": _legs,
    "stops": _stops,
    "deployments": _deployments,
    "places": _places,
    "base_land": _base_land,
    "base_borders": _base_borders,
}
STYLED_LAYERS = ("routes", "legs", "stops", "deployments", "places")
BASE_LAYERS = ("base_land", "base_borders")
