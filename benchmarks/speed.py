"""What searching and adding cost, and how that grows with the library.

    python -m benchmarks.speed [--sizes 1000 10000 100000] [--only SECTION...] [--json]

`embedding`: passages through sentence-transformers as it comes and through ours, and the share of what this machine
multiplies at most. `cold`: `loccit ask` in a fresh process against one that imports sentence-transformers, embeds the
question and searches flat. `first_words`: in the terminal UI, from enter until the answer begins to stand there. These
three are measured once, the others for each size.

`search`: `Retriever.search` in libraries of each size, as a warm process does it, and the process's memory. `growth`:
adding documents to libraries of each size, where adding again, with every text embedded before, shows the library's
own share; listing; opening. `crossover`: exact search against cells, for vectors alone. Exponents are slopes of a line
through the logarithms: 0 does not grow, 1 grows with the library. Each time stands beside its ratio to one yardstick,
an exact FAISS search among 100,000 vectors in the same process, because other work on the machine changes both.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.workspace import Workspace
from benchmarks.embedding_speed import bulk_speed, cold_start, paper_passages
from benchmarks.evaluation import SHARED, built_library
from benchmarks.first_words import first_words
from benchmarks.kill import write_documents
from benchmarks.scale_library import library_of
from benchmarks.scale_texts import questions, vectors
from index import dense_file
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import choose_model
from index.embedding.torch_embedder import LocalEmbedder

__all__ = ["SECTIONS", "main"]

Figures = dict[str, float]

_QUESTIONS = 60
_WARMED_BY = 8
_ADDED = 20
_YARDSTICK = 100_000
_EMBEDDED = 128
_ROUNDS = 3
_FIRST_WORDS_AT = 10_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections asked for, print a table of each, or all as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", nargs="+", choices=sorted(SECTIONS), default=sorted(SECTIONS))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--child", choices=sorted(_CHILDREN), help=argparse.SUPPRESS)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        print(json.dumps(_CHILDREN[options.child](options.library)))
        return
    results = {name: SECTIONS[name](options.sizes) for name in options.only}
    if options.json:
        print(json.dumps(results, indent=2))
        return
    for name, rows in results.items():
        print(f"\n{name}")
        _print_table(rows)


def _print_table(rows: dict[str, Figures]) -> None:
    """One line for each figure, one column for each size, and the exponent behind them."""
    sizes = list(rows)
    names = dict.fromkeys(name for figures in rows.values() for name in figures)
    if sizes == [""]:
        for name, value in rows[""].items():
            print(f"{name:44}{value:>12,.4g}")
        return
    print(f"{'':28}" + "".join(f"{int(size):>12,}" for size in sizes) + f"{'exponent':>10}")
    for name in names:
        values = [rows[size].get(name) for size in sizes]
        known = [(int(size), value) for size, value in zip(sizes, values, strict=True) if value]
        line = "".join(f"{'-' if value is None else f'{value:,.3g}':>12}" for value in values)
        print(f"{name:28}{line}{f'{_exponent(known):.2f}' if len(known) > 1 else '':>10}")


def _exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of a least-squares line through the logarithms."""
    sizes, values = np.log([size for size, _ in points]), np.log([value for _, value in points])
    return float(np.polyfit(sizes, values, 1)[0])


# Embedding, the first question, the first words


def _embedding(_sizes: Sequence[int]) -> dict[str, Figures]:
    with _papers() as workspace:
        return {"": bulk_speed(workspace.model, paper_passages(workspace, _EMBEDDED), _ROUNDS)}


def _cold(_sizes: Sequence[int]) -> dict[str, Figures]:
    with _papers() as workspace:
        workspace.ask("What is measured?")  # so that the encoder is proven
        folder = workspace.path
    return {"": cold_start(folder, _ROUNDS)}


def _first_words(_sizes: Sequence[int]) -> dict[str, Figures]:
    return {"": first_words(library_of(_FIRST_WORDS_AT, LocalEmbedder(choose_model())))}


def _papers() -> Workspace:
    return built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"])


# Searching


def _search(sizes: Sequence[int]) -> dict[str, Figures]:
    return _in_children("search", sizes)


def _growth(sizes: Sequence[int]) -> dict[str, Figures]:
    return _in_children("growth", sizes)


def _in_children(child: str, sizes: Sequence[int]) -> dict[str, Figures]:
    """Each size in a process of its own, so that memory is its own too."""
    results = {}
    embedder = LocalEmbedder(choose_model())
    for size in sizes:
        library = library_of(size, embedder)
        command = [sys.executable, "-m", "benchmarks.speed", "--child", child, "--library", str(library)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        results[str(size)] = json.loads(done.stdout.splitlines()[-1])
    return results


def _search_child(library: Path) -> Figures:
    asked = questions()[: _WARMED_BY + _QUESTIONS]
    with Workspace.open(library) as workspace:
        workspace.warm_up()
        before = _resident()
        times: dict[str, list[float]] = {name: [] for name in ("search", "embed", "words", "dense")}
        for question in asked:
            times["search"].append(_milliseconds(lambda q=question: workspace.retriever.search(q, 10)))
            vector = workspace.retriever.embed([question])
            times["embed"].append(_milliseconds(lambda q=question: workspace.retriever.embed([q])))
            times["words"].append(_milliseconds(lambda q=question: workspace.lexical.search(q, 100)))
            times["dense"].append(_milliseconds(lambda v=vector: workspace.dense.search(v, 100)))
        memory = _resident()
        unit = _yardstick(workspace.embedder)
    figures = {}
    for name, values in times.items():
        p50, p95 = np.percentile(values[_WARMED_BY:], (50, 95))
        figures |= {f"{name} p50, ms": float(p50), f"{name} p95, ms": float(p95)}
    figures |= {"search p50 / yardstick": figures["search p50, ms"] / unit, "yardstick, ms": unit}
    return figures | {"memory, MB": memory, "of it for the library, MB": memory - before}


def _yardstick(embedder: Embedder) -> float:
    """Milliseconds of an exact search among 100,000 vectors; the median of twenty."""
    index = dense_file.exact(384)
    made = vectors(_YARDSTICK, embedder)
    index.add_with_ids(made, np.arange(len(made)))
    return float(np.median([_milliseconds(lambda n=n: index.search(made[n : n + 1], 100)) for n in range(20)]))


# Adding


def _growth_child(library: Path) -> Figures:
    """Adds documents that the library has not, takes them out and adds them again; leaves it as it was."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(library) as workspace:
        workspace.warm_up()
        new = time.time_ns()  # other documents in every run: what a library has met before is not embedded again
        write_documents(Path(folder) / "first", 2, seed=new)
        workspace.add([Path(folder) / "first"])  # loads what the first add of a process loads
        paths = write_documents(Path(folder) / "files", _ADDED, seed=new + 1)
        figures = {"add, ms a document": _milliseconds(lambda: workspace.add(paths)) / _ADDED}
        places = {str(path) for path in paths}
        added = [document.document_id for document in workspace.documents() if document.path in places]
        figures["remove, ms a document"] = _milliseconds(lambda: workspace.remove(added)) / _ADDED
        figures["add again, ms a document"] = _milliseconds(lambda: workspace.add(paths)) / _ADDED
        figures["add unchanged, ms a document"] = _milliseconds(lambda: workspace.add(paths)) / _ADDED
        figures["list, ms"] = _milliseconds(workspace.documents)
        everything = {str(path) for path in Path(folder).rglob("*.md")}
        workspace.remove([line.document_id for line in workspace.documents() if line.path in everything])
        figures["open, ms"] = _milliseconds(
            lambda: Workspace.open(library, embedder=workspace.embedder).database.close()
        )
        figures["database, MB"] = (library / "library.db").stat().st_size / 1e6
        figures["dense file, MB"] = (library / "dense.faiss").stat().st_size / 1e6
        return figures


# Exact search or cells


def _crossover(sizes: Sequence[int]) -> dict[str, Figures]:
    """For vectors alone, one thread: time, time to build, recall of real questions."""
    embedder = LocalEmbedder(choose_model())
    asked = embedder.encode(questions()[:200])
    return {str(size): _compare(vectors(size, embedder), asked) for size in sizes}


def _compare(stored: np.ndarray, asked: np.ndarray) -> Figures:
    import faiss

    size = len(stored)
    ids = np.arange(size)
    draw = np.random.default_rng(0)
    exact = dense_file.exact(stored.shape[1])
    exact.add_with_ids(stored, ids)
    truth = exact.search(asked, 10)[1]
    begun = time.perf_counter()
    cells = dense_file.trained(stored[draw.choice(size, dense_file.sample_size(size), replace=False)], size)
    cells.add_with_ids(stored, ids)
    built = time.perf_counter() - begun
    tuned = dense_file.tune(cells, stored[draw.choice(size, dense_file.TUNED_ON, replace=False)])
    found = cells.search(asked, 10)[1]
    shared = [len(np.intersect1d(one, other)) for one, other in zip(found, truth, strict=True)]
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    times = {
        name: float(np.median([_milliseconds(lambda n=n, i=index: i.search(asked[n : n + 1], 100)) for n in range(60)]))
        for name, index in (("exact", exact), ("cells", cells))
    }
    faiss.omp_set_num_threads(threads)
    return {
        "exact p50, ms": times["exact"],
        "cells p50, ms": times["cells"],
        "cells / exact": times["cells"] / times["exact"],
        "building cells, s": built,
        "cells": float(cells.nlist),
        "cells visited": float(cells.nprobe),
        "recall@10 when tuned": tuned,
        "recall@10 of questions": sum(shared) / (10 * len(shared)),
    }


def _milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _resident() -> float:
    """Megabytes of this process in memory, pages of mapped files among them."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0


SECTIONS: dict[str, Callable[[Sequence[int]], dict[str, Figures]]] = {
    "embedding": _embedding,
    "cold": _cold,
    "first_words": _first_words,
    "search": _search,
    "growth": _growth,
    "crossover": _crossover,
}
"""By name, what ``--only`` chooses from; each takes the sizes and gives figures for each, or once, under no size."""

_CHILDREN = {"search": _search_child, "growth": _growth_child}


if __name__ == "__main__":
    main()
