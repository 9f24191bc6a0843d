"""The vectors of one model in the database, and the log of passages that got or lost theirs.

Triggers of the database write the log, so no change bypasses it. An entry says only that a passage was touched: the
reader looks up what holds now. A passage's words never change under its id, so its vector never does either. Vectors of
texts without a passage are kept for a while: a document that comes back is not embedded again.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.store import Database
from index.embedding.embedder import Vectors

__all__ = ["Ids", "Position", "StoredVectors", "drop_unused"]

Ids = NDArray[np.int64]
"""Passage ids, shape (passages,)."""

_ROWS = "passage_texts t CROSS JOIN embeddings e ON e.text_hash = t.text_hash AND e.fingerprint = ?"
"""The outer loop is over passages, in the order of their ids."""
_UNUSED = "embeddings e WHERE NOT EXISTS (SELECT 1 FROM passage_texts t WHERE t.text_hash = e.text_hash)"
_UNUSED_KEPT = 2_048
"""Vectors; dropping fewer is not worth the effort: 3 MB with the default model."""
_PER_TRANSACTION = 10_000


class Position(NamedTuple):
    """An entry of the log, and with it everything before."""

    sequence: int
    mark: int
    """A random number of the entry; a library restored from a backup continues with the same sequence, other marks."""


_START = Position(0, 0)
"""Before the first entry."""


class StoredVectors:
    """Reads vectors and changes from the database; holds nothing in memory."""

    def __init__(self, database: Database, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint

    def of(self, passage_ids: Sequence[int] | Ids) -> tuple[Ids, Vectors]:
        """Return those of the passages that have a vector, in order of id, with a row of the second array for each."""
        wanted = json.dumps(sorted(set(np.asarray(passage_ids, dtype=np.int64).tolist())))
        rows = self._read(
            f"SELECT t.passage_id, e.vector FROM {_ROWS}"
            " WHERE t.passage_id IN (SELECT value FROM json_each(?)) ORDER BY t.passage_id",
            self._fingerprint,
            wanted,
        )
        return _arrays(rows.fetchall())

    def batches(self, size: int) -> Iterator[tuple[Ids, Vectors]]:
        """Yield all of them in order of id, at most ``size`` at once."""
        last = -1
        sql = f"SELECT t.passage_id, e.vector FROM {_ROWS} WHERE t.passage_id > ? ORDER BY t.passage_id LIMIT ?"
        while True:
            ids, vectors = _arrays(self._read(sql, self._fingerprint, last, size).fetchall())
            if not len(ids):
                return
            yield ids, vectors
            last = int(ids[-1])

    def ids(self) -> Ids:
        """Return the ids of all passages that have a vector, in ascending order."""
        rows = self._read(f"SELECT t.passage_id FROM {_ROWS} ORDER BY t.passage_id", self._fingerprint)
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def position(self) -> Position:
        """Return where the log ends."""
        row = self._read("SELECT sequence, mark FROM dense_changes ORDER BY sequence DESC LIMIT 1").fetchone()
        return Position(int(row[0]), int(row[1])) if row else _START

    def logged(self, position: Position) -> bool:
        """Whether the log continues from ``position``: not if that part was dropped, or belongs to another past."""
        if position == _START:
            return self._read("SELECT min(sequence) FROM dense_changes").fetchone()[0] in (None, 1)
        row = self._read("SELECT mark FROM dense_changes WHERE sequence = ?", position.sequence).fetchone()
        return row is not None and int(row[0]) == position.mark

    def touched(self, after: Position, up_to: Position) -> Ids:
        """Return the passages in the entries after one position and up to another, each once, in ascending order."""
        rows = self._read(
            "SELECT DISTINCT passage_id FROM dense_changes WHERE sequence > ? AND sequence <= ? ORDER BY passage_id",
            after.sequence,
            up_to.sequence,
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def truncate_log(self, position: Position) -> None:
        """Drop the log before ``position``; that entry itself stays, so that the sequence never starts again.

        Raises:
            LibraryError: the library cannot be written.
        """
        first = self._read("SELECT min(sequence) FROM dense_changes").fetchone()[0]
        if first is not None and first < position.sequence:
            with self._database.writing() as connection:
                connection.execute("DELETE FROM dense_changes WHERE sequence < ?", (position.sequence,))

    def _read(self, sql: str, *arguments: object) -> sqlite3.Cursor:
        return self._database.reader().execute(sql, arguments)


def drop_unused(database: Database, kept: int = _UNUSED_KEPT) -> int:
    """Drop the vectors of texts without a passage, of every model, if these are more than half of all vectors.

    Returns how many were dropped. Up to ``kept`` are left; the vectors of passages always stay, also those of a
    model that is not in use now. SQLite reuses their space.

    Raises:
        LibraryError: the library cannot be written.
    """

    def count(rows: str) -> int:
        return int(database.reader().execute(f"SELECT count(*) FROM {rows}").fetchone()[0])

    # Both are counted first, which reads the indexes only; looking each text up takes longer.
    vectors = count("embeddings")
    if vectors <= 2 * count("passage_texts") + kept or count(_UNUSED) <= max(kept, vectors // 2):
        return 0
    dropped = 0
    while True:
        with database.writing() as connection:
            gone = connection.execute(
                f"DELETE FROM embeddings WHERE id IN (SELECT e.id FROM {_UNUSED} LIMIT ?)", (_PER_TRANSACTION,)
            ).rowcount
        dropped += gone
        if gone < _PER_TRANSACTION:
            return dropped


def _arrays(rows: Sequence[Sequence[bytes]]) -> tuple[Ids, Vectors]:
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    if not rows:
        return ids, np.empty((0, 0), dtype=np.float32)
    return ids, np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32).reshape(len(rows), -1)
