"""Sentences as evidence: every sentence of the best passages, scored against the question."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.question import asks_for_quantity
from corpus.locating import locate
from corpus.model import Span
from corpus.store import DocumentStore, StoredDocument
from index.analyzer import stems
from index.embedder import Vectors
from index.retriever import Hit, Retriever
from index.words import TermWeights

__all__ = ["Evidence", "gather", "select"]

_COSINE_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.5
_FIGURE_BONUS = 0.1
"""For a sentence with a figure in it, where the question asks for a quantity."""
_REPEAT_MALUS = 0.1
"""For each sentence that the same passage has given already."""
_MAX_EMBEDDED = 32
"""Sentences compared by meaning; the others lost by their words and their passage's rank."""
_WORTH_SAYING = 0.65
"""A sentence worth less than this share of the best one adds nothing but length."""
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


def gather(
    question: str,
    question_vector: Vectors,
    hits: Sequence[Hit],
    weights: TermWeights,
    store: DocumentStore,
    retriever: Retriever,
) -> list[Evidence]:
    """The usable sentences of ``hits``, best first; ``question_vector`` has the shape (1, dimension)."""
    candidates = [
        candidate for hit in hits for candidate in _candidates(store.get(hit.passage.document_id), hit, weights)
    ]
    candidates.sort(key=lambda candidate: -(candidate.hit.score + candidate.coverage))
    candidates = candidates[:_MAX_EMBEDDED]
    if not candidates:
        return []
    vectors = retriever.embed([candidate.text for candidate in candidates])
    quantity = asks_for_quantity(question)
    evidence = []
    for candidate, cosine in zip(candidates, (vectors @ question_vector[0]).tolist(), strict=True):
        value = _COSINE_WEIGHT * max(0.0, cosine) + _COVERAGE_WEIGHT * candidate.coverage
        score = (candidate.hit.score + value) / 2 - _flaws(candidate)
        if quantity and any(char.isdigit() for char in candidate.text):
            score += _FIGURE_BONUS
        evidence.append(Evidence(candidate.stored, candidate.hit, candidate.span, cosine, candidate.coverage, score))
    return sorted(evidence, key=lambda item: -item.score)


def select(evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """The best sentences, at most ``limit``: none twice in like words, none far weaker than the best.

    Further sentences of the same passage are held back a little, so that the answer looks around.
    """
    chosen: list[Evidence] = []
    seen: set[str] = set()
    given: Counter[int] = Counter()
    rest = list(evidence)

    def worth(item: Evidence) -> float:
        return item.score - _REPEAT_MALUS * given[item.hit.passage.passage_id]

    while rest and len(chosen) < limit:
        best = max(rest, key=worth)
        if chosen and best.score < _WORTH_SAYING * chosen[0].score:
            break
        rest.remove(best)
        folded = "".join(char for char in best.text.casefold() if char.isalnum())
        if folded not in seen:
            seen.add(folded)
            given[best.hit.passage.passage_id] += 1
            chosen.append(best)
    return chosen


def _candidates(stored: StoredDocument, hit: Hit, weights: TermWeights) -> Iterator[_Candidate]:
    for span in _sentences(stored, hit):
        text = span.within(stored.document.text)
        own = weights.coverage(stems(text))
        around = weights.coverage(stems(f"{text} {hit.passage.title} {hit.passage.heading}"))
        yield _Candidate(stored, hit, span, text, (own + around) / 2)


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


def _is_mathematical(char: str) -> bool:
    return (unicodedata.category(char) == "Sm" and char not in "+<=>|~±×") or char in "⟨⟩〈〉′″"


def _flaws(candidate: _Candidate) -> float:
    """What speaks against quoting a sentence, however well it fits."""
    text = candidate.text
    words = text.split()
    flaws = 0.0
    place = locate(candidate.stored.document, candidate.span)
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
    if any(_is_mathematical(char) for char in text):
        flaws += 0.1  # a formula loses its shape in running text
    return flaws
