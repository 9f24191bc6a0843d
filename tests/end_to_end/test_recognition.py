"""A scan on its way into a library: refused with the remedy, then recognised when asked to, and found."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus" / "pdf"))

from typeset import Sheet, scanned, typeset, write

from corpus.pdf.engine import PdfOptions

pytest.importorskip("pypdfium2")
pytestmark = pytest.mark.skipif(which("tesseract") is None, reason="the program tesseract is not installed")
SHEETS = [
    Sheet().put("A quokka is a small marsupial that lives on Rottnest Island.", size=12),
    Sheet().put("The longest jump that was measured had eighty seven centimetres.", size=12),
]


def test_a_scan_is_refused_then_recognised_and_found(library, tmp_path: Path) -> None:
    path = write(tmp_path / "scan.pdf", scanned(typeset(SHEETS)))
    (item,) = library.add(path).items
    assert (item.status, "loccit add --ocr" in item.reason) == ("failed", True)
    (item,) = library.add(path, pdf=PdfOptions(ocr=True)).items
    assert (item.status, item.pages, item.pages_failed) == ("added", 2, ())
    assert "recognised in pictures" in item.reason and "1-2" in item.reason
    assert any("longest jump" in text for text in library.found("how far does it jump?"))


def test_a_file_with_lost_pages_is_read_again_though_it_has_not_changed(library, tmp_path: Path) -> None:
    path = write(tmp_path / "mixed.pdf", typeset(SHEETS, picture_pages=(2,)))
    (item,) = library.add(path).items
    assert (item.status, item.pages_failed) == ("partial", (2,))
    assert library.add(path).items[0].status == "unchanged"
    (again,) = library.add(path, pdf=PdfOptions(ocr=True)).items
    assert (again.status, again.document_id, again.pages_failed) == ("updated", item.document_id, ())
