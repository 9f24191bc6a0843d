"""One ranking out of two.

A convex combination of normalised scores, which Bruch, Gai and Ingber (arXiv:2210.11934) found better and steadier than
reciprocal rank fusion. The cosine is known for every candidate, the BM25 score only for those that share a word with
the question; the others have zero of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DENSE_WEIGHT", "Fused", "fuse"]

DENSE_WEIGHT = 0.5
"""Share of the dense score; the lexical one has the rest."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A candidate with its scores."""

    passage_id: int
    score: float
    """0 to 1 within one question."""
    cosine: float
    bm25: float


def fuse(cosines: Mapping[int, float], bm25: Mapping[int, float], *, dense_weight: float = DENSE_WEIGHT) -> list[Fused]:
    """All candidates by their combined score, best first; equal scores in order of passage id.

    Cosines are scaled from their least to their greatest value among the candidates, BM25 by its greatest.
    """
    candidates = sorted(cosines.keys() | bm25.keys())
    if not candidates:
        return []
    low, high = (min(cosines.values()), max(cosines.values())) if cosines else (0.0, 0.0)
    top = max(bm25.values(), default=0.0)
    fused = []
    for passage_id in candidates:
        cosine, words = cosines.get(passage_id, low), bm25.get(passage_id, 0.0)
        dense = (cosine - low) / (high - low) if high > low else float(passage_id in cosines)
        lexical = words / top if top > 0 else 0.0
        score = dense_weight * dense + (1 - dense_weight) * lexical
        fused.append(Fused(passage_id, score, cosine, words))
    return sorted(fused, key=lambda item: -item.score)
