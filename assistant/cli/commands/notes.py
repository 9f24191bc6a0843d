"""The command ``note``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Json
from assistant.cli.output import emit_json, talk

__all__ = ["note"]


def note(
    document: Annotated[str | None, typer.Argument(metavar="[ID]", help="A document's id or key.")] = None,
    words: Annotated[str | None, typer.Argument(metavar="[WORDS]", help="Words that stand there once.")] = None,
    comment: Annotated[str | None, typer.Argument(metavar="[COMMENT]", help="What to note about them.")] = None,
    remove: Annotated[int | None, typer.Option("--remove", metavar="N", help="Take note N away.")] = None,
    json: Json = False,
) -> None:
    """Write a note on words of a document, or list the notes: all, or those on one document."""
    from assistant.cli.notes import note_json, print_notes
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
