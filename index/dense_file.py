"""The FAISS index of a library as a file: how it is built and tuned, read and replaced.

Exact search reads every vector, which is the fastest way while there are few. Above `EXACT_UP_TO` vectors, these are
kept in half precision and divided into cells (FAISS's inverted file over a spherical k-means), and a search visits the
nearest cells only: as many as reach `RECALL`, which is measured on the vectors whenever the file is written.

Behind what FAISS writes stands a `Description` of it, in the same file, which is replaced by renaming. A big file is
mapped into memory, so that only what a search touches is read.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np

from index.embedding.embedder import Vectors
from index.stored_vectors import Ids, Position

__all__ = [
    "EXACT_UP_TO",
    "TUNED_ON",
    "DenseFile",
    "Description",
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
TUNED_ON = 384
"""Vectors."""
_TRAINED_ON_PER_CELL = 40
_KMEANS_ROUNDS = 8
"""More of them hardly move the cells any more."""
_SUMMED = 3
_NEAREST = 10

_MAGIC = b"loccit-dense-1\n"
_LENGTH = 8
_TAIL = len(_MAGIC) + _LENGTH
_MAX_DESCRIPTION = 10_000
_CHECKED_BYTES = 64 << 20
"""A file up to this size is compared with its digest whenever it is opened, which takes a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a file holds."""

    library: str
    """The library's identity."""
    fingerprint: str
    """Of the embedding model."""
    position: Position
    """Entry of the log up to which the index reflects the library."""
    vectors: int
    trained_on: int
    """How many vectors there were when the index was divided into cells; 0 if it is exact."""
    bytes: int = 0
    """Of FAISS's part; 0 if the index is in memory only."""
    sha256: str = ""

    @property
    def mapped(self) -> bool:
        """Whether the file is mapped rather than read."""
        return self.bytes > _CHECKED_BYTES


class DenseFile:
    """Reads and replaces one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def describe(self) -> Description | None:
        """Read the description without the index; None if there is no whole file."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL))
                tail = file.read()
                length = int.from_bytes(tail[:_LENGTH], "little")
                if tail[_LENGTH:] != _MAGIC or length > min(_MAX_DESCRIPTION, size - _TAIL):
                    return None
                file.seek(size - _TAIL - length)
                values = json.loads(file.read(length))
                description = Description(**values | {"position": Position(*values["position"])})
                return description if description.bytes == size - _TAIL - length else None
        except (OSError, ValueError, TypeError, KeyError):
            return None  # absent or damaged: rebuilt, which loses nothing

    def read(self, description: Description, *, writable: bool = False) -> Any:
        """Read the index, mapped if it is big and need not be ``writable``; None if it is not as described."""
        import faiss

        if not description.mapped and not self.is_whole(description):
            return None
        try:
            return faiss.read_index(
                str(self.path), faiss.IO_FLAG_MMAP_IFC if description.mapped and not writable else 0
            )
        except RuntimeError:
            return None

    def is_whole(self, description: Description) -> bool:
        """Compare the bytes with the digest that they were written with."""
        digest = hashlib.sha256()
        left = description.bytes
        try:
            with self.path.open("rb") as file:
                while left and (block := file.read(min(left, 1 << 20))):
                    digest.update(block)
                    left -= len(block)
        except OSError:
            return False
        return digest.hexdigest() == description.sha256

    def replace(self, index: Any, description: Description) -> Description:
        """Write beside, flush to the disk, then rename; returns the description with length and digest.

        Only the holder of ``dense.lock`` may call it.

        Raises:
            OSError: the folder cannot be written.
        """
        import faiss

        # One name, so that what a killed process left behind is overwritten.
        temporary = self.path.with_suffix(".faiss.new")
        try:
            faiss.write_index(index, str(temporary))
        except RuntimeError as error:
            raise OSError(str(error)) from error
        with temporary.open("r+b") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.seek(0, os.SEEK_END)
            filed = replace(description, bytes=size, sha256=digest)
            data = json.dumps(asdict(filed)).encode()
            file.write(data + len(data).to_bytes(_LENGTH, "little") + _MAGIC)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)
        _flush_folder(self.path.parent)
        return filed


def exact(dimension: int) -> Any:
    """Create an empty index that compares with every vector."""
    import faiss

    return faiss.IndexIDMap(faiss.IndexFlatIP(dimension))


def trained(sample: Vectors, size: int) -> Any:
    """Create an empty index of 4√size cells, trained on a ``sample`` of the vectors that will be added."""
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
    index.cp.niter = _KMEANS_ROUNDS
    index.train(sample)
    return index


def sample_size(size: int) -> int:
    """Return how many of ``size`` vectors the cells are trained on."""
    return min(size, _TRAINED_ON_PER_CELL * 4 * isqrt(size))


def has_cells(index: Any) -> bool:
    """Whether a search of ``index`` is approximate."""
    return hasattr(index, "nprobe")


def tune(index: Any, stored: Vectors) -> float:
    """Set how many cells a search visits, the fewest that reach `RECALL`; returns the recall reached.

    ``stored`` is a sample of the index's vectors, shape (vectors, dimension). The sum of three of them simulates a
    question: like a real one it is near to several passages and very near to none. (A single vector with noise finds
    its neighbours in one cell, and promises 0.99 where real questions reach 0.87.)
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
    """Return the ids of all vectors of ``index`` in ascending order."""
    import faiss

    if not has_cells(index):
        return np.sort(faiss.vector_to_array(index.id_map))
    lists = index.invlists
    filled = [n for n in range(index.nlist) if lists.list_size(n)]
    parts = [faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).copy() for n in filled]
    return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)


def parameters(index: Any, allowed: Ids | None, gone: Ids) -> Any:
    """Return FAISS's search parameters for passages that are ``allowed`` (all if None) and not ``gone``."""
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
    # The nearest of few allowed passages may lie in any cell.
    return faiss.SearchParametersIVF(sel=selector, nprobe=index.nprobe if allowed is None else index.nlist)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
