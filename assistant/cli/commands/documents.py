"""Commands about the documents of the library: they come, are shown, corrected, and go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Json
from assistant.cli.output import ExitCode, emit, emit_json, talk

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store import StoredDocument

__all__ = ["add", "edit", "list_documents", "remove", "show"]


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files and folders; or a URL, DOI or arXiv number, fetched.")
    ],
    lookup: Annotated[
        bool, typer.Option("--lookup", help="Complete the records from the DOI registries (uses the network).")
    ] = False,
    password: Annotated[str, typer.Option("--password", metavar="TEXT", help="Opens protected PDF files.")] = "",
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise PDF pages without text (needs the program tesseract).")
    ] = False,
    json: Json = False,
) -> None:
    """Add papers and essays to the library."""
    from assistant.cli.adding import add_targets, interruptible
    from assistant.cli.listing import print_lookups, print_report

    with interruptible() as cancelled, opened() as workspace:
        report, lookups = add_targets(workspace, paths, lookup=lookup, password=password, ocr=ocr, cancelled=cancelled)
        if json:
            emit_json({**report.as_json(), "lookups": [item.as_json() for item in lookups]})
        else:
            print_report(report)
            print_lookups(workspace, lookups)
    if any(item.status == "failed" for item in lookups):
        raise typer.Exit(ExitCode.SERVICE)
    if report.failed or report.cancelled:
        raise typer.Exit(ExitCode.SOME_FAILED)


def list_documents(json: Json = False) -> None:
    """List the documents of the library."""
    from assistant.cli.listing import print_documents, summary_json

    with opened(starter=True) as workspace:
        documents = workspace.documents()
        if json:
            groups = workspace.works.groups()
            emit_json({"documents": [summary_json(item, groups.get(item.document_id, ())) for item in documents]})
        else:
            print_documents(documents, workspace.works)


def show(
    document: Annotated[str, typer.Argument(metavar="ID", help="A document's id or key.")],
    text: Annotated[bool, typer.Option("--text", help="Print the text that all offsets refer to.")] = False,
    references: Annotated[
        bool, typer.Option("--references", help="Print its reference list: which works are held, which are not.")
    ] = False,
    cited_by: Annotated[
        bool, typer.Option("--cited-by", help="Print the documents of the library that cite it, with their sentences.")
    ] = False,
    json: Json = False,
) -> None:
    """Show what is known of a document: record, origins, sections, references, damage."""
    if text + references + cited_by > 1:
        talk("Give only one of --text, --references and --cited-by")
        raise typer.Exit(ExitCode.USAGE)
    with opened(starter=True) as workspace:
        stored = workspace.document(document)
        if references:
            _show_references(workspace, stored, json)
        elif cited_by:
            _show_cited_by(workspace, stored, json)
        elif text and not json:
            emit(stored.document.text)
        else:
            _show_document(workspace, stored, json)


def _show_document(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.showing import document_json, print_document, print_versions

    versions = workspace.works.versions_of(stored.document_id)
    tags = workspace.tags.of(stored.document_id)
    if json:
        emit_json(document_json(stored, versions, tags))
    else:
        print_document(stored, tags)
        print_versions(workspace, stored, versions)


def _show_references(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.citations import print_references, references_json

    entries = workspace.citations.references_of(stored.document_id)
    held = {summary.document_id: summary for summary in workspace.documents()}
    if json:
        emit_json(references_json(stored, entries, held))
    else:
        print_references(entries, held)


def _show_cited_by(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.citations import cited_by_json, print_cited_by

    citing = workspace.citations.citing(stored.document_id)
    if json:
        emit_json(cited_by_json(stored, citing))
    else:
        print_cited_by(citing)


def edit(
    document: Annotated[str, typer.Argument(metavar="ID", help="A document's id or key.")],
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="title, authors (Family, Given; ...), year, kind ...")
    ],
    json: Json = False,
) -> None:
    """Correct a document's record by hand; an empty value clears a field."""
    from corpus.errors import UsageError

    pairs = [change.partition("=") for change in changes]
    for name, sign, _ in pairs:
        if not sign:
            raise UsageError("This is no change", place=name, remedy="Write FIELD=VALUE, for example year=2024")
    with opened() as workspace:
        _show_document(workspace, workspace.edit(document, {name.strip(): value for name, _, value in pairs}), json)


def remove(
    documents: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids or keys.")] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Remove the starter documents, for good.")] = False,
    json: Json = False,
) -> None:
    """Take documents out of the library; the files stay where they are."""
    if not documents and not starter:
        talk("Nothing was named. Give ids or keys (see loccit list), or --starter")
        raise typer.Exit(ExitCode.USAGE)
    with opened() as workspace:
        removed = workspace.remove(documents) if documents else []
        if starter:
            removed += workspace.starter.remove()
    if json:
        emit_json({"removed": removed})
    else:
        talk(f"Removed {len(removed)} {'document' if len(removed) == 1 else 'documents'}; the files themselves stay")
