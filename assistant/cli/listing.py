"""Documents and the reports of adding them, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.citing import author_year
from assistant.cli.output import emit, talk
from assistant.completing import Completion
from assistant.pace import Pace
from corpus.store import DocumentSummary
from corpus.store.works import WorkIndex
from index.filters import UNDETERMINED
from index.reports import AddProgress, AddReport

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["print_documents", "print_lookups", "print_report", "progress_line", "summary_json"]


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
