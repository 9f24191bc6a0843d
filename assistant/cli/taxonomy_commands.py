"""The command ``taxonomy``: questions to the tables, the user's own ones, contradictions, exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import Json, has_library, opened
from assistant.cli.output import emit, emit_json, paragraph, talk
from assistant.cli.question_commands import print_source, print_taxonomy
from corpus.errors import UsageError

if TYPE_CHECKING:
    from assistant.taxonomy import Shelf
    from assistant.workspace import Workspace

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
    text = f"{question} {target}".strip()
    managing = (question in ("add", "remove") and target) or text == "list"
    if not managing and not contradictions and export is None and not has_library():
        _answer(None, text, within=within, passages=passages, json=json)
        return
    with opened() as workspace:
        if export is not None:
            _export(workspace.taxonomies, export, within=within, distribution=distribution, json=json)
        elif contradictions:
            _contradict(workspace, question, json=json)
        elif question == "list" and not target:
            _list(workspace, json=json)
        elif question == "add" and target:
            _add(workspace, Path(target), json=json)
        elif question == "remove" and target:
            _remove(workspace, target, json=json)
        else:
            _answer(workspace, text, within=within, passages=passages, json=json)


def _answer(workspace: "Workspace | None", text: str, *, within: str, passages: bool, json: bool) -> None:
    """Print the answer to a question, which needs no library; ``passages`` adds what the library's documents say."""
    from assistant.answering.answerer import clean_question
    from assistant.taxonomy import Shelf

    answer = workspace.taxonomy(text, within=within) if workspace else Shelf().ask(clean_question(text), within=within)
    sources = workspace.taxonomy_passages(answer) if workspace and passages else []
    if json:
        data = answer.as_json()
        emit_json({**data, "passages": [source.as_json() for source in sources]} if passages else data)
        return
    print_taxonomy(answer)
    if passages:
        emit("\nIn your library" if sources else "\nNothing in your library speaks of it.")
    for source in sources:
        print_source(source)


def _add(workspace: "Workspace", path: Path, *, json: bool) -> None:
    added = workspace.add_taxonomy(path)
    table = added.table
    data = {
        "name": table.head.name,
        "status": added.status,
        "things": len(table.things),
        "components": [column.id for column in table.components],
        "fields": [column.id for column in table.fields],
        "levels": [step.id for step in table.levels],
    }
    if json:
        emit_json(data)
        return
    emit(f"{added.status}: {data['name']}, {len(table.things):,} things, {len(table.components)} components")
    talk(f'Ask it with: loccit taxonomy "…" --in {data["name"]}')


def _list(workspace: "Workspace", *, json: bool) -> None:
    own = set(workspace.own_taxonomies.names())
    shelf = workspace.taxonomies
    rows: list[dict[str, Any]] = [
        {
            "name": table.head.name,
            "title": table.head.title,
            "things": len(table.things),
            "components": len(table.components),
            "own": table.head.name in own,
            "source": table.head.attribution or table.head.dated,
        }
        for table in shelf.tables
    ]
    if json:
        emit_json({"taxonomies": rows})
        return
    for row in rows:
        size = f"{row['things']:,} × {row['components']}" if row["components"] else f"{row['things']:,}"
        emit(f"{row['name']:<20} {size:>10}  {row['title']}{'  (yours)' if row['own'] else ''}")


def _remove(workspace: "Workspace", name: str, *, json: bool) -> None:
    workspace.remove_taxonomy(name)
    if json:
        emit_json({"removed": name})
    else:
        emit(f"removed: {name}")


def _contradict(workspace: "Workspace", name: str, *, json: bool) -> None:
    """Print statements on a model's openness that the table contradicts, beside what the table says."""
    found = list(workspace.contradictions([name] if name else []))
    if json:
        items = [
            {"document_id": stored.document_id, "key": stored.key, "title": stored.name, **statement.as_json()}
            for stored, statement in found
        ]
        emit_json({"contradictions": items})
        return
    for stored, statement in found:
        data = statement.as_json()
        emit(f"{stored.name}: {statement.model} is called {statement.claim}")
        emit(paragraph(f"The document: “{statement.text}”", "    "))
        emit(paragraph(f"The table: {data['table_says']}", "    "))
        emit(paragraph(data["source"], "    "))
    if not found:
        emit("No statement of your library contradicts the openness table.")


def _export(shelf: "Shelf", path: Path, *, within: str, distribution: bool, json: bool) -> None:
    """Write a heat map, or the distribution of the openness levels, in the format that the file's ending names."""
    from assistant.taxonomy.grid import FORMATS, distribution_of, heat_map

    form = path.suffix.lower().lstrip(".")
    if form not in FORMATS:
        remedy = f"Name a file that ends in {', '.join(f'.{name}' for name in FORMATS)}"
        raise UsageError("The table can't be written in that form", place=str(path), remedy=remedy)
    table = shelf.table(within or shelf.openness.name)
    counted = distribution and table is shelf.openness.table
    content = FORMATS[form](distribution_of(table) if counted else heat_map(table))
    try:
        path.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        cause = f"The file cannot be written ({error.strerror})"
        raise UsageError(cause, place=str(path), remedy="Name another") from error
    if json:
        emit_json({"path": str(path), "format": form})
    else:
        emit(f"written: {path}")
