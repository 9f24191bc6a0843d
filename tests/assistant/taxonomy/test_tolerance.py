"""The tolerant reading: found where the table or a list is named, not found where something else is asked."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Shelf
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.names import Names
from assistant.taxonomy.parser import Parser
from assistant.taxonomy.query import Kind
from assistant.taxonomy.reading import read_edition

SHELF = Shelf()


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("Did the authors of PolyCoder share their alignment data?", "cell", "N/A"),
        ("When did the world first see OPT-175B?", "fact", "05/2022"),
        ("Who should get the credit for making OpenLLaMA?", "fact", "UC Berkeley"),
        ("Who was generous enough to open the inference code completely?", "filter", "OPT"),
        ("What is the single most cited model?", "ranking", "GPT-3"),
        ("What did DeepMind build?", "ambiguous", "Chinchilla"),
    ],
)
def test_words_of_asking_and_giving_are_passed_over(question: str, kind: str, value: str) -> None:
    answer = SHELF.ask(question)
    assert (answer.found, answer.kind) == (True, kind)
    assert value in str(answer.value)


@pytest.mark.parametrize(
    "question",
    [
        "What accuracy does GPT-2 get on SQuAD?",
        "Who wrote the inference code of BLOOM?",
        "Who sued OpenAI over the pretraining data of GPT-4?",
        "When did OpenAI deprecate GPT-3?",
        "Who criticised the release of GPT-2?",
        "Did Google hold back the release of Gemini because of safety?",
        "Does the fully open pretraining data contain personal information?",
        "What is the vocabulary size of GPT-2?",
        "How good are the open weights of Phi-2 at coding?",
        "Which papers released their evaluation code?",
        "Why did the authors of GPT-3 not share their pretraining data?",
        "What is the inference latency of Mistral-7B?",
        "How high is the inference cost of GPT-4 compared to Claude?",
        "Which model has the lowest training loss?",
        "How many evaluation examples are used for GPT-4?",
        "Is the training data of T5 larger than that of mT5?",
        "How do Pythia models scale with data?",
        "Which weights are shared between T5 encoder and decoder?",
        "What weight decay does GPT-J use?",
        "Was GPT-4 used for evaluation?",
        "Do the weights of Pythia change during fine-tuning?",
    ],
)
def test_another_matter_is_left_to_the_texts(question: str) -> None:
    assert not SHELF.ask(question).found


@pytest.mark.parametrize(
    ("question", "taxonomy", "count"),
    [
        ("What are the economic advantages of open models?", "risks-opportunities", 5),
        ("Which two risks does the paper name?", "risks-opportunities", 2),
        ("List the recommendations for safe and responsible open sourcing.", "recommendations", 5),
        ("How many recommendations are given?", "recommendations", 5),
        ("Which rungs does the gradient of release have?", "release-gradient", 6),
        ("What is Brazil doing about AI regulation?", "governance", 1),
        ("Which jurisdictions does the paper discuss?", "governance", 10),
        ("How does Kapoor define an open foundation model?", "marginal-risk", 1),
        ("Which misuses were studied?", "marginal-risk", 7),
        ("What stages of generative AI does the paper tell apart?", "stages", 3),
        ("What does mid-term mean?", "stages", 1),
        ("What speaks in favour of openness?", "risks-opportunities", 13),
        ("What dangers does opening a model bring?", "risks-opportunities", 2),
        ("Canadian AI bills", "governance", 1),
    ],
)
def test_lists_are_found_by_what_they_are_about(question: str, taxonomy: str, count: int) -> None:
    answer = SHELF.ask(question)
    assert (answer.taxonomy, len(answer.models)) == (taxonomy, count)


@pytest.mark.parametrize(
    "question",
    [
        "What are the benefits of the Paris agreement according to the paper?",
        "Which risks do the authors mention for patients?",
        "What advantages does the proposed model have according to the authors?",
        "What are the stages of mitosis?",
        "How does the EU regulate fisheries?",
        "What principles did the OECD adopt on taxation?",
        "What is India's law about?",
        "How many claims are there?",
        "Which properties do open sets have?",
    ],
)
def test_a_list_of_something_else_is_left_to_the_texts(question: str) -> None:
    assert not SHELF.ask(question).found


def test_a_strict_reading_comes_first() -> None:
    edition: Edition = read_edition("eiras-2024")
    query = Parser(edition, Names(edition)).parse("Which models have D5 weights and fully open inference code?")
    assert query.kind is Kind.FILTER
    assert len(query.conditions) == 2
