"""The self-contained HTML map."""
