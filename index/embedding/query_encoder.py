"""The embedding model for questions: onnxruntime, in this process, ready in a quarter of a second.

Importing sentence-transformers takes seconds, which a single question should not wait for. The vectors are the same:
`prove` compares them, where torch is loaded anyway, and no question is embedded here before that.

Does `QueryEncoder` give the vectors of sentence-transformers? Compared once, where torch is loaded anyway.
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
from index.embedding.batches import Vectors, cores, least_cosine, token_batches
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter
from index.embedding.sentence_bert import REVISION, SentenceBert, Unsupported

__all__ = ["QueryEncoder", "proof_of", "prove"]

# Read by onnxruntime when it is imported, see `_onnxruntime`. Set here, at the start, in the main thread: changing the
# environment while other threads read it can crash a process. Child processes inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_TOKENS_PER_BATCH = 256

"""Padding included: the sentences weighed for a question, some hundreds of tokens, make a batch for each core."""


class QueryEncoder:
    """An `index.embedding.embedder.Embedder` on onnxruntime, for models that `SentenceBert` can read."""

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self._model = model
        self._record = record
        self._session: Any = None
        self._tokenizer: Any = None
        self._weights: SentenceBert | None = None
        self._lock = threading.Lock()

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._model

    def warm_up(self) -> None:
        """Load the model.

        Raises:
            ModelError: it is missing, altered or broken.
            Unsupported: it is another kind of model.
        """
        with self._lock:
            if self._session is None:
                self._load()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `index.embedding.embedder.Embedder.encode`."""
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
        """Drop the model."""
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
        from tokenizers import Tokenizer

        onnxruntime = _onnxruntime()

        self._model.verify(self._record)
        weights = SentenceBert.read(self._model.folder)
        tokenizer = Tokenizer.from_file(str(self._model.folder / "tokenizer.json"))
        # The file may carry settings of its own: MiniLM's cuts and pads at 128 although the model reads 256.
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._model.max_tokens)
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


def _onnxruntime() -> Any:
    """Import onnxruntime with its telemetry off; no other module imports it.

    On import its official builds write a device identifier and a queue of events below ``~/.cache/Microsoft``, and
    send the queue some nine seconds later. The environment variable prevents all of this; the API call comes after the
    first event and is there for Windows builds that report through the operating system, which ignore the variable.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


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
