"""What a question asks: intents by their slots, conditions with their parts, and nothing where a word is left over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.taxonomy import Taxonomy, TaxonomyAnswer

TAXONOMY = Taxonomy.load()
WORDS = [
    "which", "models", "have", "open", "closed", "weights", "data", "code", "D3", "C5", "?", "N/A", "level", "of", "in",
    "the", "LLaMA", "GPT-4", "Qwen", "before", "2022", "top", "5", "most", "cited", "compare", "and", "not", "only",
    "licence", "points", "allows", "research", "more than", "1,000", "downloads", "pretraining", "alignment", "Google",
]  # fmt: skip


def ask(question: str) -> TaxonomyAnswer:
    return TAXONOMY.ask(question)


def at(component: str, *levels: str) -> list[str]:
    return [cell.model for cell in TAXONOMY.table.column(component) if cell.level in levels]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("weights of OPT", "cell"),
        ("weights and inference code of OPT", "cells"),
        ("Elo of GPT-4", "fact"),
        ("how open is BLOOM?", "row"),
        ("list the inference code of every model", "column"),
        ("Which models have D3 weights?", "filter"),
        ("How many models came out in 2022?", "count"),
        ("three oldest models", "ranking"),
        ("BLOOM versus OPT", "comparison"),
        ("distribution of levels for weights", "distribution"),
        ("What does D2 mean?", "definition"),
        ("Which level do 4 points of a licence give?", "licence_rule"),
        ("How open is Google?", "ambiguous"),
        ("How open is Qwen?", "unknown_model"),
        ("What is the melting point of tungsten?", "none"),
    ],
)
def test_the_intent(question: str, kind: str) -> None:
    assert ask(question).kind == kind


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("weights = D5 and pretraining data = D4", set(at("weights", "D5")) & set(at("pretraining_data", "D4"))),
        ("inference code C5 but weights not D5", set(at("inference_code", "C5")) - set(at("weights", "D5"))),
        ("open weights but closed training data", set(at("weights", "D5")) & set(at("pretraining_data", "D1"))),
        ("Which models have never shared their weights?", set(at("weights", "D1"))),
        ("Which models except GPT-2 have D5 weights?", set(at("weights", "D5")) - {"GPT-2"}),
        ("Which models have weights under Apache 2.0 with pre-training data that are not D5?", {"T5", "mT5", "CodeT5",
         "UL2", "OpenLLaMA", "Mistral-7B"}),
        ("Which Google models have closed weights?", {"GLaM", "LaMDA", "PaLM", "PaLM-2"}),
        ("Which models are older than GPT-3?", {"GPT-2", "T5"}),
        ("Which models have more than 10,000 citations?", {"GPT-3", "T5"}),
        ("models with at least eleven fully open components", set()),
    ],
)  # fmt: skip
def test_conditions_keep_to_their_parts(question: str, names: set[str]) -> None:
    answer = ask(question)
    assert (answer.kind, set(answer.value)) == ("filter", names)


@pytest.mark.parametrize(
    "question",
    [
        "What accuracy does GPT-2 reach on SQuAD?",
        "How many Hugging Face downloads did GPT-2 get in 2025?",
        "What is Claude-2's Arena Elo today?",
        "Why is GPT-4 closed?",
        "How do I download the Pythia weights?",
        "Is that model's fine-tuning code released?",
        "Are the weights closed?",
        "Which models have closed weights or closed inference code?",
        "Which models are less than fully open?",
        "How many datasets are open?",
        "What is the best open model?",
        "How many models has Meta released since 2024?",
        "How big is the training corpus of BLOOM?",
        "What share of researchers release their code?",
        "Is the GPT-3 paper open access?",
    ],
)
def test_a_word_a_figure_or_a_negation_that_is_left_over_gives_no_answer(question: str) -> None:
    answer = ask(question)
    assert (answer.found, answer.value, answer.cells) == (False, None, ())


@pytest.mark.parametrize(
    ("question", "correction"),
    [
        ("openess of gemni", "gemni → Gemini"),
        ("gtp-4 weights level", "gtp-4 → GPT-4"),
        ("Megatron Turring weights", "Megatron Turring → Megatron-Turing"),
    ],
)
def test_a_correction_is_said(question: str, correction: str) -> None:
    assert correction in ask(question).corrections


def test_every_cell_and_every_fact_answers_by_its_plain_names() -> None:
    for thing in TAXONOMY.table.things:
        for component in TAXONOMY.table.components:
            answer = ask(f"level of {thing.name}'s {component.title.lower()}")
            assert answer.value["raw"] == TAXONOMY.cell(thing.name, component.id).raw
        for field in TAXONOMY.table.fields:
            answer = ask(f"{field.title.lower()} of {thing.name}")
            assert (answer.kind, answer.cells[0].component) == ("fact", field.id), (thing.name, field.id)


def test_a_hint_is_never_a_level() -> None:
    answer = ask("Which models have D5 pretraining data?")
    assert "LLaMA" not in answer.value and "LLaMA ?(likely D5)" in answer.note


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)))
def test_any_question_gets_a_well_formed_answer(question: str) -> None:
    answer = ask(question)
    data: dict[str, Any] = answer.as_json()
    assert data["question"] == question
    if not answer.found:
        assert answer.value is None and not answer.cells
    else:
        assert answer.text and answer.source.startswith("Eiras et al. 2024 (arXiv:2404.17047v2)")
    for shown in answer.cells:
        if shown.source == "Table 3":
            assert TAXONOMY.cell(shown.model, shown.component) == shown


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["LLaMA", "GPT", "Claude", "Falcon", "PaLM", "Phi"]), st.integers(min_value=5, max_value=40))
def test_versions_that_the_table_lacks_are_unknown(name: str, version: int) -> None:
    answer = ask(f"How open is {name}-{version}?")
    assert (answer.kind, answer.found) == ("unknown_model", False)
