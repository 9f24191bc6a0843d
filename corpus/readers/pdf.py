"""PDF files: read into paragraphs, with the page of each character."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.pdf.blocks import bridge_interruptions, compose, draft_blocks, gather_scraps
from corpus.pdf.engine import PdfOptions
from corpus.pdf.extraction import LONGEST_STAMP, TypedFile, extract, is_garbled, join_portions
from corpus.pdf.furniture import ArxivStamp, running_lines, take_arxiv_stamp, without_line_numbers
from corpus.pdf.layout import Layout
from corpus.pdf.lines import Line, TypePage
from corpus.pdf.ocr import recognition_remedy
from corpus.pdf.opening import DamagedFile, PageWatch
from corpus.pdf.page_labels import find_folios
from corpus.pdf.pdfium_engine import has_pdfium
from corpus.pdf.reference_list import split_entries
from corpus.pdf.titlepage import find_arxiv, find_authors, find_date, find_doi, find_title, title_lines
from corpus.reading import Hint, Reading
from corpus.text.hyphenation import Vocabulary

__all__ = ["read_pdf"]

_FEWEST_IN_COVERS = 10
"""Minimum number of pages of text in a file that may have covers."""


def read_pdf(
    path: Path, options: PdfOptions | None = None, *, watch: PageWatch | None = None, portions: Sequence[TypedFile] = ()
) -> Reading:
    """Read a PDF file, or put it together from ``portions`` that cover it and were extracted before.

    Pictures of text are recognised only where the ``options`` say so. A page that cannot be read is named in
    ``pages_failed`` and costs only its own text. ``watch`` limits what a page may take.

    Raises:
        ReadError: the file is empty, no PDF, damaged beyond reading, protected by a password, or has no text.
    """
    file = join_portions(portions or [extract(path, options, watch=watch)])
    _check_text(file, path, ocr=options is not None and options.ocr)
    garbled = {page.number for page in file.pages if is_garbled(line.text for line in page.lines)}
    file = replace(file, pages=tuple(TypePage(p.number, ()) if p.number in garbled else p for p in file.pages))
    pages, stamp = take_arxiv_stamp(without_line_numbers(file.pages))
    running = running_lines(pages)
    folios = find_folios(pages, running)
    bare = tuple(page.without([*running.get(page.number, ()), *folios.lines.get(page.number, ())]) for page in pages)
    title = title_lines(_front(bare))
    layout = Layout(bare)
    drafts = gather_scraps(draft_blocks(bare, layout, title), layout)
    drafts = bridge_interruptions(split_entries(drafts, layout), layout)
    vocabulary = Vocabulary(line.text for page in bare for line in page.lines)
    labels = folios.labels
    if file.facts.labels is not None:
        labels = {number: label.strip() for number, label in enumerate(file.facts.labels, start=1)}
    builder, marked = compose(drafts, [page.number for page in pages], labels, vocabulary)
    scans = set(file.pictures)
    if sum(bool(page.lines) for page in file.pages) >= _FEWEST_IN_COVERS:
        scans -= {1, len(file.pages)}  # a picture on a cover is no lost text
    return Reading(
        media="pdf",
        text=builder.text,
        blocks=tuple(builder.blocks),
        pages=tuple(replace(page, recognised=page.number in file.recognised) for page in marked),
        pages_failed=tuple(sorted({*file.damaged, *scans, *garbled})),
        hints=_hints(path, file, bare, title, stamp),
    )


def _check_text(file: TypedFile, path: Path, *, ocr: bool) -> None:
    """Check that there is text to keep, and that it can be trusted; ``ocr``: recognition was already tried."""
    texts = [line.text for page in file.pages for line in page.lines]
    stamped = file.illustrated and len(set(texts)) == 1 and len(texts[0]) <= LONGEST_STAMP
    if file.facts.dynamic_form and any(text.startswith("Please wait") for text in texts):
        cause = "The PDF is a dynamic form (XFA), whose text is not on its pages"
        remedy = "Print it to a new PDF from the program that shows it, and add that"
    elif is_garbled(texts) and all(is_garbled(line.text for line in page.lines) for page in file.pages if page.lines):
        cause = "The text of the PDF is garbled, because its fonts do not say which letters they draw"
        remedy = _remedy(ocr=ocr)
        if not has_pdfium():
            remedy = f"Install loccit[fast-pdf], which knows more fonts, and add it again. If that fails: {remedy}"
    elif any(char.isalnum() for text in texts for char in text) and not stamped:
        return
    elif len(file.damaged) > len(file.pictures) and not ocr:
        raise DamagedFile("No page of the PDF could be read", path)
    elif file.pictures or stamped:
        cause, remedy = "The PDF holds no text, only pictures of pages", _remedy(ocr=ocr)
    else:
        cause = "The PDF holds no text; its pages are blank or drawn without letters"
        step = _remedy(ocr=ocr)
        remedy = f"Open it in a PDF viewer; if it shows text, {step[0].lower()}{step[1:]}"
    raise ReadError(f"{cause}, and none was recognised" if ocr else cause, place=str(path), remedy=remedy)


def _remedy(*, ocr: bool) -> str:
    """Return what to do about pages whose letters the file does not tell."""
    if ocr:
        return "Scan it again at 300 dots an inch, or set languages below [pdf] in config.toml"
    return recognition_remedy()


def _front(pages: Sequence[TypePage]) -> TypePage:
    """Return the first page with text."""
    return next((page for page in pages if page.lines), pages[0])


def _hints(
    path: Path, file: TypedFile, pages: Sequence[TypePage], title: Sequence[Line], stamp: ArxivStamp | None
) -> dict[str, Hint]:
    arxiv = find_arxiv(stamp, path)
    page = _front(pages)
    found = {
        "title": find_title(pages[: page.number + 2], title, file.facts.metadata.get("Title", ""), path.stem),
        "authors": find_authors(page, title, file.facts.metadata.get("Author", "")),
        "date": find_date(stamp, arxiv, file.facts.metadata),
        "doi": find_doi(file.pages[page.number - 1]),
        "arxiv": arxiv,
    }
    return {name: hint for name, hint in found.items() if hint is not None}
