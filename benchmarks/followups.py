"""Follow-ups: how near is the standalone question to the one that people wrote?

    python -m benchmarks.followups [--conversations] [--show N]

Content-word F1 (see `benchmarks.rewrites`) of the raw question, of the whole history pasted before it and of
`standalone_question`, for both halves of the conversations: the coefficients are fitted to one half only.
Each question is resolved after its history, question by question, as in a session. With ``--conversations`` the
follow-ups of `paper_library` are asked as well, their histories first.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import mean
from typing import Any

from assistant.followup import PastTurn, standalone_question
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines
from benchmarks.rewrites import SETS, asked_before, content_f1, held_out, read_rewrites

__all__ = ["found_first", "resolved"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", action="store_true", help="ask the conversations of paper_library, too")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N questions of the fitted half of each")
    arguments = parser.parse_args()
    for name in SETS:
        measure(name, arguments.show)
    if arguments.conversations:
        print_conversations()


def measure(name: str, show: int) -> None:
    """Resolve a set's questions and print how near they come, the fitted half and the other apart."""
    rows = read_rewrites(name)
    begun = time.perf_counter()
    given = [resolved(row) for row in rows]
    took = (time.perf_counter() - begun) / sum(len(asked_before(row)) for row in rows) * 1000
    pairs = list(zip(rows, given, strict=True))
    fitted = [pair for pair in pairs if not held_out(pair[0])]
    print_scores(f"{name}, all", pairs)
    print_scores(f"{name}, fitted", fitted)
    print_scores(f"{name}, held out", [pair for pair in pairs if held_out(pair[0])])
    print(f"{name}: {took:.1f} ms a question")
    for row, text in fitted[:: max(1, len(fitted) // show)] if show else ():
        print(f"  {row['question']}\n    -> {text}\n    == {row['rewrite']}")


def resolved(row: dict[str, Any]) -> str:
    """The standalone question of a row, its history resolved first."""
    history: list[PastTurn] = []
    for question in asked_before(row):
        history.append(PastTurn(question, standalone_question(question, history)))
    return standalone_question(row["question"], history)


def print_scores(title: str, pairs: list[tuple[dict[str, Any], str]]) -> None:
    """The F1 of raw, pasted and standalone questions, and the mean length against the rewriting's, in words."""

    def score(texts: list[str]) -> float:
        return mean(content_f1(text, row["rewrite"]) for text, (row, _) in zip(texts, pairs, strict=True))

    raw = score([row["question"] for row, _ in pairs])
    pasted = score([" ".join([turn["text"] for turn in row["history"]] + [row["question"]]) for row, _ in pairs])
    own = score([text for _, text in pairs])
    length = mean(len(text.split()) / len(row["rewrite"].split()) for row, text in pairs)
    changed = mean(text != row["question"] for row, text in pairs)
    print(
        f"{title} ({len(pairs)}): raw {raw:.3f}, history pasted {pasted:.3f}, standalone {own:.3f} "
        f"({own - raw:+.3f}), {length:.2f} times the length, changed {changed:.0%}"
    )


def print_conversations() -> None:
    """Ask the conversations of `paper_library` and print whose paper came first."""
    folder = SHARED / "eval" / "paper_library"
    rows = read_lines(folder / "followups.jsonl")
    with built_library("paper_library", [folder / "pdf"]) as workspace:
        found = [(row, *found_first(workspace, row)) for row in rows]
    for row, right, standalone in found:
        print(f"  {'right' if right else 'WRONG'}: {row['question']} -> {standalone}")
    print(f"paper_library: right paper first {sum(right for _, right, _ in found)} of {len(rows)}")


def found_first(workspace: Workspace, row: dict[str, Any]) -> tuple[bool, str]:
    """Whether the follow-up's first source is the gold paper, after its history was asked; the question used."""
    history: list[PastTurn] = []
    for question in asked_before(row):
        said = workspace.ask(question, history=history)
        history.append(
            PastTurn(said.question, said.standalone_question, tuple(source.title for source in said.sources))
        )
    answer = workspace.ask(row["question"], history=history)
    first = answer.sources[:1] or answer.nearest[:1]
    return bool(first) and Path(first[0].path).stem == row["paper_id"], answer.standalone_question


if __name__ == "__main__":
    main()
