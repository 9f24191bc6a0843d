"""Records completed from the registries, when asked: by identifier at once, by title only as an offer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from corpus.codec import to_plain
from corpus.errors import ServiceError
from corpus.model import Document, Record
from corpus.records.completion import REGISTRY, complete
from corpus.records.editing import EDITED
from corpus.store import StoredDocument
from corpus.web.catalogues import Catalogues, alike
from corpus.web.identifiers import Target

__all__ = ["Completer", "Completion"]

_SURE = 0.6
"""From this confidence on an identifier is asked for; a differing title still keeps its record from being applied."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a look-up came to for one document."""

    document_id: str
    status: Literal["completed", "offered", "nothing", "failed"]
    changed: tuple[str, ...] = ()
    """Fields of the record that changed."""
    candidates: tuple[Record, ...] = ()
    """Works that may be this one; none is applied without a person's word."""
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """An entry of ``lookups`` in ``loccit add --lookup --json``."""
        return {
            "document_id": self.document_id,
            "status": self.status,
            "changed": list(self.changed),
            "candidates": [record.as_csl() for record in self.candidates],
            "reason": self.reason,
        }


class Completer:
    """Completes documents; ``store`` writes a changed one."""

    def __init__(self, catalogues: Catalogues, store: Callable[[StoredDocument, Document], None]) -> None:
        self._catalogues = catalogues
        self._store = store

    def run(self, documents: Sequence[StoredDocument]) -> Iterator[Completion]:
        """Look up each document in turn; a service that fails is named and the next document tried."""
        for stored in documents:
            try:
                yield self._complete(stored)
            except ServiceError as error:
                yield Completion(stored.document_id, "failed", reason=str(error))

    def _complete(self, stored: StoredDocument) -> Completion:
        record = stored.document.record
        target = _identifier(stored.document)
        if target is None:
            if not record.title or stored.document.kind not in ("paper", "document", "web"):
                # An essay's heading is often the title of the work that it discusses.
                return Completion(stored.document_id, "nothing", reason="no identifier, and no title to search by")
            found = tuple(self._catalogues.search(record.title))
            reason = "" if found else "no work with this title was found"
            return Completion(stored.document_id, "offered" if found else "nothing", candidates=found, reason=reason)
        registered, _ = self._catalogues.record(target)
        named = stored.document.origins[target.kind].source == EDITED
        if record.title and not named and not alike(record.title, registered.title):
            reason = f"{target.value} is registered under another title"
            return Completion(stored.document_id, "offered", candidates=(registered,), reason=reason)
        completed = complete(stored.document, registered, REGISTRY)
        changed = _changed(record, completed.record)
        if changed:
            self._store(stored, completed)
        return Completion(stored.document_id, "completed", changed=changed)


def _identifier(document: Document) -> Target | None:
    record, origins = document.record, document.origins
    for kind, value in (("doi", record.doi), ("arxiv", record.arxiv)):
        if value and origins[kind].confidence >= _SURE:
            return Target("doi" if kind == "doi" else "arxiv", value)
    return None


def _changed(before: Record, after: Record) -> tuple[str, ...]:
    old, new = to_plain(before), to_plain(after)
    return tuple(name for name in new if old[name] != new[name])
