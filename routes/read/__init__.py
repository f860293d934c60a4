"""A path or a corpus row becomes a Report; one reader per format."""
