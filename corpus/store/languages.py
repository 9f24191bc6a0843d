"""The languages of a library's documents, and how libraries that were made before get theirs."""

from __future__ import annotations

import json
import sqlite3

from corpus.codec import to_plain
from corpus.store.database import Database
from corpus.text.languages import DETECTED, detect_language

__all__ = ["fill_languages", "held_languages"]


def held_languages(database: Database) -> dict[str, int]:
    """For each language of a document, in ISO 639-1, how many have it, most first; those without are left out."""
    rows = database.reader().execute(
        "SELECT json_extract(record, '$.language') AS language, count(*) AS documents FROM documents"
        " WHERE language <> '' GROUP BY language ORDER BY documents DESC, language"
    )
    return {row["language"]: row["documents"] for row in rows}


def fill_languages(connection: sqlite3.Connection) -> None:
    """The migration of libraries that were made before records had a language: found in the stored texts."""
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
