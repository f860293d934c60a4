"""Places found in texts: spans, what is no place, roles, status, order. All sentences are our own."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.store import Gazetteer, open_gazetteer
from routes.extract.places.mentions import find_places
from routes.extract.text.sentences import split_sentences
from routes.model import MentionRole, MentionStatus, PlaceMention, Report


def report(text: str) -> Report:
    return Report(id="r", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())


def places(text: str, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    return find_places(report(text), split_sentences(text), gazetteer)


FOUND = [
    ("The freighter left Novorossiysk for Istanbul.", ["Novorossiysk", "Istanbul"]),
    (
        "Stopovers: Yerevan, Algiers, Rabat, Dakar and Nouakchott.",
        ["Yerevan", "Algiers", "Rabat", "Dakar", "Nouakchott"],
    ),
    ("Peru's navy escorted the tug out of Callao.", ["Peru", "Callao"]),
    ("CARACAS, Venezuela (AP) — Two jets landed.", ["CARACAS", "Venezuela"]),
    ("Police in Topeka, Kan., stopped the truck.", ["Topeka", "Kan."]),
    ("Snow fell on Charleston, W.Va., overnight.", ["Charleston", "W.Va."]),
    ("The U.S. and the U.K. sent frigates.", ["U.S.", "U.K."]),
    ("Ferries between Rio de Janeiro and Port-au-Prince stopped.", ["Rio de Janeiro", "Port-au-Prince"]),
    ("Soldiers in Guinea-Bissau stayed in barracks.", ["Guinea-Bissau"]),
    ("The convoy crossed the Strait of Hormuz into the Persian Gulf.", ["Strait of Hormuz", "Persian Gulf"]),
    ("Roads around St. John's in Newfoundland iced over.", ["St. John's", "Newfoundland"]),
    ("The city of Huntsville, Texas, closed its bridge.", ["Huntsville", "Texas"]),
    ("Marburg virus is named after Marburg, a town in Germany.", ["Marburg", "Germany"]),
    ("Officials of Lagos Disease Control flew to Abuja.", ["Lagos", "Abuja"]),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_are_found_with_their_exact_span(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert [m.text for m in places(text, gazetteer)] == names


NOT_PLACES = [
    ("HMS London and HMS Sheffield returned, and London will be scrapped.", {"London", "Sheffield"}),
    ("The tanker Georgia changed hands in Athens.", {"Georgia"}),
    ("USS Carl Vinson and USS Nimitz trained together.", {"Carl", "Vinson", "Nimitz"}),
    ("Gerald Ford took office; Ford pardoned his predecessor a month later.", {"Ford"}),
    ("Jordan Henderson scored twice, and Henderson was cheered.", {"Jordan", "Henderson"}),
    ("Paris Hilton opened a shop.", {"Paris", "Hilton", "Paris Hilton"}),
    ("An Il-76 and an An-124 were parked.", {"Il", "An"}),
    ("An Il 76 was parked beside it.", {"Il"}),
    (
        "The Mediterranean Voyager, a tanker, and the Baltic Trader, an old cargo ship, met.",
        {"Mediterranean", "Baltic"},
    ),
    ("Marburg virus is feared: Marburg has killed nine, Lassa fever four.", {"Marburg", "Lassa"}),
    ("Rift Valley fever and West Nile virus are carried by mosquitoes.", {"Rift Valley", "West Nile"}),
    ("Middle East respiratory syndrome, or MERS, resembles SARS.", {"Middle East", "MERS", "SARS"}),
    ("Spanish flu came back with the soldiers.", {"Spanish"}),
    ("Real Madrid drew with Bayern Munich and Inter Milan.", {"Madrid", "Munich", "Milan"}),
    ("The Knights of St. John nursed the sick.", {"St. John"}),
    ("They moved in May and will march again in March.", {"May", "March"}),
    ("Reading is hard. Nice work, the coach said.", {"Reading", "Nice"}),
]


@pytest.mark.parametrize(("text", "names"), NOT_PLACES)
def test_people_ships_and_words_are_no_places(text: str, names: set[str], gazetteer: Gazetteer) -> None:
    assert not {m.text for m in places(text, gazetteer)} & names


ROLES = [
    ("Moscow denied the report on Friday.", "Moscow", MentionRole.METONYM),
    ("The jet flew to Moscow on Friday.", "Moscow", MentionRole.LITERAL),
    ("Talks with Beijing broke down.", "Beijing", MentionRole.METONYM),
    ("The crew spent a night in Beijing.", "Beijing", MentionRole.LITERAL),
    ("Washington's position has not changed.", "Washington", MentionRole.METONYM),
    ("Washington's airport was closed by snow.", "Washington", MentionRole.LITERAL),
    ("A Venezuelan port was closed.", "Venezuelan", MentionRole.DEMONYM),
    ("Two Russians were on board.", "Russians", MentionRole.DEMONYM),
    ("Turkey has repeatedly rejected the plan.", "Turkey", MentionRole.METONYM),
    ("The ship passed Turkey at night.", "Turkey", MentionRole.LITERAL),
    ("The United States accused Iran of the raid.", "Iran", MentionRole.METONYM),
]


@pytest.mark.parametrize(("text", "name", "role"), ROLES)
def test_a_name_has_the_role_it_plays(text: str, name: str, role: MentionRole, gazetteer: Gazetteer) -> None:
    assert {m.role for m in places(text, gazetteer) if m.text == name} == {role}


def test_an_open_namesake_is_listed_with_candidates_and_not_guessed(gazetteer: Gazetteer) -> None:
    mention = next(m for m in places("They met in Springfield.", gazetteer) if m.text == "Springfield")
    assert mention.status is MentionStatus.AMBIGUOUS
    assert mention.place is None
    assert len({c.place.admin1 for c in mention.candidates}) > 2
    assert [c.score for c in mention.candidates] == sorted((c.score for c in mention.candidates), reverse=True)


UNKNOWN = [
    ("The jet came down at Qwertzburg Air Base.", "Qwertzburg Air Base"),
    ("Cargo went by Port of Zzyzxhafen.", "Port of Zzyzxhafen"),
    ("The Blorvik International Airport reopened.", "Blorvik International Airport"),
]


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_an_airport_nobody_knows_is_listed_as_unresolved(text: str, name: str, gazetteer: Gazetteer) -> None:
    mention = next(m for m in places(text, gazetteer) if m.text == name)
    assert mention.status is MentionStatus.UNRESOLVED
    assert mention.place is None


def test_reasons_name_the_namesake_that_was_not_meant(gazetteer: Gazetteer) -> None:
    text = "The ship unloaded in Tripoli and went on to Beirut and Sidon, Lebanon's port authority said."
    mention = next(m for m in places(text, gazetteer) if m.text == "Tripoli")
    assert mention.place is not None
    assert mention.place.country_code == "LB"
    assert any("Beirut" in reason or "Lebanon" in reason for reason in mention.reasons)


def test_a_name_never_runs_from_one_line_into_the_next(gazetteer: Gazetteer) -> None:
    found = places("Stops:\n- Cape\n- Town\n- New\n- York\n- Cairo", gazetteer)
    assert [m.text for m in found][-1] == "Cairo"
    assert not any("\n" in m.text for m in found)


def test_one_report_does_not_change_another(gazetteer: Gazetteer) -> None:
    text = "Buses left Athens, Georgia, for Augusta."
    first = places(text, gazetteer)
    places("Athens and Tbilisi signed in Georgia; Augusta is Greek to them.", gazetteer)
    assert places(text, gazetteer) == first


LONG = {"names": "Paris, Texas, ", "capitals": "NEW YORK ", "apostrophes": "A'", "periods": "A.", "links": "Isle of "}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_time_grows_with_the_text_and_no_faster(piece: str, gazetteer: Gazetteer) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_places(report(text), (), gazetteer)
        return time.process_time() - start

    seconds(1_000)
    short, long = (min(seconds(size) for _ in range(3)) for size in (40_000, 160_000))
    assert long < 10 * max(short, 0.02)


HOSTILE = st.text(
    alphabet=st.sampled_from("ABab .,-'’\n\u2028éÉß\u0130<>{}$&St Paris New York U.S."), max_size=120
) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(HOSTILE)
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    with open_gazetteer() as opened:
        found = find_places(report(text), (), opened)
    end = 0
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.span.start >= end
        assert 0.0 <= mention.confidence <= 1.0
        assert (mention.place is None) == (mention.status is not MentionStatus.RESOLVED)
        end = mention.span.end
