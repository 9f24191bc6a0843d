"""Follow-ups: how near is the standalone question to the one that people wrote?

    python -m benchmarks.followups [--conversations] [--show N]
    python -m benchmarks.followups --turns FILE --library DIR

Content-word F1 (see `benchmarks.rewrites`) of the raw question, of the whole history pasted before it and of
`standalone_question`, for both halves of the conversations: the coefficients are fitted to one half only.
Each question is resolved after its history, question by question, as in a session. With ``--conversations`` the
follow-ups of `paper_library` are asked as well, their histories first.

``--turns`` asks conversations of a library instead, each as a session. A line of the file has ``turns``, each with
``question``, ``standalone``, ``inherits``, ``document`` (a file name or several; ``complete`` false where one of them
suffices) and perhaps ``evidence``, a string of the best passage, or ``of_list`` [t, n]: the n-th document that turn t
showed (-1 the last). Nothing may be added to a question that does not inherit.
"""

from __future__ import annotations

import argparse
import time
import unicodedata
from pathlib import Path
from statistics import mean
from typing import Any

from assistant.answering import Answer
from assistant.followup import PastTurn, standalone_question
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines
from benchmarks.rewrites import SETS, asked_before, content_f1, content_words, held_out, read_rewrites

__all__ = ["found_first", "past", "resolved", "words_found"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", action="store_true", help="ask the conversations of paper_library, too")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N questions of the fitted half of each")
    parser.add_argument("--turns", type=Path, metavar="FILE", help="ask the conversations of FILE instead")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library that --turns asks")
    parser.add_argument("--each", action="store_true", help="print every turn of --turns with its measures")
    arguments = parser.parse_args()
    if (arguments.turns is None) != (arguments.library is None):
        parser.error("--turns and --library go together")
    if arguments.turns:
        print_turns(read_lines(arguments.turns), arguments.library, each=arguments.each)
        return
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
        history.append(past(said))
    answer = workspace.ask(row["question"], history=history)
    first = answer.sources[:1] or answer.nearest[:1]
    return bool(first) and Path(first[0].path).stem == row["paper_id"], answer.standalone_question


def past(answer: Answer) -> PastTurn:
    """An answer as a session remembers it."""
    return PastTurn(answer.question, answer.standalone_question, tuple(source.title for source in answer.sources))


def words_found(typed: str, rewritten: str, wanted: str) -> float:
    """Share of the content words that ``wanted`` has and ``typed`` lacks, which ``rewritten`` has; 1 without any."""
    needed = set(content_words(wanted)) - set(content_words(typed))
    return len(needed & set(content_words(rewritten))) / len(needed) if needed else 1.0


def print_turns(conversations: list[dict[str, Any]], library: Path, *, each: bool) -> None:
    """Ask each conversation as a session; print whether documents were found, and with ``each`` every turn."""
    totals: dict[str, list[float]] = {}
    with Workspace.open(library) as workspace:
        for conversation in conversations:
            answers: list[Answer] = []
            for turn in conversation["turns"]:
                answers.append(workspace.ask(turn["question"], history=[past(answer) for answer in answers]))
                scores = turn_scores(turn, answers)
                for name, score in scores.items():
                    totals.setdefault(name, []).append(score)
                if each:
                    told = ", ".join(f"{name} {score:.2g}" for name, score in scores.items())
                    print(f"  {conversation['id']} {turn['question']} -> {answers[-1].standalone_question}\n    {told}")
    for name, scored in totals.items():
        print(f"{name}: {sum(scored):.4g} of {len(scored)} ({mean(scored):.3f})")


def turn_scores(turn: dict[str, Any], answers: list[Answer]) -> dict[str, float]:
    """The measures of the last answer's turn, each 0 to 1."""
    answer = answers[-1]
    scores: dict[str, float] = {}
    if turn["inherits"]:
        share = words_found(turn["question"], answer.standalone_question, turn["standalone"])
        scores |= {"inherits: needed words": share, "inherits: at least half of them": float(share >= 0.5)}
        scores["inherits: changed"] = float(answer.standalone_question != turn["question"])
    elif len(answers) > 1:
        scores["own subject: left as typed"] = float(answer.standalone_question == turn["question"])
    gold = turn["document"] if isinstance(turn["document"], list) else [turn["document"]]
    if "of_list" in turn:
        asked, place = turn["of_list"]
        listed = list(dict.fromkeys(Path(source.path).name for source in answers[asked - 1].sources))
        gold = listed[place - 1 if place > 0 else place :][:1] if len(listed) >= abs(place) else []
    shown = [Path(source.path).name for source in answer.sources]
    enough = all if turn.get("complete", True) else any
    kind = "first questions" if len(answers) == 1 else "follow-ups"
    scores[f"{kind}: document first"] = float(bool(shown) and shown[0] in gold)
    scores[f"{kind}: document shown"] = float(bool(gold) and enough(name in shown for name in gold))
    if "evidence" in turn:
        said = "".join(source.passage_text for source in answer.sources)
        scores[f"{kind}: evidence shown"] = float(folded(turn["evidence"]) in folded(said))
    return scores


def folded(text: str) -> str:
    """Lower-case letters and digits of ``text``, compatibility forms and accents resolved."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())


if __name__ == "__main__":
    main()
