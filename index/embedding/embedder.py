"""In which precision, and on what, a model embeds the fastest without its vectors changing.

bfloat16 halves the work only where the processor multiplies it in units of its own (AMX; AVX512-BF16 of AMD); elsewhere
it is slower than float32, and the processor's list of features does not tell: Intel's AVX512-BF16 multiplies half as
fast as its float32 units. So both are tried on a batch of real texts, and what was found is noted.

Text to vectors.
"""

from __future__ import annotations

import copy
import os
import platform
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from corpus.errors import Cancelled, ModelError
from index.embedding.batches import Vectors, cores, cut, forward, infer, least_cosine, token_batches
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter
from index.embedding.query_encoder import proof_of, prove

__all__ = ["Embedder", "LocalEmbedder", "Vectors", "chosen_device", "faster_model"]

Forward = Callable[[Any, Sequence[str]], Vectors]

_TOPIC = "precision"

_ROUNDS = 3

_WORTH_IT = 1.1

"""So many times as fast must bfloat16 be; less is within what other programs on the machine add."""

_LEAST_COSINE = 0.9995


def chosen_device() -> str:
    """The device's name in torch: a GPU where there is one."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def faster_model(
    loaded: Any, sample: Sequence[str], forward: Forward, model: ModelChoice, record: EmbeddingRecord
) -> Any:
    """``loaded``, a model in float32, or its copy in bfloat16 where that is faster and gives the same vectors.

    Measured on ``sample``, one batch, unless the record has it for this machine, torch and model.
    """
    import torch

    key = ", ".join([model.fingerprint, f"torch {torch.__version__}", str(loaded.device), processor_name()])
    known = record.get(_TOPIC, key)
    if known is not None and known["chosen"] == "float32":
        return loaded
    halved = copy.deepcopy(loaded).to(torch.bfloat16)
    if known is not None:
        return halved
    cosine = least_cosine(forward(loaded, sample), forward(halved, sample))
    times: dict[str, list[float]] = {"float32": [], "bfloat16": []}
    for _ in range(_ROUNDS):
        for name, candidate in (("float32", loaded), ("bfloat16", halved)):
            begun = time.perf_counter()
            forward(candidate, sample)
            times[name].append(time.perf_counter() - begun)
    ratio = min(times["float32"]) / min(times["bfloat16"])
    chosen = "bfloat16" if ratio >= _WORTH_IT and cosine >= _LEAST_COSINE else "float32"
    record.put(_TOPIC, key, chosen=chosen, bfloat16_is_times_as_fast=round(ratio, 3), cosine=cosine)
    return halved if chosen == "bfloat16" else loaded


def processor_name() -> str:
    """The processor's model, as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    told = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "model\t", "stepping"))]
    return " ".join(told[:3]) or platform.processor() or platform.machine()


_TOKENS_PER_BATCH = 1024

"""On a processor, padding included: the states of a batch stay in a core's cache. 32 passages of 230 tokens, the usual
batch, take half as long again."""

_LEAST_TOKENS_PER_BATCH = 128

_BATCHES_PER_CORE = 2

"""At least, where the texts are enough: with one, the other cores would wait for the longest."""

_TOKENS_PER_BATCH_ON_GPU = 32_768

_TOKENS_BEFORE_MEASURING = 20_000

"""Some seconds of work; a shorter run would not earn back what measuring takes."""

_SPECIAL_TOKENS = 2


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
    """sentence-transformers in this process: on the GPU where there is one, in the precision that is the fastest here.

    With a ``record`` what is measured of this machine is noted there: the precision, after `_TOKENS_BEFORE_MEASURING`,
    and whether `QueryEncoder` gives the same vectors. Without one everything is computed in float32, on the processor.

    Each core computes batches of its own, in one thread. Threads that share a product wait for each other some hundred
    times a batch, which on a machine with other work takes longer than the product.
    """

    def __init__(self, model: ModelChoice, record: EmbeddingRecord | None = None) -> None:
        self._model = model
        self._record = record
        self._tokens = TokenCounter(model)
        self._loaded: Any = None
        self._measured = record is None
        self._embedded = 0
        self._lock = threading.Lock()
        self._cores: ThreadPoolExecutor | None = None

    @property
    def model(self) -> ModelChoice:
        """The model behind it."""
        return self._model

    def warm_up(self) -> None:
        """Load the model; see `Embedder.warm_up`."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
                if self._record is not None and proof_of(self._model, self._record) is None:
                    prove(self._model, self._record, lambda texts: forward(self._loaded, texts))

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Embed; see `Embedder.encode`."""
        self.warm_up()
        lengths = [min(count + _SPECIAL_TOKENS, self._model.max_tokens) for count in self._tokens.count(texts)]
        self._embedded += sum(lengths)
        batches = token_batches(lengths, self._budget(sum(lengths)))
        if not self._measured and self._embedded > _TOKENS_BEFORE_MEASURING:
            self.measure([texts[position] for position in batches[0]])
        vectors = np.empty((len(texts), int(self._loaded.get_embedding_dimension())), dtype=np.float32)
        running = [
            self._pool().submit(infer, self._loaded, cut(self._loaded, [texts[position] for position in positions]))
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
        """Go on in the precision that is the faster on ``sample``, one batch; needs a record to note it in."""
        self.warm_up()
        assert self._record is not None, "without a record everything is computed in float32"
        self._measured = True
        measuring = self._pool().submit(faster_model, self._loaded, sample, forward, self._model, self._record)
        self._loaded = measuring.result()

    def close(self) -> None:
        """Drop the model."""
        self._loaded = None
        if self._cores is not None:
            self._cores.shutdown(wait=False, cancel_futures=True)
            self._cores = None

    def _budget(self, tokens: int) -> int:
        """Tokens in a batch, where so many are to be embedded."""
        if self._loaded.device.type != "cpu":
            return _TOKENS_PER_BATCH_ON_GPU
        share = tokens // (_BATCHES_PER_CORE * cores())
        return max(_LEAST_TOKENS_PER_BATCH, min(_TOKENS_PER_BATCH, share))

    def _pool(self) -> ThreadPoolExecutor:
        """A thread for each core, or one that feeds the GPU."""
        if self._cores is None:
            count = cores() if self._loaded.device.type == "cpu" else 1
            self._cores = ThreadPoolExecutor(count, "embedding", initializer=_compute_alone)
        return self._cores

    def _load(self) -> Any:
        self._model.verify(self._record)
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()

        try:
            loaded = SentenceTransformer(
                str(self._model.folder),
                device="cpu" if self._record is None else chosen_device(),
                local_files_only=True,
                model_kwargs={"dtype": "float32"},
            )
        except Exception as error:
            raise ModelError(
                f"The embedding model cannot be loaded ({error})",
                place=str(self._model.folder),
                remedy="Run loccit doctor",
            ) from error
        loaded.max_seq_length = self._model.max_tokens
        return loaded


def _compute_alone() -> None:
    import torch

    torch.set_num_threads(1)
