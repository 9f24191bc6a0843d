""" """

import numpy as np
import pytest

from index.analyzer import (
    american,
    compound_prefixes,
    is_ideographic,
    split_compound,
    stem,
    stems,
    term_hash,
    term_hashes,
    terms,
)


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


@pytest.mark.parametrize(
    "together, apart",
    [("pretraining", "pre-training"), ("finetuned", "fine tuned"), ("datasets", "data sets"), ("reuse", "re-use")],
)
def test_words_together_and_apart_share_their_terms(together: str, apart: str) -> None:
    assert list(terms(together)) == list(terms(apart))


@pytest.mark.parametrize("word", ["present", "refine", "final", "dated", "reuters", "online", "data", "pre"])
def test_other_words_stay_whole(word: str) -> None:
    assert split_compound(word) == (word,)


def test_a_beginning_reaches_into_the_second_part() -> None:
    assert compound_prefixes("pretra") == [("pre", "tra")]
    assert compound_prefixes("finetuning") == [("fine", "tuning")]
    assert compound_prefixes("pre") == []
    assert set(compound_prefixes("prep")) == {("pre", "p")}


@pytest.mark.parametrize(
    ("british", "form"),
    [
        ("colour", "color"),
        ("behavioural", "behavioral"),
        ("neighbours", "neighbors"),
        ("organise", "organize"),
        ("minimised", "minimized"),
        ("optimisation", "optimization"),
        ("criticising", "criticizing"),
        ("analyse", "analyze"),
        ("analysis", "analyze"),
        ("paralysed", "paralyzed"),
        ("centre", "center"),
        ("centred", "centered"),
        ("kilometres", "kilometers"),
        ("catalogue", "catalog"),
        ("licence", "license"),
        ("defence", "defense"),
        ("programme", "program"),
        ("haemoglobin", "hemoglobin"),
        ("leukaemia", "leukemia"),
        ("oestrogen", "estrogen"),
        ("sulphate", "sulfate"),
        ("judgement", "judgment"),
        ("grey", "gray"),
    ],
)
def test_british_forms_are_led_to_american_ones(british: str, form: str) -> None:
    assert american(british) == form
    assert american(form) in (form, american(british))


@pytest.mark.parametrize(
    "word",
    "advise arise comprise compromise demise devise disguise enterprise exercise expertise four hour tour contour "
    "basis crisis emphasis improvise merchandise noise otherwise phrase praise precise premise promise raise revise "
    "rise supervise surprise wise increase disease courts genre timbre our are licenses aerial poem 日本語".split(),
)
def test_words_with_one_spelling_stay(word: str) -> None:
    assert american(word) == word
