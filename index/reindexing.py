"""Filling the full-text tables of a library that was written before they were there, from its stored text."""

from __future__ import annotations

import sqlite3

from index.analyzer import term_hash, term_hashes, terms

__all__ = ["index_terms", "index_terms_anew"]


def index_terms_anew(connection: sqlite3.Connection) -> None:
    """Empty the full-text tables and fill them again, in the transaction of a migration: the analyzer has changed."""
    connection.execute("INSERT INTO passage_words(passage_words) VALUES ('delete-all')")
    for table in ("term_vectors", "terms"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE term_totals SET passages = 0, terms = 0")
    index_terms(connection)


def index_terms(connection: sqlite3.Connection) -> None:
    """Write full text, term vectors and counts of every passage, in the transaction of a migration.

    A step that libraries remember: it names the columns of its time and shares no code with what may change, but for
    the analyzer, which the tables of any time must agree with.
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
