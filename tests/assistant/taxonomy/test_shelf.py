"""Which classification answers, and that each answer can be cited."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Shelf
from corpus.errors import UsageError

SHELF = Shelf()


@pytest.mark.parametrize(
    ("question", "taxonomy", "kind", "count"),
    [
        ("What are the risks of open models?", "risks-opportunities", "filter", 2),
        ("Which opportunities does open source bring?", "risks-opportunities", "filter", 13),
        ("opportunities of open source in section 4.3", "risks-opportunities", "filter", 5),
        ("Which claims about closed models does the paper argue against?", "claims", "filter", 4),
        ("What does the paper recommend for open models?", "recommendations", "filter", 5),
        ("What are the steps of the marginal risk framework?", "marginal-risk", "filter", 6),
        ("distinctive properties of open foundation models", "marginal-risk", "filter", 5),
        ("What are the options of the release gradient?", "release-gradient", "filter", 6),
        ("How is generative AI regulated in China?", "governance", "entry", 1),
        ("What does the EU AI Act say about open models?", "governance", "entry", 1),
        ("What speaks for open-source models?", "risks-opportunities", "filter", 13),
        ("What concerns does the paper argue against?", "claims", "filter", 4),
        ("What do the authors advise?", "recommendations", "filter", 5),
        ("the risks of section 4", "risks-opportunities", "filter", 2),
        ("the second recommendation of the paper", "recommendations", "entry", 1),
        ("What makes open foundation models distinctive?", "marginal-risk", "filter", 5),
        ("How many steps and which ones does the marginal risk framework have?", "marginal-risk", "filter", 6),
        ("What does the EU AI Act require of open source models?", "governance", "entry", 1),
        ("cannot be rolled back", "risks-opportunities", "entry", 1),
        ("closed models have stronger safeguards", "claims", "entry", 1),
        ("In the European Open Source AI Index, how open is OLMo?", "osai-index", "row", 1),
        ("weights of OPT", "eiras-2024", "cell", 1),
    ],
)
def test_the_right_classification_answers(question: str, taxonomy: str, kind: str, count: int) -> None:
    answer = SHELF.ask(question)
    assert (answer.taxonomy, answer.kind, len(answer.models)) == (taxonomy, kind, count)
    assert answer.source and answer.cite.startswith("[@")


def test_a_concept_of_two_works_gives_both() -> None:
    answer = SHELF.ask("cannot be rolled back")
    assert answer.value[0]["section"] == "4.4"
    assert [item["taxonomy"] for item in answer.beside] == ["marginal-risk"]
    assert answer.cite == "[@eiras2024, Section 4]"


@pytest.mark.parametrize(
    ("question", "cite"),
    [
        ("weights of OPT", "[@eiras2024, Table 3]"),
        ("Elo of GPT-4", "[@eiras2024, Table 2]"),
        ("Which 2022 models have D5 weights?", "[@eiras2024, Table 3; @eiras2024, Table 2]"),
        ("What does C3 mean?", "[@eiras2024, sec. 3.1]"),
    ],
)
def test_an_answer_names_its_table_for_a_draft(question: str, cite: str) -> None:
    assert SHELF.ask(question).cite == cite


@pytest.mark.parametrize(
    "question",
    [
        "What recommendations do they offer?",
        "What are the concerns?",
        "What was their first claim?",
        "What is the last step?",
        "What claims does the author make?",
        "What are the risks of surgery?",
        "Which laws does Brazil have on water?",
        "When was the law rolled back?",
        "What are the steps of the algorithm?",
        "How does the method reduce energy use?",
        "Who should regulate open models?",
    ],
)
def test_other_questions_find_nothing(question: str) -> None:
    assert not SHELF.ask(question).found


def test_governance_carries_its_date_and_what_came_after() -> None:
    note = SHELF.ask("How is AI regulated in the United States?").note
    assert "early 2024" in note and "Rescinded" in note


def test_an_unknown_taxonomy_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="osai-index"):
        SHELF.ask("weights of OPT", within="nothing")
