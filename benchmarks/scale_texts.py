"""Many real texts with their vectors, for measurements of size.

Single sentences and pairs of neighbouring sentences of the abstracts of `scifact` and the paragraphs of
`qasper_train`, embedded once by the bundled model and kept below ``build/benchmarks``. More vectors than texts are made
by moving copies of real vectors a little, and more texts by putting two real ones together.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.evaluation import SHARED, read_lines
from corpus.text.sentences import split_sentences
from index.embedding.embedder import Embedder, Vectors

__all__ = ["BUILT", "questions", "texts", "vectors"]

BUILT = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / "scale"
_CHUNK = 1024
_SHORTEST, _LONGEST = 40, 900
"""Code points of a text."""
_EMBEDDED = 100_000
"""So many texts are embedded really; that takes about ten minutes."""
_MOVED = 0.6
"""Length of the random vector that is added to a copy: its cosine to the original is about 0.86."""


def texts() -> list[tuple[str, str]]:
    """Title and text of every real text, in an order that a seed has mixed."""
    found: dict[str, str] = {}
    for title, text in _paragraphs():
        sentences = [span.within(text) for span in split_sentences(text)]
        pairs = [f"{one} {two}" for one, two in pairwise(sentences)]
        for piece in (*sentences, *pairs):
            if _SHORTEST <= len(piece) <= _LONGEST:
                found.setdefault(piece, title)
    listed = [(title, piece) for piece, title in found.items()]
    random.Random(0).shuffle(listed)
    return listed


def questions() -> list[str]:
    """The claims of `scifact` and the questions of `qasper_train`, mixed."""
    found = [
        row["text"]
        for name in ("scifact", "qasper_train")
        for row in read_lines(SHARED / "eval" / name / "queries.jsonl")
    ]
    listed = sorted(set(found))
    random.Random(1).shuffle(listed)
    return listed


def vectors(wanted: int, embedder: Embedder, *, seed: int = 2) -> Vectors:
    """``wanted`` vectors, shape (wanted, dimension): of the texts as far as these go, then moved copies of them."""
    pieces = texts()
    real = _embedded([text for _, text in pieces[: min(wanted, _EMBEDDED)]], embedder)
    if len(real) == wanted:
        return real
    draw = np.random.default_rng(seed)
    result = np.empty((wanted, real.shape[1]), dtype=np.float32)
    result[: len(real)] = real
    for begin in range(len(real), wanted, _CHUNK):
        end = min(begin + _CHUNK, wanted)
        copies = real[draw.integers(0, len(real), end - begin)]
        noise = draw.standard_normal(copies.shape, dtype=np.float32) * (_MOVED / np.sqrt(copies.shape[1]))
        moved = copies + noise
        result[begin:end] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return result


def _embedded(pieces: list[str], embedder: Embedder) -> Vectors:
    folder = BUILT / f"vectors-{embedder.model.fingerprint}"
    folder.mkdir(parents=True, exist_ok=True)
    chunks = []
    for begin in range(0, len(pieces), _CHUNK):
        path = folder / f"{begin}.npy"
        wanted = pieces[begin : begin + _CHUNK]
        if not path.exists() or len(np.load(path, mmap_mode="r")) < len(wanted):
            made = embedder.encode(wanted)
            temporary = path.with_suffix(".new.npy")
            np.save(temporary, made)
            temporary.replace(path)
        chunks.append(np.load(path)[: len(wanted)])
    return np.concatenate(chunks)


def _paragraphs() -> Iterator[tuple[str, str]]:
    for name in ("scifact", "qasper_train"):
        for row in read_lines(SHARED / "eval" / name / "corpus.jsonl"):
            yield row["title"], " ".join(row["text"].split())
