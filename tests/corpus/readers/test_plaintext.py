from corpus.model import BlockKind, Document, SectionKind


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
