"""Questions about the library itself: are they answered from its records, and are questions on contents left alone?

    python -m benchmarks.library_questions --library DIR --questions FILE [--misses] [--records]

FILE has a question a line, as JSON: ``id``, ``question``, ``kind`` (record, list, count, glance, comparison,
quotations, courtesy, unknown, content, absent), ``documents`` (file names that must be shown), ``values`` that the
answer must have (``a|b``: either), ``not_values`` that its own words must not have, ``only``, ``not_documents``,
``number``. Strings match without case, accents and hyphens, short codes and numbers as whole words. Printed are the
share of right answers by kind, recall and precision of lists, and with ``--misses`` the ids of the wrong ones with
what was shown.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path, PurePosixPath
from statistics import mean
from typing import Any

from assistant.answering import Answer
from assistant.workspace import Workspace
from corpus.text.folding import latin_words

__all__ = ["judged", "main"]


def main() -> None:
    """Ask every question and print what was right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="print ids and answers of the questions answered wrong")
    parser.add_argument("--records", action="store_true", help="leave what is no question on records unanswered")
    arguments = parser.parse_args()
    lines = arguments.questions.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    verdicts: defaultdict[str, list[bool]] = defaultdict(list)
    kinds: Counter[tuple[str, str]] = Counter()
    measured: list[tuple[float, float]] = []
    times: list[float] = []
    with Workspace.open(arguments.library) as workspace:
        for row in rows:
            answer = workspace.librarian.answer(row["question"], filters=None, history=())
            times += [answer.timings_ms["total"]] if answer is not None else []
            if answer is None:
                answer = _nothing(row["question"]) if arguments.records else workspace.ask(row["question"])
            right = judged(row, answer) or (row["kind"] == "content" and arguments.records and answer.kind == "none")
            verdicts[row["kind"]].append(right)
            kinds[row["kind"], answer.kind] += 1
            if row["kind"] == "list" and row["documents"]:
                measured.append(_recall_precision(row, answer))
            if arguments.misses and not right:
                print(f"{row['id']} {row['kind']} answered as {answer.kind}: {_own_words(answer)[:200]}")
                print(f"    {', '.join(sorted(_shown(answer)))}")
    for kind, found in verdicts.items():
        answered = ", ".join(f"{number} {how}" for (asked, how), number in kinds.items() if asked == kind)
        print(f"{kind:<11} {sum(found):3} of {len(found):3}   answered as: {answered}")
    if measured:
        recall, precision = (mean(values) for values in zip(*measured, strict=True))
        print(f"lists       recall {recall:.2f}, precision {precision:.2f}")
    total = [verdict for found in verdicts.values() for verdict in found]
    print(f"all         {sum(total)} of {len(total)}, {sum(total) / len(total):.3f}")
    if times:
        print(f"from records: median {sorted(times)[len(times) // 2]:.0f} ms")


def judged(row: dict[str, Any], answer: Answer) -> bool:
    """Whether an answer is right by the rules of the set."""
    shown, words = _shown(answer), _own_words(answer)
    everything = f"{words} {' '.join(f'{source.quote} {source.passage_text}' for source in answer.sources)}"
    if answer.taxonomy is not None:
        everything += f" {answer.taxonomy.text} {' '.join(cell.raw for cell in answer.taxonomy.cells)}"
    wanted = set(row["documents"])
    has_all = all(any(_has(everything, value) for value in given.split("|")) for given in row["values"])
    clean = not any(_has(words, value) for value in row["not_values"])
    also = any(_has(everything, value) for value in row.get("also_right", ()))
    match row["kind"]:
        case "record" | "count":
            return has_all and clean and wanted <= shown
        case "list":
            extra = shown - wanted if row.get("only") else shown & set(row.get("not_documents", ()))
            return has_all and clean and wanted <= shown and not extra
        case "glance" | "comparison":
            return answer.kind == "library" and shown == wanted
        case "quotations":
            quotes = [source for source in answer.sources if _has(source.passage_text, row["topic"])]
            return len(quotes) >= row["number"] and all(source.place for source in quotes) and bool(wanted & shown)
        case "courtesy":
            return not shown and answer.kind == "library"
        case "unknown":
            return clean and (also or (has_all and wanted <= shown | _named(answer, wanted)))
        case "content":
            return answer.kind != "library" and has_all and wanted <= shown
        case _:
            return clean and ((answer.kind == "library" and not shown) or also)


def _shown(answer: Answer) -> set[str]:
    return {PurePosixPath(source.path).name for source in answer.sources}


def _named(answer: Answer, wanted: set[str]) -> set[str]:
    return {name for name in wanted if _has(_own_words(answer), PurePosixPath(name).stem)}


def _own_words(answer: Answer) -> str:
    return " ".join([sentence.text for sentence in answer.sentences] + list(answer.notices))


def _has(text: str, value: str) -> bool:
    wanted = " ".join(latin_words(value))
    have = " ".join(latin_words(text))
    if len(wanted) < 4 or wanted.isdigit():
        return re.search(rf"\b{re.escape(wanted)}\b", have) is not None
    return wanted in have


def _recall_precision(row: dict[str, Any], answer: Answer) -> tuple[float, float]:
    wanted, shown = set(row["documents"]), _shown(answer)
    return len(wanted & shown) / len(wanted), len(wanted & shown) / len(shown) if shown else 0.0


def _nothing(question: str) -> Answer:
    return Answer(question, question, "none", True, 0.0)


if __name__ == "__main__":
    main()
