"""Moves told without a sentence: entries of bulletins, logs and lists, ways in notation and in codes."""
