"""What stands in for an embedding model that is not on this machine, so that all that needs none still works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import ModelError
from index.embedding_record import EmbeddingRecord
from index.model_choice import ModelChoice
from index.vectors import Vectors

__all__ = ["AbsentEmbedder", "AbsentModel"]


@dataclass(frozen=True)
class AbsentModel(ModelChoice):
    """A model that was named and not found."""

    error: ModelError

    @cached_property
    def fingerprint(self) -> str:
        """None: the library holds no vectors of it."""
        return ""

    def verify(self, record: EmbeddingRecord | None = None) -> None:
        """Tell what is missing.

        Raises:
            ModelError: always.
        """
        raise self.error


class AbsentEmbedder:
    """An `Embedder` that says, when it is asked for a vector, why there is none."""

    def __init__(self, error: ModelError) -> None:
        self.model: ModelChoice = AbsentModel(error.place or "none", Path(), bundled=False, error=error)

    def warm_up(self) -> None:
        """Refuse; see `AbsentModel.verify`."""
        self.model.verify()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Refuse; see `AbsentModel.verify`."""
        self.model.verify()
        raise AssertionError("verify has raised")

    def close(self) -> None:
        """Nothing is held."""
