"""Does `QueryEncoder` give the vectors of sentence-transformers? Compared once, where torch is loaded anyway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from index.embedding_record import EmbeddingRecord
from index.model_choice import ModelChoice
from index.query_encoder import QueryEncoder
from index.sentence_bert import REVISION, Unsupported
from index.tokens import TokenCounter
from index.vectors import Vectors, least_cosine

__all__ = ["proof_of", "prove"]

_TOPIC = "query encoder"
_LEAST_COSINE = 0.99999
_SAMPLE_TOKENS = (1, 130, 300)
"""One token; more than the 128 at which some tokenizer files cut; more than most models read."""
_SAMPLE = (
    "Anyone can download open weights, study them and run them on a machine of their own. The training data often "
    "stay closed, so that nobody outside can tell what a language model has read, or repeat how it was made. "
)


def proof_of(model: ModelChoice, record: EmbeddingRecord) -> dict[str, Any] | None:
    """What was found: ``fits``, with the least ``cosine`` or the ``reason`` against; None where nobody has looked."""
    return record.get(_TOPIC, _key(model))


def prove(model: ModelChoice, record: EmbeddingRecord, reference: Callable[[Sequence[str]], Vectors]) -> None:
    """Compare with ``reference``, the model in float32, and note what came out."""
    tokens = TokenCounter(model)
    texts = [tokens.head(_SAMPLE * 20, count) for count in _SAMPLE_TOKENS]
    try:
        cosine = least_cosine(QueryEncoder(model, record).encode(texts), reference(texts))
    except Unsupported as error:
        record.put(_TOPIC, _key(model), fits=False, reason=error.cause)
        return
    reason = "" if cosine >= _LEAST_COSINE else f"onnxruntime's vectors differ, with a cosine of {cosine:.6f}"
    record.put(_TOPIC, _key(model), fits=not reason, cosine=cosine, reason=reason)


def _key(model: ModelChoice) -> str:
    return f"{model.fingerprint}, onnxruntime {version('onnxruntime')}, graph {REVISION}"
