"""A real library of any number of passages, for measurements of size.

Written through the calls that an add makes, documents of thirty-two passages each, some hundred of them in a
transaction. Each passage is made of two real texts and has the vector of the first (`benchmarks.scale_texts`).
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from assistant.workspace import Workspace
from benchmarks.scale_texts import BUILT, texts, vectors
from corpus.model import Block, BlockKind, Document, Name, Passage, Record, Source, Span
from corpus.text.sentences import split_sentences
from index.dense import DenseIndex
from index.embedding.embedder import Embedder, Vectors
from index.embedding.embedding_model import TokenCounter
from index.embedding.embedding_queue import EmbeddingQueue

__all__ = ["library_of"]

_PASSAGES_PER_DOCUMENT = 32
_DOCUMENTS_PER_TRANSACTION = 100
_FAMILIES = ("Abel", "Brandt", "Castro", "Dube", "Eriksen", "Fontaine", "Garcia", "Hansen", "Ito", "Jansen")


def library_of(passages: int, embedder: Embedder) -> Path:
    """The folder of a library with so many passages, all embedded; built when it is not there."""
    folder = BUILT / f"library-{passages}"
    if (folder / "built").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    # What another test made of the same vectors is of no use: passages have ids of their own.
    made = vectors(passages, embedder)
    pieces = texts()
    workspace = Workspace.open(folder, embedder=embedder)
    writer = _Writer(workspace, pieces)
    starts = range(0, passages, _PASSAGES_PER_DOCUMENT)
    for begin in range(0, len(starts), _DOCUMENTS_PER_TRANSACTION):
        with workspace.database.writing() as connection:
            for start in starts[begin : begin + _DOCUMENTS_PER_TRANSACTION]:
                writer.write(connection, start, made[start : start + _PASSAGES_PER_DOCUMENT])
            DenseIndex.identify_library(connection)
    workspace.ingest.add([])  # nothing is left to embed, and the dense file is made
    workspace.database.reader().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    workspace.close()
    (folder / "built").touch()
    return folder


class _Writer:
    def __init__(self, workspace: Workspace, pieces: Sequence[tuple[str, str]]) -> None:
        self._workspace = workspace
        self._pieces = pieces
        self._draw = random.Random(5)
        embedder = workspace.embedder
        self._queue = EmbeddingQueue(workspace.database, workspace.store, embedder, TokenCounter(embedder.model))

    def write(self, connection: sqlite3.Connection, start: int, rows: Vectors) -> None:
        """A document whose passages have these vectors; ``start`` is the number of its first one."""
        title = self._pieces[start % len(self._pieces)][0]
        bodies = [
            f"{self._pieces[n % len(self._pieces)][1]} {self._draw.choice(self._pieces)[1]}"
            for n in range(start, start + len(rows))
        ]
        document = _document(f"{title} {start}", bodies, _FAMILIES[self._draw.randrange(len(_FAMILIES))])
        name = f"/scale/{start}.txt"
        source = Source(name, hashlib.sha256(name.encode()).hexdigest(), len(document.text), 0.0)
        passages = [Passage(block.start, block.end, None) for block in document.blocks]
        store = self._workspace.store
        identity = store.insert(connection, source, document, passages)
        stored = store.passages_of(identity)
        self._workspace.lexical.add(connection, stored)
        self._queue.enter(connection, stored)
        hashes = connection.execute(
            "SELECT t.text_hash FROM passage_texts t JOIN passages p ON p.id = t.passage_id"
            " WHERE p.document_id = ? ORDER BY p.position",
            (identity,),
        ).fetchall()
        fingerprint = self._workspace.model.fingerprint
        connection.executemany(
            "INSERT OR IGNORE INTO embeddings(text_hash, fingerprint, vector) VALUES (?, ?, ?)",
            [(row[0], fingerprint, vector.tobytes()) for row, vector in zip(hashes, rows, strict=True)],
        )


def _document(title: str, bodies: Sequence[str], family: str) -> Document:
    text = "\n\n".join(bodies)
    blocks, sentences, start = [], [], 0
    for body in bodies:
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(body)))
        sentences += [Span(start + span.start, start + span.end) for span in split_sentences(body)]
        start += len(body) + 2
    record = Record(title=title, authors=(Name(family, "A."),), year=2000 + len(text) % 25)
    return Document(text, record, "paper", "text", blocks=tuple(blocks), sentences=tuple(sentences))
