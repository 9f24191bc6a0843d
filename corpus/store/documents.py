"""Documents in the database: inserted whole, deleted whole, and read back with their identity."""

import json
import sqlite3
import time
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from corpus.errors import UnknownDocument
from corpus.model import Document, Mention, Name, Passage, Source, Span, from_plain, to_plain
from corpus.readers.formats import READER_VERSIONS
from corpus.records.record import citation_key, distinct_key
from corpus.store.database import Database
from corpus.store.stored import DocumentOutline, DocumentSummary, StoredDocument, StoredPassage, write_passages
from corpus.store.tags import Tags
from corpus.store.work_index import write_work

__all__ = ["DocumentStore", "held_languages"]

_ID_LENGTH = 10
_CACHED_DOCUMENTS = 64
_COLUMNS = "path, sha256, size, modified, kind, media, title, year, record, origins, damages, pages_failed, text"
"""Columns that reading a file again may change."""


class DocumentStore:
    """Documents, passages and references in a library's database.

    Writing methods take the connection of an open transaction, to which other packages add their rows.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._cached = lru_cache(maxsize=_CACHED_DOCUMENTS)(self._load)

    # Reading

    def summaries(self) -> list[DocumentSummary]:
        """Every document, in the order of adding."""
        rows = self.database.rows(
            "SELECT d.id, d.key, d.title, d.record, d.year, d.kind, d.path, d.starter,"
            " (SELECT count(*) FROM passages p WHERE p.document_id = d.id) AS passages"
            " FROM documents d ORDER BY d.added, d.rowid"
        )
        tags = Tags(self.database).by_document()
        return [
            DocumentSummary(
                row["id"],
                row["key"],
                row["title"],
                _authors(record),
                row["year"],
                row["kind"],
                row["path"],
                row["passages"],
                bool(row["starter"]),
                record.get("language", ""),
                tags.get(row["id"], ()),
            )
            for row in rows
            for record in [json.loads(row["record"])]
        ]

    def identify(self, name: str) -> str:
        """The id of the document with that id, key or path.

        Raises:
            UnknownDocument: there is none.
        """
        row = self.database.row("SELECT id FROM documents WHERE id = ? OR key = ? OR path = ?", (name, name, name))
        if row is None:
            raise UnknownDocument("No document has this id or key", place=name, remedy="See loccit list")
        return str(row["id"])

    def get(self, name: str) -> StoredDocument:
        """The document with that id, key or path.

        Raises:
            UnknownDocument: there is none.
        """
        identity = self.identify(name)
        state = self.database.row("SELECT sha256, path, record, origins FROM documents WHERE id = ?", (identity,))
        return self._cached(identity, tuple(state))

    def by_path(self, path: str) -> tuple[str, str] | None:
        """Id and SHA-256 of the document read from ``path``, or None."""
        row = self.database.row("SELECT id, sha256 FROM documents WHERE path = ?", (path,))
        return (row["id"], row["sha256"]) if row else None

    def by_hash(self, sha256: str) -> tuple[str, str] | None:
        """Id and path of a document with exactly this content, or None."""
        row = self.database.row("SELECT id, path FROM documents WHERE sha256 = ?", (sha256,))
        return (row["id"], row["path"]) if row else None

    def written_by(self, families: Sequence[str], *, alone: bool) -> list[str]:
        """Ids of the documents whose first authors have these family names; with ``alone``, only those authors."""
        marks = " AND ".join(["instr(record, ?)"] * len(families))
        rows = self.database.rows(f"SELECT id, record FROM documents WHERE {marks}", list(families))
        found = []
        for row in rows:
            names = [author["family"] for author in json.loads(row["record"])["authors"]]
            if names[: len(families)] == list(families) and (len(names) == len(families) or not alone):
                found.append(row["id"])
        return found

    def holding(self, words: Sequence[str]) -> list[str]:
        """Ids of the documents whose text has every one of ``words`` exactly, in the same case.

        It reads every text, about 0.3 GB per second: for what the full-text index cannot decide.
        """
        if not words:
            return []
        conditions = " AND ".join(["instr(text, ?)"] * len(words))
        query = f"SELECT id FROM documents WHERE {conditions} ORDER BY rowid"
        return [row["id"] for row in self.database.rows(query, tuple(words))]

    def is_outdated(self, document_id: str) -> bool:
        """Whether a newer version of its reader might read a document's file better."""
        query = "SELECT media, reader FROM documents WHERE id = ?"
        return _is_outdated(self.database.row(query, (document_id,)))

    def outdated(self) -> list[str]:
        """The paths of all documents that an older version of their reader has read."""
        rows = self.database.rows("SELECT path, media, reader FROM documents ORDER BY added, rowid")
        return [row["path"] for row in rows if _is_outdated(row)]

    def starter_ids(self) -> list[str]:
        """Ids of the starter documents."""
        return [row["id"] for row in self.database.rows("SELECT id FROM documents WHERE starter = 1")]

    def passages(self, passage_ids: Iterable[int]) -> dict[int, StoredPassage]:
        """The passages with those ids; unknown ids are skipped."""
        wanted = list(passage_ids)
        marks = ",".join("?" * len(wanted))
        rows = self.database.rows(
            f"SELECT id, document_id, start, end, heading FROM passages WHERE id IN ({marks}) ORDER BY document_id",
            wanted,
        )
        return {
            row["id"]: _stored_passage(row, title, text)
            for document_id, group in groupby(rows, key=itemgetter("document_id"))
            for title, text in [self._title_and_text(document_id)]
            for row in group
        }

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """The passages of one document, in text order."""
        rows = self.database.rows(
            "SELECT id, document_id, start, end, heading FROM passages WHERE document_id = ? ORDER BY position",
            (document_id,),
        )
        title, text = self._title_and_text(document_id)
        return [_stored_passage(row, title, text) for row in rows]

    def outline(self, document_id: str) -> DocumentOutline:
        """The figures that an add reports, without loading the text."""
        row = self.database.row(
            "SELECT d.title, d.year, d.record, d.pages_failed, json_array_length(l.pages) AS pages,"
            " (SELECT count(*) FROM passages p WHERE p.document_id = d.id) AS passages,"
            " (SELECT count(*) FROM reference_entries r WHERE r.document_id = d.id) AS entries"
            " FROM documents d JOIN layouts l ON l.document_id = d.id WHERE d.id = ?",
            (document_id,),
        )
        if row is None:
            raise UnknownDocument("No document has this id or key", place=document_id, remedy="See loccit list")
        authors, failed = _authors(json.loads(row["record"])), tuple(json.loads(row["pages_failed"]))
        return DocumentOutline(
            row["title"], authors, row["year"], row["pages"], failed, row["passages"], row["entries"]
        )

    def _title_and_text(self, document_id: str) -> tuple[str, str]:
        row = self.database.row("SELECT title, text FROM documents WHERE id = ?", (document_id,))
        return (row["title"], row["text"]) if row else ("", "")

    # Writing

    def insert(
        self,
        connection: sqlite3.Connection,
        source: Source,
        document: Document,
        passages: Sequence[Passage],
        *,
        starter: bool = False,
        replacing: str | None = None,
    ) -> str:
        """Write a document and its passages.

        With ``replacing`` it replaces that document, of which id, key and the ids of unchanged passages stay. Returns
        the document's id.
        """
        values = _column_values(source, document)
        if replacing is None:
            identity = self._new_id(connection, source.sha256)
            key = distinct_key(citation_key(document.record, source.path), _TakenKeys(connection))
            before: list[StoredPassage] = []
            connection.execute(
                f"INSERT INTO documents({_COLUMNS}, id, key, starter, added) VALUES ({'?,' * len(values)}?,?,?,?)",
                (*values, identity, key, int(starter), time.time()),
            )
        else:
            identity, before = replacing, self.passages_of(replacing)
            assignments = ", ".join(f"{column.strip()} = ?" for column in _COLUMNS.split(","))
            connection.execute(f"UPDATE documents SET {assignments} WHERE id = ?", (*values, identity))
            for table in ("layouts", "reference_entries", "mentions"):
                connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (identity,))
        self._insert_parts(connection, identity, document)
        write_work(connection, identity, document.record, document.kind)
        write_passages(connection, identity, document, passages, before)
        return identity

    def note_reader(self, connection: sqlite3.Connection, document_id: str, media: str) -> None:
        """Record that the present version of the reader for ``media`` has read a document."""
        connection.execute("UPDATE documents SET reader = ? WHERE id = ?", (READER_VERSIONS[media], document_id))

    def delete(self, connection: sqlite3.Connection, document_id: str) -> None:
        """Delete a document with all its rows in the tables of this package."""
        connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def relocate(self, connection: sqlite3.Connection, document_id: str, path: str) -> None:
        """Record that a file has moved; a document read from ``path`` swaps places with it."""
        left = connection.execute("SELECT path FROM documents WHERE id = ?", (document_id,)).fetchone()["path"]
        other = connection.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchone()
        if other is not None and other["id"] != document_id:
            # A temporary path first, because paths are unique.
            connection.execute("UPDATE documents SET path = ? WHERE id = ?", (f"\0{document_id}", document_id))
            connection.execute("UPDATE documents SET path = ? WHERE id = ?", (left, other["id"]))
        connection.execute("UPDATE documents SET path = ? WHERE id = ?", (path, document_id))

    def _insert_parts(self, connection: sqlite3.Connection, identity: str, document: Document) -> None:
        offsets = array("I", (offset for span in document.sentences for offset in (span.start, span.end)))
        parts = map(_dump, (document.blocks, document.sections, document.pages))
        layout = (identity, *parts, offsets.tobytes(), _dump(document.links))
        connection.execute("INSERT INTO layouts VALUES (?,?,?,?,?,?)", layout)
        connection.executemany(
            "INSERT INTO reference_entries VALUES (?,?,?,?,?)",
            ((identity, n, _dump(ref), ref.doi, ref.arxiv) for n, ref in enumerate(document.references)),
        )
        mentions = ((identity, m.start, m.end, m.reference) for m in document.mentions)
        connection.executemany("INSERT INTO mentions VALUES (?,?,?,?)", mentions)

    def _new_id(self, connection: sqlite3.Connection, sha256: str) -> str:
        """A prefix of the content's hash, so that a file has the same id in every library."""
        length = _ID_LENGTH
        while connection.execute("SELECT 1 FROM documents WHERE id = ?", (sha256[:length],)).fetchone():
            length += 1
        return sha256[:length]

    def _load(self, identity: str, _state: tuple[str, ...]) -> StoredDocument:
        """Load a document; the state is an argument so that a changed document misses the cache."""
        rows = self.database.rows
        row = self.database.row("SELECT * FROM documents JOIN layouts ON document_id = id WHERE id = ?", (identity,))
        references = "SELECT entry FROM reference_entries WHERE document_id = ? ORDER BY position"
        mentions = "SELECT start, end, reference FROM mentions WHERE document_id = ? ORDER BY start"
        names = ("record", "origins", "damages", "pages_failed", "blocks", "sections", "pages", "links")
        document = from_plain(
            Document,
            {
                "text": row["text"],
                "kind": row["kind"],
                "media": row["media"],
                "references": [json.loads(reference["entry"]) for reference in rows(references, (identity,))],
                **{name: json.loads(row[name]) for name in names},
            },
        )
        # Not by `from_plain`: there are thousands of these, stored as numbers.
        offsets = array("I")
        offsets.frombytes(row["sentences"])
        document = replace(
            document,
            sentences=tuple(Span(start, end) for start, end in zip(offsets[::2], offsets[1::2], strict=True)),
            mentions=tuple(Mention(*mention) for mention in rows(mentions, (identity,))),
        )
        source = Source(row["path"], row["sha256"], row["size"], row["modified"])
        return StoredDocument(row["id"], row["key"], source, document, bool(row["starter"]))


def held_languages(database: Database) -> dict[str, int]:
    """The number of documents in each language (ISO 639-1), most first; documents without one are not counted."""
    rows = database.rows(
        "SELECT json_extract(record, '$.language') AS language, count(*) AS documents FROM documents"
        " WHERE language <> '' GROUP BY language ORDER BY documents DESC, language"
    )
    return {row["language"]: row["documents"] for row in rows}


class _TakenKeys:
    """The keys of all documents, looked up one by one because there may be very many."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __contains__(self, key: object) -> bool:
        return self._connection.execute("SELECT 1 FROM documents WHERE key = ?", (key,)).fetchone() is not None


def _is_outdated(row: sqlite3.Row) -> bool:
    return bool(row["reader"] < READER_VERSIONS.get(row["media"], 0))


def _stored_passage(row: sqlite3.Row, title: str, text: str) -> StoredPassage:
    # Sliced here, because SQLite's substr counts from the start of the text for every passage.
    start, end = row["start"], row["end"]
    return StoredPassage(row["id"], row["document_id"], start, end, title, row["heading"], text[start:end])


def _authors(record: dict[str, Any]) -> tuple[str, ...]:
    # Not by `from_plain`, which is six times slower and would run for every document of a list.
    return tuple(Name(**name).display for name in record["authors"])


def _column_values(source: Source, document: Document) -> tuple[object, ...]:
    """Values of ``_COLUMNS``."""
    return (
        source.path,
        source.sha256,
        source.size,
        source.modified,
        document.kind,
        document.media,
        document.record.title,
        document.record.year,
        _dump(document.record),
        _dump(document.origins),
        _dump(document.damages),
        _dump(document.pages_failed),
        document.text,
    )


def _dump(value: object) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False)
