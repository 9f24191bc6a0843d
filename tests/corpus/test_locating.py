from corpus.locating import locate
from corpus.model import Block, BlockKind, Document, Page, Record, Section, Span, to_plain

TEXT = "Alone.\n\nIntroduction\n\nFirst one.\n\nSecond one.\n\nA | B\n\nThird one."


def document(pages: tuple[Page, ...] = ()) -> Document:
    kinds = {"Introduction": BlockKind.HEADING, "A | B": BlockKind.TABLE}
    blocks, start = [], 0
    for part in TEXT.split("\n\n"):
        blocks.append(Block(kinds.get(part, BlockKind.PARAGRAPH), start, start + len(part)))
        start += len(part) + 2
    sections = (Section((), 0, 0, 8), Section(("Introduction",), 1, 8, len(TEXT)))
    return Document(TEXT, Record(), "document", "pdf", blocks=tuple(blocks), sections=sections, pages=pages)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def test_paragraphs_are_counted_in_their_section() -> None:
    assert locate(document(), span("Alone.")).paragraph == 1
    assert locate(document(), span("First one.")).paragraph == 1
    assert locate(document(), span("econd on")).paragraph == 2
    assert locate(document(), span("Third one.")).paragraph == 3


def test_headings_and_tables_are_no_paragraphs() -> None:
    assert locate(document(), span("Introduction")).paragraph is None
    assert locate(document(), span("A | B")).paragraph is None


def test_the_section_is_that_of_the_first_character() -> None:
    assert locate(document(), span("Alone.")).section == ()
    assert locate(document(), span("First one.")).section == ("Introduction",)


def test_without_pages_there_is_no_page() -> None:
    locator = locate(document(), span("First one."))
    assert (locator.pdf_page, locator.pdf_page_end, locator.page_label) == (None, None, None)


def test_a_span_over_a_page_break_has_two_pages() -> None:
    cut = TEXT.index("Second")
    pages = (Page(1, 0, cut - 2, "iv"), Page(2, cut, len(TEXT), "v"))
    within = locate(document(pages), span("First one."))
    assert (within.pdf_page, within.pdf_page_end, within.page_label, within.page_label_end) == (1, 1, "iv", "iv")
    across = locate(document(pages), span("First one.\n\nSecond"))
    assert (across.pdf_page, across.pdf_page_end, across.page_label, across.page_label_end) == (1, 2, "iv", "v")


def test_a_span_that_ends_where_a_page_begins_stays_on_its_page() -> None:
    cut = TEXT.index("Second")
    pages = (Page(1, 0, cut), Page(2, cut, len(TEXT)))
    assert locate(document(pages), Span(0, cut)).pdf_page_end == 1


def test_the_json_of_a_locator_has_every_key_of_the_contract() -> None:
    assert list(to_plain(locate(document(), span("Second one.")))) == [
        "start",
        "end",
        "pdf_page",
        "pdf_page_end",
        "page_label",
        "page_label_end",
        "section",
        "paragraph",
    ]
    assert to_plain(locate(document(), span("Second one.")))["section"] == ["Introduction"]
