"""Does the table speak when it answers, and only then? Questions asked in a chat that also holds documents.

    python -m benchmarks.chat_tables --library DIR --questions FILE [--misses]

FILE has a question a line, as JSON: ``id``, ``question``, ``speaks`` (cells, passages, both), ``values`` that the
table's part must hold (``a|b``: either), ``not_values`` that it must not. For ``passages`` no table part may be shown.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from assistant.answering import Answer
from assistant.workspace import Workspace


def main() -> None:
    """Ask every question and print what was right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="print the questions that went wrong")
    arguments = parser.parse_args()
    verdicts: dict[str, list[bool]] = defaultdict(list)
    with Workspace.open(arguments.library) as workspace:
        for line in arguments.questions.read_text("utf-8").split("\n"):
            if not line.strip():
                continue
            row = json.loads(line)
            answer = workspace.ask(row["question"])
            right = _right(row, answer)
            verdicts[row["speaks"]].append(right)
            if arguments.misses and not right:
                said = _table(answer)[:160]
                print(f"{row['id']} {row['speaks']}: {row['question']}\n    {answer.kind}: {said}")
    for speaks, found in verdicts.items():
        print(f"{speaks:<9} {sum(found):3} of {len(found):3}")
    print(f"all       {sum(map(sum, verdicts.values())):3} of {sum(map(len, verdicts.values())):3}")


def _right(row: dict[str, Any], answer: Answer) -> bool:
    said = _table(answer)
    if row["speaks"] == "passages":
        return not said
    held = all(any(_stands(one, said) for one in value.split("|")) for value in row["values"])
    return bool(said) and held and not any(_stands(value, said) for value in row["not_values"])


def _table(answer: Answer) -> str:
    """The table's part of an answer as one text; empty where it found nothing."""
    found = answer.taxonomy
    return json.dumps(found.as_json(), ensure_ascii=False) if found is not None and found.found else ""


def _stands(value: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None


if __name__ == "__main__":
    main()
