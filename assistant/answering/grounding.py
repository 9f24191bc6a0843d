"""Whether one document speaks of everything that a question names.

A passage may look right because it is of the right paper, while the thing asked for, a measure, a data set, a person,
stands nowhere in that paper. So the words of the question are looked for among all terms of each document that the
best passages come from, and what the best of these lacks in its whole text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answering.question import Question
from corpus.store import StoredDocument
from index.analyzer import stems, term_hash
from index.embedder import Vectors
from index.query import query_terms
from index.termvectors import TermVectors
from index.words import TermWeights

__all__ = ["Grounding", "ground"]

_SAME_MEANING = 0.5
"""Cosine of two words from which on one may stand for the other: *labelers* and *annotators* 0.53, *perplexity* and
*accuracy* 0.25 by the bundled model."""
_NEIGHBOURS = 60
"""Words of the nearest sentences among which one of like meaning is sought."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Grounding:
    """How far the best of the documents covers a question."""

    document: StoredDocument | None
    coverage: float
    """Weighted share of the question's words that occur in the document, 0 to 1."""
    missing: tuple[str, ...] = ()
    """Words of the phrase asked for, and names, that the document does not hold nor has a like word for; as typed."""


def ground(
    question: Question,
    weights: TermWeights,
    documents: Sequence[StoredDocument],
    vectors: TermVectors,
    sentences: Sequence[tuple[str, str]],
    embed: Callable[[Sequence[str]], Vectors],
) -> Grounding:
    """The document of ``documents`` (best first) that covers most of the question, and what it lacks.

    ``sentences`` are the nearest ones, each with the id of its document; among the words of those of the document that
    covers most, one of like meaning is sought where a word is missing.
    """
    asked = query_terms(question.asked) if question.asked else []
    words = [*asked, *(word for word in _names(question.text) if word not in asked)]
    wanted = {stem for stem, _ in weights.heaviest()}.union(*(stems(word) for word in words))
    terms = vectors.of_documents([document.document_id for document in documents])
    best: StoredDocument | None = None
    held = set[str]()
    covered = -1.0
    for document in documents:
        authors = stems(" ".join(name.display for name in document.document.record.authors))
        in_text = terms.get(document.document_id, frozenset())
        here = {stem for stem in wanted if stem in authors or term_hash(stem) in in_text}
        share = weights.coverage(here)
        if share > covered + 1e-9:
            best, held, covered = document, here, share
    if best is None:
        return Grounding(None, 0.0)
    missing = [word for word in words if not stems(word) <= held]
    if missing:
        # Passages leave out the reference list, whose titles may have the word: "Adam: a method for optimization".
        held |= stems(best.document.text)
        missing = [word for word in missing if not stems(word) <= held]
    typed = {word.lower(): word for word in _WORD.findall(question.text)}
    spelt = [typed.get(word, word) for word in missing]
    own = [text for document_id, text in sentences if document_id == best.document_id]
    replaced = _replaced([word for word in spelt if not _is_name(word)], own, embed)
    lacking = tuple(word for word in spelt if word not in replaced)
    return Grounding(best, max(0.0, covered), lacking)


def _names(text: str) -> list[str]:
    """The words that name something: a capital or a figure inside, or a capital in mid-sentence; lower-cased."""
    first = _WORD.search(text)
    return [
        term
        for match in _WORD.finditer(text)
        if _is_name(match.group()) and match.start() != (first.start() if first else -1)
        for term in query_terms(match.group())
    ]


def _is_name(word: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in word)


def _replaced(words: Sequence[str], sentences: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> set[str]:
    """Those of ``words`` for which the sentences have one of like meaning."""
    if not words or not sentences:
        return set()
    near = list(dict.fromkeys(term for sentence in sentences for term in query_terms(sentence)))[:_NEIGHBOURS]
    if not near:
        return set()
    vectors = embed([*words, *near])
    likeness = np.max(vectors[: len(words)] @ vectors[len(words) :].T, axis=1)
    return {word for word, value in zip(words, likeness, strict=True) if value >= _SAME_MEANING}
