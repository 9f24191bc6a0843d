"""The embedding model in torch, for passages in bulk: in this process, or in a child process beside a screen.

``python -m index.embedding.torch_embedder FOLDER NAME BUNDLED RECORDS`` is the child that `RemoteEmbedder` talks to.
"""

import copy
import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import Cancelled, LoccitError, ModelError
from corpus.processes import Child, ChildDied, serve
from index.embedding.embedder import Vectors, cores, min_cosine, token_batches
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter
from index.embedding.query_encoder import compare_encoder, encoder_comparison

__all__ = ["LocalEmbedder", "RemoteEmbedder", "chosen_device", "embed_batch", "faster_model"]

_TOKENS_PER_BATCH = 1024
"""On a processor, padding included: the states of such a batch stay in a core's cache. 32 passages of 230 tokens, the
usual batch, take half as long again."""
_MIN_TOKENS_PER_BATCH = 128
_MIN_BATCHES_PER_CORE = 2
"""With one each, all cores would wait for the longest batch."""
_TOKENS_PER_BATCH_ON_GPU = 32_768
_SPECIAL_TOKENS = 2
_TOKENS_BEFORE_MEASURING = 20_000
"""Some seconds of work; a shorter run would not earn back what measuring takes."""
_TEXTS_PER_CALL = 32
"""To the child process: a call takes about a second at most, which is how long a question or a cancellation waits."""

_PRECISION = "precision"
"""Topic in the record."""
_TIMED_ROUNDS = 3
_MIN_SPEEDUP = 1.1
"""Of bfloat16 over float32; less is within what other programs on the machine add."""
_MIN_COSINE = 0.9995

_TOKENIZING = threading.Lock()
"""A fast tokenizer is configured by each call for truncation and padding, and refuses that during another call."""


class LocalEmbedder:
    """sentence-transformers in this process: on the GPU if there is one, in the fastest precision of this machine.

    With a ``record``, measurements of this machine are kept there: the precision, after `_TOKENS_BEFORE_MEASURING`, and
    whether `QueryEncoder` gives the same vectors. Without one everything is computed in float32, on the processor.

    Each core computes batches of its own, in one thread. Threads that share a product wait for each other some hundred
    times a batch, which on a machine with other work takes longer than the product.
    """

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self.model = model
        self._record = record
        self._tokens = TokenCounter(model)
        self._loaded: Any = None
        self._measured = record is None
        self._embedded = 0
        """Tokens so far."""
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
                if self._record is not None and encoder_comparison(self.model, self._record) is None:
                    compare_encoder(self.model, self._record, lambda texts: embed_batch(self._loaded, texts))

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        self.warm_up()
        lengths = [min(count + _SPECIAL_TOKENS, self.model.max_tokens) for count in self._tokens.count(texts)]
        self._embedded += sum(lengths)
        batches = token_batches(lengths, self._budget(sum(lengths)))
        if not self._measured and self._embedded > _TOKENS_BEFORE_MEASURING:
            self.measure([texts[position] for position in batches[0]])
        vectors = np.empty((len(texts), int(self._loaded.get_embedding_dimension())), dtype=np.float32)
        # The next batch is tokenized here while the threads compute the ones before.
        running = [
            self._pool().submit(_infer, self._loaded, _tokenize(self._loaded, [texts[i] for i in positions]))
            for positions in batches
        ]
        for positions, future in zip(batches, running, strict=True):
            if cancelled is not None and cancelled():
                for waiting in running:
                    waiting.cancel()
                raise Cancelled("Embedding was cancelled")
            vectors[positions] = future.result()
        return vectors

    def measure(self, sample: Sequence[str]) -> None:
        """Continue in the precision that is faster on ``sample``, one batch; needs a record."""
        self.warm_up()
        assert self._record is not None, "without a record everything is computed in float32"
        self._measured = True
        measuring = self._pool().submit(faster_model, self._loaded, sample, embed_batch, self.model, self._record)
        self._loaded = measuring.result()

    def close(self) -> None:
        """Release the model and its threads."""
        self._loaded = None
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None

    def _budget(self, tokens: int) -> int:
        """Return the tokens of a batch when so many ``tokens`` are to be embedded."""
        if self._loaded.device.type != "cpu":
            return _TOKENS_PER_BATCH_ON_GPU
        share = tokens // (_MIN_BATCHES_PER_CORE * cores())
        return max(_MIN_TOKENS_PER_BATCH, min(_TOKENS_PER_BATCH, share))

    def _pool(self) -> ThreadPoolExecutor:
        """Return one thread for each core, or one that feeds the GPU."""
        if self._threads is None:
            count = cores() if self._loaded.device.type == "cpu" else 1
            self._threads = ThreadPoolExecutor(count, "embedding", initializer=_compute_in_one_thread)
        return self._threads

    def _load(self) -> Any:
        self.model.verify(self._record)
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            loaded = SentenceTransformer(
                str(self.model.folder),
                device="cpu" if self._record is None else chosen_device(),
                local_files_only=True,
                model_kwargs={"dtype": "float32"},
            )
        except Exception as error:
            cause, place = f"The embedding model cannot be loaded ({error})", str(self.model.folder)
            raise ModelError(cause, place=place, remedy="Run loccit doctor") from error
        loaded.max_seq_length = self.model.max_tokens
        return loaded


class RemoteEmbedder:
    """An `Embedder` whose model runs in a child process, which keeps its measurements in ``record``, if given."""

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self.model = model
        records = "" if record is None else str(record.folder)
        self._child = Child(
            "index.embedding.torch_embedder", str(model.folder), model.name, str(int(model.bundled)), records
        )

    def warm_up(self) -> None:
        """Start the child and load the model in it; see `Embedder.warm_up`."""
        self._call([])

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`. Texts of similar length go together; calls of other threads come in between."""
        order = sorted(range(len(texts)), key=lambda position: -len(texts[position]))
        parts = []
        for begin in range(0, max(1, len(order)), _TEXTS_PER_CALL):
            if cancelled is not None and cancelled():
                raise Cancelled("Embedding was cancelled")
            parts.append(self._call([texts[i] for i in order[begin : begin + _TEXTS_PER_CALL]]))
        vectors = np.concatenate(parts)
        vectors[order] = vectors.copy()
        return vectors

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _call(self, texts: list[str]) -> Vectors:
        try:
            answer, payload = self._child.call({"texts": texts})
        except ChildDied as error:
            remedy = "Close other programs that use much memory, and try again"
            raise ModelError("The embedding process ended", place=self.model.name, remedy=remedy) from error
        if "error" in answer:
            cause, place, remedy = answer["error"]
            raise ModelError(cause, place=place, remedy=remedy)
        return np.frombuffer(payload, dtype=np.float32).reshape(answer["shape"]).copy()


def embed_batch(loaded: Any, texts: Sequence[str]) -> Vectors:
    """Return the vectors of one batch from a loaded model."""
    return _infer(loaded, _tokenize(loaded, texts))


def chosen_device() -> str:
    """Return the device's name in torch: a GPU if there is one."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def faster_model(
    loaded: Any,
    sample: Sequence[str],
    embed: Callable[[Any, Sequence[str]], Vectors],
    model: ModelChoice,
    record: EmbeddingRecord,
) -> Any:
    """Return ``loaded``, a model in float32, or its copy in bfloat16 if that is faster and gives the same vectors.

    bfloat16 halves the work only on processors with multiplication units for it (AMX; AVX512-BF16 of AMD); elsewhere
    it is slower than float32, and the processor's list of features does not tell: Intel's AVX512-BF16 multiplies half
    as fast as its float32 units. So both are timed on ``sample``, one batch of real texts, unless ``record`` holds the
    result for this machine, torch and model.
    """
    import torch

    key = ", ".join([model.fingerprint, f"torch {torch.__version__}", str(loaded.device), processor_name()])
    known = record.get(_PRECISION, key)
    if known is not None and known["chosen"] == "float32":
        return loaded
    halved = copy.deepcopy(loaded).to(torch.bfloat16)
    if known is not None:
        return halved
    cosine = min_cosine(embed(loaded, sample), embed(halved, sample))
    times: dict[str, list[float]] = {"float32": [], "bfloat16": []}
    for _ in range(_TIMED_ROUNDS):
        for name, candidate in (("float32", loaded), ("bfloat16", halved)):
            begun = time.perf_counter()
            embed(candidate, sample)
            times[name].append(time.perf_counter() - begun)
    ratio = min(times["float32"]) / min(times["bfloat16"])
    chosen = "bfloat16" if ratio >= _MIN_SPEEDUP and cosine >= _MIN_COSINE else "float32"
    record.put(_PRECISION, key, chosen=chosen, bfloat16_is_times_as_fast=round(ratio, 3), cosine=cosine)
    return halved if chosen == "bfloat16" else loaded


def processor_name() -> str:
    """Return the processor's model as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "model\t", "stepping"))]
    return " ".join(named[:3]) or platform.processor() or platform.machine()


def _tokenize(loaded: Any, texts: Sequence[str]) -> dict[str, Any]:
    """Return the model's inputs for ``texts``, padded to the longest."""
    prompt = loaded.prompts.get(loaded.default_prompt_name) if loaded.default_prompt_name else None
    with _TOKENIZING:
        features: dict[str, Any] = loaded.preprocess(list(texts), prompt=prompt)
    return features


def _infer(loaded: Any, features: dict[str, Any]) -> Vectors:
    """Return the vectors for inputs made by `_tokenize`; several threads may call it."""
    import torch
    from sentence_transformers.util import batch_to_device

    with torch.inference_mode():
        found = loaded(batch_to_device(features, loaded.device))["sentence_embedding"]
        rows = found.float().cpu().numpy()
    scaled: Vectors = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return scaled


def _compute_in_one_thread() -> None:
    import torch

    torch.set_num_threads(1)


def _serve(folder: str, name: str, bundled: str, records: str) -> None:
    """Answer the requests of a `RemoteEmbedder` until it closes the pipe."""
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
