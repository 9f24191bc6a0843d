"""Whether one document speaks of everything that a question names.

A passage may look right because it is of the right paper, while the thing asked for, a measure, a data set, a person,
stands nowhere in that paper. So the words of the question are looked for in the whole text of each document that the
best passages come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.answering.question import Question
from corpus.store import StoredDocument
from index.analyzer import stems
from index.embedder import Vectors
from index.query import query_terms
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
    sentences: Sequence[str],
    embed: Callable[[Sequence[str]], Vectors],
) -> Grounding:
    """The document of ``documents`` (best first) that covers most of the question, and what it lacks.

    ``sentences`` are the nearest ones, among whose words one of like meaning is sought where a word is missing.
    """
    best: StoredDocument | None = None
    held: frozenset[str] = frozenset()
    covered = -1.0
    for document in documents:
        words = _words_of(document)
        share = weights.coverage(words)
        if share > covered + 1e-9:
            best, held, covered = document, words, share
    if best is None:
        return Grounding(None, 0.0)
    asked = query_terms(question.asked) if question.asked else []
    names = [word for word in _names(question.text) if word not in asked]
    missing = [word for word in (*asked, *names) if not stems(word) <= held]
    typed = {word.lower(): word for word in _WORD.findall(question.text)}
    spelt = [typed.get(word, word) for word in missing]
    replaced = _replaced([word for word in spelt if not _is_name(word)], sentences, embed)
    lacking = tuple(word for word in spelt if word not in replaced)
    return Grounding(best, max(0.0, covered), lacking)


@lru_cache(maxsize=256)
def _stems_of(_document_id: str, _sha256: str, text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _words_of(stored: StoredDocument) -> frozenset[str]:
    authors = " ".join(name.display for name in stored.document.record.authors)
    text = f"{stored.name} {authors} {stored.document.text}"
    return _stems_of(stored.document_id, stored.source.sha256, text)


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
