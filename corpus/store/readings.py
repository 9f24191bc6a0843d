"""Which version of its reader has made each document, so that a better one reads the file again."""

from __future__ import annotations

import sqlite3

from corpus.readers.formats import READER_VERSIONS
from corpus.store.database import Database

__all__ = ["Readings"]


class Readings:
    """Remembers the reader's version beside each document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, connection: sqlite3.Connection, document_id: str, media: str) -> None:
        """A document was made by the present reader; in the caller's transaction."""
        connection.execute("UPDATE documents SET reader = ? WHERE id = ?", (READER_VERSIONS[media], document_id))

    def is_outdated(self, document_id: str) -> bool:
        """Whether the present reader would make something else of a document's file than the one that has read it."""
        query = "SELECT media, reader FROM documents WHERE id = ?"
        row = self._database.reader().execute(query, (document_id,)).fetchone()
        return bool(row["reader"] < READER_VERSIONS.get(row["media"], 0))

    def outdated(self) -> list[str]:
        """The paths of all documents that an older reader has made."""
        rows = self._database.reader().execute("SELECT path, media, reader FROM documents ORDER BY added, rowid")
        return [row["path"] for row in rows if row["reader"] < READER_VERSIONS.get(row["media"], 0)]
