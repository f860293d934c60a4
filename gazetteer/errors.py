"""Errors of the gazetteer. Each is also a builtin, so that callers need not know this tree."""


class DatelineError(Exception):
    """The root of every error dateline raises on purpose; its message says what, where and what to do."""


class GazetteerMissingError(DatelineError, OSError):
    """The compiled gazetteer file is absent or is not one."""


class GazetteerBuildError(DatelineError, ValueError):
    """A source table of the gazetteer is malformed; the message names file and row."""


class UnknownPlaceError(DatelineError, LookupError):
    """No place has this id, code or name."""
