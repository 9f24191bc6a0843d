"""A question that names the authors of a held work is asked of that work."""

from __future__ import annotations

import pytest

from assistant.answering.concepts import works_named

BREWING = """---
title: Brewing tea
author: [Ada Lovelace, Grace Hopper]
---

Green tea is brewed for two minutes in water that no longer boils. Black tea needs four minutes.
"""
OTHERS = """---
title: A survey of tea
author: [Alan Turing, Ada Lovelace, Kurt Müller]
---

Lovelace and Hopper brew tea briefly. Lovelace and Hopper are often quoted on how tea is brewed.
"""


@pytest.fixture(scope="module")
def tea(library_of):
    return library_of(brewing=BREWING, survey=OTHERS)


@pytest.mark.parametrize(
    ("question", "titles", "within"),
    [
        ("How do Lovelace and Hopper brew tea?", ["Brewing tea"], "How do the authors brew tea?"),
        ("What do Lovelace and Hopper's experiments show?", ["Brewing tea"], "What do the authors experiments show?"),
        ("What does Turing et al. say on tea?", ["A survey of tea"], "What does the authors say on tea?"),
        ("Who follows Lovelace and Hopper?", [], "Who follows Lovelace and Hopper?"),
        ("What do Turing and Lovelace say?", [], "What do Turing and Lovelace say?"),
        ("What is tea?", [], "What is tea?"),
    ],
)
def test_names_lead_to_works(tea, question, titles, within):
    identities, asked = works_named(question, tea.store)
    assert ([tea.document(identity).name for identity in identities], asked) == (titles, within)


def test_their_own_work_answers_before_those_that_quote_them(tea):
    answer = tea.ask("How long do Lovelace and Hopper brew green tea?")
    assert {source.title for source in answer.sources} == {"Brewing tea"}
    assert answer.standalone_question == "How long do Lovelace and Hopper brew green tea?"
