"""Scanned pages are recognised where that is wanted and possible; where not, the message says what to do."""

from __future__ import annotations

import stat
from pathlib import Path
from shutil import which

import pytest
from typeset import Sheet, scanned, typeset, write

from corpus.errors import ReadError, UsageError
from corpus.model import BlockKind
from corpus.pdf import ocr as recognition
from corpus.pdf.engine import PdfOptions
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.ocr import lines_of, with_even_sizes
from corpus.readers.pdf import read_pdf

pytest.importorskip("pypdfium2")
needs_tesseract = pytest.mark.skipif(which("tesseract") is None, reason="the program tesseract is not installed")
OCR = PdfOptions(ocr=True)
PROSE = (
    "The ferry leaves the harbour twice a day and takes the post along,",
    "and whoever misses it must wait for the next morning at the quay.",
)
SHEET = Sheet().put("1 Introduction", size=16).put(*PROSE, gap=12)
HOCR = b"""<html xmlns="http://www.w3.org/1999/xhtml"><body><div class='ocr_page' title='bbox 0 0 2550 3300'>
<span class='ocr_header' title="bbox 300 300 900 360; baseline 0 -10; x_size 60; x_descenders 12; x_ascenders 12">
<span class='ocrx_word' title='bbox 300 300 500 360; x_wconf 95'>Two</span>
<span class='ocrx_word' title='bbox 520 300 900 360; x_wconf 91'>\xef\xac\x81nal words</span></span>
<span class='ocr_line' title="bbox 10 10 20 20; baseline 0 0; x_size 10">
<span class='ocrx_word' title='bbox 10 10 20 20; x_wconf 12'>~|</span></span>
<span class='ocr_line' title="bbox 77 809 146 2028; textangle 90; x_size 50">
<span class='ocrx_word' title='bbox 77 809 146 2028; x_wconf 76'>margin</span></span></div></body></html>"""


def test_lines_of_hocr_have_places_in_points_and_specks_are_left_out() -> None:
    head, margin = lines_of(HOCR, 4, dpi=300, height=792)
    assert (head.text, head.page, head.turned) == ("Two final words", 4, False)
    assert (head.x, head.y, head.size) == pytest.approx((72.0, 792 - 350 * 0.24, 16.0))
    assert (margin.text, margin.turned) == ("margin", True)


def test_sizes_that_scatter_become_even_and_headings_stay_large() -> None:
    sizes = (10.0, 10.0, 10.4, 9.6, 14.1)
    page = TypePage(1, tuple(Line("some words of text", 1, 72, 700 - 12 * n, size) for n, size in enumerate(sizes)))
    (evened,) = with_even_sizes([page], [1])
    assert [line.size for line in evened.lines] == [10.0, 10.0, 10.0, 10.0, 14.0]
    assert with_even_sizes([page], []) == (page,)


@needs_tesseract
def test_a_scan_is_recognised_and_its_pages_say_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", scanned(typeset([SHEET])))
    reading = read_pdf(path, OCR)
    assert [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks] == [
        (BlockKind.HEADING, "1 Introduction"),
        (BlockKind.PARAGRAPH, " ".join(PROSE)),
    ]
    assert [page.recognised for page in reading.pages] == [True]
    assert reading.pages_failed == ()


@needs_tesseract
def test_a_page_that_tesseract_gives_up_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "PAGE_SECONDS", 0.001)
    path = write(tmp_path / "a.pdf", scanned(typeset([SHEET])))
    with pytest.raises(ReadError, match="none was recognised"):
        read_pdf(path, OCR)


@needs_tesseract
def test_a_language_that_tesseract_lacks_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", scanned(typeset([SHEET])))
    with pytest.raises(ReadError, match="tlh") as raised:
        read_pdf(path, PdfOptions(ocr=True, languages="tlh"))
    assert "list-langs" in raised.value.remedy


def test_pages_with_text_are_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name that fails must not be asked."""
    program = write(tmp_path / "tesseract", b"#!/bin/sh\nexit 3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = read_pdf(write(tmp_path / "a.pdf", typeset([SHEET], picture_pages=())), OCR)
    assert [page.recognised for page in reading.pages] == [False]
    reading = read_pdf(write(tmp_path / "b.pdf", typeset([SHEET, SHEET], picture_pages=(2,))), OCR)
    assert reading.pages_failed == (2,)


def test_without_tesseract_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="only pictures") as raised:
        read_pdf(write(tmp_path / "a.pdf", typeset([SHEET], picture_pages=(1,))))
    for part in ("tesseract-ocr", "brew install tesseract", "loccit add --ocr"):
        assert part in raised.value.remedy
    with pytest.raises(UsageError, match="without tesseract"):
        recognition.check_recognition()


def test_without_pypdfium2_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "has_pdfium", lambda: False)
    assert "loccit[ocr]" in recognition.recognition_remedy()
    with pytest.raises(UsageError, match="pypdfium2"):
        recognition.check_recognition()
