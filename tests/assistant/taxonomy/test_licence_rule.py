"""Points, permissions and licences by name."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Taxonomy

TAXONOMY = Taxonomy.load()


@pytest.mark.parametrize(
    ("question", "points", "code", "data"),
    [
        ("Which level results for a licence with 2 points?", 2, "C3", "D3"),
        ("A licence that allows everything except commercial use: what level?", 4, "C4", "D4"),
        ("A licence permits research and modification but nothing more. Which level?", 2, "C3", "D3"),
        ("A licence forbids commercial use and modification but allows the rest. Level?", 3, "C3", "D3"),
        ("Non-commercial research licence: which level for data?", 1, "C2", "D3"),
        ("What level does a licence with all five permissions get?", 5, "C5", "D5"),
        ("Commercial use prohibited, everything else allowed: which level?", 4, "C4", "D4"),
        ("Commercial use is permitted, everything else is not. Which level?", 1, "C2", "D3"),
        ("If commercial use is not allowed but everything else is, which level has the licence?", 4, "C4", "D4"),
    ],
)
def test_what_a_licence_allows_gives_its_points(question: str, points: int, code: str, data: str) -> None:
    answer = TAXONOMY.ask(question)
    assert answer.kind == "licence_rule"
    assert (answer.value["points"], answer.value["code"], answer.value["data"]) == (points, code, data)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which licence counts when a component has several sources?", "strictest"),
        ("How many points does the MIT licence get?", "implies 5 points"),
        ("how many points do you need for C4?", "4 points"),
        ("Which five permissions does a licence get points for?", "one point for each permission"),
    ],
)
def test_the_rule_in_words(question: str, words: str) -> None:
    assert words in TAXONOMY.ask(question).text


def test_points_that_cannot_be_are_refused() -> None:
    answer = TAXONOMY.ask("Which level does a licence with 9 points get?")
    assert (answer.found, answer.value) == (False, None) and "cannot be" in answer.text


@pytest.mark.parametrize(
    "question", ["Is the Apache 2.0 licence compatible with GNU GPL?", "Does the LLaMA-2 licence allow commercial use?"]
)
def test_the_law_is_not_the_rule(question: str) -> None:
    assert not TAXONOMY.ask(question).found
