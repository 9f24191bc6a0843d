"""How sure we are that the library answers a question at all.

A logistic function of a few features that compare between questions and libraries. Its coefficients stand in
``data/confidence.json``, written by ``python -m benchmarks.fit_confidence``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.resources import files

from assistant.answering.evidence import Evidence
from assistant.answering.grounding import Grounding
from index.analyzer import stems
from index.retriever import Hit
from index.words import TermWeights

__all__ = ["Features", "coefficients", "confidence", "measure", "threshold"]

_TOP = 3


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is computed from; each 0 to 1, more is surer."""

    passage_cosine: float
    """Of the nearest passage to the question."""
    sentence_cosine: float
    """Of the nearest sentence."""
    coverage: float
    """Share of the question's weighted words in the best passage, title and heading included."""
    known: float
    """Share of the question's weighted words that occur anywhere in the library."""
    document: float
    """Share of them that the best document holds, in any of its passages, cubed: the last few tell most."""
    asked: float
    """1 where this document holds the phrase asked for and every name, or has words of like meaning; else 0."""


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
    model = _model()
    names = [field.name for field in fields(features)]
    total = model["intercept"] + sum(model[name] * value for name, value in zip(names, astuple(features), strict=True))
    return 1 / (1 + math.exp(-total))


def threshold() -> float:
    """Below this confidence the answer is "not in your library"."""
    return _model()["threshold"]


def coefficients() -> dict[str, float]:
    """What each feature is worth, ``intercept`` and ``threshold``; a copy."""
    return dict(_model())


@cache
def _model() -> dict[str, float]:
    data = files("assistant.answering").joinpath("data/confidence.json").read_text("utf-8")
    return {name: float(value) for name, value in json.loads(data)["coefficients"].items()}
