"""The passages that speak to a question: candidates by meaning and by words, ranked by what is measured of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.store import DocumentStore, StoredPassage
from index.dense import DenseIndex
from index.diversity import fold_copies
from index.embedder import Embedder, Vectors
from index.features import measure
from index.filters import Filters, passages_within
from index.lexical import LexicalIndex
from index.pool import Pool, Wanted
from index.query import Query
from index.ranking import learned_weights, score
from index.reranker import Reranker
from index.termvectors import Rows

__all__ = ["Candidates", "Hit", "Retriever"]

_POOL = 100
"""Candidates taken from each index before they are ranked together."""
_RERANKED = 30
"""Results that a configured reranker reads."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores for one question."""

    passage: StoredPassage
    score: float
    """0 to 1; comparable within one question only."""
    cosine: float
    """To the question; comparable between questions."""
    bm25: float
    """0 for a passage that was found by its meaning alone."""
    also: tuple[StoredPassage, ...] = ()
    """The same words in other documents."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for a question, before it is ranked."""

    pool: Pool
    bm25: dict[int, float]
    """By passage id, of those found by their words."""
    dense: dict[int, float]
    """Cosine by passage id, of those found by their meaning."""


class Retriever:
    """Finds passages in one library."""

    def __init__(
        self,
        store: DocumentStore,
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._reranker = reranker

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are not stored: questions, single sentences."""
        return self._embedder.encode(texts)

    def search(
        self, query: str, limit: int, *, filters: Filters | None = None, vector: Vectors | None = None
    ) -> list[Hit]:
        """The best ``limit`` passages that fulfil ``filters`` and hold every phrase in quotation marks.

        ``vector`` is the query's embedding, shape (1, dimension), where the caller has it already.

        Raises:
            UsageError: a filter makes no sense.
            ModelError: the embedding model, or a configured reranker, cannot be used.
        """
        if vector is None:
            vector = self.embed([query])
        found = self.candidates(query, vector, max(_POOL, limit), filters=filters)
        pool = found.pool
        if not len(pool):
            return []
        scores = score(measure(pool, self._lexical.vectors), learned_weights())
        wanted = limit if self._reranker is None else max(limit, _RERANKED)
        groups = fold_copies(pool.rows, np.argsort(-scores, kind="stable"), wanted)
        ids = pool.rows.passage_ids
        passages = self._store.passages(int(ids[row]) for group in groups for row in group)
        hits = []
        for group in groups:
            copies = [passages[int(ids[row])] for row in group if int(ids[row]) in passages]
            if copies:
                bm25 = found.bm25.get(copies[0].passage_id, 0.0)
                first = group[0]
                hits.append(Hit(copies[0], float(scores[first]), float(pool.cosines[first]), bm25, tuple(copies[1:])))
        return self._reranked(query, hits)[:limit]

    def nearest(self, vector: Vectors, limit: int, document_id: str) -> list[tuple[StoredPassage, float]]:
        """The passages of one document that are nearest by meaning, with their cosines; ``vector`` as in `search`."""
        found = dict(self._dense.search(vector, limit, document_ids=(document_id,)))
        held = self._store.passages(found)
        return [(held[passage_id], cosine) for passage_id, cosine in found.items() if passage_id in held]

    def candidates(self, query: str, vector: Vectors, limit: int, *, filters: Filters | None = None) -> Candidates:
        """The best ``limit`` passages of each index and those beside them, with all that their ranking needs."""
        allowed = passages_within(self._store.database, filters) if filters else None
        parsed = Query.parse(query)
        bm25 = dict(self._lexical.search(parsed, limit, allowed))
        dense = dict(self._dense.search(vector, limit, passage_ids=allowed))
        found = bm25.keys() | dense.keys()
        beside = np.array(sorted(self._lexical.vectors.beside(sorted(found))), dtype=np.int64)
        found |= set((beside if allowed is None else np.intersect1d(beside, allowed)).tolist())
        rows = self._lexical.vectors.rows(sorted(self._lexical.having(parsed, sorted(found))))
        return Candidates(self._pool(parsed, vector, rows), bm25, dense)

    def _pool(self, query: Query, vector: Vectors, rows: Rows) -> Pool:
        known = self._dense.vectors(rows.passage_ids.tolist())
        vectors = np.zeros((len(rows.passage_ids), vector.shape[1]), dtype=np.float32)
        for row, passage_id in enumerate(rows.passage_ids.tolist()):
            if passage_id in known:
                vectors[row] = known[passage_id]
        cosines = (vectors @ vector[0]).astype(float)
        held = vectors.any(axis=1)
        if not held.all():
            # Not embedded yet: as near as the nearest, so that its words decide.
            cosines[~held] = cosines[held].max(initial=0.0)
        totals = self._lexical.vectors.totals()
        mean = totals.terms / max(totals.passages, 1)
        return Pool(rows, Wanted.of(query, self._lexical.vectors), cosines, vectors, mean, totals.passages)

    def _reranked(self, query: str, hits: list[Hit]) -> list[Hit]:
        """The first results in the order of a configured reranker, the others behind them."""
        if self._reranker is None:
            return hits
        first, rest = hits[:_RERANKED], hits[_RERANKED:]
        texts = ["\n".join(part for part in hit.passage.words if part) for hit in first]
        worth = self._reranker.judge(query, texts)
        judged = [replace(hit, score=float(value)) for hit, value in zip(first, worth, strict=True)]
        judged.sort(key=lambda hit: -hit.score)
        least = judged[-1].score if judged else 1.0
        return judged + [replace(hit, score=least * hit.score) for hit in rest]
