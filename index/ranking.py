"""The order of the candidates for one question: the mean of what is measured of each.

`Pool` lays the candidates out as arrays, so that every feature is arithmetic and no text is read. `measure` computes
the features, each 0 to 1 within one question, and `score` takes their weighted mean. The weights are not fitted: fitted
ones rank no better on the sets that they are fitted to, and worse on others ("Retrieval" in ``docs/benchmarks.md``).
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Hashes, stem, term_hash
from index.embedding.embedder import Vectors
from index.query import Query, Term
from index.term_vectors import Rows, TermVectors, okapi_idf

__all__ = ["FEATURES", "STAGES", "WEIGHTS", "Floats", "Ints", "Pool", "Wanted", "measure", "rocchio", "score"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STAGES: dict[str, dict[str, float]] = {
    "fused": {"cosine": 1.0, "words": 1.0},
    "passage": {"pairs": 1.0, "length": 0.5},
    "document": {"document_coverage": 0.75, "document_cosine": 0.75},
    "feedback": {"rocchio": 1.0},
}
"""Features and their weights, by what they look at, in the order in which ``benchmarks.retrieval`` adds them.

What is measured of the passage counts 1. The document says in part the same again, so its features count less; length
says nothing of the question and counts least.
"""
FEATURES = tuple(name for weights in STAGES.values() for name in weights)
WEIGHTS: Floats = np.array([weight for weights in STAGES.values() for weight in weights.values()])
"""Of `FEATURES`, in that order."""

_PREFIX_TERMS = 64
"""Terms counted for the beginning of a word, at most."""
_FIELD_WEIGHTS = np.array([2.0, 1.5, 1.0])
"""Of title, heading and body."""
_K1 = 1.2
_B = (0.4, 0.75)
"""BM25's discount for long passages, for a question of few words and for one of many."""
_QUESTION_WORDS = (16, 48)
"""The words that a question of few, and one of many, has; between them the discount rises."""
_LAGS = 6
"""Terms at one place of a passage, at most, when pairs are sought."""
_FRAGMENT = 0.25
"""Share of the library's mean length at which a passage has half of the value for length."""
_CENTRE_BEST = 5
_STEEPNESS = 0.05
"""Difference in the first score by which a candidate's weight in the centre falls to 1/e."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that a query looks for, in its order."""

    hashes: Hashes
    """Every term that counts, rising."""
    words: Ints
    """Shape of ``hashes``: which word of the query each term stands for; several for the beginning of a word."""
    idf: Floats
    """Shape (words,): inverse document frequency (Okapi's, kept positive); 0 for a word found nowhere."""
    times: Floats
    """Shape (words,): how often the query has each word."""

    @classmethod
    def of(cls, query: Query, vectors: TermVectors) -> "Wanted":
        """Look up the words of ``query``."""
        spellings: list[tuple[str, ...]] = []
        for sought in query.terms + query.required:
            spellings += _spellings(sought, vectors)
        times = Counter(spellings)
        spellings = list(times)
        counts = vectors.frequencies(sorted({term_hash(term) for group in spellings for term in group}))
        size = vectors.totals().passages
        word_of: dict[int, int] = {}
        idf = []
        for word, group in enumerate(spellings):
            for term in group:
                word_of.setdefault(term_hash(term), word)
            frequency = min(size, sum(counts.get(term_hash(term), 0) for term in group))
            idf.append(okapi_idf(size, frequency) if frequency else 0.0)
        rising = sorted(word_of)
        return cls(
            np.array(rising, dtype=np.uint32),
            np.array([word_of[number] for number in rising], dtype=np.int64),
            np.array(idf, dtype=float),
            np.array(list(times.values()), dtype=float),
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
    """To the question; of a passage without a vector, the greatest of the others."""
    vectors: Vectors
    """Shape (candidates, dimension); zeros for a passage without a vector."""
    mean_length: float
    """Of the bodies of all passages of the library, in terms."""

    def __len__(self) -> int:
        return len(self.rows.passage_ids)

    @property
    def relative_lengths(self) -> Floats:
        """Length of each body as a share of the library's mean."""
        return self.rows.lengths[:, 2] / max(self.mean_length, 1e-9)

    @cached_property
    def occurrences(self) -> Occurrences:
        """Where the words of the query stand."""
        terms, wanted = self.rows.terms, self.wanted
        if not len(wanted.hashes):
            nothing = np.empty(0, dtype=np.int64)
            return Occurrences(nothing, nothing, nothing, nothing)
        nearest = np.minimum(np.searchsorted(wanted.hashes, terms), len(wanted.hashes) - 1)
        hit = np.flatnonzero(wanted.hashes[nearest] == terms)
        ends = np.cumsum(self.rows.lengths, axis=1)
        totals = ends[:, 2]
        owner = np.repeat(np.arange(len(self)), totals)[hit]
        place = hit - (np.cumsum(totals) - totals)[owner]
        field = (place >= ends[owner, 0]).astype(np.int64) + (place >= ends[owner, 1])
        return Occurrences(owner, wanted.words[nearest[hit]], field, place)

    @cached_property
    def counts(self) -> Floats:
        """Shape (candidates, words of the query, 3): how often each word stands in title, heading and body."""
        found, words = self.occurrences, len(self.wanted.idf)
        flat = (found.owner * words + found.word) * 3 + found.field
        return np.bincount(flat, minlength=len(self) * words * 3).reshape(len(self), words, 3).astype(float)


def measure(pool: Pool) -> Floats:
    """Compute the features of all candidates, shape (candidates, features), columns in the order of `FEATURES`.

    Feedback, the last column, starts from the mean of all others.
    """
    columns = {"cosine": _spread(pool.cosines), "words": _words(pool), "pairs": _pairs(pool)}
    columns["length"] = pool.relative_lengths / (pool.relative_lengths + _FRAGMENT)
    columns["document_coverage"], columns["document_cosine"] = _document(pool)
    evidence = np.stack([columns[name] for name in FEATURES[:-1]], axis=1)
    first = evidence @ WEIGHTS[:-1] / WEIGHTS[:-1].sum()
    return np.column_stack([evidence, _spread(rocchio(first, pool))])


def score(features: Floats) -> Floats:
    """Compute the score of each candidate within one question, from 0 for the last to 1 for the best.

    ``features`` has the shape (candidates, features). Where all are equal, each has 1.
    """
    means: Floats = features @ WEIGHTS
    return _spread(means) if means.max(initial=-np.inf) > means.min(initial=np.inf) else np.ones_like(means)


def rocchio(first: Floats, pool: Pool) -> Floats:
    """Compute the cosine of each candidate to the weighted centre of the best ones (Rocchio 1971).

    What is like the best candidates is likely to be relevant as well. The weights fall off steeply, so that one
    candidate far ahead of the others is the centre alone: where a question has a single answer, the second best is no
    guide. A candidate without a vector gets the mean.
    """
    best = np.argsort(-first, kind="stable")[:_CENTRE_BEST]
    weights = np.exp((first[best] - first[best].max(initial=0.0)) / _STEEPNESS)
    centre = weights @ pool.vectors[best]
    cosines: Floats = pool.vectors @ centre / max(float(np.linalg.norm(centre)), 1e-9)
    held = pool.vectors.any(axis=1)
    if held.any():
        # Not embedded yet: that speaks neither for a passage nor against it.
        cosines[~held] = cosines[held].mean()
    return cosines


def _words(pool: Pool) -> Floats:
    """BM25 over weighted fields (Robertson, Zaragoza and Taylor 2004), divided by its greatest value."""
    # A long passage holds a few words of any long question: the longer the question, the more has to be discounted.
    b = float(np.interp(len(pool.wanted.idf), _QUESTION_WORDS, _B))
    norms = 1 - b + b * pool.relative_lengths
    counts = pool.counts @ _FIELD_WEIGHTS / norms[:, None]
    found = (counts / (counts + _K1)) @ (pool.wanted.idf * pool.wanted.times)
    share: Floats = found / max(float(found.max(initial=0.0)), 1e-9)
    return share


def _pairs(pool: Pool) -> Floats:
    """How many neighbours in the query stand side by side in the passage, in the same order, weighted by idf."""
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


def _document(pool: Pool) -> tuple[Floats, Floats]:
    """The share of the query's words in the candidate's document, weighted by idf, and its greatest cosine.

    Of a document only the passages among the candidates are seen.
    """
    _, member = np.unique(pool.rows.document_ids, return_inverse=True)
    documents, idf = int(member.max(initial=-1)) + 1, pool.wanted.idf
    held = np.zeros((documents, len(idf)), dtype=bool)
    held[member[pool.occurrences.owner], pool.occurrences.word] = True
    covered = held @ idf / max(float(idf.sum()), 1e-9)
    nearest = np.full(documents, -np.inf)
    np.maximum.at(nearest, member, pool.cosines)
    return covered[member], _spread(nearest[member])


def _spread(values: Floats) -> Floats:
    """Scale from the least to the greatest; where all are equal, 0."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def _spellings(term: Term, vectors: TermVectors) -> list[tuple[str, ...]]:
    """A group of terms for each word: all of a group count as the same word."""
    if not term.prefix:
        return [(part,) for part in term.parts]
    beginning = term.parts[-1]
    return [tuple(dict.fromkeys((stem(beginning), *vectors.beginning_with(beginning, _PREFIX_TERMS))))]
