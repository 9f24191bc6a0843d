"""Answers in words: sources with table, row and column, remarks, and the shape for programs."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

import assistant.taxonomy
from assistant.taxonomy import Taxonomy, shelf

TAXONOMY = Taxonomy.load()
HEAVY = ("torch", "textual", "typer", "faiss", "sentence_transformers", "numpy")
PROGRAM = f"""
import sys
from assistant.taxonomy import Taxonomy
Taxonomy.load().ask("inference code of lama 2")
print([name for name in {HEAVY!r} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Is the pre-training corpus of Falcon public?", "Falcon, pre-training data: D4(ODC-By)"),
        ("what licence do BLOOM's weights carry", "The licence is RAIL."),
        ("When was PaLM released?", "PaLM was released in 04/2022."),
        ("Elo of GPT-2?", "the table gives no Chatbot Arena Elo (N/A)"),
        ("Compare BLOOM and OPT on weights", "D4(RAIL), D3(OPT Data)"),
        ("Which models have semi-open inference code?", "2 of 40 models: LLaMA and LLaMA-2"),
        ("What share of the table is N/A?", "197 of 480 cells"),
        ("How open is Qwen?", "not in this taxonomy"),
        ("LLaMA pretraining data", "a hint, not a level"),
    ],
)
def test_the_text_says_the_value(question: str, words: str) -> None:
    assert words in TAXONOMY.ask(question).text


def test_what_a_reader_should_know_stands_in_the_note() -> None:
    assert "28 December 2023" in TAXONOMY.ask("how often was LaMDA cited").note
    assert "project site" in TAXONOMY.ask("alignment data of Anthropic LM").note
    assert "ChatGPT is a product" in TAXONOMY.ask("chatgpt weights").note
    assert "LLaMA-2" in TAXONOMY.ask("how open is llama").note
    assert "Nearest names" in TAXONOMY.ask("How open is Llama 3?").note


def test_the_json_shape() -> None:
    data = TAXONOMY.ask("weights of opt").as_json()
    wanted = {"question", "kind", "found", "models", "components", "value", "text", "note", "source", "cells"}
    assert wanted <= data.keys()
    assert data["source"] == (
        "Eiras et al. 2024 (arXiv:2404.17047v2), Table 3, row OPT, column Model Architecture and Weights"
    )


def test_public_names_are_sorted_and_there() -> None:
    names = assistant.taxonomy.__all__
    assert list(names) == sorted(names)
    assert all(hasattr(assistant.taxonomy, name) for name in names)


def test_asking_imports_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_examples_hold() -> None:
    failed, tried = doctest.testmod(shelf)
    assert tried and not failed
