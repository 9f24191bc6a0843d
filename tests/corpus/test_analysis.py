from corpus.model import BlockKind


def sentences(document) -> list[str]:
    return [document.text[span.start : span.end] for span in document.sentences]


def test_sentences_stay_inside_their_block(read) -> None:
    document = read("a.md", "# A heading. With a stop\n\nOne\ngoes on\n\nand another. Third one.\n\n- item\n")
    assert sentences(document) == ["One goes on", "and another.", "Third one.", "item"]


def test_a_row_of_a_table_and_a_line_of_code_count_as_one(read) -> None:
    document = read("a.md", "| A. B | C |\n|---|---|\n| One. Two. | 3 |\n\n```\nx = 1. \n\n  y = 2\n```\n")
    assert sentences(document) == ["A. B | C", "One. Two. | 3", "x = 1.", "y = 2"]
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE, BlockKind.CODE]


def test_text_between_blocks_is_white_space_only(read) -> None:
    document = read("a.md", "# T\n\nText.\n\n> Quote.\n\n1. item\n\n   more\n\n***\n\nEnd.\n")
    bounds = [0, *(offset for block in document.blocks for offset in (block.start, block.end)), len(document.text)]
    for end, start in zip(bounds[::2], bounds[1::2], strict=True):
        assert not document.text[end:start].strip()


def test_reading_is_the_same_each_time(write) -> None:
    from corpus.readers.formats import read_document

    path = write("a.md", "# T\n\nLee (2020) said so. It stands.\n\n## References\n\nLee, A. (2020). X.\n")
    assert read_document(path) == read_document(path)


def test_a_heading_within_its_paragraph_is_a_sentence_of_its_own(read) -> None:
    document = read(
        "note.md", "Weights Cannot be Taken Back Again Once a model is public, anyone keeps it. So it stays.\n"
    )
    assert sentences(document) == [
        "Weights Cannot be Taken Back Again",
        "Once a model is public, anyone keeps it.",
        "So it stays.",
    ]
