"""What is known of a document beside its row: its key and tags, the versions of its work, a person's notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.tui.marking import one_line
from assistant.tui.phrases import count, opening

if TYPE_CHECKING:
    from assistant.tui.messages import ParticularsRead
    from corpus.store import DocumentSummary

__all__ = ["particulars"]

NOTES_SHOWN = 3


def particulars(document: DocumentSummary, found: ParticularsRead, names: Mapping[str, str]) -> Iterator[str]:
    """A line for each thing that is known; ``names`` are those of documents by their ids."""
    yield " · ".join(filter(None, (f"[{document.key}]", found.own.name, *document.tags)))
    for identity, version in found.versions.items():
        yield f"Also held: {', '.join(filter(None, (names.get(identity, identity), version.name)))}"
    for note in found.notes[:NOTES_SHOWN]:
        lost = " (its words are no longer in the document)" if note.broken else ""
        yield f"Note on “{opening(note.anchor.exact)}”{lost}: {one_line(note.body)}"
    more = len(found.notes) - NOTES_SHOWN
    if more > 0:
        yield f"{count(more, 'more note')}: loccit note {document.key}"
