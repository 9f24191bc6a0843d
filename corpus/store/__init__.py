"""The library on disk: one SQLite database with the tables of all packages."""

from corpus.store.database import Database, RoomSchema
from corpus.store.documents import DocumentStore
from corpus.store.stored import DocumentSummary, StoredDocument, StoredPassage

__all__ = ["Database", "DocumentStore", "DocumentSummary", "RoomSchema", "StoredDocument", "StoredPassage"]
