"""Are the right documents found? Sets in the form of BEIR through the real index, stage by stage.

    python -m benchmarks.retrieval DIR... [--json]

A set is a folder as `benchmarks.retrieval_sets` reads it. Its corpus becomes a library below `build/benchmarks`, as
`loccit add` makes it; a document counts by its best passage. Queries without a relevant document are left out.

The stages are words alone, vectors alone, the plain mean of both, and then the groups of features of
`index.ranking.STAGES`, each added to those before.
The intervals are of the difference in nDCG@10 to the stage before (to `lexical`, for `dense`; to the better of the two,
for `fused`), over 2,000 paired bootstrap samples of queries.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.workspace import Workspace
from benchmarks.evaluation import built_library
from benchmarks.metrics import bootstrap_interval, ndcg, recall
from benchmarks.retrieval_sets import Question, document_names, line_name, read_questions
from corpus.errors import LoccitError
from index.ranking import FEATURES, STAGES, WEIGHTS, Floats, measure

DEPTH = 100
"""Documents ranked, and candidates asked of each index."""
_MEASURES = ("ndcg@10", "recall@5", "recall@10", "recall@100")

Ranking = list[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """The candidates for a question."""

    question: Question
    documents: list[str]
    """Id of each candidate's document."""
    features: Floats
    """Shape (candidates, features)."""
    lexical: Floats
    """BM25 of each candidate; 0 where it was not found by its words."""
    dense: Floats
    """Cosine of each candidate; -1 where it was not found by its meaning."""


def main() -> None:
    """Measure every set and print a table of its stages, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print {set: {stage: {measure: value}}}")
    arguments = parser.parse_args()
    try:
        results = dict(_results(arguments.sets, talk=not arguments.json))
    except LoccitError as error:
        sys.exit(str(error))
    if arguments.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))


def measured(folder: Path, questions: Sequence[Question]) -> Iterator[Measured]:
    """The candidates for each question in the set's library, with their features."""
    held = document_names(folder)
    with built_library(f"retrieval-{folder.name}", [folder / "corpus.jsonl"]) as workspace:
        names = {summary.document_id: held[line_name(summary.path)] for summary in workspace.documents()}
        vectors = workspace.embedder.encode([question.text for question in questions])
        for question, vector in zip(questions, vectors, strict=True):
            yield _measure(workspace, names, question, vector[None])


def ranking(scores: Floats, documents: Sequence[str]) -> Ranking:
    """Documents by their best passage, best first; scores that are not finite are no candidates."""
    best: dict[str, float] = {}
    for document, score in zip(documents, scores.tolist(), strict=True):
        if np.isfinite(score):
            best[document] = max(score, best.get(document, -np.inf))
    return sorted(best, key=lambda document: (-best[document], document))[:DEPTH]


def _results(folders: Sequence[Path], *, talk: bool) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
    """The name of each set with the values of its stages, printed as a table with ``talk``."""
    for name, folder in _named(folders).items():
        questions = read_questions(folder)
        rankings = _rankings(list(measured(folder, questions)))
        if talk:
            _print(name, questions, rankings)
        yield name, {stage: _measures(questions, ranked) for stage, ranked in rankings.items()}


def _named(folders: Sequence[Path]) -> dict[str, Path]:
    """Each folder, once, by its name, or by its path where several have the same name."""
    places = list(dict.fromkeys(folder.resolve() if ".." in folder.parts else folder.absolute() for folder in folders))
    names = [place.name for place in places]
    return {name if names.count(name) == 1 else str(place): place for name, place in zip(names, places, strict=True)}


def _measure(workspace: Workspace, names: Mapping[str, str], question: Question, vector: Floats) -> Measured:
    found = workspace.retriever.candidates(question.text, vector, DEPTH)
    pool = found.pool
    ids = pool.rows.passage_ids.tolist()
    return Measured(
        question,
        [names[document] for document in pool.rows.document_ids],
        measure(pool) if ids else np.zeros((0, len(FEATURES))),
        np.array([found.bm25.get(i, -np.inf) for i in ids]),
        np.array([found.dense.get(i, -np.inf) for i in ids]),
    )


def _rankings(found: Sequence[Measured]) -> dict[str, list[Ranking]]:
    rankings = {
        "lexical": [ranking(item.lexical, item.documents) for item in found],
        "dense": [ranking(item.dense, item.documents) for item in found],
    }
    last = list(STAGES)[-1]
    names: tuple[str, ...] = ()
    for stage, added in STAGES.items():
        names += tuple(added)
        weights = np.where(np.isin(FEATURES, names), WEIGHTS, 0.0)
        name = "full" if stage == last else stage
        rankings[name] = [ranking(item.features @ weights, item.documents) for item in found]
    return rankings


def _measures(questions: Sequence[Question], rankings: Sequence[Ranking]) -> dict[str, float]:
    pairs = list(zip(rankings, questions, strict=True))
    values = {"ndcg@10": np.mean([ndcg(ranked, question.judged, 10) for ranked, question in pairs])}
    for depth in (5, 10, 100):
        values[f"recall@{depth}"] = np.mean([recall(ranked, question.judged, depth) for ranked, question in pairs])
    return {name: round(float(value), 4) for name, value in values.items()}


def _print(name: str, questions: Sequence[Question], rankings: Mapping[str, Sequence[Ranking]]) -> None:
    print(f"\n{name}: {len(questions)} queries")
    head = "".join(f"{measure:>12}" for measure in _MEASURES)
    print(f"{'':<10}{head}   difference in nDCG@10 to the stage before")
    gains = {
        stage: np.array([ndcg(ranked, q.judged, 10) for ranked, q in zip(found, questions, strict=True)])
        for stage, found in rankings.items()
    }
    stages = list(rankings)
    for place, stage in enumerate(stages):
        values = _measures(questions, rankings[stage])
        line = f"{stage:<10}" + "".join(f"{values[measure]:>12.3f}" for measure in _MEASURES)
        if place:
            before = stages[place - 1]
            if stage == "fused":
                before = max(("lexical", "dense"), key=lambda one: float(gains[one].mean()))
            differences = gains[stage] - gains[before]
            low, high = bootstrap_interval(differences.tolist())
            line += f"   {differences.mean():+.3f} ({low:+.3f} to {high:+.3f})"
        print(line)


if __name__ == "__main__":
    main()
