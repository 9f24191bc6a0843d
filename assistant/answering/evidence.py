"""Evidence: the sentences of the best passages that can be quoted, judged on whether they answer the question."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.locating import block_at, section_at
from corpus.model import BlockKind, Document, SectionKind, Span
from corpus.quotable import needs_antecedent, turns_page
from corpus.store import DocumentStore, StoredDocument, StoredPassage
from index.analyzer import stems
from index.judging import Judge, Pair
from index.lexical import TermWeights
from index.retriever import Hit

__all__ = ["Evidence", "gather", "quotable_sentences"]

_JUDGED = 20
"""Sentences that the judge reads: those with the best score by passage and words."""
_PRIOR = 0.75
"""Weight of what is known before the judge reads; see ``docs/benchmarks.md``."""
_AROUND = 0.2
"""Weight of the words that a sentence holds together with title and heading."""
_QUOTED = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.FOOTNOTE)
_MIN_WORDS = 4
_ADDRESS = re.compile(r"\S@\S+\.\w|https?://\S+$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a retrieved passage."""

    stored: StoredDocument
    hit: Hit
    span: Span
    coverage: float
    """Weighted share of the question's words in it."""
    logit: float
    """The judge's, of the sentence as an answer to the question."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.within(self.stored.document.text)

    @property
    def value(self) -> float:
        """Value as an answer, in logits: the judge's, with some weight for the passage's rank and shared words."""
        return self.logit + _PRIOR * (self.hit.score + self.coverage)

    @property
    def score(self) -> float:
        """The judge's logit as a number from 0 to 1."""
        return 1 / (1 + math.exp(-self.logit))


@dataclass(frozen=True, slots=True)
class _Candidate:
    stored: StoredDocument
    hit: Hit
    span: Span
    before: str
    coverage: float
    around: float
    """Coverage with title and heading."""

    @property
    def prior(self) -> float:
        """Score by passage and words, before the judge reads it."""
        return self.hit.score + self.coverage + _AROUND * self.around


def gather(
    question: str,
    hits: Sequence[Hit],
    weights: TermWeights,
    store: DocumentStore,
    judge: Judge,
    *,
    of_document: int = _JUDGED,
    limit: int = _JUDGED,
) -> list[Evidence]:
    """The sentences of ``hits`` that are most likely to answer, best first; ``of_document`` at most of each document.

    Raises:
        ModelError: the judge cannot be used.
    """
    stored = {hit.passage.document_id: store.get(hit.passage.document_id) for hit in hits}
    found = {
        (candidate.stored.document_id, candidate.span): candidate
        for hit in reversed(hits)
        for candidate in _candidates(stored[hit.passage.document_id], hit, weights)
    }
    taken: Counter[str] = Counter()
    chosen: list[_Candidate] = []
    for candidate in sorted(found.values(), key=lambda candidate: -candidate.prior):
        if len(chosen) < limit and taken[candidate.stored.document_id] < of_document:
            taken[candidate.stored.document_id] += 1
            chosen.append(candidate)
    pairs = [Pair(question, _text(item), _around(item.hit.passage), item.before) for item in chosen]
    evidence = [
        Evidence(item.stored, item.hit, item.span, item.coverage, logit)
        for item, logit in zip(chosen, judge.judge(pairs).tolist(), strict=True)
    ]
    return sorted(evidence, key=lambda item: -item.value)


def quotable_sentences(document: Document, passage: StoredPassage) -> Iterator[tuple[Span, str]]:
    """The sentences of running text inside the passage, each with the one before it where it needs an antecedent.

    No rows of tables, captions, headings, titles, addresses or entries of reference lists, and none that turns a page,
    between whose parts a figure or footnotes may stand; a piece of an over-long sentence is cut to the passage.
    """
    sentences = document.sentences
    for position in range(bisect_right(sentences, passage.start, key=lambda s: s.end), len(sentences)):
        start, end = max(sentences[position].start, passage.start), min(sentences[position].end, passage.end)
        if start >= passage.end:
            break
        if start < end and _is_quotable(document, Span(start, end)):
            leans = position > 0 and needs_antecedent(document.text[start:end])
            yield Span(start, end), sentences[position - 1].within(document.text) if leans else ""


def _candidates(stored: StoredDocument, hit: Hit, weights: TermWeights) -> Iterator[_Candidate]:
    around = stems(f"{hit.passage.title} {hit.passage.heading}")
    for span, before in quotable_sentences(stored.document, hit.passage):
        words = stems(span.within(stored.document.text))
        yield _Candidate(stored, hit, span, before, weights.coverage(words), weights.coverage(words | around))


def _around(passage: StoredPassage) -> str:
    """Heading and title: the heading first, because it is nearer and only the beginning is read."""
    return " ".join(part for part in (passage.heading.rpartition(" > ")[2], passage.title) if part)


def _text(item: _Candidate) -> str:
    return " ".join(item.span.within(item.stored.document.text).split())


def _is_quotable(document: Document, span: Span) -> bool:
    text = span.within(document.text)
    words = text.split()
    if len(words) < _MIN_WORDS or not re.search(r"[^\W\d_]{3}", text):
        return False
    block, section = block_at(document, span.start), section_at(document.sections, span.start)
    if block is None or block.kind not in _QUOTED or turns_page(document, span):
        return False
    if section is not None and document.sections[section].kind is SectionKind.REFERENCES:
        return False
    names = len(words) > 6 and sum(word[0].isupper() for word in words) > 0.7 * len(words)
    figures = sum(char.isdigit() for char in text) > 0.3 * len(text)
    announces = text.rstrip().endswith(":") or text.count(" | ") > 1
    is_title = re.findall(r"\w+", text.casefold()) == re.findall(r"\w+", document.record.title.casefold())
    return not (names or figures or announces or is_title or _ADDRESS.search(text))
