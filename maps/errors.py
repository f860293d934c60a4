"""Errors of drawing. Each is also a builtin."""

from gazetteer.errors import DatelineError


class MapError(DatelineError, ValueError):
    """The layers cannot be drawn; the message says why and what to do."""


class RunRecordError(DatelineError, ValueError):
    """A folder holds no run.json that can be used."""
