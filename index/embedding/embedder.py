"""Embedders: the interface that every embedding model has, and the batches in which texts are computed.

`index.embedding.torch_embedder` embeds passages in bulk, `index.embedding.query_encoder` embeds questions.
"""

import os
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedding_model import ModelChoice

__all__ = ["Embedder", "Vectors", "cores", "min_cosine", "token_batches"]

Vectors = NDArray[np.float32]
"""Shape (texts, dimension), rows of length 1."""

_MIN_LENGTH_RATIO = 0.75
"""A text shorter than this share of a batch's longest one opens the next batch, once the batch is full enough."""
_FULL_ENOUGH = 1 / 4
"""Share of the budget that keeps the processor busy: more calls with batches of that size take no longer."""


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def model(self) -> ModelChoice:
        """The model that embeds."""

    def warm_up(self) -> None:
        """Load the model now rather than at the first text.

        Raises:
            ModelError: the model is missing, altered or broken.
        """

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Return one row of length 1 per text, in order.

        Raises:
            ModelError: the model is missing, altered or broken.
            Cancelled: ``cancelled()`` became true.
        """

    def close(self) -> None:
        """Release the model and its memory."""


def token_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Divide texts into batches of similar length, so that little is computed for padding; the longest texts first.

    Takes the texts' ``lengths`` in tokens and returns their positions. A batch padded to its longest text holds at most
    ``budget`` tokens, or one text that is longer.
    """
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lambda position: -lengths[position]):
        if batches and _fits(lengths[position], lengths[batches[-1][0]], len(batches[-1]), budget):
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches


def cores() -> int:
    """Return how many cores to compute on: ``OMP_NUM_THREADS``, else those that the system grants to the process."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def min_cosine(some: Vectors, others: Vectors) -> float:
    """Return the smallest cosine between rows of the same position."""
    return float(np.sum(some.astype(np.float64) * others, axis=1).min())


def _fits(length: int, longest: int, texts: int, budget: int) -> bool:
    """Whether a text of this length joins a batch of so many texts, the longest of which is ``longest``."""
    if (texts + 1) * longest > budget:
        return False
    return length >= _MIN_LENGTH_RATIO * longest or texts * longest < budget * _FULL_ENOUGH
