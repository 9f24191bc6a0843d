"""Evidence that the candidates give for each other, after a first ranking of them.

What is like the best candidates is likely to be relevant as well (the cluster hypothesis). Three forms of it: nearness
to the centre of the best (Rocchio 1971), the scores of the candidates nearest in meaning (score regularisation, Diaz
2007), and the telling words of the best (the relevance model RM3, Lavrenko and Croft 2001; Abdul-Jaleel et al. 2004).
No candidate speaks for itself in the first two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.pool import Floats, Pool

__all__ = ["neighbour_scores", "relevance_model", "rocchio", "similarities"]

_ROCCHIO_BEST = 10
_NEIGHBOURS = 10
_MODEL_BEST = 5
_MODEL_TERMS = 30
_K1, _B = 1.2, 0.75


def similarities(pool: Pool) -> Floats:
    """Cosines of all candidates to each other, shape (candidates, candidates); nobody is like itself."""
    found = (pool.vectors @ pool.vectors.T).astype(float)
    np.fill_diagonal(found, 0.0)
    return found


def rocchio(first: Floats, alike: Floats) -> Floats:
    """The mean cosine of each candidate to the best of the others, weighed by their first scores."""
    best = np.argsort(-first, kind="stable")[:_ROCCHIO_BEST]
    weights = first[best]
    total = np.full(len(first), weights.sum())
    total[best] -= weights
    means: Floats = alike[:, best] @ weights / np.maximum(total, 1e-9)
    return means


def neighbour_scores(first: Floats, alike: Floats) -> Floats:
    """The mean first score of the candidates nearest to each, weighed by the cube of their cosine."""
    nearness = np.maximum(alike, 0.0) ** 3
    count = min(_NEIGHBOURS, len(first))
    nearest = np.argpartition(-nearness, count - 1, axis=1)[:, :count]
    weights = np.take_along_axis(nearness, nearest, axis=1)
    means: Floats = (weights * first[nearest]).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    return means


def relevance_model(first: Floats, pool: Pool, inverse_frequencies: Callable[[Sequence[int]], Floats]) -> Floats:
    """How much each candidate holds of the words that tell the best ones from the library, 0 to 1."""
    best = np.argsort(-first, kind="stable")[:_MODEL_BEST]
    share = np.zeros(len(pool))
    share[best] = first[best] / max(first[best].sum(), 1e-9)
    lengths = pool.rows.lengths.sum(axis=1)
    inside = share[pool.owners] > 0
    terms, which = np.unique(pool.rows.terms[inside], return_inverse=True)
    if not len(terms):
        return np.zeros(len(pool))
    likely = np.bincount(which, weights=(share / np.maximum(lengths, 1))[pool.owners[inside]])
    telling = likely * inverse_frequencies(terms.tolist())
    chosen = np.sort(np.argsort(-telling, kind="stable")[:_MODEL_TERMS])
    weights = telling[chosen] / max(telling[chosen].sum(), 1e-9)
    nearest = np.minimum(np.searchsorted(terms[chosen], pool.rows.terms), len(chosen) - 1)
    hit = terms[chosen][nearest] == pool.rows.terms
    counts = np.bincount(pool.owners[hit] * len(chosen) + nearest[hit], minlength=len(pool) * len(chosen))
    norms = 1 - _B + _B * lengths / max(lengths.mean(), 1e-9)
    scaled = counts.reshape(len(pool), -1) / norms[:, None]
    held: Floats = (scaled / (scaled + _K1)) @ weights
    return held
