"""What an embedding model gives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Vectors", "least_cosine", "of_length_one"]

Vectors = NDArray[np.float32]
"""Shape (texts, dimension), rows of length 1."""


def of_length_one(rows: NDArray[np.float32]) -> Vectors:
    """``rows`` divided by their lengths; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def least_cosine(some: Vectors, others: Vectors) -> float:
    """The smallest cosine between rows of the same place."""
    return float(np.sum(some.astype(np.float64) * others, axis=1).min())
