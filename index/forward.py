"""One batch of texts through a loaded sentence-transformers model.

`SentenceTransformer.encode` does both steps one after the other; apart, the next batch is cut into tokens while others
are computed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from index.vectors import Vectors, of_length_one

__all__ = ["cut", "forward", "infer"]

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
