"""How fast passages are embedded, and how soon a first question is.

    python -m benchmarks.embedding_speed

Bulk: passages of 128 papers, through sentence-transformers
as it comes (float32, 32 texts a batch) and through `LocalEmbedder`, in turns; the best of each counts. Beside the
tokens per second stands the share of what this machine multiplies at most at the model's shapes, in the better of
float32 and bfloat16.

Cold: `loccit ask` in a fresh process, against a fresh process that imports sentence-transformers, embeds the question
and searches the same vectors flat, in turns. Processor time is given as well, since other programs on the machine
lengthen only the time on the clock.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library
from index.embedding.embedder import cores, min_cosine
from index.embedding.embedding_model import EmbeddingRecord, ModelChoice, TokenCounter, choose_model
from index.embedding.query_encoder import QueryEncoder
from index.embedding.torch_embedder import LocalEmbedder

__all__ = ["bulk_speed", "cold_start", "flops_per_token", "multiplication_limit", "paper_passages", "parity"]

_QUESTION = "What is the marginal risk of open models?"
_TOKENS_AT_ONCE = 1024
_TEXTS_MEASURED = 8

_BASELINE = """
import sys
import faiss, numpy
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
index = faiss.read_index(sys.argv[2])
index.search(numpy.asarray(model.encode([sys.argv[3]], normalize_embeddings=True)), 10)
"""
_ASK = "import sys; from assistant.start import main; main()"


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=128, metavar="N", help="embed so many")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="take the best of so many")
    arguments = parser.parse_args()
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        texts = paper_passages(workspace, arguments.passages)
        folder = workspace.path
        for name, value in {
            **bulk_speed(workspace.model, texts, arguments.rounds),
            **parity(workspace.model, texts[:32]),
        }.items():
            print(f"{name}: {value}")
        workspace.ask(_QUESTION)  # so that the encoder is proven
    for name, value in cold_start(folder, arguments.rounds).items():
        print(f"{name}: {value}")


def bulk_speed(model: ModelChoice, texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Tokens per second of sentence-transformers' default and of ours, by clock and by processor time."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(cores())  # of this thread; the embedder's own have one each
    default = SentenceTransformer(str(model.folder), device="cpu", local_files_only=True)
    default.max_seq_length = model.max_tokens
    with tempfile.TemporaryDirectory() as folder:
        record = EmbeddingRecord(Path(folder))
        ours = LocalEmbedder(model, record)
        ours.measure(texts[:_TEXTS_MEASURED])
        (precision,) = json.loads((Path(folder) / "embedding.json").read_text("utf-8"))["precision"].values()
        tokens = sum(min(count + 2, model.max_tokens) for count in TokenCounter(model).count(texts))
        best = _in_turns({"default": lambda: default.encode(list(texts)), "ours": lambda: ours.encode(texts)}, rounds)
    limit = multiplication_limit()
    work = flops_per_token(model, tokens / len(texts)) * tokens
    return {
        "passages": len(texts),
        "tokens": tokens,
        "bytes of a number": {"float32": 4, "bfloat16": 2}[precision["chosen"]],
        "bfloat16 is times as fast as float32": precision["bfloat16_is_times_as_fast"],
        "default, tokens/s": round(tokens / best["default"][0]),
        "ours, tokens/s": round(tokens / best["ours"][0]),
        "times as fast, by clock": round(best["default"][0] / best["ours"][0], 2),
        "times as fast, by processor time": round(best["default"][1] / best["ours"][1], 2),
        "multiplication limit, GFLOP/s": round(limit / 1e9),
        "ours, share of the limit": round(work / best["ours"][0] / limit, 2),
    }


def flops_per_token(model: ModelChoice, length: float) -> float:
    """Multiplications and additions for a token of a text of ``length`` tokens.

    A layer multiplies each token by four matrices of h x h (query, key, value, output) and two of h x i (feed-forward),
    two operations an entry, and compares it with every token twice (scores, weighted sum), 2 h operations each:
    ``layers * (2 * (4 h^2 + 2 h i) + 4 h * length)``. Embeddings, norms, softmax and activations are not counted.
    """
    config = json.loads((model.folder / "config.json").read_text("utf-8"))
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    linear = 2 * (4 * hidden**2 + 2 * hidden * inner)
    return float(config["num_hidden_layers"] * (linear + 4 * hidden * length))


def multiplication_limit(hidden: int = 384, inner: int = 1536, rounds: int = 20) -> float:
    """FLOP/s of the model's largest products in torch, in the better of float32 and bfloat16; the best run counts."""
    import torch

    best = 0.0
    with torch.inference_mode():
        for precision in (torch.float32, torch.bfloat16):
            for inputs, outputs in ((hidden, inner), (inner, hidden)):
                states = torch.randn(_TOKENS_AT_ONCE, inputs).to(precision)
                weight = torch.randn(outputs, inputs).to(precision)
                for _ in range(rounds):
                    begun = time.perf_counter()
                    torch.nn.functional.linear(states, weight)
                    seconds = time.perf_counter() - begun
                    best = max(best, 2 * _TOKENS_AT_ONCE * inputs * outputs / seconds)
    return best


def parity(model: ModelChoice, texts: Sequence[str]) -> dict[str, float]:
    """The least cosine between float32 in torch and what embeds questions."""
    reference = LocalEmbedder(model).encode(texts)
    return {"questions, least cosine to float32": round(min_cosine(QueryEncoder(model).encode(texts), reference), 7)}


def cold_start(library: Path, rounds: int) -> dict[str, float]:
    """Seconds of a fresh `loccit ask`, and its share of the baseline's; on the clock and of the processor."""
    model = choose_model()
    ask = [sys.executable, "-c", _ASK, "--library", str(library), "ask", _QUESTION, "--json"]
    baseline = [sys.executable, "-c", _BASELINE, str(model.folder), str(library / "dense.faiss"), _QUESTION]

    def run(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, check=True, capture_output=True)

    best = _in_turns({"ask": run(ask), "baseline": run(baseline)}, rounds)
    return {
        "cold ask, s": round(best["ask"][0], 2),
        "cold ask, s of the processor": round(best["ask"][1], 2),
        "baseline, s": round(best["baseline"][0], 2),
        "baseline, s of the processor": round(best["baseline"][1], 2),
        "share by clock": round(best["ask"][0] / best["baseline"][0], 3),
        "share by processor time": round(best["ask"][1] / best["baseline"][1], 3),
    }


def _in_turns(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds on the clock and of the processor, the least of each, for every run."""
    best = dict.fromkeys(runs, (float("inf"), float("inf")))
    for _ in range(rounds):
        for name, run in runs.items():
            processor, clock = _processor_seconds(), time.perf_counter()
            run()
            spent = time.perf_counter() - clock, _processor_seconds() - processor
            best[name] = min(best[name][0], spent[0]), min(best[name][1], spent[1])
    return best


def _processor_seconds() -> float:
    usages = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def paper_passages(workspace: Workspace, count: int) -> list[str]:
    """Passages of the papers, drawn evenly."""
    documents = workspace.documents()
    step = max(1, sum(document.passages for document in documents) // count)
    passages = [p for document in documents for p in workspace.store.passages_of(document.document_id)]
    return [passage.text for passage in passages[::step]][:count]


if __name__ == "__main__":
    main()
