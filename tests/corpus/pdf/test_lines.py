"""Lines end, and words part, where the edges of the runs say so; elsewhere where pdfium says so."""

from __future__ import annotations

import pytest

from corpus.pdf.lines import Fragment, Run, compose_accents, with_line_ends


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


def run(
    text: str, x: float, y: float, right: float, *, size: float = 10.0, ended: bool = False, spaced: bool = False
) -> Run:
    return Run(Fragment(text, x, y, size), right, ended, spaced)


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (run("3", 100, 75.8, 103, size=6, ended=True), run("https", 103.4, 72, 120, size=8), "3https"),
        (run("Goel ", 100, 500, 120, spaced=True), run("1", 120.2, 504, 124, size=7), "Goel1"),
        (
            run("at a workshop ", 100, 756, 300, spaced=True),
            run("A TITLE", 100, 697, 180, size=14),
            "at a workshop \nA TITLE",
        ),
        (
            run("left column", 100, 500, 200, ended=True),
            run("right column", 300, 500, 400),
            "left column\nright column",
        ),
        (run("two ", 100, 500, 120, spaced=True), run("words", 122.5, 500, 150), "two words"),
        (run("two", 100, 500, 120, ended=True), run("words", 122.5, 500, 150), "two words"),
        (run("a drawn space ", 100, 500, 160), run("stays", 160, 500, 190), "a drawn space stays"),
    ],
)
def test_what_stands_between_two_runs(first: Run, second: Run, text: str) -> None:
    assert "".join(fragment.text for fragment in with_line_ends([first, second])) == text


def test_no_runs_make_no_fragments() -> None:
    assert list(with_line_ends([])) == []
