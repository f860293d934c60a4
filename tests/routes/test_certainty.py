from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from routes.extract.certainty.certainty import Judgement, judge
from routes.extract.text.language import load_language
from routes.extract.text.parsing import Parsed
from routes.model import Sentence, Span

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


def parse(language: Language, sentence: str) -> Parsed:
    doc = language(sentence)
    return Parsed(
        index=0,
        sentence=Sentence(span=Span(start=0, end=len(sentence))),
        doc=doc,
        spans=tuple(Span(start=t.idx, end=t.idx + len(t)) for t in doc),
        mentions=(None,) * len(doc),
        written=tuple(t.text for t in doc),
    )


def judged(language: Language, sentence: str, word: str) -> Judgement:
    parsed = parse(language, sentence)
    return judge(next(t for t in parsed.doc if t.text == word), parsed, sentence)


STATUS = [
    # the report's own voice
    ("The freighter left Varna on Monday.", "left", "completed"),
    ("The freighter is heading for Varna.", "heading", "ongoing"),
    ("The freighter is being towed to Varna.", "towed", "ongoing"),
    ("The freighter was heading for Varna when the storm broke.", "heading", "ongoing"),
    ("The freighter has been sailing to Varna for a week.", "sailing", "ongoing"),
    ("The jet is on its way to Oslo.", "is", "ongoing"),
    ("The freighter is trying to reach Varna.", "reach", "ongoing"),
    # plans
    ("The freighter will leave Varna on Monday.", "leave", "planned"),
    ("The freighter will leave Varna and call at Batumi.", "call", "planned"),
    ("The freighter is due to leave Varna on Monday.", "leave", "planned"),
    ("The freighter is expected to leave Varna on Monday.", "leave", "planned"),
    ("The freighter is going to sail to Varna.", "sail", "planned"),
    ("The freighter is to finish its voyage in Varna.", "finish", "planned"),
    ("The freighter should reach Varna on Monday.", "reach", "planned"),
    ("The crew plans to fly home from Varna.", "fly", "planned"),
    ("The crew has been told to expect a plane from Varna.", "plane", "planned"),
    ("The owner said the freighter would leave Varna on Monday.", "leave", "planned"),
    ("The timetable calls for a landing in Varna.", "landing", "planned"),
    ("The freighter has yet to arrive in Varna.", "arrive", "planned"),
    ("The admiral ordered the frigate to sail to Varna.", "sail", "planned"),
    ("The crew plans to try to reach Varna.", "reach", "planned"),
    # tried, due, stopped
    ("The freighter tried to enter Varna twice.", "enter", "attempted"),
    ("The freighter failed to reach Varna.", "reach", "attempted"),
    ("The freighter never reached Varna.", "reached", "attempted"),
    ("The freighter was supposed to reach Varna on Monday.", "reach", "attempted"),
    ("The freighter was to have docked in Varna.", "docked", "attempted"),
    ("The freighter had planned to sail to Varna.", "sail", "attempted"),
    ("The freighter ought to have unloaded in Varna on Monday.", "unloaded", "attempted"),
    ("The cutter stopped the freighter from entering Varna.", "entering", "attempted"),
    ("The freighter was seized while sailing from Varna to Batumi.", "sailing", "attempted"),
    ("Marines seized a freighter leaving Varna.", "leaving", "attempted"),
    ("He praised the capture of a freighter leaving Varna.", "leaving", "attempted"),
    ("The Orca, a freighter that had been making for Varna, was seized.", "making", "attempted"),
    ("The freighter sailed for Varna and was intercepted off Burgas.", "sailed", "attempted"),
    ("The freighter was heading for Varna when the navy seized it.", "heading", "attempted"),
    ("Police boarded the freighter as it was about to leave Varna.", "leave", "attempted"),
    ("Pirates captured the freighter on its way to Varna.", "way", "attempted"),
    ("The helicopter crashed on a flight to Varna.", "flight", "attempted"),
    ("The navy intercepted the Orca, which had left Burgas for Varna.", "left", "attempted"),
    ("The flight to Varna was cancelled.", "flight", "attempted"),
    ("A plan to send 500 troops to Varna was dropped.", "send", "attempted"),
    ("The freighter was due to have docked in Varna.", "docked", "attempted"),
    # what a predicate says of a trip that a noun names
    ("The voyage to Varna never took place.", "voyage", "attempted"),
    ("A flight from Oslo to Varna fell through.", "flight", "attempted"),
    ("The flight to Varna was put off and then cancelled.", "flight", "attempted"),
    ("Fog scuppered the flight to Varna.", "flight", "attempted"),
    ("The airline put the flight to Varna on hold.", "flight", "attempted"),
    ("Plans for a voyage to Varna were shelved.", "voyage", "attempted"),
    ("The voyage to Varna may be called off.", "voyage", "planned"),
    ("The palace announced a visit to Varna.", "visit", "planned"),
    ("A flight to Varna is imminent.", "flight", "planned"),
    ("No such flight to Varna was made.", "flight", "denied"),
    ("Reports of a voyage to Varna are untrue.", "voyage", "denied"),
    ("The claim that the jet landed in Varna is false.", "landed", "denied"),
    ("He dismissed as nonsense a report that the jet had landed in Varna.", "landed", "denied"),
    ("The flight to Varna was grounded by fog.", "flight", "attempted"),
    ("The flight to Varna is delayed until Friday.", "flight", "planned"),
    ("The freighter almost reached Varna.", "reached", "attempted"),
    ("The freighter was on the point of leaving for Varna.", "leaving", "planned"),
    ("The ban on flights to Varna was lifted.", "flights", None),
    ("The ministry ruled out sending a freighter to Varna.", "sending", None),
    ("The exercise supposed that a freighter had sailed to Varna.", "sailed", None),
    ("In the film, the freighter sails to Varna.", "sails", None),
    ("A voyage to Varna looks highly unlikely.", "voyage", None),
    ("The voyage to Varna remains in doubt.", "voyage", None),
    ("The flight to Varna was ruled out.", "flight", None),
    ("The flight to Varna depends on the weather.", "flight", None),
    ("Hopes of a flight to Varna faded.", "flight", None),
    ("There was no flight to Varna.", "flight", None),
    ("A visit to Varna is not planned.", "visit", None),
    ("The airline has no plans to fly to Varna.", "fly", None),
    ("Nobody believes that the freighter will reach Varna.", "reach", None),
    ("The minister did not mention his visit to Varna.", "visit", "completed"),
    ("The visit to Varna was off the coast road.", "visit", "completed"),
    # denied
    ("The harbour master denied permission for the freighter to dock in Varna.", "dock", "denied"),
    ("The freighter was denied permission to dock in Varna.", "dock", "denied"),
    ("Bulgaria turned down a request by the freighter to dock in Varna.", "dock", "denied"),
    ("Bulgaria denied that it had sent troops to Varna.", "sent", "denied"),
    ("A spokesman dismissed reports that a frigate had docked in Varna.", "docked", "denied"),
    # no move at all
    ("The freighter did not leave Varna.", "leave", None),
    ("There were no flights from Varna to Oslo.", "flights", None),
    ("Nobody flew to Varna.", "flew", None),
    ("He never went to Varna.", "went", None),
    ("The crew refused to fly to Varna.", "fly", None),
    ("It left the area without entering Varna.", "entering", None),
    # told as untrue, or as what was not done
    ("Neither the freighter nor the tug sailed to Varna.", "sailed", None),
    ("The freighter sailed neither to Varna nor to Batumi.", "sailed", None),
    ("There was no evidence that the freighter had sailed to Varna.", "sailed", None),
    ("It is a myth that the freighter sailed to Varna.", "sailed", "denied"),
    ("It is false that soldiers were flown to Varna.", "flown", "denied"),
    ("Rumours that the freighter sailed to Varna were dismissed as nonsense.", "sailed", "denied"),
    ("A website falsely showed that the freighter sailed to Varna.", "sailed", "denied"),
    ("The tracker mistakenly showed a jet flying to Varna.", "flying", "denied"),
    ("We wrongly reported that the freighter sailed to Varna.", "sailed", "denied"),
    ("The website misreported that the freighter sailed to Varna.", "sailed", "denied"),
    ("As a joke, the paper wrote that the freighter sailed to Varna.", "sailed", None),
    ("There is no truth in reports that the freighter sailed to Varna.", "sailed", "denied"),
    ("There was no truth to the claim that the freighter sailed to Varna.", "sailed", "denied"),
    ("The freighter was on its way to Varna when it was seized.", "way", "attempted"),
    ("The jet was flying to Varna when it crashed.", "flying", "attempted"),
    ("The jet that crashed on Monday was flying to Varna.", "flying", "attempted"),
    ("I never said that the freighter sailed to Varna.", "sailed", None),
    ("The freighter pretended to sail to Varna.", "sail", None),
    ("The jet was thought to have flown to Varna, but it had not.", "flown", None),
    ("Rather than fly to Varna, the crew stayed at home.", "fly", None),
    ("Instead of flying to Varna, the crew stayed at home.", "flying", None),
    ("Far from sailing to Varna, the freighter stayed in port.", "sailing", None),
    ("The airline stopped flying to Varna.", "flying", None),
    # imagined
    ("Imagine a freighter sailing to Varna.", "sailing", None),
    ("In the war game, soldiers were flown to Varna.", "flown", None),
    ("In a dream, he sailed to Varna.", "sailed", None),
    ("The play tells of a freighter that sailed to Varna.", "sailed", None),
    ("It looked as though the freighter had sailed to Varna.", "sailed", None),
    ("Had the freighter left Varna, it would have been seized.", "left", None),
    ("Were a freighter to leave Varna, it would be seen.", "leave", None),
    ("He acted in a comic play and flew to Varna.", "flew", "completed"),
    ("The exercise brought soldiers to Varna.", "brought", "completed"),
    ("The freighter could leave Varna at any time.", "leave", None),
    ("The freighter might sail to Varna.", "sail", None),
    ("The freighter would sail to Varna in such a case.", "sail", None),
    ("If the freighter leaves Varna, prices will rise.", "leaves", None),
    ("Should the freighter leave Varna, prices will rise.", "leave", None),
    ("If the strike ends, the freighter will leave Varna.", "leave", None),
    ("Did the freighter leave Varna?", "leave", None),
    ("The mayor asked the army to send troops to Varna.", "send", None),
    ("The mayor called for a visit to Varna.", "visit", None),
    ("The mayor called on Varna to open its port.", "called", None),
    ("The freighter threatened to sail to Varna.", "sail", None),
    ("A plane of this type can carry 200 men to Varna.", "carry", None),
    ("A flight to Varna takes two hours.", "flight", None),
    ("The minister spoke of a blockade to cut grain shipments to Varna.", "shipments", None),
    # looks like one of those and is not
    ("Not only did the jet leave Varna, it went to Oslo.", "leave", "completed"),
    ("The freighter managed to reach Varna.", "reach", "completed"),
    ("The freighter that was seized in May left Varna.", "left", "completed"),
    ("He wondered aloud, and the freighter left Varna.", "left", "completed"),
    ("The freighter may have left Varna.", "left", "completed"),
]


@pytest.mark.parametrize(("sentence", "word", "status"), STATUS)
def test_how_far_it_got(language: Language, sentence: str, word: str, status: str | None) -> None:
    found = judged(language, sentence, word)
    assert (found.status and found.status.value) == status, found.reasons


CERTAINTY = [
    ("The jet landed in Oslo.", "landed", "stated", None),
    ("The jet landed in Oslo, according to port officials.", "landed", "attributed", "port officials"),
    ("According to the navy, the jet landed in Oslo.", "landed", "attributed", "navy"),
    ("According to a report in The Courier, the jet landed in Oslo.", "landed", "attributed", "The Courier"),
    ("The jet landed in Oslo, officials said.", "landed", "attributed", "officials"),
    ("Ship trackers showed that the tanker left Varna.", "left", "attributed", "Ship trackers"),
    ("The tanker, harbour records show, left Varna.", "left", "attributed", "harbour records"),
    ("The tanker left Varna, as Reuters reported.", "left", "attributed", "Reuters"),
    ("The tanker left Varna, per MarineTraffic.", "left", "attributed", "MarineTraffic"),
    ("“The tanker left Varna,” said Captain Petrov.", "left", "attributed", "Captain Petrov"),
    ("He said the tanker left Varna.", "left", "attributed", None),
    ("The arrival was reported, and the navy says the tanker left Varna.", "left", "attributed", "navy"),
    ("The jet reportedly landed in Oslo.", "landed", "hedged", None),
    ("The jet may have landed in Oslo.", "landed", "hedged", None),
    ("The jet is believed to have landed in Oslo.", "landed", "hedged", None),
    ("The jet is said to have landed in Oslo.", "landed", "hedged", None),
    ("It has been speculated that the jet landed in Oslo.", "landed", "hedged", None),
    ("The jet, it is claimed, landed in Oslo.", "landed", "hedged", None),
    ("Social media accounts claim that the jet landed in Oslo.", "landed", "hedged", "Social media accounts"),
    ("The jet seems to have landed in Oslo.", "landed", "hedged", None),
    ("There are rumours that the jet landed in Oslo.", "landed", "hedged", None),
    ("The jet probably landed in Oslo.", "landed", "hedged", None),
]


@pytest.mark.parametrize(("sentence", "word", "certainty", "source"), CERTAINTY)
def test_who_says_so(language: Language, sentence: str, word: str, certainty: str, source: str | None) -> None:
    found = judged(language, sentence, word)
    assert found.certainty.value == certainty, found.reasons
    assert found.attribution == source


def test_cues_quote_the_report(language: Language) -> None:
    sentence = "The minister denied that the jet had landed in Oslo."
    found = judged(language, sentence, "landed")
    assert found.cues
    for cue in found.cues:
        assert sentence[cue.span.start : cue.span.end] == cue.words
    assert "“denied”: denied" in found.reasons


@pytest.mark.parametrize(
    "text", ["word " * 3000, "said " * 500, "He said " * 400 + "it left.", "? " * 500, "not " * 900]
)
def test_odd_sentences_do_not_crash(language: Language, text: str) -> None:
    parsed = parse(language, text)
    for token in list(parsed.doc)[:: max(1, len(parsed.doc) // 50)]:
        judge(token, parsed, text)
