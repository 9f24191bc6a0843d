"""Places in a document: the page, section and paragraph at an offset."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corpus.model import Block, BlockKind, Document, Locator, Page, Section, Span

__all__ = ["block_at", "locate", "section_at"]

_COUNTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE)


def locate(document: Document, span: Span) -> Locator:
    """The place of ``span`` in ``document``."""
    first = _page_at(document.pages, span.start)
    last = _page_at(document.pages, max(span.start, span.end - 1))
    section = section_at(document.sections, span.start)
    return Locator(
        start=span.start,
        end=span.end,
        pdf_page=first.number if first else None,
        pdf_page_end=last.number if last else None,
        page_label=first.label if first else None,
        page_label_end=last.label if last else None,
        section=document.sections[section].path if section is not None else (),
        paragraph=_paragraph_at(document, span.start, 0 if section is None else document.sections[section].start),
    )


def block_at(document: Document, offset: int) -> Block | None:
    """The block that holds ``offset``; None between blocks."""
    at = bisect_right(document.blocks, offset, key=lambda block: block.start) - 1
    return document.blocks[at] if at >= 0 and offset < document.blocks[at].end else None


def section_at(sections: Sequence[Section], offset: int) -> int | None:
    """Position of the section that holds ``offset``, or None."""
    position = bisect_right(sections, offset, key=lambda section: section.start) - 1
    return position if position >= 0 and offset < sections[position].end else None


def _page_at(pages: tuple[Page, ...], offset: int) -> Page | None:
    position = bisect_right(pages, offset, key=lambda page: page.start)
    return pages[position - 1] if position else None


def _paragraph_at(document: Document, offset: int, section_start: int) -> int | None:
    """The number of the paragraph at ``offset`` in its section, from 1; None in headings, tables and captions."""
    first = bisect_left(document.blocks, section_start, key=lambda block: block.start)
    number = 0
    for block in document.blocks[first:]:
        if block.start > offset:
            break
        if block.kind in _COUNTED:
            number += 1
            if offset < block.end:
                return number
    return None
