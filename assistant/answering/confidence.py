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
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from assistant.answering.evidence import Evidence
from corpus.store import StoredDocument
from index.analyzer import stems, term_hash
from index.lexical import TermWeights
from index.query import query_terms
from index.retriever import Hit
from index.term_vectors import TermVectors

__all__ = ["Features", "Grounding", "coefficients", "confidence", "ground", "measure", "threshold"]

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Grounding:
    """How far the best of the documents covers a question."""

    document: StoredDocument | None
    coverage: float
    """Weighted share of the question's words that occur in the document, 0 to 1."""
    missing: tuple[str, ...] = ()
    """Names of the question that the document does not have, as typed."""


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is computed from; it grows with each."""

    logit: float
    """The judge's, of the best sentence."""
    passage_cosine: float
    """Of the nearest passage to the question, 0 to 1."""
    coverage: float
    """Share of the question's weighted words in the best sentence with title and heading."""
    known: float
    """Share of the question's weighted words that occur anywhere in the library."""
    document: float
    """Share of them that the best document holds, cubed: the last few words tell most."""
    named: float
    """1 where this document holds every name of the question; else 0."""


def ground(query: str, weights: TermWeights, documents: Sequence[StoredDocument], vectors: TermVectors) -> Grounding:
    """The document of ``documents`` (best first) that covers most of the question, and the names that it lacks."""
    names = _names(query)
    wanted = {stem for stem, _ in weights.heaviest()}.union(*(stems(name) for name in names))
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
    missing = [name for name in names if not stems(name) <= held]
    if missing:
        # The terms leave out the reference list, whose titles may have the word: "Adam: a method for optimization".
        held |= stems(best.document.text)
    return Grounding(best, max(0.0, covered), tuple(name for name in missing if not stems(name) <= held))


def measure(hits: Sequence[Hit], evidence: Sequence[Evidence], weights: TermWeights, grounding: Grounding) -> Features:
    """The features of one question."""
    best = evidence[0] if evidence else None
    around = "" if best is None else f"{best.text} {best.hit.passage.title} {best.hit.passage.heading}"
    return Features(
        logit=max((item.logit for item in evidence), default=-9.0),
        passage_cosine=max((hit.cosine for hit in hits), default=0.0),
        coverage=weights.coverage(stems(around)),
        known=weights.known,
        document=grounding.coverage**3,
        named=float(not grounding.missing),
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
    """The words that name something: with a capital or a digit, but not the first of the question."""
    words = _WORD.findall(text)[1:]
    return [word for word in words if any(char.isupper() or char.isdigit() for char in word) and query_terms(word)]
