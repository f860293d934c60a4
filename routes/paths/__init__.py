"""A leg becomes a line on the globe."""
