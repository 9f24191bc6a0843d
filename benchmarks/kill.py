"""Does a killed process lose anything, or leave a library that answers wrongly?

    python -m benchmarks.kill [--kills 30] [--documents 24] [--seed 0]

Half of the kills meet `loccit add` with several documents, half a process that makes the dense file again and again,
merging changes into it in between; each at a random moment, with SIGKILL. After each the library is opened and
examined: the database is sound, every document in it is whole, a search finds what comparing with every stored vector
finds. Then the interrupted add is run to its end, and the library must answer like one that was never interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.workspace import Workspace
from corpus.starter import brief_paths
from corpus.text.sentences import split_sentences
from index import dense
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import choose_model
from index.embedding.torch_embedder import LocalEmbedder
from index.stored_vectors import StoredVectors

__all__ = ["Killing", "write_documents"]

_SECTIONS = 6
_SENTENCES = 2
_QUESTIONS = ("What is marginal risk?", "Who may use the weights?", "Which licence is open?", "What must be recorded?")
_LIMIT = 20
_POLL_SECONDS = 0.005
_WAIT_SECONDS = 300

Answer = list[tuple[str, int, int, str]]
"""File, start, end and text of each passage found."""


def write_documents(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Markdown files of sections with two sentences each, drawn from the starter documents."""
    sentences = sorted({sentence for path in brief_paths() for sentence in _sentences(path)})
    draw = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        parts = [f"# Document {number}"]
        for section in range(_SECTIONS):
            parts += [f"## Part {section}", " ".join(draw.sample(sentences, _SENTENCES))]
        path = folder / f"{number:03}.md"
        path.write_text("\n\n".join(parts) + "\n", "utf-8")
        paths.append(path)
    return paths


class Killing:
    """A folder of documents, what a library of them answers, and libraries that are killed while they are made."""

    def __init__(self, folder: Path, documents: int, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._files = folder / "files"
        write_documents(self._files, documents)
        self._vectors = [embedder.encode([question]) for question in _QUESTIONS]
        begun = time.monotonic()
        self._add(folder / "whole").wait(_WAIT_SECONDS)
        self.seconds = time.monotonic() - begun
        """What an uninterrupted add takes."""
        self._expected = self._answers(folder / "whole")
        self._whole = self._documents(folder / "whole")
        assert len(self._whole) == documents, "the uninterrupted add did not add everything"

    def kill_add(self, name: str, *, stored: int, delay: float) -> str:
        """Kill an add of all documents, examine, finish, compare; says what was found.

        It is killed ``delay`` seconds after it has stored so many documents, or when it ends.
        """
        library = self._folder / name
        process = self._add(library)
        while process.poll() is None and _count(library / "library.db") < stored:
            time.sleep(_POLL_SECONDS)
        begun = time.monotonic()
        while process.poll() is None and time.monotonic() - begun < delay:
            time.sleep(_POLL_SECONDS)
        ended = process.poll() is not None
        _kill(process)
        state = self._examine(library)
        self._add(library).wait(_WAIT_SECONDS)
        self._examine(library)
        assert self._documents(library) == self._whole, "documents differ from those of a library never killed"
        assert self._answers(library) == self._expected, "answers differ from those of a library never killed"
        return f"add {'had ended' if ended else 'killed'} {delay:.2f} s after document {stored}: {state}"

    def kill_rebuild(self, name: str, delay: float) -> str:
        """Kill a process that makes the dense file anew all the time, ``delay`` seconds after it began; examine."""
        library = self._folder / "whole"
        command = [sys.executable, "-m", "benchmarks.kill", "--rebuild", str(library)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        _kill(process)
        state = self._examine(library)
        assert self._answers(library) == self._expected, "answers differ after a rebuild was killed"
        return f"{name} killed after {delay:.2f} s: {state}"

    def _add(self, library: Path) -> subprocess.Popen[bytes]:
        program = "import sys; from assistant.start import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "--library", str(library), "add", str(self._files)]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)

    def _open(self, library: Path) -> Workspace:
        return Workspace.open(library, embedder=self._embedder)

    def _examine(self, library: Path) -> str:
        """Everything that must hold of a library at any moment."""
        workspace = self._open(library)
        try:
            reader = workspace.database.reader()
            assert reader.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert not reader.execute("PRAGMA foreign_key_check").fetchall()
            reader.execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
            passages = reader.execute("SELECT count(*) FROM passages").fetchone()[0]
            assert passages == reader.execute("SELECT count(*) FROM passage_texts").fetchone()[0]
            documents = workspace.documents()
            for document in documents:
                assert document.passages == _SECTIONS, f"{document.path} is not whole"
                assert workspace.document(document.document_id).document.text
            embedded = self._compare(workspace)
            return f"{len(documents)} documents, {passages} passages, {embedded} vectors, all sound"
        finally:
            workspace.database.close()

    def _compare(self, workspace: Workspace) -> int:
        """Search against comparing with every stored vector; returns how many there are."""
        stored = StoredVectors(workspace.database, workspace.model.fingerprint)
        ids, vectors = stored.of(stored.ids())
        assert workspace.dense.size() == len(ids)
        for vector in self._vectors if len(ids) else []:
            scores = vectors @ vector[0]
            best = np.sort(scores)[::-1][:_LIMIT]
            found = workspace.dense.search(vector, _LIMIT)
            by_id = dict(zip(ids.tolist(), scores.tolist(), strict=True))
            assert np.allclose([score for _, score in found], best, atol=1e-5)
            assert np.allclose([by_id[passage_id] for passage_id, _ in found], best, atol=1e-5)
        return len(ids)

    def _documents(self, library: Path) -> list[tuple[str, str]]:
        workspace = self._open(library)
        try:
            rows = workspace.database.reader().execute("SELECT path, text FROM documents ORDER BY path")
            return [(row["path"], row["text"]) for row in rows]
        finally:
            workspace.database.close()

    def _answers(self, library: Path) -> list[Answer]:
        """Sorted, because passages of equal score come in the order of adding, which readers at work together vary."""
        workspace = self._open(library)
        try:
            paths = {document.document_id: document.path for document in workspace.documents()}
            return [
                sorted(
                    (paths[hit.passage.document_id], hit.passage.start, hit.passage.end, hit.passage.text)
                    for hit in workspace.retriever.search(question, _LIMIT, vector=vector)
                )
                for question, vector in zip(_QUESTIONS, self._vectors, strict=True)
            ]
        finally:
            workspace.database.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill, and print what was found each time; any loss ends with an AssertionError."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rebuild", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.rebuild:
        _rebuild(options.rebuild)
    draw = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(Path(folder), options.documents, LocalEmbedder(choose_model()))
        print(f"an add of {options.documents} documents takes {killing.seconds:.1f} s", flush=True)
        for number in range(options.kills // 2):
            # By turns while documents are stored, and while texts are embedded and the dense file is made.
            stored = options.documents if number % 2 else draw.randint(0, options.documents)
            delay = draw.uniform(0, killing.seconds / 2 if number % 2 else 0.1)
            print(killing.kill_add(f"library {number}", stored=stored, delay=delay), flush=True)
        for number in range(options.kills - options.kills // 2):
            print(killing.kill_rebuild(f"rebuild {number}", draw.uniform(0, 0.5)), flush=True)
    print(f"{options.kills} kills: nothing lost, nothing wrong")


def _rebuild(library: Path) -> None:
    """Never returns: loses the dense file, or merges changes into it, in turn."""
    dense._MIN_CHANGES = 1
    workspace = Workspace.open(library)
    path = library / "dense.faiss"
    print("begun", flush=True)
    while True:
        path.unlink(missing_ok=True)
        workspace.dense.verify()
        for _ in range(3):
            with workspace.database.writing() as connection:
                # Touched, as by a text embedded again: the log grows, and the file falls behind.
                connection.execute("INSERT INTO dense_changes(passage_id) SELECT passage_id FROM passage_texts")
            workspace.dense.refresh()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and those it has started, at once."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_WAIT_SECONDS)
    if process.stdout is not None:
        process.stdout.close()


def _count(database: Path) -> int:
    """How many documents another process has committed."""
    if not database.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=1)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # its tables are being made


def _sentences(path: Path) -> Iterator[str]:
    for paragraph in path.read_text("utf-8").split("\n\n"):
        if paragraph[:1].isalpha():
            text = " ".join(paragraph.split())
            yield from (span.within(text) for span in split_sentences(text) if 40 < span.end - span.start < 300)


if __name__ == "__main__":
    main()
