"""The command ``tag``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Json
from assistant.cli.output import emit_json

__all__ = ["tag"]


def tag(
    documents: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids or keys.")] = None,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="NAME", help="Give this tag; repeatable.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="NAME", help="Take this tag off; repeatable.")
    ] = None,
    json: Json = False,
) -> None:
    """Give documents your own words, by which searches can be narrowed; without documents, list all tags."""
    from assistant.cli.tags import print_tagged, print_tags, tagged_json, tags_json
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
