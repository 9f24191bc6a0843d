"""Weights of a linear ranking that make nDCG@10 as great as it gets, one weight after the other.

Coordinate ascent (Metzler and Croft, Information Retrieval 10, 2007) over bootstrap samples of the queries, the results
averaged: a single climb ends wherever the few queries of a sample happen to agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.retrieval import Measured
from index.ranking import FEATURES, Floats, Ints

__all__ = ["Judged", "ascend"]

_DEPTH = 10
_LOOKED_AT = 40
"""Candidates among which the first ten documents are sought."""
_SAMPLES = 8
_STEPS = (0.5, 0.25, 0.12, 0.06)
_LEAST_GAIN = 2e-5
_QUERIES = 900
"""Of a set, at most; more would only cost time."""


class Judged:
    """The candidates of a set's queries with their grades, as arrays."""

    def __init__(self, items: Sequence[Measured], names: Sequence[str]) -> None:
        used = items[:: max(1, len(items) // _QUERIES)]
        columns = [FEATURES.index(name) for name in names]
        longest = max(_LOOKED_AT, *(len(item.documents) for item in used))
        self._features = np.zeros((len(used), longest, len(columns)), dtype=np.float32)
        self._absent = np.full((len(used), longest), -1e9, dtype=np.float32)
        self._documents = np.full((len(used), longest), -1)
        self._grades = np.zeros((len(used), longest))
        self._ideal = np.zeros(len(used))
        for row, item in enumerate(used):
            count = len(item.documents)
            self._features[row, :count] = item.features[:, columns]
            self._absent[row, :count] = 0.0
            if count:
                self._documents[row, :count] = np.unique(item.documents, return_inverse=True)[1]
            self._grades[row, :count] = [item.question.judged.get(document, 0) for document in item.documents]
            best = sorted(item.question.judged.values(), reverse=True)[:_DEPTH]
            self._ideal[row] = sum(grade / np.log2(place + 2) for place, grade in enumerate(best))

    @property
    def width(self) -> int:
        """How many features there are."""
        return int(self._features.shape[2])

    def __len__(self) -> int:
        return len(self._ideal)

    def ndcg(self, weights: Floats, queries: Ints) -> float:
        """The mean nDCG@10 of those queries, documents by their best passage."""
        scores = self._features[queries] @ weights.astype(np.float32) + self._absent[queries]
        best = np.argpartition(-scores, _LOOKED_AT - 1, axis=1)[:, :_LOOKED_AT]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        best = np.take_along_axis(best, order, axis=1)
        documents = np.take_along_axis(self._documents[queries], best, axis=1)
        again = np.zeros(documents.shape, dtype=bool)
        for place in range(1, _LOOKED_AT):
            again[:, place] = (documents[:, :place] == documents[:, place, None]).any(axis=1)
        rank = np.cumsum(~again, axis=1) - 1
        gains = np.take_along_axis(self._grades[queries], best, axis=1) / np.log2(rank + 2)
        return float((np.where(~again & (rank < _DEPTH), gains, 0).sum(axis=1) / self._ideal[queries]).mean())


def ascend(sets: Mapping[str, Judged]) -> Floats:
    """The averaged weights, none negative, that sum to 1; every set weighs the same."""
    random = np.random.default_rng(0)
    width = next(iter(sets.values())).width
    equal = np.full(width, 1 / width)
    found = []
    for _ in range(_SAMPLES):
        drawn = {name: random.integers(0, len(judged), len(judged)) for name, judged in sets.items()}

        def worth(weights: Floats, drawn: Mapping[str, Ints] = drawn) -> float:
            return float(np.mean([sets[name].ndcg(weights, drawn[name]) for name in sets]))

        weights, best = equal, worth(equal)
        for step in _STEPS:
            for place in random.permutation(width):
                now = weights[place]
                for value in (now * (1 - step), now * (1 + step), 0.0, now + step * 0.15, max(0.0, now - step * 0.15)):
                    tried = weights.copy()
                    tried[place] = value
                    if tried.any() and (reached := worth(tried)) > best + _LEAST_GAIN:
                        weights, best = tried, reached
            weights = weights / weights.sum()
        found.append(weights)
    return np.mean(found, axis=0)
