"""Notes on documents, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.citing import locator_label
from assistant.cli.output import emit, paragraph, talk
from assistant.workspace import Workspace
from corpus.locating import locate, locator_json
from corpus.model import Span
from corpus.store.notes import Note

__all__ = ["note_json", "print_notes"]


def note_json(workspace: Workspace, note: Note) -> dict[str, Any]:
    """An entry of ``notes`` in ``loccit note --json``."""
    stored = workspace.document(note.document_id)
    span = Span(note.anchor.start, note.anchor.end)
    return {
        "note": note.number,
        "document_id": note.document_id,
        "key": stored.key,
        "title": stored.name,
        "text": note.anchor.exact,
        "locator": None if note.broken else locator_json(locate(stored.document, span)),
        "body": note.body,
        "created": datetime.fromtimestamp(note.created, UTC).isoformat(timespec="seconds"),
        "broken": note.broken,
    }


def print_notes(workspace: Workspace, notes: Sequence[Note]) -> None:
    """Each note below the words that it is about."""
    if not notes:
        talk('No notes. Write one with: loccit note ID "words of the document" "comment"')
    for note in notes:
        stored = workspace.document(note.document_id)
        where = "its words are no longer in the document"
        if not note.broken:
            span = Span(note.anchor.start, note.anchor.end)
            where = locator_label(locate(stored.document, span), stored.document.record.title)
        emit(f"{note.number}. [{stored.key}] {stored.name}{', ' + where if where else ''}")
        emit(paragraph(f"“{note.anchor.exact}”", "   "))
        emit(paragraph(note.body, "   "))
