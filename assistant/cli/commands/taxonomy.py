"""The command ``taxonomy``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.commands.opening import has_library, opened
from assistant.cli.commands.options import Json

__all__ = ["taxonomy"]


def taxonomy(
    question: Annotated[
        str, typer.Argument(help="A question; or list, add FILE, remove NAME; with --contradictions, a document.")
    ] = "",
    target: Annotated[str, typer.Argument(help="The file to add, or the name to remove.")] = "",
    within: Annotated[str, typer.Option("--in", help="Ask this taxonomy only.")] = "",
    passages: Annotated[bool, typer.Option("--passages", help="Show what the library says of it too.")] = False,
    contradictions: Annotated[
        bool, typer.Option("--contradictions", help="Statements of the library that the table contradicts.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the table to a file: .svg, .csv, .md or .tex.")
    ] = None,
    distribution: Annotated[
        bool, typer.Option("--distribution", help="Export the levels counted by component instead.")
    ] = False,
    json: Json = False,
) -> None:
    """Ask the openness taxonomy of language models, and other classifications, your own included."""
    from assistant.cli import taxonomies

    text = f"{question} {target}".strip()
    managing = (question in ("add", "remove") and target) or text == "list"
    if not managing and not contradictions and export is None and not has_library():
        taxonomies.question(None, text, within=within, passages=passages, json=json)
        return
    with opened() as workspace:
        if export is not None:
            taxonomies.export(workspace.taxonomies, export, within=within, distribution=distribution, json=json)
        elif contradictions:
            taxonomies.contradict(workspace, question, json=json)
        elif question == "list" and not target:
            taxonomies.listing(workspace, json=json)
        elif question == "add" and target:
            taxonomies.add(workspace, Path(target), json=json)
        elif question == "remove" and target:
            taxonomies.remove(workspace, target, json=json)
        else:
            taxonomies.question(workspace, text, within=within, passages=passages, json=json)
