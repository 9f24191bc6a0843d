"""PDF files: papers as they were set, read back into paragraphs with the page of every character."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ReadError
from corpus.pdf.assembly import bridge_interruptions, compose
from corpus.pdf.bibliography import split_entries
from corpus.pdf.drafts import draft_blocks
from corpus.pdf.extraction import TypedFile, extract
from corpus.pdf.folios import Folios, find_folios
from corpus.pdf.furniture import running_lines
from corpus.pdf.identifiers import find_arxiv, find_date, find_doi
from corpus.pdf.layout import Layout
from corpus.pdf.legibility import is_garbled
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.scraps import gather_scraps
from corpus.pdf.stamps import ArxivStamp, take_arxiv_stamp, without_line_numbers
from corpus.pdf.titlepage import find_authors, find_title, title_lines
from corpus.reading import Hint, Reading
from corpus.text.hyphenation import Vocabulary

__all__ = ["read_pdf"]


def read_pdf(path: Path, *, password: str = "") -> Reading:
    """Read a PDF file; the text layer only, pictures of text are not recognised.

    A page that cannot be read is named in ``pages_failed`` and costs only its own text.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no text.
    """
    file = extract(path, password=password)
    _check_text(file, path)
    pages, stamp = take_arxiv_stamp(without_line_numbers(file.pages))
    running = running_lines(pages)
    folios = find_folios(pages, running)
    bare = _without_furniture(pages, running, folios)
    title = title_lines(_front(bare))
    layout = Layout(bare)
    drafts = gather_scraps(draft_blocks(bare, layout, title), layout)
    drafts = bridge_interruptions(split_entries(drafts, layout), layout)
    vocabulary = Vocabulary(line.text for page in bare for line in page.lines)
    builder, marked = compose(drafts, [page.number for page in pages], _labels(file, folios), vocabulary)
    return Reading(
        media="pdf",
        text=builder.text,
        blocks=tuple(builder.blocks),
        pages=marked,
        pages_failed=tuple(sorted({*file.damaged, *file.pictures})),
        hints=_hints(path, file, bare, title, stamp),
    )


def _check_text(file: TypedFile, path: Path) -> None:
    texts = [line.text for page in file.pages for line in page.lines]
    if file.dynamic_form and any(text.startswith("Please wait") for text in texts):
        raise ReadError(
            "The PDF is a dynamic form (XFA), whose text is not on its pages",
            place=str(path),
            remedy="Print it to a new PDF from the program that shows it, and add that",
        )
    if is_garbled(texts):
        raise ReadError(
            "The text of the PDF is garbled, because its fonts do not say which letters they draw",
            place=str(path),
            remedy="Run OCR over it, for example with ocrmypdf --force-ocr, and add the result",
        )
    if any(char.isalnum() for text in texts for char in text):
        return
    if len(file.damaged) == len(file.pages):
        raise ReadError(
            "No page of the PDF could be read",
            place=str(path),
            remedy="Open it in a PDF viewer and save it again, or get another copy",
        )
    raise ReadError(
        "The PDF holds no text, only pictures of pages",
        place=str(path),
        remedy="Run OCR over it, for example with ocrmypdf, and add the result",
    )


def _without_furniture(
    pages: Sequence[TypePage], running: dict[int, list[Line]], folios: Folios
) -> tuple[TypePage, ...]:
    return tuple(page.without([*running.get(page.number, ()), *folios.lines.get(page.number, ())]) for page in pages)


def _front(pages: Sequence[TypePage]) -> TypePage:
    """The first page with text."""
    return next((page for page in pages if page.lines), pages[0])


def _labels(file: TypedFile, folios: Folios) -> dict[int, str]:
    if file.labels is not None:
        return {number: label.strip() for number, label in enumerate(file.labels, start=1)}
    return folios.labels


def _hints(
    path: Path, file: TypedFile, pages: Sequence[TypePage], title: Sequence[Line], stamp: ArxivStamp | None
) -> dict[str, Hint]:
    arxiv = find_arxiv(stamp, path)
    page = _front(pages)
    found = {
        "title": find_title(pages[: page.number + 2], title, file.metadata.get("Title", ""), path.stem),
        "authors": find_authors(page, title, file.metadata.get("Author", "")),
        "date": find_date(stamp, arxiv, file.metadata),
        "doi": find_doi(file.pages[page.number - 1]),
        "arxiv": arxiv,
    }
    return {name: hint for name, hint in found.items() if hint is not None}
