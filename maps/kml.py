"""The atlas as KML 2.2 for Google Earth: a folder a route, time spans, quotes in balloons, nothing fetched.

Balloons are HTML, so whatever comes from a report is escaped once for HTML and then, by the writer, for XML.
Coordinates are (lon, lat) in WGS84 degrees as KML has them; lines are cut at ±180 leg by leg.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from maps import style
from maps.captions import SCHEMATIC, interval_words, source_line
from maps.figure.text import printable
from maps.headline import headline
from routes.paths.split import split_line

if TYPE_CHECKING:
    from routes.model import Atlas, DateInterval, DeploymentEvent, Evidence, Leg, Position, Report, RouteEvent, Stop

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_OPAQUE = "ff"
_SOFT = "66"


def write_kml(atlas: Atlas, path: Path) -> None:
    """Write the atlas as a KML file; the same atlas gives the same bytes.

    Args:
        atlas: What to show, legs drawn.
        path: Where to.
    """
    root = Element("kml", xmlns=_NAMESPACE)
    document = SubElement(root, "Document")
    _say(document, "name", headline(atlas))
    _say(document, "description", html.escape(f"{SCHEMATIC} {source_line(atlas.reports)}"))
    styles: dict[str, Element] = {}
    reports = {report.id: report for report in atlas.reports}
    legs: dict[str, list[Leg]] = {}
    for leg in atlas.legs:
        legs.setdefault(leg.route_id, []).append(leg)
    for event in atlas.routes:
        document.append(_route_folder(event, legs.get(event.id, []), reports, styles))
    if atlas.deployments:
        folder = SubElement(document, "Folder")
        _say(folder, "name", "Deployments")
        folder.extend(_force_mark(event, reports, styles) for event in atlas.deployments)
    for place, key in enumerate(sorted(styles), 2):
        document.insert(place, styles[key])
    indent(root, " ")
    ElementTree(root).write(path, encoding="UTF-8", xml_declaration=True)


# -- features ----------------------------------------------------------------------------------------------------


def _route_folder(
    event: RouteEvent, legs: list[Leg], reports: dict[str, Report], styles: dict[str, Element]
) -> Element:
    trip = event.merged
    folder = Element("Folder")
    names = " – ".join(stop.position.name for stop in trip.stops)
    _say(folder, "name", f"{trip.carrier or 'Movement'}: {names}")
    balloon = _balloon(
        f"{style.status_words(trip.status, trip.certainty)}; {interval_words(trip.date)}",
        ((claim.report_id, claim.movement.evidence) for claim in event.claims),
        reports,
    )
    look = style.line_style(trip.mode, trip.status, trip.certainty, support=event.support)
    stops = {stop.seq: stop for stop in trip.stops}
    for leg in legs:
        mark = SubElement(folder, "Placemark", id=leg.id)
        _say(mark, "name", f"{stops[leg.from_seq].position.name} – {stops[leg.to_seq].position.name}")
        _say(mark, "description", balloon + html.escape(f" {style.PATH_WORDS[leg.path]}."))
        _time_span(mark, trip.date)
        _say(mark, "styleUrl", "#" + _line_style(look, styles))
        _write_line(mark, leg)
    folder.extend(_stop_mark(event, stop, balloon, look, styles) for stop in trip.stops if _has_point(stop.position))
    return folder


def _stop_mark(
    event: RouteEvent, stop: Stop, balloon: str, look: style.LineStyle, styles: dict[str, Element]
) -> Element:
    mark = Element("Placemark", id=f"s-{event.id}-{stop.seq}")
    _say(mark, "name", f"{stop.seq} {stop.position.name}")
    known = style.PRECISION_WORDS[stop.position.precision] if stop.position.precision else ""
    _say(mark, "description", html.escape(f"{style.ROLE_WORDS[stop.role]}, {known}. ") + balloon)
    _time_span(mark, stop.date)
    _say(mark, "styleUrl", "#" + _point_style(look.hue, stop.position, styles))
    _write_point(mark, stop.position)
    return mark


def _force_mark(event: DeploymentEvent, reports: dict[str, Report], styles: dict[str, Element]) -> Element:
    force = event.merged
    mark = Element("Placemark", id=event.id)
    _say(mark, "name", f"{force.unit or force.force or 'Force'}{f' ({force.size_text})' if force.size_text else ''}")
    balloon = _balloon(
        f"{force.position.name}: {style.status_words(force.status, force.certainty)}; {interval_words(force.date)}",
        ((claim.report_id, claim.deployment.evidence) for claim in event.claims),
        reports,
    )
    _say(mark, "description", balloon)
    _time_span(mark, force.date)
    _say(mark, "styleUrl", "#" + _point_style(style.DEPLOYMENT_HUE, force.position, styles))
    if _has_point(force.position):
        _write_point(mark, force.position)
    return mark


# -- parts -------------------------------------------------------------------------------------------------------


def _say(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = printable(words)


def _balloon(said: str, told: Iterable[tuple[str, tuple[Evidence, ...]]], reports: dict[str, Report]) -> str:
    """Status and quotes as HTML, everything from reports escaped."""
    parts = [f"<p>{html.escape(said)}</p>"]
    for report_id, evidence in told:
        report = reports[report_id]
        name = html.escape(report.publisher or report.title or report.id)
        url = report.url or ""
        if urlsplit(url).scheme in ("http", "https"):
            name = f'<a href="{html.escape(url)}">{name}</a>'
        parts += [f"<blockquote>“{html.escape(piece.quote)}”<br>{name}</blockquote>" for piece in evidence]
    return "".join(parts)


def _time_span(parent: Element, interval: DateInterval) -> None:
    if interval.start or interval.end:
        span = SubElement(parent, "TimeSpan")
        for tag, day in (("begin", interval.start), ("end", interval.end)):
            if day:
                SubElement(span, tag).text = day.isoformat()


def _write_line(mark: Element, leg: Leg) -> None:
    parts = split_line(leg.line)
    holder = mark if len(parts) == 1 else SubElement(mark, "MultiGeometry")
    for part in parts:
        line = SubElement(holder, "LineString")
        SubElement(line, "tessellate").text = "1"
        SubElement(line, "coordinates").text = " ".join(f"{lon:.6f},{lat:.6f}" for lon, lat in part)


def _write_point(mark: Element, position: Position) -> None:
    point = SubElement(mark, "Point")
    SubElement(point, "coordinates").text = f"{position.lon:.6f},{position.lat:.6f}"


def _has_point(position: Position) -> bool:
    return position.lon is not None and position.lat is not None


# -- styles ------------------------------------------------------------------------------------------------------


def _kml_colour(hex_colour: str, alpha: str = _OPAQUE) -> str:
    """KML writes colours as alpha, blue, green, red."""
    return f"{alpha}{hex_colour[5:7]}{hex_colour[3:5]}{hex_colour[1:3]}"


def _line_style(look: style.LineStyle, styles: dict[str, Element]) -> str:
    """KML has no dashes: what is not stated is drawn half transparent, and the balloon says what it is."""
    alpha = _SOFT if look.stroke.dash else _OPAQUE
    key = f"line-{look.colour[1:]}-{look.width:g}-{alpha}"
    if key not in styles:
        styles[key] = Element("Style", id=key)
        line = SubElement(styles[key], "LineStyle")
        SubElement(line, "color").text = _kml_colour(look.colour, alpha)
        SubElement(line, "width").text = f"{look.width:g}"
    return key


def _point_style(hue: style.Hue, position: Position, styles: dict[str, Element]) -> str:
    """A point is named in its colour; a place known only as an area has a larger, paler label and no pin is fetched."""
    soft = style.mark_of(position.precision) is style.Mark.SOFT_RING
    key = f"point-{hue.light[1:]}-{'soft' if soft else 'crisp'}"
    if key not in styles:
        styles[key] = Element("Style", id=key)
        icon = SubElement(styles[key], "IconStyle")
        SubElement(icon, "color").text = _kml_colour(hue.light, _SOFT if soft else _OPAQUE)
        SubElement(icon, "scale").text = "1.4" if soft else "0.8"
        label = SubElement(styles[key], "LabelStyle")
        SubElement(label, "color").text = _kml_colour(hue.ink, _SOFT if soft else _OPAQUE)
    return key
