"""A cross-encoder that reads question and passage together, where the user has configured one.

Better than any comparison of vectors made apart, and a hundred times slower: it only reorders the first results. None
comes with loccit; ``[ranking] reranker`` in a library's ``config.toml`` names one on this machine.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.errors import ModelError
from index.pool import Floats

__all__ = ["CrossEncoderReranker", "Reranker"]

_REMEDY = "Name the folder of a cross-encoder in config.toml, or take the line [ranking] reranker out"
_MAX_TOKENS = 512


class Reranker(Protocol):
    """Judges passages against a question."""

    def judge(self, question: str, passages: Sequence[str]) -> Floats:
        """The worth of each passage, 0 to 1.

        Raises:
            ModelError: the model is not on this machine or broken.
        """


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, loaded at its first use; nothing is fetched."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loaded: Any = None
        self._lock = threading.Lock()

    def judge(self, question: str, passages: Sequence[str]) -> Floats:
        """Judge; see `Reranker.judge`."""
        if not passages:
            return np.zeros(0)
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
        from torch.nn import Sigmoid

        pairs = [(question, passage) for passage in passages]
        return np.asarray(
            self._loaded.predict(pairs, activation_fn=Sigmoid(), show_progress_bar=False), dtype=float
        ).reshape(-1)

    def _load(self) -> Any:
        from sentence_transformers import CrossEncoder

        own = Path(self._name).expanduser()
        name = str(own) if own.is_dir() else self._name
        if self._name.startswith(("/", "~", ".")) and not own.is_dir():
            raise ModelError("The folder of the reranker is not there", place=self._name, remedy=_REMEDY)
        try:
            loaded = CrossEncoder(name, device="cpu", local_files_only=True)
        except Exception as error:
            raise ModelError(
                f"The reranker cannot be loaded ({error})",
                place=self._name,
                remedy=_REMEDY,
            ) from error
        if loaded.num_labels != 1:
            raise ModelError(
                f"The reranker gives {loaded.num_labels} values for a passage, where one is needed",
                place=self._name,
                remedy="Name a cross-encoder trained for ranking in config.toml",
            )
        loaded.max_seq_length = min(loaded.max_seq_length or _MAX_TOKENS, _MAX_TOKENS)
        return loaded
