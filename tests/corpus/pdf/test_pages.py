"""Page labels, folios, running heads and the offsets of pages."""

from pathlib import Path

from typeset import Sheet, typeset, write

from corpus.readers.pdf import read_pdf

PROSE = ("Open models are published with their weights and with the", "data that made them, as far as this is allowed.")


def pages(count: int) -> list[Sheet]:
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
    return [
        Sheet().put(f"The {words[index]} page begins here and goes on for a while.", *PROSE) for index in range(count)
    ]


def test_pages_lie_end_to_end_and_cover_the_text(tmp_path: Path) -> None:
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([*pages(3), Sheet(), *pages(1)])))
    assert [page.number for page in reading.pages] == [1, 2, 3, 4, 5]
    assert reading.pages[0].start == 0
    assert reading.pages[-1].end == len(reading.text)
    assert all(before.end == after.start for before, after in zip(reading.pages, reading.pages[1:], strict=False))
    assert reading.pages[3].start == reading.pages[3].end
    assert "gamma" in reading.text[reading.pages[2].start : reading.pages[2].end]


def test_labels_of_the_file_are_taken_as_they_are(tmp_path: Path) -> None:
    data = typeset(pages(4), page_labels="[0 << /S /r >> 2 << /S /D /St 7 >>]")
    reading = read_pdf(write(tmp_path / "a.pdf", data))
    assert [page.label for page in reading.pages] == ["i", "ii", "7", "8"]


def test_without_labels_and_folios_there_is_no_label(tmp_path: Path) -> None:
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(pages(4))))
    assert [page.label for page in reading.pages] == [None] * 4


def test_folios_in_step_over_three_pages_are_labels_and_no_text(tmp_path: Path) -> None:
    sheets = pages(4)
    for number, sheet in enumerate(sheets[1:], start=412):
        sheet.at(str(number), 300, 40)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert [page.label for page in reading.pages] == [None, "412", "413", "414"]
    assert "412" not in reading.text


def test_a_missing_folio_between_two_others_is_filled(tmp_path: Path) -> None:
    sheets = pages(5)
    for index in (0, 1, 3, 4):
        sheets[index].at(str(index + 17), 300, 40)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert [page.label for page in reading.pages] == ["17", "18", "19", "20", "21"]


def test_two_pages_in_step_are_not_enough(tmp_path: Path) -> None:
    sheets = pages(4)
    sheets[0].at("8", 300, 40)
    sheets[1].at("9", 300, 40)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert [page.label for page in reading.pages] == [None] * 4
    assert "8" in reading.text


def test_numbers_out_of_step_with_the_pages_are_no_folios(tmp_path: Path) -> None:
    sheets = pages(4)
    for value, sheet in zip((10, 20, 30, 40), sheets, strict=True):
        sheet.at(str(value), 300, 40)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert [page.label for page in reading.pages] == [None] * 4


def test_roman_folios_are_read_before_arabic_ones(tmp_path: Path) -> None:
    sheets = pages(6)
    for folio, sheet in zip(("iii", "iv", "v", "1", "2", "3"), sheets, strict=True):
        sheet.at(folio, 300, 40)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert [page.label for page in reading.pages] == ["iii", "iv", "v", "1", "2", "3"]


def test_running_heads_go_and_their_folios_stay_as_labels(tmp_path: Path) -> None:
    sheets = pages(4)
    for number, sheet in enumerate(sheets, start=5):
        sheet.at(f"{number} A. Author and B. Author", 72, 760, size=8)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert "Author" not in reading.text
    assert [page.label for page in reading.pages] == ["5", "6", "7", "8"]


def test_a_sentence_over_a_page_break_is_whole_and_its_halves_keep_their_pages(tmp_path: Path) -> None:
    first = Sheet().put(*PROSE, "The last sentence of this page does not come to any end be-")
    second = Sheet().put("fore the next page has begun, where it stops. Another follows it there.", *PROSE)
    for number, sheet in enumerate((first, second), start=1):
        sheet.at("Journal of Made-up Results", 72, 760, size=8).at(str(number), 300, 30, size=8)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([first, second])))
    assert "does not come to any end before the next page has begun, where it stops." in reading.text
    assert reading.text[reading.pages[1].start :].startswith("fore the next page")


def test_line_numbers_of_a_submission_are_dropped(tmp_path: Path) -> None:
    sheets = []
    for page in range(2):
        sheet = Sheet()
        for row in range(20):
            sheet.at(f"Line of prose that says the thing called {chr(97 + row)} in words.", 90, 720 - 12 * row)
        for row in range(20):
            sheet.at(f"{page * 20 + row:03d}", 40, 720 - 12 * row)
        sheets.append(sheet)
    reading = read_pdf(write(tmp_path / "a.pdf", typeset(sheets)))
    assert not any(char.isdigit() for char in reading.text)
