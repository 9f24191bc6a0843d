import numpy as np
import pytest

from index.analyzer import is_ideographic, stem, stems, term_hash, term_hashes, terms


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("colours", "color"),
        ("organisations", "organization"),
        ("licensing", "licence"),
        ("modelling", "modeling"),
        ("analyses", "analysis"),
        ("CAFÉ".lower(), "cafe"),
        ("naïve", "naive"),
        ("größer", "grosser"),
        ("sørensen", "sorensen"),
        ("łódź", "lodz"),
    ],
)
def test_forms_and_spellings_of_a_word_share_a_term(word: str, other: str) -> None:
    assert stem(word) == stem(other)


@pytest.mark.parametrize(("word", "other"), [("tour", "tor"), ("advise", "advice"), ("hour", "horse")])
def test_different_words_stay_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("?!", []),
        ("Two words", ["two", "word"]),
        ("3.5 don't", ["3", "5", "don", "t"]),
        ("語言模型", ["語言", "言模", "模型", "型"]),
        ("語", ["語"]),
        ("TNF-α and IL6", ["tnf", "alpha", "and", "il6", "il", "6"]),
        ("PGC-1α", ["pgc", "1", "alpha"]),
        ("η λόγος", ["eta", "λογος"]),
        ("h2o 3D p53", ["h2o", "h", "2", "o", "3d", "3", "d", "p53", "p", "53"]),
        ("GPT模型2024", ["gpt", "模型", "型", "2024"]),
        ("한국어", ["한국", "국어", "어"]),
        ("カタカナ", ["カタ", "タカ", "カナ", "ナ"]),
    ],
)
def test_text_becomes_terms_in_order(text: str, expected: list[str]) -> None:
    assert list(terms(text)) == expected
    assert stems(text) == set(expected)


def test_ideographs_are_recognised() -> None:
    assert is_ideographic("a 語")
    assert not is_ideographic("a Ж é")


def test_hashes_are_the_same_everywhere() -> None:
    assert term_hash("model") == 0xD79572D9
    assert term_hashes(["b", "a", "b"]).tolist() == [term_hash("b"), term_hash("a"), term_hash("b")]
    assert term_hashes([]).dtype == np.uint32
    assert term_hash("\ud835") == term_hash("?")
