"""Written dates → intervals."""
