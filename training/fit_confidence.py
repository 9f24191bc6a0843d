"""Fit the confidence: when does a library hold an answer?

    python -m training.fit_confidence [--shipped] [--write] [--plot FILE.svg]

Three domains, with questions that the judge was not trained on: the papers of `qasper_train`, where what is asked of
missing papers and marked unanswerable has no answer; the papers of `paper_library` with
`benchmarks/data/paper_questions.jsonl`, some of which ask a paper for what it does not hold; and the paragraphs of
`squad2_dev`, whose unanswerable questions were written to look as though a paragraph had an answer. A logistic
regression over `assistant.answering.confidence.Features` is fitted to one half of the questions of each, drawn by
digest, and so is the threshold, at which one answerable question in seven is declined; every figure printed is of the
other half. Each domain is also predicted by a fit to the two others, which is what a reader's own library sees. With
``--shipped`` nothing is fitted: the coefficients that loccit has are measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answering.answer import SOME, STRONG
from assistant.answering.confidence import Features
from assistant.answering.confidence import coefficients as coefficients_shipped
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines
from training.train_judge import ANSWER_LISTS, held_out, read_answer_lists

_PAPERS = 100
_QUESTIONS = 250
_DECLINED = 0.15
"""Share of the answerable questions of the first half that the threshold declines."""
_GROUPS = {
    "qasper answerable": (True, "qasper", 1.0),
    "own answerable": (True, "own", 1.0),
    "squad answerable": (True, "squad", 1.0),
    "qasper unanswerable": (False, "qasper", 0.3),
    "papers missing": (False, "qasper", 0.3),
    "other things": (False, "qasper", 0.4),
    "own absent": (False, "own", 1.0),
    "squad unanswerable": (False, "squad", 1.0),
}
"""Whether the library answers the questions of a group, its domain, and its weight among the answerable or others."""
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
    rows = [(name, *row) for name, found in measured.items() for row in found]
    names, half = [name for name, *_ in rows], np.array([_half(text) for _, text, _ in rows])
    features = np.array([row for _, _, row in rows])
    truth = np.array([int(_GROUPS[name][0]) for name in names])
    weights = np.array([_GROUPS[name][2] / len(measured[name]) for name in names])
    domains = np.array([_GROUPS[name][1] for name in names])
    if arguments.shipped:
        coefficients = dict(coefficients_shipped())
    else:
        coefficients = _fitted(features[half], truth[half], weights[half])
        held = _predicted(coefficients, features[half])[truth[half] == 1]
        coefficients["threshold"] = float(np.quantile(held, _DECLINED))
    predicted = _predicted(coefficients, features)
    groups = {name: predicted[~half & (np.array(names) == name)] for name in measured}
    print("half not fitted to:")
    _print(groups, truth[~half], weights[~half], predicted[~half], coefficients["threshold"])
    _by_strength(predicted[~half], truth[~half], coefficients["threshold"])
    bins = _reliability(truth[~half], weights[~half], predicted[~half])
    print(f"expected calibration error: {_calibration_error(bins):.3f}")
    for domain in sorted(set(domains.tolist())):
        inside = domains == domain
        other = _fitted(features[~inside], truth[~inside], weights[~inside])
        said = _predicted(other, features[inside])
        error = _calibration_error(_reliability(truth[inside], weights[inside], said))
        area = roc_auc_score(truth[inside], said, sample_weight=weights[inside])
        print(f"  {domain}, predicted by the other domains: calibration error {error:.3f}, AUROC {area:.3f}")
    if arguments.plot:
        arguments.plot.write_text(_plot(bins), "utf-8")
    print(json.dumps(coefficients, indent=2))
    if arguments.write:
        made_by = "python -m training.fit_confidence --write"
        data = {"made_by": made_by, "coefficients": {name: round(v, 4) for name, v in coefficients.items()}}
        _DATA.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _half(text: str) -> bool:
    """Whether the question is of the half that is fitted to."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def _fitted(features: Rows, truth: Rows, weights: Rows) -> dict[str, float]:
    model = LogisticRegression(C=1.0).fit(features, truth, sample_weight=weights * len(truth) / weights.sum())
    named = {f.name: float(c) for f, c in zip(fields(Features), model.coef_[0], strict=True)}
    return {"intercept": float(model.intercept_[0])} | named


def _predicted(coefficients: Mapping[str, float], features: Rows) -> Rows:
    named = np.array([coefficients[f.name] for f in fields(Features)])
    return 1 / (1 + np.exp(-(coefficients["intercept"] + features @ named)))


def _by_strength(predicted: Rows, truth: Rows, threshold: float) -> None:
    for word, low, high in (("strong", STRONG, 1.01), ("some", SOME, STRONG), ("weak", threshold, SOME)):
        inside = (predicted >= low) & (predicted < high)
        share = truth[inside].mean() if inside.any() else float("nan")
        print(f"  {word} evidence: {int(inside.sum())} questions, answerable {share:.2f}")


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


Measured = dict[str, list[tuple[str, tuple[float, ...]]]]
"""By group, each question with its features."""


@cache
def _trained_on() -> frozenset[str]:
    """The questions that the judge was trained on."""
    lists = read_answer_lists(ANSWER_LISTS)
    return frozenset(item.question for item in lists if not held_out(item))


def _qasper() -> Measured:
    """The questions on the papers of `qasper_train` and of `squad2_dev`."""
    held, questions = _samples()
    with built_library("confidence", [held]) as workspace:
        return {name: _measured(workspace, texts) for name, texts in questions.items()}


def _own() -> Measured:
    """The questions on the papers of `paper_library` that were made for it here."""
    asked = read_lines(Path(__file__).resolve().parents[1] / "benchmarks" / "data" / "paper_questions.jsonl")
    groups = {"own answerable": ("single",), "own absent": ("unanswerable_in_paper", "out_of_library")}
    with built_library("paper_library", [SHARED / "eval" / "paper_library" / "pdf"]) as workspace:
        return {
            name: _measured(workspace, [question["text"] for question in asked if question["kind"] in kinds])
            for name, kinds in groups.items()
        }


def _squad() -> Measured:
    """Questions of `squad2_dev`, asked of its paragraphs."""
    folder = SHARED / "eval" / "squad2_dev"
    draw = random.Random(2)
    questions = [q for q in read_lines(folder / "queries.jsonl") if q["text"] not in _trained_on()]
    found = {}
    with built_library("retrieval-squad2_dev", [folder / "corpus.jsonl"]) as workspace:
        for name, unanswerable in (("squad answerable", False), ("squad unanswerable", True)):
            texts = sorted({q["text"] for q in questions if q["unanswerable"] is unanswerable})
            found[name] = _measured(workspace, draw.sample(texts, _QUESTIONS))
    return found


def _measured(workspace: Workspace, texts: Sequence[str]) -> list[tuple[str, tuple[float, ...]]]:
    return [(text, astuple(workspace.answerer.weigh(text).features)) for text in texts]


def _samples() -> tuple[Path, dict[str, list[str]]]:
    """A folder with the papers held, and lists of questions by group."""
    folder = SHARED / "eval" / "qasper_train"
    questions = [q for q in read_lines(folder / "queries.jsonl") if q["text"] not in _trained_on()]
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
