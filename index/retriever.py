"""The passages that speak to a question: dense and lexical candidates, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.store import DocumentStore, StoredPassage
from index.dense import DenseIndex
from index.embedder import Embedder, Vectors
from index.fusion import fuse
from index.lexical import LexicalIndex

__all__ = ["Hit", "Retriever"]

_POOL = 100
"""Candidates taken from each ranking before they are fused."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores for one question."""

    passage: StoredPassage
    score: float
    """Fused, 0 to 1; comparable within one question only."""
    cosine: float
    """To the question; comparable between questions."""
    bm25: float


class Retriever:
    """Finds passages in one library."""

    def __init__(self, store: DocumentStore, lexical: LexicalIndex, dense: DenseIndex, embedder: Embedder) -> None:
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are not stored: questions, single sentences."""
        return self._embedder.encode(texts)

    def search(
        self, query: str, limit: int, *, document_ids: Sequence[str] = (), vector: Vectors | None = None
    ) -> list[Hit]:
        """The best ``limit`` passages, of ``document_ids`` only where any are given.

        ``vector`` is the query's embedding, shape (1, dimension), where the caller has it already.
        """
        if vector is None:
            vector = self.embed([query])
        pool = max(_POOL, limit)
        bm25 = dict(self._lexical.search(query, pool, document_ids))
        cosines = dict(self._dense.search(vector, pool, document_ids))
        for passage_id, other in self._dense.vectors([i for i in bm25 if i not in cosines]).items():
            cosines[passage_id] = float(np.dot(vector[0], other))
        best = fuse(cosines, bm25)[:limit]
        passages = self._store.passages(item.passage_id for item in best)
        return [
            Hit(passages[item.passage_id], item.score, item.cosine, item.bm25)
            for item in best
            if item.passage_id in passages
        ]
