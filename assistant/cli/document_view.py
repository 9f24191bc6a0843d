"""All that is known of one document, for a terminal and for programs.

The citations around one document, for a terminal and for programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.citing import locator_label
from assistant.cli.output import emit, paragraph, talk
from assistant.workspace import Workspace
from corpus.locating import locate, locator_json
from corpus.model import Span, to_plain
from corpus.references.works import Version, version_of
from corpus.store import DocumentSummary, StoredDocument
from corpus.store.citations import CitedEntry, CitingDocument

__all__ = [
    "cited_by_json",
    "document_json",
    "print_cited_by",
    "print_document",
    "print_references",
    "print_versions",
    "references_json",
]


def document_json(stored: StoredDocument, versions: Iterable[str], tags: Iterable[str]) -> dict[str, Any]:
    """The shape of ``loccit show ID --json``; ``versions`` are the ids of the other versions of its work."""
    document = stored.document
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "path": stored.source.path,
        "kind": document.kind,
        "media": document.media,
        "starter": stored.starter,
        "record": document.record.as_csl(stored.key),
        "origins": to_plain(document.origins),
        "text": document.text,
        "sections": to_plain(document.sections),
        "pages": to_plain(document.pages),
        "pages_failed": list(document.pages_failed),
        "blocks": to_plain(document.blocks),
        "references": [
            {**to_plain(ref), "text": Span(ref.start, ref.end).within(document.text)} for ref in document.references
        ],
        "mentions": to_plain(document.mentions),
        "damages": to_plain(document.damages),
        "version": version_of(document.record).name,
        "versions": list(versions),
        "tags": list(tags),
    }


def print_document(stored: StoredDocument, tags: Iterable[str]) -> None:
    """Record with origins, outline, counts and damage."""
    document = stored.document
    record, origins = document.record, document.origins
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
        ("tags", ", ".join(tags)),
    )
    for name, value in fields:
        if value:
            origin = origins.get(name)
            emit(paragraph(f"{name}: {value}" + (f" (from the {origin.source})" if origin else "")))
    emit()
    for section in document.sections:
        if section.path:
            emit("  " * len(section.path) + section.title)
    emit()
    words = len(document.text.split())
    pages = f"{len(document.pages)} pages, " if document.pages else ""
    emit(f"{pages}{words} words, {len(document.references)} references, {len(document.mentions)} citations in the text")
    for damage in document.damages:
        emit(f"damaged at {damage.start}: {damage.text!r}, {damage.message}")


def print_versions(workspace: Workspace, stored: StoredDocument, versions: Mapping[str, Version]) -> None:
    """Which version of its work a document is, and which documents are the others."""
    own = version_of(stored.document.record)
    if own.name:
        emit(own.name)
    for identity, version in versions.items():
        other = workspace.document(identity)
        what = f", {version.name}" if version.name else ""
        emit(f"version of {identity} [{other.key}] {other.name}{what}")


_Held = Mapping[str, DocumentSummary]

"""The library's documents by their ids."""


def references_json(stored: StoredDocument, entries: Sequence[CitedEntry], held: _Held) -> dict[str, Any]:
    """The shape of ``loccit show ID --references --json``."""
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "references": [
            {
                **to_plain(entry.reference),
                "text": entry.text,
                "held": _held_json(held[entry.held]) if entry.held else None,
                "mentions": to_plain(entry.mentions),
            }
            for entry in entries
        ],
    }


def cited_by_json(stored: StoredDocument, citing: Sequence[CitingDocument]) -> dict[str, Any]:
    """The shape of ``loccit show ID --cited-by --json``."""
    return {
        "document_id": stored.document_id,
        "key": stored.key,
        "cited_by": [
            {
                "document_id": found.citing.document_id,
                "key": found.citing.key,
                "title": found.citing.name,
                "reference": {**to_plain(found.entry.reference), "text": found.entry.text},
                "mentions": to_plain(found.entry.mentions),
                "sentences": [
                    {
                        "text": sentence.text,
                        "locator": locator_json(locate(found.citing.document, Span(sentence.start, sentence.end))),
                    }
                    for sentence in found.sentences
                ],
            }
            for found in citing
        ],
    }


def print_references(entries: Sequence[CitedEntry], held: _Held) -> None:
    """Each entry as it stands, with the held document behind it."""
    for entry in entries:
        emit(paragraph(entry.text))
        times = f"cited {len(entry.mentions)} times" if len(entry.mentions) != 1 else "cited once"
        emit(f"    {_held_line(held[entry.held]) if entry.held else 'not held'}; {times}")
    count = sum(entry.held is not None for entry in entries)
    talk(f"{len(entries)} references, {count} of them held")


def print_cited_by(citing: Sequence[CitingDocument]) -> None:
    """Each citing document with the sentences that cite."""
    for found in citing:
        emit(f"{found.citing.document_id} [{found.citing.key}] {found.citing.name}")
        for sentence in found.sentences:
            place = locator_label(
                locate(found.citing.document, Span(sentence.start, sentence.end)), found.citing.document.record.title
            )
            emit(paragraph(f"“{sentence.text}”" + (f" ({place})" if place else ""), indent="    "))
        if not found.sentences:
            emit("    in its reference list only")
    talk(f"cited by {len(citing)} {'document' if len(citing) == 1 else 'documents'} of the library")


def _held_json(summary: DocumentSummary) -> dict[str, Any]:
    return {"document_id": summary.document_id, "key": summary.key, "title": summary.name}


def _held_line(summary: DocumentSummary) -> str:
    return f"held: {summary.document_id} [{summary.key}] {summary.name}"
