"""Health of the installation, the model and the library: a check of each part, with a remedy where it fails."""

import platform
import shlex
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from assistant.workspace import Workspace
from corpus.errors import ModelError, ReadError, UsageError
from corpus.pdf.ocr import check_recognition
from corpus.readers.collection import collection_of
from corpus.readers.pandoc import pandoc_version
from corpus.store import DocumentStore
from corpus.store.near_duplicates import Resemblances
from index.embedding.embedding_model import AbsentModel, EmbeddingRecord
from index.embedding.query_encoder import encoder_comparison
from index.originals import CurrentHashes

__all__ = ["examine"]


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
    """Check the installation, the model and the library, in this order."""
    yield Check("python", "ok", platform.python_version())
    yield _torch()
    yield _full_text(workspace)
    yield _pandoc()
    yield _recognition()
    yield _model(workspace)
    yield _questions(workspace)
    yield _settings(workspace)
    yield _database(workspace)
    yield _documents(workspace)
    yield _readings(workspace)
    yield _likeness(workspace)
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


def _recognition() -> Check:
    try:
        check_recognition()
    except UsageError as error:
        return Check("scans", "note", f"{error.cause}; everything else is read", error.remedy)
    return Check("scans", "ok", "can be recognised with loccit add --ocr")


def _model(workspace: Workspace) -> Check:
    model = workspace.model
    try:
        model.verify()
    except ModelError as error:
        return Check("model", "fail", f"{error.cause}: {error.place}", error.remedy)
    proof = "every file as recorded" if model.bundled else f"in {model.folder}"
    return Check("model", "ok", f"{model.name}, {proof}, fingerprint {model.fingerprint}")


def _questions(workspace: Workspace) -> Check:
    """Whether questions are embedded without loading torch."""
    if isinstance(workspace.model, AbsentModel):
        return Check("questions", "note", "not examined, because there is no embedding model")
    proof = encoder_comparison(workspace.model, EmbeddingRecord())
    if proof is None:
        detail = "torch, which takes seconds to load, embeds the first one; onnxruntime embeds the others"
        return Check("questions", "note", detail)
    if not proof["fits"]:
        return Check("questions", "note", f"torch embeds them, which costs seconds at each start: {proof['reason']}")
    return Check("questions", "ok", f"embedded by onnxruntime, cosine to float32 in torch {proof['cosine']:.6f}")


def _settings(workspace: Workspace) -> Check:
    """Whether the library's own file sets what only the user's own may set."""
    ignored = workspace.configuration.ignored
    if ignored is None:
        return Check("settings", "ok", "all are used")
    return Check("settings", "note", f"{ignored.cause}: {ignored.place}", ignored.remedy)


def _database(workspace: Workspace) -> Check:
    result = workspace.database.reader().execute("PRAGMA quick_check").fetchone()[0]
    place = str(workspace.database.path)
    if result != "ok":
        return Check("library", "fail", f"{place}: {result}", "Move it away and add the originals again")
    if workspace.read_only:
        remedy = "To add documents, give yourself write permission"
        return Check(
            "library", "note", f"{place} is read-only: questions are answered, and nothing can be added", remedy
        )
    return Check("library", "ok", place)


def _documents(workspace: Workspace) -> Check:
    documents = workspace.documents()
    passages = sum(document.passages for document in documents)
    if not documents:
        return Check("documents", "note", "none", "Run loccit add PATH")
    return Check("documents", "ok", f"{len(documents)} documents, {passages} passages")


def _readings(workspace: Workspace) -> Check:
    """Documents that an older version read, and the folders or collections to add to read them again."""
    outdated = DocumentStore(workspace.database).outdated()
    if not outdated:
        return Check("readers", "ok", "every document was read by this version")
    files = [(collection_of(path), path) for path in outdated]
    places = dict.fromkeys(shlex.quote(collection or str(Path(path).parent)) for collection, path in files)
    count = "1 document was" if len(outdated) == 1 else f"{len(outdated)} documents were"
    detail = f"{count} read by an older version"
    return Check("readers", "note", detail, f"Run loccit add {' '.join(places)}")


def _likeness(workspace: Workspace) -> Check:
    """Pairs of documents with nearly the same text."""
    pairs = Resemblances(workspace.database).pairs()
    if not pairs:
        return Check("likeness", "ok", "no two documents have nearly the same text")
    keys = {document.document_id: document.key for document in workspace.documents()}
    named = [f"{keys[pair.document_id]} and {keys[pair.other_id]} ({int(100 * pair.share)} %)" for pair in pairs]
    remedy = "If one of a pair is not wanted, run loccit remove with its key"
    return Check("likeness", "note", f"nearly the same text: {', '.join(named)}", remedy)


def _vectors(workspace: Workspace) -> Check:
    if isinstance(workspace.model, AbsentModel):
        return Check("vectors", "note", "not examined, because there is no embedding model")
    waiting = workspace.ingest.pending()
    if waiting:
        return Check("vectors", "note", f"{waiting} passages have none yet", "Run loccit add with any path")
    if not workspace.dense.verify():
        return Check("vectors", "ok", "every passage has one; the index was missing or damaged and has been rebuilt")
    return Check("vectors", "ok", "every passage has one, and the index is complete")


def _originals(workspace: Workspace) -> Check:
    """Files that were moved, removed or changed since they were read."""
    known = {document.path: document.document_id for document in workspace.documents()}
    present, gone, changed = CurrentHashes(), [], []
    for path in known:
        now = present.of(path)
        if now is None:
            gone.append(path)
        elif now != workspace.document(known[path]).source.sha256:
            changed.append(path)
    if gone or changed:
        lists = [f"{word}: {', '.join(paths)}" for word, paths in (("gone", gone), ("changed", changed)) if paths]
        return Check("originals", "note", "; ".join(lists), "Run loccit add with the folder where they are now")
    return Check("originals", "ok", "all in place and unchanged")
