"""Parsed sentences → moves, and the moves of one carrier → its trips."""
