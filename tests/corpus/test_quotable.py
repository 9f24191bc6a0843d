"""Sentences that need the one before them."""

import pytest

from corpus.model import Block, BlockKind, Document, Record, Span
from corpus.quotable import continues, needs_antecedent, with_antecedent

FIRST = "The corpus holds 547 hours."
SECOND = "It is free for all to use."
THIRD = "They are, too."


def document(*blocks):
    """Paragraphs of sentences, with their offsets."""
    text, spans, made = "", [], []
    for sentences in blocks:
        begin = len(text)
        for sentence in sentences:
            text += " " if text and len(text) != begin else ""
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence
        made.append(Block(BlockKind.PARAGRAPH, begin, len(text)))
        text += "\n\n"
    return Document(text, Record(), "essay", "text", blocks=tuple(made), sentences=tuple(spans))


@pytest.mark.parametrize("text", [SECOND, THIRD, "However, they failed.", "This shows the gap.", "“These are few.”"])
def test_a_sentence_that_opens_with_a_pronoun_needs_antecedent(text):
    assert needs_antecedent(text)


@pytest.mark.parametrize("text", [FIRST, "This paper asks why.", "Italy is large.", "However, models are many."])
def test_one_that_names_its_subject_stands_by_itself(text):
    assert not needs_antecedent(text)


def test_a_connective_ties_a_sentence_to_the_one_before():
    assert [continues(text) for text in (SECOND, "But models are many.", FIRST, "This tutorial asks why.")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_sentence_before_is_taken_along():
    written = document([FIRST, SECOND])
    span = with_antecedent(written, written.sentences[1])
    assert span is not None
    assert span.within(written.text) == f"{FIRST} {SECOND}"


def test_nothing_is_taken_from_another_paragraph_nor_from_a_sentence_that_leans_itself():
    apart = document([FIRST], [SECOND])
    assert with_antecedent(apart, apart.sentences[1]) is None
    leaning = document([SECOND, THIRD])
    assert with_antecedent(leaning, leaning.sentences[1]) is None
    assert with_antecedent(leaning, leaning.sentences[0]) is None
