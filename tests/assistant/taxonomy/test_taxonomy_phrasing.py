"""The same questions in other words: introductions, fragments, synonyms."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()
LATE_2022 = ["LaMDA", "GPT-NeoX-20B", "PolyCoder", "Chinchilla", "PaLM", "OPT", "UL2", "BLOOM", "GLM-130B", "Pythia"]


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("Could you tell me how open the weights of OPT are?", "D3(OPT Data)"),
        ("I need to know whether OPT released its weights, for my essay", "D3(OPT Data)"),
        ("Do we know anything about OPT's weights?", "D3(OPT Data)"),
        ("With regard to OPT, weights?", "D3(OPT Data)"),
        ("opne llama 2: licence of the weigths", "D3(LLaMA-2)"),
        ("Can I download the weights of GPT-3?", "D2"),
    ],
)
def test_what_frames_a_question_is_no_part_of_it(question: str, raw: str) -> None:
    assert TAXONOMY.ask(question).value["raw"] == raw


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("open weights but closed training data, after 2022", "filter", ["Mistral-7B", "Phi-2"]),
        ("What came out before 2020?", "filter", ["GPT-2", "T5"]),
        ("released before 2020", "filter", ["GPT-2", "T5"]),
        ("What existed before 2020?", "filter", ["GPT-2", "T5"]),
        ("As far as the weights are concerned, which are at D4?", "filter", ["BLOOM"]),
        ("Which model weights are distributed under MIT?", "filter", ["GPT-Neo", "XGLM", "FairSeq Dense", "Phi-2"]),
        ("models up to and including 2019", "filter", ["GPT-2", "T5"]),
        ("Which models were published no earlier than November 2023?", "filter", ["Grok-1", "Phi-2", "Gemini"]),
        ("Which models came out the same year as BLOOM?", "filter", LATE_2022),
        ("Which models have weights at level 3 or 4?", "filter", ["OPT", "BLOOM", "GLM-130B", "LLaMA", "LLaMA-2"]),
        ("Which LLMs has DeepMind released?", "filter", ["Gopher", "Chinchilla"]),
        ("Which developers have D3 weights?", "filter", ["Meta", "Tsinghua University"]),
        ("Which model comes first in Arena Elo?", "ranking", [["GPT-4", 1243]]),
        ("models with D5 weights, none older than November 2023", "filter", ["Phi-2"]),
        ("Which models are not newer than 2019?", "filter", ["GPT-2", "T5"]),
        ("Which ones are older than 2020?", "filter", ["GPT-2", "T5"]),
        ("Anything released in 2019?", "filter", ["GPT-2", "T5"]),
        ("everything that came after October 2023", "filter", ["Grok-1", "Phi-2", "Gemini"]),
        ("Where are the weights at D4?", "filter", ["BLOOM"]),
        ("Where is the inference code neither fully open nor fully closed?", "filter", ["LLaMA", "LLaMA-2"]),
        ("Which DeepMind models give away the weights?", "filter", []),
        ("Which models has DeepMind brought out?", "filter", ["Gopher", "Chinchilla"]),
        ("Which model has the highest Elo? Show the first two.", "ranking", [["GPT-4", 1243], ["Claude", 1149]]),
        ("Pythia or GPT-NeoX-20B: how do they differ?", "comparison", {}),
        ("Does Pythia reveal more than GPT-NeoX-20B?", "comparison", {}),
        ("Is Pythia as open as GPT-NeoX-20B?", "comparison", {}),
        ("Put GPT-4 next to GPT-3.5-turbo", "comparison", {}),
        ("How many models released pre-training code with no restrictions?", "count", 15),
        ("What share of the table is N/A?", "count", {"count": 197, "total": 480, "share": 0.4104, "percent": 41.04}),
    ],
)
def test_other_words_for_the_same(question: str, kind: str, value: Any) -> None:
    answer = TAXONOMY.ask(question)
    assert (answer.kind, answer.value) == (kind, value)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("I don't understand level D2.", "D2: publicly available through paid API access"),
        ("How are points converted into levels?", "one point for each permission"),
        ("none of the five criteria are met: what level?", "C2 for code and D3 for data"),
        ("What do the levels mean?", "C is the scale for code"),
        ("How is openness measured?", "C is the scale for code"),
        ("What's meant by a question mark in a cell?", "not publicly available"),
        ("What is alignment code?", "human preferences"),
        ("zero permissions: what level?", "C2 for code and D3 for data"),
        ("how many points do you need for C4?", "4 points"),
        ("Which score leads to D5?", "5 points"),
        ("How do the C grades differ from the D grades?", "C is the scale for code"),
    ],
)
def test_the_scale_in_other_words(question: str, words: str) -> None:
    assert words in TAXONOMY.ask(question).text


def test_free_of_charge_leaves_out_what_is_paid_for() -> None:
    free = TAXONOMY.ask("Which models have freely available weights?").value
    paid = TAXONOMY.ask("Which models have weights that must be paid for?").value
    public = TAXONOMY.ask("Which models have publicly available weights?").value
    assert set(free) | set(paid) == set(public) and not set(free) & set(paid)


@pytest.mark.parametrize("model", ["GLaM", "XGLM"])
def test_what_is_open_and_what_is_not_is_the_whole_row(model: str) -> None:
    assert len(TAXONOMY.ask(f"Which parts of {model} are open and which are not?").value) == 12


@pytest.mark.parametrize("question", ["Where is the code available?", "What did they have to pay?"])
def test_words_of_the_table_alone_do_not_ask_it(question: str) -> None:
    assert not TAXONOMY.ask(question).found
