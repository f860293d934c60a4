"""Run by Debian's own Python inside QGIS: open a project and its GeoPackage and print what QGIS makes of them."""

import json
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize


def symbol_layers(rule, found):
    if rule.symbol():
        found.append([rule.label(), [layer.layerType() for layer in rule.symbol().symbolLayers()]])
        first = rule.symbol().symbolLayers()[0]
        if hasattr(first, "useCustomDashPattern"):
            found[-1].append(first.customDashVector() if first.useCustomDashPattern() else [])
    for child in rule.children():
        symbol_layers(child, found)
    return found


def describe(layer):
    told = {"valid": layer.isValid(), "count": layer.featureCount(), "crs": layer.crs().authid()}
    if layer.isSpatial():
        renderer = layer.renderer()
        told["renderer"] = renderer.type()
        told["rules"] = symbol_layers(renderer.rootRule(), []) if renderer.type() == "RuleRenderer" else []
        told["temporal"] = layer.temporalProperties().isActive()
        told["fields"] = {field.name(): field.typeName() for field in layer.fields()}
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        told["tips"] = []
        for feature in layer.getFeatures():
            context.setFeature(feature)
            told["tips"].append(QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context))
    return told


def main():
    folder, picture = Path(sys.argv[1]), sys.argv[2]
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    told = {"read": project.read(str(folder / "dateline.qgz")), "title": project.title()}
    layers = {layer.id().removeprefix("dateline_"): layer for layer in project.mapLayers().values()}
    told["layers"] = {name: describe(layer) for name, layer in layers.items()}
    told["sources"] = [layer.source() for layer in layers.values()]
    relations = project.relationManager().relations().values()
    told["relations"] = {relation.id(): relation.isValid() for relation in relations}
    legs = project.relationManager().relation("legs_of_route")
    route = next(layers["routes"].getFeatures(), None)
    told["legs_of_first"] = len(list(legs.getRelatedFeatures(route))) if route else 0
    told["project_crs"] = project.crs().toProj()
    told["time"] = project.timeSettings().temporalRange().begin().toString("yyyy-MM-dd")
    told["extent_width"] = project.viewSettings().defaultViewExtent().width()
    told["default_style"] = {
        name: QgsVectorLayer(f"{folder / 'dateline.gpkg'}|layername={name}", name, "ogr").renderer().type()
        for name in ("routes", "legs", "stops", "deployments")
    }
    told["sidecars"] = {
        path.stem: describe(QgsVectorLayer(str(path), path.stem, "ogr")) for path in sorted(folder.glob("*.geojson"))
    }
    settings = QgsMapSettings()
    settings.setLayers(project.layerTreeRoot().checkedLayers())
    settings.setOutputSize(QSize(900, 600))
    settings.setDestinationCrs(project.crs())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    told["drawn"] = job.renderedImage().save(picture)
    told["colours"] = len({job.renderedImage().pixel(x, y) for x in range(0, 900, 3) for y in range(0, 600, 3)})
    print(json.dumps(told))


main()
