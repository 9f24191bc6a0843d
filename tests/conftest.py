"""Fixtures for every test: the bundled model loaded once, libraries in temporary folders, files written on the spot."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"
# Threads of torch that wait for each other on a busy machine take five times as long as one alone.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.pop("LOCCIT_MODEL", None)
os.environ.pop("LOCCIT_LIBRARY", None)
os.environ["LOCCIT_CONFIG"] = os.devnull

import ctypes
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from corpus.model import Document
from corpus.readers.formats import read_document
from corpus.store import Database, DocumentStore
from corpus.store.schema import CORPUS_SCHEMA
from index.dense import DenseIndex
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import ModelChoice, choose_model
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


@pytest.fixture(scope="session")
def embedder() -> LocalEmbedder:
    """The bundled model, loaded at its first use and kept for the session."""
    return LocalEmbedder(choose_model())


@pytest.fixture
def open_library(tmp_path: Path, embedder: LocalEmbedder) -> Iterator[Callable[..., Library]]:
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
def stock(tmp_path_factory: pytest.TempPathFactory, embedder: LocalEmbedder) -> Iterator[Callable[..., Library]]:
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
def other_embedder(tmp_path_factory: pytest.TempPathFactory, embedder: LocalEmbedder) -> LocalEmbedder:
    """A tiny model with random weights and vectors of another dimension, in a folder of its own."""
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("models") / "tiny-random"
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder)
    bundled = embedder.model.folder
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
    shared: Path, tmp_path_factory: pytest.TempPathFactory, embedder: LocalEmbedder
) -> Iterator[tuple[Library, AddReport]]:
    """The five documents of ``shared/library``, added once; for tests that only read."""
    library = _open(tmp_path_factory.mktemp("shared") / "library", embedder)
    yield library, library.add(shared / "library")
    library.database.close()
