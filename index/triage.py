"""Which files of an add have to be read: known ones, copies and moved ones cost no more than their hash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import Cancelled, ReadError
from corpus.model import Source
from corpus.pdf.options import PdfOptions
from corpus.store import Database, DocumentStore
from corpus.store.readings import Readings
from index.originals import Original, PresentHashes, find_originals
from index.reasons import refusal, same_as
from index.reports import AddItem, AddReport, Status

__all__ = ["Triage", "failed_item"]


class Triage:
    """Compares files with what the library holds."""

    def __init__(self, database: Database, store: DocumentStore) -> None:
        self._database = database
        self._store = store
        self._readings = Readings(database)

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
        return recognisable or self._readings.is_outdated(document_id)

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
