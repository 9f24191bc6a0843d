"""Evidence that the best candidates give for the others, after a first ranking.

What is like the best candidates is likely to be relevant as well. Two forms of it: nearness to the centre of the best
(Rocchio 1971), and the telling words of the best (the relevance model RM3, Lavrenko and Croft 2001; Abdul-Jaleel et al.
2004). The weights fall off steeply, so that one candidate far ahead of the others speaks for itself alone: where a
question has a single answer, the second best is no guide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.pool import Floats, Pool

__all__ = ["relevance_model", "rocchio"]

_CENTRE_BEST = 5
_STEEPNESS = 0.1
"""Difference in the first score by which the weight falls to 1/e."""
_MODEL_BEST = 3
_MODEL_TERMS = 30
_K1, _B = 1.2, 0.75


def rocchio(first: Floats, pool: Pool) -> Floats:
    """The cosine of each candidate to the weighted centre of the best ones; of one without a vector, the mean."""
    best = np.argsort(-first, kind="stable")[:_CENTRE_BEST]
    weights = np.exp((first[best] - first[best].max(initial=0.0)) / _STEEPNESS)
    centre = weights @ pool.vectors[best]
    cosines: Floats = pool.vectors @ centre / max(float(np.linalg.norm(centre)), 1e-9)
    held = pool.vectors.any(axis=1)
    if held.any():
        # Not embedded yet: that speaks neither for a passage nor against it.
        cosines[~held] = cosines[held].mean()
    return cosines


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
