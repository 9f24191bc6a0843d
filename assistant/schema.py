"""The tables of the assistant room."""

from __future__ import annotations

from corpus.store import RoomSchema

__all__ = ["ASSISTANT_SCHEMA"]

ASSISTANT_SCHEMA = RoomSchema(
    "assistant",
    (
        "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE taxonomies(name TEXT PRIMARY KEY, head TEXT NOT NULL, rows TEXT NOT NULL)",
        """
        CREATE TABLE sessions(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            created REAL NOT NULL
        );
        CREATE TABLE turns(
            session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            question TEXT NOT NULL,
            standalone_question TEXT NOT NULL,
            answer TEXT NOT NULL,
            asked REAL NOT NULL,
            PRIMARY KEY(session_id, position)
        )
        """,
    ),
)
