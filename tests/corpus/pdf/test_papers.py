"""Published papers, read in full and compared with a second engine."""

import re
import unicodedata
from pathlib import Path

from corpus.model import BlockKind
from corpus.readers.pdf import read_pdf
from corpus.text.repair import normalise

_ACCENTS = "\u00b4`\u00a8\u02c6\u02dc\u02c7\u02d8\u02da\u00af\u02d9\u00b8\u02dd^~"


def folded(text: str) -> str:
    """Letters and signs without white space, hyphens and accents, on which the engines differ."""
    decomposed = unicodedata.normalize("NFD", normalise(text.replace("\x02", "-").replace("\ufffe", "-")))
    plain = (char for char in decomposed if char not in _ACCENTS and not unicodedata.combining(char))
    return re.sub(r"[\s\u2010\u00ad-]+", "", "".join(plain)).replace("ı", "i")


def test_its_sentences_stand_on_the_pages_that_the_offsets_name(paper: Path) -> None:
    import pypdfium2

    reading = read_pdf(paper)
    with pypdfium2.PdfDocument(paper) as document:
        pages = [folded(page.get_textpage().get_text_range()) for page in document]
    found = asked = 0
    for block in reading.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for match in re.finditer(r".+?(?:\. |$)", reading.text[block.start : block.end]):
            start, end = block.start + match.start(), block.start + match.end()
            holders = [page.number for page in reading.pages if page.start < end and start < page.end]
            if len(holders) == 1 and len(match[0]) > 40:
                asked += 1
                found += folded(match[0]) in pages[holders[0] - 1]
    assert asked > 30
    assert found >= 0.93 * asked


def test_it_has_a_title_sections_and_references(paper: Path) -> None:
    reading = read_pdf(paper)
    titles = [reading.text[block.start : block.end] for block in reading.blocks if block.kind is BlockKind.HEADING]
    assert reading.hints["title"].value
    assert reading.pages_failed == ()
    assert any("ntroduction" in title.casefold() for title in titles)
    assert any("references" in title.casefold() for title in titles)
    assert 5 <= len(titles) <= 60
