"""The embedding model in a process of its own, so that a screen never waits for torch.

``python -m index.embedding.embedding_process FOLDER NAME BUNDLED LIBRARY`` is the child; `RemoteEmbedder` speaks to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import Cancelled, LoccitError, ModelError
from corpus.processes import Child, ChildDied, serve
from index.embedding.embedder import LocalEmbedder, Vectors
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice

__all__ = ["RemoteEmbedder"]

_TEXTS_PER_CALL = 32

"""A call takes about a second at most: so long a question waits, or a person who cancels."""


class RemoteEmbedder:
    """An `Embedder` whose model lives in a child process, which measures where it has a ``record`` to note it in."""

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self._model = model
        records = "" if record is None else str(record.folder)
        self._child = Child(
            "index.embedding.embedding_process", str(model.folder), model.name, str(int(model.bundled)), records
        )

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._model

    def warm_up(self) -> None:
        """Start the child and load the model in it; see `Embedder.warm_up`."""
        self._call({"texts": []})

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`. Texts of like length go together; other threads' calls come in between."""
        order = sorted(range(len(texts)), key=lambda position: -len(texts[position]))
        parts = []
        for begin in range(0, max(1, len(order)), _TEXTS_PER_CALL):
            if cancelled is not None and cancelled():
                raise Cancelled("Embedding was cancelled")
            parts.append(self._call({"texts": [texts[i] for i in order[begin : begin + _TEXTS_PER_CALL]]}))
        vectors = np.concatenate(parts)
        vectors[order] = vectors.copy()
        return vectors

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _call(self, request: dict[str, Any]) -> Vectors:
        try:
            answer, payload = self._child.call(request)
        except ChildDied as error:
            remedy = "Close other programs that use much memory, and try again"
            raise ModelError("The embedding process ended", place=self._model.name, remedy=remedy) from error
        if "error" in answer:
            cause, place, remedy = answer["error"]
            raise ModelError(cause, place=place, remedy=remedy)
        return np.frombuffer(payload, dtype=np.float32).reshape(answer["shape"]).copy()


def _serve(folder: str, name: str, bundled: str, records: str) -> None:
    record = EmbeddingRecord(Path(records)) if records else None
    embedder = LocalEmbedder(ModelChoice(name, Path(folder), bundled=bundled == "1"), record)

    def handle(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            vectors = embedder.encode(request["texts"])
        except LoccitError as error:
            return {"error": [error.cause, error.place, error.remedy]}, b""
        return {"shape": list(vectors.shape)}, vectors.tobytes()

    serve(handle)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
