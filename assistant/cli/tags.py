"""Tags, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.cli.output import emit, talk
from corpus.store import DocumentSummary

__all__ = ["print_tagged", "print_tags", "tagged_json", "tags_json"]


def print_tags(counts: Mapping[str, int]) -> None:
    """A tag a line, with the number of its documents."""
    if not counts:
        talk("No document has a tag. Give one with: loccit tag ID --add NAME")
    for name, count in counts.items():
        emit(f"{count:>6,}  {name}")


def tags_json(counts: Mapping[str, int]) -> dict[str, Any]:
    """The shape of ``loccit tag --json``."""
    return {"tags": [{"tag": name, "documents": count} for name, count in counts.items()]}


def print_tagged(documents: Sequence[DocumentSummary]) -> None:
    """A document a line, with its tags."""
    for document in documents:
        emit(f"{document.document_id}  {document.name}: {', '.join(document.tags) or 'no tags'}")


def tagged_json(documents: Sequence[DocumentSummary]) -> dict[str, Any]:
    """The shape of ``loccit tag ID --json``."""
    return {
        "documents": [
            {
                "document_id": document.document_id,
                "key": document.key,
                "title": document.title,
                "tags": list(document.tags),
            }
            for document in documents
        ]
    }
