"""The small decisions about words: examples, paths, counts, text that is cut nowhere."""

from __future__ import annotations

import doctest

import pytest

from assistant.answering import Answer
from assistant.tui import example_questions, palette, phrases, service
from assistant.tui.widgets import prompt_input
from corpus.model import Document, Record, Section


@pytest.mark.parametrize("module", [example_questions, palette, phrases, prompt_input, service])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("2.1 Staged release", "What is said about staged release?"),
        ("Who gains from openness?", "Who gains from openness?"),
        ("The European Union", "What is said about the European Union?"),
        ("Openness is a matter of degree", None),
        ("Related Work", None),
        ("References", None),
        ("3 Data Set", None),
        ("4.1 Our proposed model", None),
        ("Training details", None),
    ],
)
def test_question_from_a_heading(heading, question):
    document = Document("", Record(), "essay", "markdown", sections=(Section((heading,), 1, 0, 0),))
    assert next(example_questions.asked(document), None) == question


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.97, "strong evidence"), (0.9, "strong evidence"), (0.7, "some evidence"), (0.31, "weak evidence")],
)
def test_confidence_is_told_in_words(confidence, words):
    assert phrases.measured(Answer("?", "?", "passages", False, confidence)) == words


def test_nothing_found_is_no_evidence():
    answer = Answer("?", "?", "none", True, 0.97)
    assert answer.evidence == "none"
    assert phrases.measured(answer) == ""


def test_a_path_with_spaces_needs_no_quotation_marks(tmp_path):
    folder = tmp_path / "my papers"
    folder.mkdir()
    assert prompt_input.given_paths(str(folder)) == (str(folder),)
    assert prompt_input.given_paths(str(folder).replace(" ", "\\ ")) == (str(folder),)


def test_a_path_is_completed(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / ".hidden").touch()
    assert prompt_input.completed(f"{tmp_path}/pa") == f"{tmp_path}/papers/"
    assert prompt_input.completed(f"{tmp_path}/") == f"{tmp_path}/papers/"
    assert prompt_input.completed(f"{tmp_path}/x") is None
    assert prompt_input.completed(f"{tmp_path}/none/x") is None


def test_marking_keeps_every_offset():
    text = "one\ntwo\x07three\n\nfour\tfive"
    assert len(phrases.flowing(text)) == len(text)
    content = phrases.marked(text, 4, 7)
    span = content.spans[0]
    assert content.plain[span.start : span.end] == "two"
