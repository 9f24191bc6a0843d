"""Questions, and the sentences weighed for them: by `QueryEncoder` where it is proven, else by the bulk embedder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.embedding.batches import Vectors
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice
from index.embedding.query_encoder import QueryEncoder, proof_of

__all__ = ["QuestionEmbedder"]


class QuestionEmbedder:
    """An `Embedder` that needs torch only until `QueryEncoder` has been compared with it once."""

    def __init__(self, bulk: Embedder, record: EmbeddingRecord) -> None:
        self._bulk = bulk
        self._record = record
        self._encoder = QueryEncoder(bulk.model, record)
        self._fits: bool | None = None

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._bulk.model

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`."""
        self._ready().warm_up()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        return self._ready().encode(texts, cancelled=cancelled)

    def close(self) -> None:
        """Drop the model; the bulk embedder is closed by whoever made it."""
        self._encoder.close()

    def _ready(self) -> Embedder:
        if self._fits is None:
            proof = proof_of(self.model, self._record)
            if proof is None:
                self._bulk.warm_up()  # which compares, and notes what it found
                proof = proof_of(self.model, self._record)
            self._fits = proof is not None and bool(proof["fits"])
        return self._encoder if self._fits else self._bulk
