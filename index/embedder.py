"""Text to vectors."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Cancelled, ModelError
from index.model_choice import ModelChoice

__all__ = ["Embedder", "LocalEmbedder", "Vectors"]

Vectors = NDArray[np.float32]
"""Shape (texts, dimension), rows of length 1."""

_BATCH = 32


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""

    def warm_up(self) -> None:
        """Load the model now rather than at the first text.

        Raises:
            ModelError: the model is missing, altered or broken.
        """

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """One row of length 1 per text, in order.

        Raises:
            ModelError: the model is missing, altered or broken.
            Cancelled: ``cancelled()`` became true.
        """

    def close(self) -> None:
        """Give back what the model holds."""


class LocalEmbedder:
    """sentence-transformers in this process, in float32, on the CPU."""

    def __init__(self, model: ModelChoice) -> None:
        self._model = model
        self._loaded: Any = None
        self._lock = threading.Lock()

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._model

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`. Texts of like length share a batch, so that little is padded."""
        self.warm_up()
        order = sorted(range(len(texts)), key=lambda position: -len(texts[position]))
        rows: list[Vectors] = []
        for begin in range(0, len(order), _BATCH):
            if cancelled is not None and cancelled():
                raise Cancelled("Embedding was cancelled")
            batch = [texts[position] for position in order[begin : begin + _BATCH]]
            encoded = self._loaded.encode(
                batch, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            rows.append(np.asarray(encoded, dtype=np.float32))
        dimension = rows[0].shape[1] if rows else int(self._loaded.get_embedding_dimension())
        vectors = np.empty((len(texts), dimension), dtype=np.float32)
        if rows:
            vectors[order] = np.concatenate(rows)
        return vectors

    def close(self) -> None:
        """Drop the model."""
        self._loaded = None

    def _load(self) -> Any:
        self._model.verify()
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()

        try:
            loaded = SentenceTransformer(
                str(self._model.folder), device="cpu", local_files_only=True, model_kwargs={"dtype": "float32"}
            )
        except Exception as error:
            raise ModelError(
                f"The embedding model cannot be loaded ({error})",
                place=str(self._model.folder),
                remedy="Run loccit doctor",
            ) from error
        loaded.max_seq_length = self._model.max_tokens
        return loaded
