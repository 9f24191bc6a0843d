"""What is measured of each candidate, every measure about 0 to 1 within one question.

`STAGES` groups the measures by what they look at, in the order in which ``benchmarks.retrieval`` adds them one after
the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.feedback import relevance_model, rocchio
from index.pool import Floats, Pool, inverse_frequency
from index.termvectors import TermVectors

__all__ = ["FEATURES", "STAGES", "measure"]

STAGES: dict[str, tuple[str, ...]] = {
    "fused": ("cosine", "words"),
    "order": ("pairs", "length"),
    "document": ("document_words", "document_coverage", "document_cosine"),
    "feedback": ("rocchio", "model"),
}
"""Names of the features by stage."""
FEATURES = tuple(name for names in STAGES.values() for name in names)

_FIELD_WEIGHTS = np.array([2.0, 1.5, 1.0])
"""Of title, heading and body."""
_K1, _B, _DOCUMENT_B = 1.2, 0.4, 0.5
_LAGS = 6
_LONG = 5.0
"""Logarithm of about the longest passage, in terms."""


def measure(pool: Pool, vectors: TermVectors) -> Floats:
    """The features of all candidates, shape (candidates, features), columns in the order of `FEATURES`."""
    columns = {"cosine": _spread(pool.cosines), "words": _words(pool)}
    columns["pairs"] = _pairs(pool)
    columns["length"] = np.log1p(pool.rows.lengths[:, 2]) / _LONG
    columns |= _document(pool)
    first = _first(columns)
    columns["rocchio"] = _spread(rocchio(first, pool))
    columns["model"] = relevance_model(first, pool, lambda terms: _inverse(pool, vectors, terms))
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _first(columns: Mapping[str, Floats]) -> Floats:
    """The ranking that feedback starts from: the plain mean of the evidence of the passage and of its document.

    A convex combination of normalised scores, which Bruch, Gai and Ingber (arXiv:2210.11934) found better and steadier
    than reciprocal rank fusion.
    """
    evidence = [columns[name] for name in ("cosine", "words", "document_words", "document_coverage")]
    mean: Floats = np.mean([*evidence, _spread(columns["document_cosine"])], axis=0)
    return mean


def _words(pool: Pool) -> Floats:
    """BM25 over weighted fields (Robertson, Zaragoza and Taylor 2004), by its greatest value."""
    norms = 1 - _B + _B * pool.rows.lengths[:, 2] / max(pool.mean_length, 1e-9)
    counts = pool.counts @ _FIELD_WEIGHTS / norms[:, None]
    return _by_greatest((counts / (counts + _K1)) @ pool.wanted.idf)


def _pairs(pool: Pool) -> Floats:
    """How many neighbours in the query stand side by side in the passage, in the same order, weighed by rarity."""
    found, idf = pool.occurrences, pool.wanted.idf
    if len(idf) < 2:
        return np.zeros(len(pool))
    pairs = len(idf) - 1
    beside = np.zeros(len(pool) * pairs)
    # A term may be followed by others at its place: letters and figures are filed together and apart.
    for lag in range(1, min(_LAGS, len(found.owner) - 1) + 1):
        here, there = slice(None, -lag), slice(lag, None)
        together = (
            (found.owner[here] == found.owner[there])
            & (found.field[here] == found.field[there])
            & (found.word[there] == found.word[here] + 1)
            & (found.place[there] == found.place[here] + 1)
        )
        which = found.owner[here][together] * pairs + found.word[here][together]
        beside += np.bincount(which, minlength=len(beside))
    counts = beside.reshape(len(pool), pairs)
    weights = (idf[:-1] + idf[1:]) / 2
    share: Floats = (counts / (counts + 1)) @ weights / max(float(weights.sum()), 1e-9)
    return share


def _document(pool: Pool) -> dict[str, Floats]:
    """What the document says as a whole, as far as its passages are among the candidates."""
    _, member = np.unique(pool.rows.document_ids, return_inverse=True)
    documents = int(member.max(initial=-1)) + 1
    passages = np.bincount(member, minlength=documents)
    counts = np.zeros((documents, *pool.counts.shape[1:]))
    np.add.at(counts, member, pool.counts)
    # Every passage carries the title and its heading: counted once, not once a passage.
    counts[:, :, :2] /= passages[:, None, None]
    lengths = np.bincount(member, weights=pool.rows.lengths[:, 2], minlength=documents)
    norms = 1 - _DOCUMENT_B + _DOCUMENT_B * lengths / max(float(lengths.mean()), 1e-9) if documents else lengths
    scaled = counts @ _FIELD_WEIGHTS / norms[:, None]
    words = (scaled / (scaled + _K1)) @ pool.wanted.idf
    covered = (counts.sum(axis=2) > 0) @ pool.wanted.idf / max(float(pool.wanted.idf.sum()), 1e-9)
    nearest = np.zeros(documents)
    np.maximum.at(nearest, member, pool.cosines)
    return {
        "document_words": _by_greatest(words)[member],
        "document_coverage": covered[member],
        "document_cosine": nearest[member],
    }


def _inverse(pool: Pool, vectors: TermVectors, terms: Sequence[int]) -> Floats:
    counts = vectors.frequencies(terms)
    return np.array([inverse_frequency(pool.size, counts.get(term, 1)) for term in terms])


def _by_greatest(values: Floats) -> Floats:
    greatest = values.max(initial=0.0)
    return values / greatest if greatest > 0 else values


def _spread(values: Floats) -> Floats:
    """Scaled from the least to the greatest; where all are equal, 0."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
