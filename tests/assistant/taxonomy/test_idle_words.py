"""Words without an entry: which of them a question may hold, and which make it one that the table cannot answer."""

import pytest

from assistant.taxonomy import Shelf

SHELF = Shelf()

ALIKE = {
    "Which level do the weights of OPT have?": (
        "My supervisor would love to know which level the weights of OPT were allotted.",
        "Into which level does the paper slot the weights of OPT?",
        "Grab the level of the OPT weights for me.",
        "I was told that OPT's weights are at level 3. Which level were they assigned?",
        "Which level do the weights of OPT ultimately have? I'm on deadline.",
    ),
    "Which models have open weights but closed pre-training data?": (
        "Which models couple open weights with closed pre-training data?",
        "Models that unite open weights and closed pre-training data",
    ),
    "How many models have fully open weights?": (
        "How many models can pride themselves on fully open weights?",
        "I wonder how many models hand out fully open weights.",
    ),
}


@pytest.mark.parametrize(("plain", "other"), [(plain, other) for plain in ALIKE for other in ALIKE[plain]])
def test_words_that_restrict_nothing_change_no_answer(plain: str, other: str) -> None:
    assert SHELF.ask(other).value == SHELF.ask(plain).value


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Which licence does the BLOOM tokenizer carry?",
        "What level of accuracy does OPT reach?",
        "Which models with open weights hallucinate?",
        "Which models with open weights were retracted?",
        "Which model with fully open weights would you build our product on?",
        "Who leaked the weights of LLaMA?",
        "When was BLOOM classified?",
        "When does the licence of BLOOM expire?",
        "How were the weights of OPT compressed?",
        "How was the pre-training data of Falcon filtered?",
        "Would you trust the weights of BLOOM?",
        "Quantize the weights of OPT.",
        "What would raise the level of OPT's weights?",
        "Arena Elo of Mistral-7B-Instruct-v0.2?",
    ],
)
def test_words_that_ask_for_something_else_are_never_passed_over(question: str) -> None:
    assert not SHELF.ask(question).found
