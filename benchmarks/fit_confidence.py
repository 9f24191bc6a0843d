"""Fit the confidence: when does a library hold an answer?

    python -m benchmarks.fit_confidence [--write]

Half of a sample of the papers of `qasper_train` become a library. Their questions are answerable; those of the other
half, whose papers are missing, and those of `squad2_dev`, which are about other things altogether, are not. A logistic
regression over `assistant.answering.confidence.Features` is fitted to that; the figures printed are cross-validated,
folds drawn by question. The threshold is where at most one answerable question in twenty is turned away.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from assistant.answering.confidence import Features
from benchmarks.evaluation import SHARED, built_library, read_lines

_PAPERS = 100
_QUESTIONS = 250
_TURNED_AWAY = 0.05
_DATA = Path(__file__).resolve().parents[1] / "assistant" / "answering" / "data" / "confidence.json"
_FILES = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / "qasper_papers"


def main() -> None:
    """Build the library, measure the questions, fit, print; with --write, store the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {_DATA.name}")
    arguments = parser.parse_args()
    held, answerable, foreign, elsewhere = _samples()
    with built_library("confidence", [held]) as workspace:
        rows, labels = [], []
        for label, questions in ((1, answerable), (0, foreign), (0, elsewhere)):
            for question in questions:
                rows.append(astuple(workspace.answerer.weigh(question).features))
                labels.append(label)
    features, truth = np.array(rows), np.array(labels)
    # Answerable and not weigh the same, however many of each were drawn.
    model = LogisticRegression(class_weight="balanced", C=10.0)
    predicted = cross_val_predict(model, features, truth, cv=10, method="predict_proba")[:, 1]
    model.fit(features, truth)
    threshold = float(np.quantile(predicted[truth == 1], _TURNED_AWAY))
    groups = np.repeat([1, 2, 3], [len(answerable), len(foreign), len(elsewhere)])
    print(
        f"questions: {len(answerable)} answerable, {len(foreign)} of missing papers, {len(elsewhere)} on other things"
    )
    print(f"area under the ROC curve, cross-validated: {roc_auc_score(truth, predicted):.3f}")
    print(
        f"threshold {threshold:.3f}: turned away {np.mean(predicted[groups == 1] < threshold):.3f} of the answerable,"
    )
    print(f"  {np.mean(predicted[groups == 2] < threshold):.3f} of those of missing papers,")
    print(f"  {np.mean(predicted[groups == 3] < threshold):.3f} of those on other things")
    for low in np.arange(0, 1, 0.2):
        inside = (predicted >= low) & (predicted < low + 0.2)
        weights = np.where(truth == 1, 1 / (truth == 1).sum(), 1 / (truth == 0).sum())
        if inside.any():
            share = weights[inside & (truth == 1)].sum() / weights[inside].sum()
            print(f"  confidence {low:.1f}-{low + 0.2:.1f}: {inside.sum():4d} questions, answerable {share:.2f}")
    coefficients = {"intercept": float(model.intercept_[0]), "threshold": threshold}
    coefficients |= {f.name: float(c) for f, c in zip(fields(Features), model.coef_[0], strict=True)}
    print(json.dumps(coefficients, indent=2))
    if arguments.write:
        made_by = "python -m benchmarks.fit_confidence --write"
        data = {"made_by": made_by, "coefficients": {name: round(v, 4) for name, v in coefficients.items()}}
        _DATA.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _samples() -> tuple[Path, list[str], list[str], list[str]]:
    """A folder with the papers held, and three lists of questions."""
    folder = SHARED / "eval" / "qasper_train"
    questions = [q for q in read_lines(folder / "queries.jsonl") if not q["unanswerable"]]
    papers = sorted({question["paper_id"] for question in questions})
    shuffled = random.Random(0).sample(papers, 2 * _PAPERS)
    held, missing = set(shuffled[:_PAPERS]), set(shuffled[_PAPERS:])
    _write_papers(folder, held)
    draw = random.Random(1)

    def of(group: set[str]) -> list[str]:
        texts = sorted({question["text"] for question in questions if question["paper_id"] in group})
        return draw.sample(texts, min(_QUESTIONS, len(texts)))

    squad = sorted({question["text"] for question in read_lines(SHARED / "eval" / "squad2_dev" / "queries.jsonl")})
    return _FILES, of(held), of(missing), draw.sample(squad, _QUESTIONS)


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
