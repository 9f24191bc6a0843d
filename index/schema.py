"""The tables of the index, as the append-only list of migrations that libraries remember."""

import sqlite3

from corpus.store.database import RoomSchema
from index.analyzer import term_hash, term_hashes, terms

__all__ = ["INDEX_SCHEMA", "index_terms", "index_terms_anew"]


def index_terms_anew(connection: sqlite3.Connection) -> None:
    """Empty the full-text tables and fill them again, a migration after a change of the analyzer."""
    connection.execute("INSERT INTO passage_words(passage_words) VALUES ('delete-all')")
    for table in ("term_vectors", "terms"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE term_totals SET passages = 0, terms = 0")
    index_terms(connection)


def index_terms(connection: sqlite3.Connection) -> None:
    """Write full text, term vectors and counts of every passage from the stored texts, a migration.

    It names the columns of its time and shares no code with what may change, except the analyzer, with which the
    tables of any time must agree.
    """
    for document in connection.execute("SELECT id, title, text FROM documents").fetchall():
        title = list(terms(document["title"]))
        rows = connection.execute(
            "SELECT id, start, end, heading FROM passages WHERE document_id = ?", (document["id"],)
        ).fetchall()
        for row in rows:
            heading, body = list(terms(row["heading"])), list(terms(document["text"][row["start"] : row["end"]]))
            found = title + heading + body
            connection.execute(
                "INSERT INTO passage_words(rowid, title, heading, body) VALUES (?,?,?,?)",
                (row["id"], " ".join(title), " ".join(heading), " ".join(body)),
            )
            connection.execute(
                "INSERT INTO term_vectors VALUES (?,?,?,?)",
                (row["id"], len(title), len(heading), term_hashes(found).tobytes()),
            )
            connection.executemany(
                "INSERT INTO terms VALUES (?, ?, 1) ON CONFLICT(hash) DO UPDATE SET passages = passages + 1",
                ((term_hash(term), term) for term in set(found)),
            )
            connection.execute("UPDATE term_totals SET passages = passages + 1, terms = terms + ?", (len(body),))


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
        # Vectors move to a table with row ids: in one without, a row of this size spills into a page of its own.
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
        # Terms come from index/analyzer.py, which handles spelling variants and ideographs: FTS5 only splits at spaces.
        # Ranking reads their vectors and counts.
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
        # Compounds are indexed in two parts, and ß, ø, ł and the like as plain letters.
        index_terms_anew,
    ),
)
