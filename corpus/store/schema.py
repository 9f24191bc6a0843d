"""The tables of the corpus package, as append-only migrations."""

import json
import sqlite3

from corpus.model import to_plain
from corpus.store.database import RoomSchema
from corpus.store.work_index import fill_works
from corpus.text.languages import DETECTED, detect_language

__all__ = ["CORPUS_SCHEMA", "fill_languages"]


def fill_languages(connection: sqlite3.Connection) -> None:
    """Detect the languages of documents in libraries made before records had one."""
    for (identity,) in connection.execute("SELECT id FROM documents").fetchall():
        query = "SELECT record, origins, text FROM documents WHERE id = ?"
        record, origins, text = connection.execute(query, (identity,)).fetchone()
        language = detect_language(text)
        if not language:
            continue
        connection.execute(
            "UPDATE documents SET record = ?, origins = ? WHERE id = ?",
            (
                json.dumps({**json.loads(record), "language": language}, ensure_ascii=False),
                json.dumps({**json.loads(origins), "language": to_plain(DETECTED)}, ensure_ascii=False),
                identity,
            ),
        )


CORPUS_SCHEMA = RoomSchema(
    "corpus",
    (
        """
        CREATE TABLE documents(
            id TEXT PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            path TEXT NOT NULL UNIQUE,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified REAL NOT NULL,
            kind TEXT NOT NULL,
            media TEXT NOT NULL,
            title TEXT NOT NULL,
            year INTEGER,
            starter INTEGER NOT NULL DEFAULT 0,
            record TEXT NOT NULL,
            origins TEXT NOT NULL,
            damages TEXT NOT NULL,
            pages_failed TEXT NOT NULL,
            text TEXT NOT NULL,
            added REAL NOT NULL
        );
        CREATE INDEX documents_sha256 ON documents(sha256);
        CREATE TABLE layouts(
            document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
            blocks TEXT NOT NULL,
            sections TEXT NOT NULL,
            pages TEXT NOT NULL,
            sentences BLOB NOT NULL,
            links TEXT NOT NULL
        );
        CREATE TABLE passages(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            section INTEGER,
            heading TEXT NOT NULL,
            UNIQUE(document_id, position)
        );
        CREATE TABLE reference_entries(
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            entry TEXT NOT NULL,
            doi TEXT NOT NULL,
            arxiv TEXT NOT NULL,
            PRIMARY KEY(document_id, position)
        );
        CREATE TABLE mentions(
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            reference INTEGER
        );
        CREATE INDEX mentions_document ON mentions(document_id, start)
        """,
        "CREATE TABLE web_answers(url TEXT PRIMARY KEY, fetched REAL NOT NULL, body TEXT NOT NULL)",
        """
        CREATE TABLE works(
            document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
            work TEXT NOT NULL
        );
        CREATE TABLE work_keys(
            key INTEGER NOT NULL,
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            PRIMARY KEY(key, document_id)
        ) WITHOUT ROWID;
        CREATE INDEX work_keys_document ON work_keys(document_id)
        """,
        fill_works,
        """
        CREATE TABLE signatures(
            document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
            signature BLOB NOT NULL
        );
        CREATE TABLE signature_bands(
            band INTEGER NOT NULL,
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            PRIMARY KEY(band, document_id)
        ) WITHOUT ROWID;
        CREATE INDEX signature_bands_document ON signature_bands(document_id)
        """,
        "ALTER TABLE documents ADD COLUMN reader INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE notes(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            exact TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            body TEXT NOT NULL,
            created REAL NOT NULL,
            broken INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX notes_document ON notes(document_id)
        """,
        # To sort by the time of adding without reading past every text, behind which it stands.
        "CREATE INDEX documents_added ON documents(added)",
        """
        CREATE TABLE tags(
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            PRIMARY KEY(document_id, name)
        ) WITHOUT ROWID;
        CREATE INDEX tags_name ON tags(name)
        """,
        fill_languages,
    ),
)
