"""What is shown as an answer's sentence, and what only looks like one."""

import pytest

TINY = """# TinyNet: a small net for phones

## Abstract

In this work we propose a smaller network, called TinyNet, that runs on phones. TinyNet has 12 million parameters.

## Results

Table 2: The number of parameters of TinyNet and others.

| Model | Parameters | Score |
|---|---|---|
| TinyNet | 12 | 79.1 |
| BroadNet | 66 | 81.2 |

TinyNet is 40% smaller than BroadNet and loses little of its accuracy. The loss of TinyNet is defined as follows:
"""
BROAD = """# Wide layers

BroadNet is a network of wide layers, trained by Mary Poole in 2019.
"""
OTHER = """# Gardens

The annotators judged roses along the wall. Watering by hand took the gardener two hours each day.
"""


@pytest.fixture(scope="module")
def nets(library_of):
    return library_of(tiny=TINY, broad=BROAD, other=OTHER)


def test_a_definition_comes_before_titles_and_rows(nets):
    answer = nets.ask("What is TinyNet?")
    texts = [sentence.text for sentence in answer.sentences]
    assert texts[0].startswith("In this work we propose a smaller network, called TinyNet")
    assert TINY.splitlines()[0].strip("# ") not in texts


def test_the_figure_asked_for_is_not_the_number_of_a_table(nets):
    first = nets.ask("How many parameters does TinyNet have?").sentences[0]
    assert "12 million" in first.text


def test_two_subjects_are_sought_each_in_its_own_document_and_no_sentence_stands_twice(nets):
    answer = nets.ask("Compare TinyNet and BroadNet")
    texts = {subject: [s.text for s in answer.sentences if s.heading == subject] for subject in ("TinyNet", "BroadNet")}
    assert any("40% smaller than BroadNet" in text for text in texts["TinyNet"])
    assert any(text.startswith("BroadNet is a network") for text in texts["BroadNet"])
    assert not set(texts["TinyNet"]) & set(texts["BroadNet"])


def test_a_name_with_another_number_is_another_subject(nets):
    answer = nets.ask("Compare TinyNet and BroadNet-7")
    assert {sentence.heading for sentence in answer.sentences} <= {"TinyNet"}


@pytest.mark.parametrize("question", ("What about it?", "the of and to", "Who is he?"))
def test_a_question_that_names_nothing_gets_no_answer(nets, question):
    answer = nets.ask(question)
    assert answer.abstained
    assert answer.confidence == 0
    assert "names no topic" in answer.notices[0]


def test_a_name_that_the_nearest_document_lacks_is_reported(nets):
    weighed = nets.answerer.weigh("How many layers of BroadNet did Karpov judge?")
    assert weighed.grounding.document is not None
    assert weighed.grounding.document.name.startswith("Wide layers")
    assert weighed.grounding.missing == ("Karpov",)


def test_rows_captions_and_announcements_are_no_sentences_of_an_answer(nets):
    shown = [item.text for item in nets.answerer.weigh("How many parameters does TinyNet have?").evidence]
    assert shown
    assert not any("|" in text or text.startswith("Table 2") or text.endswith(":") for text in shown)
