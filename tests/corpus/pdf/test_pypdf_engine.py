"""Of a file that was cut off, the pages that are whole are read, and what is missing is named."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from typeset import Sheet, encrypted, typeset, write

from corpus.errors import ReadError
from corpus.pdf.engine import PdfOptions
from corpus.pdf.opening import DamagedFile
from corpus.pdf.pypdf_engine import SalvagedEngine, salvage
from corpus.readers.pdf import read_pdf

SHEETS = [Sheet().put(f"Page number {word} of three is whole.") for word in ("one", "two", "three")]


def cut_in_page(data: bytes, number: int) -> bytes:
    """The file up to the object of its page of that number."""
    return data[: [match.start() for match in re.finditer(rb"\d+ 0 obj\n<< /Type /Page ", data)][number - 1]]


@pytest.mark.parametrize("engine", ["pypdf", "pdfium"])
def test_the_pages_before_the_cut_are_read_and_the_next_is_named(tmp_path: Path, engine: str) -> None:
    path = write(tmp_path / "a.pdf", cut_in_page(typeset(SHEETS), 3))
    reading = read_pdf(path, PdfOptions(engine=engine))
    assert reading.text == "Page number one of three is whole.\n\nPage number two of three is whole."
    assert reading.pages_failed == (3,)
    assert [page.number for page in reading.pages] == [1, 2, 3]


def test_a_page_whose_font_is_missing_is_lost(tmp_path: Path) -> None:
    data = typeset(SHEETS).replace(
        b"/F 3 0 R /B 4 0 R >> >> /Contents 7 0 R", b"/F 3 0 R /B 99 0 R >> >> /Contents 7 0 R"
    )
    reading = read_pdf(write(tmp_path / "a.pdf", cut_in_page(data, 3)))
    assert reading.pages_failed == (1, 3)
    assert reading.text.count("is whole") == 1


def test_a_page_whose_content_is_missing_is_lost(tmp_path: Path) -> None:
    data = cut_in_page(typeset(SHEETS), 2)
    with pytest.raises(ReadError, match="end is missing"):
        read_pdf(write(tmp_path / "a.pdf", data[: data.rindex(b"stream\nBT")]))


def test_packed_objects_are_found(tmp_path: Path) -> None:
    page = b"<< /Type /Page /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >> /Contents 1 0 R >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    index = f"2 0 3 {len(page) + 1} ".encode()
    packed = zlib.compress(index + page + b" " + font)
    content = b"BT /F 10 Tf 72 700 Td (Packed pages are found as well.) Tj ET"
    head = b"<< /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >>" % (len(index), len(packed))
    data = b"%%PDF-1.5\n1 0 obj\n<< /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
        len(content),
        content,
    ) + b"4 0 obj\n%b\nstream\n%b\nendstream\nendobj\n5 0 o" % (head, packed)
    reading = read_pdf(write(tmp_path / "a.pdf", data))
    assert reading.text == "Packed pages are found as well."
    assert reading.pages_failed == (2,)


def test_the_number_of_pages_at_the_beginning_of_a_file_counts(tmp_path: Path) -> None:
    data = typeset(SHEETS).replace(b"%PDF-1.4\n", b"%PDF-1.4\n90 0 obj\n<< /Linearized 1 /N 5 /O 7 >>\nendobj\n")
    engine = SalvagedEngine(write(tmp_path / "a.pdf", cut_in_page(data, 3)))
    assert engine.page_count == 5


def test_nothing_is_saved_out_of_what_cannot_be_decrypted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", encrypted(typeset(SHEETS), user=""))
    assert salvage(path) is None
    with pytest.raises(DamagedFile):
        SalvagedEngine(path)
