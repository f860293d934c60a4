"""Which sentences are worth parsing: those that can tell of a movement or a force, and those that go on with one.

Parsing is the slow part, so a sentence is parsed only where it holds a word of motion or of a force, and a place
(named, or pointed to: "the capital", "there"), or where it may say more of a vehicle told of right before.
"""

from __future__ import annotations

import re
from functools import cache

from routes.extract.clipped.entry_signs import may_be_entry
from routes.extract.forces.force_words import tells_of_force
from routes.extract.lexicon.tables import load_lexicon
from routes.extract.text.cutting import WORD
from routes.extract.text.phrase_words import tells_of_cargo

IN_FROM = re.compile(
    r"\b(?:in|inbound|out|back|home) from\b|\b(?:back|home) to\b|bound\b"
    r"|\b(?:en route|due|destination|goal)\b|\b(?:expects?|awaits?) (?:it|her|them)\b"
)
POINTS_BACK = re.compile(
    r"(?:[A-Z][A-Z .]+: )?(?:But |However, |In the event,? )?(?:[Ii]t|[Ss]he|[Tt]hey|[Hh]e|Its|Her|Their|[Bb]oth"
    r"|[Tt]he (?:\w+ )?(?:ship|vessel|tanker|jet|plane|aircraft|boat|flight|trip|voyage|visit|journey|crossing|sailing"
    r"|mission|tour)|The (?:first|second|third|other)|One|Another|A (?:second|third))\b"
)
"""A sentence that begins so needs the one before it to know who is meant."""

NOT_MADE = re.compile(
    r"\b(?:never|did not|didn['’]t|ha[sd] not|have not|was|were|is|been) (?:\w+ )?(?:took|taken?|left|leave"
    r"|sail(?:ed)?|flew|fly|flown|depart(?:ed)?|got|get|set|cancell?ed|called off|scrapped|scrubbed|shelved"
    r"|dropped|postponed|abandoned|put off|aborted|suspended|off|untrue|false)\b"
    r"|\b(?:fell through|came to nothing|collapsed|never happened)\b"
)
"""A sentence that points back and says that a trip was not made."""

SAYS_UNTRUE = re.compile(
    r"\b(?:den(?:y|ied|ies)|dismiss(?:ed)?|reject(?:ed)?|disputed?|refuted?|call(?:ed)?|described?)"
    r" (?:it|this|that|the (?:report|claim|story|account|allegation)s?)\b"
    r"|\b(?:reports?|claims?|story|stories|accounts?|allegations?|rumou?rs?) (?:is|was|are|were) (?:\w+ )?"
    r"(?:false|untrue|wrong|incorrect|baseless|unfounded|nonsense|fake|fiction|a (?:hoax|lie|fabrication))\b"
)
"""A sentence that says that what was told right before is untrue."""

GOES_ON = re.compile(
    r"^(?:[A-Z][\w’' -]{1,40},? (?:and )?)?(?:it|she|they|he|both|the (?:\w+ )?(?:ship|vessel|tanker|jet|plane"
    r"|aircraft|boat|train|convoy|first|second|third|others?|pair|man|crew))\b",
    re.IGNORECASE,
)
"""A sentence that may go on with a trip: who it is of was named before ("By evening it was in Nairobi")."""

GOES_ON_WITHIN = 3
"""So many sentences after the last that told of a movement."""

POINTERS = re.compile(
    r"\b(?:there|home|on station|(?:the|that|this) (?:\w+ )?(?:capital|country|island|port|harbour|harbor|airport"
    r"|airfield|airbase|base|city|town|field|region|nation|state))\b",
    re.IGNORECASE,
)
NAMED_SLOT = re.compile(
    r"\b(?:from|to|into|onto|via|through|across|towards?|inside|along|over|down|up|past|leaves?|left|leaving"
    r"|enter(?:s|ed)?|reach(?:es|ed|ing)?|cross(?:es|ed|ing)?|visit(?:s|ed|ing)?)\s+(?:[a-z]+\s+){0,2}[A-Z]\w+"
)
NAMED_WAY = re.compile(
    r"\b[A-Z]\w+ (?:Street|Road|Lane|Avenue|Bridge|River|Lake|Bay|Canal|Palace|Airport|Airfield|Station|Base|Harbour"
    r"|Harbor|Port|Island|Islands|Strait|Pass|Tunnel|Square|Hospital|Hotel)\b"
)
REGISTRATION = re.compile(
    r"(?<![\w-])(?<!registration )(?<!registered )(?<!registered as )(?<!tail number )(?<!marks )"
    r"(?:(?:[A-Z]{1,2}|[A-Z]\d|\d[A-Z])-[A-Z]{3,4}|(?:RA|RF|UR|EW|UK|UN|EK|EX|EY|EZ|UP)-\d{5})(?![\w-])"
)
"""Registration marks: alone they name an aircraft ("5N-ABC left Lagos")."""


@cache
def designations() -> re.Pattern[str]:
    """One pattern for all aircraft designations of the table."""
    return re.compile(r"(?<![\w-])(?:" + "|".join(load_lexicon().aircraft) + r")(?!\w)")


@cache
def cue_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of motion that count with any place, those that count beside a carrier, and the carriers."""
    lexicon = load_lexicon()
    strong = {word.split()[0] for word in lexicon.nouns}
    weak: set[str] = set()
    for form, lemmas in lexicon.lemmas.items():
        cues = [cue for lemma in lemmas for cue in lexicon.verbs[lemma]]
        (strong if any(len(c.words) == 1 and not c.carrier_only for c in cues) else weak).add(form)
    return frozenset(strong), frozenset(weak - strong), frozenset(word.split()[-1] for word in lexicon.carriers)


def worth_parsing(text: str, *, places: int) -> bool:
    """Whether a sentence can tell of a movement or a force at a place."""
    words = {word.lower() for word in WORD.findall(text)}
    words |= {part for word in words if "-" in word for part in word.split("-")}
    strong, weak, carriers = cue_words()
    carried = not words.isdisjoint(carriers) or designations().search(text) is not None
    moves = not words.isdisjoint(strong) or IN_FROM.search(text) is not None
    if places:
        faintly = not words.isdisjoint(weak) and (places > 1 or carried)
        if moves or faintly or tells_of_force(words, text):
            return True
        return may_be_entry(text, places=places, carried=carried)
    if moves and carried:
        return True
    return moves and (
        NAMED_WAY.search(text) is not None or NAMED_SLOT.search(text) is not None or POINTERS.search(text) is not None
    )


def tells_on(text: str, *, places: int) -> bool:
    """Whether a sentence can go on with the trip of a vehicle told of right before: "she was making for Kiel"."""
    words = {word.lower() for word in WORD.findall(text)}
    return places > 0 and GOES_ON.match(text) is not None and not words.isdisjoint(cue_words()[1])


def says_more(text: str) -> bool:
    """Whether a sentence that points back says what a carrier has aboard, or that its trip was not made."""
    if SAYS_UNTRUE.search(text) is not None:
        return True
    return POINTS_BACK.match(text) is not None and (tells_of_cargo(text) or NOT_MADE.search(text) is not None)
