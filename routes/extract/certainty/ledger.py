"""What the words round a clause decide of it: the judgement, and the ledger it is made from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from routes.model import Certainty, Span, Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from routes.extract.text.parsing import Parsed

KINDS = (
    "negated", "hypothetical", "requested", "planned", "ongoing", "attempted", "thwarted", "denied", "hedged",
    "attributed", "purpose", "past", "present", "imagined",
)  # fmt: skip


KIND_OF = {"hedging": "hedged", "considered": "hypothetical"}
"""Which kind the lists of certainty.toml note, where it is named otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that decided something about a clause.

    Attributes:
        kind: One of ``KINDS``.
        span: Where they stand in the report.
        words: As written.
    """

    kind: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the words round a clause say of it.

    Attributes:
        negated: It did not happen.
        hypothetical: It is supposed, weighed or asked about.
        requested: Somebody wants it.
        planned: It is to happen.
        ongoing: It is under way.
        attempted: It was begun or due and not carried through.
        thwarted: Its mover was stopped, seized or turned back.
        denied: A source denies it, or it was refused.
        hedged: Nobody quite vouches for it.
        reported: A source is given for it, named or not ("he said").
        purpose: It is what something else was done for ("left to deliver grain").
        past, present: The tense of its own finite verb; both False without one.
        attribution: The source as named, or None.
        cues: The words that decided.
    """

    negated: bool = False
    hypothetical: bool = False
    requested: bool = False
    planned: bool = False
    ongoing: bool = False
    attempted: bool = False
    thwarted: bool = False
    denied: bool = False
    hedged: bool = False
    reported: bool = False
    purpose: bool = False
    past: bool = False
    present: bool = False
    attribution: str | None = None
    cues: tuple[Cue, ...] = ()

    @property
    def status(self) -> Status | None:
        """How far it got; None where it is no move at all: not done, only supposed, or only asked for."""
        if self.denied:
            return Status.DENIED
        if self.attempted or self.thwarted:
            return Status.ATTEMPTED
        if self.negated or self.hypothetical or self.requested:
            return None
        if self.planned:
            return Status.PLANNED
        return Status.ONGOING if self.ongoing else Status.COMPLETED

    def without_negation(self) -> Judgement:
        """The same of what holds because this does not: who "has not left" is there."""
        return replace(self, negated=False, planned=False, past=False, present=True)

    @property
    def certainty(self) -> Certainty:
        """Hedged wins over attributed, attributed over stated."""
        if self.hedged:
            return Certainty.HEDGED
        return Certainty.ATTRIBUTED if self.reported else Certainty.STATED

    @property
    def reasons(self) -> tuple[str, ...]:
        """The deciding words in a reader's terms, such as ``"is expected": planned``."""
        return tuple(f"“{cue.words}”: {cue.kind}" for cue in self.cues if cue.kind not in {"past", "present"})


@dataclass(slots=True)
class Ledger:
    """What has been noted on the way up; becomes a Judgement."""

    parsed: Parsed
    text: str
    kinds: set[str] = field(default_factory=set)
    cues: list[Cue] = field(default_factory=list)
    attribution: str | None = None
    would: bool = False

    def note(self, kind: str, *tokens: Token | None) -> None:
        """Note a kind, and the first time also the words that decided it."""
        found = sorted(t.i for t in tokens if t is not None)
        if kind not in self.kinds and found:
            spans = [self.parsed.spans[i] for i in found]
            words = " … ".join(self.text[s.start : s.end] for s in spans)
            self.cues.append(Cue(kind=kind, span=Span(start=spans[0].start, end=spans[-1].end), words=words))
        self.kinds.add(kind)

    def drop(self, kind: str) -> None:
        """Take a kind back."""
        self.kinds.discard(kind)
        self.cues = [cue for cue in self.cues if cue.kind != kind]

    def source(self, word: Token, phrase: tuple[int, int] | None) -> None:
        """Note a source: the word that gives it and the tokens of its name; the first one stays."""
        self.note("attributed", word)
        if self.attribution is None and phrase is not None:
            span = self.parsed.span(*phrase)
            self.attribution = " ".join(self.text[span.start : span.end].split())

    def judgement(self) -> Judgement:
        """What it all comes to."""
        kinds = self.kinds
        if "imagined" in kinds:  # what happens in it did not happen at all
            kinds = (kinds - {"attempted", "thwarted", "denied", "negated"}) | {"hypothetical"}
        return Judgement(
            negated="negated" in kinds,
            hypothetical="hypothetical" in kinds,
            requested="requested" in kinds,
            planned="planned" in kinds,
            ongoing="ongoing" in kinds,
            attempted="attempted" in kinds,
            thwarted="thwarted" in kinds,
            denied="denied" in kinds,
            hedged="hedged" in kinds,
            reported="attributed" in kinds,
            purpose="purpose" in kinds,
            past="past" in kinds,
            present="present" in kinds,
            attribution=self.attribution,
            cues=tuple(self.cues),
        )
