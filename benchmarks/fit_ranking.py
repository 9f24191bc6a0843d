"""Fit the weights of the ranking.

    python -m benchmarks.fit_ranking DIR... [--write]

Every query of the sets (see `benchmarks.retrieval`) gives its candidates with their features and grades. The weights
minimise the listwise softmax loss (ListNet's top-one form, Cao et al. 2007) with a quadratic penalty; every set weighs
the same. No weight may be negative but that of the length: each feature is evidence for relevance, and a
negative weight would be a habit of one set. Printed are nDCG@10 of every stage cross-validated by query, in
five folds, and of the last stage fitted on the other sets only, which says more about sets that are not among these.

With --write, the weights of all queries go to `index/data/ranking.json`, those of the folds to
`benchmarks/data/ranking_folds.json`, from which `benchmarks.retrieval` takes for each query those that have not seen
it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.metrics import ndcg
from benchmarks.retrieval import FOLD_WEIGHTS, FOLDS, Measured, digest, fold_of, measured, ranking, read_questions
from index.features import FEATURES, STAGES
from index.pool import Floats

_WEIGHTS = Path(__file__).resolve().parents[1] / "index" / "data" / "ranking.json"
_PENALTY = 1e-3
_SIGNED = ("length",)
"""Features that may count against a candidate."""

Sets = Mapping[str, Sequence[Measured]]


def main() -> None:
    """Measure, fit, print; with --write, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="store the weights")
    arguments = parser.parse_args()
    sets = {folder.name: list(measured(folder, read_questions(folder))) for folder in arguments.sets}
    stages: dict[str, dict[str, object]] = {}
    names: tuple[str, ...] = ()
    whole: dict[str, float] = {}
    for stage, added in STAGES.items():
        names += added
        folds = [_fit(_without(sets, fold), names) for fold in range(FOLDS)]
        whole = _fit(sets, names)
        stages[stage] = {"all": whole, "folds": folds}
        for name, items in sets.items():
            value = np.mean([_ndcg(item, folds[fold_of(item.question.identity)]) for item in items])
            print(f"{stage:<10} {name:<16} nDCG@10 {value:.4f}, cross-validated")
    if len(sets) > 1:
        for name, items in sets.items():
            others = {other: found for other, found in sets.items() if other != name}
            weights = _fit(others, names)
            value = np.mean([_ndcg(item, weights) for item in items])
            print(f"{stage:<10} {name:<16} nDCG@10 {value:.4f}, fitted on the other sets")
    print(json.dumps(whole, indent=2))
    if arguments.write:
        command = f"python -m benchmarks.fit_ranking {' '.join(sets)} --write"
        _WEIGHTS.write_text(json.dumps({"made_by": command, "weights": whole}, indent=2) + "\n", "utf-8")
        seen = {folder.name: digest(folder) for folder in arguments.sets}
        data = {"made_by": command, "sets": seen, "stages": stages}
        FOLD_WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def _ndcg(item: Measured, weights: Mapping[str, float]) -> float:
    vector = np.array([weights.get(name, 0.0) for name in FEATURES])
    return ndcg(ranking(item.features @ vector, item.documents), item.question.judged, 10)


def _without(sets: Sets, fold: int) -> Sets:
    return {name: [item for item in items if fold_of(item.question.identity) != fold] for name, items in sets.items()}


def _fit(sets: Sets, names: Sequence[str]) -> dict[str, float]:
    """Weights by name, scaled so that their sizes sum to 1."""
    columns = [FEATURES.index(name) for name in names]
    examples = []
    for items in sets.values():
        for item in items:
            grades = np.array([item.question.judged.get(document, 0) for document in item.documents], dtype=float)
            if grades.any():
                examples.append((item.features[:, columns], grades / grades.sum(), 1 / len(items) / len(sets)))
    longest = max(len(grades) for _, grades, _ in examples)
    features = np.zeros((len(examples), longest, len(columns)))
    targets = np.zeros((len(examples), longest))
    absent = np.full((len(examples), longest), -1e9)
    shares = np.array([share for *_, share in examples])
    for row, (values, grades, _) in enumerate(examples):
        features[row, : len(values)], targets[row, : len(values)], absent[row, : len(values)] = values, grades, 0.0
    # On one scale, so that the penalty weighs alike on all.
    scale = np.sqrt(np.mean([values.var(axis=0) for values, *_ in examples], axis=0)) + 1e-9

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = features @ (weights / scale) + absent
        sums -= sums.max(axis=1, keepdims=True)
        logarithms = sums - np.log(np.exp(sums).sum(axis=1, keepdims=True))
        gradient = np.einsum("q,qp,qpf->f", shares, np.exp(logarithms) - targets, features, optimize=True) / scale
        value = -(shares[:, None] * targets * np.maximum(logarithms, -1e6)).sum()
        return value + _PENALTY * (weights**2).sum(), gradient + 2 * _PENALTY * weights

    bounds = [(None, None) if name in _SIGNED else (0.0, None) for name in names]
    found = minimize(loss, np.full(len(names), 0.1), jac=True, method="L-BFGS-B", bounds=bounds).x / scale
    found = found / np.abs(found).sum()
    return {name: round(float(weight), 5) for name, weight in zip(names, found, strict=True)}


if __name__ == "__main__":
    main()
