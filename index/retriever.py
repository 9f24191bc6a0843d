"""Retrieval: the passages that answer a question, candidates by meaning and by words in one ranking.

Copies of a passage in several documents (a preprint and the printed version, a second scan) are folded into one hit;
they are recognised by the terms that they share. A cross-encoder, if one is configured, reorders the first hits.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.store import DocumentStore, StoredPassage
from index.dense import DenseIndex
from index.embedding.embedder import Embedder, Vectors
from index.filters import Filters, passages_within
from index.judging import Judge, Pair
from index.lexical import LexicalIndex
from index.query import Query
from index.ranking import Ints, Pool, Wanted, measure, score
from index.term_vectors import Rows

__all__ = ["Hit", "Retriever", "fold_copies"]

_POOL = 100
"""Candidates taken from each index before they are ranked together."""
_RERANKED = 30
"""Results that a configured reranker reads."""

_MIN_SHARED = 0.9
"""Share of the pairs of neighbouring terms that two copies have in common (Jaccard)."""
_MIN_TERMS = 12
"""Shorter passages, captions or lists of names, are never folded: the same words say nothing about their documents."""
_ODD = np.uint32(0x9E3779B1)
"""Distinguishes a pair from the same terms in the other order."""
_BITS = np.uint64(32)

Pairs = NDArray[np.uint32]
"""Pairs of neighbouring terms, as one number each."""


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
    copies: tuple[StoredPassage, ...] = ()
    """The same words in other documents."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The passages found for a question, before they are ranked."""

    pool: Pool
    bm25: dict[int, float]
    """Score by passage id, of those found by their words."""
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
        reranker: Judge | None = None,
    ) -> None:
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._embedder = embedder
        self._reranker = reranker

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts that are not stored: questions, single sentences."""
        return self._embedder.encode(texts)

    def search(
        self, query: str, limit: int, *, filters: Filters | None = None, vector: Vectors | None = None
    ) -> list[Hit]:
        """Return the best ``limit`` passages that meet ``filters`` and contain every phrase in quotation marks.

        ``vector`` is the query's embedding, shape (1, dimension), if the caller has it already.

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
        scores = score(measure(pool))
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
        """Return the nearest passages of one document with their cosines; ``vector`` as in `search`."""
        within = passages_within(self._store.database, Filters(documents=(document_id,)))
        found = dict(self._dense.search(vector, limit, within))
        held = self._store.passages(found)
        return [(held[passage_id], cosine) for passage_id, cosine in found.items() if passage_id in held]

    def candidates(self, query: str, vector: Vectors, limit: int, *, filters: Filters | None = None) -> Candidates:
        """Return the best ``limit`` passages of each index and their neighbours, with all that their ranking needs."""
        allowed = passages_within(self._store.database, filters) if filters else None
        parsed = Query.parse(query)
        bm25 = dict(self._lexical.search(parsed, limit, allowed))
        dense = dict(self._dense.search(vector, limit, allowed))
        found = bm25.keys() | dense.keys()
        near = np.array(sorted(self._lexical.vectors.neighbours(sorted(found))), dtype=np.int64)
        found |= set((near if allowed is None else np.intersect1d(near, allowed)).tolist())
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
            # Not embedded yet: given the highest cosine, so that its words decide.
            cosines[~held] = cosines[held].max(initial=0.0)
        totals = self._lexical.vectors.totals()
        mean = totals.terms / max(totals.passages, 1)
        return Pool(rows, Wanted.of(query, self._lexical.vectors), cosines, vectors, mean)

    def _reranked(self, query: str, hits: list[Hit]) -> list[Hit]:
        """Order the first results by a configured reranker and put the others behind them."""
        if self._reranker is None:
            return hits
        first, rest = hits[:_RERANKED], hits[_RERANKED:]
        pairs = [Pair(query, "\n".join(part for part in hit.passage.words if part)) for hit in first]
        scores = 1 / (1 + np.exp(-self._reranker.judge(pairs)))
        scored = [replace(hit, score=float(value)) for hit, value in zip(first, scores, strict=True)]
        scored.sort(key=lambda hit: -hit.score)
        lowest = scored[-1].score if scored else 1.0
        return scored + [replace(hit, score=lowest * hit.score) for hit in rest]


def fold_copies(rows: Rows, ranked: Ints, limit: int) -> list[list[int]]:
    """Return the first ``limit`` groups of candidates that are copies of each other, ordered by the best of each.

    ``ranked`` holds row numbers, best first; a copy joins its group whatever its rank. Passages of one document are
    never folded.
    """
    groups: list[list[int]] = []
    marked: dict[int, list[int]] = {}
    pairs = _pairs(rows)
    for row in ranked.tolist():
        marks = _marks(pairs[row])
        for near in dict.fromkeys(group for mark in marks for group in marked.get(mark, ())):
            others = {rows.document_ids[held] for held in groups[near]}
            if rows.document_ids[row] not in others and _alike(pairs[row], pairs[groups[near][0]]):
                groups[near].append(row)
                break
        else:
            if len(groups) < limit:
                for mark in marks:
                    marked.setdefault(mark, []).append(len(groups))
                groups.append([row])
    return groups


def _pairs(rows: Rows) -> list[Pairs]:
    """Return the distinct pairs of neighbouring terms of each body in ascending order; none if it is too short."""
    totals = rows.lengths.sum(axis=1)
    owner = np.repeat(np.arange(len(totals), dtype=np.uint64), totals)
    bodies = np.repeat(np.cumsum(totals) - rows.lengths[:, 2], totals)
    inside = (np.arange(len(owner)) >= bodies) & np.repeat(rows.lengths[:, 2] >= _MIN_TERMS, totals)
    beside = inside[:-1] & (owner[:-1] == owner[1:])
    numbers = (rows.terms[:-1] * _ODD + rows.terms[1:])[beside].astype(np.uint64)
    found = np.sort(owner[:-1][beside] << _BITS | numbers)
    found = np.delete(found, np.flatnonzero(found[1:] == found[:-1]))
    ends = np.searchsorted(found, np.arange(1, len(totals), dtype=np.uint64) << _BITS)
    return np.split(found.astype(np.uint32), ends)


def _marks(pairs: Pairs) -> list[int]:
    """Return the smallest pairs, of which two similar bodies share one (Chaudhuri, Ganti and Kaushik 2006)."""
    return list(pairs[: len(pairs) - math.ceil(_MIN_SHARED * len(pairs)) + 1].tolist())


def _alike(one: Pairs, other: Pairs) -> bool:
    if min(len(one), len(other)) < _MIN_SHARED * max(len(one), len(other)):
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _MIN_SHARED * (len(one) + len(other) - shared)
