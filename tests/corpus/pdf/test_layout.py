"""Columns drawn by turns are read one after the other; tables stay in rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.readers.pdf import read_pdf

LEFT = (
    "Apples were grown in this county long before",
    "anyone thought of selling them, and the oldest",
    "trees still stand behind the mill, where they",
    "bear fruit that nobody gathers. The records of",
    "the parish name them for the first time in the",
    "year of the flood, as a gift to the widow who",
    "kept the bridge. She planted what she could not",
    "eat, and within ten years the slope was white",
    "every spring. Later owners cut most of the old",
    "wood, but they left a row along the wall, and",
    "from that row all the present trees descend,",
    "as far as their leaves can tell us anything.",
)
RIGHT = (
    "Ships, on the other hand, never came so far up",
    "the river before the canal was dug. The first",
    "one carried bricks and had to be pulled by six",
    "oxen over the shallows. It is said that half",
    "of the town stood on the bank and laughed. The",
    "laughter ended when the bricks were sold, for",
    "the captain made more in a day than the miller",
    "did in a season, and he came back in the week",
    "after with two more boats. From then on there",
    "was a quay, then a shed, and at last a custom",
    "house, whose door is still painted in the red",
    "that the captain chose for all of his boats.",
)


def columns(shift: float, heading: str = "") -> Sheet:
    sheet = Sheet()
    if heading:
        sheet.at(heading, 54, 740, size=16, bold=True)
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.at(left, 54, 700 - 12 * row)
        sheet.at(right, 320, 700 - shift - 12 * row)
    return sheet


@pytest.mark.parametrize("shift", [0.0, 1.5], ids=["same height", "a little lower"])
def test_columns_drawn_by_turns_are_read_one_after_the_other(tmp_path: Path, shift: float) -> None:
    text = read_pdf(write(tmp_path / "a.pdf", typeset([columns(shift)]))).text
    assert " ".join(LEFT) in text
    assert " ".join(RIGHT) in text
    assert text.index("Apples") < text.index("Ships")


def test_a_heading_over_both_columns_stays_above_them(tmp_path: Path) -> None:
    heading = "Of Apples and of Ships, Two Histories of One and the Same Town"
    text = read_pdf(write(tmp_path / "a.pdf", typeset([columns(0.0, heading)]))).text
    assert text.startswith(heading)
    assert " ".join(LEFT) in text


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    sheet = Sheet()
    for row in range(14):
        sheet.at(f"Apples of the kind number {row}", 54, 700 - 12 * row)
        sheet.at(f"Sold in the market of town {row}", 320, 700 - 12 * row)
    text = read_pdf(write(tmp_path / "a.pdf", typeset([sheet]))).text
    assert "kind number 3 Sold in the market of town 3" in text
