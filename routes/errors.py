"""Errors of reading, extracting, weighing and writing. Each is also a builtin."""

from gazetteer.errors import DatelineError


class ReportError(DatelineError, ValueError):
    """A report cannot be read; the message names the input, the reason and what to do."""


class ReportMissingError(DatelineError, OSError):
    """An input does not exist or may not be opened."""


class NothingUsableError(DatelineError, ValueError):
    """No input gave a report."""


class LanguageModelMissingError(DatelineError, OSError):
    """The language model is not installed."""


class OutputError(DatelineError, OSError):
    """A file of the output cannot be written."""
