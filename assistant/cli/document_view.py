"""One document in full: its record and outline, its references, and the documents that cite it.

Commands import this module when they need it: it loads the store and the citations.
"""

from typing import Any

from assistant.citing import locator_label
from assistant.cli.output import counted, emit, emit_json, paragraph, talk
from assistant.workspace import Workspace
from corpus.locating import locate
from corpus.model import Span, to_plain
from corpus.references.works import version_of
from corpus.store import DocumentSummary, StoredDocument
from corpus.store.citations import CitedEntry, CitingDocument

__all__ = ["place_json", "place_label", "show_cited_by", "show_document", "show_references"]

_SHOWN = "kind media origins text sections pages pages_failed blocks mentions damages".split()
"""Fields of a document that ``loccit show --json`` gives as they are."""


def place_json(stored: StoredDocument, start: int, end: int) -> dict[str, Any]:
    """The ``locator`` of ``text[start:end]`` for programs."""
    place: dict[str, Any] = to_plain(locate(stored.document, Span(start, end)))
    return place


def place_label(stored: StoredDocument, start: int, end: int) -> str:
    """The place of ``text[start:end]`` for a person, as ``p. 7, § Results``; empty where none is known."""
    return locator_label(locate(stored.document, Span(start, end)), stored.document.record.title)


def show_document(workspace: Workspace, stored: StoredDocument, *, json: bool) -> None:
    """Print record with origins, outline, counts, damage and the other versions of the work."""
    versions = workspace.works.versions_of(stored.document_id)
    tags = workspace.tags.of(stored.document_id)
    if json:
        emit_json(_document_json(stored) | {"versions": list(versions), "tags": list(tags)})
        return
    _print_record(stored, ", ".join(tags))
    _print_outline(stored)
    if own := version_of(stored.document.record).name:
        emit(own)
    for identity, version in versions.items():
        other = workspace.document(identity)
        what = f", {version.name}" if version.name else ""
        emit(f"version of {identity} [{other.key}] {other.name}{what}")


def _document_json(stored: StoredDocument) -> dict[str, Any]:
    document = stored.document
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "path": stored.source.path,
        "starter": stored.starter,
        "record": document.record.as_csl(stored.key),
        **{name: to_plain(getattr(document, name)) for name in _SHOWN},
        "references": [
            {**to_plain(ref), "text": Span(ref.start, ref.end).within(document.text)} for ref in document.references
        ],
        "version": version_of(document.record).name,
    }


def _print_record(stored: StoredDocument, tags: str) -> None:
    document, record = stored.document, stored.document.record
    emit(stored.name)
    emit(f"{stored.document_id} [{stored.key}] {document.kind}, {document.media}, {stored.source.path}")
    emit()
    fields = (
        ("title", record.title),
        ("authors", "; ".join(name.display for name in record.authors)),
        ("year", str(record.year or "")),
        ("container_title", record.container_title),
        ("doi", record.doi),
        ("arxiv", record.arxiv),
        ("url", record.url),
        ("note", record.note),
        ("language", record.language),
        ("tags", tags),
    )
    for name, value in fields:
        if value:
            origin = document.origins.get(name)
            emit(paragraph(f"{name}: {value}" + (f" (from the {origin.source})" if origin else "")))
    emit()


def _print_outline(stored: StoredDocument) -> None:
    document = stored.document
    for section in document.sections:
        if section.path:
            emit("  " * len(section.path) + section.title)
    emit()
    words = len(document.text.split())
    pages = f"{len(document.pages)} pages, " if document.pages else ""
    emit(f"{pages}{words} words, {len(document.references)} references, {len(document.mentions)} citations in the text")
    for damage in document.damages:
        emit(f"damaged at {damage.start}: {damage.text!r}, {damage.message}")


def show_references(workspace: Workspace, stored: StoredDocument, *, json: bool) -> None:
    """Print each entry of the reference list, with the held document behind it."""
    entries = workspace.citations.references_of(stored.document_id)
    summaries = {summary.document_id: summary for summary in workspace.documents()}
    held = [summaries[entry.held] if entry.held else None for entry in entries]
    if json:
        references = [_reference_json(entry, document) for entry, document in zip(entries, held, strict=True)]
        emit_json({"document_id": stored.document_id, "key": stored.key, "references": references})
        return
    for entry, document in zip(entries, held, strict=True):
        emit(paragraph(entry.text))
        times = f"cited {len(entry.mentions)} times" if len(entry.mentions) != 1 else "cited once"
        where = f"held: {document.document_id} [{document.key}] {document.name}" if document else "not held"
        emit(f"    {where}; {times}")
    talk(f"{len(entries)} references, {sum(document is not None for document in held)} of them held")


def _reference_json(entry: CitedEntry, held: DocumentSummary | None) -> dict[str, Any]:
    return {
        **to_plain(entry.reference),
        "text": entry.text,
        "held": {"document_id": held.document_id, "key": held.key, "title": held.name} if held else None,
        "mentions": to_plain(entry.mentions),
    }


def show_cited_by(workspace: Workspace, stored: StoredDocument, *, json: bool) -> None:
    """Print each document of the library that cites this one, with the sentences that cite it."""
    citing = workspace.citations.citing(stored.document_id)
    if json:
        cited_by = [_citing_json(found) for found in citing]
        emit_json({"document_id": stored.document_id, "key": stored.key, "cited_by": cited_by})
        return
    for found in citing:
        emit(f"{found.citing.document_id} [{found.citing.key}] {found.citing.name}")
        for sentence in found.sentences:
            place = place_label(found.citing, sentence.start, sentence.end)
            emit(paragraph(f"“{sentence.text}”" + (f" ({place})" if place else ""), indent="    "))
        if not found.sentences:
            emit("    in its reference list only")
    talk(f"cited by {counted(len(citing), 'document')} of the library")


def _citing_json(found: CitingDocument) -> dict[str, Any]:
    return {
        "document_id": found.citing.document_id,
        "key": found.citing.key,
        "title": found.citing.name,
        "reference": {**to_plain(found.entry.reference), "text": found.entry.text},
        "mentions": to_plain(found.entry.mentions),
        "sentences": [
            {"text": sentence.text, "locator": place_json(found.citing, sentence.start, sentence.end)}
            for sentence in found.sentences
        ],
    }
