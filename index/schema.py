"""The tables of the index room."""

from __future__ import annotations

from corpus.store.database import RoomSchema
from index.lexical import index_terms, index_terms_anew

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
        # Vectors in a table with row ids: in one without, a row of this size spills into a page of its own.
        """
        CREATE TABLE vectors(
            id INTEGER PRIMARY KEY,
            text_hash BLOB NOT NULL,
            fingerprint TEXT NOT NULL,
            vector BLOB NOT NULL
        );
        INSERT INTO vectors(text_hash, fingerprint, vector) SELECT text_hash, fingerprint, vector FROM embeddings;
        DROP TABLE embeddings;
        ALTER TABLE vectors RENAME TO embeddings;
        CREATE UNIQUE INDEX embeddings_text ON embeddings(text_hash, fingerprint);
        CREATE TABLE dense_changes(
            sequence INTEGER PRIMARY KEY,
            passage_id INTEGER NOT NULL,
            mark INTEGER NOT NULL DEFAULT (random())
        );
        CREATE TRIGGER passage_text_entered AFTER INSERT ON passage_texts
            BEGIN INSERT INTO dense_changes(passage_id) VALUES (new.passage_id); END;
        CREATE TRIGGER passage_text_left AFTER DELETE ON passage_texts
            BEGIN INSERT INTO dense_changes(passage_id) VALUES (old.passage_id); END;
        CREATE TRIGGER embedding_entered AFTER INSERT ON embeddings
            BEGIN INSERT INTO dense_changes(passage_id)
            SELECT passage_id FROM passage_texts WHERE text_hash = new.text_hash; END
        """,
        # Terms come from index/analyzer.py, which knows two spellings of a word and ideographs: FTS5 only splits at
        # spaces and files them. Their vectors and counts are what ranking reads.
        """
        DROP TABLE passage_vocabulary;
        DROP TABLE passage_words;
        CREATE VIRTUAL TABLE passage_words USING fts5(
            title, heading, body, content='', tokenize="unicode61 remove_diacritics 0"
        );
        CREATE TABLE term_vectors(
            passage_id INTEGER PRIMARY KEY REFERENCES passages(id) ON DELETE CASCADE,
            title INTEGER NOT NULL,
            heading INTEGER NOT NULL,
            terms BLOB NOT NULL
        );
        CREATE TABLE terms(hash INTEGER PRIMARY KEY, term TEXT NOT NULL, passages INTEGER NOT NULL);
        CREATE INDEX terms_term ON terms(term);
        CREATE TABLE term_totals(passages INTEGER NOT NULL, terms INTEGER NOT NULL);
        INSERT INTO term_totals VALUES (0, 0)
        """,
        index_terms,
        # Compounds are filed in two parts, and ß, ø, ł and their like without their marks.
        index_terms_anew,
    ),
)
