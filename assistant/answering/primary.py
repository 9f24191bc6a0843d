"""The own words of the works that an answer's quotations cite, where the library holds them.

What a work is cited for, the quotation says; so the work's sentences are compared with the quotation, not with the
question. A sentence that is not near enough is not shown: a held work may speak of it in other words, or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

from assistant.answering.antecedents import leans, with_antecedent
from assistant.answering.evidence import flaws, usable_sentences
from assistant.citing import CitedSource, CitedWorks, PrimaryWork, make_source
from corpus.model import BlockKind, Document, Span
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.embedder import Vectors
from index.retriever import Retriever

__all__ = ["PrimaryFinder", "without_citations"]

NEAR = 0.55
"""Cosine to the quotation from which a sentence counts as the work's own word on it; see docs/benchmarks.md."""
_SOUGHT = 2
"""Works of one answer in which such a sentence is looked for; each costs the time of a few embeddings."""
_PASSAGES = 3
_COMPARED = 3
"""Sentences of these passages, those with most words of the quotation, that are compared by meaning."""
_REPORTS = 0.1
"""Against a sentence that cites others in its turn."""

_EMPTIED = re.compile(r"\s*[(\[][\s,;&]*[)\]]")
"""What is left of parentheses that held citations only."""


class PrimaryFinder:
    """Puts behind each source of an answer the works that it cites."""

    def __init__(self, store: DocumentStore, retriever: Retriever) -> None:
        self._store = store
        self._retriever = retriever
        self._cited = CitedWorks(store)

    def complete(self, sources: Sequence[CitedSource]) -> tuple[CitedSource, ...]:
        """``sources`` with the works that they cite, the first few that are held with their own words.

        Raises:
            ModelError: the embedding model cannot be used.
        """
        completed, sought = [], 0
        for source in sources:
            stored = self._store.get(source.document_id)
            quote = Span(source.locator.start, source.locator.end)
            works = list(self._cited.behind(stored, quote))
            wanted = [n for n, work in enumerate(works) if work.held][: _SOUGHT - sought]
            if wanted:
                sought += len(wanted)
                said = without_citations(stored.document, quote)
                vector = self._retriever.embed([said])
                for n in wanted:
                    works[n] = self._with_its_words(works[n], said, vector)
            completed.append(replace(source, cites=tuple(works)) if works else source)
        return tuple(completed)

    def _with_its_words(self, work: PrimaryWork, said: str, vector: Vectors) -> PrimaryWork:
        """``work`` with its own best sentence on what is ``said``; ``vector`` has the shape (1, dimension)."""
        assert work.document_id is not None
        stored = self._store.get(work.document_id)
        document = stored.document
        near = self._likely(stored, said, vector)
        if not near:
            return work
        vectors = self._retriever.embed([span.within(document.text) for span, _, _ in near])
        cosines = (vectors @ vector[0]).tolist()
        scored = [
            (cosine - flaws(document, span) - _REPORTS * _reports(document, span), span, passage, score)
            for cosine, (span, passage, score) in zip(cosines, near, strict=True)
            if cosine >= NEAR
        ]
        if not scored:
            return work
        _, span, passage, score = max(scored, key=lambda item: item[0])
        around = Span(min(passage.start, span.start), max(passage.end, span.end))
        return replace(work, source=make_source(0, stored, span, around, min(1.0, max(0.0, score))))

    def _likely(self, stored: StoredDocument, said: str, vector: Vectors) -> list[tuple[Span, StoredPassage, float]]:
        """The sentences of the nearest passages that share most words with ``said``, with passage and its cosine."""
        words = stems(said)
        shared = []
        for passage, cosine in self._retriever.nearest(vector, _PASSAGES, stored.document_id):
            for sentence in usable_sentences(stored.document, passage):
                span = _quotable(stored.document, sentence)
                if span is None:
                    continue
                own = stems(span.within(stored.document.text))
                # Long sentences share words by their length alone; the root weighs that down, as in a cosine.
                shared.append((len(words & own) / sqrt(len(own) + 4), span, passage, cosine))
        shared.sort(key=lambda item: -item[0])
        return [(span, passage, cosine) for _, span, passage, cosine in shared[:_COMPARED]]


def without_citations(document: Document, quote: Span) -> str:
    """The words of a quotation without its citations: their names and years would lead to reference lists."""
    parts, start = [], quote.start
    for mention in document.mentions:
        if start <= mention.start < quote.end:
            parts.append(document.text[start : mention.start])
            start = min(mention.end, quote.end)
    parts.append(document.text[start : quote.end])
    return " ".join(_EMPTIED.sub("", "".join(parts)).split())


def _quotable(document: Document, span: Span) -> Span | None:
    """A sentence that can stand alone, where needed with the one before it; None for what stands below a picture."""
    at = bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1
    if at >= 0 and document.blocks[at].kind is BlockKind.CAPTION:
        return None
    return with_antecedent(document, span) if leans(span.within(document.text)) else span


def _reports(document: Document, span: Span) -> bool:
    return any(span.start <= mention.start < span.end for mention in document.mentions)
