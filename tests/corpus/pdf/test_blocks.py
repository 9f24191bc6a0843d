"""Paragraphs, headings, captions, footnotes, tables and entries of a reference list."""

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.model import BlockKind
from corpus.readers.pdf import read_pdf
from corpus.reading import Reading

FULL = "A full line of the body text, which reaches from the left edge to the right edge of it"


def read(tmp_path: Path, *sheets: Sheet, **options: str) -> Reading:
    return read_pdf(write(tmp_path / "paper.pdf", typeset(sheets, **options)))


def texts(reading: Reading, kind: BlockKind) -> list[str]:
    return [reading.text[block.start : block.end] for block in reading.blocks if block.kind is kind]


def headings(reading: Reading) -> list[tuple[int, str]]:
    return [
        (block.level, reading.text[block.start : block.end])
        for block in reading.blocks
        if block.kind is BlockKind.HEADING
    ]


def article() -> Sheet:
    sheet = Sheet().put("On Open Models", x=200, size=17, bold=True).put("Abstract", x=280, bold=True, gap=20)
    sheet.put(FULL, FULL, "and ends here.", gap=6).put("1 Introduction", size=12, bold=True, gap=14)
    return sheet.put(FULL, FULL, "and ends there.", gap=6)


def test_lines_become_paragraphs_with_single_spaces(tmp_path: Path) -> None:
    reading = read(tmp_path, article())
    assert f"{FULL} {FULL} and ends here." in texts(reading, BlockKind.PARAGRAPH)
    assert "  " not in reading.text


def test_blocks_are_in_order_and_only_white_space_is_between_them(tmp_path: Path) -> None:
    reading = read(tmp_path, article(), article())
    end = 0
    for block in reading.blocks:
        assert block.start >= end
        assert not reading.text[end : block.start].strip()
        end = block.end
    assert end == len(reading.text)


def test_headings_have_the_level_of_their_number(tmp_path: Path) -> None:
    sheet = article()
    for title in ("2 Related Work", "2.1 Licences of Models", "2.1.1 Early Licences", "A Questionnaire"):
        sheet.put(title, size=12, bold=True, gap=14).put(FULL, FULL, "and it ends.", gap=6)
    assert headings(read(tmp_path, sheet)) == [
        (1, "Abstract"),
        (1, "1 Introduction"),
        (1, "2 Related Work"),
        (2, "2.1 Licences of Models"),
        (3, "2.1.1 Early Licences"),
        (1, "A Questionnaire"),
    ]


def test_capital_headings_without_bold_type_are_found(tmp_path: Path) -> None:
    sheet = Sheet().put("A Title", size=18, x=250).put("I. INTRODUCTION", x=240, gap=18).put(FULL, FULL, "ends.", gap=6)
    sheet.put("II. THE METHOD", x=240, gap=14).put(FULL, FULL, "ends.", gap=6)
    assert headings(read(tmp_path, sheet)) == [(1, "I. INTRODUCTION"), (1, "II. THE METHOD")]


def test_numbered_items_and_sentences_are_no_headings(tmp_path: Path) -> None:
    sheet = article().put("1. Take the first of the models.", "2. Take the second of the models.", x=86)
    sheet.put("3 Million tokens were used.", FULL)
    assert [title for _, title in headings(read(tmp_path, sheet))] == ["Abstract", "1 Introduction"]


def test_an_abstract_that_runs_in_gets_a_heading_of_its_own(tmp_path: Path) -> None:
    sheet = Sheet().put("A Title", size=18, x=250).put("Abstract—We show that " + FULL, FULL, "and more.", gap=20)
    reading = read(tmp_path, sheet)
    assert headings(reading) == [(1, "Abstract")]
    assert texts(reading, BlockKind.PARAGRAPH)[-1].startswith("We show that")


def test_an_indent_begins_a_paragraph(tmp_path: Path) -> None:
    sheet = article().put("An indented line begins a paragraph of its own, as it does in most of the papers", x=84)
    sheet.put(FULL, FULL)
    assert texts(read(tmp_path, sheet), BlockKind.PARAGRAPH)[-1].startswith("An indented line")


def test_captions_are_told_from_mentions(tmp_path: Path) -> None:
    sheet = article().put("The next line mentions what is shown on this page as it goes on and on in", gap=16)
    sheet.put("Figure 1. The mention ends there, and is no caption of a figure at all.", FULL)
    sheet.put("Figure 1: The openness of models.", x=180, gap=30)
    sheet.put("Table 2: Another caption that is set below.", x=180, gap=30)
    assert texts(read(tmp_path, sheet), BlockKind.CAPTION) == [
        "Figure 1: The openness of models.",
        "Table 2: Another caption that is set below.",
    ]


def test_a_footnote_does_not_cut_the_sentence_over_the_page(tmp_path: Path) -> None:
    first = article().put(
        FULL, FULL, "This sentence goes on after the footnote and the page that it stands at the end of,"
    )
    first.at("\u2020 Both authors contributed equally to this paper.", 84, 60, size=8)
    second = Sheet().put("as the second page shows. " + FULL[:60], FULL, "and it ends.")
    reading = read(tmp_path, first, second)
    assert "at the end of, as the second page shows." in reading.text
    assert texts(reading, BlockKind.FOOTNOTE) == ["\u2020 Both authors contributed equally to this paper."]
    note = reading.text.index("\u2020")
    assert reading.pages[0].start <= note < reading.pages[0].end


def test_rows_of_numbers_are_a_table_with_a_row_a_line(tmp_path: Path) -> None:
    sheet = article().put("BLOOM 91.2 88.0 90.1", "LLaMA 2 89.0 85.1 87.7", "Pythia 70.5 71.9 72.2", x=150, gap=24)
    sheet.put("Table 1: Scores of three models.", x=150, gap=10)
    assert texts(read(tmp_path, sheet), BlockKind.TABLE) == [
        "BLOOM 91.2 88.0 90.1\nLLaMA 2 89.0 85.1 87.7\nPythia 70.5 71.9 72.2"
    ]


def test_a_second_column_goes_on_with_the_sentence_of_the_first(tmp_path: Path) -> None:
    narrow = "A line of a narrow column, of usual length"
    sheet = Sheet().put(*[narrow] * 11, "and it ends there. The last one breaks off")
    sheet.column(320).put("at the foot of its column and ends here so.", *[narrow] * 11, x=320)
    assert "The last one breaks off at the foot of its column and ends here so." in read(tmp_path, sheet).text


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        (("[1] A. Adams. First work. 2020.", "[2] B. Brown. Second work. 2021."), 2),
        (("1. Adams, A.: First work. 2020.", "2. Brown, B.: Second work. 2021.", "3. Clark: Third. 2022."), 3),
    ],
)
def test_numbered_references_are_one_paragraph_each(tmp_path: Path, entries: tuple[str, ...], rows: int) -> None:
    sheet = article().put("References", size=12, bold=True, gap=14)
    for entry in entries:
        sheet.put(entry, "A publisher in a town, in a year, with pages.")
    listed = texts(read(tmp_path, sheet), BlockKind.PARAGRAPH)[-rows:]
    assert listed == [f"{entry} A publisher in a town, in a year, with pages." for entry in entries]


def test_hanging_references_are_one_paragraph_each(tmp_path: Path) -> None:
    sheet = article().put("References", size=12, bold=True, gap=14)
    for name in ("Adams", "Brown", "van Clark"):
        sheet.put(f"{name}, A. and others. 2020. A work that has a title which is so").put("long that it breaks.", x=84)
    listed = texts(read(tmp_path, sheet), BlockKind.PARAGRAPH)[-3:]
    assert [entry.split(",")[0] for entry in listed] == ["Adams", "Brown", "van Clark"]
    assert all(entry.endswith("so long that it breaks.") for entry in listed)


def test_words_cut_by_line_ends_are_mended_by_the_document(tmp_path: Path) -> None:
    sheet = article().put("The rule-based parser and the word-based one are here, beside another one that is rule-")
    sheet.put("based. Every other line of this paragraph has an ordinary word that the line end cuts, a hyphen-")
    sheet.put("ation of it.")
    reading = read(tmp_path, sheet)
    assert "another one that is rule-based." in reading.text
    assert "a hyphenation of it." in reading.text
