"""Evidence: the sentences of the best passages, scored against the question."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering.question import Question, QuestionKind
from assistant.answering.short_span import fit
from assistant.citing.quotable import turns_page
from corpus.locating import block_at
from corpus.model import BlockKind, Document, Span
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.lexical import TermWeights
from index.retriever import Hit, Retriever

__all__ = ["Evidence", "gather", "penalty", "usable_sentences"]

_ASKED = 0.2
"""Bonus of a sentence that has all words of the phrase asked for."""
_AROUND = 0.1
"""Bonus of a sentence that covers the question together with title and heading."""
_COMPARED, _COMPARED_FOR_PARTS = 8, 16
"""Sentences compared by meaning, in a plain answer and in one with parts: those with the best lexical score. More of
them find no further gold sentence (`benchmarks.answering`), and each costs 5 ms."""
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
    """Weighted share of the question's words in it."""
    score: float
    """Score as an answer sentence; compares within one question only."""
    vector: Vectors | None = field(default=None, compare=False, repr=False)
    """Embedding of the sentence itself, shape (dimension,), also where ``span`` takes in the one before."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.within(self.stored.document.text)


@dataclass(frozen=True, slots=True)
class _Candidate:
    stored: StoredDocument
    hit: Hit
    span: Span
    text: str
    coverage: float
    around: float
    """Coverage with title and heading."""
    asked: float
    """Share of the phrase asked for."""
    fit: float
    """Bonus when the sentence has the answer's form."""

    @property
    def lexical_score(self) -> float:
        """Score by words and passage, without the sentence's embedding."""
        return 0.5 * self.hit.score + 0.5 * self.coverage + _ASKED * self.asked + _AROUND * self.around + self.fit


def gather(
    question: Question,
    question_vector: Vectors,
    hits: Sequence[Hit],
    weights: TermWeights,
    store: DocumentStore,
    retriever: Retriever,
) -> list[Evidence]:
    """The usable sentences of ``hits``, best first; ``question_vector`` has the shape (1, dimension)."""
    stored = {hit.passage.document_id: store.get(hit.passage.document_id) for hit in hits}
    candidates = [c for hit in hits for c in _candidates(question, stored[hit.passage.document_id], hit, weights)]
    candidates.sort(key=lambda candidate: -candidate.lexical_score)
    parted = question.kind in (QuestionKind.COMPARISON, QuestionKind.SIDES)
    compared = _COMPARED_FOR_PARTS if parted else _COMPARED
    scored = [(c.lexical_score - penalty(c.stored.document, c.span), c) for c in candidates[: 3 * compared]]
    scored = sorted(scored, key=lambda pair: -pair[0])[:compared]
    if not scored:
        return []
    vectors = retriever.embed([candidate.text for _, candidate in scored])
    cosines = (vectors @ question_vector[0]).tolist()
    evidence = [
        Evidence(item.stored, item.hit, item.span, cosine, item.coverage, score + 0.5 * max(0.0, cosine), vector)
        for (score, item), vector, cosine in zip(scored, vectors, cosines, strict=True)
    ]
    return sorted(evidence, key=lambda item: -item.score)


def _candidates(question: Question, stored: StoredDocument, hit: Hit, weights: TermWeights) -> Iterator[_Candidate]:
    asked = stems(question.asked)
    for span in usable_sentences(stored.document, hit.passage):
        text = span.within(stored.document.text)
        words = stems(text)
        around = words | stems(f"{hit.passage.title} {hit.passage.heading}")
        share = len(asked & words) / len(asked) if asked else 0.0
        shares = weights.coverage(words), weights.coverage(around), share
        yield _Candidate(stored, hit, span, text, *shares, fit(question, text))


def usable_sentences(document: Document, passage: StoredPassage) -> list[Span]:
    """The document's sentences that lie inside the passage; a piece of an over-long one is cut to the passage."""
    spans = []
    sentences = document.sentences
    for position in range(bisect_right(sentences, passage.start, key=lambda s: s.end), len(sentences)):
        start, end = max(sentences[position].start, passage.start), min(sentences[position].end, passage.end)
        if start >= passage.end:
            break
        if start < end:
            text = document.text[start:end]
            if len(text.split()) >= _MIN_WORDS and re.search(r"[^\W\d_]{3}", text):
                spans.append(Span(start, end))
    return spans


def penalty(document: Document, span: Span) -> float:
    """What a sentence that quotes badly loses of its score, however well it fits; 0 or more."""
    text = span.within(document.text)
    words = text.split()
    block = block_at(document, span.start)
    kind = block.kind if block is not None else None
    capitals = sum(word[0].isupper() for word in words)
    digits = sum(char.isdigit() for char in text)
    signs = (
        (0.15, turns_page(document, span)),
        (0.1, len(words) > _LONG_WORDS),
        (0.1, text.rstrip().endswith("?")),
        (0.05, text[0].islower()),
        (0.2, capitals > 0.7 * len(words) and len(words) > 6),  # a list of names, or a heading
        (0.15, digits > 0.3 * len(text)),
        (0.4, kind is BlockKind.TABLE or text.count(" | ") > 1),  # a row says nothing without its head
        (0.1, kind is BlockKind.CAPTION),
        (0.15, text.rstrip().endswith(":")),  # announces what stands behind it
        (0.4, _plain_words(text) == _plain_words(document.record.title)),  # the title is shown with each source
        (0.1, any(_is_mathematical(char) for char in text)),  # a formula loses its shape in running text
    )
    return sum((weight for weight, holds in signs if holds), 0.0)


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_mathematical(char: str) -> bool:
    return (unicodedata.category(char) == "Sm" and char not in "+<=>|~±×") or char in "⟨⟩〈〉′″"
