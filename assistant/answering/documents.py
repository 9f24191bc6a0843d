"""Which documents a question asks for: those whose title and best passage are on its topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.analyzer import stems
from index.embedder import Vectors
from index.retriever import Hit
from index.words import TermWeights

__all__ = ["on_topic"]

_TITLE = 0.5
"""What the title counts; the best passage has the rest."""
_ENOUGH = 0.6
"""A document worth less than this share of the best one is another matter."""
_MOST = 20


def on_topic(
    hits: Sequence[Hit],
    topic_vector: Vectors,
    weights: TermWeights,
    embed: Callable[[Sequence[str]], Vectors],
) -> list[list[Hit]]:
    """The passages found, by document, of the documents that are on the topic, best first, at most `_MOST`.

    ``topic_vector`` (shape (1, dimension)) and ``weights`` are of the topic alone, without the frame of the question.
    """
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document_id, []).append(hit)
    if not by_document:
        return []
    groups = list(by_document.values())
    likeness = (embed([group[0].passage.title for group in groups]) @ topic_vector[0]).tolist()
    worth = [_worth(group, cosine, weights) for group, cosine in zip(groups, likeness, strict=True)]
    order = sorted(range(len(groups)), key=lambda n: -worth[n])
    return [groups[n] for n in order if worth[n] >= _ENOUGH * worth[order[0]]][:_MOST]


def _worth(group: Sequence[Hit], title_cosine: float, weights: TermWeights) -> float:
    title = 0.5 * max(0.0, title_cosine) + 0.5 * weights.coverage(stems(group[0].passage.title))
    passage = max(0.5 * max(0.0, hit.cosine) + 0.5 * weights.coverage(stems(hit.passage.text)) for hit in group)
    return _TITLE * title + (1 - _TITLE) * passage
