"""What a follow-up means after the questions before it."""

from __future__ import annotations

import doctest
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import PastTurn, anaphora, standalone, standalone_question
from assistant.followup.anaphora import Question, noun_phrases


def after(*questions: str) -> list[PastTurn]:
    history: list[PastTurn] = []
    for question in questions:
        history.append(PastTurn(question, standalone_question(question, history)))
    return history


@pytest.mark.parametrize("module", [anaphora, standalone])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (["What is BERT?"], "How many parameters does it have?", "How many parameters does BERT have?"),
        (["What is model distillation?"], "What are its downsides?", "What are the downsides of model distillation?"),
        (["What is DistilBERT?"], "And the accuracy?", "And the accuracy of DistilBERT?"),
        (["How many layers does BERT have?"], "What about GPT-2?", "How many layers does GPT-2 have?"),
        (["Who released LLaMA?"], "And BLOOM?", "Who released BLOOM?"),
        (["How open are the weights of GPT-4?"], "What about BLOOM?", "How open are the weights of BLOOM?"),
        (["How open are the weights of GPT-4?"], "And of OPT?", "How open are the weights of OPT?"),
        (["How open are the weights of GPT-4?"], "And the code?", "How open are the code of GPT-4?"),
        (["How good is GPT-4?"], "And the code?", "And the code of GPT-4?"),
        (["Does YEDDA run on Windows?"], "And BRAT?", "Does BRAT run on Windows?"),
        (["Does the parser run on Linux?"], "And on Windows?", "Does the parser run on Windows?"),
        (["What does the Linguists Guild ask of members?"], "And France?", "What does France ask of members?"),
        (["What does Spain ask of members?", "And France?"], "what about italy", "What does italy ask of members?"),
        (["By how many BLEU points does it win?"], "And for Hausa?", "By how many BLEU points does it win for Hausa?"),
        (["What can the speech generator do?"], "How was it trained?", "How was the speech generator trained?"),
        (["What are language models?"], "How are they trained?", "How are language models trained?"),
        (["Tell me about the Leipzig corpus."], "Who made it?", "Who made the Leipzig corpus?"),
        (
            ["How do Lovelace and Menabrea compute?"],
            "How did they check it?",
            "How did Lovelace and Menabrea check it?",
        ),
    ],
)
def test_what_a_follow_up_lacks_is_put_in(before, question, expected):
    assert standalone_question(question, after(*before)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is marginal risk?",
        "Who is Alan Turing?",
        "Tell me about word sense disambiguation.",
        "Which countries have signed the convention on biological diversity?",
        "What does the EU AI Act ask of providers of open-source models?",
        "Is it possible to train a parser without any labelled sentences?",
        "Is it true that larger models memorise more of their training data?",
    ],
)
def test_a_change_of_topic_drops_the_history(question):
    assert standalone_question(question, after("What is BERT?", "How many layers does it have?")) == question


@pytest.mark.parametrize("question", ["How does Multi-News evaluate summaries?", "What does LadaBERT combine?"])
def test_a_question_on_a_new_name_inherits_nothing(question):
    history = [PastTurn("What is DistilBERT?", titles=("DistilBERT, a distilled version",))]
    assert standalone_question(question, history) == question


def test_the_focus_stays_through_several_follow_ups():
    history = after("What is distillation?", "What are the limits?", "Can it fail?")
    assert standalone_question("How is it measured?", history) == "How is distillation measured?"


def test_a_subject_asked_about_instead_becomes_the_focus():
    assert standalone_question("how big is it", after("Does YEDDA run on Linux?", "And BRAT?")) == "how big is BRAT"


def test_a_first_question_is_left_as_it_is():
    assert standalone_question("And its downsides?", []) == "And its downsides?"


def test_ordinals_count_the_documents_of_the_last_answer():
    history = [PastTurn("Which papers summarise?", titles=("On A", "On A", "On B"))]
    assert standalone_question("Who wrote the second one?", history) == "Who wrote “On B”?"


def test_ordinals_count_parallel_questions_in_a_row():
    history = [
        PastTurn("Which paper distils BERT?", titles=("Distilling", "Other")),
        PastTurn("And GPT-2?", titles=("Shrinking",)),
    ]
    assert standalone_question("who wrote the first one?", history) == "who wrote “Distilling”?"


def test_the_authors_are_those_of_the_paper_just_shown():
    history = [PastTurn("How are sentences split?", titles=("Splitting", "Splitting", "Else"))]
    assert standalone_question("Who are the authors?", history) == "Who are the authors of “Splitting”?"
    assert standalone_question("What does the paper conclude?", history) == "What does “Splitting” conclude?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and the first, what data does it use?", "and “A”, what data does it use?"),
        ("Who wrote the last of them?", "Who wrote “C”?"),
        ("Compare the first two papers.", "Compare “A” and “B”."),
        ("What do the last two use?", "What do “B” and “C” use?"),
        ("Do the first and the third paper agree?", "Do “A” and “C” agree?"),
        ("What data do all of them use?", "What data do “A”, “B” and “C” use?"),
        ("Which of them uses tweets?", "Which of “A”, “B” and “C” uses tweets?"),
        ("Where do all three differ?", "Where do “A”, “B” and “C” differ?"),
        ("Do both use tweets?", "Do both use tweets?"),
        ("Which of the last two years had most?", "Which of the last two years had most?"),
        ("Do they cover both English and Dutch?", "Do they cover both English and Dutch?"),
        ("Who wrote the first paper on tweets?", "Who wrote the first paper on tweets?"),
    ],
)
def test_the_members_of_a_list_are_named(question, expected):
    asked = PastTurn("Which papers are about tweets?", titles=("A", "B", "B", "C"))
    told = standalone_question(question, [asked])
    assert told == expected if "“" in expected else "“" not in told


def test_a_list_stays_counted_after_questions_on_its_members():
    history = [PastTurn("Which papers are about tweets?", titles=("A", "B")), PastTurn("Who wrote the second one?")]
    assert standalone_question("What do both of them use?", history) == "What do “A” and “B” use?"


def test_an_ordinal_that_counts_something_else_is_no_document():
    history = [PastTurn("Which languages does it cover?", titles=("A", "B"))]
    assert "“" not in standalone_question("How good is the second one?", history)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("why?", "why (“On tweets”)?"),
        ("By how many BLEU points?", "By how many BLEU points (“On tweets”)?"),
        ("What was the best F1?", "What was the best F1 (“On tweets”)?"),
        ("Thanks!", "Thanks!"),
        ("datasets for parsing?", "datasets for parsing?"),
    ],
)
def test_a_question_without_a_subject_is_about_the_paper_just_shown(question, expected):
    history = [PastTurn("hello", titles=("On tweets",))]
    assert standalone_question(question, history) == expected


def test_an_ordinal_beyond_what_was_shown_points_at_nothing():
    history = [PastTurn("Which papers summarise?", titles=("On A", "On B"))]
    assert "“" not in standalone_question("Who wrote the fifth one?", history)


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("Is it safe to retrain?", []),
        ("Does the model that won use attention?", []),
        ("What is IT support?", []),
        ("I heard that. How does it work?", ["thing"]),
        ("How do they differ from these methods?", ["things", "thing"]),
        ("Was he the first one?", ["person"]),
    ],
)
def test_slots_are_anaphora_without_a_referent_in_the_question(question, forms):
    assert [slot.form for slot in Question(question).slots] == forms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What do Hopper and Lovelace's notes propose?", ["Hopper and Lovelace's notes"]),
        ("How is the model trained on German news?", ["model", "German news"]),
        ("Why is it?", []),
        ("", []),
    ],
)
def test_noun_phrases(text, expected):
    assert [phrase.text for phrase in noun_phrases(text)] == expected


def test_a_demonstrative_with_a_general_noun_is_replaced():
    assert standalone_question("How does this method work?", after("What is quantum annealing?")) == (
        "How does quantum annealing work?"
    )


@given(st.lists(st.text(max_size=80), max_size=5), st.text(min_size=1, max_size=80))
def test_any_text_is_understood_without_error(before, question):
    told = standalone_question(question, [PastTurn(text, titles=(text,)) for text in before])
    assert told.strip() or not question.strip()


def test_long_questions_do_not_hold_the_answer_up():
    history = [PastTurn("What is the state of the art of the " + "model of the data of BERT and " * 120)] * 8
    begun = time.process_time()
    standalone_question("How do they " + "compare the model with that of the others " * 90, history)
    assert time.process_time() - begun < 2
