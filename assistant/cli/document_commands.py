"""Commands about the documents of the library: add, list, show, edit, remove, and what they print."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import Json, opened
from assistant.cli.output import ExitCode, ProgressLine, counted, emit, emit_json, talk
from corpus.errors import UsageError

if TYPE_CHECKING:
    from assistant.adding import Completion
    from assistant.workspace import Workspace
    from corpus.store import DocumentSummary
    from index.reports import AddProgress, AddReport

__all__ = ["add", "edit", "list_documents", "remove", "show"]

_Name = Annotated[str, typer.Argument(metavar="ID", help="A document's id or key.")]


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
    progress = ProgressLine()
    with _interruptible() as cancelled, opened() as workspace:
        report, lookups = workspace.add_targets(
            paths,
            lookup=lookup,
            fetching=lambda target: talk(f"Fetching {target} ..."),
            progress=_shown_on(progress),
            cancelled=cancelled,
            password=password,
            ocr=ocr,
        )
        progress.clear()
        if json:
            emit_json({**report.as_json(), "lookups": [item.as_json() for item in lookups]})
        else:
            _print_report(report)
            _print_lookups(workspace, lookups)
    if any(item.status == "failed" for item in lookups):
        raise typer.Exit(ExitCode.SERVICE)
    if report.failed or report.cancelled:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _shown_on(line: ProgressLine) -> "Callable[[AddProgress], None]":
    """Show each step as ``reading 3 of 128 (1.5/s, 83 s left): paper.pdf``."""
    from assistant.adding import Pace, progress_text

    pace = Pace()

    def show(event: "AddProgress") -> None:
        left = pace.moved(event.stage, event.done, event.total)
        name = f": {event.path.rsplit('/', 1)[-1]}" if event.path else ""
        line.show(f"{progress_text(event)}{f' ({left})' if left else ''}{name}")

    return show


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Let ctrl-c ask for a stop, after which the finished items are reported; a second ctrl-c stops at once."""
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _print_report(report: "AddReport") -> None:
    """Print every item but the plainly unchanged ones, and the counts."""
    from assistant.adding import summary

    for item in report.items:
        if item.status != "unchanged" or item.reason:
            reason = f" - {item.reason}" if item.reason else ""
            title = f": {item.title}" if item.title else ""
            emit(f"{item.status:<9} {item.path}{title}{reason}")
    talk(", ".join(summary(report)))
    if report.cancelled:
        talk("Cancelled; what was finished stays. Run the same command to go on")


def _print_lookups(workspace: "Workspace", lookups: "Sequence[Completion]") -> None:
    """Print what the registries returned, and how to accept a candidate."""
    from assistant.citing import author_year

    for lookup in lookups:
        stored = workspace.document(lookup.document_id)
        changed = f": {', '.join(lookup.changed)}" if lookup.changed else ""
        reason = f" - {lookup.reason}" if lookup.reason else ""
        emit(f"{lookup.status:<9} {stored.name}{changed}{reason}")
        for record in lookup.candidates:
            emit(f"{'':<9} perhaps {author_year(record, stored.name)}: {record.title}")
            if record.doi:
                emit(f"{'':<9} if so: loccit edit {stored.key} doi={record.doi}, then loccit add --lookup again")


def list_documents(json: Json = False) -> None:
    """List the documents of the library."""
    with opened(starter=True) as workspace:
        documents = workspace.documents()
        groups = workspace.works.groups()
        if json:
            emit_json({"documents": [_summary_json(item, groups.get(item.document_id, ())) for item in documents]})
        elif documents:
            _print_documents(workspace, documents, groups)
        else:
            talk("The library is empty. Add papers with: loccit add PATH")


def _print_documents(
    workspace: "Workspace", documents: "Sequence[DocumentSummary]", groups: Mapping[str, Sequence[str]]
) -> None:
    """Print id, kind, year, title and authors of each, and below its key and the other versions of its work."""
    from index.filters import UNDETERMINED

    keys = {document.document_id: document.key for document in documents}
    for document in documents:
        authors = document.authors[0] + (" et al." if len(document.authors) > 1 else "") if document.authors else ""
        by = f" - {authors}" if authors else ""
        emit(f"{document.document_id}  {document.kind:<8} {document.year or '    '}  {document.name}{by}")
        tags = f", tags: {', '.join(document.tags)}" if document.tags else ""
        emit(f"{'':<12}[{document.key}] {document.passages} passages, {document.language or UNDETERMINED}{tags}")
        if others := groups.get(document.document_id):
            name = workspace.works.version(document.document_id).name
            emit(f"{'':<12}{name + ', ' if name else ''}version of {', '.join(keys[other] for other in others)}")


def _summary_json(document: "DocumentSummary", versions: Sequence[str]) -> dict[str, Any]:
    """An entry of ``loccit list --json``."""
    from corpus.model import to_plain
    from index.filters import UNDETERMINED

    return {**to_plain(document), "language": document.language or UNDETERMINED, "versions": list(versions)}


def show(
    document: _Name,
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
    from assistant.cli.document_view import show_cited_by, show_document, show_references

    with opened(starter=True) as workspace:
        stored = workspace.document(document)
        if references:
            show_references(workspace, stored, json=json)
        elif cited_by:
            show_cited_by(workspace, stored, json=json)
        elif text and not json:
            emit(stored.document.text)
        else:
            show_document(workspace, stored, json=json)


def edit(
    document: _Name,
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="title, authors (Family, Given; ...), year, kind ...")
    ],
    json: Json = False,
) -> None:
    """Correct a document's record by hand; an empty value clears a field."""
    from assistant.cli.document_view import show_document

    pairs = [change.partition("=") for change in changes]
    for name, sign, _ in pairs:
        if not sign:
            raise UsageError("This is no change", place=name, remedy="Write FIELD=VALUE, for example year=2024")
    with opened() as workspace:
        stored = workspace.edit(document, {name.strip(): value for name, _, value in pairs})
        show_document(workspace, stored, json=json)


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
        talk(f"Removed {counted(len(removed), 'document')}; the files themselves stay")
