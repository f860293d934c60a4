"""What QGIS needs to open the layers ready for work: styles, a styled GeoPackage, a project."""
