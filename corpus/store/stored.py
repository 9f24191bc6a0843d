"""Documents and passages with their identity in the library.

A passage keeps its id when its document is read again, if its title, heading and text are unchanged: these are what is
embedded and searched. Its position does not matter.
"""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Document, Passage, Source

__all__ = ["DocumentOutline", "DocumentSummary", "StoredDocument", "StoredPassage", "kept_ids", "write_passages"]

PassageWords = tuple[str, str, str]
"""Title, heading and text of a passage."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of ``loccit list``."""

    document_id: str
    key: str
    title: str
    """As recorded; may be empty."""
    authors: tuple[str, ...]
    year: int | None
    kind: str
    path: str
    passages: int
    starter: bool
    language: str = ""
    """ISO 639-1; empty if uncertain."""
    tags: tuple[str, ...] = ()
    """In alphabetical order."""

    @property
    def name(self) -> str:
        """Name for display: the title, or the file's name."""
        return _name(self.title, self.path, self.kind, bool(self.authors))


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """The title line and the figures of a document."""

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
        """Name for display: the title, or the file's name."""
        record = self.document.record
        return _name(record.title, self.source.path, self.document.kind, bool(record.authors))


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its identity, its document's title and its heading."""

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


def kept_ids(before: Iterable[tuple[int, PassageWords]], after: Sequence[PassageWords]) -> list[int | None]:
    """The ids that the passages ``after`` had ``before``, None for new ones; equal passages are matched in text order.

    >>> kept_ids([(7, ("T", "", "a")), (8, ("T", "", "b"))], [("T", "", "new"), ("T", "", "a")])
    [None, 7]
    """
    free: defaultdict[PassageWords, deque[int]] = defaultdict(deque)
    for passage_id, words in before:
        free[words].append(passage_id)
    return [free[words].popleft() if free[words] else None for words in after]


def write_passages(
    connection: sqlite3.Connection,
    document_id: str,
    document: Document,
    passages: Sequence[Passage],
    before: Sequence[StoredPassage],
) -> None:
    """Insert new passages, move those that were there ``before``, and delete those that are gone."""
    headings = ["" if p.section is None else document.sections[p.section].title for p in passages]
    title = document.record.title
    after = [(title, h, document.text[p.start : p.end]) for p, h in zip(passages, headings, strict=True)]
    ids = kept_ids([(old.passage_id, old.words) for old in before], after)
    kept = set(ids)
    gone = [(old.passage_id,) for old in before if old.passage_id not in kept]
    connection.executemany("DELETE FROM passages WHERE id = ?", gone)
    # Negative positions first, because positions are unique in a document.
    connection.execute("UPDATE passages SET position = -1 - position WHERE document_id = ?", (document_id,))
    places = [(n, p.start, p.end, p.section) for n, p in enumerate(passages)]
    connection.executemany(
        "UPDATE passages SET position = ?, start = ?, end = ?, section = ? WHERE id = ?",
        [(*place, old) for place, old in zip(places, ids, strict=True) if old is not None],
    )
    connection.executemany(
        "INSERT INTO passages(document_id, position, start, end, section, heading) VALUES (?,?,?,?,?,?)",
        [
            (document_id, *place, heading)
            for place, heading, old in zip(places, headings, ids, strict=True)
            if old is None
        ],
    )


def _name(title: str, path: str, kind: str, signed: bool) -> str:
    """The title; essays without author are marked, because their title is often that of the work they discuss."""
    if not title:
        # A file's name may contain line breaks.
        return " ".join(path.rsplit("/", 1)[-1].split())
    return f"{title} (essay)" if kind == "essay" and not signed else title
