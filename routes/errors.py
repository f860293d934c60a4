"""Errors of reading, extracting, weighing and writing. Each is also a builtin."""

from gazetteer.errors import DatelineError


class ReportError(DatelineError, ValueError):
    """A report cannot be read.

    Attributes:
        reason: Why, in words a reader understands.
        advice: What to do about it.
    """

    def __init__(self, reason: str, advice: str = "") -> None:
        """Keep the two apart, so that a message can name the input before them."""
        super().__init__(f"{reason}: {advice}" if advice else reason)
        self.reason = reason
        self.advice = advice


class NothingUsableError(DatelineError, ValueError):
    """No input gave a report."""


class LanguageModelMissingError(DatelineError, OSError):
    """The language model is not installed."""


class OutputError(DatelineError, OSError):
    """A file of the output cannot be written."""


class SettingsError(DatelineError, ValueError):
    """A corrections or sources file says something it cannot; the message names the file and the entry."""


class UnknownChokepointError(DatelineError, ValueError):
    """A strait or canal to avoid is none that is known; the message lists those that are."""


class UnknownEventError(DatelineError, LookupError):
    """No event has the id asked for; the message lists those there are."""


class ItineraryError(DatelineError, ValueError):
    """A typed itinerary is not understood; the message names the stop and says what to type."""


class ClusterError(DatelineError, OSError):
    """Workers cannot be reached, or one of them died."""


class TrackError(DatelineError, ValueError):
    """A track file cannot be read; the message names it and says what is expected."""
