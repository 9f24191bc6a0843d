"""Whatever bytes a file holds, reading it ends in a document or in a ReadError."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.model import Document
from corpus.readers import read_document

PIECES = (
    "---\n",
    "title: x\n",
    "# Heading\n",
    "Heading\n===\n",
    "| a | b |\n|---|\n| c | d | e |\n",
    "> quote\n",
    "* item\n",
    "```\ncode\n",
    "[link](#bib.bib1) ",
    "![pic](x)",
    "<p>text</p>",
    "<table><tr><td>1",
    "<!-- ",
    "&#27;",
    "&amp;",
    "\\scalerel\n\n",
    "Title: x\n\nURL Source: y\n\n",
    "Figure 1: A caption.\n",
    "References\n----\n\n",
    "Lee et al. (2020) ",
    "[1] A. Lee. 2020. T.\n",
    "Comments (0)\n",
    "A sentence. ",
    "é“”ß\u202e\u0301",
    "\x00",
    "\x1b[31m",
    "\ufeff",
    "𝔘",
    "\n\n",
    "\t",
    "ðŸ§ ",
)
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 60>>stream\nBT /F 12 Tf 20 200 Td (A quokka jumps over the wall.) Tj ET     \nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF"
)
BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reads(ending: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        path.write_bytes(data)
        with contextlib.suppress(ReadError):
            document = read_document(path)
            assert isinstance(document, Document)
            assert document.text.strip()
            assert all(0 <= s.start < s.end <= len(document.text) for s in document.sentences)


@pytest.mark.parametrize("ending", (".md", ".txt", ".html"))
@BOUNDED
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_text_formats_survive_what_markup_can_do(ending, pieces):
    reads(ending, "".join(pieces).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("ending", (".md", ".txt", ".html", ".pdf"))
@BOUNDED
@given(data=st.binary(max_size=400))
def test_any_bytes(ending, data):
    reads(ending, data)


@BOUNDED
@given(cuts=st.lists(st.tuples(st.integers(0, len(PAGE)), st.integers(0, 12), st.binary(max_size=12)), max_size=4))
def test_a_pdf_with_bytes_changed_anywhere(cuts):
    data = PAGE
    for position, length, replacement in cuts:
        data = data[:position] + replacement + data[position + length :]
    reads(".pdf", b"%PDF-1.4\n" + data)


def test_the_page_as_it_is_can_be_read():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        path.write_bytes(PAGE)
        assert read_document(path).text == "A quokka jumps over the wall."
