"""PDF files: papers as they were set, read back into paragraphs with the page of every character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.pdf.assembly import bridge_interruptions, compose
from corpus.pdf.authors import find_authors
from corpus.pdf.bibliography import split_entries
from corpus.pdf.drafts import draft_blocks
from corpus.pdf.extraction import TypedFile, extract
from corpus.pdf.folios import Folios, find_folios
from corpus.pdf.furniture import running_lines
from corpus.pdf.identifiers import find_arxiv, find_date, find_doi
from corpus.pdf.layout import Layout
from corpus.pdf.legibility import is_garbled
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.pdfium import has_second_engine
from corpus.pdf.scraps import gather_scraps
from corpus.pdf.stamps import ArxivStamp, take_arxiv_stamp, without_line_numbers
from corpus.pdf.titlepage import find_title, title_lines
from corpus.pdf.watch import PageWatch
from corpus.reading import Hint, Reading
from corpus.text.hyphenation import Vocabulary

__all__ = ["read_pdf"]

_LONGEST_STAMP = 120
"""Characters; what a program stamps onto every page of pictures is no longer than this."""
_FEWEST_IN_COVERS = 10
"""So many pages of text make a file one that may have covers."""


def read_pdf(path: Path, *, password: str = "", watch: PageWatch | None = None) -> Reading:
    """Read a PDF file; the text layer only, pictures of text are not recognised.

    A page that cannot be read is named in ``pages_failed`` and costs only its own text. ``watch`` limits what a page
    may take.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no text.
    """
    file = extract(path, password=password, watch=watch)
    _check_text(file, path)
    file, garbled = _without_garbled(file)
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
        pages_failed=tuple(sorted({*file.damaged, *_scans(file), *garbled})),
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
    if is_garbled(texts) and all(is_garbled(line.text for line in page.lines) for page in file.pages if page.lines):
        install = "" if has_second_engine() else "Install loccit[fast-pdf], which knows more fonts, or "
        raise ReadError(
            "The text of the PDF is garbled, because its fonts do not say which letters they draw",
            place=str(path),
            remedy=f"{install}{'run' if install else 'Run'} OCR over it, for example with ocrmypdf --force-ocr, "
            "and add the result",
        )
    stamped = file.illustrated and len(set(texts)) == 1 and len(texts[0]) <= _LONGEST_STAMP
    if any(char.isalnum() for text in texts for char in text) and not stamped:
        return
    if len(file.damaged) == len(file.pages):
        raise ReadError(
            "No page of the PDF could be read",
            place=str(path),
            remedy="Open it in a PDF viewer and save it again, or get another copy",
        )
    if not file.pictures and not stamped:
        raise ReadError(
            "The PDF holds no text; its pages are blank or drawn without letters",
            place=str(path),
            remedy="Open it in a PDF viewer; if it shows text, run OCR over it, for example with ocrmypdf",
        )
    raise ReadError(
        "The PDF holds no text, only pictures of pages",
        place=str(path),
        remedy="Run OCR over it, for example with ocrmypdf, and add the result",
    )


def _scans(file: TypedFile) -> set[int]:
    """The pages that are only a picture where text was to be expected; one on a cover of a longer file is not."""
    inner = set(file.pictures) - {1, len(file.pages)}
    long = sum(bool(page.lines) for page in file.pages) >= _FEWEST_IN_COVERS
    return inner if long else set(file.pictures)


def _without_garbled(file: TypedFile) -> tuple[TypedFile, list[int]]:
    """The file without the text of pages whose letters are not those shown, and the numbers of these pages."""
    garbled = [page.number for page in file.pages if is_garbled(line.text for line in page.lines)]
    pages = tuple(TypePage(page.number, ()) if page.number in garbled else page for page in file.pages)
    return replace(file, pages=pages), garbled


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
