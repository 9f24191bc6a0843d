"""Facts: what a record says of a document in a sentence, and what it does not know."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Record
from corpus.records.names import short_authors
from corpus.store import StoredDocument

__all__ = ["described", "facts", "joined", "numbered", "quoted"]

_MENDED = {
    "author": ("author", 'authors="Family, Given; …"'),
    "people": ("author", 'authors="Family, Given; …"'),
    "year": ("year", "year=…"),
    "venue": ("journal or other place of publication", 'container_title="…"'),
    "title": ("title", 'title="…"'),
    "doi": ("DOI", "doi=…"),
    "arxiv": ("arXiv number", "arxiv=…"),
}
"""Name of each attribute that may be unknown, and the change for ``loccit edit`` that records it."""


def joined(parts: Sequence[str]) -> str:
    """Join parts as prose does.

    >>> joined(["A", "B", "C"])
    'A, B and C'
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def quoted(name: str) -> str:
    """A name in quotation marks."""
    return f"“{name}”"


def numbered(number: int, noun: str) -> str:
    """A number with its noun: ``1 document``, ``2 documents``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def described(stored: StoredDocument) -> str:
    """Title, authors and year: ``“Patience” (Lee & Ott, 2019)``."""
    record = stored.document.record
    known = (short_authors(record.authors), str(record.year or ""))
    said = ", ".join(part for part in known if part)
    return f"{quoted(stored.name)} ({said})" if said else quoted(stored.name)


def facts(stored: StoredDocument, attributes: Sequence[str], tags: Sequence[str] = ()) -> str:
    """What the record says of these attributes; of those it does not know, the command that records them."""
    said = {attribute: _fact(stored, attribute, tags) for attribute in attributes}
    known = [text for text in said.values() if text]
    sentences = [f"{quoted(stored.name)} {joined(known)}."] if known else []
    for name, change in dict.fromkeys(_MENDED[attribute] for attribute, text in said.items() if not text):
        sentences.append(f"The file of {quoted(stored.name)} names no {name}, so it is unknown here.")
        sentences.append(f"Record it with: loccit edit {stored.key} {change}")
    return " ".join(sentences)


def _fact(stored: StoredDocument, attribute: str, tags: Sequence[str]) -> str:
    """What follows the document's name; empty where it is unknown."""
    record, pages = stored.document.record, len(stored.document.pages)
    names = [name.display for name in record.authors]
    match attribute:
        case "author":
            return f"is by {joined(names)}" if names else ""
        case "people":
            return f"has {numbered(len(names), 'author')}: {joined(names)}" if names else ""
        case "year":
            parts = [part for part in (record.year, record.month, record.day) if part is not None]
            return f"is from {'-'.join(f'{part:02}' for part in parts)}" if record.year else ""
        case "venue":
            return _published(record)
        case "pages":
            return (
                f"has {numbered(pages, 'page')}" if pages else "has no page numbers: its file is not divided into pages"
            )
        case "references":
            return f"lists {numbered(len(stored.document.references), 'reference')}"
        case "tag":
            return f"is tagged {joined(tags)}" if tags else "has no tag"
        case "arxiv":
            return f"has the arXiv number {record.arxiv}" if record.arxiv else ""
        case "doi":
            return f"has the DOI {record.doi}" if record.doi else ""
        case _:
            return "is the title" if record.title else ""


def _published(record: Record) -> str:
    venue = record.container_title or record.publisher
    if venue or not record.arxiv:
        return f"was published in {venue}" if venue else ""
    return f"is the preprint arXiv:{record.arxiv}; its file names no journal"
