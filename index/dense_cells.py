"""Which FAISS index suits how many vectors, and how it is made.

Exact search reads every vector, which is the fastest way as long as there are few. Past `EXACT_UP_TO` the vectors,
in half precision, are divided into cells (FAISS's inverted file over a spherical k-means), and a search visits the
nearest cells only: as many as it takes to find 98 of the 100 best, which is measured on the vectors themselves
whenever the file is written.
"""

from __future__ import annotations

from math import isqrt
from typing import Any

import numpy as np

from index.embedder import Vectors
from index.stored_vectors import Ids

__all__ = [
    "EXACT_UP_TO",
    "RECALL",
    "TUNED_ON",
    "exact",
    "has_cells",
    "ids_of",
    "parameters",
    "sample_size",
    "trained",
    "tune",
]

EXACT_UP_TO = 50_000
"""Vectors; `python -m benchmarks.speed --only crossover` measures where cells begin to pay."""
RECALL = 0.99
"""Of the ten nearest, aimed at when tuning, so that real questions stay above 0.98."""
_TRAINED_ON_PER_CELL = 40
_ROUNDS = 8
"""Of k-means; more of them move the cells hardly any more."""
TUNED_ON = 384
"""Vectors."""
_SUMMED = 3
_NEAREST = 10


def exact(dimension: int) -> Any:
    """An empty index that compares with every vector."""
    import faiss

    return faiss.IndexIDMap(faiss.IndexFlatIP(dimension))


def trained(sample: Vectors, size: int) -> Any:
    """An empty index of 4√size cells, placed by a ``sample`` of the vectors that will be added."""
    import faiss

    dimension = sample.shape[1]
    cells = max(1, min(4 * isqrt(size), len(sample) // 39))  # FAISS wants 39 training vectors for each
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        quantizer, dimension, cells, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False
    )
    quantizer.this.disown()
    index.own_fields = True
    index.cp.spherical = True
    index.cp.niter = _ROUNDS
    index.train(sample)
    return index


def sample_size(size: int) -> int:
    """How many of ``size`` vectors the cells are placed by."""
    return min(size, _TRAINED_ON_PER_CELL * 4 * isqrt(size))


def has_cells(index: Any) -> bool:
    """Whether a search of ``index`` is approximate."""
    return hasattr(index, "nprobe")


def tune(index: Any, stored: Vectors) -> float:
    """Let a search visit as few cells as find `RECALL` of the nearest; returns the recall reached.

    ``stored`` is a sample of the index's vectors, shape (vectors, dimension). The sum of three of them stands for a
    question: like a real one it is near to several passages and very near to none. (A single vector with noise finds
    its neighbours in one cell, and promises 0.99 where real questions find 0.87.)
    """
    whole = len(stored) - len(stored) % _SUMMED
    questions = stored[:whole].reshape(-1, _SUMMED, stored.shape[1]).sum(axis=1)
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    index.nprobe = index.nlist
    truth = index.search(questions, _NEAREST)[1]
    index.nprobe = 1
    while True:
        found = index.search(questions, _NEAREST)[1]
        shared = [len(np.intersect1d(one, other)) for one, other in zip(found, truth, strict=True)]
        recall = sum(shared) / (len(shared) * _NEAREST)
        if recall >= RECALL or index.nprobe == index.nlist:
            return recall
        index.nprobe = min(index.nlist, max(index.nprobe + 1, round(index.nprobe * 1.25)))


def ids_of(index: Any) -> Ids:
    """The ids of all vectors of ``index``, rising."""
    import faiss

    if not has_cells(index):
        return np.sort(faiss.vector_to_array(index.id_map))
    lists = index.invlists
    filled = [n for n in range(index.nlist) if lists.list_size(n)]
    parts = [faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).copy() for n in filled]
    return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)


def parameters(index: Any, allowed: Ids | None, gone: Ids) -> Any:
    """FAISS's search parameters for passages that are ``allowed``, all where None, and not ``gone``."""
    import faiss

    if allowed is None and not len(gone):
        return None
    if allowed is not None:
        # A bit for each id: FAISS looks these up ten times as fast as a set of ids.
        bits = np.zeros(int(allowed.max(initial=0)) + 1, dtype=np.bool_)
        bits[allowed] = True
        bits[gone[gone < len(bits)]] = False
        selector = faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
    else:
        selector = faiss.IDSelectorNot(faiss.IDSelectorBatch(gone))
    if not has_cells(index):
        return faiss.SearchParameters(sel=selector)
    # Of few allowed passages the nearest may lie in any cell.
    return faiss.SearchParametersIVF(sel=selector, nprobe=index.nprobe if allowed is None else index.nlist)
