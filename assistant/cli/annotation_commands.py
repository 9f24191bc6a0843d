"""Notes on documents, for a terminal and for programs.

The command ``note``.

Tags, for a terminal and for programs.

The command ``tag``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from assistant.citing import locator_label
from assistant.cli.opening import Json, opened
from assistant.cli.output import emit, emit_json, paragraph, talk
from assistant.workspace import Workspace
from corpus.locating import locate, locator_json
from corpus.model import Span
from corpus.store import DocumentSummary
from corpus.store.notes import Note

__all__ = ["note", "tag"]


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


def note(
    document: Annotated[str | None, typer.Argument(metavar="[ID]", help="A document's id or key.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="Words that stand there once.")] = None,
    comment: Annotated[str | None, typer.Argument(metavar="[COMMENT]", help="What to note about them.")] = None,
    remove: Annotated[int | None, typer.Option("--remove", metavar="N", help="Take note N away.")] = None,
    json: Json = False,
) -> None:
    """Write a note on words of a document, or list the notes: all, or those on one document."""
    from corpus.errors import UsageError

    if (words is None) != (comment is None) or (remove is not None and document is not None):
        raise UsageError("This is no note", remedy='Write loccit note ID "words" "comment", or loccit note --remove N')
    with opened() as workspace:
        if remove is not None:
            notes = [workspace.notes.remove(remove)]
        elif document is not None and words is not None and comment is not None:
            notes = [workspace.notes.add(workspace.document(document), words, comment)]
        else:
            notes = workspace.notes.of(None if document is None else workspace.document(document).document_id)
        if json:
            emit_json({"notes": [note_json(workspace, item) for item in notes]})
        elif remove is not None:
            talk(f"Removed note {remove}")
        else:
            print_notes(workspace, notes)


def print_tags(counts: Mapping[str, int]) -> None:
    """A tag a line, with the number of its documents."""
    if not counts:
        talk("No document has a tag. Give one with: loccit tag ID --add NAME")
    for name, count in counts.items():
        emit(f"{count:>6,}  {name}")


def tags_json(counts: Mapping[str, int]) -> dict[str, Any]:
    """The shape of ``loccit tag --json``."""
    return {"tags": [{"tag": name, "documents": count} for name, count in counts.items()]}


def print_tagged(documents: Sequence[DocumentSummary]) -> None:
    """A document a line, with its tags."""
    for document in documents:
        emit(f"{document.document_id}  {document.name}: {', '.join(document.tags) or 'no tags'}")


def tagged_json(documents: Sequence[DocumentSummary]) -> dict[str, Any]:
    """The shape of ``loccit tag ID --json``."""
    return {
        "documents": [
            {
                "document_id": document.document_id,
                "key": document.key,
                "title": document.title,
                "tags": list(document.tags),
            }
            for document in documents
        ]
    }


def tag(
    documents: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids or keys.")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="NAME", help="Give this tag; repeatable.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="NAME", help="Take this tag off; repeatable.")
    ] = None,
    json: Json = False,
) -> None:
    """Give documents your own words, by which searches can be narrowed; without documents, list all tags."""
    from corpus.errors import UsageError

    if (add or remove) and not documents:
        raise UsageError("No document was named", remedy="Write loccit tag ID --add NAME")
    with opened() as workspace:
        if not documents:
            counts = workspace.tags.all()
            if json:
                emit_json(tags_json(counts))
            else:
                print_tags(counts)
            return
        tagged = workspace.tag(documents, add=add or (), remove=remove or ())
    if json:
        emit_json(tagged_json(tagged))
    else:
        print_tagged(tagged)
