"""Fit the weights of the ranking.

    python -m training.fit_ranking DIR... [--write]

Every query of the sets (see `benchmarks.retrieval`) gives its candidates with their features and grades; the weights
are found by `training.coordinate_ascent`. None may be negative: each feature is evidence for relevance, and a
negative weight would be a habit of one set. Printed are nDCG@10 of every stage cross-validated by query, in five
folds, and of the last stage fitted on the other sets only, which says more about sets that are not among these.

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

from benchmarks.metrics import ndcg
from benchmarks.retrieval import FOLD_WEIGHTS, FOLDS, Measured, fold_of, measured, ranking
from benchmarks.retrieval_sets import digest, read_questions
from index.ranking import FEATURES, STAGES
from training.coordinate_ascent import Judged, ascend

_WEIGHTS = Path(__file__).resolve().parents[1] / "index" / "data" / "ranking.json"

Sets = Mapping[str, Sequence[Measured]]
Weights = dict[str, float]


def main() -> None:
    """Measure, fit, print; with --write, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="store the weights")
    arguments = parser.parse_args()
    sets = {folder.name: list(measured(folder, read_questions(folder))) for folder in arguments.sets}
    stages: dict[str, dict[str, object]] = {}
    names: tuple[str, ...] = ()
    whole: Weights = {}
    for stage, added in STAGES.items():
        names += added
        if len(names) == len(added):
            continue  # the plain mean of the first stage needs no fitting
        folds = [_fit(_without(sets, fold), names) for fold in range(FOLDS)]
        whole = _fit(sets, names)
        stages[stage] = {"all": whole, "folds": folds}
        for name, items in sets.items():
            value = np.mean([_ndcg(item, folds[fold_of(item.question.identity)]) for item in items])
            print(f"{stage:<10} {name:<16} nDCG@10 {value:.4f}, cross-validated", flush=True)
    if len(sets) > 1:
        for name, items in sets.items():
            weights = _fit({other: found for other, found in sets.items() if other != name}, names)
            value = np.mean([_ndcg(item, weights) for item in items])
            print(f"{'full':<10} {name:<16} nDCG@10 {value:.4f}, fitted on the other sets", flush=True)
    print(json.dumps(whole, indent=2))
    if arguments.write:
        command = f"python -m training.fit_ranking {' '.join(sets)} --write"
        _WEIGHTS.write_text(json.dumps({"made_by": command, "weights": whole}, indent=2) + "\n", "utf-8")
        seen = {folder.name: digest(folder) for folder in arguments.sets}
        data = {"made_by": command, "sets": seen, "stages": stages}
        FOLD_WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def _ndcg(item: Measured, weights: Weights) -> float:
    vector = np.array([weights.get(name, 0.0) for name in FEATURES])
    return ndcg(ranking(item.features @ vector, item.documents), item.question.judged, 10)


def _without(sets: Sets, fold: int) -> Sets:
    return {name: [item for item in items if fold_of(item.question.identity) != fold] for name, items in sets.items()}


def _fit(sets: Sets, names: Sequence[str]) -> Weights:
    found = ascend({name: Judged(items, names) for name, items in sets.items()})
    return {name: round(float(weight), 4) for name, weight in zip(names, found, strict=True)}


if __name__ == "__main__":
    main()
