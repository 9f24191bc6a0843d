"""Measures of a ranking against judgements, as TREC and BEIR compute them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["bootstrap_interval", "ndcg", "recall"]


def ndcg(ranking: Sequence[str], judged: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain of the first ``depth`` (Järvelin and Kekäläinen 2002), the gain linear.

    >>> ndcg(["a", "b"], {"b": 1}, 10) == 1 / math.log2(3)
    True
    """
    gains = [judged.get(name, 0) for name in ranking[:depth]]
    ideal = sorted(judged.values(), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def recall(ranking: Sequence[str], judged: Mapping[str, int], depth: int) -> float:
    """The share of what is relevant that stands among the first ``depth``."""
    relevant = {name for name, grade in judged.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def bootstrap_interval(differences: Sequence[float], *, level: float = 0.95, draws: int = 2000) -> tuple[float, float]:
    """The interval of the mean of paired differences, by resampling queries (percentile bootstrap)."""
    values: NDArray[np.float64] = np.asarray(differences, dtype=float)
    random = np.random.default_rng(0)
    means = values[random.integers(0, len(values), (draws, len(values)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
