"""What the store hands out: documents and passages with their identity in the library."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Document, Source
from corpus.store.revision import PassageWords

__all__ = ["DocumentOutline", "DocumentSummary", "StoredDocument", "StoredPassage"]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of ``loccit list``."""

    document_id: str
    key: str
    title: str
    """As recorded; empty where the file has none."""
    authors: tuple[str, ...]
    year: int | None
    kind: str
    path: str
    passages: int
    starter: bool
    language: str = ""
    """ISO 639-1; empty where it is not certain."""
    tags: tuple[str, ...] = ()
    """The user's own words, in the alphabet's order."""

    @property
    def name(self) -> str:
        """What to call the document on a screen: its title, or the file's name."""
        return _name(self.title, self.path, self.kind, bool(self.authors))


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """A document's title line and how much there is of it."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    pages: int
    pages_failed: tuple[int, ...]
    passages: int
    references: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its identity in the library."""

    document_id: str
    key: str
    source: Source
    document: Document
    starter: bool

    @property
    def name(self) -> str:
        """What to call the document on a screen: its title, or the file's name."""
        record = self.document.record
        return _name(record.title, self.source.path, self.document.kind, bool(record.authors))


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its identity and the words that stand above it."""

    passage_id: int
    document_id: str
    start: int
    end: int
    title: str
    heading: str
    text: str

    @property
    def words(self) -> PassageWords:
        """What is embedded and searched."""
        return self.title, self.heading, self.text


def _name(title: str, path: str, kind: str, signed: bool) -> str:
    """An unsigned essay is marked as one: its heading is often the title of the work it discusses."""
    if not title:
        # A file's name may hold a line break; a document's name is one line.
        return " ".join(path.rsplit("/", 1)[-1].split())
    return f"{title} (essay)" if kind == "essay" and not signed else title
