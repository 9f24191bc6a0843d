"""Questions over a library of real papers: is the right paper first, the right page near, and silence kept?

    python -m benchmarks.paper_library

Of the `single` questions: how often the first source is the right paper, and stands on a page that holds the evidence;
and how often one of the first five sources does. Of the `out_of_library` questions: how often the answer abstains.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from assistant.answering import Answer
from benchmarks.evaluation import SHARED, built_library, read_lines

_FIRST = 5


def main() -> None:
    """Build the library where needed, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what each missed question found")
    arguments = parser.parse_args()
    folder = SHARED / "eval" / "paper_library"
    questions = read_lines(folder / "qa.jsonl")
    with built_library("paper_library", [folder / "pdf"]) as workspace:
        answers = {question["_id"]: workspace.ask(question["text"]) for question in questions}
        print(f"documents: {len(workspace.documents())}")
    singles = [question for question in questions if question["kind"] == "single"]
    papers = [q for q in singles if _paper_first(q, answers[q["_id"]])]
    first = [q for q in singles if _page_near(q, answers[q["_id"]], 1)]
    pages = [q for q in singles if _page_near(q, answers[q["_id"]], _FIRST)]
    print(f"single: right paper first {len(papers)} of {len(singles)}")
    print(f"single: right page first {len(first)} of {len(singles)}")
    print(f"single: right page among the first {_FIRST} sources {len(pages)} of {len(singles)}")
    for kind in ("out_of_library", "unanswerable_in_paper"):
        asked = [question for question in questions if question["kind"] == kind]
        silent = sum(answers[question["_id"]].abstained for question in asked)
        print(f"{kind}: abstained {silent} of {len(asked)}")
    wrongly = [q["_id"] for q in questions if not q["unanswerable"] and answers[q["_id"]].abstained]
    print(f"answerable: abstained {len(wrongly)} of {sum(not q['unanswerable'] for q in questions)}")
    if arguments.misses:
        for question in questions:
            answer = answers[question["_id"]]
            marks = [_stem(source.path) + f":{source.locator.pdf_page}" for source in answer.sources[:_FIRST]]
            right = question in papers, question in first, question in pages
            print(question["_id"], question["kind"], right, f"{answer.confidence:.2f}", question.get("paper_id"), marks)


def _paper_first(question: dict[str, Any], answer: Answer) -> bool:
    return bool(answer.sources) and _stem(answer.sources[0].path) == question["paper_id"]


def _page_near(question: dict[str, Any], answer: Answer, depth: int) -> bool:
    for source in answer.sources[:depth]:
        first, last = source.locator.pdf_page or 0, source.locator.pdf_page_end or 0
        on_page = any(first <= page <= last for page in question["evidence_pages"])
        if on_page and _stem(source.path) == question["paper_id"]:
            return True
    return False


def _stem(path: str) -> str:
    return Path(path).stem


if __name__ == "__main__":
    main()
