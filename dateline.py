"""The ``dateline`` command: parse the command line, make one public call, report. No logic lives here."""

from __future__ import annotations

__version__ = "0.1.0"
