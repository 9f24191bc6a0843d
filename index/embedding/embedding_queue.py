"""The queue of passages without a vector: each distinct text is embedded once per model, in committed batches."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from corpus.errors import Cancelled
from corpus.store import Database, DocumentStore, StoredPassage
from index.dense import DenseIndex
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import TokenCounter

__all__ = ["EmbeddingQueue"]

_TITLE_TOKENS = 28
_HEADING_TOKENS = 20
_TEXTS_PER_COMMIT = 128
_UNEMBEDDED = (
    "passage_texts t WHERE t.passage_id > ?"
    " AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.text_hash = t.text_hash AND e.fingerprint = ?)"
)


class EmbeddingQueue:
    """Embeds the texts of a library that have no vector of its model yet."""

    def __init__(self, database: Database, store: DocumentStore, embedder: Embedder, tokens: TokenCounter) -> None:
        self._database = database
        self._store = store
        self._embedder = embedder
        self._tokens = tokens

    def enter(self, connection: sqlite3.Connection, passages: Iterable[StoredPassage]) -> None:
        """Record each passage's text by its hash, in the caller's transaction."""
        connection.executemany(
            "INSERT INTO passage_texts VALUES (?, ?)",
            ((p.passage_id, hashlib.sha256(self._input(p).encode()).digest()) for p in passages),
        )

    def waiting(self) -> int:
        """Count the passages without a vector."""
        return int(self._first(f"SELECT count(*) FROM {_UNEMBEDDED}", self._done(), self._fingerprint) or 0)

    def run(self, *, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
        """Embed all texts without a vector; returns how many.

        Raises:
            Cancelled: with the number of texts done so far as its ``embedded``.
        """
        last = int(self._first("SELECT max(passage_id) FROM passage_texts") or 0)
        done_before = self._done()
        rows = self._database.reader().execute(
            # The plus keeps SQLite from walking the whole index of hashes to save itself the grouping.
            f"SELECT min(t.passage_id), t.text_hash FROM {_UNEMBEDDED} GROUP BY +t.text_hash",
            (done_before, self._fingerprint),
        )
        done = self._embed_all([(int(row[0]), bytes(row[1])) for row in rows], progress, cancelled)
        # Looked up again: of two passages with one text, the one that stood for it may have left in the meantime.
        first = self._first(f"SELECT min(t.passage_id) FROM {_UNEMBEDDED}", done_before, self._fingerprint)
        last = last if first is None else min(last, int(first) - 1)
        if last > done_before:
            with self._database.writing() as connection:
                connection.execute("REPLACE INTO index_state VALUES (?, ?)", (self._done_name, str(last)))
        return done

    @property
    def _fingerprint(self) -> str:
        return self._embedder.model.fingerprint

    @property
    def _done_name(self) -> str:
        return f"embedded {self._fingerprint}"

    def _done(self) -> int:
        """Return the id up to which every passage has a vector, so that the search for others starts behind it.

        Ids only rise, a text never changes under its id, and the vector of no passage is dropped.
        """
        return int(self._first("SELECT value FROM index_state WHERE name = ?", self._done_name) or 0)

    def _first(self, sql: str, *arguments: object) -> Any:
        """Return the first column of the first row, or None if there is no row."""
        row = self._database.row(sql, arguments)
        return None if row is None else row[0]

    def _embed_all(
        self, waiting: list[tuple[int, bytes]], progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> int:
        done = 0
        if waiting:
            progress(0, len(waiting))
        try:
            for begin in range(0, len(waiting), _TEXTS_PER_COMMIT):
                if cancelled():
                    raise Cancelled("Embedding was cancelled")
                batch = waiting[begin : begin + _TEXTS_PER_COMMIT]
                self._embed(batch, cancelled)
                done += len(batch)
                progress(done, len(waiting))
        except Cancelled as cancel:
            cancel.embedded = done
            raise
        return done

    def _embed(self, batch: list[tuple[int, bytes]], cancelled: Callable[[], bool]) -> None:
        passages = self._store.passages(passage_id for passage_id, _ in batch)
        batch = [(passage_id, text_hash) for passage_id, text_hash in batch if passage_id in passages]
        vectors = self._embedder.encode([self._input(passages[i]) for i, _ in batch], cancelled=cancelled)
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO embeddings(text_hash, fingerprint, vector) VALUES (?, ?, ?)",
                (
                    (text_hash, self._fingerprint, vector.tobytes())
                    for (_, text_hash), vector in zip(batch, vectors, strict=True)
                ),
            )
            DenseIndex.identify_library(connection)

    def _input(self, passage: StoredPassage) -> str:
        """Return what the model reads: title and heading, cut short, in front of the passage."""
        title = self._tokens.head(passage.title, _TITLE_TOKENS)
        heading = self._tokens.head(passage.heading, _HEADING_TOKENS)
        return "\n".join(part for part in (title, heading, passage.text) if part)
