"""The tables of the index room."""

from __future__ import annotations

from corpus.store.database import RoomSchema

__all__ = ["INDEX_SCHEMA"]

INDEX_SCHEMA = RoomSchema(
    "index",
    (
        """
        CREATE TABLE embeddings(
            text_hash BLOB NOT NULL,
            fingerprint TEXT NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY(text_hash, fingerprint)
        ) WITHOUT ROWID;
        CREATE TABLE passage_texts(
            passage_id INTEGER PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
            text_hash BLOB NOT NULL
        );
        CREATE INDEX passage_texts_hash ON passage_texts(text_hash);
        CREATE VIRTUAL TABLE passage_words USING fts5(
            title, heading, body, content='', tokenize="porter unicode61 remove_diacritics 2"
        );
        CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_words, row);
        CREATE TABLE index_state(name TEXT PRIMARY KEY, value TEXT NOT NULL)
        """,
    ),
)
