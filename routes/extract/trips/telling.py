"""Move → what it says of each of its places: where, when, how sure, and where that stands in the order of things."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazetteer.place import Kind
from routes.extract.certainty.certainty import Judgement, judge
from routes.extract.certainty.falsehood import ruled_out
from routes.extract.certainty.refusals import granting_forms
from routes.extract.certainty.thwarting import lost
from routes.extract.dates.dates import DateKind, WrittenDate
from routes.extract.lexicon.tables import word_set
from routes.extract.places.extent import is_only_distance, pointed_at, position_of
from routes.extract.places.noun_places import RELATIVE
from routes.extract.trips.halts import Told
from routes.extract.trips.homeward import HOMEWARD, home_mention
from routes.extract.trips.sequence import GOING_ON, before_stop, is_earlier, is_onward, is_stopping, on_the_way
from routes.extract.trips.slots import Part
from routes.model import DateInterval, Position, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Token

    from routes.extract.places.spans import Names
    from routes.extract.text.parsing import Parsed
    from routes.extract.trips.clauses import Move
    from routes.extract.trips.slots import Slot
    from routes.model import PlaceMention, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known of a report while its moves are read."""

    report: Report
    places: Sequence[PlaceMention]
    visited: Sequence[PlaceMention]
    gazetteer: Names | None
    dates: Mapping[tuple[int, int], WrittenDate] = field(default_factory=dict)


def date_moves(
    parsed: Sequence[Parsed], moves: Sequence[Move], dates: Sequence[WrittenDate]
) -> dict[tuple[int, int], WrittenDate]:
    """Give every written date to the move it dates: the nearest that governs it, else the nearest in the sentence.

    Returns:
        Place of the parsed sentence and index of the move's token → its date, the first of several.
    """
    found: dict[tuple[int, int], WrittenDate] = {}
    dates = anchored(dates)
    for one in parsed:
        tokens = {move.token for move in moves if move.parsed is one}
        low, high = one.spans[0].start, one.spans[-1].end
        for written in dates if tokens else ():
            if written.bound in ("since", "until", "before") or not low <= written.span.start < high:
                continue
            at = next((i for i, s in enumerate(one.spans) if s.end > written.span.start), None)
            if at is not None:
                found.setdefault((low, _governor(one, at, tokens)), written)
    return found


def anchored(dates: Sequence[WrittenDate]) -> list[WrittenDate]:
    """Count "a day later" from the date before it in the text."""
    done: list[WrittenDate] = []
    last = DateInterval()
    for written in dates:
        one = written
        if written.kind is DateKind.OFFSET and last.start is not None:
            one = replace(written, interval=written.counted_from(last))
        if one.interval.start is not None:
            last = one.interval
        done.append(one)
    return done


def _governor(parsed: Parsed, at: int, tokens: set[int]) -> int:
    token = parsed.doc[at]
    for _ in range(MAX_CLIMB):
        if token.i in tokens:
            return token.i
        below = [c.i for c in token.children if c.i in tokens and c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
        if below and token.pos_ in ("VERB", "AUX"):
            return below[0]
        if token.head == token:
            break
        token = token.head
    return min(tokens, key=lambda i: (abs(i - at), i))


MAX_CLIMB = 12
"""So many governors of a date are looked at."""


def _when(move: Move, scene: Scene, *, planned: bool) -> DateInterval:
    """The date of a move, read by its tense."""
    written = scene.dates.get((move.parsed.spans[0].start, move.token))
    return written.read(future=planned) if written is not None else DateInterval()


def _dates_slot(move: Move, slot: Slot) -> bool:
    """Whether a move's date is that of this place: the start where something was left, else every place told."""
    left = any(s.part is Part.LEFT for s in move.slots)
    reached = any(s.part is not Part.LEFT for s in move.slots)
    if reached and move.cue.frame.name in ("arrive", "reach", "call", "stay", "unload"):
        return slot.part is not Part.LEFT
    return slot.part is Part.LEFT if left else True


def tell(move: Move, scene: Scene) -> tuple[Judgement, list[Told]]:
    """What a move says of its places, in travelled order; nothing where it did not and will not happen."""
    head = move.parsed.doc[move.token]
    judgement = judge(head, move.parsed, scene.report.text)
    status = _status(move, head, judgement, scene)
    if status is None:
        return judgement, []
    told = []
    for slot in move.slots:
        token = move.parsed.doc[slot.token]
        if not move.thwarted and ruled_out(move.parsed.doc, slot.token):
            continue
        known = _known(move, scene) if token.lower_ == "there" else scene.places
        home = home_mention(move.parsed, token) if token.lower_ in HOMEWARD else None
        mention = slot.mention or home or pointed_at(scene.report.text, move.parsed, token, known, scene.gazetteer)
        if mention is not None and not _only_distance(move, slot, mention, scene):
            told.append(_told(move, slot, mention, status, judgement, scene))
    return judgement, _within(told)


def _only_distance(move: Move, slot: Slot, mention: PlaceMention, scene: Scene) -> bool:
    """Whether a place only says how far off something is; "sailed 800 miles from Perth" says how long the way was."""
    pointer = move.parsed.doc[slot.token].lower_ in RELATIVE  # "two days from Nairobi, where they had set off"
    if pointer or not is_only_distance(scene.report.text, mention):
        return False
    head = move.parsed.doc[move.token]
    travelled = slot.part is Part.LEFT and head.pos_ == "VERB" and move.cue.frame.name in ("move", "pass", "setoff")
    return not (travelled and any(c.lower_ in word_set("way_objects") for c in head.children))


def _known(move: Move, scene: Scene) -> Sequence[PlaceMention]:
    """What "there" may mean: places visited, and a town the sentence before tells something of ("joined her in X")."""
    start = move.parsed.spans[0].start
    last = max((p.span.end for p in scene.visited if p.span.end <= start), default=0)
    text = scene.report.text
    near = [
        p
        for p in scene.places
        if last < p.span.start < start
        and p.place is not None
        and p.place.kind in (Kind.CITY, Kind.SITE)
        and text[max(0, p.span.start - 4) : p.span.start].endswith((" in ", " at "))
        and not any(mark in text[p.span.end : start].rstrip()[:-1] for mark in (". ", "! ", "? ", "\n"))
    ]
    return sorted((*scene.visited, *near), key=lambda p: p.span.start) if near else scene.visited


def _within(told: list[Told]) -> list[Told]:
    """Put a name the gazetteer lacks where the words say it lies: "the Jose terminal in eastern Venezuela"."""
    done: list[Told] = []
    for one in told:
        last = done[-1] if done else None
        wide = one.position.kind in (Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2, Kind.REGION) and one.words.endswith(" in")
        if wide and last is not None and last.position.lon is None and one.part is last.part:
            done[-1] = replace(last, position=replace(one.position, name=last.position.name, place_id=None))
        else:
            done.append(one)
    return done


def _status(move: Move, head: Token, judgement: Judgement, scene: Scene) -> Status | None:
    """How far a move got; None where it is none."""
    if move.noted is not None:
        return move.noted
    if move.thwarted:
        return Status.ATTEMPTED
    if _either(move):
        return None
    status = judgement.status
    if move.refused:
        granted = judgement.negated and move.parsed.doc[move.token].lower_ not in granting_forms()
        unreal = judgement.hypothetical or judgement.requested or judgement.planned or judgement.denied or granted
        return None if unreal else Status.DENIED
    if judgement.negated and not judgement.hypothetical and head.pos_ in ("VERB", "AUX", "ADJ") and _reaches(move):
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)
        return Status.ATTEMPTED if (judgement.past and not infinitive) or judgement.attempted else None
    if status is Status.PLANNED:
        if head.lower_ in word_set("due_words") and _missed(head, move, scene):
            return Status.ATTEMPTED
        return Status.COMPLETED if _first_to(head) else status
    if status is Status.ONGOING and (_told_in_past(head) or move.cue.frame.name in ("unload", "stay", "load")):
        status = Status.COMPLETED
    expected = head.lower_ in word_set("due_words") or move.due or _is_due(head) or _on_schedule(move, head, scene)
    due = expected and status in (Status.COMPLETED, Status.ONGOING)
    ordered = move.cue.words == ("order", "to") and status is Status.COMPLETED
    if due and (_long_past(head) or _missed(head, move, scene)):
        return Status.ATTEMPTED
    return Status.PLANNED if due or ordered else status


def _is_due(head: Token) -> bool:
    """Whether it is "where she is due": being there is still to come."""
    return head.pos_ == "AUX" and any(c.dep_ in ("acomp", "attr") and c.lower_ == "due" for c in head.children)


SCHEDULE_DAYS = 150
"""A day without a year so soon after publication may be meant by a verb in the present."""


def _on_schedule(move: Move, head: Token, scene: Scene) -> bool:
    """Whether a verb in the present has a date to come: "travels on to Manila on Friday"."""
    if head.dep_ == "pobj" and head.pos_ == "NOUN" and head.head.head.pos_ == "VERB":
        head = head.head.head  # "they go on the ferry from Kiel to Gdynia on Tuesday"
    present = head.tag_ in ("VBZ", "VBP") and head.pos_ == "VERB" and not any(c.dep_ == "aux" for c in head.children)
    going = head.tag_ == "VBG" and any(c.lower_ in ("is", "are") and c.dep_ == "aux" for c in head.children)
    written = scene.dates.get((move.parsed.spans[0].start, move.token))
    published = scene.report.published
    if not (present or going) or written is None or published is None or written.bound == "since":
        return False
    ahead, behind = written.read(future=True), written.read(future=False)
    if ahead.start is None or ahead.start <= published:
        return False
    days = (ahead.start - published).days
    if written.kind is DateKind.INFERRED and behind.start is not None:
        return days <= SCHEDULE_DAYS and days < (published - behind.start).days
    return True


def _missed(head: Token, move: Move, scene: Scene) -> bool:
    """Whether it is "was due on May 21" in a report of June: an arrival told elsewhere makes it good."""
    written, published = scene.dates.get((move.parsed.spans[0].start, move.token)), scene.report.published
    if written is None or published is None or not any(v.lower_ in ("was", "were") for v in (head, head.head)):
        return False
    ahead, behind = written.read(future=True), written.read(future=False)
    if behind.end is None or behind.end >= published:
        return False
    if ahead.start is None or ahead.start <= published:
        return written.kind is not DateKind.INFERRED
    days = (ahead.start - published).days
    return days > SCHEDULE_DAYS and (published - behind.end).days < days  # of a weekday either may be meant


def _long_past(head: Token) -> bool:
    """Whether it is "had been bound for": it was meant, and something came between."""
    return any(c.lower_ == "had" for verb in (head, head.head) for c in verb.children if c.dep_ in ("aux", "auxpass"))


def _first_to(head: Token) -> bool:
    """Whether "to" tells what was done: "the first ship to leave" has left."""
    return head.dep_ in ("acl", "relcl") and any(
        c.lower_ in ("first", "second", "third", "last", "latest", "only") for c in head.head.children
    )


def _either(move: Move) -> bool:
    """Whether the sentence opens one of two possibilities: "Either the delivery of …", "Or the use of …"."""
    head = move.parsed.doc[move.token]
    if any(c.lower_ in ("either", "whether") for c in head.children):
        return True
    first = next((t for t in move.parsed.doc if t.is_alpha), None)
    verbless = not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in move.parsed.doc)
    return first is not None and verbless and first.lower_ in ("either", "or", "whether")


def _told_in_past(head: Token) -> bool:
    """Whether a participle hangs on a clause told in the past: "the only movement was a jet going to Prague"."""
    if head.tag_ != "VBG" or any(c.dep_ == "aux" for c in head.children):
        return False
    above = head
    for _ in range(MAX_CLIMB):
        if above.head is above:
            break
        above = above.head
        if above.tag_ == "VBD" or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in above.children):
            return True
    return False


def _was_making(head: Token) -> bool:
    """Whether it is "had been making for", "had been on passage to": it was on its way and something came between."""
    aux = {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}
    on = head.head if head.dep_ == "pobj" and head.head.lower_ in ("on", "en") else None
    if on is not None and on.head.lower_ == "been" and head.lower_ in ("passage", "way", "route", "voyage"):
        return any(c.lower_ == "had" for c in on.head.children)
    above = head.head
    if head.lower_ in ("bound", "headed", "heading", "travelling", "sailing") and head.dep_ in ("advcl", "acl", "amod"):
        verb = above.head if above.pos_ in ("NOUN", "PROPN") and above.dep_ == "nsubj" else above
        if lost(verb) and verb.tag_ == "VBD":
            return True  # "bound for Santos, the ship caught fire"
    return head.tag_ == "VBG" and {"had", "been"} <= aux


def _reaches(move: Move) -> bool:
    return any(slot.part in (Part.REACHED, Part.BOUND) for slot in move.slots)


BAY_KM = 60.0
"""A bay of a smaller radius is an anchorage with its towns, and one may call there."""


def _told(move: Move, slot: Slot, mention: PlaceMention, status: Status, judgement: Judgement, scene: Scene) -> Told:
    head = move.parsed.doc[move.token]
    part = slot.part
    position = position_of(scene.report.text, mention)
    if status is Status.PLANNED and (part is Part.REACHED or (part is Part.AT and _is_due(head))):
        part = Part.BOUND
    if part is Part.LEFT and mention.place is not None and position.name != mention.place.name:
        if _reaches(move) and any(c.lower_ in word_set("way_objects") for c in head.children):
            position = Position.of(mention.place)  # "rode 300 miles from Leeds to Paris": how long the way was
        else:
            part = Part.AT  # "80 km out from Galveston"
    part, status = _as_begun(move, part, status)
    open_water = position.kind is Kind.SEA and not 0 < position.radius_km <= BAY_KM
    if part is Part.STOPPED and (open_water or position.kind is Kind.WATERWAY):
        part = Part.PASSED
    if part is Part.REACHED and open_water and move.cue.frame.name in ("move", "pass", "setoff"):
        part = Part.PASSED  # "turned west into the Atlantic"
    if part is Part.BOUND and status is Status.COMPLETED and judgement.present:
        status = Status.ONGOING
    if part is Part.LEFT and status is Status.PLANNED and head.lower_ == "bound":
        status = Status.COMPLETED  # "bound for Tenerife from Manchester": Manchester lies behind it
    under_way = status in (Status.COMPLETED, Status.ONGOING, Status.PLANNED)
    if part in (Part.BOUND, Part.REACHED) and under_way and _was_making(head):
        status = Status.ATTEMPTED
    return Told(
        part=part,
        mention=mention,
        position=position,
        at=move.parsed.spans[slot.token].start,
        date=_when(move, scene, planned=status is Status.PLANNED) if _dates_slot(move, slot) else DateInterval(),
        status=status,
        earlier=is_earlier(head, slot.token),
        before=before_stop(head) or "before that" in slot.words,
        onward=is_onward(head) or slot.words.endswith(": …") or move.cue.words in GOING_ON,
        on_way=on_the_way(head) or is_stopping(move, head),
        words=slot.words,
        move=move,
        judgement=judgement,
    )


def _as_begun(move: Move, part: Part, status: Status) -> tuple[Part, Status]:
    """What a clause says that tells of a beginning only: "resumed her voyage to Rio", "the last leg begins in Riga"."""
    if part is Part.REACHED and _begun(move.parsed.doc[move.token]):
        return Part.BOUND, Status.ONGOING if status is Status.COMPLETED else status
    if part is Part.LEFT and move.cue.frame.name == "begin" and _is_leg(move):
        return Part.STOPPED, status
    return part, status


def _begun(head: Token) -> bool:
    """Whether a trip is only told to have been begun or gone on with: "resumed her voyage to Lagos"."""
    verb = head.head
    return head.pos_ == "NOUN" and head.dep_ == "dobj" and verb.lower_.startswith(("resum", "continu", "beg", "start"))


def _is_leg(move: Move) -> bool:
    """Whether what begins is a part of the trip."""
    return move.subject is not None and move.parsed.doc[move.subject].lower_ in ("leg", "stage", "part")
