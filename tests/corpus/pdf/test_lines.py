"""Accents that TeX draws apart from their letters."""

from __future__ import annotations

import pytest

from corpus.pdf.lines import compose_accents


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("Ondˇrej and V´eronique", "Ondřej and Véronique"),
        ("Polit`ecnica, E¨otv¨os, Benoˆıt", "Politècnica, Eötvös, Benoît"),
        ("Koc¸ and Franc¸ois", "Koç and François"),
        ("Mazare´, Universite´ de", "Mazaré, Université de"),
    ],
)
def test_accents_are_put_onto_their_letters(damaged: str, right: str) -> None:
    assert compose_accents(damaged) == right


@pytest.mark.parametrize("text", ["the author´s", "a ´vague´ word", "plain `code`", "x´ and ˆω", "http://a/~bc"])
def test_what_is_no_split_accent_stays(text: str) -> None:
    assert compose_accents(text) == text
