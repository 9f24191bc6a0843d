"""Sentences as evidence: every sentence of the best passages, scored against the question."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering.question import Question, QuestionKind
from corpus.locating import locate
from corpus.model import Document, Span
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.embedder import Vectors
from index.retriever import Hit, Retriever
from index.words import TermWeights

__all__ = ["Evidence", "flaws", "gather", "usable_sentences"]

_ASKED = 0.2
"""For a sentence that has all words of the phrase asked for."""
_AROUND = 0.1
"""For one whose title and heading supply the words of the question that it lacks."""
_FIT = 0.1
"""For a sentence of the form that the question asks for: with a figure, a name, a date, a definition."""
_COMPARED, _COMPARED_FOR_PARTS = 8, 16
"""Sentences compared by meaning, and where the answer has parts that each needs some; the others lost by their words
and their passage's rank. More of them find no further gold sentence (`benchmarks.answering`), and each costs 5 ms."""
_MIN_WORDS = 4
_LONG_WORDS = 70


_FORMS = {
    QuestionKind.QUANTITY: re.compile(r"\d"),
    QuestionKind.TIME: re.compile(r"\b(?:1[5-9]|20)\d\d\b"),
    QuestionKind.PERSON: re.compile(r"(?<=\s)[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+"),
    QuestionKind.DEFINITION: re.compile(
        r"\b(?:is|are) (?:an?|the|any|defined|when|what|called)\b|\brefers? to\b|\bdefin(?:e|ed|es|ition)\b|\bmeans?\b"
        r"|\bwe (?:call|mean)\b|\bi\.e\.",
        re.IGNORECASE,
    ),
}
"""What a fitting sentence holds."""


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
    """What it is worth as an answer sentence, within one question."""
    vector: Vectors | None = field(default=None, compare=False, repr=False)
    """Its embedding, shape (dimension,), without the sentence that may have been put before it since."""

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

    @property
    def words(self) -> float:
        """What it is worth by its words alone."""
        return 0.5 * self.coverage + _ASKED * self.asked + _AROUND * self.around


def gather(
    question: Question,
    question_vector: Vectors,
    hits: Sequence[Hit],
    weights: TermWeights,
    store: DocumentStore,
    retriever: Retriever,
) -> list[Evidence]:
    """The usable sentences of ``hits``, best first; ``question_vector`` has the shape (1, dimension)."""
    asked = stems(question.asked)
    candidates = [
        candidate for hit in hits for candidate in _candidates(store.get(hit.passage.document_id), hit, weights, asked)
    ]
    candidates.sort(key=lambda candidate: -(0.5 * candidate.hit.score + candidate.words))
    parted = question.kind in (QuestionKind.COMPARISON, QuestionKind.SIDES)
    candidates = candidates[: _COMPARED_FOR_PARTS if parted else _COMPARED]
    if not candidates:
        return []
    vectors = retriever.embed([candidate.text for candidate in candidates])
    form = _FORMS.get(question.kind)
    evidence = []
    cosines = (vectors @ question_vector[0]).tolist()
    for candidate, vector, cosine in zip(candidates, vectors, cosines, strict=True):
        score = (
            0.5 * candidate.hit.score
            + 0.5 * max(0.0, cosine)
            + candidate.words
            - flaws(candidate.stored.document, candidate.span)
        )
        if form is not None and form.search(candidate.text):
            score += _FIT
        found = candidate.stored, candidate.hit, candidate.span
        evidence.append(Evidence(*found, cosine, candidate.coverage, score, vector))
    return sorted(evidence, key=lambda item: -item.score)


def _candidates(stored: StoredDocument, hit: Hit, weights: TermWeights, asked: set[str]) -> Iterator[_Candidate]:
    for span in usable_sentences(stored.document, hit.passage):
        text = span.within(stored.document.text)
        words = stems(text)
        around = words | stems(f"{hit.passage.title} {hit.passage.heading}")
        share = len(asked & words) / len(asked) if asked else 0.0
        yield _Candidate(stored, hit, span, text, weights.coverage(words), weights.coverage(around), share)


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


def _is_mathematical(char: str) -> bool:
    return (unicodedata.category(char) == "Sm" and char not in "+<=>|~±×") or char in "⟨⟩〈〉′″"


def flaws(document: Document, span: Span) -> float:
    """What speaks against quoting a sentence, however well it fits; it lowers the score."""
    text = span.within(document.text)
    words = text.split()
    found = 0.0
    place = locate(document, span)
    if place.pdf_page != place.pdf_page_end:
        found += 0.15  # a reader has to turn the page, and what stands at its foot runs between
    if len(words) > _LONG_WORDS:
        found += 0.1
    if text.rstrip().endswith("?"):
        found += 0.1
    if text[0].islower():
        found += 0.05
    capitals = sum(word[0].isupper() for word in words)
    if capitals > 0.7 * len(words) and len(words) > 6:
        found += 0.2  # a list of names, or a heading that lost its line
    if sum(char.isdigit() for char in text) > 0.3 * len(text):
        found += 0.15  # figures in rows
    if text.count(" | ") > 1:
        found += 0.4  # a row of a table, which says nothing without its head
    if any(_is_mathematical(char) for char in text):
        found += 0.1  # a formula loses its shape in running text
    return found
