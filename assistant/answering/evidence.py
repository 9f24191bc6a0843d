"""Sentences as evidence: every sentence of the best passages, scored against the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.locating import locate
from corpus.model import Span
from corpus.store import DocumentStore, StoredDocument
from index.retriever import Hit, Retriever
from index.words import TermWeights, stems

__all__ = ["Evidence", "gather"]

_COSINE_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.5
_MIN_WORDS = 4
_LONG_WORDS = 70


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a retrieved passage."""

    stored: StoredDocument
    hit: Hit
    span: Span
    cosine: float
    """To the question."""
    coverage: float
    """Weighted share of the question's words, with those of title and heading counted half."""
    score: float
    """What it is worth as an answer sentence, within one question."""


def gather(
    hits: Sequence[Hit], question_vector: object, weights: TermWeights, store: DocumentStore, retriever: Retriever
) -> list[Evidence]:
    """All usable sentences of ``hits``, best first."""
    found: list[tuple[StoredDocument, Hit, Span]] = []
    for hit in hits:
        stored = store.get(hit.passage.document_id)
        found += [(stored, hit, span) for span in _sentences(stored, hit)]
    if not found:
        return []
    texts = [span.within(stored.document.text) for stored, _, span in found]
    cosines = (retriever.embed(texts) @ question_vector[0]).tolist()  # type: ignore[index]
    evidence = []
    for (stored, hit, span), text, cosine in zip(found, texts, cosines, strict=True):
        own = weights.coverage(stems(text))
        around = weights.coverage(stems(f"{text} {hit.passage.title} {hit.passage.heading}"))
        coverage = (own + around) / 2
        value = _COSINE_WEIGHT * max(0.0, cosine) + _COVERAGE_WEIGHT * coverage
        score = (hit.score + value) / 2 - _flaws(stored, span, text)
        evidence.append(Evidence(stored, hit, span, cosine, coverage, score))
    return sorted(evidence, key=lambda item: -item.score)


def _sentences(stored: StoredDocument, hit: Hit) -> list[Span]:
    """The document's sentences that lie inside the passage; a piece of an over-long one is cut to the passage."""
    spans = []
    for sentence in stored.document.sentences:
        start, end = max(sentence.start, hit.passage.start), min(sentence.end, hit.passage.end)
        if start < end:
            text = stored.document.text[start:end]
            if len(text.split()) >= _MIN_WORDS and re.search(r"[^\W\d_]{3}", text):
                spans.append(Span(start, end))
    return spans


def _flaws(stored: StoredDocument, span: Span, text: str) -> float:
    """What speaks against quoting a sentence, however well it fits."""
    words = text.split()
    flaws = 0.0
    place = locate(stored.document, span)
    if place.pdf_page != place.pdf_page_end:
        flaws += 0.15  # a reader has to turn the page, and what stands at its foot runs between
    if len(words) > _LONG_WORDS:
        flaws += 0.1
    if text.rstrip().endswith("?"):
        flaws += 0.1
    if text[0].islower():
        flaws += 0.05
    capitals = sum(word[0].isupper() for word in words)
    if capitals > 0.7 * len(words) and len(words) > 6:
        flaws += 0.2  # a list of names, or a heading that lost its line
    if sum(char.isdigit() for char in text) > 0.3 * len(text):
        flaws += 0.15  # figures in rows
    return flaws
