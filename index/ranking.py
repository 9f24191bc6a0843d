"""The candidates for one question, laid out as arrays: what every feature of the ranking is computed from.

Evidence that the best candidates give for the others, after a first ranking.

What is like the best candidates is likely to be relevant as well. Two forms of it: nearness to the centre of the best
(Rocchio 1971), and the telling words of the best (the relevance model RM3, Lavrenko and Croft 2001; Abdul-Jaleel et al.
2004). The weights fall off steeply, so that one candidate far ahead of the others speaks for itself alone: where a
question has a single answer, the second best is no guide.

What is measured of each candidate, every measure about 0 to 1 within one question.

`STAGES` groups the measures by what they look at, in the order in which ``benchmarks.retrieval`` adds them one after
the other.

The order of the candidates: a weighted sum of their features.

The weights stand in ``data/ranking.json``, written by ``python -m training.fit_ranking``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Hashes, stem, term_hash
from index.embedding.embedder import Vectors
from index.query import Query, Term
from index.term_vectors import Rows, TermVectors

__all__ = [
    "FEATURES",
    "STAGES",
    "Floats",
    "Ints",
    "Pool",
    "Wanted",
    "learned_weights",
    "measure",
    "relevance_model",
    "rocchio",
    "score",
]

Floats = NDArray[np.float64]

Ints = NDArray[np.int64]

_PREFIX_TERMS = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that a query looks for, in its order."""

    hashes: Hashes
    """Every term that counts, rising."""
    words: Ints
    """Shape of ``hashes``: which word of the query each term stands for; several for the beginning of a word."""
    idf: Floats
    """Shape (words,): inverse document frequency (Okapi's, kept positive); 0 for what stands nowhere."""

    @classmethod
    def of(cls, query: Query, vectors: TermVectors) -> Wanted:
        """Look the words of ``query`` up."""
        spellings: list[tuple[str, ...]] = []
        for sought in query.terms + query.required:
            spellings += _spellings(sought, vectors)
        spellings = list(dict.fromkeys(spellings))
        counts = vectors.frequencies(sorted({term_hash(term) for group in spellings for term in group}))
        size = vectors.totals().passages
        word_of: dict[int, int] = {}
        idf = []
        for word, group in enumerate(spellings):
            for term in group:
                word_of.setdefault(term_hash(term), word)
            frequency = min(size, sum(counts.get(term_hash(term), 0) for term in group))
            idf.append(inverse_frequency(size, frequency) if frequency else 0.0)
        rising = sorted(word_of)
        return cls(
            np.array(rising, dtype=np.uint32),
            np.array([word_of[number] for number in rising], dtype=np.int64),
            np.array(idf, dtype=float),
        )


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where the words of a query stand in the candidates, in order of candidate and place."""

    owner: Ints
    """Candidate."""
    word: Ints
    """Word of the query."""
    field: Ints
    """0 title, 1 heading, 2 body."""
    place: Ints
    """Terms before it in the candidate."""


@dataclass(frozen=True)
class Pool:
    """Candidates and what is known of each; row ``i`` of every array is candidate ``i``."""

    rows: Rows
    wanted: Wanted
    cosines: Floats
    """To the question; of a passage without a vector, the least of the others."""
    vectors: Vectors
    """Shape (candidates, dimension); zeros for a passage without a vector."""
    mean_length: float
    """Of the bodies of all passages of the library, in terms."""
    size: int
    """Passages in the library."""

    def __len__(self) -> int:
        return len(self.rows.passage_ids)

    @cached_property
    def owners(self) -> Ints:
        """The candidate of every term of ``rows.terms``."""
        return np.repeat(np.arange(len(self)), self.rows.lengths.sum(axis=1))

    @cached_property
    def places(self) -> Ints:
        """Of every term of ``rows.terms`` in its candidate."""
        totals = self.rows.lengths.sum(axis=1)
        begins: Ints = (np.cumsum(totals) - totals)[self.owners]
        return np.arange(len(self.rows.terms)) - begins

    @cached_property
    def occurrences(self) -> Occurrences:
        """Where the words of the query stand."""
        terms, wanted = self.rows.terms, self.wanted
        if not len(wanted.hashes):
            nothing = np.empty(0, dtype=np.int64)
            return Occurrences(nothing, nothing, nothing, nothing)
        nearest = np.minimum(np.searchsorted(wanted.hashes, terms), len(wanted.hashes) - 1)
        hit = np.flatnonzero(wanted.hashes[nearest] == terms)
        owner, place = self.owners[hit], self.places[hit]
        ends = np.cumsum(self.rows.lengths, axis=1)
        field = (place >= ends[owner, 0]).astype(np.int64) + (place >= ends[owner, 1])
        return Occurrences(owner, wanted.words[nearest[hit]], field, place)

    @cached_property
    def counts(self) -> Floats:
        """Shape (candidates, words of the query, 3): how often each word stands in title, heading and body."""
        found, words = self.occurrences, len(self.wanted.idf)
        flat = (found.owner * words + found.word) * 3 + found.field
        return np.bincount(flat, minlength=len(self) * words * 3).reshape(len(self), words, 3).astype(float)


def inverse_frequency(size: int, frequency: int) -> float:
    """Okapi's inverse document frequency, kept positive."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _spellings(term: Term, vectors: TermVectors) -> list[tuple[str, ...]]:
    """A group of terms for each word: all of a group count as the same word."""
    if not term.prefix:
        return [(part,) for part in term.parts]
    beginning = term.parts[-1]
    return [tuple(dict.fromkeys((stem(beginning), *vectors.beginning_with(beginning, _PREFIX_TERMS))))]


_CENTRE_BEST = 5

_STEEPNESS = 0.1

"""Difference in the first score by which the weight falls to 1/e."""

_MODEL_BEST = 3

_MODEL_TERMS = 30

_FEEDBACK_K1, _FEEDBACK_B = 1.2, 0.75


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
    norms = 1 - _FEEDBACK_B + _FEEDBACK_B * lengths / max(lengths.mean(), 1e-9)
    scaled = counts.reshape(len(pool), -1) / norms[:, None]
    held: Floats = (scaled / (scaled + _FEEDBACK_K1)) @ weights
    return held


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


def score(features: Floats, weights: Floats) -> Floats:
    """The worth of each candidate within one question, from 0 of the least to 1 of the best.

    ``features`` has the shape (candidates, features), ``weights`` the shape (features,).
    """
    sums = features @ weights
    low, high = sums.min(initial=np.inf), sums.max(initial=-np.inf)
    return (sums - low) / (high - low) if high > low else np.ones_like(sums)


@cache
def _stored() -> dict[str, float]:
    data = json.loads(files("index").joinpath("data/ranking.json").read_text("utf-8"))
    return {name: float(weight) for name, weight in data["weights"].items()}


def learned_weights() -> Floats:
    """The weight of each of `index.ranking.FEATURES`, in that order."""
    return np.array([_stored()[name] for name in FEATURES])
