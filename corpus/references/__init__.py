"""Reference lists: their entries, the in-text citations that point to them, and the works that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Block, Reference, Section
from corpus.references.entries import find_entries
from corpus.references.mentions import find_mentions
from corpus.references.parsing import parse_entry

__all__ = ["find_mentions", "find_references"]


def find_references(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Reference, ...]:
    """The entries of every reference list, parsed, in text order."""
    return tuple(_reference(span.start, span.end, text) for span in find_entries(text, blocks, sections))


def _reference(start: int, end: int, text: str) -> Reference:
    parsed = parse_entry(text[start:end])
    return Reference(
        start=start,
        end=end,
        authors=parsed.authors,
        year=parsed.year,
        title=parsed.title,
        venue=parsed.venue,
        pages=parsed.pages,
        byline=parsed.byline,
        doi=parsed.doi,
        arxiv=parsed.arxiv,
        url=parsed.url,
        label=parsed.label,
    )
