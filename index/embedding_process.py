"""The embedding model in a process of its own, so that a screen never waits for torch.

``python -m index.embedding_process FOLDER NAME BUNDLED`` is the child; `RemoteEmbedder` speaks to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import LoccitError, ModelError
from corpus.processes import Child, ChildDied, serve
from index.embedder import LocalEmbedder, Vectors
from index.model_choice import ModelChoice

__all__ = ["RemoteEmbedder"]

_TEXTS_PER_CALL = 64


class RemoteEmbedder:
    """An `Embedder` whose model lives in a child process."""

    def __init__(self, model: ModelChoice) -> None:
        self._model = model
        self._child = Child("index.embedding_process", str(model.folder), model.name, str(int(model.bundled)))

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._model

    def warm_up(self) -> None:
        """Start the child and load the model in it; see `Embedder.warm_up`."""
        self._call({"texts": []})

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`. A cancelled call ends the child; the next one starts another."""
        parts = [
            self._call({"texts": list(texts[begin : begin + _TEXTS_PER_CALL])}, cancelled)
            for begin in range(0, max(1, len(texts)), _TEXTS_PER_CALL)
        ]
        return np.concatenate(parts)

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _call(self, request: dict[str, Any], cancelled: Callable[[], bool] | None = None) -> Vectors:
        try:
            answer, payload = self._child.call(request, cancelled=cancelled)
        except ChildDied as error:
            remedy = "Close other programs that use much memory, and try again"
            raise ModelError("The embedding process ended", place=self._model.name, remedy=remedy) from error
        if "error" in answer:
            cause, place, remedy = answer["error"]
            raise ModelError(cause, place=place, remedy=remedy)
        return np.frombuffer(payload, dtype=np.float32).reshape(answer["shape"]).copy()


def _serve(folder: str, name: str, bundled: str) -> None:
    embedder = LocalEmbedder(ModelChoice(name, Path(folder), bundled=bundled == "1"))

    def handle(request: dict[str, Any], _payload: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            vectors = embedder.encode(request["texts"])
        except LoccitError as error:
            return {"error": [error.cause, error.place, error.remedy]}, b""
        return {"shape": list(vectors.shape)}, vectors.tobytes()

    serve(handle)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
