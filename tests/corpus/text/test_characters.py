import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.characters import LIGATURES, expand_ligatures, normalise, strip_controls


@pytest.mark.parametrize(("ligature", "letters"), LIGATURES.items())
def test_each_latin_ligature_is_spelt_out(ligature: str, letters: str) -> None:
    assert expand_ligatures(f"a{ligature}b") == f"a{letters}b"


@pytest.mark.parametrize("kept", ["x²", "½", "№", "Ⅳ", "㎏", "\u211d", "æ", "œ", "\ufb13"])
def test_other_compatibility_characters_stay(kept: str) -> None:
    assert expand_ligatures(kept) == kept


def test_controls_go_and_line_structure_stays() -> None:
    assert strip_controls("a\x00\x07b\x1b[31m\x7f\x9b\tc\r\nd") == "ab[31m\tc\r\nd"


def test_spaces_and_soft_hyphens_are_no_controls() -> None:
    assert strip_controls("a\u00a0b\u00adc\u200bd") == "a\u00a0b\u00adc\u200bd"


def test_lone_surrogates_do_not_survive() -> None:
    assert normalise("a\ud835b") == "ab"


@given(st.text())
def test_normalising_is_idempotent_and_gives_nfc(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_marks_that_force_a_direction_go_and_a_form_feed_parts_words() -> None:
    assert strip_controls("safe\u202etxt.exe\u2066x\u2069") == "safetxt.exex"
    assert strip_controls("here.\x0cPage two") == "here. Page two"
