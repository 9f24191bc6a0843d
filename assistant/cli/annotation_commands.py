"""Commands on what the user says of documents: notes on their words, and tags."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import Json, opened
from assistant.cli.output import emit, emit_json, moment, paragraph, talk
from corpus.errors import UsageError

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store.notes import Note

__all__ = ["note", "tag"]


def note(
    document: Annotated[str | None, typer.Argument(metavar="[ID]", help="A document's id or key.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="Words that stand there once.")] = None,
    comment: Annotated[str | None, typer.Argument(metavar="[COMMENT]", help="What to note about them.")] = None,
    remove: Annotated[int | None, typer.Option("--remove", metavar="N", help="Take note N away.")] = None,
    json: Json = False,
) -> None:
    """Write a note on words of a document, or list the notes: all, or those on one document."""
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
            emit_json({"notes": [_note_json(workspace, item) for item in notes]})
        elif remove is not None:
            talk(f"Removed note {remove}")
        else:
            _print_notes(workspace, notes)


def _note_json(workspace: "Workspace", note: "Note") -> dict[str, Any]:
    from assistant.cli.document_view import place_json

    stored = workspace.document(note.document_id)
    return {
        "note": note.number,
        "document_id": note.document_id,
        "key": stored.key,
        "title": stored.name,
        "text": note.anchor.exact,
        "locator": None if note.broken else place_json(stored, note.anchor.start, note.anchor.end),
        "body": note.body,
        "created": moment(note.created),
        "broken": note.broken,
    }


def _print_notes(workspace: "Workspace", notes: "Sequence[Note]") -> None:
    from assistant.cli.document_view import place_label

    if not notes:
        talk('No notes. Write one with: loccit note ID "words of the document" "comment"')
    for note in notes:
        stored = workspace.document(note.document_id)
        where = "its words are no longer in the document"
        if not note.broken:
            where = place_label(stored, note.anchor.start, note.anchor.end)
        emit(f"{note.number}. [{stored.key}] {stored.name}{', ' + where if where else ''}")
        emit(paragraph(f"“{note.anchor.exact}”", "   "))
        emit(paragraph(note.body, "   "))


def tag(
    documents: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids or keys.")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="NAME", help="Give this tag; repeatable.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="NAME", help="Take this tag off; repeatable.")
    ] = None,
    json: Json = False,
) -> None:
    """Give documents your own words, by which searches can be narrowed; without documents, list all tags."""
    if (add or remove) and not documents:
        raise UsageError("No document was named", remedy="Write loccit tag ID --add NAME")
    with opened() as workspace:
        if documents:
            tagged = workspace.tag(documents, add=add or (), remove=remove or ())
        else:
            _show_counts(workspace, json=json)
            return
    if json:
        shown = [
            {"document_id": item.document_id, "key": item.key, "title": item.title, "tags": list(item.tags)}
            for item in tagged
        ]
        emit_json({"documents": shown})
        return
    for item in tagged:
        emit(f"{item.document_id}  {item.name}: {', '.join(item.tags) or 'no tags'}")


def _show_counts(workspace: "Workspace", *, json: bool) -> None:
    counts = workspace.tags.all()
    if json:
        emit_json({"tags": [{"tag": name, "documents": count} for name, count in counts.items()]})
        return
    if not counts:
        talk("No document has a tag. Give one with: loccit tag ID --add NAME")
    for name, count in counts.items():
        emit(f"{count:>6,}  {name}")
