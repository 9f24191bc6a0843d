"""All that is known of one document, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.cli.output import emit, paragraph
from assistant.workspace import Workspace
from corpus.codec import to_plain
from corpus.model import Span
from corpus.records.versions import Version, version_of
from corpus.store import StoredDocument

__all__ = ["document_json", "print_document", "print_versions"]


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
