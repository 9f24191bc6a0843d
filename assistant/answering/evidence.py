"""Sentences that lean on the one before: a pronoun whose noun stands there.

Sentences as evidence: every sentence of the best passages, scored against the question.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answering.question import Question, QuestionKind
from assistant.answering.short_span import fit
from corpus.locating import locate
from corpus.model import BlockKind, Document, Span
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.embedding.embedder import Vectors
from index.lexical import TermWeights
from index.retriever import Hit, Retriever

__all__ = ["Evidence", "flaws", "gather", "leans", "usable_sentences", "with_antecedent"]

_MAX_WORDS = 80
"""Of both sentences together; a longer quotation is no help to a reader."""
_LINK = r"(?:(?:however|thus|therefore|moreover|furthermore|hence|also|instead|similarly|finally|yet|still|then|in turn|in addition|as a result|for example|for instance|on the other hand)[,\s]+)?"  # noqa: E501
_LEANING = re.compile(
    rf"^[“\"(]?{_LINK}(?:it|they|he|she|its|their|his|her|these|those|both|such|the (?:former|latter|same|two)"
    r"|this(?!\s+(?:paper|work|article|study|survey|essay|report|section|chapter|thesis|appendix|review|year|table"
    r"|figure)\b)|that(?=\s+(?:is|was|means)\b))\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether the sentence begins with a word whose meaning stands in the sentence before.

    >>> leans("It was trained on 547 hours."), leans("This paper presents a corpus.")
    (True, False)
    """
    return _LEANING.match(sentence) is not None


def with_antecedent(document: Document, span: Span) -> Span | None:
    """``span`` with the sentence before it, where both stand in one block and stay short together.

    None where there is no such sentence, or where that one leans as well.
    """
    position = bisect_left(document.sentences, span.start, key=lambda sentence: sentence.start)
    block = next((b for b in document.blocks if b.start <= span.start < b.end), None)
    if not position or block is None or document.sentences[position - 1].start < block.start:
        return None
    previous = document.sentences[position - 1]
    joined = Span(previous.start, span.end)
    short = len(joined.within(document.text).split()) <= _MAX_WORDS
    return joined if short and not leans(previous.within(document.text)) else None


_ASKED = 0.2
"""For a sentence that has all words of the phrase asked for."""
_AROUND = 0.1
"""For one whose title and heading supply the words of the question that it lacks."""
_COMPARED, _COMPARED_FOR_PARTS = 8, 16
"""Sentences compared by meaning, and where the answer has parts that each needs some; the others lost by their words
and their passage's rank. More of them find no further gold sentence (`benchmarks.answering`), and each costs 5 ms."""
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
    fit: float
    """For being of the form that the question asks for."""

    @property
    def words(self) -> float:
        """What it is worth by its words and its passage alone."""
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
    candidates = [
        candidate for hit in hits for candidate in _candidates(question, stored[hit.passage.document_id], hit, weights)
    ]
    candidates.sort(key=lambda candidate: -candidate.words)
    parted = question.kind in (QuestionKind.COMPARISON, QuestionKind.SIDES)
    compared = _COMPARED_FOR_PARTS if parted else _COMPARED
    by_words = [(item, item.words - flaws(item.stored.document, item.span)) for item in candidates[: 3 * compared]]
    by_words.sort(key=lambda item: -item[1])
    by_words = by_words[:compared]
    if not by_words:
        return []
    vectors = retriever.embed([candidate.text for candidate, _ in by_words])
    evidence = []
    cosines = (vectors @ question_vector[0]).tolist()
    for (candidate, worth), vector, cosine in zip(by_words, vectors, cosines, strict=True):
        score = worth + 0.5 * max(0.0, cosine)
        found = candidate.stored, candidate.hit, candidate.span
        evidence.append(Evidence(*found, cosine, candidate.coverage, score, vector))
    return sorted(evidence, key=lambda item: -item.score)


def _candidates(question: Question, stored: StoredDocument, hit: Hit, weights: TermWeights) -> Iterator[_Candidate]:
    asked = stems(question.asked)
    for span in usable_sentences(stored.document, hit.passage):
        text = span.within(stored.document.text)
        words = stems(text)
        around = words | stems(f"{hit.passage.title} {hit.passage.heading}")
        share = len(asked & words) / len(asked) if asked else 0.0
        worth = weights.coverage(words), weights.coverage(around), share, fit(question, text)
        yield _Candidate(stored, hit, span, text, *worth)


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


def _block_kind(document: Document, span: Span) -> BlockKind | None:
    at = bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1
    return document.blocks[at].kind if at >= 0 else None


def _plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


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
    kind = _block_kind(document, span)
    if kind is BlockKind.TABLE or text.count(" | ") > 1:
        found += 0.4  # a row of a table, which says nothing without its head
    if kind is BlockKind.CAPTION:
        found += 0.1  # it speaks of what it stands at
    if text.rstrip().endswith(":"):
        found += 0.15  # what it announces stands behind it
    if _plain_words(text) == _plain_words(document.record.title):
        found += 0.4  # the reader sees the title with each source
    if any(_is_mathematical(char) for char in text):
        found += 0.1  # a formula loses its shape in running text
    return found
