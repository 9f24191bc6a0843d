"""The second engine gives the same lines of type, and is asked where the first can't be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Sheet, encrypted, typeset, write

from corpus.errors import ReadError
from corpus.pdf.engine import ENGINES, PdfOptions
from corpus.pdf.extraction import extract
from corpus.pdf.lines import Fragment
from corpus.pdf.opening import PdfSource
from corpus.pdf.pdfium_engine import PdfiumEngine, Run, with_line_ends
from corpus.readers.pdf import read_pdf

pytest.importorskip("pypdfium2")


def test_both_engines_find_the_same_lines_in_the_same_places(tmp_path: Path) -> None:
    sheet = Sheet().put("A Heading in Bold", size=14, bold=True).put("Body text of one line.", "And of another one.")
    path = write(tmp_path / "a.pdf", typeset([sheet.at("in the margin", 30.0, 300.0, turned=True)]))
    first = extract(path).pages[0]
    second = PdfiumEngine(PdfSource(path)).sheet(1).page
    assert [(line.text, line.bold, line.turned) for line in second.lines] == [
        (line.text, line.bold, line.turned) for line in first.lines
    ]
    for ours, theirs in zip(first.lines, second.lines, strict=True):
        assert (theirs.x, theirs.y, theirs.size) == pytest.approx((ours.x, ours.y, ours.size), abs=0.5)


def test_words_cut_at_a_line_end_keep_their_hyphen_for_the_vocabulary(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", typeset([Sheet().put("The tracer is mixed-", "mode and very quick.")]))
    assert [line.text for line in PdfiumEngine(PdfSource(path)).sheet(1).page.lines] == [
        "The tracer is mixed-",
        "mode and very quick.",
    ]


def test_a_file_whose_table_of_objects_lies_is_opened_by_the_second_engine(tmp_path: Path) -> None:
    data = typeset([Sheet().put("What pypdf gives up, pdfium may still read.")])
    path = write(tmp_path / "a.pdf", data.replace(b"/Count 1", b"/Count /x"))
    assert [line.text for line in extract(path).pages[0].lines] == ["What pypdf gives up, pdfium may still read."]


def test_both_engines_give_the_same_reading(tmp_path: Path) -> None:
    prose = (
        "A paragraph is told by its lines, whichever of the engines has found them on",
        "the page, and so is its end.",
    )
    sheets = [
        Sheet().put("1 A Section", size=14, bold=True).put(*prose, gap=8).put(f"{page}", gap=400) for page in (4, 5, 6)
    ]
    path = write(tmp_path / "a.pdf", typeset(sheets, title="Of Sections", page_labels="[0 << /S /D /St 4 >>]"))
    first, second = (read_pdf(path, PdfOptions(engine=engine)) for engine in ENGINES)
    assert first == second
    assert [page.label for page in second.pages] == ["4", "5", "6"]


def test_pypdf_is_asked_where_pdfium_is_first_and_fails(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", encrypted(typeset([Sheet().put("Closed.")]), user="secret"))
    with pytest.raises(ReadError, match="protected by a password"):
        extract(path, PdfOptions(engine="pdfium"))


def test_pdfium_tells_scans_and_metadata(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", typeset([Sheet(), Sheet()], title="A Title", picture_pages=(2,)))
    file = extract(path, PdfOptions(engine="pdfium"))
    assert (file.pictures, file.facts.metadata["Title"], file.facts.labels) == ((2,), "A Title", None)


def run(
    text: str, x: float, y: float, right: float, *, size: float = 10.0, ended: bool = False, spaced: bool = False
) -> Run:
    return Run(Fragment(text, x, y, size), right, ended, spaced)


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (run("3", 100, 75.8, 103, size=6, ended=True), run("https", 103.4, 72, 120, size=8), "3https"),
        (run("Goel ", 100, 500, 120, spaced=True), run("1", 120.2, 504, 124, size=7), "Goel1"),
        (
            run("at a workshop ", 100, 756, 300, spaced=True),
            run("A TITLE", 100, 697, 180, size=14),
            "at a workshop \nA TITLE",
        ),
        (
            run("left column", 100, 500, 200, ended=True),
            run("right column", 300, 500, 400),
            "left column\nright column",
        ),
        (run("two ", 100, 500, 120, spaced=True), run("words", 122.5, 500, 150), "two words"),
        (run("two", 100, 500, 120, ended=True), run("words", 122.5, 500, 150), "two words"),
        (run("a drawn space ", 100, 500, 160), run("stays", 160, 500, 190), "a drawn space stays"),
    ],
)
def test_what_stands_between_two_runs(first: Run, second: Run, text: str) -> None:
    assert "".join(fragment.text for fragment in with_line_ends([first, second])) == text


def test_no_runs_make_no_fragments() -> None:
    assert list(with_line_ends([])) == []
