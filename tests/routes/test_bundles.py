"""Bundles of features, and chains of capitalised words, that are worked out once."""

from __future__ import annotations

import pytest

from gazetteer.store import Gazetteer
from routes.extract.places import bundles
from routes.extract.places.bundles import Weights, features_of
from routes.extract.places.mentions import find_places, look_at, weights_of
from routes.extract.places.spans import NameIndex
from routes.extract.places.words import find_chains, words_of
from routes.model import Report

TABLE = {"word": 0.5, "n-mark=,": 2.0, "n-mark=,|city": -0.75, "case=odd": 1.0}


def test_a_bundle_weighs_what_its_features_weigh() -> None:
    weights = Weights(TABLE)
    assert weights["word"] == 0.5
    assert weights["unheard of"] == 0.0
    assert weights["mark_after", ",", "city"] == pytest.approx(1.25)
    assert weights["mark_after", ",", "town"] == pytest.approx(2.0)
    assert features_of(["word", ("mark_after", ",", "city")]) == ["word", "n-mark=,", "n-mark=,|city"]


def test_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "_MAX_KEPT", 3)
    weights = Weights(TABLE)
    for sign in ",.;:!?":
        weights["mark_after", sign, "city"]
    assert len(weights) <= len(TABLE) + 3
    assert weights["mark_after", ",", "city"] == pytest.approx(1.25)
    assert weights["word"] == 0.5


CHAINS = [
    ("ships left Rio de Janeiro for Port-au-Prince.", [["Rio", "Janeiro"], ["Port", "Prince"]]),
    ("St. John's or Mt. Isa", [["St", "John"], ["Mt", "Isa"]]),
    ("the U.S. Navy in N.S.W. and Vt.", [["U.S.", "Navy"], ["N.S.W.", "Vt"]]),
    ("Lagos, Accra; Isle of Wight\nDover", [["Lagos"], ["Accra"], ["Isle", "Wight", "Dover"]]),
    ("iPhone and McMurdo", [["McMurdo"]]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), CHAINS)
def test_chains_of_capitalised_words(text: str, words: list[list[str]]) -> None:
    assert [[word.text for word in words_of(match.group())] for match in find_chains(text)] == words


def test_every_word_stands_where_it_says() -> None:
    text = "Il-76s of Gen. O'Brien's wing flew Ouagadougou–N'Djamena. Next: Guinea-Bissau's Osvaldo Vieira."
    for match in find_chains(text):
        for word in words_of(match.group()):
            assert text[match.start() + word.start : match.start() + word.end] == word.text


def test_a_first_look_is_the_sum_of_its_features(gazetteer: Gazetteer) -> None:
    table = weights_of("recognition_weights.tsv")
    text = "Mayor Dover flew from Valencia, Venezuela, to the U.S. port of Tampa; St. John's waited. WARSAW SAID NO."
    spans = look_at(text, NameIndex(gazetteer, Weights(table)))
    assert {span.name.key for span in spans} >= {"valencia", "venezuela", "tampa", "saint johns"}
    for span in spans:
        features = features_of([*span.name.profile.bundles, *span.name.bundles, *span.bundles])
        assert span.score == pytest.approx(sum(table.get(feature, 0.0) for feature in features))


def test_reading_a_report_twice_gives_the_same(gazetteer: Gazetteer) -> None:
    text = "A freighter from Santos reached Durban, South Africa, and went on to Mombasa. " * 2
    report = Report(id="one", text=text, sha256="")
    assert find_places(report, (), gazetteer) == find_places(report, (), gazetteer)


def test_long_chains_are_read_and_not_kept(gazetteer: Gazetteer) -> None:
    index = NameIndex(gazetteer, Weights({}))
    text = "x " + "Lima " * 30 + "x " + "Z" * 500 + " x Lima x"
    spans = look_at(text, index)
    assert len(spans) == 31
    assert all(len(chain) < 200 for chain in index.chains)
    assert index.chains["Lima"].names
