"""Embedding of questions, and of the sentences weighed for them, with onnxruntime: ready in a quarter of a second.

Importing sentence-transformers takes seconds, too long for a single question. The vectors are the same: both are
compared once, when torch is loaded anyway, and `QuestionEmbedder` uses onnxruntime only after that comparison.
"""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Cancelled
from index.embedding.embedder import Embedder, Vectors, cores, min_cosine, token_batches
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter, read_tokenizer
from index.embedding.sentence_bert import REVISION, SentenceBert, Unsupported

__all__ = ["BertSession", "QueryEncoder", "QuestionEmbedder", "compare_encoder", "encoder_comparison"]

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


class BertSession:
    """A graph of `SentenceBert` with its weights, ready to run."""

    def __init__(self, graph: bytes, weights: Mapping[str, NDArray[np.float32]], output: str) -> None:
        onnxruntime = _onnxruntime()
        options = onnxruntime.SessionOptions()
        # Each core runs batches of its own: threads that share one wait for each other, on a busy machine for long.
        options.intra_op_num_threads = 1
        # The graph is fused as written; looking for more takes longer than a question.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(weight) for weight in weights.values()]
        options.add_external_initializers(list(weights), values)
        self._output = output
        try:
            self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise Unsupported(f"onnxruntime does not run the model ({error})") from error

    def run(
        self,
        rows: Sequence[Sequence[int]],
        types: Sequence[Sequence[int]] | None = None,
        *,
        cancelled: Callable[[], bool] | None = None,
    ) -> NDArray[np.float32]:
        """The output for each row of token ids, batches of similar length on all cores; ``types`` are token types.

        Raises:
            Cancelled: ``cancelled()`` became true.
        """

        def run(batch: list[int]) -> NDArray[np.float32]:
            if cancelled is not None and cancelled():
                raise Cancelled("Embedding was cancelled")
            inputs = _inputs([rows[position] for position in batch])
            if types is not None:
                inputs["types"] = _padded([types[position] for position in batch], inputs["ids"].shape[1])
            found: NDArray[np.float32] = self._session.run([self._output], inputs)[0]
            return found

        batches = token_batches([len(row) for row in rows], _TOKENS_PER_BATCH)
        if len(batches) > 1:
            with ThreadPoolExecutor(min(cores(), len(batches))) as pool:
                parts = list(pool.map(run, batches))
        else:
            parts = [run(batch) for batch in batches]
        order = np.argsort([position for batch in batches for position in batch])
        return np.concatenate(parts)[order] if parts else np.empty(0, dtype=np.float32)


class QueryEncoder:
    """An `Embedder` on onnxruntime, for models that `SentenceBert` can read."""

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self.model = model
        self._record = record
        self._loaded: tuple[BertSession, Any, int] | None = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`.

        Raises:
            Unsupported: it is another kind of model.
        """
        self._ready()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        session, tokenizer, dimension = self._ready()
        ids = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
        return session.run(ids, cancelled=cancelled) if ids else np.empty((0, dimension), dtype=np.float32)

    def close(self) -> None:
        """Release the model."""
        with self._lock:
            self._loaded = None

    def _ready(self) -> tuple[BertSession, Any, int]:
        """Session, tokenizer and dimension."""
        with self._lock:
            if self._loaded is None:
                self.model.verify(self._record)
                bert = SentenceBert.read(self.model.folder)
                tokenizer = read_tokenizer(self.model.folder / "tokenizer.json")
                tokenizer.enable_truncation(self.model.max_tokens)
                self._loaded = BertSession(bert.graph(), bert.weights, "vectors"), tokenizer, bert.dimension
            return self._loaded


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


def _inputs(rows: Sequence[Sequence[int]]) -> dict[str, NDArray[Any]]:
    """The inputs of `SentenceBert.graph`, padded to the longest row."""
    lengths = np.array([len(row) for row in rows])
    width = int(lengths.max())
    mask = np.arange(width) < lengths[:, None]
    shares = (mask / lengths[:, None])[:, None, :].astype(np.float32)
    return {"ids": _padded(rows, width), "mask": mask.astype(np.int32), "places": np.arange(width), "shares": shares}


def _padded(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.int64]:
    table = np.zeros((len(rows), width), dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _onnxruntime() -> Any:
    """Import onnxruntime with its telemetry off; no other module imports it.

    On import its official builds write a device identifier and a queue of events below ``~/.cache/Microsoft``, and
    send the queue some nine seconds later. The environment variable prevents all of this; the API call comes after the
    first event and is there for Windows builds that report through the operating system, which ignore the variable.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
