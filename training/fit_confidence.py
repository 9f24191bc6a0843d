"""Fit the confidence: when does a library hold an answer?

    python -m training.fit_confidence [--shipped] [--write] [--plot FILE.svg]

Some papers of `qasper_train` become a library, among them all of which a question is asked in vain. What is asked of
them is answerable, but for those questions; what is asked of as many other papers, which are missing, and of
`squad2_dev`, which is about other things altogether, is not. To these come the questions of
`benchmarks/data/paper_questions.jsonl` on the papers of `paper_library`, some of which ask a paper for what it does not
hold. A logistic regression over `assistant.answering.confidence.Features` is fitted to that; the figures printed are
cross-validated, folds drawn by question. The threshold is where all questions that `paper_questions` asks in vain are
declined. Questions of `qasper_train` were asked with the paper at hand and seldom name it: what is missing
there can hardly be told from what is held, so those of missing papers weigh little. With ``--shipped`` nothing is
fitted but the threshold: the coefficients that loccit has are measured, on the questions that they were fitted to.

`squad2_dev` is asked of its own paragraphs as well, to report, not to fit: its questions without an answer were written
to look as though the paragraph had one.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.answering.confidence import Features, confidence
from assistant.answering.confidence import coefficients as coefficients_shipped
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines

_PAPERS = 100
_QUESTIONS = 250
_MARGIN = 0.01
"""Between the question asked in vain that comes nearest and the threshold."""
_GROUPS = {
    "qasper answerable": (True, 0.5),
    "own answerable": (True, 0.5),
    "qasper unanswerable": (False, 0.02),
    "papers missing": (False, 0.1),
    "other things": (False, 0.3),
    "own absent": (False, 0.58),
    "squad answerable": (True, 0.0),
    "squad unanswerable": (False, 0.0),
}
"""Whether the library answers the questions of a group, and what the group weighs; nothing: reported, not fitted to."""
_PAIRS = (
    ("own answerable", "own absent"),
    ("qasper answerable", "qasper unanswerable"),
    ("qasper answerable", "papers missing"),
    ("qasper answerable", "other things"),
    ("squad answerable", "squad unanswerable"),
)
_BINS = 10

Rows = NDArray[np.float64]
_DATA = Path(__file__).resolve().parents[1] / "assistant" / "answering" / "data" / "confidence.json"
_FILES = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / "qasper_papers"


def main() -> None:
    """Build the libraries, measure the questions, fit, print; with --write, store the coefficients."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipped", action="store_true", help=f"measure {_DATA.name} instead of fitting")
    parser.add_argument("--write", action="store_true", help=f"write {_DATA.name}")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the reliability as SVG")
    arguments = parser.parse_args()
    measured = {**_qasper(), **_own(), **_squad()}
    names = [name for name, rows in measured.items() for _ in rows]
    features = np.array([row for rows in measured.values() for row in rows])
    truth = np.array([int(_GROUPS[name][0]) for name in names])
    weights = np.array([_GROUPS[name][1] / len(measured[name]) for name in names])
    model = LogisticRegression(C=1.0)
    if arguments.shipped:
        predicted = np.array([confidence(Features(*row)) for row in features])
    else:
        folds = StratifiedKFold(10, shuffle=True, random_state=0)
        held = {"sample_weight": weights * len(names)}
        predicted = cross_val_predict(model, features, truth, cv=folds, method="predict_proba", params=held)[:, 1]
        model.fit(features, truth, **held)
    threshold = float(predicted[[name == "own absent" for name in names]].max()) + _MARGIN
    _show(measured, names, truth, weights, predicted, threshold, arguments.plot)
    coefficients = dict(coefficients_shipped()) if arguments.shipped else _coefficients(model)
    coefficients["threshold"] = threshold
    print(json.dumps(coefficients, indent=2))
    if arguments.write:
        made_by = "python -m training.fit_confidence --write"
        data = {"made_by": made_by, "coefficients": {name: round(v, 4) for name, v in coefficients.items()}}
        _DATA.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _coefficients(model: LogisticRegression) -> dict[str, float]:
    named = {f.name: float(c) for f, c in zip(fields(Features), model.coef_[0], strict=True)}
    return {"intercept": float(model.intercept_[0])} | named


def _show(
    measured: Mapping[str, Sequence[object]],
    names: Sequence[str],
    truth: Rows,
    weights: Rows,
    predicted: Rows,
    threshold: float,
    plot: Path | None,
) -> None:
    """Print what the predictions are worth; draw their reliability into ``plot``."""
    groups = {name: predicted[[n == name for n in names]] for name in measured}
    _print(groups, truth, weights, predicted, threshold)
    bins = _reliability(truth, weights, predicted)
    for one in bins:
        print(f"  confidence {one.said:.2f} on average: {one.questions:4d} questions, answerable {one.answerable:.2f}")
    print(f"expected calibration error: {_calibration_error(bins):.3f}")
    if plot:
        plot.write_text(_plot(bins), "utf-8")


def _print(groups: dict[str, Rows], truth: Rows, weights: Rows, predicted: Rows, threshold: float) -> None:
    print(f"area under the ROC curve, all groups weighed: {roc_auc_score(truth, predicted, sample_weight=weights):.3f}")
    for right, wrong in _PAIRS:
        both = np.concatenate([groups[right], groups[wrong]])
        labels = np.repeat([1, 0], [len(groups[right]), len(groups[wrong])])
        counts = f"{len(groups[right])} and {len(groups[wrong])} questions"
        print(f"  {right} against {wrong}: {roc_auc_score(labels, both):.3f} ({counts})")
    print(f"threshold {threshold:.3f}; turned away:")
    for name, values in groups.items():
        print(f"  {name}: {np.mean(values < threshold):.3f} of {len(values)}")


@dataclass(frozen=True, slots=True)
class _Bin:
    """Questions of like confidence; the averages are weighted."""

    questions: int
    weight: float
    said: float
    answerable: float


def _reliability(truth: Rows, weights: Rows, predicted: Rows) -> list[_Bin]:
    """Bins of equal width over the confidence, without the questions that weigh nothing."""
    places = np.minimum((predicted * _BINS).astype(int), _BINS - 1)
    bins = []
    for place in range(_BINS):
        inside = (places == place) & (weights > 0)
        if inside.any():
            held = weights[inside]
            said, answerable = (float(np.average(of[inside], weights=held)) for of in (predicted, truth))
            bins.append(_Bin(int(inside.sum()), float(held.sum()), said, answerable))
    return bins


def _calibration_error(bins: Sequence[_Bin]) -> float:
    """The mean distance between what was said and what was so (Guo et al. 2017, https://arxiv.org/abs/1706.04599)."""
    total = sum(one.weight for one in bins)
    return sum(one.weight * abs(one.answerable - one.said) for one in bins) / total


def _plot(bins: Sequence[_Bin]) -> str:
    """The share that was answerable over the confidence, a circle for each bin, its area the bin's weight."""
    side, margin = 300, 52
    total = sum(one.weight for one in bins)

    def at(x: float, y: float) -> tuple[float, float]:
        return round(margin + x * side, 1), round(margin / 2 + (1 - y) * side, 1)

    def text(x: float, y: float, words: str, turned: str = "") -> str:
        return f'<text x="{x}" y="{y}" text-anchor="middle"{turned}>{words}</text>'

    width, height = side + 1.5 * margin, side + 2 * margin
    (left, top), (right, bottom) = at(0, 1), at(1, 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="sans-serif"'
        ' font-size="11" fill="#333">',
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
        f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#333"/>',
        f'<path d="M{left} {bottom}L{right} {top}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(text(at(tick, 0)[0], bottom + 14, f"{tick:g}"))
        parts.append(text(left - 16, at(0, tick)[1] + 4, f"{tick:g}"))
    line = " ".join(f"{x},{y}" for x, y in (at(one.said, one.answerable) for one in bins))
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1f77b4"/>')
    for one in bins:
        x, y = at(one.said, one.answerable)
        radius = round(2 + 18 * float(np.sqrt(one.weight / total)), 1)
        title = f"{one.questions} questions: said {one.said:.2f}, answerable {one.answerable:.2f}"
        circle = f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#1f77b4" fill-opacity="0.5">'
        parts.append(f"{circle}<title>{title}</title></circle>")
    parts.append(text((left + right) / 2, bottom + 34, "confidence"))
    middle = (top + bottom) / 2
    parts.append(text(12, middle, "share that was answerable", f' transform="rotate(-90 12 {middle})"'))
    return "\n".join([*parts, "</svg>", ""])


def _qasper() -> dict[str, list[tuple[float, ...]]]:
    """Features of the questions on the papers of `qasper_train` and of `squad2_dev`."""
    held, questions = _samples()
    with built_library("confidence", [held]) as workspace:
        return {name: [_features(workspace, text) for text in texts] for name, texts in questions.items()}


def _own() -> dict[str, list[tuple[float, ...]]]:
    """Features of the questions on the papers of `paper_library` that were made for it here."""
    asked = read_lines(Path(__file__).resolve().parents[1] / "benchmarks" / "data" / "paper_questions.jsonl")
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        found: dict[str, list[tuple[float, ...]]] = {"own answerable": [], "own absent": []}
        for question in asked:
            if question["kind"] != "list":  # a list is found by its topic, and is never without an answer here
                group = "own answerable" if question["kind"] == "single" else "own absent"
                found[group].append(_features(workspace, question["text"]))
    return found


def _squad() -> dict[str, list[tuple[float, ...]]]:
    """Features of questions of `squad2_dev`, asked of its paragraphs."""
    folder = SHARED / "eval" / "squad2_dev"
    draw = random.Random(2)
    questions = read_lines(folder / "queries.jsonl")
    found = {}
    with built_library("retrieval-squad2_dev", [folder / "corpus.jsonl"]) as workspace:
        for name, unanswerable in (("squad answerable", False), ("squad unanswerable", True)):
            texts = sorted({q["text"] for q in questions if q["unanswerable"] is unanswerable})
            found[name] = [_features(workspace, text) for text in draw.sample(texts, _QUESTIONS)]
    return found


def _features(workspace: Workspace, question: str) -> tuple[float, ...]:
    return astuple(workspace.answerer.weigh(question).features)


def _samples() -> tuple[Path, dict[str, list[str]]]:
    """A folder with the papers held, and lists of questions by group."""
    folder = SHARED / "eval" / "qasper_train"
    questions = read_lines(folder / "queries.jsonl")
    papers = sorted({question["paper_id"] for question in questions if not question["unanswerable"]})
    in_vain = sorted({question["paper_id"] for question in questions if question["unanswerable"]})
    others = sorted(set(papers) - set(in_vain))
    shuffled = random.Random(0).sample(others, 2 * _PAPERS - len(in_vain))
    held, missing = set(in_vain + shuffled[_PAPERS:]), set(shuffled[:_PAPERS])
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
    shutil.rmtree(_FILES, ignore_errors=True)
    _FILES.mkdir(parents=True)
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
