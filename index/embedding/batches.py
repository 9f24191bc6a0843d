"""What an embedding model gives.

Batches of tokens: texts of like length together, so that little is computed for padding.

How many cores this process may compute on.

One batch of texts through a loaded sentence-transformers model.

`SentenceTransformer.encode` does both steps one after the other; apart, the next batch is cut into tokens while others
are computed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Vectors", "cores", "cut", "forward", "infer", "least_cosine", "token_batches"]

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


_LEAST_SHARE = 0.75

"""A text shorter than this share of a batch's longest one opens the next batch, once the batch is worth a call."""

_WORTH_A_CALL = 4

"""A batch of a fourth of the budget keeps the processor busy; more calls of that size cost no time."""


def token_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Positions of ``lengths`` cut into batches, the longest texts first.

    A batch padded to its longest text holds at most ``budget`` tokens, or one text that is longer.
    """
    batches: list[list[int]] = []
    for position in sorted(range(len(lengths)), key=lambda position: -lengths[position]):
        if batches and _joins(lengths[position], lengths[batches[-1][0]], len(batches[-1]), budget):
            batches[-1].append(position)
        else:
            batches.append([position])
    return batches


def _joins(length: int, longest: int, texts: int, budget: int) -> bool:
    if (texts + 1) * longest > budget:
        return False
    return length >= _LEAST_SHARE * longest or texts * longest < budget / _WORTH_A_CALL


def cores() -> int:
    """``OMP_NUM_THREADS``, the usual way to say so, else the cores that the system lets the process have."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_CUTTING = threading.Lock()

"""A fast tokenizer is told anew at each call how to cut and pad, and refuses that while another call has it."""


def cut(loaded: Any, texts: Sequence[str]) -> dict[str, Any]:
    """The model's inputs for ``texts``, padded to the longest."""
    prompt = loaded.prompts.get(loaded.default_prompt_name) if loaded.default_prompt_name else None
    with _CUTTING:
        features: dict[str, Any] = loaded.preprocess(list(texts), prompt=prompt)
    return features


def infer(loaded: Any, features: dict[str, Any]) -> Vectors:
    """The vectors for inputs made by `cut`; several threads may call it."""
    import torch
    from sentence_transformers.util import batch_to_device

    with torch.inference_mode():
        found = loaded(batch_to_device(features, loaded.device))["sentence_embedding"]
        return of_length_one(found.float().cpu().numpy())


def forward(loaded: Any, texts: Sequence[str]) -> Vectors:
    """Both steps."""
    return infer(loaded, cut(loaded, texts))
