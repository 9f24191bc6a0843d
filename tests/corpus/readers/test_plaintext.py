""" """

from corpus.model import BlockKind, Document, SectionKind
from corpus.readers.plaintext import looks_tabular, pipe_rows, without_furniture


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_wrapped_lines_become_paragraphs(read) -> None:
    document = read("a.txt", "A sentence that was wrapped\nby an editor.\n\nAnother paragraph.\n")
    assert blocks(document) == [
        (BlockKind.PARAGRAPH, "A sentence that was wrapped by an editor."),
        (BlockKind.PARAGRAPH, "Another paragraph."),
    ]


def test_long_lines_are_paragraphs_of_their_own(read) -> None:
    first, second = "First of many words. " * 10, "Second of many words. " * 10
    assert [text for _, text in blocks(read("a.txt", f"{first}\n{second}\n"))] == [first.strip(), second.strip()]


def test_headings_are_known_by_number_capitals_or_underline(read) -> None:
    source = "INTRODUCTION\n\nText one.\n\n2.1 Related Work\n\nText two.\n\nCoda\n====\n\nText three.\n"
    document = read("a.txt", source)
    headings = [(b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [(1, "INTRODUCTION"), (2, "2.1 Related Work"), (1, "Coda")]


def test_list_items_are_told_apart_and_lose_their_marks(read) -> None:
    document = read("a.txt", "- one\n- two goes\n  on here\n\n1. three\n")
    assert blocks(document) == [
        (BlockKind.LIST_ITEM, "one"),
        (BlockKind.LIST_ITEM, "two goes on here"),
        (BlockKind.LIST_ITEM, "three"),
    ]


def test_figures_set_in_lines_are_a_table(read) -> None:
    rows = "Alpha   7B  2021\nBeta   13B  2022\nGamma  70B  2023\nDelta   1B  2024"
    assert blocks(read("a.txt", rows)) == [
        (BlockKind.TABLE, "Alpha 7B 2021\nBeta 13B 2022\nGamma 70B 2023\nDelta 1B 2024")
    ]


def test_a_reference_list_is_one(read) -> None:
    document = read("a.txt", "Some text.\n\nREFERENCES\n\nMajor, M. (2020). On things. Journal.\n")
    assert [section.kind for section in document.sections] == [SectionKind.FRONT, SectionKind.REFERENCES]
    assert [ref.title for ref in document.references] == ["On things"]


def test_a_saved_page_is_a_web_document_without_its_furniture(read) -> None:
    prose = "The page tells of a paper about releasing weights in stages, and what that changes for research."
    document = read("a.txt", f"Sign in\n{prose}\nComments (3)\nMary Major, John Stiles et al.\n")
    assert document.text == prose
    assert document.kind == "web"


PROSE = "This page describes a paper on sharing model weights, and what may follow from it."


def test_buttons_counters_and_empty_tables_of_a_saved_page_go() -> None:
    page = [
        "Skip to main content",
        PROSE,
        "",
        "Get AI-generated insights about this paper",
        "Comments (12)",
        "Sign in to follow",
        "Title | Authors | Year | Actions |",
        "---|",
        "Mary Major, John Stiles et al.",
    ]
    kept, removed = without_furniture(page)
    assert [line for line in kept if line] == [PROSE]
    assert removed == 7


def test_one_such_line_alone_may_be_somebodys_sentence() -> None:
    lines = [PROSE, "Share", "A line without a stop"]
    assert without_furniture(lines) == (lines, 0)


def test_plain_prose_loses_nothing() -> None:
    lines = [PROSE, "", "Likes and shares are counted (3) by everyone. Home is where the heart is."]
    assert without_furniture(lines) == (lines, 0)


def test_long_lines_without_a_stop_stay_even_on_a_saved_page() -> None:
    long = " ".join(["word"] * 30)
    assert without_furniture(["Home", "Menu", long])[0] == [long]


def test_cells_are_stripped_and_the_delimiter_row_is_left_out() -> None:
    assert pipe_rows(["| Model | Size |", "|:---|---:|", "| Alpha | 7B |", "Beta | 13B"]) == [
        ["Model", "Size"],
        ["Alpha", "7B"],
        ["Beta", "13B"],
    ]


def test_cells_beyond_the_header_are_kept() -> None:
    assert pipe_rows(["| A | B |", "|---|---|", "| 1 | 2 | 3 | 4 |"])[1] == ["1", "2", "3", "4"]


def test_empty_cells_inside_a_row_keep_their_place() -> None:
    assert pipe_rows(["| a |  | c |"]) == [["a", "", "c"]]


def test_an_escaped_bar_does_not_end_a_cell() -> None:
    assert pipe_rows([r"| a \| b | c |"]) == [["a | b", "c"]]


def test_a_row_of_dashes_is_data_unless_it_is_the_delimiter() -> None:
    assert pipe_rows(["| A | B |", "|---|---|", "| – | - x |"])[-1] == ["–", "- x"]


def test_figures_in_lines_are_a_table() -> None:
    assert looks_tabular(["Model Size Year", "Alpha 7B 2021", "Beta 13B 2022", "Gamma 70B 2023", "Delta N/A 2024"])


def test_prose_with_a_few_figures_is_none() -> None:
    lines = [
        "In 2021 the first model had 7B parameters and",
        "was trained on much text by a small group that",
        "later grew to some twenty people in two places,",
        "all of whom worked on it for most of a year.",
    ]
    assert not looks_tabular(lines)


def test_three_rows_are_too_few_to_tell() -> None:
    assert not looks_tabular(["Alpha 7B 2021", "Beta 13B 2022", "Gamma 70B 2023"])
