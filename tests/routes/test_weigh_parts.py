"""The parts of weighing: what carriers are known by, where stops meet, what copies what, grades, the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from routes.errors import SettingsError
from routes.model import Certainty, Report, Status
from routes.weigh.accounts import account_of_movement
from routes.weigh.carriers import flag_of, identifiers_of, identify, same_name, same_person, type_of
from routes.weigh.copies import independent_sources, overlap
from routes.weigh.events import weigh
from routes.weigh.gate import Gate
from routes.weigh.grades import Grade, best_grade, graded, read_grades
from routes.weigh.likeness import likeness, limits
from routes.weigh.places import APART, COARSE, EXACT, meeting
from routes.weigh.words import fold
from tests.corroboration.dsl import told, trip
from tests.corroboration.reports import REPORTS


@pytest.mark.parametrize(
    ("written", "designator"),
    [
        ("Il-76", "il 76"),
        ("Ilyushin 76TD", "il 76"),
        ("Il-76TD", "il 76"),
        ("Ilyushin Il-76MD-90A", "il 76"),
        ("IL76", "il 76"),
        ("Ilyushin transport plane", "il"),
        ("Antonov 124", "an 124"),
        ("Ruslan", "an 124"),
        ("Boeing 747-400F", "747"),
        ("747-8F freighter", "747"),
        ("Boeing C-17A Globemaster III", "c 17"),
        ("Globemaster", "c 17"),
        ("Airbus A330-200", "a330"),
        ("A 330 MRTT", "a330"),
        ("B-52H", "b 52"),
        ("KC-135R", "kc 135"),
        ("F-16s", "f 16"),
        ("Lockheed C-130J Super Hercules", "c 130"),
        ("cargo plane", ""),
        ("the jet", ""),
    ],
)
def test_types_are_one_however_written(written: str, designator: str) -> None:
    assert type_of(fold(written)) == designator


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("USS Gerald R. Ford carrier strike group", "gerald r ford", "aircraft carrier"),
        ("the bulk carrier Asha Star", "asha star", "cargo ship"),
        ("Liberian-flagged oil tanker Victoria", "victoria", "tanker"),
        ("MV Ever Given", "ever given", None),
        ("a Russian tanker", "", "tanker"),
        ("Skipper", "skipper", None),
    ],
)
def test_ships_are_known_by_name_and_kind(written: str, name: str, kind: str | None) -> None:
    who = identify(written, "vessel", None, (), "sea")
    assert who.name == name
    assert who.kinds == (frozenset({kind}) if kind else frozenset())


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("RA-78765", ("registration", "ra78765")),
        ("YV3016", ("registration", "yv3016")),
        ("N12345", ("registration", "n12345")),
        ("IMO 9123456", ("imo", "9123456")),
        ("9123456", ("imo", "9123456")),
        ("MMSI 273123456", ("mmsi", "273123456")),
        ("CVN-78", ("hull", "cvn78")),
        ("RCH285", ("call sign", "rch285")),
    ],
)
def test_identifiers_are_known_by_their_shape(written: str, found: tuple[str, str]) -> None:
    assert identifiers_of((written,)) == {found}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Russian tanker", "RU"),
        ("U.S. Navy", "US"),
        ("South Korean troops", "KR"),
        ("the Royal Navy", "GB"),
        ("Aviacon", ""),
        (None, ""),
    ],
)
def test_flags(written: str | None, code: str) -> None:
    assert flag_of(written) == code


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("asha star", "asha starr", True),
        ("ford", "gerald r ford", True),
        ("united nations", "un", True),
        ("victoria 2", "victoria 3", False),
        ("explorer one", "explorer two", False),
        ("explorer ii", "explorer two", True),
        ("82nd division", "101st division", False),
        ("razoni", "skipper", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert (same_name(one, other) > 0.5) == same == (same_name(other, one) > 0.5)


def test_persons_are_known_by_surname() -> None:
    assert same_person("Colonel General Oleg Makarevich", "Makarevic")
    assert not same_person("Oleg Makarevich", "Oleg Sorokin")


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        ("Caracas", "Caracas", EXACT),
        ("Caracas", "Venezuela", COARSE),
        ("Venezuela", "Venezuela", COARSE),
        ("Caracas", "Cuba", APART),
        ("Djibouti", "Red Sea", COARSE),
        ("Hamburg", "Red Sea", APART),
        ("Nowhere", "Nowhere", EXACT),
        ("Nowhere", "Caracas", APART),
    ],
)
def test_stops_meet(one: str, other: str, met: int) -> None:
    source = told("r", "P", "", "x").report
    spots = [account_of_movement(source, trip("e", None, "air", name).claim).spots[0] for name in (one, other)]  # type: ignore[arg-type]
    assert meeting(spots[0], spots[1]) == met == meeting(spots[1], spots[0])


# -- copies --------------------------------------------------------------------------------------------------------

STORY = (
    "A grey freighter with its lights off came in over the harbour shortly before midnight and stopped at the far end "
    "of the field, where soldiers waited with trucks. Nobody in the tower would say where it had come from."
)


def support(*texts: tuple[str, str, str]) -> tuple[int, tuple[str, ...]]:
    """Support of one event told by reports (id, publisher, text)."""
    made = [told(name, publisher, "", text, trip("e", "Il-76", "air", "Caracas")) for name, publisher, text in texts]
    accounts = [account_of_movement(one.report, one.said[0].claim) for one in made]  # type: ignore[arg-type]
    sources = independent_sources(accounts)
    return sources.support, sources.reasons


def test_same_text_counts_once() -> None:
    count, reasons = support(("a", "Post", STORY), ("b", "Wire", STORY.upper().replace(",", " ,")))
    assert count == 1
    assert "same text" in reasons[0]


def test_near_copy_counts_once() -> None:
    count, reasons = support(
        ("a", "Post", STORY), ("b", "Wire", STORY.replace("midnight", "one o'clock") + " More soon.")
    )
    assert count == 1
    assert "near copy" in reasons[0]


def test_same_sentence_in_other_reports_counts_once() -> None:
    sentence = "The aircraft unloaded crates marked as farm machinery beside the old customs shed at dawn."
    reports = []
    for name in ("a", "b"):
        around = " ".join(f"Matter {number} of paper {name}{number} is {name * 3}." for number in range(40))
        one = told(name, "P" + name, "", f"{around} {sentence}", trip("e", "Il-76", "air", "Caracas"))
        claim = one.said[0].claim
        evidence = replace(claim.evidence[0], quote=sentence)
        reports.append(replace(one.claims, movements=(replace(claim, evidence=(evidence,)),)))  # type: ignore[arg-type]
    (event,) = weigh(reports).routes
    assert event.support == 1
    assert any("in the words of" in reason for reason in event.reasons)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("According to the Harbour Post, an Il-76 landed in Caracas.", 1),
        ("An Il-76 landed in Caracas, Harbour Post reported on Sunday.", 1),
        ("An Il-76 landed in Caracas. The harbour post office stayed shut.", 2),
        ("An Il-76 landed in Caracas.", 2),
    ],
)
def test_who_cites_another_counts_once(text: str, count: int) -> None:
    assert support(("a", "The Harbour Post", STORY), ("b", "Lake Radio", text))[0] == count


def test_different_stories_are_independent() -> None:
    other = "Port staff saw an Ilyushin on the apron on Sunday. It left again before noon with its doors sealed."
    assert overlap(STORY, other) < 0.1
    assert support(("a", "Post", STORY), ("b", "Wire", other)) == (2, ())


# -- likeness ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("Il-76", "Caracas@2025-10-26"), ("Ilyushin 76TD", "Caracas@2025-10-26"), True),
        (("Il-76", "Caracas@2025-10-26"), ("Il-76", "Caracas@2025-11-26"), False),
        (("Il-76", "Caracas@2025-10-26"), ("Il-76", "Caracas@2025-10-31"), False),
        (("Il-76", "Caracas@2025-10-26"), ("An-124", "Caracas@2025-10-26"), False),
        (("Il-76", "Moscow > Caracas@2025-10-26"), ("Il-76", "Caracas > Moscow@2025-10-27"), False),
        (("Russian plane", "Venezuela@2025-10-26"), ("Russian Il-76", "Caracas@2025-10-26"), True),
        (("plane", "Venezuela@2025-10-26"), ("Il-76", "Caracas@2025-10-26"), False),
        (("Russian Il-76", "Caracas@2025-10-26"), ("Turkish Il-76", "Caracas@2025-10-26"), False),
        (("Il-76", "Moscow@2025-10-22 > Caracas"), ("Il-76", "Sochi@2025-10-22 > Havana"), False),
    ],
)
def test_which_claims_are_one_event(one: tuple[str, str], other: tuple[str, str], together: bool) -> None:
    accounts = [
        account_of_movement(told(name, "P", "", "x").report, trip("e", carrier, "air", way).claim)  # type: ignore[arg-type]
        for name, (carrier, way) in zip("ab", (one, other), strict=True)
    ]
    judged, turned = likeness(accounts[0], accounts[1]), likeness(accounts[1], accounts[0])
    assert (judged.score >= limits().same) == together
    assert judged.score == turned.score


# -- grades and gate -----------------------------------------------------------------------------------------------

SOURCES = """
[[source]]
publisher = "Harbour Post"
reliability = "B"
credibility = 2
[[source]]
host = "example.org"
reliability = "C"
[[source]]
report = "special"
credibility = 1
"""


def test_sources_are_graded(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(SOURCES, encoding="utf-8")
    grades = read_grades(path)
    made = Report(id="x", text="", sha256="", publisher="harbour  post", url="https://www.example.org/a")
    assert (graded(made, grades).reliability, graded(made, grades).credibility) == ("C", None)
    by_publisher = graded(replace(made, url="https://notexample.org/"), grades)
    assert (by_publisher.reliability, by_publisher.credibility) == ("B", 2)
    special = graded(replace(made, id="special"), grades)
    assert (special.reliability, special.credibility) == (None, 1)
    assert best_grade([special, by_publisher]) == "B2"
    assert best_grade([special]) == "-1"
    assert best_grade([made]) is None


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ('[[source]]\nreliability = "B"\n', "exactly one of publisher"),
        ('[[source]]\npublisher = "x"\nreliability = "G"\n', "A to F"),
        ('[[source]]\npublisher = "x"\nreliability = ""\n', "A to F"),
        ('[[source]]\npublisher = "x"\ncredibility = 7\n', "1 to 6"),
        ('[[source]]\npublisher = "x"\ncredibility = true\n', "1 to 6"),
        ('[[source]]\npublisher = "x"\ngrade = "B"\n', "not understood"),
        ("[[sources]]\n", "not known"),
        ("[[source]\n", "not readable"),
    ],
)
def test_faults_of_grades_are_told(text: str, told_of: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"sources\.toml") as raised:
        read_grades(path)
    assert told_of in str(raised.value)


@pytest.mark.parametrize(
    ("gate", "left_out"),
    [
        (Gate(), ()),
        (
            Gate(min_support=2),
            ("3 routes and 2 deployments left out: told by fewer than 2 independent reports",),
        ),
        (Gate(min_certainty=Certainty.STATED), ("1 route and 1 deployment left out: less certain than stated",)),
        (Gate(exclude_status=(Status.WITHDRAWN,)), ("1 deployment left out: status withdrawn",)),
    ],
)
def test_what_the_gate_leaves_out_is_counted(gate: Gate, left_out: tuple[str, ...]) -> None:
    claims = [one.claims for one in REPORTS]
    whole, atlas = weigh(claims), weigh(claims, gate=gate)
    assert atlas.left_out == left_out
    barred = len(whole.routes) + len(whole.deployments) - len(atlas.routes) - len(atlas.deployments)
    assert barred == sum(int(word) for line in left_out for word in line.split(":")[0].split() if word.isdigit())


def test_the_gate_asks_for_grades() -> None:
    claims = [one.claims for one in REPORTS]
    grades = (Grade(publisher="Harbour Post", reliability="B", credibility=2),)
    atlas = weigh(claims, grades=grades, gate=Gate(min_reliability="B"))
    assert atlas.routes
    assert all(event.grade == "B2" for event in atlas.routes)
    assert not weigh(claims, grades=grades, gate=Gate(min_credibility=1)).routes


def test_three_hundred_copies_count_once() -> None:
    reports = [(f"copy-{number:03}", f"Paper {number}", f"{STORY} Note {number}.") for number in range(300)]
    assert support(*reports)[0] == 1
