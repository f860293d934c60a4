"""The static figure: one map with legend, sources and caption, as SVG, PNG or PDF."""
