"""Search for the nearest vectors: a FAISS index in a file beside the library, and in memory the changes since then.

The file is derived: what does not fit the library is rebuilt from the stored embeddings. It is not rewritten for every
change: the database's log names the passages touched since, and they are merged into the file only when they are many
(a quarter of it, or so). So the cost of a document does not grow with the library.
"""

import secrets
import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.store import Database
from index import dense_file
from index.dense_file import DenseFile, Description
from index.embedding.embedder import Vectors
from index.stored_vectors import Ids, Position, StoredVectors

__all__ = ["DenseIndex"]

_BATCH = 20_000
_MIN_CHANGES = 2_048
_MAX_CHANGES = 65_536
"""Entries of the log; reading that many when a library is opened takes less than half a second."""
_COMPARED_DIRECTLY = 2_048
"""A search within so few passages compares with each of them, whatever the index."""
_RETRAINED_AT = 4
"""Growth, as a factor, after which the cells are trained again."""
_NONE: Ids = np.empty(0, dtype=np.int64)


class DenseIndex:
    """Inner-product search over all embedded passages of one model: exact, or approximate in a big library."""

    def __init__(self, database: Database, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint
        self._stored = StoredVectors(database, fingerprint)
        self._file = DenseFile(database.folder / "dense.faiss")
        self._file_lock = FileLock(database.folder / "dense.lock", timeout=0)
        self._lock = threading.Lock()
        self._position: Position | None = None
        """Entry of the log up to which the fields below reflect the library; None before anything was read."""
        self._base: Any = None
        self._described: Description | None = None
        """Of ``_base``, which is the content of the file unless that could not be written."""
        self._base_ids: Ids | None = None
        self._gone: Ids = _NONE
        """Passages in ``_base`` that no longer have a vector, in ascending order."""
        self._fresh: Any = None
        """A small exact index of the vectors added since ``_base``."""
        self._fresh_ids: set[int] = set()

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """Return the ids of the nearest passages with their cosines to ``vector`` (shape (1, dimension)), best first.

        The search can be restricted to ``allowed`` passages; few are compared one by one, so that a narrow search is
        exact in any library.
        """
        if allowed is not None and len(allowed) <= _COMPARED_DIRECTLY:
            ids, vectors = self._stored.of(allowed)
            return _best(ids, vectors @ vector[0], limit) if len(ids) else []
        with self._lock:
            self._update()
            parts = []
            for index, gone in ((self._base, self._gone), (self._fresh, _NONE)):
                if index is not None and index.ntotal:
                    parameters = dense_file.parameters(index, allowed, gone)
                    parts.append(index.search(vector, min(limit, index.ntotal), params=parameters))
        if not parts:
            return []
        scores, ids = (np.concatenate([part[n][0] for part in parts]) for n in (0, 1))
        return _best(ids[ids >= 0], scores[ids >= 0], limit)

    def vectors(self, passage_ids: Sequence[int]) -> dict[int, Vectors]:
        """Return the stored vectors of those passages that have one."""
        ids, vectors = self._stored.of(passage_ids)
        return dict(zip(ids.tolist(), vectors, strict=True))

    def size(self) -> int:
        """Count the passages with a vector."""
        with self._lock:
            self._update()
            base = 0 if self._base is None else int(self._base.ntotal) - len(self._gone)
            return base + len(self._fresh_ids)

    def refresh(self) -> None:
        """Bring the file up to date if it lacks many changes, and drop the part of the log that it covers.

        Raises:
            LibraryError: the library cannot be written.
        """
        with self._lock:
            filed = self._filed()
            if self._position is not None or filed is None or self._is_far_behind(filed):
                self._update()
                filed = self._filed()
        if filed is not None:
            self._stored.truncate_log(filed.position)

    def verify(self) -> bool:
        """Check every byte of the file and rebuild it if it is damaged; returns whether it was whole or not needed."""
        with self._lock:
            filed = self._filed()
            whole = filed is not None and self._file.is_whole(filed)
            if not whole:
                self._rebuild()
            return whole or self._base is None

    @staticmethod
    def identify_library(connection: sqlite3.Connection) -> None:
        """Give the library a random identity with its first vector, in the caller's transaction.

        Passage ids are counted from 1 in every library, so the file of another one would fit by its numbers.
        """
        connection.execute("INSERT OR IGNORE INTO index_state VALUES ('library', ?)", (secrets.token_hex(8),))

    # What is in memory

    def _update(self) -> None:
        """Let the index in memory reflect everything that the library holds now."""
        position = self._stored.position()
        if position == self._position:
            return
        if self._position is None or not self._stored.logged(self._position) or self._is_far_behind(self._described):
            self._load()
        if self._position is None:
            self._rebuild()
            return
        self._apply(self._stored.touched(self._position, position))
        self._position = position
        if self._is_far_behind(self._described):
            self._merge()

    def _load(self) -> None:
        """Read the file if it is ahead of what is in memory; drop what does not fit the library."""
        if self._position is not None and not self._stored.logged(self._position):
            self._hold(None, None, None)
        filed = self._filed()
        if filed is None or (self._described is not None and filed.position <= self._described.position):
            return
        base = self._file.read(filed)
        if base is not None and base.ntotal == filed.vectors:
            self._hold(base, filed, filed.position)

    def _hold(self, base: Any, described: Description | None, position: Position | None) -> None:
        self._base, self._described, self._position = base, described, position
        self._base_ids, self._gone = None, _NONE
        self._fresh, self._fresh_ids = None, set()

    def _apply(self, touched: Ids) -> None:
        """Update ``_gone`` and ``_fresh`` for the passages touched."""
        import faiss

        if not len(touched):
            return
        if self._base_ids is None:
            self._base_ids = _NONE if self._base is None else dense_file.ids_of(self._base)
        ids, vectors = self._stored.of(touched)
        lost = np.setdiff1d(touched, ids)
        self._gone = np.union1d(np.setdiff1d(self._gone, ids), lost[_among(lost, self._base_ids)])
        dropped = [passage_id for passage_id in lost.tolist() if passage_id in self._fresh_ids]
        if dropped:
            self._fresh.remove_ids(faiss.IDSelectorBatch(np.array(dropped, dtype=np.int64)))
            self._fresh_ids.difference_update(dropped)
        held = _among(ids, self._base_ids) | np.isin(ids, np.fromiter(self._fresh_ids, dtype=np.int64))
        if not held.all():
            if self._fresh is None:
                self._fresh = dense_file.exact(vectors.shape[1])
            self._fresh.add_with_ids(vectors[~held], ids[~held])
            self._fresh_ids.update(ids[~held].tolist())

    # The file

    def _library(self) -> str:
        """Return the library's identity; empty before its first vector."""
        row = self._database.reader().execute("SELECT value FROM index_state WHERE name = 'library'").fetchone()
        return str(row[0]) if row else ""

    def _filed(self) -> Description | None:
        """Return the file's description if it belongs to this library and model and the log continues from it."""
        filed = self._file.describe()
        if filed is None or (filed.library, filed.fingerprint) != (self._library(), self._fingerprint):
            return None
        return filed if self._stored.logged(filed.position) else None

    def _is_far_behind(self, described: Description | None) -> bool:
        """Whether so much has changed since that a merge costs little per change."""
        if described is None:
            return True
        changes = self._stored.position().sequence - described.position.sequence
        return changes > min(max(_MIN_CHANGES, described.vectors // 4), _MAX_CHANGES)

    def _merge(self) -> None:
        """Add ``_fresh`` to ``_base``, remove ``_gone`` from it, and write the file."""
        import faiss

        described = self._described
        size = (described.vectors - len(self._gone) if described else 0) + len(self._fresh_ids)
        whole = None
        if described is not None and size <= max(dense_file.EXACT_UP_TO, _RETRAINED_AT * described.trained_on):
            whole = self._base
            if described.mapped:
                whole = self._file.read(described, writable=True) if self._file.describe() == described else None
        if described is None or whole is None:
            self._rebuild()
            return
        if len(self._gone):
            whole.remove_ids(faiss.IDSelectorBatch(self._gone))
        ids, vectors = self._stored.of(sorted(self._fresh_ids))
        if len(ids):
            whole.add_with_ids(vectors, ids)
        self._write(whole, described.trained_on)

    def _rebuild(self) -> None:
        """Build the index from the database alone."""
        # The position first: what changes while the vectors are read is then read again from the log.
        self._hold(None, None, self._stored.position())
        ids = self._stored.ids()
        if not len(ids):
            return
        trained_on = len(ids) if len(ids) > dense_file.EXACT_UP_TO else 0
        whole: Any = None
        if trained_on:
            drawn = np.random.default_rng(0).choice(ids, dense_file.sample_size(len(ids)), replace=False)
            whole = dense_file.trained(self._stored.of(drawn)[1], len(ids))
        for some, vectors in self._stored.batches(_BATCH):
            if whole is None:
                whole = dense_file.exact(vectors.shape[1])
            whole.add_with_ids(vectors, some)
        if whole is not None:
            self._write(whole, trained_on)

    def _write(self, whole: Any, trained_on: int) -> None:
        """Write an index that reflects the library up to ``_position`` to the file, and continue with it.

        One process at a time writes, and none that is behind the file. A library that is read-only, or whose file
        another process is writing, is answered from memory.
        """
        assert self._position is not None
        if dense_file.has_cells(whole):
            ids = dense_file.ids_of(whole)
            drawn = np.random.default_rng(1).choice(ids, min(len(ids), dense_file.TUNED_ON), replace=False)
            dense_file.tune(whole, self._stored.of(drawn)[1])
        description = Description(self._library(), self._fingerprint, self._position, int(whole.ntotal), trained_on)
        self._hold(whole, description, self._position)
        try:
            with self._file_lock:
                other = self._filed()
                if other is None or other.position <= description.position:
                    filed = self._file.replace(whole, description)
                    base = self._file.read(filed) if filed.mapped else whole
                    self._hold(base, filed, filed.position)
        except (OSError, Timeout):
            return


def _best(ids: Ids, scores: Vectors, limit: int) -> list[tuple[int, float]]:
    """Return the best ``limit``, equal scores in order of passage id."""
    order = np.lexsort((ids, -scores))[:limit]
    return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))


def _among(ids: Ids, ascending: Ids) -> NDArray[np.bool_]:
    """Tell which of ``ids`` are in a sorted array."""
    if not len(ascending):
        return np.zeros(len(ids), dtype=np.bool_)
    positions = np.minimum(np.searchsorted(ascending, ids), len(ascending) - 1)
    return np.equal(ascending[positions], ids)
