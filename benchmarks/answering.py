"""Are the answers right: the evidence shown, lists complete, silence kept where there is nothing?

    python -m benchmarks.answering [--misses]

Two sets of questions on the 128 papers of `paper_library`: its own, and `benchmarks/data/paper_questions.jsonl`
(ids, offsets, short answers; every fact is checked against the text before anything is asked). Counted are

* slices: every sentence marked verbatim equals the slice of its source, and every quote its own;
* evidence: the gold sentence is among the answer's sentences (`single` questions);
* lists: the share of the papers that must be named (`list` questions), and how many were named in all;
* silence: questions that the library cannot answer, declined; and answerable ones wrongly declined;
* time: milliseconds of a warm answer, by part.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.answering import Answer
from assistant.workspace import Workspace
from benchmarks.evaluation import SHARED, built_library, read_lines

_OWN = Path(__file__).parent / "data" / "paper_questions.jsonl"


def main() -> None:
    """Check the facts, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print the questions that went wrong")
    arguments = parser.parse_args()
    folder = SHARED / "eval" / "paper_library"
    given, own = read_lines(folder / "qa.jsonl"), read_lines(_OWN)
    with built_library("paper_library", [folder / "pdf"]) as workspace:
        texts = {Path(d.path).stem: workspace.document(d.document_id).document.text for d in workspace.documents()}
        for question in own:
            _check_facts(question, texts)
        workspace.warm_up()
        workspace.ask("What is this library about?")
        for name, questions in (("paper_library", given), ("paper_questions", own)):
            print(f"{name}: {len(questions)} questions")
            asked = [(question, workspace.ask(question["text"])) for question in questions]
            _report(asked, workspace, arguments.misses)


def _report(asked: Sequence[tuple[dict[str, Any], Answer]], workspace: Workspace, misses: bool) -> None:
    right, quotes = _slices([answer for _, answer in asked], workspace)
    print(f"  quotes equal to their slice: {right} of {quotes}")
    verdicts: dict[str, list[float]] = defaultdict(list)
    listed = []
    for question, answer in asked:
        kind = question["kind"]
        if kind == "single":
            value = float(_shows(question, answer))
        elif kind == "list":
            named = {_stem(source.path) for source in answer.sources}
            wanted = set(question["paper_ids_must_include"])
            value = len(named & wanted) / len(wanted)
            listed.append(len(named))
        else:
            value = float(answer.abstained)
        verdicts[kind].append(value)
        if misses and value < 1:
            print(f"    {kind} {value:.2f} sure {answer.confidence:.2f}: {question['text']}")
    for kind, label in (
        ("single", "gold sentence among the answer's"),
        ("list", "papers that must be named"),
        ("unanswerable_in_paper", "declined, not in the paper"),
        ("out_of_library", "declined, not in the library"),
    ):
        values = verdicts[kind]
        print(f"  {label}: {sum(values):.1f} of {len(values)} questions, {100 * statistics.mean(values):.0f} %")
    print(f"  papers named in a list: {statistics.mean(listed):.1f} on average")
    answerable = [answer for question, answer in asked if question["kind"] in ("single", "list")]
    print(f"  answerable, wrongly declined: {sum(a.abstained for a in answerable)} of {len(answerable)}")
    laps = {lap: statistics.median(a.timings_ms.get(lap, 0.0) for _, a in asked) for lap in asked[0][1].timings_ms}
    print("  median ms: " + ", ".join(f"{lap} {value:.0f}" for lap, value in laps.items()))


def _slices(answers: Sequence[Answer], workspace: Workspace) -> tuple[int, int]:
    right = count = 0
    for answer in answers:
        by_number = {source.n: source for source in answer.sources}
        for source in (*answer.sources, *answer.nearest):
            text = workspace.document(source.document_id).document.text
            right += source.quote == text[source.locator.start : source.locator.end]
            count += 1
        for sentence in answer.sentences:
            if sentence.verbatim:
                right += all(sentence.text == by_number[n].quote for n in sentence.sources)
                count += 1
    return right, count


def _shows(question: dict[str, Any], answer: Answer) -> bool:
    """Whether one of the answer's sentences holds the gold evidence."""
    for source in answer.sources:
        if _stem(source.path) != question["paper_id"]:
            continue
        if "evidence_quote" in question:
            if _fold(question["evidence_quote"]) in _fold(source.quote):
                return True
        elif source.locator.start < question["end"] and question["start"] < source.locator.end:
            return True
    return False


def _check_facts(question: dict[str, Any], texts: dict[str, str]) -> None:
    """The sentence at the offsets is the one that was judged and holds the answer; what is absent is absent.

    Offsets move when reading changes; then the sentence is sought by its digest of the same length nearby.
    """
    if question["kind"] == "single":
        text = texts[question["paper_id"]]
        start = _moved(question, text)
        if start is None:
            sys.exit(f"{question['id']}: the evidence is not in the text any more; judge it again")
        question["end"] += start - question["start"]
        question["start"] = start
        sentence = " ".join(text[question["start"] : question["end"]].split())
        if not all(answer in sentence for answer in question["answers"]):
            sys.exit(f"{question['id']}: the evidence does not hold the answer")
    elif question["kind"] != "list":
        held = [texts[question["paper_id"]]] if question["paper_id"] else list(texts.values())
        if any(re.search(question["absent"], text) for text in held):
            sys.exit(f"{question['id']}: what should be absent is there")


def _moved(question: dict[str, Any], text: str) -> int | None:
    """Where the evidence begins now, at most 2,000 characters from where it was."""
    length = question["end"] - question["start"]
    for distance in range(2_000):
        for start in {question["start"] + distance, question["start"] - distance}:
            if start >= 0 and _digest(text[start : start + length]) == question["sha256"]:
                return start
    return None


def _digest(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _stem(path: str) -> str:
    return Path(path).stem


if __name__ == "__main__":
    main()
