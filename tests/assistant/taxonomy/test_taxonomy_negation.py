"""Questions that refuse, exclude or demand in full: never the opposite of what was asked."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Taxonomy, TaxonomyAnswer

TAXONOMY = Taxonomy.load()


def ask(question: str) -> TaxonomyAnswer:
    return TAXONOMY.ask(question)


def at(component: str, *levels: str) -> list[str]:
    return [cell.model for cell in TAXONOMY.column(component) if cell.level in levels]


def made_by(*developers: str) -> set[str]:
    return {model.name for model in TAXONOMY.models if set(model.developers) & set(developers)}


@pytest.mark.parametrize(
    ("question", "component", "levels"),
    [
        ("Which models have never shared their weights?", "weights", "D1"),
        ("Which models didn't publish weights?", "weights", "D1"),
        ("Which models haven't disclosed their pre-training data?", "pretraining_data", "D1"),
        ("Which models refuse to share their pre-training data?", "pretraining_data", "D1"),
        ("Which models hide their weights?", "weights", "D1"),
        ("Which models do not withhold their weights?", "weights", "D2 D3 D4 D5"),
        ("Which models are not at D1 or D2 for weights?", "weights", "D3 D4 D5"),
        ("Which models don't have D5 weights?", "weights", "D1 D2 D3 D4"),
        ("Which models have published their pre-training data in full?", "pretraining_data", "D5"),
        ("List the models with completely released pre-training data", "pretraining_data", "D5"),
        ("Which models do not fully share their pre-training data?", "pretraining_data", "D1 D2 D3 D4"),
    ],
)
def test_a_refusal_is_not_turned_round(question: str, component: str, levels: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value) == ("filter", at(component, *levels.split()))


def test_neither_refuses_both() -> None:
    answer = ask("Which models have neither open weights nor open inference code?")
    closed = ("1", "2", "3", "4")
    inference = at("inference_code", *(f"C{n}" for n in closed))
    assert answer.value == [name for name in at("weights", *(f"D{n}" for n in closed)) if name in inference]


@pytest.mark.parametrize(
    ("question", "developers"),
    [
        ("Which models have open weights, excluding those from Meta?", ["Meta"]),
        ("Which models have open weights apart from those made by Google and Meta?", ["Google", "Meta"]),
        ("Which open-weights models aren't from EleutherAI?", ["EleutherAI"]),
        ("Which models have open weights, leaving Meta out?", ["Meta"]),
    ],
)
def test_developers_are_left_out(question: str, developers: list[str]) -> None:
    left_out = made_by(*developers)
    assert ask(question).value == [name for name in at("weights", "D5") if name not in left_out]


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("Which models except GPT-2 have open weights?", {"GPT-2"}),
        ("Besides Phi-2 and T5, which models have D5 weights?", {"Phi-2", "T5"}),
        ("all models with open weights, not counting BLOOM or Falcon", {"BLOOM", "Falcon"}),
    ],
)
def test_models_are_left_out(question: str, left_out: set[str]) -> None:
    assert ask(question).value == [name for name in at("weights", "D5") if name not in left_out]


@pytest.mark.parametrize(
    "question",
    [
        "Which models do not use the MIT licence on weights?",
        "Which models have weights that aren't licensed under MIT?",
        "models whose weights are not under the MIT licence",
    ],
)
def test_licences_are_left_out(question: str) -> None:
    under = {cell.model for cell in TAXONOMY.column("weights") if cell.annotation == "MIT"}
    assert ask(question).value == [model.name for model in TAXONOMY.models if model.name not in under]


def test_not_open_is_the_opposite_of_open() -> None:
    names = [model.name for model in TAXONOMY.models]
    open_ones = ask("Which models are open, by weights?").value
    assert ask("Which models are not open?").value == [name for name in names if name not in open_ones]


@pytest.mark.parametrize(
    "question",
    [
        "models lacking a licence for their weights",
        "Which models hardly disclose pre-training data?",
        "Which models have zero open components?",
        "Which models are less than fully open?",
        "Which models not released in 2022 have open weights?",
        "Which models share everything except the pre-training data?",
    ],
)
def test_a_negation_that_is_not_understood_gives_no_answer(question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found) == ("none", False)


def test_no_more_than_is_a_limit() -> None:
    answer = ask("Which models have no more than 100 citations?")
    cited = {model.name: model.number("citations") for model in TAXONOMY.models}
    assert answer.value == [name for name, number in cited.items() if number is not None and number <= 100]


@pytest.mark.parametrize(
    ("question", "model", "component"),
    [
        ("How open are the parameters of OPT?", "OPT", "weights"),
        ("Under which licence are BLOOM's parameters?", "BLOOM", "weights"),
        ("oepn llama inference code", "OpenLLaMA", "inference_code"),
        ("Is the alignment data behind Falcon public?", "Falcon", "alignment_data"),
        ("Is the pre-training data of Pythia accessible?", "Pythia", "pretraining_data"),
        ("did BLOOM's authors release the pre-training code?", "BLOOM", "pretraining_code"),
        ("which licence governs the weights of OPT?", "OPT", "weights"),
        ("what is known on the alignment data of LLaMA?", "LLaMA", "alignment_data"),
        ("Does Falcon publish its pre-training data?", "Falcon", "pretraining_data"),
        ("ChatGPT 3.5 inference code?", "GPT-3.5-turbo", "inference_code"),
    ],
)
def test_the_cell_that_is_meant(question: str, model: str, component: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value["model"], answer.value["component"]) == ("cell", model, component)


def test_a_split_name_is_shown_as_corrected() -> None:
    assert ask("oepn llama inference code").corrections == ("oepn llama → OpenLLaMA",)


@pytest.mark.parametrize("question", ["How many parameters has OPT?", "What is the number of parameters of OPT?"])
def test_counted_parameters_are_a_size(question: str) -> None:
    assert ask(question).kind == "fact"


def test_the_reasons_are_left_to_the_texts() -> None:
    assert ask("how open is BLOOM, and why is that important?").models == ("BLOOM",)


@pytest.mark.parametrize(
    "question",
    [
        "Which is the best licence for open source software?",
        "What is the newest article on open models?",
        "Which of the corpora is the biggest?",
        "What did the Falcon 9 booster carry?",
    ],
)
def test_what_is_not_in_the_table(question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found) == ("none", False)
