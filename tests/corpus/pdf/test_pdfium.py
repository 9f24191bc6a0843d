"""The second engine gives the same lines of type, and is asked where the first can't be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.pdf.extraction import extract
from corpus.pdf.opening import PdfSource
from corpus.pdf.pdfium import PdfiumEngine

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
