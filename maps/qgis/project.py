"""A QGIS project over the GeoPackage beside it: groups, styles, relations, time, base map, all by relative path."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from maps.captions import BASE_CREDIT, SCHEMATIC, source_line
from maps.figure.text import printable
from maps.headline import headline
from maps.qgis.styles import BASE_LAYERS, STYLED_LAYERS, VERSION, style_tree

if TYPE_CHECKING:
    from routes.model import Atlas

_TABLES = ("claims", "reports")
_TITLES = {
    "routes": "Routes",
    "legs": "Legs",
    "stops": "Stops",
    "deployments": "Deployments",
    "places": "Places named",
    "claims": "Claims",
    "reports": "Reports",
    "base_land": "Land",
    "base_borders": "Borders",
}
_KINDS = {
    "routes": ("Line", "MultiLineString"),
    "legs": ("Line", "MultiLineString"),
    "stops": ("Point", "Point"),
    "deployments": ("Point", "Point"),
    "places": ("Point", "Point"),
    "base_land": ("Polygon", "MultiPolygon"),
    "base_borders": ("Line", "MultiLineString"),
    "claims": ("No geometry", "NoGeometry"),
    "reports": ("No geometry", "NoGeometry"),
}
_RELATIONS = (
    ("legs_of_route", "Legs", "legs", "route_id", "routes", "id"),
    ("stops_of_route", "Stops", "stops", "route_id", "routes", "id"),
    ("claims_of_route", "Claims", "claims", "event_id", "routes", "id"),
    ("claims_of_deployment", "Claims", "claims", "event_id", "deployments", "id"),
    ("claims_of_report", "Claims", "claims", "report_id", "reports", "id"),
)
"""Identifier, name, referencing layer and field, referenced layer and field."""
_UNSEEN = ("legs", "places")
"""Layers there for work, not for the first look: legs repeat the routes."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_EQUATOR_RADIUS_M = 6378137.0
_MERCATOR_LIMIT_DEG = 85.0
_HALF_TURN = 180.0


def central_meridian(atlas: Atlas) -> float:
    """0, or the meridian to centre on where a route crosses the antimeridian, degrees."""
    lons = [lon for leg in atlas.legs for lon, _ in leg.line]
    if not lons or (min(lons) >= -_HALF_TURN and max(lons) <= _HALF_TURN):
        return 0.0
    ordered = np.unique(np.round((np.asarray(lons) + _HALF_TURN) % 360 - _HALF_TURN, 1))
    gaps = np.diff(np.append(ordered, ordered[0] + 360))
    widest = int(np.argmax(gaps))
    return float(round((ordered[widest] + gaps[widest] / 2) % 360 - _HALF_TURN))


def write_project(atlas: Atlas, path: Path, *, geopackage: str = "dateline.gpkg") -> None:
    """Write the project; the same atlas gives the same bytes.

    Args:
        atlas: What the GeoPackage shows.
        path: Where to, ending in .qgz.
        geopackage: Name of the GeoPackage in the same folder.
    """
    body = tostring(_project(atlas, geopackage), encoding="unicode")
    document = f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo(f"{path.stem}.qgs", _ZIP_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, document)


def _project(atlas: Atlas, geopackage: str) -> Element:
    title = printable(headline(atlas))
    root = Element("qgis", projectname=title, version=VERSION)
    SubElement(root, "title").text = title
    centre = central_meridian(atlas)
    SubElement(root, "projectCrs").append(_mercator(centre))
    tree = SubElement(root, "layer-tree-group")
    _group(tree, "Reported", ("stops", "deployments", "routes", "legs", "places"), geopackage)
    _group(tree, "Tables", _TABLES, geopackage)
    _group(tree, "Base map: Natural Earth", BASE_LAYERS[::-1], geopackage)
    _add_relations(root)
    layers = SubElement(root, "projectlayers")
    for name in (*STYLED_LAYERS, *_TABLES, *BASE_LAYERS):
        layers.append(_layer(name, geopackage))
    _add_properties(root, atlas)
    _add_view(root, atlas, centre)
    _add_time(root, atlas)
    return root


def _group(tree: Element, name: str, layers: Iterable[str], geopackage: str) -> None:
    group = SubElement(tree, "layer-tree-group", name=name, checked="Qt::Checked", expanded="1")
    for layer in layers:
        SubElement(
            group,
            "layer-tree-layer",
            id=_id(layer),
            name=_TITLES[layer],
            providerKey="ogr",
            source=_source(layer, geopackage),
            checked="Qt::Unchecked" if layer in _UNSEEN else "Qt::Checked",
            expanded="1" if layer == "routes" else "0",
        )


def _id(layer: str) -> str:
    """QGIS gives a layer a new id where it has fewer than eleven characters."""
    return f"dateline_{layer}"


def _source(layer: str, geopackage: str) -> str:
    return f"./{geopackage}|layername={layer}"


def _layer(name: str, geopackage: str) -> Element:
    geometry, wkb = _KINDS[name]
    style = Element("style") if name in _TABLES else style_tree(name)
    made = Element("maplayer", type="vector", geometry=geometry, wkbType=wkb)
    made.set("labelsEnabled", style.get("labelsEnabled", "0"))
    SubElement(made, "id").text = _id(name)
    SubElement(made, "datasource").text = _source(name, geopackage)
    SubElement(made, "layername").text = _TITLES[name]
    SubElement(made, "provider", encoding="UTF-8").text = "ogr"
    SubElement(made, "attribution").text = BASE_CREDIT
    if name not in _TABLES:
        SubElement(made, "srs").append(_reference("+proj=longlat +datum=WGS84 +no_defs", "EPSG:4326", geographic=True))
    made.extend(style)
    return made


def _add_relations(root: Element) -> None:
    relations = SubElement(root, "relations")
    for identifier, name, child, child_field, parent, parent_field in _RELATIONS:
        relation = SubElement(
            relations,
            "relation",
            id=identifier,
            name=name,
            referencingLayer=_id(child),
            referencedLayer=_id(parent),
            strength="Association",
        )
        SubElement(relation, "fieldRef", referencingField=child_field, referencedField=parent_field)


def _add_properties(root: Element, atlas: Atlas) -> None:
    properties = SubElement(root, "properties")
    SubElement(SubElement(properties, "Paths"), "Absolute", type="bool").text = "false"
    SubElement(SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", type="int").text = "1"
    label = SubElement(properties, "CopyrightLabel")
    SubElement(label, "Enabled", type="bool").text = "true"
    SubElement(label, "Label", type="QString").text = f"{SCHEMATIC} {BASE_CREDIT}"
    metadata = SubElement(root, "projectMetadata")
    SubElement(metadata, "title").text = printable(headline(atlas))
    SubElement(metadata, "abstract").text = printable(f"{SCHEMATIC} {source_line(atlas.reports)} {BASE_CREDIT}")


# -- where and when ----------------------------------------------------------------------------------------------


def _reference(proj: str, authority: str | None, *, geographic: bool) -> Element:
    reference = Element("spatialrefsys")
    SubElement(reference, "proj4").text = proj
    if authority:
        SubElement(reference, "srid").text = authority.split(":")[1]
        SubElement(reference, "authid").text = authority
    SubElement(reference, "geographicflag").text = "true" if geographic else "false"
    return reference


def _mercator(centre: float) -> Element:
    """Web Mercator, or the same with another central meridian where routes cross the antimeridian."""
    if centre == 0:
        return _reference(
            "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext",
            "EPSG:3857",
            geographic=False,
        )
    proj = f"+proj=merc +lon_0={centre:g} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs"
    return _reference(proj, None, geographic=False)


def _add_view(root: Element, atlas: Atlas, centre: float) -> None:
    xs, ys = _extent(atlas, centre)
    corners = {"xmin": xs[0], "xmax": xs[1], "ymin": ys[0], "ymax": ys[1]}
    settings = SubElement(root, "ProjectViewSettings", UseProjectScales="0")
    view = SubElement(settings, "DefaultViewExtent", {k: f"{v:.1f}" for k, v in corners.items()})
    view.append(_mercator(centre))
    canvas = SubElement(root, "mapcanvas", name="theMapCanvas")
    SubElement(canvas, "units").text = "meters"
    extent = SubElement(canvas, "extent")
    for name, value in corners.items():
        SubElement(extent, name).text = f"{value:.1f}"
    SubElement(canvas, "destinationsrs").append(_mercator(centre))


def _extent(atlas: Atlas, centre: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """What is shown and a fifth round it, in metres of Mercator."""
    points = [xy for leg in atlas.legs for xy in leg.line]
    stops = [stop.position for event in atlas.routes for stop in event.merged.stops]
    forces = [event.merged.position for event in atlas.deployments]
    points += [(p.lon, p.lat) for p in (*stops, *forces) if p.lon is not None and p.lat is not None]
    if not points:
        points = [(-170.0, -60.0), (170.0, 75.0)]
    lon, lat = np.asarray(points, dtype=float).T
    x = np.radians((lon - centre + _HALF_TURN) % 360 - _HALF_TURN) * _EQUATOR_RADIUS_M
    held = np.radians(np.clip(lat, -_MERCATOR_LIMIT_DEG, _MERCATOR_LIMIT_DEG))
    y = np.log(np.tan(np.pi / 4 + held / 2)) * _EQUATOR_RADIUS_M
    return _widened(x), _widened(y)


def _widened(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    pad = max(0.1 * (high - low), 200_000.0)
    return low - pad, high + pad


def _add_time(root: Element, atlas: Atlas) -> None:
    """The temporal controller over the days of the dated claims, a day a step."""
    intervals = [route.merged.date for route in atlas.routes] + [force.merged.date for force in atlas.deployments]
    starts = [interval.start for interval in intervals if interval.start]
    ends = [interval.end for interval in intervals if interval.end]
    if not starts or not ends:
        return
    settings = SubElement(
        root, "ProjectTimeSettings", timeStep="1", timeStepUnit="d", frameRate="1", cumulativeTemporalRange="0"
    )
    span = SubElement(settings, "TemporalRange")
    SubElement(span, "start").text = f"{min(starts).isoformat()}T00:00:00Z"
    SubElement(span, "end").text = f"{max(ends).isoformat()}T00:00:00Z"
