"""Does the judge find the sentence that answers? On texts that it was not trained on.

    python -m benchmarks.judge [--data FILE] [--questions 200] [--library] [--json]

One text in ten of `answer_sentences`, by digest (`training.train_judge.held_out`); with ``--data`` all of another file
of that form. For each set: how often the best sentence of its text answers, by cosine, by cosine plus the share of the
question's words, and by the judge; and whether the best score of a text tells an answered question from one that is
not (area under the ROC curve), for questions marked unanswerable and for questions asked of the text before or after.

With ``--library`` the texts become one library that is asked through the whole of `ask`: the first sentence shown
answers, the shown ones answer, one of them does, and what is declined.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from assistant.answering import Answer
from benchmarks.evaluation import built_library
from corpus.text.folding import bare_letters
from index.analyzer import stems
from index.embedding.embedding_model import choose_model
from index.embedding.query_encoder import QueryEncoder
from index.judging import Pair, ShippedJudge
from index.query import query_terms
from training.train_judge import ANSWER_LISTS, AnswerList, held_out, neighbours, read_answer_lists

Floats = NDArray[np.float64]
Scorer = Callable[[AnswerList], Floats]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--questions", type=int, default=200, help="of each set, at most")
    parser.add_argument("--library", action="store_true", help="ask one library of the texts")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lists = read_answer_lists(options.data or ANSWER_LISTS)
    known = lists if options.data else [item for item in lists if held_out(item)]
    sets: dict[str, list[AnswerList]] = defaultdict(list)
    for item in known:
        sets[item.name].append(item)
    drawn = {name: random.Random(0).sample(items, min(options.questions, len(items))) for name, items in sets.items()}
    figures = _library(drawn) if options.library else _sentences(drawn, known)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, row in figures.items():
        print(
            f"{name:24}"
            + "  ".join(f"{key} {value:.3f}" if value < 1.5 else f"{key} {value:.0f}" for key, value in row.items())
        )


def _sentences(drawn: dict[str, list[AnswerList]], known: Sequence[AnswerList]) -> dict[str, dict[str, float]]:
    """Figures of each set by sentence order and by the best score."""
    scorers = _scorers()
    beside = neighbours(known)
    figures: dict[str, dict[str, float]] = {}
    for name, items in drawn.items():
        row: dict[str, float] = {}
        answered = [item for item in items if item.answers]
        vain = [item for item in items if not item.answers]
        moved = [(item, random.Random(0).choice(near)) for item in answered if (near := beside.get(item.sentences))]
        asked = [AnswerList(one.name, item.question, one.title, one.sentences, frozenset()) for item, one in moved]
        for label, scorer in scorers.items():
            scores = [scorer(item) for item in answered]
            row[f"{label} first"] = float(
                np.mean([int(s.argmax()) in i.answers for s, i in zip(scores, answered, strict=True)])
            )
            for kind, others in (("unanswerable", vain), ("neighbour", asked)):
                if len(others) >= 20:
                    best = [float(s.max()) for s in scores], [float(scorer(item).max()) for item in others]
                    truth = [1] * len(best[0]) + [0] * len(best[1])
                    row[f"{label} {kind}"] = float(roc_auc_score(truth, best[0] + best[1]))
        figures[name] = {"questions": len(answered), **row}
    return figures


def _scorers() -> dict[str, Scorer]:
    encoder, judge = QueryEncoder(choose_model()), ShippedJudge()

    def cosine(item: AnswerList) -> Floats:
        vectors = encoder.encode([item.question, *item.sentences])
        return np.asarray(vectors[1:] @ vectors[0], dtype=float)

    def words(item: AnswerList) -> Floats:
        asked = set().union(*map(stems, query_terms(item.question))) if query_terms(item.question) else set()
        share = [len(asked & stems(text)) / max(1, len(asked)) for text in item.sentences]
        return cosine(item) + np.array(share)

    def judged(item: AnswerList) -> Floats:
        return judge.judge([Pair.of(item.question, item.title, item.sentences, n) for n in range(len(item.sentences))])

    return {"cosine": cosine, "+words": words, "judge": judged}


def _library(drawn: dict[str, list[AnswerList]]) -> dict[str, dict[str, float]]:
    """Figures of one library of all texts, asked for every question."""
    texts = {item.sentences: item for items in drawn.values() for item in items}
    folder = Path(__file__).resolve().parents[1] / "build" / "benchmarks" / f"answer_sentences-{len(texts)}"
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.jsonl"
    rows = [
        {"_id": str(n), "title": one.title, "text": " ".join(one.sentences)} for n, one in enumerate(texts.values())
    ]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    figures: dict[str, dict[str, float]] = {}
    everything: list[tuple[AnswerList, Answer]] = []
    with built_library(folder.name + "-library", [corpus]) as workspace:
        workspace.warm_up()
        for name, items in drawn.items():
            asked = [(item, workspace.ask(item.question)) for item in items]
            figures[name] = _shown(asked)
            everything += asked
    return {**figures, "all": _shown(everything)}


def _shown(asked: Sequence[tuple[AnswerList, Answer]]) -> dict[str, float]:
    first, share, among, count = [], [], [], []
    answerable = [(item, answer) for item, answer in asked if item.answers]
    for item, answer in answerable:
        right = [_answers(item, sentence.text) for sentence in answer.sentences]
        if right:
            first.append(right[0])
            share += right
            among.append(any(right))
            count.append(len(right))
    vain = [answer.abstained for item, answer in asked if not item.answers]
    row: dict[str, Any] = {
        "answerable": len(answerable),
        "first answers": np.mean(first),
        "of shown": np.mean(share),
        "one among": np.mean(among),
        "shown": np.mean(count),
        "declined": 1 - len(first) / max(1, len(answerable)),
    }
    if vain:
        row |= {"unanswerable": len(vain), "unanswerable declined": np.mean(vain)}
    return {name: float(value) for name, value in row.items()}


def _answers(item: AnswerList, text: str) -> bool:
    said = bare_letters(text)
    gold = [bare_letters(item.sentences[n]) for n in item.answers]
    return any(one in said or said in one for one in gold)


if __name__ == "__main__":
    main()
