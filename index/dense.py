"""Nearest vectors: a FAISS index in a file beside the library, made from the database whenever it is not good.

The file is derived. Its manifest tells the library and generation it was written for, the model, and a digest;
whatever does not fit is rebuilt from the stored embeddings, which are never computed twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.store import Database
from index.embedder import Vectors

__all__ = ["DenseIndex"]

_ROWS_PER_READ = 20_000


class DenseIndex:
    """Exact inner-product search over all embedded passages of one model."""

    def __init__(self, database: Database, fingerprint: str) -> None:
        self._database = database
        self._fingerprint = fingerprint
        self._file = database.folder / "dense.faiss"
        self._manifest = database.folder / "dense.json"
        self._index: Any = None
        self._generation = -1
        self._lock = threading.Lock()

    def search(
        self,
        vector: Vectors,
        limit: int,
        document_ids: Sequence[str] = (),
        passage_ids: NDArray[np.int64] | None = None,
    ) -> list[tuple[int, float]]:
        """Passage ids with the cosine of each to ``vector`` (shape (1, dimension)), best first.

        Where ``document_ids`` or ``passage_ids`` (shape (passages,)) are given, of these only.
        """
        import faiss

        with self._lock:
            index = self._current()
            if index is None or not index.ntotal:
                return []
            parameters = None
            if document_ids or passage_ids is not None:
                allowed = self._passages_of(document_ids) if passage_ids is None else passage_ids
                parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))
            scores, ids = index.search(vector, min(limit, index.ntotal), params=parameters)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def vectors(self, passage_ids: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of those passages that have one."""
        with self._lock:
            index = self._current()
            if index is None:
                return {}
            found: dict[int, Vectors] = {}
            for passage_id in passage_ids:
                try:
                    found[passage_id] = index.reconstruct(passage_id)
                except RuntimeError:
                    continue  # not embedded yet
            return found

    def size(self) -> int:
        """How many passages have a vector."""
        with self._lock:
            index = self._current()
            return 0 if index is None else int(index.ntotal)

    def refresh(self) -> None:
        """Bring memory and file up to the library's generation."""
        with self._lock:
            self._current()

    def _current(self) -> Any:
        """The index for the present generation: as held, as filed, or mended from the database."""
        generation = self._generation_of(self._database.reader())
        if self._index is not None and generation == self._generation:
            return self._index
        manifest = self._read_manifest()
        if self._index is None and manifest is not None:
            self._index = self._load(manifest)
            if self._index is not None and manifest["generation"] == generation:
                self._generation = generation
                return self._index
        self._mend()
        self._generation = generation
        if self._index is not None:
            self._save(generation)
        return self._index

    def _mend(self) -> None:
        """Remove what the library no longer holds and add what it holds more; from nothing, that is a build."""
        import faiss

        rows = self._database.reader().execute(
            "SELECT t.passage_id FROM passage_texts t JOIN embeddings e"
            " ON e.text_hash = t.text_hash AND e.fingerprint = ?",
            (self._fingerprint,),
        )
        wanted = np.fromiter((row[0] for row in rows), dtype=np.int64)
        held = faiss.vector_to_array(self._index.id_map) if self._index is not None else np.empty(0, dtype=np.int64)
        gone = np.setdiff1d(held, wanted)
        missing = np.setdiff1d(wanted, held)
        if gone.size:
            self._index.remove_ids(gone)
        for begin in range(0, missing.size, _ROWS_PER_READ):
            ids = missing[begin : begin + _ROWS_PER_READ]
            vectors = self._stored(ids)
            if self._index is None:
                self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
            self._index.add_with_ids(vectors, ids)

    def _stored(self, ids: NDArray[np.int64]) -> Vectors:
        marks = ",".join("?" * len(ids))
        rows = self._database.reader().execute(
            "SELECT t.passage_id, e.vector FROM passage_texts t JOIN embeddings e"
            f" ON e.text_hash = t.text_hash AND e.fingerprint = ? WHERE t.passage_id IN ({marks})",
            (self._fingerprint, *ids.tolist()),
        )
        by_id = {row[0]: row[1] for row in rows}
        return np.stack([np.frombuffer(by_id[int(i)], dtype=np.float32) for i in ids])

    def _passages_of(self, document_ids: Sequence[str]) -> NDArray[np.int64]:
        marks = ",".join("?" * len(document_ids))
        rows = self._database.reader().execute(
            f"SELECT id FROM passages WHERE document_id IN ({marks})", tuple(document_ids)
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    @staticmethod
    def _generation_of(connection: sqlite3.Connection) -> int:
        row = connection.execute("SELECT value FROM index_state WHERE name = 'generation'").fetchone()
        return int(row[0]) if row else 0

    def _library(self) -> str | None:
        """What tells this library from every other one; None before the first document."""
        row = self._database.reader().execute("SELECT value FROM index_state WHERE name = 'library'").fetchone()
        return str(row[0]) if row else None

    @staticmethod
    def next_generation(connection: sqlite3.Connection) -> None:
        """Mark, in the caller's transaction, that vectors or passages have changed."""
        # Passage ids start anew in a new library: a file left over from another one would fit by its numbers.
        connection.execute("INSERT OR IGNORE INTO index_state VALUES ('library', ?)", (secrets.token_hex(8),))
        connection.execute(
            "INSERT INTO index_state VALUES ('generation', '1')"
            " ON CONFLICT(name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"
        )

    # The file

    def _read_manifest(self) -> dict[str, Any] | None:
        try:
            manifest = json.loads(self._manifest.read_text("utf-8"))
            fits = manifest["fingerprint"] == self._fingerprint and manifest["library"] == self._library()
            if fits and isinstance(manifest["generation"], int):
                return dict(manifest)
        except (OSError, ValueError, KeyError, TypeError):
            pass  # absent or damaged: rebuilt, which loses nothing
        return None

    def _load(self, manifest: dict[str, Any]) -> Any:
        """The index in the file, or None where the file is not the one that the manifest describes."""
        import faiss

        try:
            data = self._file.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != manifest.get("sha256"):
            return None
        return faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))

    def _save(self, generation: int) -> None:
        import faiss

        data = faiss.serialize_index(self._index).tobytes()
        manifest = {
            "generation": generation,
            "library": self._library(),
            "fingerprint": self._fingerprint,
            "vectors": self._index.ntotal,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        try:
            _replace(self._file, data)
            _replace(self._manifest, json.dumps(manifest).encode())
        except OSError:
            # A read-only library still answers from memory; the next writer files the index.
            return


def _replace(path: Path, data: bytes) -> None:
    """Write beside, flush to the disk, then rename: a reader sees the old file or the new one."""
    temporary = path.with_suffix(f"{path.suffix}.{os.getpid()}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
