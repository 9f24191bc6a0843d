"""Embedding of questions, and of the sentences weighed for them, with onnxruntime: ready in a quarter of a second.

Importing sentence-transformers takes seconds, too long for a single question. The vectors are the same: both are
compared once, when torch is loaded anyway, and `QuestionEmbedder` uses onnxruntime only after that comparison.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import numpy as np

from corpus.errors import Cancelled
from index.embedding.embedder import Embedder, Vectors, cores, min_cosine, token_batches
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter, read_tokenizer
from index.embedding.sentence_bert import REVISION, SentenceBert, Unsupported

__all__ = ["QueryEncoder", "QuestionEmbedder", "compare_encoder", "encoder_comparison"]

# Read by onnxruntime when it is imported, see `_onnxruntime`. Set here, at the start, in the main thread: changing the
# environment while other threads read it can crash a process. Child processes inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_TOKENS_PER_BATCH = 256
"""Padding included: the sentences weighed for a question, some hundreds of tokens, make a batch for each core."""

_COMPARISON = "query encoder"
"""Topic in the record."""
_MIN_COSINE = 0.99999
_SAMPLE_TOKENS = (1, 130, 300)
"""One token; more than the 128 at which some tokenizer files cut; more than most models read."""
_SAMPLE = (
    "Anyone can download open weights, study them and run them on a machine of their own. The training data often "
    "stay closed, so that nobody outside can tell what a language model has read, or repeat how it was made. "
)


class QueryEncoder:
    """An `Embedder` on onnxruntime, for models that `SentenceBert` can read."""

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self.model = model
        self._record = record
        self._session: Any = None
        self._tokenizer: Any = None
        self._weights: SentenceBert | None = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`.

        Raises:
            Unsupported: it is another kind of model.
        """
        with self._lock:
            if self._session is None:
                self._load()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        self.warm_up()
        assert self._weights is not None
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(ids), self._weights.dimension), dtype=np.float32)
        batches = token_batches([len(row) for row in ids], _TOKENS_PER_BATCH)

        def run(batch: list[int]) -> None:
            if cancelled is not None and cancelled():
                raise Cancelled("Embedding was cancelled")
            vectors[batch] = self._run([ids[position] for position in batch])

        if len(batches) > 1:
            with ThreadPoolExecutor(min(cores(), len(batches))) as pool:
                for _ in pool.map(run, batches):
                    pass
        elif batches:
            run(batches[0])
        return vectors

    def close(self) -> None:
        """Release the model."""
        with self._lock:
            self._session = self._tokenizer = self._weights = None

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), dtype=np.int64)
        mask = np.zeros((len(rows), longest), dtype=np.int32)
        shares = np.zeros((len(rows), 1, longest), dtype=np.float32)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
            shares[number, 0, : len(row)] = 1 / len(row)
        inputs = {"ids": ids, "mask": mask, "places": np.arange(longest), "shares": shares}
        found: Vectors = self._session.run(["vectors"], inputs)[0]
        return found

    def _load(self) -> None:
        onnxruntime = _onnxruntime()
        self.model.verify(self._record)
        weights = SentenceBert.read(self.model.folder)
        tokenizer = read_tokenizer(self.model.folder / "tokenizer.json")
        tokenizer.enable_truncation(self.model.max_tokens)
        options = onnxruntime.SessionOptions()
        # Each core runs batches of its own: threads that share one wait for each other, on a busy machine for long.
        options.intra_op_num_threads = 1
        # The graph is fused as written; looking for more takes longer than a question.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(weight) for weight in weights.weights.values()]
        options.add_external_initializers(list(weights.weights), values)
        try:
            self._session = onnxruntime.InferenceSession(weights.graph(), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise Unsupported(f"onnxruntime does not run the model ({error})") from error
        self._tokenizer, self._weights = tokenizer, weights


class QuestionEmbedder:
    """An `Embedder` that uses `QueryEncoder` if its vectors are those of the ``bulk`` embedder, else the latter."""

    def __init__(self, bulk: Embedder, record: EmbeddingRecord) -> None:
        self._bulk = bulk
        self._record = record
        self._encoder = QueryEncoder(bulk.model, record)
        self._equal: bool | None = None

    @property
    def model(self) -> ModelChoice:
        """The model that embeds."""
        return self._bulk.model

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`."""
        self._chosen().warm_up()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        return self._chosen().encode(texts, cancelled=cancelled)

    def close(self) -> None:
        """Release the encoder; whoever made the bulk embedder closes it."""
        self._encoder.close()

    def _chosen(self) -> Embedder:
        if self._equal is None:
            comparison = encoder_comparison(self.model, self._record)
            if comparison is None:
                self._bulk.warm_up()  # which compares and records the result
                comparison = encoder_comparison(self.model, self._record)
            self._equal = comparison is not None and bool(comparison["fits"])
        return self._encoder if self._equal else self._bulk


def encoder_comparison(model: ModelChoice, record: EmbeddingRecord) -> dict[str, Any] | None:
    """Return the recorded comparison: ``fits``, with the smallest ``cosine`` or the ``reason`` against; None before."""
    return record.get(_COMPARISON, _key(model))


def compare_encoder(model: ModelChoice, record: EmbeddingRecord, reference: Callable[[Sequence[str]], Vectors]) -> None:
    """Compare `QueryEncoder` with ``reference``, the model in float32, and record the result."""
    tokens = TokenCounter(model)
    texts = [tokens.head(_SAMPLE * 20, count) for count in _SAMPLE_TOKENS]
    try:
        cosine = min_cosine(QueryEncoder(model, record).encode(texts), reference(texts))
    except Unsupported as error:
        record.put(_COMPARISON, _key(model), fits=False, reason=error.cause)
        return
    reason = "" if cosine >= _MIN_COSINE else f"onnxruntime's vectors differ, with a cosine of {cosine:.6f}"
    record.put(_COMPARISON, _key(model), fits=not reason, cosine=cosine, reason=reason)


def _key(model: ModelChoice) -> str:
    return f"{model.fingerprint}, onnxruntime {version('onnxruntime')}, graph {REVISION}"


def _onnxruntime() -> Any:
    """Import onnxruntime with its telemetry off; no other module imports it.

    On import its official builds write a device identifier and a queue of events below ``~/.cache/Microsoft``, and
    send the queue some nine seconds later. The environment variable prevents all of this; the API call comes after the
    first event and is there for Windows builds that report through the operating system, which ignore the variable.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
