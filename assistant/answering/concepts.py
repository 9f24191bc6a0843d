"""What the library says of a concept of the taxonomies: a component, a licence, a risk, a step, a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answering.evidence import Evidence

if TYPE_CHECKING:
    from assistant.taxonomy import TaxonomyAnswer

__all__ = ["each_document", "phrase_of"]

_WORTH = 0.5
"""A document whose best sentence is worth less than this share of the best of all says nothing on the concept."""
_COSINE, _COVERAGE = 0.35, 0.5
"""A sentence speaks of a concept where its meaning is this near, or so much of the concept's words stand in it."""


def phrase_of(answer: TaxonomyAnswer) -> str:
    """The words by which passages on an answer's concepts are found."""
    if answer.kind == "entry":
        return f"{'; '.join(answer.models)}. {answer.question}"
    models = ", ".join(answer.models) if len(answer.models) <= 3 else ""
    parts = ", ".join(dict.fromkeys(cell.component_title.lower() for cell in answer.cells[:3])) if models else ""
    licences = ", ".join(dict.fromkeys(cell.annotation for cell in answer.cells[:3] if cell.annotation))
    words = " ".join(word for word in (models, parts, licences) if word)
    return f"{words} openness" if words else answer.question


def each_document(evidence: Sequence[Evidence], limit: int = 6) -> list[Evidence]:
    """The best sentence of each document that speaks of the concept, best first."""
    chosen: dict[str, Evidence] = {}
    for item in evidence:
        near = item.cosine >= _COSINE or item.coverage >= _COVERAGE
        if near and item.score >= _WORTH * evidence[0].score:
            chosen.setdefault(item.stored.document_id, item)
    return list(chosen.values())[:limit]
