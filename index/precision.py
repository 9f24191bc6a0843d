"""In which precision, and on what, a model embeds the fastest without its vectors changing.

bfloat16 halves the work only where the processor multiplies it in units of its own (AMX; AVX512-BF16 of AMD); elsewhere
it is slower than float32, and the processor's list of features does not tell: Intel's AVX512-BF16 multiplies half as
fast as its float32 units. So both are tried on a batch of real texts, and what was found is noted.
"""

from __future__ import annotations

import copy
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from index.embedding_record import EmbeddingRecord
from index.model_choice import ModelChoice
from index.vectors import Vectors, least_cosine

__all__ = ["chosen_device", "faster_model", "processor_name"]

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
