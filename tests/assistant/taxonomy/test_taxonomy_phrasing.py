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
        ("models up to and including 2019", "filter", ["GPT-2", "T5"]),
        ("Which models were published no earlier than November 2023?", "filter", ["Grok-1", "Phi-2", "Gemini"]),
        ("Which models came out the same year as BLOOM?", "filter", LATE_2022),
        ("Which models have weights at level 3 or 4?", "filter", ["OPT", "BLOOM", "GLM-130B", "LLaMA", "LLaMA-2"]),
        ("Which LLMs has DeepMind released?", "filter", ["Gopher", "Chinchilla"]),
        ("Which developers have D3 weights?", "filter", ["Meta", "Tsinghua University"]),
        ("Which model comes first in Arena Elo?", "ranking", [["GPT-4", 1243]]),
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
        ("What do the levels mean?", "C is the scale for code"),
        ("How is openness measured?", "C is the scale for code"),
        ("What's meant by a question mark in a cell?", "not publicly available"),
        ("What is alignment code?", "human preferences"),
        ("zero permissions: what level?", "C2 for code and D3 for data"),
        ("how many points do you need for C4?", "4 points"),
    ],
)
def test_the_scale_in_other_words(question: str, words: str) -> None:
    assert words in TAXONOMY.ask(question).text
