from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routes.extract.text.sentences import split_sentences
from routes.model import SentenceKind


def quotes(text: str) -> list[str]:
    return [text[s.span.start : s.span.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The jet landed. It left again.", ["The jet landed.", "It left again."]),
        ("Gen. Ana Ruiz flew in. Col. Bo Li met her.", ["Gen. Ana Ruiz flew in.", "Col. Bo Li met her."]),
        ("The U.S. Navy sent a ship to the U.S. The crew is large.", None),
        ("It sailed on Nov. 7 from St. John's. No. 4 hold was empty.", None),
        ("They met at 9 a.m. Monday at the pier.", ["They met at 9 a.m. Monday at the pier."]),
        ("They met at 9 a.m. The pier was wet.", ["They met at 9 a.m.", "The pier was wet."]),
        ("The USS Gerald R. Ford came. J. P. Orr waved.", ["The USS Gerald R. Ford came.", "J. P. Orr waved."]),
        ("“We sail at dawn.” The crew cheered.", ["“We sail at dawn.”", "The crew cheered."]),
        ('"Where to?" he asked. "Home."', ['"Where to?" he asked.', '"Home."']),
        ("Well... maybe they left. Or not…", ["Well... maybe they left.", "Or not…"]),
        ("It cost $3.5 million. Cheap!", ["It cost $3.5 million.", "Cheap!"]),
        ("the ship left port. then it sank off the cape.", ["the ship left port.", "then it sank off the cape."]),
        ("He flew to Riga.Then he drove home.", ["He flew to Riga.", "Then he drove home."]),
        ("He wrote to Ports.Com about it.", ["He wrote to Ports.Com about it."]),
        ("WHEELING, W.Va. -- The barge is back.", ["WHEELING, W.Va. -- The barge is back."]),
        ("船は出港した。船は戻った。", ["船は出港した。", "船は戻った。"]),
        ("", []),
        (" \r\n\t\r\n ", []),
        ("one word", ["one word"]),
    ],
)
def test_sentence_ends(text: str, expected: list[str] | None) -> None:
    if expected is None:
        assert len(quotes(text)) == 2, quotes(text)
    else:
        assert quotes(text) == expected


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The tanker, which had been waiting for a berth since the weekend, moved\r\n"
        "to the inner harbour of Varna on Friday with the help of two tugs. Port\r\n"
        "workers said she would stay for a week.\r\n\r\nNobody was hurt."
    )
    found = split_sentences(text)
    assert len(found) == 3
    assert [s.paragraph for s in found] == [0, 0, 1]
    assert text[found[0].span.start : found[0].span.end].endswith("two tugs.")


def test_lines_of_their_own_stay_apart() -> None:
    text = "Tanker Seized Off Cape\nBy A. Writer\nThe ship was taken on Monday.\nIt is now at anchor."
    assert quotes(text) == text.split("\n")
    assert [s.kind for s in split_sentences(text)] == [
        SentenceKind.HEADING,
        SentenceKind.HEADING,
        SentenceKind.PROSE,
        SentenceKind.PROSE,
    ]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "—", "–", "1.", "2)", "(a)", "b)"])
def test_list_items_hang_on_their_lead_in(bullet: str) -> None:
    text = f"It was busy. The jet stopped at:\n\n{bullet} Oran, Algeria\n\n  {bullet} Palma;\nThen it flew home."
    found = split_sentences(text)
    assert [s.kind.value for s in found] == ["prose", "prose", "list_item", "list_item", "prose"]
    assert [s.lead_in for s in found] == [None, None, 1, 1, None]
    assert [text[s.span.start : s.span.end] for s in found[2:4]] == ["Oran, Algeria", "Palma;"]


def test_list_without_bullets_under_a_colon() -> None:
    found = split_sentences(
        "The ship called at these ports:\nVarna\nOdesa\nBatumi\n\nIt is back home now, the owner said."
    )
    assert [s.kind.value for s in found] == ["prose", "list_item", "list_item", "list_item", "prose"]
    assert [s.lead_in for s in found] == [None, 0, 0, 0, None]


def test_nested_list_hangs_on_its_item() -> None:
    found = split_sentences("The week:\n- Monday:\n  - Riga\n  - Tallinn\n- Tuesday: none\n")
    assert [s.lead_in for s in found] == [None, 0, 1, 1, 0]


def test_heading_before_a_list_is_its_lead_in() -> None:
    found = split_sentences(
        "All was quiet.\n\nWhat we know of the flight\n\n— It left on Monday;\n\n— It carried mail.\n"
    )
    assert [(s.kind.value, s.lead_in) for s in found] == [
        ("prose", None),
        ("heading", None),
        ("list_item", 1),
        ("list_item", 1),
    ]


def test_dash_inside_wrapped_prose_is_no_bullet_loss() -> None:
    text = "The ship — a tanker\n— sank."
    assert "".join(quotes(text)).replace(" ", "") == "Theship—atankersank."


@given(st.text(alphabet=st.sampled_from("aB.!?…\"'”’)-*•—1: \n\r\t\u2028\xa0é。"), max_size=200))
@settings(max_examples=300, deadline=None)
def test_spans_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    found = split_sentences(text)
    at = 0
    kept = set()
    for number, sentence in enumerate(found):
        assert at <= sentence.span.start < sentence.span.end <= len(text)
        quote = text[sentence.span.start : sentence.span.end]
        assert quote == quote.strip()
        assert sentence.lead_in is None or sentence.lead_in < number
        kept.update(range(sentence.span.start, sentence.span.end))
        at = sentence.span.end
    lost = {c for i, c in enumerate(text) if i not in kept}
    assert "B" not in lost
    assert "é" not in lost


@pytest.mark.parametrize(
    "unit",
    [".", ". ", "A. ", "\n", '."', "word ", "a.", "- a\n", "a:\n", "ab\n", " ", "#", "a.\n", "WORD ", "?!", ".\u2028"],
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    split_sentences(text)
    assert time.process_time() - begin < 3.0
