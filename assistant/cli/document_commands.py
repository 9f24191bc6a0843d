"""Documents and the reports of adding them, for a terminal.

Adding from the command line: paths as they are, everything else fetched first.

Commands about the documents of the library: they come, are shown, corrected, and go.
"""

from __future__ import annotations

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.adding import Completion, Pace
from assistant.citing import author_year
from assistant.cli.opening import Json, opened
from assistant.cli.output import ExitCode, Progress, emit, emit_json, talk
from corpus.errors import ServiceError, UsageError
from corpus.store import DocumentSummary
from corpus.store.work_index import WorkIndex
from corpus.web.fetching import Fetcher, Target, parse_target
from index.filters import UNDETERMINED
from index.originals import expanded
from index.reports import AddItem, AddProgress, AddReport

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from corpus.store import StoredDocument

__all__ = ["add", "add_targets", "edit", "list_documents", "progress_line", "remove", "show"]


def progress_line(event: AddProgress, pace: Pace) -> str:
    """``reading 3 of 128 (1.5/s, 83 s left): paper.pdf``."""
    told = pace.moved(event.stage, event.done, event.total)
    name = f": {event.path.rsplit('/', 1)[-1]}" if event.path else ""
    unit = "" if event.stage == "reading" else " passages"
    return f"{event.stage} {event.done:,} of {event.total:,}{unit}{f' ({told})' if told else ''}{name}"


def print_report(report: AddReport) -> None:
    """Every item that is not plainly unchanged, then the counts."""
    for item in report.items:
        if item.status == "unchanged" and not item.reason:
            continue
        reason = f" - {item.reason}" if item.reason else ""
        title = f": {item.title}" if item.title else ""
        emit(f"{item.status:<9} {item.path}{title}{reason}")
    counts = Counter(item.status for item in report.items)
    summary = ", ".join(f"{number} {status}" for status, number in counts.items()) or "nothing to add"
    talk(f"{summary}; {report.embedded} passages embedded in {report.seconds:.1f} s")
    if report.cancelled:
        talk("Cancelled; what was finished stays. Run the same command to go on")


def print_lookups(workspace: Workspace, lookups: Sequence[Completion]) -> None:
    """What the registries gave, and what a person may take from it."""
    for lookup in lookups:
        stored = workspace.document(lookup.document_id)
        changed = f": {', '.join(lookup.changed)}" if lookup.changed else ""
        reason = f" - {lookup.reason}" if lookup.reason else ""
        emit(f"{lookup.status:<9} {stored.name}{changed}{reason}")
        for record in lookup.candidates:
            emit(f"{'':<9} perhaps {author_year(record, stored.name)}: {record.title}")
            if record.doi:
                emit(f"{'':<9} if so: loccit edit {stored.key} doi={record.doi}, then loccit add --lookup again")


def print_documents(documents: Sequence[DocumentSummary], works: WorkIndex) -> None:
    """A document a line: key, year, kind, title, authors; below it what it is a version of."""
    if not documents:
        talk("The library is empty. Add papers with: loccit add PATH")
        return
    groups = works.groups()
    keys = {document.document_id: document.key for document in documents}
    for document in documents:
        authors = document.authors[0] + (" et al." if len(document.authors) > 1 else "") if document.authors else ""
        by = f" - {authors}" if authors else ""
        emit(f"{document.document_id}  {document.kind:<8} {document.year or '    '}  {document.name}{by}")
        tags = f", tags: {', '.join(document.tags)}" if document.tags else ""
        emit(f"{'':<12}[{document.key}] {document.passages} passages, {document.language or UNDETERMINED}{tags}")
        if others := groups.get(document.document_id):
            name = works.version(document.document_id).name
            emit(f"{'':<12}{name + ', ' if name else ''}version of {', '.join(keys[other] for other in others)}")


def summary_json(document: DocumentSummary, versions: Sequence[str]) -> dict[str, Any]:
    """An entry of ``loccit list --json``."""
    return {
        "document_id": document.document_id,
        "key": document.key,
        "title": document.title,
        "authors": list(document.authors),
        "year": document.year,
        "kind": document.kind,
        "path": document.path,
        "passages": document.passages,
        "starter": document.starter,
        "language": document.language or UNDETERMINED,
        "tags": list(document.tags),
        "versions": list(versions),
    }


def add_targets(
    workspace: Workspace,
    names: Sequence[str],
    *,
    lookup: bool,
    password: str = "",
    ocr: bool = False,
    cancelled: Callable[[], bool],
    fetcher: Fetcher | None = None,
) -> tuple[AddReport, list[Completion]]:
    """Add files, folders and what is fetched; with ``lookup``, complete the records of all of them."""
    workspace.database.check_writable()
    if not all(name.strip() for name in names):
        raise UsageError("A path is empty", remedy="Name files or folders; an unset variable gives an empty path")
    fetcher = fetcher or Fetcher()
    catalogues = workspace.catalogues(fetcher)
    paths: list[Path] = []
    failed: list[AddItem] = []
    for name in names:
        target = None if expanded(name).exists() else parse_target(name)
        if target is None:
            paths.append(Path(name))
            continue
        try:
            talk(f"Fetching {_title(target)} ...")
            paths.append(workspace.fetch(target, fetcher, catalogues))
        except ServiceError as error:
            failed.append(AddItem(name, "failed", reason=str(error)))
    progress, pace = Progress(), Pace()
    report = workspace.add(
        paths,
        progress=lambda event: progress.show(progress_line(event, pace)),
        cancelled=cancelled,
        password=password,
        ocr=ocr,
    )
    progress.clear()
    report.items += failed
    identities = [item.document_id for item in report.items if item.document_id is not None] if lookup else []
    return report, list(workspace.look_up(list(dict.fromkeys(identities)), catalogues))


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-c asks for a stop, so that what was finished is reported; a second one stops at once."""
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


def _title(target: Target) -> str:
    return target.value if target.kind == "url" else f"{target.kind}:{target.value}"


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
    from assistant.cli.document_view import document_json, print_document, print_versions

    versions = workspace.works.versions_of(stored.document_id)
    tags = workspace.tags.of(stored.document_id)
    if json:
        emit_json(document_json(stored, versions, tags))
    else:
        print_document(stored, tags)
        print_versions(workspace, stored, versions)


def _show_references(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.document_view import print_references, references_json

    entries = workspace.citations.references_of(stored.document_id)
    held = {summary.document_id: summary for summary in workspace.documents()}
    if json:
        emit_json(references_json(stored, entries, held))
    else:
        print_references(entries, held)


def _show_cited_by(workspace: Workspace, stored: StoredDocument, json: bool) -> None:
    from assistant.cli.document_view import cited_by_json, print_cited_by

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
