"""The vectors of one model as the database holds them, and the log of passages that got or lost theirs.

Triggers of the database write the log, so no change can go past it. An entry says only that a passage was touched:
whoever reads it looks up what holds now. A passage's words never change under its id, so a vector never does either.

Vectors of texts that no passage has any more.

They are kept for a while: a document that comes back, or a file put back as it was, is not embedded again. When they
have become more than those in use, they are dropped. SQLite gives their room to what is added next.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.store import Database
from index.embedding.embedder import Vectors

__all__ = ["Ids", "Position", "StoredVectors", "drop_unused"]

Ids = NDArray[np.int64]

"""Passage ids, shape (passages,)."""


class Position(NamedTuple):
    """An entry of the log, and with it everything before."""

    sequence: int
    mark: int
    """A random number of the entry: a library that was put back from a copy counts on from there with others."""


START = Position(0, 0)

"""Before the first entry."""

_ROWS = "passage_texts t CROSS JOIN embeddings e ON e.text_hash = t.text_hash AND e.fingerprint = ?"

"""The outer loop over passages, in the order of their ids."""


class StoredVectors:
    """Reads vectors and changes; nothing of this is held in memory."""

    def __init__(self, database: Database, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint

    def of(self, passage_ids: Sequence[int] | Ids) -> tuple[Ids, Vectors]:
        """Those of the passages that have a vector, by rising id, with one row of the second array for each."""
        wanted = json.dumps(sorted(set(np.asarray(passage_ids, dtype=np.int64).tolist())))
        rows = self._database.reader().execute(
            f"SELECT t.passage_id, e.vector FROM {_ROWS}"
            " WHERE t.passage_id IN (SELECT value FROM json_each(?)) ORDER BY t.passage_id",
            (self._fingerprint, wanted),
        )
        return _arrays(rows.fetchall())

    def batches(self, size: int) -> Iterator[tuple[Ids, Vectors]]:
        """All of them by rising id, at most ``size`` at once."""
        last = -1
        while True:
            rows = self._database.reader().execute(
                f"SELECT t.passage_id, e.vector FROM {_ROWS} WHERE t.passage_id > ? ORDER BY t.passage_id LIMIT ?",
                (self._fingerprint, last, size),
            )
            ids, vectors = _arrays(rows.fetchall())
            if not len(ids):
                return
            yield ids, vectors
            last = int(ids[-1])

    def ids(self) -> Ids:
        """The ids of all passages that have a vector, rising."""
        rows = self._database.reader().execute(
            f"SELECT t.passage_id FROM {_ROWS} ORDER BY t.passage_id", (self._fingerprint,)
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def position(self) -> Position:
        """Where the log ends."""
        row = (
            self._database.reader()
            .execute("SELECT sequence, mark FROM dense_changes ORDER BY sequence DESC LIMIT 1")
            .fetchone()
        )
        return Position(int(row[0]), int(row[1])) if row else START

    def knows(self, position: Position) -> bool:
        """Whether the log goes on from there: not where that part was dropped, or belongs to another past."""
        reader = self._database.reader()
        if position == START:
            row = reader.execute("SELECT min(sequence) FROM dense_changes").fetchone()
            return row[0] in (None, 1)
        row = reader.execute("SELECT mark FROM dense_changes WHERE sequence = ?", (position.sequence,)).fetchone()
        return row is not None and int(row[0]) == position.mark

    def touched(self, after: Position, up_to: Position) -> Ids:
        """The passages that entries after one position and up to another name, each once, rising."""
        rows = self._database.reader().execute(
            "SELECT DISTINCT passage_id FROM dense_changes WHERE sequence > ? AND sequence <= ? ORDER BY passage_id",
            (after.sequence, up_to.sequence),
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def forget(self, position: Position) -> None:
        """Drop the log before ``position``; that entry itself stays, so that numbers never start anew.

        Raises:
            LibraryError: the library cannot be written.
        """
        first = self._database.reader().execute("SELECT min(sequence) FROM dense_changes").fetchone()[0]
        if first is not None and first < position.sequence:
            with self._database.writing() as connection:
                connection.execute("DELETE FROM dense_changes WHERE sequence < ?", (position.sequence,))


def _arrays(rows: Sequence[Sequence[bytes]]) -> tuple[Ids, Vectors]:
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    if not rows:
        return ids, np.empty((0, 0), dtype=np.float32)
    return ids, np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32).reshape(len(rows), -1)


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
