"""The citations around one document, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.citing import locator_label
from assistant.cli.output import emit, paragraph, talk
from corpus.codec import to_plain
from corpus.locating import locate, locator_json
from corpus.model import Span
from corpus.store import DocumentSummary, StoredDocument
from corpus.store.citations import CitedEntry, CitingDocument

__all__ = ["cited_by_json", "print_cited_by", "print_references", "references_json"]

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
