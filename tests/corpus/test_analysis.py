import pytest

from corpus.locating import section_at
from corpus.model import BlockKind, Document, SectionKind


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


PAPER = (
    "Opening words.\n\n# Title\n\n## Abstract\n\nIn short.\n\n## 1 Method\n\nText.\n\n### 1.1 Data\n\nMore.\n\n"
    "## References\n\nLee, A. (2020). One.\n\n### Further reading\n\nLee, B. (2021). Two.\n\n"
    "## Appendix A Tables\n\nRows.\n\n### A.1 Notes\n\nNotes.\n\n## Afterword\n\nEnd.\n"
)


@pytest.fixture
def paper(read) -> Document:
    return read("paper.md", PAPER)


def test_paths_lead_from_the_outermost_heading(paper: Document) -> None:
    assert [section.path for section in paper.sections] == [
        (),
        ("Title",),
        ("Title", "Abstract"),
        ("Title", "1 Method"),
        ("Title", "1 Method", "1.1 Data"),
        ("Title", "References"),
        ("Title", "References", "Further reading"),
        ("Title", "Appendix A Tables"),
        ("Title", "Appendix A Tables", "A.1 Notes"),
        ("Title", "Afterword"),
    ]


def test_what_is_below_an_appendix_belongs_to_it(paper: Document) -> None:
    kinds = {section.title: section.kind for section in paper.sections}
    assert kinds[""] is SectionKind.FRONT
    assert kinds["Abstract"] is SectionKind.ABSTRACT
    assert kinds["1.1 Data"] is SectionKind.BODY
    assert kinds["References"] is SectionKind.REFERENCES
    assert kinds["A.1 Notes"] is SectionKind.APPENDIX
    assert kinds["Afterword"] is SectionKind.BODY


def test_sections_cover_the_text_without_gap_or_overlap(paper: Document) -> None:
    assert paper.sections[0].start == 0
    assert paper.sections[-1].end == len(paper.text)
    for left, right in zip(paper.sections, paper.sections[1:], strict=False):
        assert left.end == right.start


def test_every_offset_finds_its_section(paper: Document) -> None:
    for number, section in enumerate(paper.sections):
        assert section_at(paper.sections, section.start) == number
        assert section_at(paper.sections, section.end - 1) == number
    assert section_at(paper.sections, len(paper.text)) is None
    assert section_at((), 0) is None


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("References", SectionKind.REFERENCES),
        ("7. REFERENCES", SectionKind.REFERENCES),
        ("Works Cited:", SectionKind.REFERENCES),
        ("VI Bibliography", SectionKind.REFERENCES),
        ("References to earlier work", SectionKind.BODY),
        ("Summary", SectionKind.ABSTRACT),
        ("A summary of findings", SectionKind.BODY),
        ("Supplementary Material", SectionKind.APPENDIX),
    ],
)
def test_a_heading_tells_what_a_section_is_for(read, heading: str, kind: SectionKind) -> None:
    assert read("a.md", f"Text.\n\n## {heading}\n\nText.\n").sections[1].kind is kind
