import pytest

from corpus.text.runin import run_in_end


@pytest.mark.parametrize(
    "heading, sentence",
    [
        ("Weights Cannot be Taken Back or Mended", "Once a model is public, anyone keeps it."),
        ("Open Code Helps Research on Safety", "Open code has been read by many."),
        ("CLAIM #2: Closed Systems Are Always Safer", "Several studies say so (Ng et al., 2023)."),
        ("Convolutional Neural Network (CNN):", "We use the one proposed by others."),
    ],
)
def test_a_heading_in_title_case_ends_where_a_sentence_begins(heading: str, sentence: str) -> None:
    text = f"{heading} {sentence}"
    assert text[run_in_end(text, 0, len(text)) :] == sentence


@pytest.mark.parametrize(
    "text",
    [
        "Once a model is public, anyone keeps it.",
        "The United States Department of Energy National Laboratories Program funds it.",
        "Open Models and Closed Models Compared",
        "Open Models Help Many People. The weights stay.",
        "Anna Lee, Ben Ito, Carla Diaz, and The Others write of it.",
        "Large Language Models trained on code write better.",
        ", , ,",
        "",
    ],
)
def test_in_doubt_nothing_is_cut(text: str) -> None:
    assert run_in_end(text, 0, len(text)) == 0


def test_only_the_given_part_is_looked_at() -> None:
    text = "Before. Weights Cannot be Taken Back Once a model is public."
    assert text[run_in_end(text, 8, len(text)) :] == "Once a model is public."
    assert run_in_end(text, 8, len(text) - 20) == 8
