"""Confidence: the probability that the library answers a question, and the threshold of "not in your library".

A logistic function of a few features that compare between questions and libraries; its coefficients are in
``data/confidence.json``, written by ``python -m training.fit_confidence``.

One feature is grounding: does one document hold everything that the question names? A passage may look right because
it is of the right paper, while the thing asked for, a measure, a data set, a person, is nowhere in that paper. So the
words of the question are looked up among all terms of each document that the best passages come from.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np

from assistant.answering.evidence import Evidence
from assistant.answering.question import Question
from corpus.store import StoredDocument
from index.analyzer import stems, term_hash
from index.embedding.embedder import Vectors
from index.lexical import TermWeights
from index.query import query_terms
from index.retriever import Hit
from index.term_vectors import TermVectors

__all__ = ["Features", "Grounding", "coefficients", "confidence", "ground", "measure", "threshold"]

_TOP = 3
"""Passages whose coverage counts."""
_SAME_MEANING = 0.5
"""Minimum cosine of two words that can replace each other: *labelers* and *annotators* have 0.53, *perplexity* and
*accuracy* 0.25 by the bundled model."""
_NEIGHBOURS = 60
"""Words of the nearest sentences that are compared with a missing word."""
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Grounding:
    """How far the best of the documents covers a question."""

    document: StoredDocument | None
    coverage: float
    """Weighted share of the question's words that occur in the document, 0 to 1."""
    missing: tuple[str, ...] = ()
    """Words of the phrase asked for, and names, of which the document has neither form nor synonym; as typed."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is computed from; each 0 to 1, and it grows with each."""

    passage_cosine: float
    """Of the nearest passage to the question."""
    sentence_cosine: float
    """Of the nearest sentence."""
    coverage: float
    """Share of the question's weighted words in the best passage, title and heading included."""
    known: float
    """Share of the question's weighted words that occur anywhere in the library."""
    document: float
    """Share of them that the best document holds, cubed: the last few words tell most."""
    asked: float
    """1 where this document holds the phrase asked for and every name, or synonyms; else 0."""


def ground(
    question: Question,
    weights: TermWeights,
    documents: Sequence[StoredDocument],
    vectors: TermVectors,
    sentences: Sequence[tuple[str, str]],
    embed: Callable[[Sequence[str]], Vectors],
) -> Grounding:
    """The document of ``documents`` (best first) that covers most of the question, and what it lacks.

    ``sentences`` are the nearest ones, each with the id of its document; a synonym of a missing word is looked for
    among those of the document that covers most.
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
        # The terms leave out the reference list, whose titles may have the word: "Adam: a method for optimization".
        held |= stems(best.document.text)
        missing = [word for word in missing if not stems(word) <= held]
    typed = {word.lower(): word for word in _WORD.findall(question.text)}
    spelt = [typed.get(word, word) for word in missing]
    own = [text for document_id, text in sentences if document_id == best.document_id]
    replaced = _synonymous([word for word in spelt if not _is_name(word)], own, embed)
    lacking = tuple(word for word in spelt if word not in replaced)
    return Grounding(best, max(0.0, covered), lacking)


def measure(hits: Sequence[Hit], evidence: Sequence[Evidence], weights: TermWeights, grounding: Grounding) -> Features:
    """The features of one question."""
    best = [stems(f"{hit.passage.title} {hit.passage.heading} {hit.passage.text}") for hit in hits[:_TOP]]
    return Features(
        passage_cosine=max((hit.cosine for hit in hits), default=0.0),
        sentence_cosine=max((item.cosine for item in evidence), default=0.0),
        coverage=max((weights.coverage(words) for words in best), default=0.0),
        known=weights.known,
        document=grounding.coverage**3,
        asked=float(not grounding.missing),
    )


def confidence(features: Features) -> float:
    """Probability, 0 to 1, that the library holds an answer."""
    model = coefficients()
    total = model["intercept"] + sum(model[name] * value for name, value in asdict(features).items())
    return 1 / (1 + math.exp(-total))


def threshold() -> float:
    """Minimum confidence of an answer; below it the answer is "not in your library"."""
    return coefficients()["threshold"]


@cache
def coefficients() -> Mapping[str, float]:
    """The coefficient of each feature, ``intercept`` and ``threshold``."""
    data = files("assistant.answering").joinpath("data/confidence.json").read_text("utf-8")
    return MappingProxyType({name: float(value) for name, value in json.loads(data)["coefficients"].items()})


def _names(text: str) -> list[str]:
    """The words that name something, lower-cased: with a capital or a digit, but not the first of the question."""
    return [term for word in _WORD.findall(text)[1:] if _is_name(word) for term in query_terms(word)]


def _is_name(word: str) -> bool:
    return any(char.isupper() or char.isdigit() for char in word)


def _synonymous(words: Sequence[str], sentences: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> set[str]:
    """Those of ``words`` of which the sentences have a synonym."""
    near = list(dict.fromkeys(term for sentence in sentences for term in query_terms(sentence)))[:_NEIGHBOURS]
    if not words or not near:
        return set()
    vectors = embed([*words, *near])
    likeness = np.max(vectors[: len(words)] @ vectors[len(words) :].T, axis=1)
    return {word for word, value in zip(words, likeness, strict=True) if value >= _SAME_MEANING}
