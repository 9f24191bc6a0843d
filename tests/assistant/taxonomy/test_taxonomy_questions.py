"""Questions in many words, each with the value that the tables give."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.taxonomy import Taxonomy, TaxonomyAnswer

GPT = ["GPT-2", "GPT-3", "GPT-4", "GPT-3.5-turbo"]
GOOGLE = ["T5", "mT5", "GLaM", "LaMDA", "PaLM", "UL2", "PaLM-2"]
PAID = ["GPT-3", "GPT-4", "Claude-2", "GPT-3.5-turbo", "Grok-1", "Gemini"]


def ask(question: str) -> TaxonomyAnswer:
    return Taxonomy.load().ask(question)


@pytest.mark.parametrize(
    ("question", "model", "component", "raw"),
    [
        ("what licence do BLOOM's weights carry", "BLOOM", "weights", "D4(RAIL)"),
        ("weights of opt", "OPT", "weights", "D3(OPT Data)"),
        ("data openness of OPT in pretraining", "OPT", "pretraining_data", "?"),
        ("At what level is the inference code of LLaMA?", "LLaMA", "inference_code", "C4(GNU GPL)"),
        ("Is the pre-training corpus of Falcon public?", "Falcon", "pretraining_data", "D4(ODC-By)"),
        ("SFT data of bloom", "BLOOM", "sft_data", "D5(Apache 2.0)"),
        ("reward model code of Claude-2", "Claude-2", "alignment_code", "C1"),
        ("Which utility benchmarks does GPT-3 have open?", "GPT-3", "utility_benchmarks_data", "D1"),
        ("Is GPT-3's architecture open?", "GPT-3", "weights", "D2"),
        ("chatgpt general evaluation code", "GPT-3.5-turbo", "general_eval_code", "C5(MIT)"),
        ("What does the table say about Gopher's safety evaluation data?", "Gopher", "safety_eval_data", "D1"),
        ("Does LLaMA's pretraining data have a level?", "LLaMA", "pretraining_data", "?(likely D5)"),
        ("automatic safety eval code of XGLM", "XGLM", "safety_eval_code", "C1"),
        ("fine-tuning code for T5", "T5", "finetuning_code", "C5(Apache 2.0)"),
        ("the code that PolyCoder was pre-trained with: its level?", "PolyCoder", "pretraining_code", "C5(MIT)"),
    ],
)
def test_a_cell(question: str, model: str, component: str, raw: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found) == ("cell", True)
    assert (answer.value["model"], answer.value["component"], answer.value["raw"]) == (model, component, raw)
    assert answer.cells[0].raw == raw and raw in answer.text
    assert f"row {model}, column " in answer.source


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Chatbot arena elo of Claude 2", 1131),
        ("how often was LaMDA cited", 819),
        ("How many downloads has BLOOM had?", 1172142),
        ("Arena rating of Mistral 7B?", 1023),
    ],
)
def test_a_number_carries_its_date(question: str, value: int) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value) == ("fact", value)
    assert "28 December 2023" in answer.note and "Table 2" in answer.source


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("When was PaLM released?", "04/2022"),
        ("Which lab built Chinchilla?", "DeepMind"),
        ("How many parameters does Megatron-Turing have?", "530B"),
        ("How big is GPT-4?", "N/A"),
        ("Elo of GPT-2?", "N/A"),
    ],
)
def test_a_fact_in_words(question: str, raw: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value["raw"]) == ("fact", raw)


@pytest.mark.parametrize("question", ["how open is BLOOM?", "Is BLOOM fully open?", "all cells of BLOOM please"])
def test_a_row_has_all_twelve_cells(question: str) -> None:
    answer = ask(question)
    assert (answer.kind, len(answer.cells)) == ("row", 12)
    assert answer.value["weights"] == "D4(RAIL)" and answer.value["finetuning_code"] == "?"


def test_a_whole_row_has_the_facts_too() -> None:
    value = ask("show the row for Phi-2").value
    assert len(value) == 18 and value["developer"] == "Microsoft" and value["weights"] == "D5(MIT)"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who released PolyCoder and when", {"developer": "Carnegie Mellon", "release": "02/2022"}),
        ("developer and size of Stable LM", {"developer": "Stability AI", "size": "7B"}),
        ("GPT-4's alignment", {"alignment_code": "C1", "alignment_data": "D1"}),
        ("Which components of GPT-4 are fully open?", {"general_eval_code": "C5(MIT)"}),
        ("which cells of Grok-1 are unknown?", {"alignment_code": "?", "alignment_data": "?"}),
        ("Which parts of Llama 2 are open?", {"inference_code": "C3(LLaMA-2)", "weights": "D3(LLaMA-2)"}),
        ("safety evaluation code of LaMDA and Phi-2", {"LaMDA": "C1", "Phi-2": "N/A"}),
    ],
)
def test_parts_of_rows(question: str, value: dict[str, str]) -> None:
    assert ask(question).value == value


@pytest.mark.parametrize(
    ("question", "models"),
    [
        ("Which models can only be had through a paid API?", PAID),
        ("Which models have semi-open inference code?", ["LLaMA", "LLaMA-2"]),
        ("models whose pretraining data is unknown", ["PolyCoder", "OPT", "BLOOM", "LLaMA"]),
        ("models with fully open weights but closed pre-training data", ["GPT-2", "Mistral-7B", "Phi-2"]),
        (
            "Which models have closed pretraining code although the weights are D5?",
            ["GPT-2", "Stable LM", "Falcon", "Mistral-7B", "Phi-2"],
        ),
        (
            "weights at D5 and closed pretraining data: which models?",
            ["GPT-2", "Mistral-7B", "Phi-2"],
        ),
        ("Which models have open inference code and closed weights?", []),
        ("Which models have weights at D3 or D4?", ["OPT", "BLOOM", "GLM-130B", "LLaMA", "LLaMA-2"]),
        ("Did anyone publish safety evaluation code?", []),
        ("Is any model's SFT data fully open?", ["BLOOM"]),
        ("Which models license their weights under RAIL?", ["BLOOM"]),
        ("Whose weights are under the MIT licence?", ["GPT-Neo", "XGLM", "FairSeq Dense", "Phi-2"]),
        ("Which models have an Elo above 1100?", ["GPT-4", "Claude", "Claude-2", "GPT-3.5-turbo", "Gemini"]),
        ("models with more than a million downloads", ["GPT-2", "T5", "BLOOM", "Falcon"]),
        ("Which models were released between March and April 2023?", ["GPT-4", "Claude", "Cerebras-GPT", "Stable LM"]),
        ("Which models came out after October 2023?", ["Grok-1", "Phi-2", "Gemini"]),
        ("Which models date from 2020?", ["GPT-3", "mT5"]),
        ("models from the second half of 2022", ["GLM-130B", "Pythia"]),
        ("Which models are older than GPT-3?", ["GPT-2", "T5"]),
        ("Of the 2022 models, which have closed weights?", ["LaMDA", "Chinchilla", "PaLM"]),
        ("Which Meta models have D3 weights?", ["OPT", "LLaMA", "LLaMA-2"]),
        ("What did NVIDIA build models of?", ["Megatron-Turing"]),
        ("models made by Anthropic or xAI", ["Anthropic LM", "Anthropic 175B", "Claude", "Claude-2", "Grok-1"]),
        ("DeepMind's models", ["Gopher", "Chinchilla"]),
        ("Does any model have D2 for anything other than weights?", []),
        ("Which models have neither open nor closed weights and an Elo above 1200?", ["GPT-4"]),
        (
            "Name the models whose inference code is C5 and whose weights are not D5.",
            ["OPT", "BLOOM", "GLM-130B"],
        ),
        (
            "Which models have open pre-training code but not open pre-training data?",
            ["T5", "mT5", "CodeT5", "UL2", "OpenLLaMA"],
        ),
    ],
)
def test_models_that_meet_conditions(question: str, models: list[str]) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found, answer.value) == ("filter", True, models)


def test_no_component_of_a_kind_means_none_at_all() -> None:
    models = ask("Which models have no closed component?").value
    taxonomy = Taxonomy.load()
    assert models == [
        model.name
        for model in taxonomy.models
        if not {"C1", "D1", "?"} & {cell.level for cell in taxonomy.row(model.name)}
    ]


def test_a_column() -> None:
    answer = ask("list the inference code of every model")
    assert (answer.kind, len(answer.value), len(answer.cells)) == ("column", 40, 40)
    assert answer.value["LLaMA-2"] == "C3(LLaMA-2)"


def test_a_hint_is_never_a_level() -> None:
    answer = ask("Which models have D5 pretraining data?")
    assert "LLaMA" not in answer.value and "LLaMA ?(likely D5)" in answer.note
    assert "a hint, not a level" in ask("LLaMA pretraining data").text


def test_unknown_and_not_applicable_are_kept_apart() -> None:
    assert ask("How many models have a question mark for alignment code?").value == 1
    assert ask("How many models are N/A for alignment code?").value == 31


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many models keep their pretraining data closed?", 22),
        ("How many cells are not applicable?", 197),
        ("How many models do not report a size?", 7),
        ("How many models came out in 2022?", 10),
        ("number of models with C1 inference code", 17),
        ("How many models does Google have?", 7),
        ("How many N/A cells are in the row of GPT-2?", 6),
        ("How many components does the taxonomy have?", 12),
    ],
)
def test_counts(question: str, number: int) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value) == ("count", number)


@pytest.mark.parametrize(
    ("question", "count", "total"),
    [
        ("What percentage of models have fully open weights?", 18, 40),
        ("What part of the models has fully open weights?", 18, 40),
        ("What share of models released in 2023 have open weights?", 6, 16),
        ("What proportion of the table's cells is N/A?", 197, 480),
    ],
)
def test_shares(question: str, count: int, total: int) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value["count"], answer.value["total"]) == ("count", count, total)
    assert answer.value["percent"] == pytest.approx(100 * count / total, abs=0.01)


@pytest.mark.parametrize(
    "question",
    ["models with at least six fully open components", "Which models have more than 4 fully open components?"],
)
def test_components_are_tallied(question: str) -> None:
    answer = ask(question)
    taxonomy = Taxonomy.load()
    least = 6 if "six" in question else 5
    rows = {model.name: taxonomy.row(model.name) for model in taxonomy.models}
    assert answer.value == [name for name, row in rows.items() if sum(cell.number == 5 for cell in row) >= least]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which model is the largest?", [["GLaM", 1200000000000]]),
        ("three oldest models", [["GPT-2", "02/2019"], ["T5", "10/2019"], ["GPT-3", "05/2020"]]),
        ("Which model has the lowest Elo?", [["LLaMA", 800]]),
        ("Which model has the second highest Elo?", [["Claude", 1149]]),
        ("top 2 by downloads", [["GPT-2", 17984300], ["T5", 3295844]]),
        ("most cited EleutherAI model", [["GPT-J-6B", 465]]),
        ("Which developer has the most models?", [["Google", 7], ["Meta", 5]]),
        ("Which component is most often fully open?", [["inference_code", 21]]),
    ],
)
def test_rankings(question: str, value: list[list[Any]]) -> None:
    answer = ask(question)
    assert answer.kind == "ranking"
    assert answer.value[: len(value)] == value


def test_ties_at_the_end_of_a_ranking_stay_together() -> None:
    assert [name for name, _ in ask("the two newest models").value] == ["Gemini", "Grok-1", "Phi-2"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What are the differences between GPT-4 and GPT-3.5-turbo?", {}),
        ("Compare BLOOM and OPT on weights", {"weights": ["D4(RAIL)", "D3(OPT Data)"]}),
        ("Do LLaMA and OPT have the same level for weights?", {}),
        ("Which has more citations, BLOOM or OPT?", {"citations": ["814", "1,105"]}),
        ("Is Phi-2 more open than Mistral-7B?", {"finetuning_code": ["N/A", "C1"], "sft_data": ["N/A", "D1"]}),
        ("GPT-3 versus GPT-4: which is newer?", {"release": ["05/2020", "03/2023"]}),
    ],
)
def test_comparisons(question: str, value: dict[str, list[str]]) -> None:
    answer = ask(question)
    assert (answer.kind, answer.value) == ("comparison", value)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("define D4", "low restriction license"),
        ("what does the question mark in the table mean", "not publicly available"),
        ("What is the difference between C4 and C5?", "restriction-free"),
        ("What does semi-open mean?", "only through an API"),
        ("What are the categories of openness?", "Fully closed (C1/D1)"),
        ("What components does the taxonomy look at?", "12 components"),
        ("Which level is never used?", "C2"),
    ],
)
def test_definitions(question: str, words: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found) == ("definition", True)
    assert words in answer.text
    assert "Figure 3" in answer.source or "column headings" in answer.source


def test_a_level_that_does_not_exist() -> None:
    answer = ask("What does D7 mean?")
    assert (answer.found, answer.value) == (False, None) and "no level D7" in answer.text


@pytest.mark.parametrize(
    ("question", "points", "code", "data"),
    [
        ("Which level results for a licence with 2 points?", 2, "C3", "D3"),
        ("5 points means which level?", 5, "C5", "D5"),
        ("A licence that allows everything except commercial use: what level?", 4, "C4", "D4"),
        ("A licence permits research and modification but nothing more. Which level?", 2, "C3", "D3"),
        ("A licence forbids commercial use and modification but allows the rest. Level?", 3, "C3", "D3"),
        ("Non-commercial research licence: which level for data?", 1, "C2", "D3"),
        ("What level does a licence with all five permissions get?", 5, "C5", "D5"),
        (
            "A licence lets me do research, sell, modify and copyright derivative works, but only under the same "
            "licence. How many points?",
            4,
            "C4",
            "D4",
        ),
        ("Commercial use prohibited, everything else allowed: which level?", 4, "C4", "D4"),
        ("Commercial use is permitted, everything else is not. Which level?", 1, "C2", "D3"),
        ("If commercial use is not allowed but everything else is, which level has the licence?", 4, "C4", "D4"),
    ],
)
def test_the_licence_rule(question: str, points: int, code: str, data: str) -> None:
    answer = ask(question)
    assert answer.kind == "licence_rule"
    assert (answer.value["points"], answer.value["code"], answer.value["data"]) == (points, code, data)


def test_several_licences_and_licences_by_name() -> None:
    assert "strictest" in ask("Which licence counts when a component has several sources?").text
    answer = ask("How many points does the MIT licence get?")
    assert answer.value["points_implied_by_table_3"] == "5"
    assert "not from the paper" in answer.note


@pytest.mark.parametrize(
    ("question", "models"),
    [
        ("How open is Google?", GOOGLE),
        ("is the GPT family open?", GPT),
        ("GPT weights", GPT),
        ("Is Microsoft open source?", ["Megatron-Turing", "Phi-2"]),
        ("How open are the llama models?", ["LLaMA", "LLaMA-2"]),
    ],
)
def test_ambiguous_names_list_all_candidates(question: str, models: list[str]) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found, answer.value) == ("ambiguous", True, models)
    assert all(model in answer.text for model in models)


def test_a_bare_name_is_the_model_itself_and_says_what_else_there_is() -> None:
    answer = ask("how open is llama")
    assert answer.models == ("LLaMA",) and "LLaMA-2" in answer.note
    assert ask("How open is xAI?").models == ("Grok-1",)


@pytest.mark.parametrize(
    ("question", "model", "correction"),
    [
        ("openess of gemni", "Gemini", "gemni → Gemini"),
        ("chinchila pretraining data", "Chinchilla", "chinchila → Chinchilla"),
        ("licence of falcn weights", "Falcon", "falcn → Falcon"),
        ("gtp-4 weights level", "GPT-4", "gtp-4 → GPT-4"),
        ("how open is stabel lm", "Stable LM", "stabel lm → Stable LM"),
        ("Megatron Turring weights", "Megatron-Turing", "Megatron Turring → Megatron-Turing"),
    ],
)
def test_misspelt_names_are_corrected_and_said(question: str, model: str, correction: str) -> None:
    answer = ask(question)
    assert answer.models == (model,) and correction in answer.corrections


def test_a_size_without_a_row_of_its_own_is_said() -> None:
    answer = ask("Falcon 40B weights")
    assert answer.models == ("Falcon",) and "40B" in answer.note and "180B" in answer.note


@pytest.mark.parametrize(
    "question",
    [
        "is Qwen open?",
        "How open is Llama 3?",
        "Are the weights of Claude 3.5 closed?",
        "What level do the weights of Foobar-13B have?",
        "Openness of Stable Diffusion",
        "Is Gemma fully open?",
        "licence of Mixtral 8x7B",
        "Is Claude 3 more open than Claude 2?",
        "weights of lama 3",
    ],
)
def test_unknown_models_get_no_level(question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found, answer.value, answer.cells) == ("unknown_model", False, None, ())
    assert "not in this taxonomy" in answer.text and "Nearest names" in answer.note


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "What does the essay say about spear phishing?",
        "What is the melting point of tungsten?",
        "Who should regulate open models?",
        "opt out of data collection",
        "Can patients opt in to data sharing?",
        "What are the risks of releasing the weights of LLaMA-2?",
        "Why is GPT-4 closed?",
        "Does the bloom of algae depend on open water?",
        "How does the falcon hunt?",
        "Is the cloud open?",
        "How does palm oil production affect forests?",
        "Claude Shannon information theory",
        "Does Gemini the constellation have open clusters?",
        "What training data was used?",
        "Who trained the model?",
        "How many participants were in the study?",
        "What is the model architecture?",
        "How do weights get updated during training?",
        "How do I get a driving licence?",
        "What is fine-tuning?",
        "What are red blood cells?",
        "What accuracy does the classifier reach on the data?",
    ],
)
def test_other_questions_are_left_to_the_texts(question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.found, answer.value, answer.text) == ("none", False, None, "")


def test_odd_cells_carry_their_notes() -> None:
    assert "project site" in ask("alignment data of Anthropic LM").note
    assert "conditions of use" in ask("Falcon weights").note
    assert "137B" in ask("size of LaMDA").note


def test_every_cell_answers_by_its_plain_names() -> None:
    taxonomy = Taxonomy.load()
    for model in taxonomy.models:
        for component in taxonomy.components:
            answer = taxonomy.ask(f"level of {model.name}'s {component.title.lower()}")
            assert answer.kind == "cell", (model.name, component.id)
            assert answer.value["raw"] == taxonomy.cell(model.name, component.id).raw


def test_every_fact_answers_by_its_plain_names() -> None:
    taxonomy = Taxonomy.load()
    words = {
        "developer": "developer",
        "size": "size",
        "release": "release date",
        "elo": "Arena Elo",
        "citations": "citations",
        "downloads": "downloads",
    }
    for model in taxonomy.models:
        for field, word in words.items():
            answer = taxonomy.ask(f"{word} of {model.name}")
            assert answer.kind == "fact", (model.name, field)
            assert answer.cells[0].raw == model.raw(field)


def test_the_json_shape() -> None:
    data = ask("weights of opt").as_json()
    wanted = {"question", "kind", "found", "models", "components", "value", "text", "note", "source"}
    assert wanted <= data.keys()
    assert data["source"] == (
        "Eiras et al. 2024 (arXiv:2404.17047v2), Table 3, row OPT, column Model Architecture and Weights"
    )
