"""Fixtures for every test: the bundled model loaded once, libraries in temporary folders, files written on the spot."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"
# Threads of torch that wait for each other on a busy machine take five times as long as one alone.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.pop("LOCCIT_MODEL", None)
os.environ.pop("LOCCIT_LIBRARY", None)
os.environ["LOCCIT_CONFIG"] = os.devnull
# The processes that tests start would each compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import ctypes
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from corpus.errors import Cancelled, ReadError
from corpus.model import Document
from corpus.readers.collection import Entry, read_entry
from corpus.readers.formats import read_document
from corpus.readers.workers import read_all
from corpus.store import Database, DocumentStore
from corpus.store.schema import CORPUS_SCHEMA
from index import ingest
from index.dense import DenseIndex
from index.embedding.embedder import Embedder, Vectors
from index.embedding.embedding_model import ModelChoice, choose_model
from index.embedding.query_encoder import QueryEncoder
from index.embedding.torch_embedder import LocalEmbedder
from index.ingest import Ingest
from index.lexical import LexicalIndex
from index.reports import AddReport
from index.retriever import Retriever
from index.schema import INDEX_SCHEMA

# The same examples on every run, and no limit on their time: a busy machine is no failure.
settings.register_profile("loccit", derandomize=True, deadline=None)
settings.load_profile("loccit")

# What is measured of the model on this machine is measured once for all workers of a run and the processes they start.
# Workers of xdist inherit the folder from the process that starts them.
_CACHE = os.environ.setdefault("LOCCIT_TEST_CACHE", str(Path(tempfile.gettempdir()) / f"loccit-tests-{os.getpid()}"))
os.environ["LOCCIT_CACHE"] = _CACHE


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the cache of the run, when the process that made it ends."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(_CACHE, ignore_errors=True)


_FIRST = ("index/test_telemetry", "pilot/", "end_to_end/", "assistant/", "index/")
"""What waits, while the checks of ``make test`` use its core; then what takes long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files that take long first, so that all workers end at the same time."""

    def place(item: pytest.Item) -> int:
        return next((n for n, name in enumerate(_FIRST) if f"tests/{name}" in item.nodeid), len(_FIRST))

    items.sort(key=place)


@dataclass(frozen=True)
class Library:
    """The rooms corpus and index of one opened library."""

    folder: Path
    database: Database
    store: DocumentStore
    lexical: LexicalIndex
    dense: DenseIndex
    embedder: Embedder
    ingest: Ingest
    retriever: Retriever

    def add(self, *paths: Path, **options: Any) -> AddReport:
        return self.ingest.add(paths, **options)

    def count(self, table: str) -> int:
        return int(self.database.reader().execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def found(self, query: str, limit: int = 5, **options: Any) -> list[str]:
        """The texts of the passages that answer ``query``, best first."""
        return [hit.passage.text for hit in self.retriever.search(query, limit, **options)]


def _open(folder: Path, embedder: Embedder) -> Library:
    database = Database(folder, (CORPUS_SCHEMA, INDEX_SCHEMA))
    store = DocumentStore(database)
    lexical = LexicalIndex(database)
    dense = DenseIndex(database, embedder.model.fingerprint)
    ingest = Ingest(database, store, lexical, dense, embedder)
    retriever = Retriever(store, lexical, dense, embedder)
    return Library(folder, database, store, lexical, dense, embedder, ingest, retriever)


class KeptModel(QueryEncoder):
    """The bundled model for the whole run: a library that closes it leaves it loaded, and no text is computed twice."""

    def __init__(self) -> None:
        super().__init__(choose_model())
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        if cancelled is not None and cancelled():
            raise Cancelled("Embedding was cancelled")
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, super().encode(new, cancelled=cancelled), strict=True))
        return np.stack([self._known[text] for text in texts]) if texts else super().encode([])

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled model, loaded at its first use and kept for the session."""
    return KeptModel()


_TEXT = {".md", ".txt", ".jsonl"}


def _read_text_here(
    items: Iterable[Path | Entry], **options: Any
) -> Iterator[tuple[Path | Entry, Document | ReadError]]:
    every = list(items)
    if any(Path(item.source.path if isinstance(item, Entry) else item).suffix not in _TEXT for item in every):
        yield from read_all(every, **options)
        return
    for item in every:
        if options["cancelled"]():
            raise Cancelled("Reading was cancelled")
        try:
            yield item, read_entry(item) if isinstance(item, Entry) else read_document(item)
        except ReadError as error:
            yield item, error


@pytest.fixture(autouse=True, scope="session")
def text_is_read_here() -> Iterator[None]:
    """Text is read in this process: starting one for it takes longer than most tests; see ``reading_processes``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "read_all", _read_text_here)
        yield


@pytest.fixture
def reading_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in processes of their own, as they are outside the tests."""
    monkeypatch.setattr(ingest, "read_all", read_all)


@pytest.fixture
def open_library(tmp_path: Path, embedder: Embedder) -> Iterator[Callable[..., Library]]:
    """Opens a library, by default ``tmp_path / "library"`` with the bundled model; all are closed afterwards."""
    with ExitStack() as stack:

        def opened(folder: Path | None = None, embedder: Embedder = embedder) -> Library:
            library = _open(folder or tmp_path / "library", embedder)
            stack.callback(library.database.close)
            return library

        yield opened


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    """An empty library."""
    return open_library()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below ``tmp_path / "files"``."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def read(write: Callable[[str, str | bytes], Path]) -> Callable[[str, str | bytes], Document]:
    """Reads text or bytes as a file of that name would be read."""
    return lambda name, content: read_document(write(name, content))


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Callable[..., Library]]:
    """Makes a library of the given file names and texts, for tests of one module that only read."""
    with ExitStack() as stack:

        def stocked(texts: dict[str, str]) -> Library:
            folder = tmp_path_factory.mktemp("stock")
            (folder / "files").mkdir()
            for name, text in texts.items():
                (folder / "files" / name).write_text(text, "utf-8")
            library = _open(folder / "library", embedder)
            stack.callback(library.database.close)
            assert not library.add(folder / "files").failed
            return library

        yield stocked


@pytest.fixture(scope="session")
def other_embedder(tmp_path_factory: pytest.TempPathFactory) -> LocalEmbedder:
    """A tiny model with random weights and vectors of another dimension, in a folder of its own."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("models") / "tiny-random"
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder)
    bundled = choose_model().folder
    for name in ("modules.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(bundled / name, folder / name)
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128, "do_lower_case": False}))
    return LocalEmbedder(ModelChoice("tiny-random", folder, bundled=False))


SURVEY = """---
title: Small mammals after dark
author: Mary Major
date: 2021
kind: paper
---

## Abstract

We review what is known of small mammals after dark.

## Activity

Quokkas feed mostly in the two hours after sunset (Lee, 2018; Ott, 2015). Numbats sleep in hollow logs (Stiles, 1999).
The wages of park rangers have risen since (Lee, 2018). Nobody knows why quokkas jump (Nemo, 1850).

## References

- Lee, A. (2018). Counting quokkas from the air. Journal of Marsupials, 3, 1-9.
- Ott, J. (2015). Grazing hours of island wallabies. Perth: Island Press.
- Stiles, J. (1999). Sleeping places of the numbat. Journal of Marsupials, 1, 4-7.
"""
COUNT = """---
title: Counting quokkas from the air
author: Ann Lee
date: 2018
kind: paper
---

## Abstract

We flew over an island and counted quokkas with a thermal camera.

## Results

After sunset the camera saw six times as many animals as at noon. Quokkas were feeding above all in the first two hours
after sunset. The camera cost four thousand dollars.
"""


@pytest.fixture(scope="session")
def citing_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a survey and one of the papers that it cites."""
    folder = tmp_path_factory.mktemp("citing")
    (folder / "survey.md").write_text(SURVEY, "utf-8")
    (folder / "count.md").write_text(COUNT, "utf-8")
    return folder


@pytest.fixture(scope="session")
def bound() -> Callable[[], None] | None:
    """What a child process calls before its program, so that permissions bind it: they do not bind a superuser."""
    if os.getuid():
        return None
    if sys.platform != "linux":
        pytest.skip("permissions do not bind the superuser, who runs this")
    libc = ctypes.CDLL(None)

    def give_up() -> None:
        # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, out of what a new program can have (prctl PR_CAPBSET_DROP).
        for capability in (1, 2):
            if libc.prctl(24, capability, 0, 0, 0):
                raise OSError("a capability could not be given up")

    return give_up


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the project, with documents that are no part of it."""
    folder = Path(__file__).resolve().parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder} with documents to read")
    return folder


@pytest.fixture(scope="session")
def shared_library(
    shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> Iterator[tuple[Library, AddReport]]:
    """The five documents of ``shared/library``, added once; for tests that only read."""
    library = _open(tmp_path_factory.mktemp("shared") / "library", embedder)
    yield library, library.add(shared / "library")
    library.database.close()
