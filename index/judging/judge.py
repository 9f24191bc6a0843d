"""The judge: a cross-encoder that gives one number for a question and a sentence, does the sentence answer?

The one that ships is the bundled sentence model, trained further by ``training/train_judge.py``: its word embeddings
stay those of the model, of every other weight the file holds the difference, matrices in four bits a value with a scale
for each row (differences between a model and its further training keep their use at few bits: Liu et al. 2024,
https://arxiv.org/abs/2402.10193). The data are under CC BY-SA and other free licences, see ``data/README.md``.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from index.embedding.embedding_model import EmbeddingRecord, choose_model
from index.embedding.query_encoder import BertSession
from index.embedding.sentence_bert import HEAD_BIAS, HEAD_WEIGHT, SentenceBert, read_tensors
from index.judging.pairs import Pair, PairTokenizer

__all__ = ["DIGEST", "Judge", "OwnCrossEncoder", "ShippedJudge", "merged", "pack", "unpack"]

DIGEST = "ad6a4db51a19da194e87cbb0a2a7cdadd92b5826707ae78ecd22742497786240"
"""SHA-256 of ``data/judge.safetensors``."""

Floats = NDArray[np.float64]
_REMEDY = "Name the folder of a cross-encoder in config.toml, or take the line [ranking] reranker out"
_REINSTALL = "Install loccit again: pip install --force-reinstall --no-deps loccit"
_TOKENS = 512
_LEVELS = 7
"""A value of four bits is -7 to 7 times its row's scale."""
_PACKED, _SCALES = ".packed", ".scales"


class Judge(Protocol):
    """Says of sentences whether they answer a question."""

    def warm_up(self) -> None:
        """Load the model.

        Raises:
            ModelError: the model is missing, altered or broken.
        """

    def judge(self, pairs: Sequence[Pair]) -> Floats:
        """The logit of each pair, shape (pairs,): above 0 the sentence rather answers than not.

        Raises:
            ModelError: the model is missing, altered or broken.
        """


class ShippedJudge:
    """The judge that comes with loccit, on onnxruntime; loaded at its first use."""

    def __init__(self, record: EmbeddingRecord | None = None) -> None:
        self._record = record
        self._loaded: tuple[BertSession, PairTokenizer] | None = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load; see `Judge.warm_up`."""
        self._ready()

    def judge(self, pairs: Sequence[Pair]) -> Floats:
        """Judge; see `Judge.judge`."""
        if not pairs:
            return np.zeros(0)
        session, tokenizer = self._ready()
        rows, types = tokenizer.encode(pairs)
        return session.run(rows, types).reshape(-1).astype(float)

    def _ready(self) -> tuple[BertSession, PairTokenizer]:
        with self._lock:
            if self._loaded is None:
                model = choose_model()
                model.verify(self._record)
                bert = SentenceBert.read(model.folder, types=True)
                with as_file(files("index.judging").joinpath("data/judge.safetensors")) as path:
                    weights = merged(bert.weights, path)
                trained = SentenceBert(bert.config, weights).quantized()
                session = BertSession(trained.cross_encoder_graph(), trained.weights, "logits")
                self._loaded = session, PairTokenizer(model.folder)
            return self._loaded


class OwnCrossEncoder:
    """A user's cross-encoder of sentence-transformers in the judge's place; loaded at its first use.

    ``[ranking] reranker`` in ``config.toml`` names one on this machine, and nothing is downloaded.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._loaded: Any = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load; see `Judge.warm_up`."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()

    def judge(self, pairs: Sequence[Pair]) -> Floats:
        """Judge; see `Judge.judge`."""
        if not pairs:
            return np.zeros(0)
        self.warm_up()
        from torch.nn import Identity

        texts = [
            (pair.question, " ".join(part for part in (pair.title, pair.before, pair.sentence) if part))
            for pair in pairs
        ]
        scores = self._loaded.predict(texts, activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(scores, dtype=float).reshape(-1)

    def _load(self) -> Any:
        from sentence_transformers import CrossEncoder

        own = Path(self._name).expanduser()
        name = str(own) if own.is_dir() else self._name
        if self._name.startswith(("/", "~", ".")) and not own.is_dir():
            raise ModelError("The folder of the reranker is not there", place=self._name, remedy=_REMEDY)
        try:
            loaded = CrossEncoder(name, device="cpu", local_files_only=True)
        except Exception as error:
            raise ModelError(f"The reranker cannot be loaded ({error})", place=self._name, remedy=_REMEDY) from error
        if loaded.num_labels != 1:
            cause = f"The reranker gives {loaded.num_labels} values for a passage instead of one"
            remedy = "Name a cross-encoder trained for ranking in config.toml"
            raise ModelError(cause, place=self._name, remedy=remedy)
        loaded.max_seq_length = min(loaded.max_seq_length or _TOKENS, _TOKENS)
        return loaded


def pack(difference: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """A matrix in four bits a value, (rows, columns / 2), and the scale of each row, (rows, 1).

    Of several scales for a row the one with the least squared error is taken: clipping a few large values keeps the
    many small ones exact.
    """
    greatest = np.abs(difference).max(axis=1, keepdims=True) / _LEVELS
    best = np.full(greatest.shape, np.inf)
    scales = greatest
    for share in np.linspace(0.3, 1.0, 15):
        tried = np.maximum(greatest * share, 1e-8)
        error = ((_rounded(difference, tried) * tried - difference) ** 2).sum(axis=1, keepdims=True)
        scales, best = np.where(error < best, tried, scales), np.minimum(error, best)
    halves = scales.astype(np.float16)
    values = (_rounded(difference, np.maximum(halves.astype(np.float32), 1e-8)) + 8).astype(np.uint8)
    return np.asarray(values[:, ::2] | values[:, 1::2] << 4, dtype=np.uint8), halves


def unpack(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """The matrix that `pack` stored, shape (rows, columns)."""
    values = np.empty((packed.shape[0], 2 * packed.shape[1]), dtype=np.float32)
    values[:, ::2], values[:, 1::2] = packed & 15, packed >> 4
    values -= 8
    values *= scales.astype(np.float32)
    return values


def _rounded(difference: NDArray[np.float32], scales: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(np.clip(np.rint(difference / scales), -_LEVELS, _LEVELS))


def merged(base: Mapping[str, NDArray[np.float32]], path: Path) -> dict[str, NDArray[np.float32]]:
    """The model's weights with the differences that the judge's file holds added, and its head.

    Raises:
        ModelError: the file is missing or altered.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The judge cannot be read ({error.strerror})", place=str(path), remedy=_REINSTALL) from error
    if digest != DIGEST:
        raise ModelError("The judge is not the file that belongs to this version", place=str(path), remedy=_REINSTALL)
    held = read_tensors(path)
    weights = dict(base)
    for name, values in held.items():
        if name in (HEAD_WEIGHT, HEAD_BIAS):
            weights[name] = values.astype(np.float32)
        elif name.endswith(_PACKED):
            plain = name.removesuffix(_PACKED)
            weights[plain] = unpack(values, held[plain + _SCALES]) + base[plain]
        elif not name.endswith(_SCALES):
            difference = values.astype(np.float32)
            weights[name] = base[name].copy()
            weights[name][: len(difference)] += difference
    return weights
