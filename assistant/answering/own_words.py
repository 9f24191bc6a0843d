"""Own words of the primary works: what a held work that a quotation cites says itself on the matter.

The quotation says what a work is cited for; so the work's sentences are compared with the quotation, not with the
question. Below a minimum cosine none is shown: a held work may speak of it in other words, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from assistant.answering.evidence import quotable_sentences
from assistant.citing import CitedSource, CitedWorks, PrimaryWork, make_source
from corpus.model import Document, Span
from corpus.quotable import mentions_in, with_antecedent
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.retriever import Retriever

__all__ = ["NEAR", "PrimaryFinder", "without_citations"]

NEAR = 0.55
"""Minimum cosine to the quotation of a work's own words on it; see docs/benchmarks.md."""
_SOUGHT = 2
"""Works of one answer that are searched; each costs the time of a few embeddings."""
_PASSAGES = 3
_COMPARED = 2
"""Sentences compared by meaning: those of the nearest passages with most words of the quotation."""
_REPORTS = 0.1
"""Penalty of a sentence that cites others in its turn."""
_EMPTIED = re.compile(r"\s*[(\[][\s,;&]*[)\]]")
"""Parentheses that held citations only, once these are taken out."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A sentence of a cited work."""

    span: Span
    passage: StoredPassage
    cosine: float
    """Of the sentence to the quotation."""
    score: float
    """The cosine less penalties."""
    passage_cosine: float


class PrimaryFinder:
    """Adds to each source of an answer the works that it cites."""

    def __init__(self, store: DocumentStore, retriever: Retriever) -> None:
        self._store = store
        self._retriever = retriever
        self._cited = CitedWorks(store)

    def complete(self, sources: Sequence[CitedSource]) -> tuple[CitedSource, ...]:
        """``sources`` with the works that they cite; the first few held ones with their own words.

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
                # The embedding with citations serves as well as the one without; see docs/benchmarks.md.
                aim = self._retriever.embed([source.quote])
                for n in wanted:
                    works[n] = self._with_own_words(works[n], said, aim)
            completed.append(replace(source, cites=tuple(works)) if works else source)
        return tuple(completed)

    def words_on(self, said: str, stored: StoredDocument, vector: Vectors) -> list[OwnWords]:
        """The nearest sentences of a document to what is ``said``, best first, without a minimum cosine.

        ``vector`` is the embedding of the quotation, shape (1, dimension).

        Raises:
            ModelError: the embedding model cannot be used.
        """
        document = stored.document
        likely = self._likely(stored, said, vector)
        if not likely:
            return []
        vectors = self._retriever.embed([span.within(document.text) for span, _, _ in likely])
        found = []
        for cosine, (span, passage, passage_cosine) in zip((vectors @ vector[0]).tolist(), likely, strict=True):
            score = cosine - _REPORTS * bool(mentions_in(document, span))
            found.append(OwnWords(span, passage, cosine, score, passage_cosine))
        return sorted(found, key=lambda words: -words.score)

    def _with_own_words(self, work: PrimaryWork, said: str, vector: Vectors) -> PrimaryWork:
        """``work`` with its best sentence on what is ``said``, where one reaches the minimum cosine."""
        assert work.document_id is not None
        stored = self._store.get(work.document_id)
        best = next((words for words in self.words_on(said, stored, vector) if words.cosine >= NEAR), None)
        if best is None:
            return work
        around = Span(min(best.passage.start, best.span.start), max(best.passage.end, best.span.end))
        return replace(work, source=make_source(0, stored, best.span, around, min(1.0, max(0.0, best.passage_cosine))))

    def _likely(self, stored: StoredDocument, said: str, vector: Vectors) -> list[tuple[Span, StoredPassage, float]]:
        """The sentences of the nearest passages that share most words with ``said``, with passage and its cosine."""
        words = stems(said)
        shared = []
        for passage, cosine in self._retriever.nearest(vector, _PASSAGES, stored.document_id):
            for sentence, before in quotable_sentences(stored.document, passage):
                span = with_antecedent(stored.document, sentence) if before else sentence
                if span is None:
                    continue
                own = stems(span.within(stored.document.text))
                # Long sentences share words by their length alone; the root normalises that, as in a cosine.
                shared.append((len(words & own) / sqrt(len(own) + 4), span, passage, cosine))
        shared.sort(key=lambda item: -item[0])
        return [(span, passage, cosine) for _, span, passage, cosine in shared[:_COMPARED]]


def without_citations(document: Document, quote: Span) -> str:
    """The words of a quotation without its citations: their names and years stand in reference lists too."""
    parts, start = [], quote.start
    for mention in document.mentions:
        if start <= mention.start < quote.end:
            parts.append(document.text[start : mention.start])
            start = min(mention.end, quote.end)
    parts.append(document.text[start : quote.end])
    return " ".join(_EMPTIED.sub("", "".join(parts)).split())
