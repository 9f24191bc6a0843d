from corpus.readers.tabular import looks_tabular, pipe_rows


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
