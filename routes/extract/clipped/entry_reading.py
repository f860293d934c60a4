"""What an entry of clipped prose was read to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from routes.model import Mode

if TYPE_CHECKING:
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an entry says.

    Attributes:
        parsed: The sentence.
        subject: First token of the words for the mover, and the token behind the last; equal where it names none.
        spoken: The words before its colon, where they may name the mover instead.
        label: What the label before its colon says ("goal", "origin", "due", "here", "none"), or None.
        slots: Its places; of those with ``Part.BOUND`` none has been reached.
        soft: Tokens of the places that a plain "to" or the end of a notation brings in.
        dated_call: Whether it is a day and a place, as in a list of calls.
        mode: What its label says it goes by, or unknown.
        verbal: Whether it begins with a verb that has no subject ("Declares for Djibouti").
        came_back: Whether it went back before it reached what it was bound for.
        failed, planned, underway: Whether its words say that it was called off, is to come, or goes on.
    """

    parsed: Parsed
    subject: tuple[int, int]
    spoken: tuple[int, int]
    label: str | None
    slots: tuple[Slot, ...]
    soft: frozenset[int]
    mode: Mode = Mode.UNKNOWN
    dated_call: bool = False
    failed: bool = False
    planned: bool = False
    underway: bool = False
    verbal: bool = False
    came_back: bool = False

    @property
    def named(self) -> bool:
        """Whether it has words that may say who moves."""
        return self.subject[0] < self.subject[1] or self.spoken[0] < self.spoken[1]
