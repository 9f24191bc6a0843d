"""Vectors of texts that no passage has any more.

They are kept for a while: a document that comes back, or a file put back as it was, is not embedded again. When they
have become more than those in use, they are dropped. SQLite gives their room to what is added next.
"""

from __future__ import annotations

from corpus.store import Database

__all__ = ["drop_unused"]

_KEPT = 2_048
"""So many are never worth the effort: 3 MB with the default model."""
_PER_TRANSACTION = 10_000

_UNUSED = "NOT EXISTS (SELECT 1 FROM passage_texts t WHERE t.text_hash = e.text_hash)"


def drop_unused(database: Database, kept: int = _KEPT) -> int:
    """Drop the vectors of texts without a passage, of every model, where these are more than half of all vectors.

    Returns how many were dropped. Up to ``kept`` are left; the vectors of passages always stay, also those of a
    model that is not in use now.

    Raises:
        LibraryError: the library cannot be written.
    """
    reader = database.reader()
    # Counted first, which reads the indexes only; looking each text up takes longer.
    vectors, passages = (int(reader.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _TABLES)
    if vectors <= 2 * passages + kept:
        return 0
    unused = int(reader.execute(f"SELECT count(*) FROM embeddings e WHERE {_UNUSED}").fetchone()[0])
    if unused <= max(kept, vectors // 2):
        return 0
    dropped = 0
    while True:
        with database.writing() as connection:
            gone = connection.execute(
                f"DELETE FROM embeddings WHERE id IN (SELECT e.id FROM embeddings e WHERE {_UNUSED} LIMIT ?)",
                (_PER_TRANSACTION,),
            ).rowcount
        dropped += gone
        if gone < _PER_TRANSACTION:
            return dropped


_TABLES = ("embeddings", "passage_texts")
