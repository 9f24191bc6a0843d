"""Fit the confidence: when does a library hold an answer?

    python -m benchmarks.fit_confidence [--write]

Half of a sample of the papers of `qasper_train` become a library. Their questions are answerable; those of the other
half, whose papers are missing, and those of `squad2_dev`, which are about other things altogether, are not. To these
come the questions of `benchmarks/data/paper_questions.jsonl` on the papers of `paper_library`, some of which ask a
paper for what it does not hold. A logistic regression over `assistant.answering.confidence.Features` is fitted to that;
the figures printed are cross-validated, folds drawn by question. The threshold is where nine of ten questions that
`paper_questions` asks in vain are declined. Questions of `qasper_train` were asked with the paper at hand and seldom
name it: what is missing there can hardly be told from what is held, so those of missing papers weigh little.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.answering.confidence import Features
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines

_PAPERS = 100
_QUESTIONS = 250
_DECLINED = 0.9
_GROUPS = {
    "qasper answerable": (True, 0.5),
    "own answerable": (True, 0.5),
    "qasper unanswerable": (False, 0.02),
    "papers missing": (False, 0.1),
    "other things": (False, 0.3),
    "own absent": (False, 0.58),
}
"""Whether the library answers the questions of a group, and what the group weighs."""

Rows = NDArray[np.float64]
_DATA = Path(__file__).resolve().parents[1] / "assistant" / "answering" / "data" / "confidence.json"
_FILES = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / "qasper_papers"


def main() -> None:
    """Build the libraries, measure the questions, fit, print; with --write, store the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {_DATA.name}")
    arguments = parser.parse_args()
    measured = {**_qasper(), **_own()}
    names = [name for name, rows in measured.items() for _ in rows]
    features = np.array([row for rows in measured.values() for row in rows])
    truth = np.array([int(_GROUPS[name][0]) for name in names])
    weights = np.array([_GROUPS[name][1] / len(measured[name]) for name in names])
    model = LogisticRegression(C=10.0)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    predicted = cross_val_predict(
        model, features, truth, cv=folds, method="predict_proba", params={"sample_weight": weights * len(names)}
    )[:, 1]
    model.fit(features, truth, sample_weight=weights * len(names))
    groups = {name: predicted[[n == name for n in names]] for name in measured}
    # Just above the last one that is to be declined: the gap to the next one may be wide.
    threshold = float(np.quantile(groups["own absent"], _DECLINED, method="lower")) + 0.01
    _print(groups, truth, weights, predicted, threshold)
    coefficients = {"intercept": float(model.intercept_[0]), "threshold": threshold}
    coefficients |= {f.name: float(c) for f, c in zip(fields(Features), model.coef_[0], strict=True)}
    print(json.dumps(coefficients, indent=2))
    if arguments.write:
        made_by = "python -m benchmarks.fit_confidence --write"
        data = {"made_by": made_by, "coefficients": {name: round(v, 4) for name, v in coefficients.items()}}
        _DATA.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _print(groups: dict[str, Rows], truth: Rows, weights: Rows, predicted: Rows, threshold: float) -> None:
    print(f"area under the ROC curve, cross-validated: {roc_auc_score(truth, predicted, sample_weight=weights):.3f}")
    for right, wrong in (
        ("own answerable", "own absent"),
        ("qasper answerable", "qasper unanswerable"),
        ("qasper answerable", "papers missing"),
        ("qasper answerable", "other things"),
    ):
        both = np.concatenate([groups[right], groups[wrong]])
        labels = np.repeat([1, 0], [len(groups[right]), len(groups[wrong])])
        print(f"  {right} against {wrong}: {roc_auc_score(labels, both):.3f}")
    print(f"threshold {threshold:.3f}; turned away:")
    for name, values in groups.items():
        print(f"  {name}: {np.mean(values < threshold):.3f} of {len(values)}")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (predicted >= low) & (predicted < low + 0.1)
        if inside.any():
            weight = weights[inside].sum()
            share = weights[inside & (truth == 1)].sum() / weight
            said = (weights[inside] * predicted[inside]).sum() / weight
            error += weight / weights.sum() * abs(share - said)
            print(f"  confidence {low:.1f}-{low + 0.1:.1f}: {inside.sum():4d} questions, answerable {share:.2f}")
    print(f"expected calibration error: {error:.3f}")


def _qasper() -> dict[str, list[tuple[float, ...]]]:
    """Features of the questions on the papers of `qasper_train` and of `squad2_dev`."""
    held, questions = _samples()
    with built_library("confidence", [held]) as workspace:
        return {name: [_features(workspace, text) for text in texts] for name, texts in questions.items()}


def _own() -> dict[str, list[tuple[float, ...]]]:
    """Features of the questions on the papers of `paper_library` that were made for it here."""
    asked = read_lines(Path(__file__).parent / "data" / "paper_questions.jsonl")
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        found: dict[str, list[tuple[float, ...]]] = {"own answerable": [], "own absent": []}
        for question in asked:
            if question["kind"] != "list":  # a list is found by its topic, and is never without an answer here
                group = "own answerable" if question["kind"] == "single" else "own absent"
                found[group].append(_features(workspace, question["text"]))
    return found


def _features(workspace: Workspace, question: str) -> tuple[float, ...]:
    return astuple(workspace.answerer.weigh(question).features)


def _samples() -> tuple[Path, dict[str, list[str]]]:
    """A folder with the papers held, and lists of questions by group."""
    folder = SHARED / "eval" / "qasper_train"
    questions = read_lines(folder / "queries.jsonl")
    papers = sorted({question["paper_id"] for question in questions if not question["unanswerable"]})
    shuffled = random.Random(0).sample(papers, 2 * _PAPERS)
    held, missing = set(shuffled[:_PAPERS]), set(shuffled[_PAPERS:])
    _write_papers(folder, held)
    draw = random.Random(1)

    def of(group: set[str], *, unanswerable: bool = False) -> list[str]:
        mine = [q for q in questions if q["paper_id"] in group and q["unanswerable"] is unanswerable]
        texts = sorted({question["text"] for question in mine})
        return draw.sample(texts, min(_QUESTIONS, len(texts)))

    squad = sorted({question["text"] for question in read_lines(SHARED / "eval" / "squad2_dev" / "queries.jsonl")})
    return _FILES, {
        "qasper answerable": of(held),
        "qasper unanswerable": of(held, unanswerable=True),
        "papers missing": of(missing),
        "other things": draw.sample(squad, _QUESTIONS),
    }


def _write_papers(folder: Path, held: set[str]) -> None:
    _FILES.mkdir(parents=True, exist_ok=True)
    abstracts = {paper["paper_id"]: paper for paper in read_lines(folder / "papers.jsonl")}
    paragraphs: dict[str, list[str]] = {}
    for row in read_lines(folder / "corpus.jsonl"):
        if row["paper_id"] in held:
            paragraphs.setdefault(row["paper_id"], []).append(row["text"])
    for paper_id in held:
        paper = abstracts[paper_id]
        body = "\n\n".join([paper["abstract"] or "", *paragraphs.get(paper_id, [])])
        (_FILES / f"{paper_id}.md").write_text(f"# {paper['title']}\n\n{body}\n", "utf-8")


if __name__ == "__main__":
    main()
