"""The candidates for one question, laid out as arrays: what every feature of the ranking is computed from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Hashes, stem, term_hash
from index.embedder import Vectors
from index.query import Query, Term
from index.termvectors import Rows, TermVectors

__all__ = ["Floats", "Ints", "Occurrences", "Pool", "Wanted", "inverse_frequency"]

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
