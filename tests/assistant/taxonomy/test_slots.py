"""Slots: parts, grades, dates and numbers put together; versions of other models; refusals with their object."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Taxonomy
from assistant.taxonomy.gazetteer import Gazetteer, shared_words, words_of
from assistant.taxonomy.slots import Slots

TABLE = Taxonomy.load().table
WORDS = Gazetteer(shared_words())
WORDS.read("eiras-2024")
for thing in TABLE.things:
    WORDS.add_all((thing.name, *thing.aliases), "thing", thing.name)
WORDS.add_all(["Google", "Meta"], "value", "developer=Google")
for level in TABLE.by_level:
    WORDS.add(level, "grade", level)


def slots(text: str) -> Slots:
    words = words_of(text)
    return Slots(TABLE, words, WORDS.claim(words, text))


@pytest.mark.parametrize(
    ("phrase", "components"),
    [
        ("code used for pre-training", ["pretraining_code"]),
        ("pre-training code and data", ["pretraining_code", "pretraining_data"]),
        ("pre-training and fine-tuning code", ["pretraining_code", "finetuning_code"]),
        ("data openness of OPT in pre-training", ["pretraining_data"]),
        ("evaluation code", ["general_eval_code", "safety_eval_code"]),
        ("weights", ["weights"]),
    ],
)
def test_stage_and_matter_make_a_component(phrase: str, components: list[str]) -> None:
    assert list(slots(phrase).components) == components


@pytest.mark.parametrize(
    ("phrase", "levels"),
    [
        ("level 4 or above", "C4 C5 D4 D5"),
        ("at least C3", "C3 C4 C5"),
        ("above D2", "D3 D4 D5"),
        ("D3 or D4", "D3 D4"),
        ("C5/D5", "C5 D5"),
        ("C1 to C3", "C1 C2 C3"),
        ("levels 2 and 3", "C2 C3 D2 D3"),
        ("not closed", "C2 C3 C4 C5 D2 D3 D4 D5"),
        ("not fully open", "? C1 C2 C3 C4 D1 D2 D3 D4"),
        ("neither fully open nor fully closed", "C2 C3 C4 D2 D3 D4"),
    ],
)
def test_levels_are_bounded_joined_and_refused(phrase: str, levels: str) -> None:
    (grade,) = slots(phrase).of("grade")
    assert " ".join(sorted(grade.grade.levels - {""})) == levels


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("in 2022", (2022, 1), (2022, 12)),
        ("July 2023", (2023, 7), (2023, 7)),
        ("09/2023", (2023, 9), (2023, 9)),
        ("first half of 2022", (2022, 1), (2022, 6)),
        ("between October 2022 and March 2023", (2022, 10), (2023, 3)),
        ("between March and April 2023", (2023, 3), (2023, 4)),
    ],
)
def test_dates_are_months(phrase: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    (date,) = slots(phrase).of("date")
    assert (date.low, date.high) == (first[0] * 12 + first[1], last[0] * 12 + last[1])


@pytest.mark.parametrize(
    ("phrase", "sort"),
    [
        ("BLOOM-176B", "thing"),
        ("the 70B LLaMA-2", "thing"),
        ("Falcon-40B", "other"),
        ("a 70B Mistral", "other"),
        ("Llama 3", "other"),
        ("GPT-4 Turbo", "other"),
        ("CodeT5+", "other"),
        ("PaLM-E", "other"),
    ],
)
def test_a_size_or_a_version_that_is_not_the_rows_own_makes_another_model(phrase: str, sort: str) -> None:
    (name,) = [slot for slot in slots(phrase).items if slot.sort in ("thing", "other", "")]
    assert name.sort == sort


def test_a_refusal_without_an_object_stays() -> None:
    assert slots("not the models").has("not")
    assert not slots("models not by Google").has("not")
