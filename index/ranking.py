"""The order of the candidates: a weighted sum of their features.

The weights stand in ``data/ranking.json``, written by ``python -m benchmarks.fit_ranking``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np

from index.features import FEATURES
from index.pool import Floats

__all__ = ["learned_weights", "score"]


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
    """The weight of each of `index.features.FEATURES`, in that order."""
    return np.array([_stored()[name] for name in FEATURES])
