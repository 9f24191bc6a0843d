"""Fit the two models that choose the phrase a follow-up lacks (`assistant/followup/salience.py`).

    python -m training.fit_followups [--write]

Fitted to one half of the conversations of `mtrag_rewrites` and `cast_rewrites`; ``python -m benchmarks.followups``
measures both halves. The gain of a candidate is the F1 that its words add to the question. Prints the number of
questions. Penalties and threshold were chosen by cross-validation, by conversation.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.followup.anaphora import Question
from assistant.followup.salience import Conversation, candidate_features, question_features
from benchmarks.rewrites import SETS, asked_before, content_f1, held_out, read_rewrites

_DATA = Path(__file__).resolve().parents[1] / "assistant" / "followup" / "data" / "salience.json"
_RIDGE = 0.5
_INVERSE_PENALTY = 0.1
_NEAR_BEST = 0.95
"""Minimum share of the best gain for a candidate to count as right."""
_WORTHWHILE = 0.1
"""Minimum gain of the best candidate of a question that lacks something."""
_THRESHOLD = 0.34
"""Minimum probability of a word to be added."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The features of a question and of its candidates, and the gain of each candidate."""

    question: dict[str, float]
    candidates: list[dict[str, float]]
    gains: Array


def main() -> None:
    """Fit, print; with --write, store the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {_DATA.name}")
    arguments = parser.parse_args()
    rows = [row for name in SETS for row in read_rewrites(name) if not held_out(row)]
    examples = [example(row) for row in rows]
    lacking = [e for e in examples if e.gains.max(initial=0) > 0]
    print(f"questions: {len(examples)}; lacking something that was said: {len(lacking)}")
    model = {"made_by": "python -m training.fit_followups --write", "missing": fit_missing(examples)}
    model |= {"choice": fit_choice(lacking), "decision": {"threshold": _THRESHOLD}}
    if arguments.write:
        _DATA.write_text(json.dumps(model, indent=1) + "\n", "utf-8")


def example(row: dict[str, Any]) -> Example:
    """The training example of a row."""
    text, conversation = row["question"], Conversation(asked_before(row))
    question = Question(text)
    candidates = [c for c in conversation.candidates if c.phrase.stems - question.stems]
    before = content_f1(text, row["rewrite"])
    gains = [content_f1(f"{text} {_news(text, c.phrase.text)}", row["rewrite"]) - before for c in candidates]
    features = [candidate_features(question, conversation, candidate) for candidate in candidates]
    return Example(question_features(question, conversation), features, np.array(gains))


def fit_missing(examples: list[Example]) -> dict[str, float]:
    """Logistic regression: does any candidate help much?"""
    vectors = DictVectorizer(sparse=False)
    features = vectors.fit_transform([e.question for e in examples])
    truth = np.array([e.gains.max(initial=0) > _WORTHWHILE for e in examples])
    model = LogisticRegression(C=_INVERSE_PENALTY, max_iter=2000).fit(features, truth)
    return {"bias": round(float(model.intercept_[0]), 3)} | _named(vectors, model.coef_[0])


def fit_choice(examples: list[Example]) -> dict[str, float]:
    """Conditional logit with a ridge penalty: which candidates help most?"""
    vectors = DictVectorizer(sparse=False)
    vectors.fit([candidate for e in examples for candidate in e.candidates])
    groups = [(vectors.transform(e.candidates), _targets(e.gains)) for e in examples]

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = _RIDGE * float(weights @ weights), 2 * _RIDGE * weights
        for features, target in groups:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= float(target @ np.log(chances + 1e-12))
            slope += features.T @ (target.sum() * chances - target)
        return total, slope

    found = minimize(loss, np.zeros(len(vectors.feature_names_)), jac=True, method="L-BFGS-B")
    return _named(vectors, found.x)


def _targets(gains: Array) -> Array:
    """The weight of each candidate: shared among the best, larger where more can be gained."""
    best = np.where(gains >= _NEAR_BEST * gains.max(), gains, 0)
    weights: Array = best / best.sum() * gains.max() * 4
    return weights


def _named(vectors: DictVectorizer, weights: Array) -> dict[str, float]:
    return {str(n): round(float(w), 3) for n, w in zip(vectors.feature_names_, weights, strict=True) if abs(w) >= 0.005}


def _news(text: str, phrase: str) -> str:
    """The words of ``phrase`` that ``text`` does not have."""
    have = set(text.lower().split())
    return " ".join(word for word in phrase.split() if word.lower() not in have)


if __name__ == "__main__":
    main()
