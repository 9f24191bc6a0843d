"""Whatever is asked: an answer of the right shape, that never gives a level to what the table lacks."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assistant.taxonomy
from assistant.taxonomy import Taxonomy, cell, taxonomy

HEAVY = ("torch", "textual", "typer", "faiss", "sentence_transformers", "numpy")
PROGRAM = f"""
import sys
from assistant.taxonomy import Taxonomy
Taxonomy.load().ask("inference code of lama 2")
print([name for name in {HEAVY!r} if name in sys.modules])
"""
WORDS = [
    "which", "models", "have", "open", "closed", "weights", "data", "code", "D3", "C5", "?", "N/A", "level", "of", "in",
    "the", "LLaMA", "GPT-4", "Qwen", "before", "2022", "top", "5", "most", "cited", "compare", "and", "not", "only",
    "licence", "points", "allows", "research", "more than", "1,000", "downloads", "pretraining", "alignment", "Google",
]  # fmt: skip


def test_public_names_are_sorted_and_there() -> None:
    names = assistant.taxonomy.__all__
    assert list(names) == sorted(names)
    assert all(hasattr(assistant.taxonomy, name) for name in names)


def test_asking_imports_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", [cell, taxonomy])
def test_examples_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried and not failed


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)))
def test_any_question_gets_a_well_formed_answer(question: str) -> None:
    answer = Taxonomy.load().ask(question)
    assert answer.question == question
    json.dumps(answer.as_json())
    if not answer.found:
        assert answer.value is None and not answer.cells
    else:
        assert answer.text and answer.source.startswith("Eiras et al. 2024 (arXiv:2404.17047v2)")
    for shown in answer.cells:
        if shown.source == "Table 3":
            assert Taxonomy.load().cell(shown.model, shown.component) is shown


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["LLaMA", "GPT", "Claude", "Falcon", "PaLM", "Phi"]), st.integers(min_value=5, max_value=40))
def test_versions_that_the_table_lacks_are_unknown(name: str, version: int) -> None:
    answer = Taxonomy.load().ask(f"How open is {name}-{version}?")
    assert (answer.kind, answer.found) == ("unknown_model", False)
