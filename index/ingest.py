"""Which files of an add have to be read: known ones, copies and moved ones cost no more than their hash.

Adding files: read, store, index, embed; and taking documents out again.

A document and its rows in the full-text index are written in one transaction. Embedding follows in batches, each
committed; whatever is not embedded when a run ends is embedded by the next one.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
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
from index.originals import Original, PresentHashes, find_originals
from index.reports import (
    BETTER_READER,
    AddItem,
    AddProgress,
    AddReport,
    Status,
    joined,
    kept_text,
    lost_notes,
    nearly_same,
    refusal,
    same_as,
    shortcomings,
)
from index.stored_vectors import drop_unused

__all__ = ["Ingest"]


class Triage:
    """Compares files with what the library holds."""

    def __init__(self, database: Database, store: DocumentStore) -> None:
        self._database = database
        self._store = store

    def sort(
        self, paths: Sequence[str | Path], report: AddReport, cancelled: Callable[[], bool], pdf: PdfOptions
    ) -> tuple[list[Original], list[tuple[Source, str]]]:
        """Hash every file: what needs no reading is entered in ``report``.

        Gives the originals that are to be read, and the copies of these with the path of each one's original.

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
                report.items.append(failed_item(original))
            else:
                originals.append(original)
        moved = self._follow_moves([original.source for original in originals])
        for original in originals:
            if cancelled():
                raise Cancelled("Adding was cancelled")
            source = original.source
            known = self._store.by_path(source.path)
            if known is not None and known[1] == source.sha256 and not self.gains_by_reading(known[0], pdf):
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
        """A file with the content of another one of the same add: no better off than that one."""
        known = self._store.by_path(original)
        if known is None or known[1] != source.sha256:
            return AddItem(source.path, "failed", reason=f"The same content as {original}, which could not be read.")
        return self.known_item(known[0], source.path, "duplicate", same_as(original))

    def known_item(self, document_id: str, path: str, status: Status, reason: str = "") -> AddItem:
        """What became of a file whose document the library holds."""
        outline = self._store.outline(document_id)
        return AddItem(
            path=path,
            status=status,
            document_id=document_id,
            title=outline.title,
            authors=outline.authors,
            year=outline.year,
            pages=outline.pages,
            pages_failed=outline.pages_failed,
            passages=outline.passages,
            references=outline.references,
            reason=reason,
        )

    def gains_by_reading(self, document_id: str, pdf: PdfOptions) -> bool:
        """Whether reading an unchanged file again may bring more, by a better reader or by recognition."""
        recognisable = pdf.ocr and bool(self._store.outline(document_id).pages_failed)
        return recognisable or self._store.is_outdated(document_id)

    def _follow_moves(self, sources: Sequence[Source]) -> dict[str, str]:
        """Relocate every document whose content now stands at another place; gives the old place by the new one.

        All files are followed before any is read: another content may have come to a place that was left.
        """
        moved: dict[str, str] = {}
        present = PresentHashes({source.path: source.sha256 for source in sources})
        for source in sources:
            if self._left_place(source, present) is None:
                continue
            with self._database.writing() as connection:
                # Looked up again: another process may have written in the meantime.
                same = self._left_place(source, present)
                if same is not None:
                    self._store.relocate(connection, same[0], source.path)
                    moved[source.path] = same[1]
        return moved

    def _left_place(self, source: Source, present: PresentHashes) -> tuple[str, str] | None:
        """Id and path of a document with the content of ``source``, where its own file has this content no longer."""
        known = self._store.by_path(source.path)
        if known is not None and known[1] == source.sha256:
            return None
        same = self._store.by_hash(source.sha256)
        return None if same is None or present.of(same[1]) == source.sha256 else same


def failed_item(error: ReadError, path: str = "") -> AddItem:
    """A file that could not be read; without ``path``, the one that the error names."""
    return AddItem(path or error.place, "failed", reason=refusal(error))


_PREFIX_TOKENS = 54

"""Room in the model's input for title and heading, which are embedded in front of a passage, and special tokens."""

_LEAST_TOKENS = 32

"""A passage that must be shorter says nothing by itself."""


class Ingest:
    """The one place where documents come into a library and leave it."""

    def __init__(
        self,
        database: Database,
        store: DocumentStore,
        lexical: LexicalIndex,
        dense: DenseIndex,
        embedder: Embedder,
    ) -> None:
        self._database = database
        self._store = store
        self._lexical = lexical
        self._dense = dense
        self._triage = Triage(database, store)
        self._tokens = TokenCounter(embedder.model)
        self._notes = Notes(database)
        self._resemblances = Resemblances(database)
        self._queue = EmbeddingQueue(database, store, embedder, self._tokens)
        self._limit = embedder.model.max_tokens - _PREFIX_TOKENS
        if self._limit < _LEAST_TOKENS:
            raise ModelError(
                f"The embedding model reads only {embedder.model.max_tokens} tokens",
                place=embedder.model.name,
                remedy=f"Choose one that reads at least {_PREFIX_TOKENS + _LEAST_TOKENS}",
            )

    def add(
        self,
        paths: Sequence[str | Path],
        *,
        progress: Callable[[AddProgress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        starter: bool = False,
        pdf: PdfOptions | None = None,
    ) -> AddReport:
        """Add files and folders; what fails is reported and the rest still added.

        ``pdf`` says how PDF files are read; where pages are to be recognised, a file that lost some is read again
        though it has not changed. Cancelling keeps every document finished so far; the report says so.

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
        """Take documents out of the library; the files stay where they are.

        Raises:
            UnknownDocument: there is no such document; then none is removed.
        """
        known = [self._store.identify(name) for name in document_ids]
        with self._database.writing() as connection:
            for document_id in dict.fromkeys(known):
                self._lexical.remove(connection, self._store.passages_of(document_id))
                self._store.delete(connection, document_id)
            DenseIndex.next_generation(connection)
        self._dense.refresh()
        drop_unused(self._database)

    def edit(self, name: str, changes: Mapping[str, str]) -> str:
        """Set fields of a document's record; what is embedded or indexed with a changed title is made anew.

        Returns the document's id.

        Raises:
            UnknownDocument: there is no such document.
            UsageError: there is no such field, or a value does not fit it.
            ModelError: the embedding model cannot be used; the edit is kept, and the next add goes on.
        """
        stored = self._store.get(name)
        self.rewrite(stored, amend(stored.document, changes))
        return stored.document_id

    def rewrite(self, stored: StoredDocument, document: Document) -> None:
        """Put ``document`` in the place of ``stored``, under the same id and key.

        Raises:
            ModelError: the embedding model cannot be used; what was written is kept, and the next add goes on.
        """
        passages = cut_passages(document, self._tokens.count, self._limit)
        with self._database.writing() as connection:
            self._put(
                connection,
                stored.source,
                document,
                passages,
                starter=stored.starter,
                replacing=stored.document_id,
            )
        self._queue.run(progress=lambda _done, _total: None, cancelled=lambda: False)
        self._dense.refresh()

    def pending(self) -> int:
        """How many passages wait for their embedding."""
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
        by_item = {original.item: original for original in tasks}
        done = 0
        progress(AddProgress("reading", done, len(tasks)))
        for item, result in read_all(by_item, cancelled=cancelled, pdf=pdf):
            path = by_item[item].source.path
            if isinstance(result, ReadError):
                report.items.append(self._refused(result, by_item[item].source))
            else:
                report.items.append(self._write(by_item[item], result, starter, pdf))
            done += 1
            progress(AddProgress("reading", done, len(tasks), path))

    def _refused(self, error: ReadError, source: Source) -> AddItem:
        """A file that cannot be read; one that an older reader has read keeps what that has made."""
        known = self._store.by_path(source.path)
        if known is not None and known[1] == source.sha256:
            return self._triage.known_item(known[0], source.path, "unchanged", kept_text(error))
        return failed_item(error, source.path)

    def _write(self, original: Original, document: Document, starter: bool, pdf: PdfOptions) -> AddItem:
        """Store a document that was read, and say what became of it."""
        source = original.source
        passages = cut_passages(document, self._tokens.count, self._limit)
        with self._database.writing() as connection:
            # Looked up again: another process may have written the same file in the meantime.
            known = self._store.by_path(source.path)
            again = known is not None and known[1] == source.sha256
            outdated = known is not None and again and self._store.is_outdated(known[0])
            if known is not None and again and not self._triage.gains_by_reading(known[0], pdf):
                return self._triage.known_item(known[0], source.path, "unchanged")
            if known is None and (same := self._store.by_hash(source.sha256)) is not None:
                return self._triage.known_item(same[0], source.path, "duplicate", same_as(same[1]))
            replacing = known[0] if known else None
            if replacing is not None:
                # What a registry gave for this very content still holds.
                origins = (REGISTRY,) if again else ()
                document = carry_over(self._store.get(replacing).document, document, *origins)
            document_id = self._put(connection, source, document, passages, starter=starter, replacing=replacing)
            self._store.note_reader(connection, document_id, document.media)
            lost = self._notes.follow(connection, document_id, document.text)
        status: Status = "partial" if document.pages_failed else "updated" if replacing else "added"
        reason = joined(
            BETTER_READER if outdated else "",
            shortcomings(document),
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
        # A passage that keeps its id has the same words, so its rows in both indexes stay right.
        kept = {passage.passage_id for passage in before} & {passage.passage_id for passage in after}
        new = [passage for passage in after if passage.passage_id not in kept]
        self._lexical.remove(connection, [passage for passage in before if passage.passage_id not in kept])
        self._lexical.add(connection, new)
        self._queue.enter(connection, new)
        self._resemblances.write(connection, document_id, document.text)
        DenseIndex.next_generation(connection)
        return document_id
