"""Is everything in order? Each part looked at, with what to do where it is not."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import ModelError, ReadError
from corpus.pandoc.program import pandoc_version
from index.originals import hashes_now

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["Check", "examine"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of ``loccit doctor``."""

    name: str
    status: Literal["ok", "note", "fail"]
    detail: str
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        """An entry of ``checks`` in ``loccit doctor --json``."""
        return asdict(self)


def examine(workspace: Workspace) -> Iterator[Check]:
    """Look at the installation, the model and the library, in this order."""
    yield Check("python", "ok", platform.python_version())
    yield _torch()
    yield _full_text(workspace)
    yield _pandoc()
    yield _model(workspace)
    yield _database(workspace)
    yield _documents(workspace)
    yield _vectors(workspace)
    yield _originals(workspace)


def _torch() -> Check:
    try:
        found = version("torch")
    except PackageNotFoundError:
        return Check("torch", "fail", "not installed", "Run make setup")
    if platform.system() == "Linux" and "+cpu" not in found:
        try:
            version("nvidia-cublas")
        except PackageNotFoundError:
            return Check("torch", "ok", found)
        return Check("torch", "note", f"{found} with CUDA packages, several gigabytes", "make clean, then make setup")
    return Check("torch", "ok", found)


def _full_text(workspace: Workspace) -> Check:
    options = {row[0] for row in workspace.database.reader().execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        return Check("sqlite", "fail", f"{sqlite3.sqlite_version} without FTS5", "Use a Python built with FTS5")
    return Check("sqlite", "ok", f"{sqlite3.sqlite_version} with FTS5")


def _pandoc() -> Check:
    try:
        return Check("pandoc", "ok", pandoc_version())
    except ReadError as error:
        detail = f"{error.cause}: DOCX, ODT, RTF, EPUB and LaTeX files are not read"
        return Check("pandoc", "fail", detail, error.remedy)


def _model(workspace: Workspace) -> Check:
    model = workspace.model
    try:
        model.verify()
    except ModelError as error:
        return Check("model", "fail", f"{error.cause}: {error.place}", error.remedy)
    proof = "every file as recorded" if model.bundled else f"in {model.folder}"
    return Check("model", "ok", f"{model.name}, {proof}, fingerprint {model.fingerprint}")


def _database(workspace: Workspace) -> Check:
    result = workspace.database.reader().execute("PRAGMA quick_check").fetchone()[0]
    place = str(workspace.database.path)
    if result != "ok":
        return Check("library", "fail", f"{place}: {result}", "Move it away and add the originals again")
    return Check("library", "ok", place)


def _documents(workspace: Workspace) -> Check:
    documents = workspace.documents()
    passages = sum(document.passages for document in documents)
    if not documents:
        return Check("documents", "note", "none", "Run loccit add PATH")
    return Check("documents", "ok", f"{len(documents)} documents, {passages} passages")


def _vectors(workspace: Workspace) -> Check:
    waiting = workspace.ingest.pending()
    if waiting:
        return Check("vectors", "note", f"{waiting} passages wait for theirs", "Run loccit add with any path")
    workspace.dense.refresh()
    return Check("vectors", "ok", "every passage has one, and the index fits the library")


def _originals(workspace: Workspace) -> Check:
    """Files that were moved away or changed since they were read."""
    known = {document.path: document.document_id for document in workspace.documents()}
    gone, changed = [], []
    for path, now in hashes_now(known):
        if now is None:
            gone.append(path)
        elif now != workspace.document(known[path]).source.sha256:
            changed.append(path)
    if gone or changed:
        lists = [f"{word}: {', '.join(paths)}" for word, paths in (("gone", gone), ("changed", changed)) if paths]
        return Check("originals", "note", "; ".join(lists), "Run loccit add with the folder where they are now")
    return Check("originals", "ok", "all where they were, unchanged")
