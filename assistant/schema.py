"""The tables of the assistant room."""

from __future__ import annotations

from corpus.store import RoomSchema

__all__ = ["ASSISTANT_SCHEMA"]

ASSISTANT_SCHEMA = RoomSchema(
    "assistant",
    (
        "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE taxonomies(name TEXT PRIMARY KEY, head TEXT NOT NULL, rows TEXT NOT NULL)",
    ),
)
