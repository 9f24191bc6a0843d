"""How well the openness tables are asked: ``python -m benchmarks.taxonomy [--misses] [--kinds] [--all]``.

Six sets of questions are asked. ``--misses`` names what failed in each, ``--kinds`` breaks every set down by kind (the
last one always is), ``--all`` asks all the questions on other things instead of a draw.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.taxonomy import Shelf
from assistant.taxonomy.table_files import read_file
from benchmarks.evaluation import SHARED
from benchmarks.fresh_wordings import fresh_wordings
from benchmarks.last_wordings import last_wordings
from benchmarks.late_wordings import late_wordings
from benchmarks.more_wordings import more_wordings
from benchmarks.paraphrases import Paraphrase, paraphrases
from benchmarks.wordings import wordings

_SMALL = set("a an the of in for is are to and or by with as at on it its not that this no any".split())
_SEED = 11


_SETS: tuple[Callable[[Path], list[Paraphrase]], ...] = (
    paraphrases,
    wordings,
    more_wordings,
    fresh_wordings,
    late_wordings,
    last_wordings,
)
"""In the order in which they were written; each was used for mending after its first run."""


def main() -> None:
    """Print what share of each set is answered right, how many other questions are wrongly found, and the times."""
    taxonomy = Shelf()
    taxonomy.ask("weights of OPT")
    misses = "--misses" in sys.argv
    times: list[float] = []

    def ask(question: str) -> dict[str, Any]:
        begun = time.perf_counter()
        answer = taxonomy.ask(question).as_json()
        times.append((time.perf_counter() - begun) * 1000)
        return answer

    for written in _SETS:
        verdicts = [_judged(item, ask(item.question)) for item in written(SHARED / "taxonomy")]
        _report(written.__name__, verdicts, "--kinds" in sys.argv or written is _SETS[-1], misses)
    others = _others()
    found = [question for question in others if ask(question)["found"]]
    print(f"questions on other things, wrongly found: {len(found)} of {len(others)}")
    for question in found if misses else ():
        print(f"  - {question}")
    _large()
    print(f"an answer: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms, of {len(times)}")


@dataclass(frozen=True, slots=True)
class _Verdict:
    item: Paraphrase
    answer: dict[str, Any]
    right: bool


def _judged(item: Paraphrase, answer: dict[str, Any]) -> _Verdict:
    return _Verdict(item, answer, _right(item, answer))


def _report(name: str, verdicts: list[_Verdict], kinds: bool, misses: bool) -> None:
    """One line for a set; below it its kinds and its misses where they are wanted."""
    total = Counter(verdict.item.kind for verdict in verdicts)
    right = Counter(verdict.item.kind for verdict in verdicts if verdict.right)
    share = 100 * right.total() / total.total()
    print(f"{name:<15} right {right.total():>3} of {total.total()} ({share:.1f} %)")
    for kind, number in total.items() if kinds else ():
        print(f"  {kind:<13} {right[kind]:>3} of {number}")
    for verdict in verdicts if misses else ():
        if not verdict.right:
            got = f"{verdict.answer['kind']} {json.dumps(verdict.answer['value'])[:110]}"
            print(f"  - {verdict.item.kind}: {verdict.item.question} | {got}")


def _large() -> None:
    """How long answers take beside a person's own table of 10,000 things and 50 components."""
    chance = random.Random(_SEED)
    heading = ",".join(["system", *(f"part {n}" for n in range(50))])
    levels = ("open", "partial", "closed")
    rows = [",".join([f"System {n}", *chance.choices(levels, k=50)]) for n in range(10_000)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        path.write_text("\n".join([heading, *rows]), encoding="utf-8")
        begun = time.perf_counter()
        scheme, _, _ = read_file(path)
        print(f"10,000 x 50: read and checked in {time.perf_counter() - begun:.2f} s")
    shelf = Shelf([scheme])
    for question, _ in _LARGE:
        shelf.ask(question, within="large")
    shelf.ask("weights of OPT")
    times = []
    for question, found in _LARGE * 5:
        begun = time.perf_counter()
        answer = shelf.ask(question, within="large" if found else "")
        times.append((time.perf_counter() - begun) * 1000)
        assert answer.found
    print(f"10,000 x 50: an answer, median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")


_LARGE = (
    ("part 7 of System 4711", True),
    ("Systm 4711 part 7", True),
    ("Which systems have part 3 open and part 9 closed?", True),
    ("How many systems have part 3 open?", True),
    ("Which systems have the most open?", True),
    ("Compare System 17 and System 4711", True),
    ("part 12", True),
    ("System 9999", True),
    ("weights of OPT", False),
    ("Which models have fully open weights?", False),
)
"""Questions, and whether they are for the large table."""


def _others(count: int = 50) -> list[str]:
    """Questions that are not about the taxonomy: ``count`` each of QASPER and SQuAD 2.0."""
    drawn = []
    for name in ("qasper_train", "squad2_dev"):
        with (SHARED / "eval" / name / "queries.jsonl").open(encoding="utf-8") as file:
            texts = sorted(json.loads(line)["text"] for line in file)
        drawn += random.Random(_SEED).sample(texts, len(texts) if "--all" in sys.argv else count)
    return drawn


def _right(item: Paraphrase, answer: dict[str, Any]) -> bool:
    """Whether an answer holds the gold: lists as sets, numbers exactly, words by half of them."""
    gold, value = item.gold, answer["value"]
    if gold is None:
        return not answer["found"]
    if not answer["found"]:
        return False
    if item.kind == "comparison":
        return bool(value == gold)
    if isinstance(gold, dict) and set(gold) == {"words"}:
        wanted = _words(gold["words"])
        return len(wanted & _words(f"{answer['text']} {json.dumps(value)}")) >= len(wanted) / 2
    if item.kind == "ranking":
        return [pair[0] for pair in value] == [name for name, _ in gold] if isinstance(value, list) else False
    if isinstance(gold, list) and item.kind != "fact":
        return isinstance(value, list) and set(value) == set(gold)
    return _atoms(gold) <= _atoms(value)


def _atoms(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {atom for part in value.values() for atom in _atoms(part)}
    if isinstance(value, list | tuple):
        return {atom for part in value for atom in _atoms(part)}
    return set() if value is None else {_plain(str(value))}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().replace(",", "").split())


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _plain(text))) - _SMALL


if __name__ == "__main__":
    main()
