"""The entries of a report → moves: whose each entry is, how far it got, and what its heading and label add.

An entry that names its mover begins a new one; one without goes on with the entry before it in its paragraph, or with
the ship or aircraft named in the heading above. Nothing is hung on the neighbour's: where neither is there, it is not
read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from routes.extract.clipped.entries import read_entries
from routes.extract.clipped.entry_labels import label_of, listed
from routes.extract.clipped.entry_movers import Named, name_mover
from routes.extract.clipped.entry_reading import Reading
from routes.extract.clipped.entry_signs import FINITE
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.text.cutting import WORD
from routes.extract.text.parsing import DATELINE
from routes.extract.trips.clauses import Move, travelled
from routes.extract.trips.motion import find_moves
from routes.extract.trips.returns import and_back
from routes.extract.trips.slots import Part, Slot
from routes.model import MentionRole, Mode, SentenceKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from routes.extract.text.parsing import Parsed
    from routes.model import PlaceMention, Report, Sentence

REGISTER_WORDS = 12
"""A longer sentence does not just name the ship of its paragraph."""
HEADING_WORDS = 6
"""A line of more words does not name a ship for the lines below it."""


@dataclass(slots=True, kw_only=True)
class Page:
    """What is known of a report's page while its entries are read in order.

    Attributes:
        mode: What its headings and the entries that say so go by, or unknown.
        scene: The place its heading gives for a list of arrivals and departures, or None.
        heading: The carrier that the heading above names, or None.
        label: What the last label alone on its line says, or None.
        mover: Whose the last entry was, and in which paragraph.
        opener: Whom the first sentence of that paragraph names and nothing else ("TABAR, India, frigate."), or None.
    """

    mode: Mode
    scene: PlaceMention | None
    heading: Named | None = None
    label: str | None = None
    mover: Named | None = None
    opener: Named | None = None
    paragraph: int = -1


def clipped_moves(
    report: Report, sentences: Sequence[Sentence], parsed: Sequence[Parsed], places: Sequence[PlaceMention]
) -> dict[int, tuple[Move, ...]]:
    """The moves of the sentences that are entries.

    Args:
        report: The report.
        sentences: All its sentences, in order.
        parsed: Those that were parsed.
        places: Its place mentions in order.

    Returns:
        Index of the sentence → its moves; sentences that are no entries are not in it.
    """
    readings: dict[int, tuple[Reading, ...]] = {}
    several = Counter(one.index for one in parsed)
    for one in parsed:
        found_here = read_entries(one) if several[one.index] == 1 else ()
        if found_here:
            readings[one.index] = found_here
    if not readings:
        return {}
    page = Page(mode=_mode(report, sentences, readings), scene=_scene(report, sentences, places))
    found: dict[int, tuple[Move, ...]] = {}
    for index, sentence in enumerate(sentences):
        if index in readings:
            moves = tuple(move for reading in readings[index] for move in _moves(reading, page))
            if moves:
                found[index] = moves
        else:
            _turn_to(report.text[sentence.span.start : sentence.span.end], sentence, page)
            if page.opener is not None and page.paragraph == sentence.paragraph:
                here = (move for one in parsed if one.index == index for move in find_moves(one))
                told = tuple(_of_opener(move, page.opener) for move in here)
                found |= {index: told} if told else {}
    return found


def _of_opener(move: Move, opener: Named) -> Move:
    """A move of a sentence told in full, given to the ship its paragraph opens with where it names no mover itself."""
    return replace(move, named=opener) if move.subject is None and move.theme is None and not move.beside else move


def _words_of(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _mode(report: Report, sentences: Sequence[Sentence], readings: Mapping[int, Sequence[Reading]]) -> Mode:
    """What a report of entries is about: by the signs in its headings, and in the entries themselves."""
    votes: Counter[Mode] = Counter()
    for index, sentence in enumerate(sentences):
        words = _words_of(report.text[sentence.span.start : sentence.span.end])
        head = sentence.kind is SentenceKind.HEADING or report.text[sentence.span.end - 1] == ":"
        for mode in (Mode.SEA, Mode.AIR):
            if head and words & listed("headings", mode.value):
                votes[mode] += 2
        if index in readings:
            for mode in (Mode.SEA, Mode.AIR, Mode.LAND):
                votes[mode] += len(words & listed("signs", mode.value))
            votes.update(kind for reading in readings[index] if (kind := _own_mode(reading)) is not Mode.UNKNOWN)
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else Mode.UNKNOWN


def _own_mode(reading: Reading) -> Mode:
    """What the words for the mover of an entry say it goes by, counted where it is no convoy of cars."""
    named = _named(reading)
    return named.told.mode if named is not None and named.told.type in ("vessel", "aircraft") else Mode.UNKNOWN


def _scene(report: Report, sentences: Sequence[Sentence], places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The one place in the heading of a list of arrivals and departures."""
    for sentence in sentences[:3]:
        text = report.text[sentence.span.start : sentence.span.end]
        if sentence.kind is not SentenceKind.HEADING and text[-1] != ":":
            return None
        inside = [p for p in places if sentence.span.start <= p.span.start < sentence.span.end]
        literal = [p for p in inside if p.role is MentionRole.LITERAL and p.place is not None]
        if len(literal) == 1 and not DATELINE.match(text) and _words_of(text) & listed("headings", "scene"):
            return literal[0]
    return None


def _turn_to(text: str, sentence: Sentence, page: Page) -> None:
    """Take note of a line that is no entry: a label, a heading that names a carrier, or prose that ends both."""
    label = label_of(text) if text[-1:] == ":" or sentence.kind is SentenceKind.HEADING else None
    if label is not None:
        page.label, page.heading, page.mover = label, None, None
        return
    words = text.rstrip(":").split()
    alone = sentence.kind is SentenceKind.HEADING or text[-1:] == ":"
    if alone:
        page.label = None
        counts = _words_of(text) & listed("headings", "issue")
        short = len(words) <= HEADING_WORDS and not counts
        page.heading = name_mover(text.rstrip(": "), sentence.span.start) if short else None
        page.mover = None
    elif sentence.paragraph != page.paragraph:
        page.paragraph = sentence.paragraph
        page.mover = page.opener = _registered(text, sentence.span.start, page)


def _registered(text: str, at: int, page: Page) -> Named | None:
    """The ship or aircraft that a paragraph of a list opens with: "TABAR, India, frigate." and no more."""
    name, _, rest = text.partition(",")
    if not rest or len(text.split()) > REGISTER_WORDS or FINITE.search(text) is not None:
        return None
    named = name_mover(name, at, rest)
    if named is None or not named.told.names or not (named.told.type is not None or name.isupper()):
        return None
    return _typed(named, page.mode)


def _moves(reading: Reading, page: Page) -> Iterator[Move]:
    """The moves of one entry: what lies behind it, and what is to come."""
    mover = _mover(reading, page)
    page.mover = mover
    if mover is None and (reading.named or not reading.verbal):
        return
    if page.paragraph != reading.parsed.sentence.paragraph:
        page.paragraph, page.opener = reading.parsed.sentence.paragraph, None
    done, ahead = _parted(reading, page)
    if not any(slot.part is not Part.AT for slot in (*done, *ahead)):
        return
    at = next((last - 1 for first, last in (reading.subject, reading.spoken) if first < last), None)
    mode = page.mode if mover is None or mover.told.mode is Mode.UNKNOWN else mover.told.mode
    to_come = Status.ATTEMPTED if reading.failed or reading.came_back else Status.PLANNED
    if reading.underway and not done and not reading.failed:
        to_come = Status.ONGOING
    behind = to_come if reading.failed or reading.planned else Status.COMPLETED
    for slots, status in ((done, behind), (ahead, to_come)):
        if slots:
            move = Move(
                parsed=reading.parsed,
                token=min(slot.token for slot in slots),
                cue=load_lexicon().nouns["trip"],
                subject=at,
                theme=None,
                slots=travelled(list(slots)),
                mode=mode,
                named=mover,
                noted=status,
            )
            yield and_back(move)


def _mover(reading: Reading, page: Page) -> Named | None:
    """Whose an entry is: the mover it names, or that of the entry before it or of the heading above; None if unsure."""
    parsed = reading.parsed
    if not reading.named:
        if page.mover is not None and page.paragraph == parsed.sentence.paragraph:
            return page.mover
        return page.heading
    named = _named(reading)
    if named is None:
        return None
    return _typed(named, reading.mode if reading.mode is not Mode.UNKNOWN else page.mode)


def _typed(named: Named, mode: Mode) -> Named | None:
    """A mover with the type that its list goes by, where its own words say none; None if neither does."""
    if named.told.type is not None:
        return named
    if mode is Mode.UNKNOWN or not named.told.names:
        return None
    kind = {Mode.SEA: "vessel", Mode.AIR: "aircraft"}.get(mode, "convoy")
    return replace(named, told=replace(named.told, type=kind, mode=mode))


def _named(reading: Reading) -> Named | None:
    """The mover that an entry names: where it begins, or before its colon."""
    parsed = reading.parsed
    for first, last in (reading.subject, reading.spoken):
        if first < last:
            behind = min((slot.token for slot in reading.slots if slot.token >= last), default=len(parsed.doc))
            beside = _written(parsed, last, behind)
            named = name_mover(_written(parsed, first, last), parsed.span(first, last).start, beside)
            if named is not None:
                return named
    return None


def _written(parsed: Parsed, first: int, last: int) -> str:
    """Tokens as the report has them."""
    spans = parsed.spans
    return "".join(
        parsed.written[i] + (" " if i + 1 < last and spans[i].end < spans[i + 1].start else "")
        for i in range(first, last)
    )


def _parted(reading: Reading, page: Page) -> tuple[list[Slot], list[Slot]]:
    """The places of an entry that lie behind it, and those to come; the scene of the list is added where it is open."""
    slots = list(reading.slots)
    label = reading.label or page.label
    scene = page.scene
    parts = {slot.part for slot in slots}
    if scene is not None and not any(s.mention is not None and s.mention.place == scene.place for s in slots):
        slots += _scene_slot(reading, label, parts, scene)
    parts = {slot.part for slot in slots}
    firm = any(slot.part is Part.BOUND and slot.token not in reading.soft for slot in slots)
    here = parts & {Part.AT, Part.PASSED}
    over = not reading.came_back and (
        label == "goal"
        or Part.REACHED in parts
        or not (firm or here or reading.underway or label in ("origin", "due", "here"))
    )
    done: list[Slot] = []
    ahead: list[Slot] = []
    for slot in slots:
        if slot.part is not Part.BOUND:
            done.append(slot)
        elif slot.token in reading.soft and over:
            done.append(replace(slot, part=Part.REACHED))
        else:
            ahead.append(slot)
    if label == "goal" and Part.REACHED not in {s.part for s in done}:
        done = [replace(s, part=Part.REACHED) if s.part is Part.AT else s for s in done]
    return done, ahead


def _in_and_out(reading: Reading) -> bool:
    """Whether it came in from one place and goes out to another: "in from Bergen, out again for Oban"."""
    words = {token.lower_ for token in reading.parsed.doc}
    return "again" in words or any(slot.words.endswith("in from") for slot in reading.slots)


def _scene_slot(reading: Reading, label: str | None, parts: set[Part], scene: PlaceMention) -> list[Slot]:
    """The place of the list itself, where an entry says only where it came from or went to."""
    part = {"goal": Part.REACHED, "origin": Part.LEFT, "due": Part.BOUND, "here": Part.AT}.get(label or "")
    if part is None:
        ends = parts & {Part.LEFT, Part.BOUND, Part.REACHED}
        known = {frozenset((Part.LEFT,)): Part.REACHED, frozenset((Part.BOUND,)): Part.LEFT}
        part = known.get(frozenset(ends), Part.AT if _in_and_out(reading) else None)
    if part is None or part in parts:
        return []
    token = min((slot.token for slot in reading.slots), default=0)
    return [Slot(part=part, token=token, mention=scene, words=label or "the place of the list")]
