from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import fold, is_latin_key, strip_possessive


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Caracas", "caracas"),
        ("PORT-AU-PRINCE", "port au prince"),
        ("U.S.", "us"),
        ("N.S.W.", "nsw"),
        ("St. John's", "saint johns"),
        ("St John’s", "saint johns"),
        ("Mt. Vernon", "mount vernon"),
        ("Ft Worth", "fort worth"),
        ("São Tomé & Príncipe", "sao tome and principe"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Gießen", "giessen"),
        ("İzmir", "izmir"),
        ("Sana'a", "sanaa"),
        ("Hawaiʻi", "hawaii"),
        ("  La   Guaira ", "la guaira"),
        ("Washington, D.C.", "washington dc"),
        ("", ""),
    ],
)
def test_fold(written: str, key: str) -> None:
    assert fold(written) == key


@given(st.text(max_size=40))
def test_fold_is_stable_and_normal(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key
    if is_latin_key(key):
        assert fold(key) == key


def test_other_scripts_fold_to_no_latin_key() -> None:
    assert not is_latin_key(fold("Москва"))


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Russia's", "Russia"), ("Russia’s", "Russia"), ("Honduras'", "Honduras"), ("Texas", "Texas"), ("'s", "'s")],
)
def test_strip_possessive(word: str, stem: str) -> None:
    assert strip_possessive(word) == stem
