"""What is measured of each candidate, every measure about 0 to 1 within one question.

`STAGES` groups the measures by what they look at, in the order in which ``benchmarks.retrieval`` adds them one after
the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.feedback import neighbour_scores, relevance_model, rocchio, similarities
from index.pool import Floats, Ints, Pool, inverse_frequency
from index.termvectors import TermVectors

__all__ = ["FEATURES", "STAGES", "fused", "measure"]

STAGES: dict[str, tuple[str, ...]] = {
    "fused": ("cosine", "words"),
    "fields": ("title", "coverage", "proximity", "window", "length"),
    "feedback": ("rocchio", "neighbours", "model"),
    "document": ("siblings", "adjacent", "document_coverage"),
}
"""Names of the features by stage."""
FEATURES = tuple(name for names in STAGES.values() for name in names)

_FIELD_WEIGHTS = np.array([2.0, 1.5, 1.0])
_K1, _B = 1.2, 0.75
_NEAR = 8
"""Terms within which two words that follow each other in the query are near in a passage."""
_LAGS = 6
_WINDOW = 40
_WINDOW_LAGS = 15
_LONG = 5.0
"""Logarithm of about the longest passage, in terms."""


def measure(pool: Pool, vectors: TermVectors) -> Floats:
    """The features of all candidates, shape (candidates, features), columns in the order of `FEATURES`."""
    columns = {"cosine": _spread(pool.cosines), "words": _words(pool)}
    columns |= _fields(pool)
    first = fused(columns["cosine"], columns["words"])
    alike = similarities(pool)
    columns["rocchio"] = _spread(rocchio(first, alike))
    columns["neighbours"] = neighbour_scores(first, alike)
    columns["model"] = relevance_model(first, pool, lambda terms: _inverse(pool, vectors, terms))
    columns |= _document(pool, first)
    return np.stack([columns[name] for name in FEATURES], axis=1)


def fused(cosine: Floats, words: Floats) -> Floats:
    """The first ranking: half the scaled cosine, half the scaled BM25.

    A convex combination of normalised scores, which Bruch, Gai and Ingber (arXiv:2210.11934) found better and steadier
    than reciprocal rank fusion.
    """
    return (cosine + words) / 2


def _words(pool: Pool) -> Floats:
    """BM25 over weighted fields (Robertson, Zaragoza and Taylor 2004), by its greatest value."""
    norms = 1 - _B + _B * pool.rows.lengths[:, 2] / max(pool.mean_length, 1e-9)
    counts = pool.counts @ _FIELD_WEIGHTS / norms[:, None]
    scores: Floats = (counts / (counts + _K1)) @ pool.wanted.idf
    greatest = scores.max(initial=0.0)
    return scores / greatest if greatest > 0 else scores


def _fields(pool: Pool) -> dict[str, Floats]:
    idf = pool.wanted.idf
    total = max(float(idf.sum()), 1e-9)
    present = pool.counts > 0
    return {
        "title": present[:, :, 0] @ idf / total,
        "coverage": present.any(axis=2) @ idf / total,
        "proximity": _proximity(pool),
        "window": _best_window(pool) / total,
        "length": np.log1p(pool.rows.lengths[:, 2]) / _LONG,
    }


def _proximity(pool: Pool) -> Floats:
    """How many pairs of words that are neighbours in the query stand near each other, weighed by their rarity."""
    found, idf = pool.occurrences, pool.wanted.idf
    if len(idf) < 2:
        return np.zeros(len(pool))
    pairs = len(idf) - 1
    near = np.zeros(len(pool) * pairs)
    for lag in range(1, min(_LAGS, len(found.owner) - 1) + 1):
        here, there = slice(None, -lag), slice(lag, None)
        together = (
            (found.owner[here] == found.owner[there])
            & (found.field[here] == found.field[there])
            & (np.abs(found.word[here] - found.word[there]) == 1)
            & (found.place[there] - found.place[here] <= _NEAR)
        )
        pair = np.minimum(found.word[here], found.word[there])[together]
        near += np.bincount(found.owner[here][together] * pairs + pair, minlength=len(near))
    counts = near.reshape(len(pool), pairs)
    weights = (idf[:-1] + idf[1:]) / 2
    return (counts / (counts + 1)) @ weights / max(float(weights.sum()), 1e-9)


def _best_window(pool: Pool) -> Floats:
    """The greatest sum of rarities of different words within a stretch of a passage."""
    found, idf = pool.occurrences, pool.wanted.idf
    best = np.zeros(len(pool))
    if not len(found.owner):
        return best
    bit = np.left_shift(np.uint64(1), np.minimum(found.word, 63).astype(np.uint64))
    seen, held = bit.copy(), idf[found.word]
    for lag in range(1, min(_WINDOW_LAGS, len(bit) - 1) + 1):
        rest = len(bit) - lag
        inside = (
            (found.owner[:rest] == found.owner[lag:])
            & (found.field[:rest] == found.field[lag:])
            & (found.place[lag:] - found.place[:rest] < _WINDOW)
        )
        new = inside & ((seen[:rest] & bit[lag:]) == 0)
        held[:rest] += np.where(new, idf[found.word[lag:]], 0.0)
        seen[:rest] |= np.where(inside, bit[lag:], np.uint64(0))
    np.maximum.at(best, found.owner, held)
    return best


def _document(pool: Pool, first: Floats) -> dict[str, Floats]:
    """What the other candidates of the same document add."""
    siblings, adjacent, covered = np.zeros(len(pool)), np.zeros(len(pool)), np.zeros(len(pool))
    idf, positions = pool.wanted.idf, pool.rows.positions
    total = max(float(idf.sum()), 1e-9)
    documents = pool.rows.document_ids
    present: NDArray[np.bool_] = np.asarray(pool.counts.any(axis=2))
    in_order = sorted(range(len(pool)), key=documents.__getitem__)
    for _, group in groupby(in_order, key=documents.__getitem__):
        members = np.array(list(group))
        union: NDArray[np.bool_] = np.logical_or.reduce(present[members], axis=0)
        covered[members] = union @ idf / total
        if len(members) > 1:
            others = np.where(np.eye(len(members), dtype=bool), 0.0, first[members])
            siblings[members] = others.max(axis=1)
            places = positions[members]
            distances: Ints = np.abs(np.subtract.outer(places, places))
            adjacent[members] = (others * (distances == 1)).max(axis=1)
    return {"siblings": siblings, "adjacent": adjacent, "document_coverage": covered}


def _inverse(pool: Pool, vectors: TermVectors, terms: Sequence[int]) -> Floats:
    counts = vectors.frequencies(terms)
    return np.array([inverse_frequency(pool.size, counts.get(term, 1)) for term in terms])


def _spread(values: Floats) -> Floats:
    """Scaled from the least to the greatest; where all are equal, 0."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
