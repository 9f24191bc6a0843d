"""Ingest: adds files to the library (read, store, index, embed) and removes documents from it.

A document and its rows in the full-text index are written in one transaction. Embedding follows in committed batches;
the next run embeds what is left. Files that are known, copied or moved cost no more than their hash.
"""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.errors import Cancelled, ModelError, ReadError
from corpus.model import Document, Passage, Source
from corpus.passages import cut_passages
from corpus.pdf.engine import PdfOptions
from corpus.readers.workers import read_all
from corpus.records.record import REGISTRY, amend, carry_over
from corpus.store import Database, DocumentStore, StoredDocument
from corpus.store.near_duplicates import Resemblances
from corpus.store.notes import Notes
from index.dense import DenseIndex
from index.embedding.embedder import Embedder
from index.embedding.embedding_model import TokenCounter
from index.embedding.embedding_queue import EmbeddingQueue
from index.lexical import LexicalIndex
from index.originals import CurrentHashes, Original, find_originals
from index.reports import (
    NEWER_READER,
    AddItem,
    AddProgress,
    AddReport,
    Status,
    failure_reason,
    joined,
    kept_text,
    lost_notes,
    nearly_same,
    reading_losses,
    same_as,
)
from index.stored_vectors import drop_unused

__all__ = ["Ingest"]

_PREFIX_TOKENS = 54
"""Room in the model's input for title and heading, which are embedded in front of a passage, and special tokens."""
_MIN_TOKENS = 32
"""Shorter passages would be meaningless by themselves."""


class Ingest:
    """The one place where documents come into a library and leave it."""

    def __init__(
        self, database: Database, store: DocumentStore, lexical: LexicalIndex, dense: DenseIndex, embedder: Embedder
    ) -> None:
        self._database = database
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._triage = _Triage(database, store)
        self._tokens = TokenCounter(embedder.model)
        self._notes = Notes(database)
        self._resemblances = Resemblances(database)
        self._queue = EmbeddingQueue(database, store, embedder, self._tokens)
        self._limit = embedder.model.max_tokens - _PREFIX_TOKENS
        if self._limit < _MIN_TOKENS:
            cause = f"The embedding model reads only {embedder.model.max_tokens} tokens"
            remedy = f"Choose one that reads at least {_PREFIX_TOKENS + _MIN_TOKENS}"
            raise ModelError(cause, place=embedder.model.name, remedy=remedy)

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[AddProgress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        starter: bool = False,
        pdf: PdfOptions | None = None,
    ) -> AddReport:
        """Add files and folders; what fails is reported and the rest is still added.

        ``pdf`` says how PDF files are read; with text recognition, an unchanged file with lost pages is read again.
        Cancelling keeps every document finished so far; the report says so.

        Raises:
            LibraryError: the library cannot be written.
            ModelError: the embedding model cannot be used; what was read is kept.
        """
        self._database.check_writable()
        begun = time.monotonic()
        report = AddReport()
        pdf = pdf or PdfOptions()
        try:
            tasks, copies = self._triage.sort(paths, report, cancelled, pdf)
            self._read(tasks, report, progress, cancelled, starter=starter, pdf=pdf)
            report.items += [self._triage.copy_item(source, original) for source, original in copies]
            report.embedded = self._queue.run(
                progress=lambda done, total: progress(AddProgress("embedding", done, total)), cancelled=cancelled
            )
        except Cancelled as cancel:
            report.cancelled = True
            report.embedded = cancel.embedded
        self._dense.refresh()
        report.seconds = time.monotonic() - begun
        return report

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove documents from the library; the files stay where they are.

        Raises:
            UnknownDocument: there is no such document; none is removed then.
        """
        known = [self._store.identify(name) for name in document_ids]
        with self._database.writing() as connection:
            for document_id in dict.fromkeys(known):
                self._lexical.remove(connection, self._store.passages_of(document_id))
                self._store.delete(connection, document_id)
        self._dense.refresh()
        drop_unused(self._database)

    def edit(self, name: str, changes: Mapping[str, str]) -> str:
        """Set fields of a document's record; a changed title is indexed and embedded. Returns the document's id.

        Raises:
            UnknownDocument: there is no such document.
            UsageError: there is no such field, or a value does not fit it.
            ModelError: the embedding model cannot be used; the edit is kept, and the next add embeds the rest.
        """
        stored = self._store.get(name)
        self.rewrite(stored, amend(stored.document, changes))
        return stored.document_id

    def rewrite(self, stored: StoredDocument, document: Document) -> None:
        """Replace ``stored`` by ``document`` under the same id and key.

        Raises:
            ModelError: the embedding model cannot be used; the document is kept, and the next add embeds the rest.
        """
        passages = cut_passages(document, self._tokens.count, self._limit)
        starter, replacing = stored.starter, stored.document_id
        with self._database.writing() as connection:
            self._put(connection, stored.source, document, passages, starter=starter, replacing=replacing)
        self._queue.run(progress=lambda _done, _total: None, cancelled=lambda: False)
        self._dense.refresh()

    def pending(self) -> int:
        """Count the passages without an embedding."""
        return self._queue.waiting()

    def _read(
        self,
        tasks: list[Original],
        report: AddReport,
        progress: Callable[[AddProgress], None],
        cancelled: Callable[[], bool],
        *,
        starter: bool,
        pdf: PdfOptions,
    ) -> None:
        by_item = {original.item: original.source for original in tasks}
        progress(AddProgress("reading", 0, len(tasks)))
        for done, (item, result) in enumerate(read_all(by_item, cancelled=cancelled, pdf=pdf), 1):
            source = by_item[item]
            if isinstance(result, ReadError):
                report.items.append(self._refused(result, source))
            else:
                report.items.append(self._write(source, result, starter, pdf))
            progress(AddProgress("reading", done, len(tasks), source.path))

    def _refused(self, error: ReadError, source: Source) -> AddItem:
        """Report a file that cannot be read; one that an older reader could read keeps its text."""
        known = self._store.by_path(source.path)
        if known is not None and known[1] == source.sha256:
            return self._triage.known_item(known[0], source.path, "unchanged", kept_text(error))
        return _failed_item(error, source.path)

    def _write(self, source: Source, document: Document, starter: bool, pdf: PdfOptions) -> AddItem:
        """Store a document that was read, and report what became of it."""
        passages = cut_passages(document, self._tokens.count, self._limit)
        with self._database.writing() as connection:
            # Looked up again: another process may have written the same file in the meantime.
            known = self._store.by_path(source.path)
            again = known is not None and known[1] == source.sha256
            outdated = known is not None and again and self._store.is_outdated(known[0])
            if known is not None and again and not self._triage.gains_by_rereading(known[0], pdf):
                return self._triage.known_item(known[0], source.path, "unchanged")
            if known is None and (same := self._store.by_hash(source.sha256)) is not None:
                return self._triage.known_item(same[0], source.path, "duplicate", same_as(same[1]))
            replacing = known[0] if known else None
            if replacing is not None:
                # Fields that a registry gave for the same content stay valid.
                origins = (REGISTRY,) if again else ()
                document = carry_over(self._store.get(replacing).document, document, *origins)
            document_id = self._put(connection, source, document, passages, starter=starter, replacing=replacing)
            self._store.note_reader(connection, document_id, document.media)
            lost = self._notes.follow(connection, document_id, document.text)
        status: Status = "partial" if document.pages_failed else "updated" if replacing else "added"
        reason = joined(
            NEWER_READER if outdated else "",
            reading_losses(document),
            lost_notes(lost),
            "" if again else nearly_same(self._resemblances.of(document_id)),
        )
        return self._triage.known_item(document_id, source.path, status, reason)

    def _put(
        self,
        connection: sqlite3.Connection,
        source: Source,
        document: Document,
        passages: Sequence[Passage],
        *,
        starter: bool,
        replacing: str | None,
    ) -> str:
        """Write a document with its full-text rows, in the caller's transaction; returns its id."""
        before = self._store.passages_of(replacing) if replacing is not None else []
        document_id = self._store.insert(connection, source, document, passages, starter=starter, replacing=replacing)
        after = self._store.passages_of(document_id)
        # A passage that keeps its id has the same words, so its rows in both indexes stay valid.
        kept = {passage.passage_id for passage in before} & {passage.passage_id for passage in after}
        new = [passage for passage in after if passage.passage_id not in kept]
        self._lexical.remove(connection, [passage for passage in before if passage.passage_id not in kept])
        self._lexical.add(connection, new)
        self._queue.enter(connection, new)
        self._resemblances.write(connection, document_id, document.text)
        return document_id


class _Triage:
    """Compares files with what the library holds, to find those that must be read."""

    def __init__(self, database: Database, store: DocumentStore) -> None:
        self._database = database
        self._store = store

    def sort(
        self, paths: Sequence[str | Path], report: AddReport, cancelled: Callable[[], bool], pdf: PdfOptions
    ) -> tuple[list[Original], list[tuple[Source, str]]]:
        """Hash every file and report those that need no reading.

        Returns the originals to be read, and the copies of these, each with the path of its original.

        Raises:
            Cancelled: the user asked to stop.
        """
        tasks: list[Original] = []
        copies: list[tuple[Source, str]] = []
        queued: dict[str, str] = {}
        originals: list[Original] = []
        for original in find_originals(paths):
            if cancelled():
                raise Cancelled("Adding was cancelled")
            if isinstance(original, ReadError):
                report.items.append(_failed_item(original))
            else:
                originals.append(original)
        moved = self._follow_moves([original.source for original in originals])
        for original in originals:
            if cancelled():
                raise Cancelled("Adding was cancelled")
            source = original.source
            known = self._store.by_path(source.path)
            if known is not None and known[1] == source.sha256 and not self.gains_by_rereading(known[0], pdf):
                reason = f"moved here from {moved[source.path]}" if source.path in moved else ""
                report.items.append(self.known_item(known[0], source.path, "unchanged", reason))
            elif known is None and (same := self._store.by_hash(source.sha256)) is not None:
                report.items.append(self.known_item(same[0], source.path, "duplicate", same_as(same[1])))
            elif source.sha256 in queued:
                copies.append((source, queued[source.sha256]))
            else:
                queued[source.sha256] = source.path
                tasks.append(original)
        return tasks, copies

    def copy_item(self, source: Source, original: str) -> AddItem:
        """Report a file with the content of another one of the same add: a duplicate, or failed like that one."""
        known = self._store.by_path(original)
        if known is None or known[1] != source.sha256:
            return AddItem(source.path, "failed", reason=f"The same content as {original}, which could not be read.")
        return self.known_item(known[0], source.path, "duplicate", same_as(original))

    def known_item(self, document_id: str, path: str, status: Status, reason: str = "") -> AddItem:
        """Report a file whose document the library holds."""
        return AddItem(path, status, document_id, reason=reason, **asdict(self._store.outline(document_id)))

    def gains_by_rereading(self, document_id: str, pdf: PdfOptions) -> bool:
        """Whether reading an unchanged file again may improve it, by a newer reader or by text recognition."""
        recognisable = pdf.ocr and bool(self._store.outline(document_id).pages_failed)
        return recognisable or self._store.is_outdated(document_id)

    def _follow_moves(self, sources: Sequence[Source]) -> dict[str, str]:
        """Update the path of every document whose content has moved; returns the old path by the new one.

        All moves are followed before any file is read: the old path may hold another content now.
        """
        moved: dict[str, str] = {}
        present = CurrentHashes({source.path: source.sha256 for source in sources})
        for source in sources:
            if self._moved_from(source, present) is None:
                continue
            with self._database.writing() as connection:
                # Looked up again: another process may have written in the meantime.
                same = self._moved_from(source, present)
                if same is not None:
                    self._store.relocate(connection, same[0], source.path)
                    moved[source.path] = same[1]
        return moved

    def _moved_from(self, source: Source, present: CurrentHashes) -> tuple[str, str] | None:
        """Return id and path of a document with the content of ``source`` whose own file no longer has it, or None."""
        known = self._store.by_path(source.path)
        if known is not None and known[1] == source.sha256:
            return None
        same = self._store.by_hash(source.sha256)
        return None if same is None or present.of(same[1]) == source.sha256 else same


def _failed_item(error: ReadError, path: str = "") -> AddItem:
    """Report a file that could not be read: ``path``, else the one that the error names."""
    return AddItem(path or error.place, "failed", reason=failure_reason(error))
